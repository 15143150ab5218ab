"""The words that the lint knows, Indonesian and English: what nobody can check, and names of one thing.

Our own collection (2026-11-22), after the advice that procedures should name a number, a condition or
something that can be seen (plain-language guides; ISO/IEC/IEEE 29148, 5.2.7, on words to avoid in demands).
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """Words that leave open what is demanded, and what to write instead."""

    pattern: re.Pattern[str]
    hint: str


def _vague(hint: str, *words: str) -> Vague:
    pattern = rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])"
    return Vague(pattern=re.compile(pattern, re.IGNORECASE), hint=hint)


_ENDS = r"(?=\s*(?:[,.;:)]|$))"

VAGUE: dict[str, tuple[Vague, ...]] = {
    "id": (
        _vague(
            "write a number: how long at most, such as 'dalam 5 menit'",
            r"(?:se)?segera(?: mungkin)?", "sesegera", r"secepat(?:nya|[- ]cepatnya)", "secepat mungkin",
            "dalam waktu (?:dekat|singkat|sesingkat-singkatnya)", r"sesingkat[- ]singkatnya",
            "tanpa menunda(?:-nunda)?", "dengan cepat", "selekasnya", "sewaktu-waktu",
        ),
        _vague(
            "write how often, such as 'setiap 30 menit'",
            r"secara (?:berkala|rutin|teratur|periodik)", "sesekali", "sesering mungkin",
            "dari waktu ke waktu",
            "kadang-kadang", "sekali-sekali",
        ),
        _vague(
            "write the condition: 'bila …'",
            rf"(?:bila|jika|apabila|kalau|bilamana) (?:di)?(?:perlu|butuh)(?:kan)?{_ENDS}",
            rf"(?:bila|jika|apabila|kalau) memungkinkan{_ENDS}", "sesuai (?:dengan )?kebutuhan",
            "seperlunya", "secukupnya", "bilamana perlu", "dalam keadaan tertentu", "pada kasus tertentu",
        ),
        _vague(
            "write what can be seen, heard or counted",
            r"sebaik(?: mungkin|[- ]baiknya)", r"semaksimal mungkin", "seoptimal mungkin",
            "sebisa(?:nya| mungkin)",
            r"sedapat(?:nya| mungkin)", r"sejelas[- ]jelasnya", "(?:se)?sopan mungkin", "seramah mungkin",
            "dengan (?:baik|benar|layak|wajar|profesional|serius)",
            "secara (?:profesional|memadai|wajar|optimal|maksimal|bijak)",
            "selayaknya", "sepatutnya", "sewajarnya", "(?:di)?upayakan", "(?:di)?usahakan",
            "berusaha", "memadai",
        ),
        _vague("list everything that is meant", "dan lain-lain", "dan sebagainya", r"dll\b\.?",
               r"dsb\b\.?", "dan seterusnya"),
    ),
    "en": (
        _vague(
            "write a number: how long at most, such as 'within 5 minutes'",
            "as soon as (?:possible|practicable)", "as quickly as possible", "promptly", "immediately",
            "at once",
            "without (?:undue )?delay", "in a timely (?:manner|fashion)", "quickly", "swiftly", "asap",
            "right away",
            "at the earliest convenience",
        ),
        _vague(
            "write how often, such as 'every 30 minutes'",
            "regularly", "periodically", "from time to time", "occasionally", "frequently",
            "as often as possible",
            "on a regular basis",
        ),
        _vague(
            "write the condition: 'if …'",
            rf"(?:if|when|where) (?:necessary|needed|required|possible|appropriate|applicable){_ENDS}",
            rf"as (?:necessary|needed|required|appropriate|applicable){_ENDS}",
            "as the case may be", "in certain cases", "if at all possible",
        ),
        _vague(
            "write what can be seen, heard or counted",
            "as well as possible", "best efforts?", "(?:try|strive|endeavou?r) to", "appropriate(?:ly)?",
            "adequate(?:ly)?",
            "properly", "professionally", "reasonabl[ey]", "sufficient(?:ly)?", "satisfactor(?:y|ily)",
            "user-friendly",
            "to the best of (?:their|your|its) ability",
        ),
        _vague("list everything that is meant", r"etc\b\.?", "and so (?:on|forth)", "and the like"),
    ),
}  # fmt: skip

HOMOGRAPHS = frozenset({"asap", "Asap"})
"""Vague words of one language that are ordinary words of the other: smoke, and as soon as possible."""

STRONG_MODALS = {
    "id": re.compile(
        r"(?<!yang )(?<!apa )\b(?:wajib|harus|dilarang|(?:tidak|tak) boleh|jangan)\b(?!\W+(?:dan|atau)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<!that )(?<!which )(?<!who )(?<!what )"
        r"\b(?:must|shall|(?:is|are) required to|may not|cannot|never)\b",
        re.IGNORECASE,
    ),
}
"""A modal word that makes a demand of its own; one in a relative clause does not."""

SEQUENCES = {
    "id": re.compile(
        r"(?:[,;]\s+|\s+dan\s+)(?P<word>lalu|kemudian|setelah itu|selanjutnya|sesudah itu)\s+(?!lintas\b)\w",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:[,;]\s+(?:and\s+)?|\s+and\s+)(?P<word>then|after that|afterwards)\s+\w", re.IGNORECASE
    ),
}
"""What joins a second action to the first."""

WELL_KNOWN = frozenset(
    {
        "SOP",
        "HP",
        "ID",
        "KTP",
        "PDF",
        "SMS",
        "URL",
        "PT",
        "CV",
        "WIB",
        "WITA",
        "WIT",
        "TV",
        "USB",
        "FAQ",
        "HTML",
    }
    | {"AM", "PM", "WA", "PC", "OK", "LINE", "TODO", "TBD", "TBA"}
)
"""Abbreviations that every reader of an SOP knows, and names that look like one."""

SHOUTED = frozenset(
    "WAJIB HARUS TIDAK BUKAN BOLEH DAN ATAU HANYA SEMUA YANG DI KE BELUM SUDAH YA TANPA".split()  # noqa: SIM905
    + "MUST NOT NEVER ONLY ALL AND OR NO YES DO ANY EVERY SHALL MAY CAN THE".split()  # noqa: SIM905
)
"""Short words that authors write in capitals to stress them."""

SAME_THING: dict[str, tuple[tuple[str, ...], ...]] = {
    "id": (
        ("pelanggan", "konsumen", "customer", "pembeli", "nasabah", "klien", "pengguna", "member"),
        ("agen", "petugas", "operator", "admin", "customer service officer"),
        ("keluhan", "komplain", "pengaduan", "aduan"),
        ("percakapan", "obrolan", "chat"),
        ("supervisor", "penyelia"),
        ("kata sandi", "password", "sandi"),
        ("surel", "email", "e-mail"),
        ("pengembalian dana", "refund"),
        ("balasan siap pakai", "quick reply", "templat balasan"),
    ),
    "en": (
        ("customer", "client", "user", "member", "buyer", "consumer", "guest"),
        ("agent", "representative", "operator", "advisor"),
        ("complaint", "grievance"),
        ("conversation", "chat"),
        ("supervisor", "team lead", "shift lead"),
        ("password", "passcode"),
        ("quick reply", "canned response", "macro"),
    ),
}
"""Groups of words that name one thing in customer service."""
