"""The codes of `sopgen release`: REL1xx what it refuses, REL2xx what stops it on the disk.

A snippet is a call, run in a project whose SOP `cs-kecil` was released as 1.0, effective 2026-01-01, and has
been changed since.
"""

from sopgen.base.code import Code

_KEEPS = 'sopgen release cs-kecil 2.0 --approved-by Pemilik --effective 2026-02-01 --summary "Batas 1 menit"'

REFUSAL_CODES: tuple[Code, ...] = (
    Code(
        code="REL101",
        title="What should be the version is none",
        why="A version is numbers and dots, so that anyone can tell which of two is newer. Left out, or as "
        "the word `next`, it is the one that the changes ask for.",
        breaks=_KEEPS.replace("2.0", "final"),
        keeps=_KEEPS.replace("2.0", "next"),
    ),
    Code(
        code="REL102",
        title="The version is taken, or lower than one that was released",
        why="A finding names the version that it was held against. Two releases of one number could not be "
        "told apart, and a lower number would look older than it is.",
        breaks=_KEEPS.replace("2.0", "1.0.0"),
        keeps=_KEEPS,
    ),
    Code(
        code="REL103",
        title="The effective date is none, or before that of the last release",
        why="The newest release effective by then governs. One that takes effect before the last release "
        "would change which version governed in the past, behind the back of everyone who was judged.",
        breaks=_KEEPS.replace("2026-02-01", "2025-12-31"),
        keeps=_KEEPS,
    ),
    Code(
        code="REL104",
        title="There is nothing to release",
        why="A version that says what the last one says asks every reader to look for a difference that is "
        "not there. Comments, blank lines and numbering make no difference. The second call of the snippet "
        "is refused, because the first has released the draft.",
        breaks=f"{_KEEPS}\n{_KEEPS.replace('2.0', '2.1')}",
        keeps=_KEEPS,
    ),
    Code(
        code="REL105",
        title="The approver or the summary is empty",
        why="Both stand in the manual's history, for readers and for auditors: who answers for the change, "
        "and what it is.",
        breaks=_KEEPS.replace("Batas 1 menit", " "),
        keeps=_KEEPS,
    ),
    Code(
        code="REL106",
        title="The day of the approval has not come yet",
        why="A release records an approval that was given. One that is still to be given is no approval.",
        breaks=f"{_KEEPS} --approved-on 9999-12-31",
        keeps=f"{_KEEPS} --approved-on 2026-01-20",
    ),
    Code(
        code="REL107",
        title="The draft has errors, or placeholders",
        why="What is released can never be mended, only followed by another release. So the draft must lint "
        "without errors, and its manual must be made without any. Warnings are told and do not stop it; only "
        "the placeholders of the skeleton do (SOP217), because readers would see them. "
        "Which errors a draft has depends on its text, so no snippet can show them all.",
    ),
    Code(
        code="REL108",
        title="The releases are not as they were released",
        why="A new release builds on those before it: its number, its date, the seal of its entry. While a "
        "frozen file is changed or missing, none of them can be relied upon. No snippet shows it: it takes "
        "a damaged file.",
    ),
    Code(
        code="REL109",
        title="The draft was changed while it was being released",
        why="What was looked over, rendered and approved must be what is frozen. No snippet can show it: it "
        "takes a second hand at the same moment.",
    ),
    Code(
        code="REL110",
        title="Nothing can be added to the index of releases",
        why="An entry is written behind the others, which stay as they are. An index in another form, such "
        "as a list in brackets, has no place for it. No snippet shows it: it takes an index written by hand.",
    ),
    Code(
        code="REL201",
        title="Another release of the same SOP is going on",
        why="Two at once would take the same number. The second is refused, not queued, so that somebody "
        "looks at what the first one released. No snippet can show it: it takes two processes.",
    ),
    Code(
        code="REL202",
        title="The disk refuses a release",
        why="Nothing of the release is left: it is written aside first, and counts only once the index names "
        "it. No snippet can show it: it takes a disk that is full or may not be written to.",
    ),
)
