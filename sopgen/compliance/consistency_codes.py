"""The codes of SOPs held against themselves and each other, CON1xx and SOP226.

A snippet holds SOPs, a line `=== name.md` begins each; the checks are those that come with sopgen.
"""

from sopgen.base.code import Code

_HEAD = """---
id: {name}
title: Pelayanan
language: id
owner: Kepala Layanan
approver: Direktur Operasional
review_every: 90d
applies_to: {{channels: [{channel}]}}
---

## Standar

"""


def _sop(name: str, body: str, channel: str = "livechat") -> str:
    return f"=== {name}.md\n{_HEAD.format(name=name, channel=channel)}{body}\n"


_TWO = "- **Wajib** membalas dalam 2 menit. {#balas check=first-response-time limit=2m}"
_FIVE = "- **Wajib** membalas dalam 5 menit. {#balas check=first-response-time limit=5m}"
_BONUS = '- **Dilarang** menjanjikan bonus. {#bonus check=must-not-say phrases="bonus pasti cair"}'
_REPLY = "\n> [!TEMPLATE] Promo\n> Halo Kak {nama}, "
_CHAT = """
- **Wajib** menyapa. {{#sapa check=opening-greeting}}

  ```chat pass "dengan salam"
  09:00 pelanggan  halo
  09:01 agen       Halo Kak, {said}
  ```
"""
_WORDED = "- **Wajib** membalas pesan pertama dalam 2 menit. {#balas check=first-response-time limit="
_SAY = '- **Wajib** menyebut promo. {{#promo check=must-say phrases="{said}"}}'

CONSISTENCY_CODES: tuple[Code, ...] = (
    Code(
        code="SOP226",
        title="A clause names another time than its check",
        why="People keep to the words, the machine to the parameter, or to the check's default where the "
        "clause sets none: one of them is wrong, and the manual shows both. Where a clause names several "
        "times, one that fits is enough; what is in quotation marks, or only a condition, is left alone.",
        breaks=_sop("cs-satu", f"{_WORDED}90s}}"),
        keeps=_sop("cs-satu", f"{_WORDED}120s}}"),
    ),
    Code(
        code="CON101",
        title="Two clauses demand different limits",
        why="Both judge the same conversations, so one of them is broken, or without effect. SOPs that "
        "govern different channels or teams may demand different limits.",
        breaks=_sop("cs-satu", _TWO) + _sop("cs-dua", _FIVE),
        keeps=_sop("cs-satu", _TWO) + _sop("cs-dua", _FIVE, channel="email"),
    ),
    Code(
        code="CON102",
        title="A quick reply breaks a clause of its own SOP",
        why="Agents copy it, and are found to have broken the clause. Each place to fill in is judged as if "
        "its own name stood there.",
        breaks=_sop("cs-satu", f"{_BONUS}\n{_REPLY}bonus pasti cair hari ini!"),
        keeps=_sop("cs-satu", f"{_BONUS}\n{_REPLY}syarat bonusnya ada di halaman promo."),
    ),
    Code(
        code="CON103",
        title="A required phrase breaks a clause of its own SOP",
        why="Whoever says it breaks one clause, whoever does not breaks the other.",
        breaks=_sop("cs-satu", f"{_BONUS}\n{_SAY.format(said='bonus pasti cair')}"),
        keeps=_sop("cs-satu", f"{_BONUS}\n{_SAY.format(said='lihat halaman promo')}"),
    ),
    Code(
        code="CON104",
        title="A good example breaks another clause of its own SOP",
        why="Readers imitate the whole of it. What the example says, and how long people wait in it, is "
        "judged; what a short example leaves out is not.",
        breaks=_sop("cs-satu", _BONUS + "\n" + _CHAT.format(said="bonus pasti cair hari ini!")),
        keeps=_sop("cs-satu", _BONUS + "\n" + _CHAT.format(said="ada yang bisa dibantu?")),
    ),
    Code(
        code="CON105",
        title="A clause is called like a check, but is not bound to it",
        why="The check was probably made after the clause was written, or `check=` was forgotten.",
        breaks=_sop("cs-satu", '- **Wajib** tenang. {#calm-tone check=none reason="dinilai QA"}'),
        keeps=_sop("cs-satu", "- **Wajib** tenang. {#calm-tone check=calm-tone}"),
    ),
)
