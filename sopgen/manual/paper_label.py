"""What the manual says on paper alone, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

_LABELS = {
    "uncontrolled": ("Salinan tak terkendali bila dicetak.", "Uncontrolled when printed."),
    "verify": ("Pastikan versinya sebelum dipakai.", "Verify the version before use."),
    "newest": ("Versi terbaru", "Newest version"),
    "newest_alt": ("Kode QR ke versi terbaru: {url}", "QR code to the newest version: {url}"),
    "logo_alt": ("Logo {name}", "Logo of {name}"),
    "draft_mark": ("DRAF", "DRAFT"),
    "superseded_mark": ("DIGANTIKAN", "SUPERSEDED"),
    "superseded_copy": ("Salinan versi yang digantikan", "Copy of a superseded version"),
    "as_approved": (
        "Berkas yang disetujui disimpan tanpa perubahan sebagai {name}.",
        "The file that was approved is kept unchanged as {name}.",
    ),
    "approvals": ("Persetujuan", "Approvals"),
    "role": ("Peran", "Role"),
    "name": ("Nama atau jabatan", "Name or office"),
    "date": ("Tanggal", "Date"),
    "signature": ("Tanda tangan", "Signature"),
    "recorded": ("Tercatat saat rilis", "Recorded at release"),
    "reviewer": ("Peninjau", "Reviewer"),
    "handbook": ("Buku pegangan SOP", "SOP handbook"),
    "handbook_lead": (
        "Semua SOP yang berlaku, dalam satu dokumen.",
        "All SOPs in force, in one document.",
    ),
    "register": ("Daftar dokumen", "Register of documents"),
    "as_of": ("Keadaan per", "As of"),
    "documents": ("{count} dokumen", "{count} documents"),
    "document": ("1 dokumen", "1 document"),
    "changes": ("Perubahan", "Changes"),
    "what_changed": ("Apa yang berubah", "What changed"),
    "reason": ("Ringkasan", "Summary"),
}

_BY_LANGUAGE = {
    language: MappingProxyType({key: pair[place] for key, pair in _LABELS.items()})
    for place, language in enumerate(("id", "en"))
}


def paper_labels(language: str) -> Mapping[str, str]:
    """Return the words of paper in a language; an unknown language gets English."""
    return _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])
