"""What the manual says of its own accord, in both languages, and how it says dates and numbers."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sopgen.base.duration import parse_duration, say_duration
from sopgen.manual.site_label import SITE_LABELS
from sopgen.sop.model import DRAFT

LANGUAGES = ("id", "en")

_FIELD = re.compile(r"(\{[^{}\n]+\})")

_LABELS = {
    # the frame
    "library": ("Pustaka SOP", "SOP library"),
    "library_lead": (
        "Semua prosedur operasional standar, dan cara tiap klausulnya diperiksa.",
        "All standard operating procedures, and how each of their clauses is checked.",
    ),
    "skip": ("Langsung ke isi", "Skip to content"),
    "contents": ("Daftar isi", "Contents"),
    "sop": ("Prosedur operasional standar", "Standard operating procedure"),
    "no_sops": ("Belum ada SOP yang bisa ditampilkan.", "There is no SOP to show yet."),
    "made_by": ("Dibuat oleh sopgen", "Made by sopgen"),
    "open_pdf": ("Unduh PDF", "Download PDF"),
    "open_copy": ("Unduh salinan bertanda (PDF)", "Download marked copy (PDF)"),
    "open_approved": ("Berkas yang disetujui (PDF)", "File as approved (PDF)"),
    "open_changes": ("Perubahan (PDF)", "Changes (PDF)"),
    "open_handbook": ("Buku pegangan (PDF)", "Handbook (PDF)"),
    "to_top": ("Kembali ke atas", "Back to top"),
    "empty_section": ("Bagian ini belum ditulis.", "This section has not been written yet."),
    # document control
    "control": ("Pengendalian dokumen", "Document control"),
    "number": ("No. dokumen", "Document no."),
    "title": ("Judul", "Title"),
    "version": ("Versi", "Version"),
    "status": ("Status", "Status"),
    "draft": ("Draf", "Draft"),
    "released": ("Resmi", "Released"),
    "scheduled": ("Terjadwal", "Scheduled"),
    "superseded": ("Digantikan", "Superseded"),
    "effective": ("Berlaku mulai", "Effective from"),
    "not_in_force": ("Belum berlaku", "Not in force"),
    "not_effective": ("Belum ditetapkan", "Not set"),
    "owner": ("Pemilik", "Owner"),
    "approver": ("Penyetuju", "Approver"),
    "approved": ("Disetujui", "Approved"),
    "not_approved": ("Belum disetujui", "Not approved yet"),
    "approved_on": ("pada", "on"),
    "review": ("Ditinjau setiap", "Reviewed every"),
    "next_review": ("Tinjauan berikutnya", "Next review"),
    "applies_to": ("Berlaku untuk", "Applies to"),
    "channels": ("Kanal", "Channels"),
    "teams": ("Tim", "Teams"),
    "everything": ("Semua kanal dan tim", "All channels and teams"),
    "hours": ("Jam layanan", "Service hours"),
    "closed_day": ("tutup", "closed"),
    "holidays": ("tutup pada hari libur nasional", "closed on public holidays"),
    "versions": ("Riwayat versi", "Version history"),
    "this_version": ("versi ini", "this version"),
    "substantive": ("Perubahan isi", "Change of substance"),
    "clarification": ("Penjelasan", "Clarification"),
    "administrative": ("Administratif", "Administrative"),
    "category": ("Jenis perubahan", "Kind of change"),
    "summary": ("Ringkasan", "Summary"),
    "draft_banner": (
        "Ini draf. Belum disetujui dan belum berlaku.",
        "This is a draft. It has not been approved and is not in force.",
    ),
    "scheduled_banner": (
        "Versi ini sudah disetujui, tetapi baru berlaku mulai {date}.",
        "This version is approved, but takes effect only on {date}.",
    ),
    "superseded_banner": (
        "Versi ini digantikan oleh versi {version}, yang berlaku mulai {date}.",
        "This version was superseded by version {version}, effective from {date}.",
    ),
    "see_newest": ("Buka versi terbaru", "Open the newest version"),
    "uncontrolled": (
        "Salinan cetak tidak dikendalikan. Pastikan versinya sebelum dipakai.",
        "Uncontrolled when printed. Verify the version before use.",
    ),
    "page": ("Halaman", "Page"),
    "page_of": ("dari", "of"),
    # clauses
    "clause": ("Butir", "Clause"),
    "step": ("Langkah", "Step"),
    "permalink": ("Tautan ke klausul ini", "Link to this clause"),
    "must": ("Wajib", "Must"),
    "should": ("Sebaiknya", "Should"),
    "may": ("Boleh", "May"),
    "must-not": ("Dilarang", "Must not"),
    "minor": ("Minor", "Minor"),
    "major": ("Mayor", "Major"),
    "critical": ("Kritis", "Critical"),
    "severity": ("Tingkat", "Severity"),
    "checked": ("Diperiksa otomatis", "Checked automatically"),
    "unchecked": ("Tidak diperiksa otomatis", "Not checked automatically"),
    "coverage": (
        "{checked} dari {total} klausul diperiksa otomatis",
        "{checked} of {total} clauses checked automatically",
    ),
    "parameter-limit": ("batas", "limit"),
    "parameter-every": ("setiap", "every"),
    "parameter-phrases": ("frasa", "phrases"),
    "parameter-where": ("bagian", "where"),
    "parameter-since": ("dihitung sejak", "counted from"),
    "parameter-clock": ("waktu yang dihitung", "time that counts"),
    "parameter-pause": ("tidak dihitung", "not counted"),
    "parameter-need": ("yang diperlukan", "needed"),
    "parameter-at-least": ("paling sedikit", "at least"),
    "parameter-if-customer-says": ("bila pelanggan mengucapkan", "if the customer says"),
    "parameter-unless": ("kecuali", "unless"),
    "parameter-priority": ("untuk prioritas", "for priority"),
    "parameter-category": ("untuk kategori", "for category"),
    "parameter-channel": ("untuk kanal", "for channel"),
    "parameter-act": ("tampak sebagai", "shows as"),
    "parameter-says": ("tampak dari", "shows by"),
    "parameter-event": ("tampak sebagai", "shows as"),
    # values of parameters, where they are a choice
    "where=anywhere": ("di mana saja", "anywhere"),
    "where=opening": ("pembuka", "opening"),
    "where=closing": ("penutup", "closing"),
    "where=both": ("pembuka dan penutup", "opening and closing"),
    "where=every-reply": ("setiap balasan", "every reply"),
    "where=after-complaint": ("sesudah keluhan", "after a complaint"),
    "where=after-wait": ("sesudah menunggu", "after a wait"),
    "where=before-transfer": ("sebelum dialihkan", "before a transfer"),
    "since=start": ("pesan pertama", "the first message"),
    "since=complaint": ("keluhan", "the complaint"),
    "since=approval": ("persetujuan", "the approval"),
    "clock=business": ("jam layanan", "opening hours"),
    "clock=always": ("semua waktu", "all time"),
    "pause=none": ("tidak ada", "nothing"),
    "pause=waiting-for-customer": ("selama menunggu pelanggan", "while the customer owes an answer"),
    "output": ("Keluaran", "Output"),
    # remarks in the text
    "alert-note": ("Catatan", "Note"),
    "alert-tip": ("Kiat", "Tip"),
    "alert-important": ("Penting", "Important"),
    "alert-warning": ("Peringatan", "Warning"),
    "alert-caution": ("Hati-hati", "Caution"),
    # chats and quick replies
    "good": ("Contoh benar", "Good example"),
    "bad": ("Contoh salah", "Bad example"),
    "chat_day": ("Hari ke-{day}", "Day {day}"),
    "known_gap": ("pemeriksa belum mengenalinya", "the checker does not recognise it yet"),
    "customer": ("Pelanggan", "Customer"),
    "agent": ("Agen", "Agent"),
    "bot": ("Bot", "Bot"),
    "system": ("Sistem", "System"),
    "note": ("Catatan internal", "Internal note"),
    "media": ("(lampiran)", "(attachment)"),
    "closed": ("Percakapan ditutup", "Conversation closed"),
    "assigned": ("Percakapan ditugaskan", "Conversation assigned"),
    "transferred": ("Percakapan dialihkan", "Conversation transferred"),
    "reopened": ("Percakapan dibuka kembali", "Conversation reopened"),
    "blocked": ("Pelanggan diblokir", "Customer blocked"),
    "rated": ("Pelanggan memberi nilai", "Customer left a rating"),
    "record-category": ("Kategori", "Category"),
    "record-priority": ("Prioritas", "Priority"),
    "record-tag": ("Tag", "Tag"),
    "next_day": ("hari berikutnya", "next day"),
    "quick_reply": ("Balasan cepat", "Quick reply"),
    "copy_reply": ("Salin", "Copy"),
    "copied": ("Tersalin", "Copied"),
    "link_copied": ("Tautan tersalin", "Link copied"),
    "copy_failed": (
        "Tidak bisa menyalin. Pilih teksnya lalu salin sendiri.",
        "Copying failed. Select the text and copy it yourself.",
    ),
}

_BY_LANGUAGE = {
    language: MappingProxyType({key: pair[place] for key, pair in (_LABELS | SITE_LABELS).items()})
    for place, language in enumerate(LANGUAGES)
}

_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}

_DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def labels(language: str) -> Mapping[str, str]:
    """Return the manual's own words in a language; an unknown language gets English."""
    return _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])


def said_version(version: str, label: Mapping[str, str]) -> str:
    """Return a version as people read it: "draf" for the draft."""
    return label["draft"].lower() if version == DRAFT else version


def cut_at_fields(text: str) -> tuple[str, ...]:
    """Return the text cut at its fields to fill in; every second part is a field, braces included."""
    return tuple(_FIELD.split(text))


def say_date(day: date | datetime, language: str) -> str:
    """Return the day in words of the language: "5 Januari 2027"."""
    months = _MONTHS.get(language, _MONTHS["en"])
    return f"{day.day} {months[day.month - 1]} {day.year}"


def say_length(length: timedelta, language: str) -> str:
    """Return a length of time in words of the language: "90 hari"."""
    return say_duration(length, language if language in LANGUAGES else "en")


def say_parameter(value: str, language: str, *, name: str = "") -> tuple[str, ...]:
    """Return the values that an author gave to a check: `2m` as ("2 menit",), `a | b` as ("“a”", "“b”").

    `24h` stays "24 jam": where opening hours count, it is more than a day. A choice of the parameter `name`
    is said in words.
    """
    if chosen := labels(language).get(f"{name}={value}"):
        return (chosen,)
    length = parse_duration(value)
    if length is not None:
        largest = "d" if set("dw") & set(value.lower()) else "h"
        return (say_duration(length, language if language in LANGUAGES else "en", largest=largest),)
    parts = tuple(part.strip() for part in value.split("|") if part.strip())
    is_text = len(parts) > 1 or " " in value
    return tuple(f"“{part}”" for part in parts) if is_text else parts


def say_clock(clock: timedelta) -> str:
    """Return the time of day of a chat line, with seconds only when there are any: "09:01"."""
    minutes, second = divmod(int(clock.total_seconds()) % 86400, 60)
    shown = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{shown}:{second:02d}" if second else shown


def say_week(weekly: tuple[tuple[tuple[int, int], ...], ...], language: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of days and hours: ("Senin–Jumat", "08:00–12:00").

    Neighbouring days with the same hours are one pair. A day without hours is said to be closed.
    `weekly` is as in `BusinessHours`.
    """
    days = _DAYS.get(language, _DAYS["en"])
    runs: list[tuple[int, int]] = []
    for day, intervals in enumerate(weekly):
        if runs and weekly[runs[-1][0]] == intervals:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple((_say_days(days, run), _say_hours(weekly[run[0]], language)) for run in runs)


def _say_days(days: list[str], run: tuple[int, int]) -> str:
    first, last = run
    return days[first] if first == last else f"{days[first]}–{days[last]}"


def _say_hours(intervals: tuple[tuple[int, int], ...], language: str) -> str:
    if not intervals:
        return labels(language)["closed_day"]
    return ", ".join(
        f"{start // 60:02d}:{start % 60:02d}–{end // 60:02d}:{end % 60:02d}" for start, end in intervals
    )
