"""The codes of wording and names, SOP22x: what readers would understand differently, or not at all."""

from sopgen.base.code import Code

_NONE = 'check=none reason="dinilai QA lewat sampel"'

WORDING_CODES: tuple[Code, ...] = (
    Code(
        code="SOP221",
        title="Words that nobody can check",
        why="'Segera', 'bila perlu', 'as soon as possible' mean something else to everybody. A number, a "
        "condition, or something that can be seen can be kept, and be shown to have been kept. Words in "
        "quotation marks are only mentioned, and are left alone.",
        breaks=f"## Standar\n\n- Wajib membalas secepatnya. {{#balas {_NONE}}}",
        keeps=f"## Standar\n\n- Wajib membalas dalam 5 menit; “secepatnya” bukan batas. {{#balas {_NONE}}}",
    ),
    Code(
        code="SOP222",
        title="A sentence is too long",
        why="Who looks something up during a chat reads it once. More than 30 words are not kept in mind.",
        breaks="## Tujuan\n\nDokumen ini mengatur cara agen membalas pesan, meminta data, memeriksa "
        "keluhan, meneruskan masalah, mengabari hasil, menutup percakapan, mencatat tiket, dan melapor "
        "kepada atasan di setiap kanal pada semua shift tanpa kecuali.",
        keeps="## Tujuan\n\nDokumen ini mengatur cara agen melayani pelanggan dari pesan pertama sampai "
        "tiketnya selesai. Aturannya berlaku di setiap kanal resmi, pada semua shift.",
    ),
    Code(
        code="SOP223",
        title="An abbreviation is explained nowhere",
        why="New people do not know what the house calls things. The definitions explain an abbreviation, or "
        "the text does where it first stands: 'Quality Assurance (QA)'.",
        breaks="## Tanggung Jawab\n\nTim BKP memeriksa laporan.",
        keeps="## Tanggung Jawab\n\nTim Bina Kepatuhan (BKP) memeriksa laporan. BKP melapor setiap pekan.",
    ),
    Code(
        code="SOP224",
        title="Two demands in one clause",
        why="A finding names a clause. When the clause demands two things, nobody knows which was missed, "
        "and a check can judge only one of them.",
        breaks=f"## Standar\n\n- Wajib menyapa pelanggan, lalu menanyakan nomor pesanan. {{#sapa {_NONE}}}",
        keeps=f"## Standar\n\n- Wajib menyapa pelanggan. {{#sapa {_NONE}}}\n"
        f"- Wajib menanyakan nomor pesanan. {{#tanya {_NONE}}}",
    ),
    Code(
        code="SOP225",
        title="One thing under two names",
        why="Readers take two words for two things. What the definitions call 'Pelanggan' is called so in "
        "every demand; a word that means something else gets a definition of its own.",
        breaks="## Definisi\n\n| Istilah | Arti |\n|---|---|\n| Pelanggan | Orang yang menghubungi kami |\n\n"
        f"## Standar\n\n- Wajib menyapa konsumen. {{#sapa {_NONE}}}",
        keeps="## Definisi\n\n| Istilah | Arti |\n|---|---|\n| Pelanggan | Orang yang menghubungi kami |\n\n"
        f"## Standar\n\n- Wajib menyapa pelanggan. {{#sapa {_NONE}}}",
    ),
)
