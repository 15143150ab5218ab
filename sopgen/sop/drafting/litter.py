"""What does not belong to an SOP: advertising, navigation, share buttons, author boxes, page numbers.

Each rule is a reason and what it recognises, in both languages; a demand is never litter.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from sopgen.sop.drafting.piece import Form, Piece
from sopgen.sop.modality import modality_of
from sopgen.sop.model import Modality

_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("read also", (
        r"(?:baca|simak|lihat) juga\b\s*[:–—-].*",
        ("(?:baca juga|baca selengkapnya|read (?:also|more)|artikel terkait|related (?:articles?|"
            r"posts?)|recommended for you|you may also like|artikel lainnya)\b.{0,200}"),
    )),
    ("share buttons", (
        ("(?:bagikan|sebarkan|share)(?: (?:ini|this|artikel|article|post|halaman|page|ke|to|on|di|via|"
            ":|now|facebook|twitter|x|whatsapp|telegram|linkedin|email|pinterest|line))*[ :!.]*"),
        ("(?:(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|email|copy link|salin tautan|"
            "print|cetak|tweet|pin it)[ |,/·•]*){2,}"),
        r"\d+ (?:shares?|kali dibagikan)",
    )),
    ("navigation", (
        r"(?:home|beranda)(?:\s*[»›>|/·]\s*[^»›>|]{1,60})*",
        "skip to content|lompat ke konten|back to top|kembali ke atas|daftar isi|table of contents",
        "search|cari|menu|log ?in|masuk|sign (?:in|up)|daftar",
        (r"[«‹<]?\s*(?:previous|next|older|newer|sebelumnya|selanjutnya|berikutnya)(?: (?:post|article|"
            r"page|artikel|halaman))?\s*[»›>]?"),
    )),
    ("author", (
        ("(?:penulis|ditulis oleh|author|written by|editor|reporter|published by|diterbitkan oleh|"
            r"posted by|diposting oleh)\s*:?\s+.{1,80}"),
        r"(?:oleh|by)\s*:\s*.{1,60}",
        ("(?:published|posted|diterbitkan|dipublikasikan|diposting)(?: on| pada)"
            r"?\s*:?\s*.{0,20}\d{4}.{0,20}"),
    )),
    ("comments", (
        r"comments? (?:are|is) closed\.?",
        ("(?:leave|post|tinggalkan|tulis|beri)(?: a| an| sebuah)? (?:reply|comment|komentar|balasan)"
            r"\b.{0,40}"),
        r"(?:\d+|no|tidak ada|belum ada) (?:comments?|komentar)",
        "komentar (?:ditutup|dinonaktifkan).{0,20}",
    )),
    ("ratings and counts", (
        r".{0,60}\(\s*[\d.,]+\s*(?:suara|votes?|ratings?|ulasan|reviews?|penilaian)\s*\)",
        r"[\d.,]+\s*k?\s*(?:views?|dilihat|kali dibaca|pembaca|reads?|likes?|suka)",
        r"\d+ (?:min|menit)(?:utes?)? (?:read|baca)",
    )),
    ("copyright", (
        r"(?:copyright|©|\(c\) ?\d{4}|hak cipta|all rights reserved|seluruh hak cipta).{0,120}",
    )),
    ("cookies and newsletters", (
        "(?:(?:we|this (?:site|website)) uses? cookies|(?:situs|website) ini menggunakan cookie).*",
        r"(?:subscribe|berlangganan|langganan|sign up|follow us|ikuti kami|join our)\b.{0,100}",
    )),
    ("tags", (
        r"(?:tags?|kategori|categories|category|filed under|topik)\s*:\s*.{1,120}",
    )),
    ("advertising", (
        (r"(?:\W*(?:advertisement|iklan|sponsored(?: content| post)?|adsbygoogle|promoted|"
            r"scroll to continue.*)\W*)+"),
        r"(?:advertisement|sponsored|iklan)\s*[:–—-].*",
    )),
    ("page number", (
        r"(?:halaman|hal\.?|page|pg\.?)\s*\d+(?:\s*(?:dari|of|/)\s*\d+)?", r"-\s*\d{1,4}\s*-",
        r"\d{1,4}",
    )),
)  # fmt: skip
_RULED = tuple(
    (reason, re.compile("|".join(patterns), re.IGNORECASE | re.DOTALL)) for reason, patterns in _RULES
)
_ADVERTISING = "advertising"
_LONGEST = 400
"""Characters above which a piece is text of somebody, whatever it begins with (2026-11-22)."""

_PITCH = re.compile(
    r"\b(?:gratis|free|download|unduh|ebook|e-book|klik|di-?klik|click|promo|diskon|discount|daftar "
    r"sekarang|beli sekarang"
    r"|order now|buy now|sign up|sekarang juga|dapatkan|luar biasa|dahsyat|wow|powerful|rahasia|sukses|"
    r"jutaan|cuan"
    r"|webinar|pelatihan|kursus|course|materi|hubungi kami di|konsultasi|mengubah nasib|financial freedom"
    r"|limited offer|penawaran terbatas|act now|subscribe|buku|bisnis)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:gratis|free|download|di-?klik|klik|click|promo|diskon|discount|beli sekarang|buy now"
    r"|powerful|limited offer|penawaran terbatas)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:hanya|only|cuma|mulai|from) (?:rp\.?|idr|usd|\$) ?[\d.,]+|\d+ ?% (?:off|discount|diskon)"
    r"|\bdiskon (?:hingga |sampai )?\d+ ?%"
    r"|\b(?:buy|get|order|enrol?l|join|dapatkan|beli|pesan|kunjungi|visit)"
    r" (?:our|your|now|toko kami|situs kami|kursus|template|sekarang)\b"
    r"|\b(?:click|klik) (?:here|di sini|disini)"
    r"|\b(?:promo|penawaran|diskon) menarik\b|\b(?:hubungi|kontak|call|wa)(?: kami)? di \+?[\d-]{8,}",
    re.IGNORECASE,
)
_TO_CUSTOMERS = re.compile(
    r"\b(?:pelanggan|pembeli|konsumen|pengguna|agen|petugas|customers?|agents?|halo|hai|kak|kakak|"
    r"terima kasih|thank you|cs)\b|[{}]",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SHOUT = re.compile(r"\b[A-Z][A-Z-]{3,}\b")


def apart_from_litter(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, those that are litter marked as such with their reason.

    A line that is only a link belongs to the advertising above it.
    """
    judged: list[Piece] = []
    for piece in pieces:
        found = _judged(piece)
        if judged and judged[-1].reason == _ADVERTISING and _LINK.fullmatch(piece.text):
            found = piece.as_litter(_ADVERTISING)
        judged.append(found)
    return tuple(judged)


def _judged(piece: Piece) -> Piece:
    if piece.form not in (Form.PARAGRAPH, Form.HEADING, Form.ITEM) or piece.reason:
        return piece
    reason = litter_reason(piece.text)
    if not reason and piece.label and piece.form is Form.PARAGRAPH:
        reason = litter_reason(f"{piece.label} {piece.text}")
    return replace(piece, form=Form.LITTER, reason=reason) if reason else piece


def litter_reason(text: str) -> str:
    """Return why a text is litter, or "" for a text that an SOP may hold."""
    if len(text) > _LONGEST or modality_of(text) is not Modality.PLAIN:
        return ""
    for reason, pattern in _RULED:
        if pattern.fullmatch(text):
            return reason
    return _ADVERTISING if _is_pitch(text) or _is_offer(text) else ""


def _is_offer(text: str) -> bool:
    """Return whether a text offers wares, twice over or loudly, and speaks of no customer and no agent."""
    offers = len(_OFFER.findall(text))
    return not _TO_CUSTOMERS.search(text) and (offers >= 2 or (offers == 1 and _is_loud_or_promises(text)))


def _is_loud_or_promises(text: str) -> bool:
    return "!" in text or len({each.casefold() for each in _PITCH.findall(text)}) >= 1


def _is_pitch(text: str) -> bool:
    """Return whether a text praises and offers: words of pitch, and shouting or little else."""
    words = len(text.split())
    strong, pitches = len(_STRONG.findall(text)), len({each.casefold() for each in _PITCH.findall(text)})
    if not strong or words > 60:
        return False
    loud = len(_SHOUT.findall(text)) >= 2 or "!" in text
    return (pitches >= 2 and pitches / words >= 0.5) or (pitches >= 3 and loud)
