"""Which column of a table holds what, by the names that exports give them, in Indonesian and English."""

import re
from collections.abc import Iterable, Mapping

_WORDS = {
    "conversation": (
        "conversation_id conversation chat_id session_id room_id ticket_id thread_id case_id "
        "interaction_id contact_id conversation_no ticket_number ticket_no case_number ticket session "
        "room chat_session id_percakapan id_chat id_tiket id_sesi id_room no_tiket nomor_tiket "
        "no_percakapan kode_tiket percakapan sesi tiket"
    ),
    "id": "message_id msg_id id_pesan message_no id",
    "at": (
        "at timestamp created_at sent_at message_time sent_time datetime date_time message_created_at "
        "created created_time send_time sent_date ts waktu_kirim waktu_pesan tanggal_waktu "
        "tanggal_jam tgl_jam dikirim_pada dibuat_pada waktu time date tanggal tgl sent opened_at "
        "start_time mulai started_at start_date chat_start chat_start_time created_date date_created "
        "tanggal_masuk tanggal_chat tanggal_mulai tanggal_dibuat tgl_masuk tgl_chat waktu_mulai waktu_chat"
    ),
    "date": "date message_date tanggal tgl hari_tanggal",
    "clock": "time clock hour jam pukul waktu",
    "role": (
        "role sender_role sender_type author_role author_type participant_type from_type user_type "
        "actor_type direction message_direction peran tipe_pengirim jenis_pengirim arah arah_pesan "
        "sent_by pengirim_tipe"
    ),
    "author": (
        "author author_name sender_name from_name sender from name user_name username speaker "
        "nama_pengirim pengirim nama dari penulis"
    ),
    "kind": "kind message_type msg_type content_type type jenis_pesan tipe_pesan jenis tipe",
    "text": (
        "text message message_text message_body body content message_content msg chat utterance "
        "isi_pesan pesan isi_chat teks isi konten"
    ),
    "transcript": (
        "transcript chat_transcript full_transcript conversation_transcript chat_log messages "
        "conversation_text chat_history transkrip transkrip_chat isi_percakapan riwayat_chat log_chat "
        "riwayat_percakapan"
    ),
    "attachment": "attachment attachments file file_name filename media lampiran nama_file",
    "visibility": "visibility is_private private internal is_internal is_note catatan_internal",
    "channel": "channel channel_type source_channel kanal saluran",
    "team": "team group department tim grup divisi departemen",
    "agent": "agent agent_name assignee assigned_to agen nama_agen petugas operator",
    "customer": "customer customer_name contact_name visitor pelanggan nama_pelanggan konsumen",
    "tags": "tags labels tag label",
    "category": "category topic kategori topik",
    "priority": "priority prioritas",
    "subject": "subject judul subjek perihal",
    "status": "status state",
    "csat": "csat csat_score satisfaction rating skor_kepuasan kepuasan skor_csat nilai_csat",
    "closed_at": "closed_at resolved_at ended_at end_time waktu_selesai ditutup_pada selesai",
}
COLUMNS: Mapping[str, tuple[str, ...]] = {field: tuple(words.split()) for field, words in _WORDS.items()}
"""Our field to the names that exports use for it, best first; compared without case, blanks and marks."""

_MARKS = re.compile(r"[^0-9a-z]+")


def columns_hint(*fields: str) -> str:
    """Return the hint that says how a user names the columns for these fields."""
    shown = ", ".join(f'"{each}": …' for each in fields)
    return f'name the columns in a file for --options, such as {{"columns": {{{shown}}}}}'


NAME_THEM = columns_hint("conversation", "text")
"""What to do with a table of which no column is known."""


def columns_of(names: Iterable[str], stated: Mapping[str, str]) -> dict[str, str]:
    """Return our field to the table's column, for each field that has one; `stated` goes first.

    A column holds one field: `time` alone is the whole instant, beside `date` it is the clock.
    """
    there: dict[str, str] = {}
    for name in names:
        there.setdefault(plain_name(name), name)
    known = set(there.values())
    chosen = {field: name for field, name in stated.items() if name in known}
    chosen |= {
        field: there[plain_name(name)]
        for field, name in stated.items()
        if field not in chosen and plain_name(name) in there
    }
    taken = set(chosen.values())
    for field, words in COLUMNS.items():
        name = next((there[word] for word in words if there.get(word, "") not in (taken | {""})), "")
        if field not in chosen and name and not (field in ("date", "clock") and "at" in stated):
            chosen[field] = name
            taken |= {name} if field != "at" else set()
    return _with_parts(chosen)


def plain_name(name: str) -> str:
    """Return a column's name as names are compared: lower case, words joined by one underscore."""
    return _MARKS.sub("_", name.casefold()).strip("_")


def _with_parts(chosen: dict[str, str]) -> dict[str, str]:
    """Return the columns with either `at`, or a date and a clock of its own."""
    parts = (chosen.get("date"), chosen.get("clock"))
    apart = all(parts) and parts[0] != parts[1]
    if apart and chosen.get("at") in parts:
        del chosen["at"]
    if not apart or "at" in chosen:
        chosen.pop("date", None)
        chosen.pop("clock", None)
    return chosen
