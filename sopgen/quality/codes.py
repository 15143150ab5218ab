"""The codes of what is wrong with labels, and of reports that cannot be written."""

from sopgen.base.code import Code

_HEAD = (
    '{"id": "c1", "channel": "livechat", "messages": '
    '[{"id": "m1", "at": null, "role": "agent", "author": "a", "kind": "text", "text": "halo"}]'
)

_DECISION = """- finding: 7f3a9c0d2b41
  decision: false alarm
  reason: the customer quoted us
  by: Rina
  on: 2026-11-22
"""

CODES: tuple[Code, ...] = (
    Code(
        code="BCK101",
        title="A backtest of a version against itself",
        why="A backtest shows what another version would change; two sides that are the same change nothing. "
        "Which versions there are depends on the SOP, so no snippet can show this.",
    ),
    Code(
        code="DSP101",
        title="A decision that cannot be taken",
        why="`dispositions.yaml` is a list; each item names a finding, the decision, the reason, who decided "
        "and on which day. One that is passed over in silence would make its finding news again.",
        breaks=_DECISION.replace("decision", "verdict"),
        keeps=_DECISION,
    ),
    Code(
        code="DSP102",
        title="A decision that is none",
        why="A finding is confirmed, a false alarm, or accepted until a day; of a false alarm, `instead` "
        "says whether the verdict should have been pass or na.",
        breaks=_DECISION.replace("false alarm", "accepted"),
        keeps=_DECISION.replace("false alarm", "accepted until 2026-12-31"),
    ),
    Code(
        code="DSP103",
        title="Nothing that a report calls a finding by",
        why="A finding goes by the 12 characters that reports show: they stay the same in every run over the "
        "same chats.",
        breaks=_DECISION.replace("7f3a9c0d2b41", "C-2026-001"),
        keeps=_DECISION,
    ),
    Code(
        code="DSP104",
        title="Two decisions about one finding",
        why="Both cannot hold. The first counts until one of them is removed.",
        breaks=_DECISION + _DECISION.replace("false alarm", "confirmed"),
        keeps=_DECISION + _DECISION.replace("7f3a9c0d2b41", "0d2b417f3a9c"),
    ),
    Code(
        code="DSP105",
        title="A decision without a reason, or by nobody",
        why="Others rely on it: people read in the report why a finding is known, and ask whoever decided.",
        breaks=_DECISION.replace("the customer quoted us", '""'),
        keeps=_DECISION,
    ),
    Code(
        code="DSP106",
        title="A line of the baseline that names no finding",
        why="Each line of `baseline.txt` begins with a finding's 12 characters; the rest of it is for "
        "readers. The snippet is such a file.",
        breaks="cs-swin/first-reply  7f3a9c0d2b41",
        keeps="# known since March\n7f3a9c0d2b41  cs-swin/first-reply",
    ),
    Code(
        code="DSP107",
        title="An acceptance has expired",
        why="A departure was accepted until a day, and that day has passed: the finding is news again, also "
        "for `--fail-on`. Which day it is depends on the clock; the snippet shows one that passed long ago.",
        breaks=_DECISION.replace("false alarm", "accepted until 2020-12-31"),
        keeps=_DECISION.replace("false alarm", "accepted until 9999-12-31"),
    ),
    Code(
        code="DSP108",
        title="A call that leaves open what was decided",
        why="A decision needs what was found (`--as`) and why (`--reason`), and an acceptance its last day. "
        "The snippet is what follows the finding.",
        breaks='--as accepted --reason "new system in January"',
        keeps='--as accepted --until 2026-12-31 --reason "new system in January"',
    ),
    Code(
        code="DSP109",
        title="A finding that the run does not have",
        why="A mistyped finding would leave the one that was meant undecided. Which findings there are "
        "depends on the run, so no snippet can show this.",
    ),
    Code(
        code="DSP110",
        title="No decision to learn from",
        why="`sopgen train --dispositions RUN` learns from `dispositions.yaml` beside the SOPs, and "
        "`--lines-only` writes what that teaches. Without a decision the minutes of training would change "
        "nothing. Which decisions there are depends on the project, so no snippet can show this.",
    ),
    Code(
        code="GLD101",
        title="A line of the gold file cannot be read",
        why="A lost label would make the score look better or worse than it is. Mend the line "
        "and score again.",
        breaks=_HEAD,
        keeps=_HEAD + ', "gold": {"verdicts": {"opening-greeting": "pass"}}}',
    ),
    Code(
        code="GLD102",
        title="A conversation without labels",
        why="Only labelled conversations can be scored; this one is left out of every figure.",
        breaks=_HEAD + "}",
        keeps=_HEAD + ', "gold": {"verdicts": {"opening-greeting": "pass"}}}',
    ),
    Code(
        code="GLD103",
        title="A label that is no verdict",
        why="A label says pass, fail or na, or null where people did not settle it. Anything else is "
        "not scored.",
        breaks=_HEAD + ', "gold": {"verdicts": {"opening-greeting": "passed"}}}',
        keeps=_HEAD + ', "gold": {"verdicts": {"opening-greeting": null}}}',
    ),
    Code(
        code="GLD104",
        title="Evidence names a message that is not there",
        why="Where a departure shows is scored too: the checker must point at a message that people "
        "pointed at.",
        breaks=_HEAD + ', "gold": {"verdicts": {"calm-tone": "fail"}, "evidence": {"calm-tone": ["m9"]}}}',
        keeps=_HEAD + ', "gold": {"verdicts": {"calm-tone": "fail"}, "evidence": {"calm-tone": ["m1"]}}}',
    ),
    Code(
        code="GLD105",
        title="Labels that are not objects",
        why="`verdicts` maps each check to a verdict, `evidence` to a list of message ids.",
        breaks=_HEAD + ', "gold": {"verdicts": ["pass"]}}',
        keeps=_HEAD + ', "gold": {"verdicts": {"calm-tone": "pass"}}}',
    ),
    Code(
        code="MSK101",
        title="The project's secret cannot be used",
        why="Customers are shown by pseudonyms, which are made with a secret in `output/private/`. Another "
        "one would give everybody a new pseudonym, and nobody could follow a case from one report to the "
        "next, so a damaged one is never replaced in silence. No snippet can show a file of random bytes.",
    ),
    Code(
        code="MSK102",
        title="Personal data would be shown without a reason",
        why="`--unmask` shows names, numbers and addresses as they were said. Who asked for it, when, of "
        "what and why is recorded in `output/private/unmasked.jsonl` before anything is shown, so the reason "
        "must say something. The snippet is what follows the command.",
        breaks="--unmask --reason test",
        keeps='--unmask --reason "customer asked for his chat, ticket 4711"',
    ),
    Code(
        code="RPT101",
        title="A report in a language that is not there",
        why="Reports are written in Indonesian (id) and English (en). The language is an argument of the "
        "call, so no snippet can show this.",
    ),
)
