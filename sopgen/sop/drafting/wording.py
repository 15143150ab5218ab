"""What headings and short lines mean to a draft, beyond what the source form itself recognises."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from sopgen.sop.heading import kind_of, strip_numbering
from sopgen.sop.model import SectionKind

_MORE: tuple[tuple[SectionKind, tuple[str, ...]], ...] = (
    (SectionKind.PURPOSE, (
        r"(?:latar belakang dan )?(?:maksud|tujuan|sasaran|purpose|objectives?)\b(?! pengguna).{0,40}",
    )),
    (SectionKind.SCOPE, (
        r"(?:ruang )?lingkup\b.{0,40}",
        r"(?:berlaku untuk|applies to|who this applies to|coverage)\b.{0,40}",
    )),
    (SectionKind.RESPONSIBILITIES, (
        r"(?:tugas(?: pokok)?|peran|pihak (?:yang )?terkait|penanggung ?jawab|who does what)\b.{0,40}",
        r"(?:roles?|responsibilit(?:y|ies))\b.{0,40}", "pihak terkait",
    )),
    (SectionKind.TOOLS, (
        ("(?:alat|tools?|perangkat|peralatan|sarana|aplikasi|sistem|software|kanal|channels?)"
            r"\b.{0,20}(?:digunakan|dipakai|kerja|pendukung|needed|used|required|kerja)"),
    )),
    (SectionKind.STANDARDS, (
        "standar operasi",
        ("(?:standar|standards?)(?: (?:mutu|kualitas|respons?|pelayanan|layanan|komunikasi|sikap|"
            "etika|bahasa|of service|of conduct|for (?:replies|agents)))+"),
        "etika(?: (?:pelayanan|komunikasi|layanan))?",
        ("(?:ketentuan|aturan|kebijakan|polic(?:y|ies)|rules?|code of conduct|service (?:rules|"
            r"promise|quality))\b.{0,20}"),
    )),
    (SectionKind.PROHIBITIONS, (
        ("(?:larangan|pantangan|hal[- ]?(?:hal)? yang (?:tidak boleh|dilarang)|yang tidak boleh)"
            r"\b.{0,40}"),
        ("(?:what (?:not to do|agents must not do)|prohibit(?:ed|ions?)|not allowed|never do|do not|"
            r"don[’']?ts?)\b.{0,40}"),
    )),
    (SectionKind.DEFINITIONS, (
        r"(?:definisi|istilah|glosarium|daftar istilah|definitions?|glossary|abbreviations)\b.{0,30}",
    )),
    (SectionKind.REFERENCES, (
        ("(?:referensi|rujukan|dasar hukum|dokumen (?:terkait|pendukung|acuan)|related (?:documents|"
            r"policies)|references?)\b.{0,30}"),
    )),
    (SectionKind.INDICATORS, (
        "tolak ukur", "tolok ukur", r"(?:mengukur|pengukuran|measuring)\b.{0,60}",
        ("(?:indikator|metrik|metrics?|kpis?|ukuran|target|sla|service levels?|yardsticks?|"
            r"success measures?)\b.{0,30}"),
    )),
    (SectionKind.ESCALATION, (
        r"(?:alur |jalur |matriks )?(?:eskalasi|escalation|escalating)\b.{0,40}",
    )),
    (SectionKind.RECORDS, (
        r"(?:pencatatan|dokumentasi|pelaporan|record[- ]?keeping|records?|logging|reporting)\b.{0,30}",
    )),
    (SectionKind.FEEDBACK, (
        r"(?:umpan balik|feedback|survei kepuasan|saran dan kritik)\b.{0,30}",
    )),
    (SectionKind.REVIEW, (
        ("(?:peninjauan|tinjauan|evaluasi|pembaruan dokumen|pembaruan sop|review|revision policy|"
            r"document control)\b.{0,40}"),
    )),
    (SectionKind.CASES, (
        r"(?:contoh |studi )?kasus\b.{0,60}",
        r"(?:teladan kasus|worked examples?|case stud(?:y|ies)|special cases)\b.{0,60}",
    )),
)  # fmt: skip
"""Per kind a pattern for whole headings without number, in small letters, tried after `heading.kind_of`."""

_PATTERNS = tuple((kind, re.compile("|".join(patterns))) for kind, patterns in _MORE)
_PROCEDURE = re.compile(
    r"(?:sop|prosedur|alur|cara|tata cara|langkah(?:-langkah)?|mekanisme|penanganan|menangani|proses|"
    r"persiapan|tahapan|panduan"
    r"|procedures?|handling|how to|process|steps|workflow|dealing with|step by step)\b(?!.*\?$).{0,100}"
)
_REPLIES = re.compile(
    r"(?:daftar |kumpulan |contoh )?(?:quick repl(?:y|ies)|balasan cepat|template(?:s)?(?: (?:balasan|"
    r"chat|pesan|jawaban))?"
    r"|canned (?:responses|replies)|macros|skrip(?: (?:cs|layanan|percakapan|chat))?|scripts?|reply "
    r"templates?|saved replies)"
)
_TITLE = re.compile(r"(?:judul|nama)(?: (?:sop|dokumen|prosedur))?|(?:sop |document )?title")
_INLINE = frozenset(
    {
        SectionKind.PURPOSE,
        SectionKind.SCOPE,
        SectionKind.RESPONSIBILITIES,
        SectionKind.TOOLS,
        SectionKind.DEFINITIONS,
        SectionKind.REFERENCES,
    }
)
_INLINE_ALONE = frozenset(SectionKind) - {SectionKind.PROCEDURES, SectionKind.CASES, SectionKind.OTHER}
"""What a procedure or a case is called stands behind its colon, and is part of the heading."""

REPLIES: Mapping[str, str] = MappingProxyType({"id": "Balasan Cepat", "en": "Quick Replies"})
UNPLACED: Mapping[str, str] = MappingProxyType({"id": "Belum Ditempatkan", "en": "Unplaced"})


def _words(heading: str) -> str:
    plain = re.sub(r"\s*\([^()]*\)\s*$", "", strip_numbering(heading).casefold())
    return " ".join(re.sub(r"[*_`:.]+", " ", plain).replace("&", " dan ").split())


def section_of(heading: str) -> SectionKind:
    """Return the kind of section that a heading opens, or OTHER."""
    known = kind_of(heading)
    if known is not SectionKind.OTHER or len(heading.split()) > 9 or heading.rstrip().endswith("?"):
        return known
    words = _words(heading)
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(words)), SectionKind.OTHER)


def names_procedure(heading: str) -> bool:
    """Return whether a heading names one procedure: "SOP Menangani Komplain", "Handling refunds"."""
    return _PROCEDURE.fullmatch(_words(heading)) is not None


_DOCUMENT = re.compile(
    r"(?:sop|standar(?:d)? (?:operasional|operating) (?:prosedur|procedures?)|prosedur operasional standar)"
    r"(?P<more>\b.{0,80})?"
)
_SERVICE = re.compile(
    r"\b(?:pelanggan|konsumen|pembeli|pengguna|nasabah|member|agen|petugas|operator|supervisor|atasan|cs|"
    r"customer|client|agent|representative|chat|percakapan|pesan|balas\w*|membalas|jawab\w*|menjawab|keluhan|"
    r"komplain|pesanan|refund|retur|tiket|ticket|layanan|pelayanan|service|complaint|message|reply|repl(?:ies)|"
    r"answer\w*|order|sop|prosedur|procedure|dokumen|document|eskalasi|escalat\w*|quick|kontak|contact)s?\b",
    re.IGNORECASE,
)


def names_document(text: str, *, alone: bool = False) -> bool:
    """Return whether a line calls the document an SOP; `alone`: and says nothing else."""
    found = _DOCUMENT.fullmatch(_words(text))
    return found is not None and not (alone and found["more"])


def tells_of_service(text: str) -> bool:
    """Return whether a text has a word of customer service, or of the document itself."""
    return _SERVICE.search(text) is not None


def opens_replies(heading: str) -> bool:
    """Return whether a heading opens a collection of quick replies."""
    return _REPLIES.fullmatch(_words(heading)) is not None


def opens_title(heading: str) -> bool:
    """Return whether what stands below a heading is the title of the document."""
    return _TITLE.fullmatch(_words(heading)) is not None


def inline_heading(text: str, *, alone: bool = False) -> tuple[str, str] | None:
    """Return the heading and the text of a line such as "Tujuan: melayani …", or None.

    `alone`: the line stands like a heading, so that more names of sections are believed.
    """
    heading, colon, rest = text.partition(":")
    if not colon or not rest.strip() or len(heading.split()) > 6:
        return None
    if kind_of(heading) not in (_INLINE_ALONE if alone else _INLINE):
        return None
    return heading.strip(), rest.strip()


_INDONESIAN = frozenset(
    [
        "yang",
        "dan",
        "untuk",
        "dengan",
        "tidak",
        "pelanggan",
        "dari",
        "pada",
        "dalam",
        "adalah",
        "wajib",
        "harus",
        "jika",
        "bila",
        "setelah",
        "sebelum",
        "atau",
        "kepada",
        "agar",
        "kami",
        "anda",
        "saya",
        "dilarang",
        "jangan",
        "tujuan",
        "prosedur",
        "oleh",
        "ini",
        "itu",
        "akan",
        "secara",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "not",
        "customer",
        "of",
        "in",
        "is",
        "must",
        "should",
        "if",
        "when",
        "after",
        "before",
        "or",
        "to",
        "that",
        "we",
        "you",
        "agent",
        "do",
        "never",
        "purpose",
        "procedure",
        "by",
        "this",
        "be",
        "are",
        "a",
        "an",
        "will",
    ]
)


def language_of(text: str) -> str:
    """Return "id" or "en", whichever has more of its small words in the text; "id" when neither has."""
    words = re.findall(r"[a-z]+", text.casefold())
    indonesian = sum(word in _INDONESIAN for word in words)
    return "en" if sum(word in _ENGLISH for word in words) > indonesian else "id"
