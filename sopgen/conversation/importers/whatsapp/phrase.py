"""Sentences that WhatsApp itself writes into a chat, in Indonesian and English.

Facts about other people's software: each list grows with what real exports show. Patterns are matched against
text without direction marks.
"""

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)


UNMISTAKABLE = _any_of(
    r"messages and calls are end-to-end encrypted\b",
    r"messages (?:you send )?to this (?:chat|group) and calls are now secured with end-to-end encryption",
    r"this chat is with (?:a|the official) business account",
    r"(?:this|your) business (?:is now using|now uses|uses|works with) (?:a secure service|other companies)",
    r"this (?:chat|conversation) (?:was )?started from an ad\b",
    r"pesan dan (?:telepon|panggilan) terenkripsi secara end-to-end\b",
    r"pesan (?:yang anda kirim )?ke (?:chat|grup) ini dan (?:telepon|panggilan) (?:kini )?di(?:aman|lindung)",
    r"chat ini (?:dengan|adalah dengan) akun bisnis",
    r"(?:kini )?bisnis (?:anda|ini) (?:kini |sekarang )?menggunakan layanan (?:aman )?dari meta",
    r"(?:chat|percakapan) ini dimulai dari iklan\b",
)
"""Beginnings of notices so long that nobody types them: notices even where a name stands before them."""

UNMISTAKABLE_STARTS = frozenset({"mess", "this", "your", "pesa", "chat", "perc", "kini", "bisn"})
"""The first four letters of all of them, which spare most messages the search."""

NOTICE = _any_of(
    r"(?:you|.{1,80}) created (?:this )?(?:group|community)\b",
    r"(?:you|.{1,80}) (?:added|removed|left|joined)\b",
    r"you(?:'re| were| are) (?:added|removed|now an admin|no longer an admin)\b",
    r".{1,80} (?:was|were) (?:added|removed)\b",
    r"(?:you|.{1,80}) changed (?:the|this|their|to)\b",
    r"(?:you|.{1,80}) (?:turned (?:on|off)|updated the message timer|pinned a message)\b",
    r"your security code with .{1,80} changed\b",
    r"you (?:un)?blocked this (?:contact|business)\b",
    r"disappearing messages were turned (?:on|off)\b",
    r".{1,80} is (?:now )?(?:a|in your) contacts?\b",
    r"waiting for this message\b",
    r"(?:anda|.{1,80}) membuat (?:grup|komunitas)\b",
    r"(?:anda|.{1,80}) (?:menambahkan|mengeluarkan|keluar|bergabung)\b",
    r"(?:anda|.{1,80}) (?:telah )?(?:ditambahkan|dikeluarkan)\b",
    r"(?:anda|.{1,80}) (?:mengubah|mengganti)\b",
    r"(?:anda|.{1,80}) (?:mengaktifkan|menonaktifkan|menyematkan)\b",
    r"kode keamanan anda dengan .{1,80} (?:telah )?berubah\b",
    r"anda (?:memblokir|membuka blokir) (?:kontak|bisnis) ini\b",
    r"pesan sementara (?:diaktifkan|dinonaktifkan)\b",
    r".{1,80} (?:kini|sekarang) (?:menjadi|ada di) kontak\b",
    r"menunggu pesan ini\b",
)
"""Beginnings of notices that a person could type: notices only without a name, or behind an iPhone's mark."""

VERB = _any_of(
    r" created (?:this )?group\b",
    r" changed (?:the|this|their|to)\b",
    r" (?:added|removed|turned (?:on|off)) ",
    r" (?:membuat grup|mengubah|mengganti|menambahkan|mengeluarkan|mengaktifkan|menonaktifkan)\b",
)
"""What tells a notice with a colon in it from a name: 'Budi mengubah subjek menjadi "Toko: Melati"'."""

JOIN = _any_of(r"\b(?:added|joined|menambahkan|ditambahkan|bergabung)\b")
LEAVE = _any_of(r"\b(?:removed|left|mengeluarkan|dikeluarkan|keluar)\b")
BLOCK = _any_of(r"you blocked this\b", r"anda memblokir\b")

CALL = _any_of(
    r"(?:missed )?(?:group )?(?:voice|video) call\b[^\n]{0,60}",
    r"panggilan (?:grup )?(?:suara|video)\b[^\n]{0,60}",
    r"telepon (?:suara|video) tak terjawab\b[^\n]{0,60}",
)

DELETED = frozenset(
    {
        "this message was deleted",
        "you deleted this message",
        "pesan ini dihapus",
        "pesan ini telah dihapus",
        "anda menghapus pesan ini",
        "anda telah menghapus pesan ini",
    }
)
DELETED_STARTS = frozenset("tTyYpPaAn")
"""The first letters of all of them, and of null, which spare most messages the comparison."""

DELETED_BY_ADMIN = _any_of(
    r"this message was deleted by admin [^\n]{1,80}", r"pesan ini (?:telah )?dihapus oleh admin [^\n]{1,80}"
)
OWNER = ("you deleted this message", "anda menghapus pesan ini", "anda telah menghapus pesan ini")
"""Only the phone's owner reads these under their own name."""

EDITED = frozenset({"<this message was edited>", "<pesan ini diedit>", "<pesan ini telah diedit>"})

_THING = (
    "media|image|photo|video|video note|audio|voice message|view once [a-z ]{3,20}|sticker|gif|document|"
    "contact card|gambar|foto|pesan video|pesan suara|[a-z ]{3,20} sekali lihat|stiker|dokumen|kartu kontak|"
    "kontak"
)
PLACEHOLDERS = frozenset({"<Media omitted>", "<Media tidak disertakan>"})
"""What Android writes for media that were left out."""

OMITTED_ENDS = ("omitted", "omitted>", "disertakan", "disertakan>", "dihilangkan", "dihilangkan>")
OMITTED = re.compile(rf"<?(?:{_THING}) (?:omitted|tidak disertakan|dihilangkan)>?", re.IGNORECASE)

ATTACHED_LINE = re.compile(
    r"(.{1,255}\.\w{1,8}) (?:\((?:file|berkas) (?:attached|terlampir)\)|<(?:attached|terlampir)>)"
)
ATTACHED_TAG = re.compile(r"<(?:attached|terlampir|lampiran): ([^<>\n]{1,255})>")
PAGES = re.compile(r"(.{1,255}\.\w{1,8}) • \d+ (?:pages?|halaman)\s*")

TITLE_OPENING = (
    r"(?:whatsapp[ _]chat(?:[ _](?:with|dengan)[ _]|\s*-\s*)|"
    r"(?:chat|obrolan|percakapan)[ _]whatsapp(?:[ _](?:dengan|with)[ _]|\s*-\s*))"
)
"""What stands before somebody's name in the file's name of a chat with them, as a pattern in any case."""

TITLE = re.compile(rf"{TITLE_OPENING}(.+)", re.IGNORECASE)
"""How WhatsApp names the file of a chat with somebody."""

INDONESIAN = re.compile(
    r"<Media tidak disertakan>|\(file terlampir\)|<Pesan ini (?:telah )?diedit>|<terlampir: |"
    r"terenkripsi secara end-to-end|\u200e(?:gambar|stiker|dokumen|video|audio) tidak disertakan"
)
"""Words that only a phone set to Indonesian writes; such phones write day, month, year (CLDR, id)."""
