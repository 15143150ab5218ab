"""Words that exports use for roles and kinds, in Indonesian and English, and what they mean here.

Only words with one meaning: `comment` is an internal note in one product and public in another, so it is
not here, and an importer that meets it decides.
"""

from sopgen.conversation.model import Kind, Role

_ROLE_WORDS = {
    Role.CUSTOMER: "customer user client visitor guest contact end-user end_user enduser buyer member "
    "pelanggan konsumen nasabah pembeli pengguna klien tamu pengunjung anggota",
    Role.AGENT: "agent operator admin staff support cs seller employee representative advisor human_agent "
    "agen petugas penjual karyawan staf",
    Role.BOT: "bot chatbot assistant ai_agent agent_bot virtual_assistant autoresponder robot",
    Role.SYSTEM: "system sistem platform",
}
ROLES: dict[object, Role] = {word: role for role, words in _ROLE_WORDS.items() for word in words.split()}
"""Every word for a role, in lower case."""

_KIND_WORDS = {
    Kind.TEXT: "text message teks pesan",
    Kind.MEDIA: "media image photo picture file attachment document audio voice video sticker gif "
    "gambar foto berkas lampiran dokumen suara stiker",
    Kind.EVENT: "event action peristiwa",
    Kind.NOTE: "note internal_note internal private_note whisper catatan",
}
KINDS: dict[object, Kind] = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
"""Every word for a kind of message, in lower case."""

INTERNAL = frozenset({"internal", "private", "agents", "staff"})
"""What `visibility` says of a message that the customer never sees."""


def role_called(word: object) -> Role | None:
    """Return the role that `word` names, whatever its case; None when it names none."""
    return ROLES.get(word.strip().casefold()) if isinstance(word, str) else None


def kind_called(word: object) -> Kind | None:
    """Return the kind that `word` names, whatever its case; None when it names none."""
    return KINDS.get(word.strip().casefold()) if isinstance(word, str) else None
