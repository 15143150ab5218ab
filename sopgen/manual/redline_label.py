"""What a redline says of its own accord, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

_LABELS = {
    "redline": ("Perubahan", "Changes"),
    "from_to": ("Versi {old} ke {new}", "Version {old} to {new}"),
    "none": ("Tidak ada perubahan isi.", "Nothing that the SOP says has changed."),
    "draft": ("draf", "draft"),
    "legend": ("Cara membaca", "How to read this"),
    "legend_deleted": ("kata yang dihapus", "deleted words"),
    "legend_inserted": ("kata yang ditambahkan", "inserted words"),
    "unchanged": ("{count} klausul tidak berubah.", "{count} clauses are unchanged."),
    "unchanged_one": ("1 klausul tidak berubah.", "1 clause is unchanged."),
    "nothing": ("tidak ada", "none"),
    "front-matter": ("Keterangan dokumen", "About the document"),
    "section": ("Bagian", "Section"),
    "procedure": ("Prosedur", "Procedure"),
    "clause": ("Klausul", "Clause"),
    "step": ("Langkah", "Step"),
    "quick-reply": ("Balasan cepat", "Quick reply"),
    "prose": ("Uraian", "Text"),
    "example": ("Contoh", "Example"),
    "example-pass": ("Contoh benar", "Good example"),
    "example-fail": ("Contoh salah", "Bad example"),
    "added": ("Ditambahkan", "Added"),
    "removed": ("Dihapus", "Removed"),
    "changed": ("Diubah", "Changed"),
    "moved": ("Dipindahkan", "Moved"),
    "renamed": ("Id diganti", "Id changed"),
    "reworded": ("Kata-kata diubah", "Reworded"),
    "modality": ("Sifat", "Modality"),
    "check": ("Pemeriksaan", "Check"),
    "severity": ("Tingkat", "Severity"),
    "reason": ("Alasan tidak diperiksa", "Reason for no check"),
    "substantive": ("Perubahan isi", "Change of substance"),
    "clarification": ("Penjelasan", "Clarification"),
    "administrative": ("Administratif", "Administrative"),
    "value-must": ("wajib", "must"),
    "value-should": ("sebaiknya", "should"),
    "value-may": ("boleh", "may"),
    "value-must-not": ("dilarang", "must not"),
    "value-plain": ("tanpa kata wajib", "no modal word"),
    "value-minor": ("minor", "minor"),
    "value-major": ("mayor", "major"),
    "value-critical": ("kritis", "critical"),
    "value-ordered": ("langkah berurutan", "steps in order"),
    "value-unordered": ("butir", "items"),
    "name-title": ("Judul", "Title"),
    "name-heading": ("Judul", "Heading"),
    "name-output": ("Keluaran", "Output"),
    "name-text": ("Kata-kata", "Wording"),
    "name-chat": ("Percakapan", "Chat"),
    "name-expected": ("Yang diharapkan", "Expected"),
    "name-list": ("Susunan", "List"),
    "name-kind": ("Jenis bagian", "Kind of section"),
    "name-id": ("Id", "Id"),
    "name-owner": ("Pemilik", "Owner"),
    "name-approver": ("Penyetuju", "Approver"),
    "name-review_every": ("Ditinjau setiap", "Reviewed every"),
    "name-language": ("Bahasa", "Language"),
    "name-applies_to.channels": ("Kanal", "Channels"),
    "name-applies_to.teams": ("Tim", "Teams"),
    "name-hours.timezone": ("Zona waktu", "Time zone"),
    "name-hours.weekly": ("Jam layanan", "Service hours"),
    "name-hours.holidays": ("Hari libur", "Public holidays"),
    "name-limit": ("Batas", "Limit"),
    "name-phrases": ("Frasa", "Phrases"),
    # in plain words, on the page that tells what changed
    "news-added": ("{part} baru.", "{part} is new."),
    "news-removed": ("{part} dihapus.", "{part} was removed."),
    "news-reworded": ("{part} ditulis ulang.", "{part} was reworded."),
    "news-moved": ("{part} dipindahkan.", "{part} was moved."),
    "news-renamed": ("{part} kini ber-id {new} (semula {old}).", "{part} now has the id {new} (was {old})."),
    "news-modality": ("{part} kini {new} (semula {old}).", "{part} is now a “{new}” (was “{old}”)."),
    "news-severity": (
        "{part}: tingkat pelanggaran kini {new} (semula {old}).",
        "{part}: a breach now counts as {new} (was {old}).",
    ),
    "news-check": ("{part} kini diperiksa dengan cara lain.", "{part} is now checked in another way."),
    "news-check-set": ("{part} kini diperiksa otomatis.", "{part} is now checked automatically."),
    "news-check-unset": (
        "{part} tidak lagi diperiksa otomatis.",
        "{part} is no longer checked automatically.",
    ),
    "news-reason": (
        "{part}: alasan tidak diperiksa kini “{new}”.",
        "{part}: the reason for no check is now “{new}”.",
    ),
    "news-reason-unset": (
        "{part}: alasan tidak diperiksa tidak ada lagi.",
        "{part}: there is no longer a reason for no check.",
    ),
    "news-value": (
        "{part}: {name} kini {new} (semula {old}).",
        "{part}: {name} is now {new} (was {old}).",
    ),
    "news-at": ("{part} ({under})", "{part} ({under})"),
    "made_by": ("Dibuat oleh sopgen", "Made by sopgen"),
}

_BY_LANGUAGE = {
    language: MappingProxyType({key: pair[place] for key, pair in _LABELS.items()})
    for place, language in enumerate(("id", "en"))
}


def redline_labels(language: str) -> Mapping[str, str]:
    """Return a redline's own words in a language; an unknown language gets English."""
    return _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])
