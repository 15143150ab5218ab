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
)
