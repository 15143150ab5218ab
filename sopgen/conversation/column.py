"""Which column of a table holds what, by the names that exports give them, in Indonesian and English."""

from collections.abc import Iterable, Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "conversation": (
        "conversation_id",
        "conversation",
        "chat_id",
        "session_id",
        "room_id",
        "ticket_id",
        "thread_id",
        "id_percakapan",
        "id_chat",
        "id_tiket",
        "percakapan",
    ),
    "id": ("message_id", "id_pesan", "id"),
    "at": ("at", "timestamp", "created_at", "sent_at", "datetime", "time", "date", "ts", "waktu", "tanggal"),
    "role": ("role", "sender_role", "sender_type", "author_role", "participant_type", "peran"),
    "author": ("author", "author_name", "sender_name", "sender", "name", "nama", "pengirim"),
    "kind": ("kind", "message_type", "jenis"),
    "text": ("text", "message", "body", "content", "pesan", "isi", "teks"),
}
"""Our field to the names that exports use for it, best first; compared without regard to case."""


def columns_of(names: Iterable[str], stated: Mapping[str, str]) -> dict[str, str]:
    """Return our field to the table's column, for each field that has one; `stated` goes first."""
    there = {name.strip().casefold(): name for name in names}
    found = {
        field: next((there[word] for word in words if word in there), "") for field, words in COLUMNS.items()
    }
    chosen = found | {field: name for field, name in stated.items() if name in there.values()}
    return {field: name for field, name in chosen.items() if name}
