"""The codes of what is wrong with labels, and of reports that cannot be written."""

from sopgen.base.code import Code

_HEAD = (
    '{"id": "c1", "channel": "livechat", "messages": '
    '[{"id": "m1", "at": null, "role": "agent", "author": "a", "kind": "text", "text": "halo"}]'
)

CODES: tuple[Code, ...] = (
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
        code="RPT101",
        title="A report in a language that is not there",
        why="Reports are written in Indonesian (id) and English (en). The language is an argument of the "
        "call, so no snippet can show this.",
    ),
    Code(
        code="PRV101",
        title="The project's secret cannot be used",
        why="Customers are shown by pseudonyms, which are made with a secret in `output/private/`. Another "
        "one would give everybody a new pseudonym, and nobody could follow a case from one report to the "
        "next, so a damaged one is never replaced in silence. No snippet can show a file of random bytes.",
    ),
    Code(
        code="PRV102",
        title="Personal data would be shown without a reason",
        why="`--unmask` shows names, numbers and addresses as they were said. Who asked for it, when, of "
        "what and why is recorded in `output/private/unmasked.jsonl` before anything is shown, so the reason "
        "must say something. The snippet is what follows the command.",
        breaks="--unmask --reason test",
        keeps='--unmask --reason "customer asked for his chat, ticket 4711"',
    ),
)
