"""What a heading announces: its kind in either language, its text without numbering, its anchor."""

import re
import unicodedata
from difflib import get_close_matches

from sopgen.sop.model import SectionKind

HEADINGS: dict[SectionKind, tuple[str, ...]] = {
    SectionKind.PURPOSE: (
        "tujuan", "maksud", "maksud dan tujuan", "tujuan sop", "sasaran",
        "purpose", "objective", "objectives", "aim", "aims", "goal", "goals",
    ),
    SectionKind.SCOPE: (
        "ruang lingkup", "lingkup", "cakupan", "batasan", "scope", "applicability", "scope of application",
    ),
    SectionKind.RESPONSIBILITIES: (
        "tanggung jawab", "tugas dan tanggung jawab", "peran dan tanggung jawab", "peran", "wewenang",
        "tanggung jawab dan wewenang", "penanggung jawab", "pelaksana",
        "responsibilities", "responsibility", "roles", "roles and responsibilities", "duties",
    ),
    SectionKind.TOOLS: (
        "alat", "perangkat", "peralatan", "perlengkapan", "sarana", "alat dan perlengkapan", "alat bantu",
        "alat dan perangkat", "perangkat dan alat", "perangkat dan sistem", "alat yang digunakan",
        "perangkat yang digunakan", "tools yang digunakan",
        "sistem yang digunakan", "aplikasi yang digunakan",
        "sarana dan prasarana", "tools", "tool", "tools used", "tools and systems", "systems", "equipment",
    ),
    SectionKind.STANDARDS: (
        "standar", "standar pelayanan", "standar layanan", "standar operasional", "standar mutu",
        "standar kualitas", "standar kerja", "ketentuan", "ketentuan umum", "kewajiban",
        "aturan", "aturan umum",
        "standards", "standard", "service standards", "service standard", "quality standards",
        "operating standards", "requirements", "rules", "general rules", "obligations",
    ),
    SectionKind.PROCEDURES: (
        "prosedur", "prosedur kerja", "prosedur pelayanan", "prosedur layanan", "langkah kerja", "alur kerja",
        "langkah-langkah", "tata cara", "uraian prosedur", "instruksi kerja", "prosedur pelaksanaan",
        "procedures", "procedure", "process", "steps", "workflow", "work instructions", "working procedure",
    ),
    SectionKind.PROHIBITIONS: (
        "larangan", "hal yang dilarang", "hal-hal yang dilarang", "pantangan", "yang dilarang",
        "prohibitions", "prohibition", "prohibited", "prohibited actions", "what is prohibited",
        "forbidden", "don'ts", "must not",
    ),
    SectionKind.DEFINITIONS: (
        "definisi", "istilah", "pengertian", "definisi dan istilah", "istilah dan definisi", "daftar istilah",
        "glosarium", "singkatan", "definitions", "definition", "terms", "terms and definitions", "glossary",
    ),
    SectionKind.REFERENCES: (
        "referensi", "rujukan", "acuan", "dasar hukum", "dokumen terkait", "dokumen acuan", "dokumen rujukan",
        "references", "reference", "related documents", "legal basis",
    ),
    SectionKind.INDICATORS: (
        "indikator", "indikator kinerja", "indikator keberhasilan", "ukuran kinerja",
        "target", "target layanan",
        "tolok ukur", "ukuran keberhasilan", "pengukuran", "metrik", "kpi",
        "indicators", "performance indicators", "key performance indicators", "yardsticks", "targets",
        "metrics", "measures", "service levels",
    ),
    SectionKind.ESCALATION: (
        "eskalasi", "jalur eskalasi", "penerusan", "eskalasi masalah", "alur eskalasi", "matriks eskalasi",
        "escalation", "escalations", "escalation path", "escalation matrix",
    ),
    SectionKind.RECORDS: (
        "catatan", "pencatatan", "dokumentasi", "arsip", "rekaman", "catatan mutu",
        "pencatatan dan dokumentasi",
        "pencatatan dan arsip", "pelaporan", "pencatatan dan pelaporan", "dokumentasi dan pelaporan",
        "records", "record keeping", "documentation", "reporting", "records and reporting", "logs",
    ),
    SectionKind.FEEDBACK: (
        "umpan balik", "masukan", "saran", "masukan pelanggan", "umpan balik pelanggan", "kritik dan saran",
        "feedback", "customer feedback", "suggestions",
    ),
    SectionKind.REVIEW: (
        "tinjauan", "peninjauan", "evaluasi", "tinjauan berkala", "peninjauan berkala", "evaluasi berkala",
        "pemeliharaan dokumen", "pembaruan", "evaluasi dan peninjauan", "evaluasi dan pembaruan",
        "peninjauan dan pembaruan", "tinjauan dan perbaikan", "evaluasi dan perbaikan",
        "review", "reviews", "periodic review", "evaluation", "maintenance", "upkeep",
        "review and improvement",
    ),
    SectionKind.CASES: (
        "kasus", "contoh kasus", "studi kasus", "kasus khusus", "kasus sulit", "penanganan kasus khusus",
        "cases", "case", "case studies", "hard cases", "special cases", "worked cases", "difficult cases",
    ),
}  # fmt: skip
"""Per kind the headings that announce it, Indonesian first, in small letters."""

_USUAL = {
    SectionKind.PURPOSE: ("Tujuan", "Purpose"),
    SectionKind.SCOPE: ("Ruang Lingkup", "Scope"),
    SectionKind.RESPONSIBILITIES: ("Tanggung Jawab", "Responsibilities"),
    SectionKind.TOOLS: ("Perangkat yang Digunakan", "Tools"),
    SectionKind.STANDARDS: ("Standar Pelayanan", "Standards"),
    SectionKind.PROCEDURES: ("Prosedur Kerja", "Procedures"),
    SectionKind.PROHIBITIONS: ("Larangan", "Prohibitions"),
    SectionKind.DEFINITIONS: ("Definisi", "Definitions"),
    SectionKind.REFERENCES: ("Referensi", "References"),
    SectionKind.INDICATORS: ("Indikator Kinerja", "Indicators"),
    SectionKind.ESCALATION: ("Eskalasi", "Escalation"),
    SectionKind.RECORDS: ("Pencatatan", "Records"),
    SectionKind.FEEDBACK: ("Umpan Balik", "Feedback"),
    SectionKind.REVIEW: ("Tinjauan Berkala", "Review"),
    SectionKind.CASES: ("Contoh Kasus", "Cases"),
    SectionKind.OTHER: ("Lain-lain", "Other"),
}
_KINDS = {name.replace(" and ", " dan "): kind for kind, names in HEADINGS.items() for name in names}
_NUMBERING = re.compile(
    r"^(?:(?:bab|bagian|pasal|chapter|section|part)\s+(?:\d+|[ivxlc]+|[a-z])\b\s*[.):–—-]*\s*"
    r"|\d+(?:\.\d+)+[.)]*\s+|\d+\s*(?:[.)]+(?!\d)\s*|[:–—-]\s+)"
    r"|\(?(?:[ivxlc]+|[a-z])[.)]\s+)",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(
    r"\s+(?:(?:untuk|bagi|for|of|dari|pada|dalam)\b.*"
    r"|(?:cs|customer service|customer care|layanan pelanggan|pelayanan pelanggan|help ?desk|live ?chat"
    r"|agen|agent|agents|tim|perusahaan))$"
)


def strip_numbering(heading: str) -> str:
    """Return the heading without a leading number, letter or "Bab 3"; the whole when nothing else is left."""
    return _NUMBERING.sub("", heading, count=1).strip() or heading.strip()


def kind_of(heading: str) -> SectionKind:
    """Return the kind that a heading announces, with or without number and audience; else OTHER."""
    plain = re.sub(r"\s*\([^()]*\)\s*$|^\d+\s+", "", strip_numbering(heading).casefold())
    name = " ".join(re.sub(r"[*_`:.]+", " ", plain).replace("&", " dan ").split()).replace(" and ", " dan ")
    while name not in _KINDS:
        shorter = _AUDIENCE.sub("", name)
        if shorter == name:
            return SectionKind.OTHER
        name = shorter
    return _KINDS[name]


def near_heading(heading: str, kind: SectionKind) -> str:
    """Return the heading of `kind` that a misspelt one was probably meant to be, or ""."""
    near = get_close_matches(strip_numbering(heading).casefold(), HEADINGS[kind], n=1, cutoff=0.8)
    return next((each for each in _USUAL[kind] if near == [each.casefold()]), "".join(near).capitalize())


def usual_heading(kind: SectionKind, language: str) -> str:
    """Return the heading that a section of `kind` usually bears in `language` ("id" or "en")."""
    return _USUAL[kind][0 if language == "id" else 1]


def slug(text: str, *, words: int = 8) -> str:
    """Return `text` in kebab-case, its first `words` words; "" when it holds no letter or digit."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:words])


def letter(number: int) -> str:
    """Return the letter of the `number`-th part (from 1): A to Z, then AA, AB."""
    number, rest = divmod(number - 1, 26)
    return (letter(number) if number else "") + chr(ord("A") + rest)
