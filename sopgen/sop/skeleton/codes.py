"""The codes of a first SOP, INI1xx: what keeps `sopgen init` from writing it."""

from sopgen.base.code import Code

CODES: tuple[Code, ...] = (
    Code(
        code="INI101",
        title="The id given to a first SOP is none",
        why="An id names a folder, a web address and every finding: small letters and digits, joined by "
        "hyphens. The snippet is what follows `sopgen init`.",
        breaks="CS_Toko",
        keeps="cs-toko",
    ),
    Code(
        code="INI102",
        title="There is something of that id already",
        why="`sopgen init` never overwrites what somebody wrote, and never adds to a folder that is there. "
        "It depends on the folder, so no snippet can show this; choose another id, or go on with that SOP.",
    ),
)
