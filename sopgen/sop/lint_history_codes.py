"""The codes of what releases remember, SOP23x, of upkeep, SOP24x, and of allowances, SOP25x.

A snippet of SOP23x and SOP24x holds versions: `=== 1.0, effective 2026-01-01` begins a release, `=== draft`
the draft; `=== draft, looked over on 2026-06-01` also says on which day.
"""

from sopgen.base.code import Code

_NONE = 'check=none reason="dinilai QA lewat sampel"'
_GREET = f"- Wajib menyapa pelanggan. {{#sapa {_NONE}}}\n"
_RENAMED = f"- Wajib berterima kasih. {{#ucapan was=terima-kasih {_NONE}}}\n"
_MISNAMED = f"- Wajib berterima kasih. {{#ucapan was=makasih {_NONE}}}\n"
_ANEW = f"- Wajib berterima kasih. {{#terima-kasih-2 {_NONE}}}\n"
_THANK = f"- Wajib berterima kasih. {{#terima-kasih {_NONE}}}\n"
_FIRST, _SECOND = (
    "=== 1.0, effective 2026-01-01\n## Standar\n\n",
    "=== 2.0, effective 2026-02-01\n## Standar\n\n",
)
_DRAFT = "=== draft\n## Standar\n\n"
_VAGUE = f"## Standar\n\n- Wajib membalas segera. {{#balas {_NONE}}}\n  <!-- sopgen: allow "

HISTORY_CODES: tuple[Code, ...] = (
    Code(
        code="SOP231",
        title="An id of the last release is gone",
        why="Findings, links and trends hold on to ids. A clause that goes on under another id says so with "
        "`was=`; one that was dropped is allowed to be gone, with a reason, above the first section.",
        breaks=f"{_FIRST}{_GREET}{_THANK}{_DRAFT}{_GREET}",
        keeps=f"{_FIRST}{_GREET}{_THANK}{_DRAFT}{_GREET}{_RENAMED}",
    ),
    Code(
        code="SOP232",
        title="An id that was given up is used again",
        why="Findings of the past that name it mean the old demand. Trends would join the two.",
        breaks=f"{_FIRST}{_GREET}{_THANK}{_SECOND}{_GREET}{_DRAFT}{_GREET}{_THANK}",
        keeps=f"{_FIRST}{_GREET}{_THANK}{_SECOND}{_GREET}{_DRAFT}{_GREET}{_ANEW}",
    ),
    Code(
        code="SOP233",
        title="An earlier id that never was, or still is",
        why="`was=` joins the history of a clause to that of the id it had. A misspelt one joins nothing.",
        breaks=f"{_FIRST}{_GREET}{_DRAFT}{_GREET}{_MISNAMED}",
        keeps=f"{_FIRST}{_GREET}{_DRAFT}{_GREET.replace('#sapa', '#salam was=sapa')}",
    ),
    Code(
        code="SOP241",
        title="The review is overdue",
        why="`review_every` promises that somebody looks whether the SOP still fits. The time counts from "
        "when the version in force took effect.",
        breaks=f"{_FIRST}{_GREET}=== draft, looked over on 2026-06-01\n## Standar\n\n{_GREET}",
        keeps=f"{_FIRST}{_GREET}=== draft, looked over on 2026-03-01\n## Standar\n\n{_GREET}",
    ),
    Code(
        code="SOP251",
        title="A comment for sopgen that allows nothing",
        why="`<!-- sopgen: allow CODE because … -->` allows a flaw of that code where it stands. With a code "
        "that does not exist it does nothing, and its author would wonder.",
        breaks=f"{_VAGUE}SOP299 because batasnya ada di klausul lain -->",
        keeps=f"{_VAGUE}SOP221 because batasnya ada di klausul lain -->",
    ),
    Code(
        code="SOP252",
        title="A flaw is allowed without a reason",
        why="Who reads the source later has to know why the flaw may stay. Without `because …` it "
        "is not allowed.",
        breaks=f"{_VAGUE}SOP221 -->",
        keeps=f"{_VAGUE}SOP221 because batasnya ada di klausul lain -->",
    ),
    Code(
        code="SOP253",
        title="An allowance that is no longer needed",
        why="The flaw was mended, or stands elsewhere. Left in place, the comment would hide the next one.",
        breaks=f"## Standar\n\n- Wajib membalas dalam 5 menit. {{#balas {_NONE}}}\n"
        "  <!-- sopgen: allow SOP221 because batasnya ada di klausul lain -->",
        keeps=f"{_VAGUE}SOP221 because batasnya ada di klausul lain -->",
    ),
)
