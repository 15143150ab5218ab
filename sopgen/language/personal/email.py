"""E-mail addresses, also written out: `budi at contoh dot id`, `budi (at) contoh.id`.

A mailbox is known by the task that its name holds; RFC 2142 began the list, the Indonesian desks
are our additions (2026-11-22).
"""

import re
from collections.abc import Iterator

from sopgen.language.personal.datum import DataKind, Datum
from sopgen.language.personal.numeral import is_masked

_LOCAL = r"[a-z0-9][a-z0-9_.+-]{0,63}"
_LABEL = r"[a-z0-9][a-z0-9-]{0,62}"
_ADDRESS = re.compile(rf"(?<![a-z0-9_.+-])({_LOCAL})( ?@ ?)({_LABEL}(?:\.{_LABEL}){{1,4}})")
WRITTEN_OUT = (" at ", "at)", "at]")
"""Without one of these signs, no address in a text is written out."""

_AT = r" ?[(\[] ?at ?[)\]] ?"
_DOTTED = rf"{_LABEL}(?:(?:\.| ?[(\[] ?(?:dot|titik) ?[)\]] ?| (?:dot|titik) ){_LABEL}){{1,4}}"
_SPOKEN = rf"{_LABEL}(?: (?:dot|titik) {_LABEL}){{1,4}}"
_WRITTEN_OUT = re.compile(rf"(?<![a-z0-9_.+-])({_LOCAL})(?:{_AT}({_DOTTED})| at ({_SPOKEN}))")
_DOT = re.compile(r" ?[(\[]? ?\b(?:dot|titik)\b ?[)\]]? ?")
_TOP_LEVEL = re.compile(r"\.[a-z][a-z0-9-]{1,}$")
_TASKS = re.compile(
    r"(?:^|[._+\-\d])(?:info|marketing|sales|support|abuse|noc|security|postmaster|hostmaster|webmaster|"
    r"cs|cso|cc|crm|care|help|helpdesk|hello|halo|hai|hi|admin|adm|contacts?|contactus|kontak|services?|layanan|"
    r"customer(?:s|care|service)?|pelanggan|complaints?|komplain|keluhan|pengaduan|aduan|feedback|billing|"
    r"finance|keuangan|refunds?|returns?|retur|claims?|klaim|no-?reply|donotreply|orders?|pesanan|hrd?|"
    r"recruitment|careers?|karir|jobs|team|tim|office|kantor|official|toko|store|shop|privacy|legal|dpo|"
    r"partners?|partnership|press|media|pr|event|bookings?|reservations?|reservasi|ticketing|tiket|"
    r"callcenter|hotline|ask|tanya|enquir(?:y|ies)|inquir(?:y|ies)|member|loyalty|warranty|garansi|"
    r"shipping|logistics?|warehouse|gudang|dispatch|fraud|verifikasi|dokumen|docs|invoices?|payments?|"
    r"pembayaran|tax|pajak|purchasing|procurement|operations?|operasional|teknis|technical|training|akademik|"
    r"registrasi|pendaftaran|medical|clinic|klinik|apotek|concierge|frontdesk|frontoffice|reception)(?:$|[._+\-\d])"
)
_FILLED = re.compile(r"x{3,}")


def emails_in(text: str) -> Iterator[Datum]:
    """Yield the e-mail addresses, mailboxes included, of a folded text."""
    if "@" in text:
        for match in _ADDRESS.finditer(text):
            if len(match[2]) in (1, 3):  # one space alone is "hubungi @toko.id", a name after a word
                yield from _address(text, match, match[1], match[3])
    if any(sign in text for sign in WRITTEN_OUT):
        for match in _WRITTEN_OUT.finditer(text):
            yield from _address(text, match, match[1], _DOT.sub(".", match[2] or match[3]))


def _address(text: str, match: re.Match[str], local: str, domain: str) -> Iterator[Datum]:
    known = _TOP_LEVEL.search(domain) is not None
    masked = _FILLED.search(local) is not None or is_masked(text, *match.span())
    if known and not masked:
        kind = DataKind.MAILBOX if _TASKS.search(local) else DataKind.EMAIL
        yield Datum(kind, match.start(), match.end(), f"{local}@{domain}")
