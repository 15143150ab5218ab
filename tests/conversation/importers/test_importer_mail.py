"""Mail: threads, quoted replies, signatures, machines, and charsets that lie."""

import base64

import pytest

from sopgen.conversation.importers.mail.reply import own_words
from sopgen.conversation.options import ImportOptions

OPTIONS = ImportOptions(agents=("*@toko.test",))


def mail(number, sender, text, *, answers=(), more="", subject="Barang rusak"):
    """Return one mail as text."""
    references = f"References: {' '.join(f'<{each}@x>' for each in answers)}\n" if answers else ""
    return (
        f"From: {sender}\nTo: cs@toko.test\nSubject: {subject}\nMessage-ID: <{number}@x>\n"
        f"Date: Tue, 20 Aug 2024 0{number}:00:00 +0700\n{references}{more}\n{text}\n"
    )


def test_a_mailbox_falls_into_threads(read_content):
    """Out of order, with a stranger in between, one mail twice, and one that answers only by its subject."""
    box = [
        mail(3, "Rina <cs@toko.test>", "siap", answers=(1, 2)),
        mail(1, "Ani <ani@mail.test>", "halo"),
        mail(9, "Budi <budi@mail.test>", "lain", subject="Tanya"),
        mail(2, "Rina <cs@toko.test>", "maaf\n\nFrom awal", answers=(1,)),
        mail(3, "Rina <cs@toko.test>", "siap", answers=(1, 2)),
        mail(5, "Ani <ani@mail.test>", "terima kasih", subject="Re: BARANG rusak"),
    ]
    text = "".join(
        f"From x@x Tue Aug 20 07:00:00 2024\n{each.replace(chr(10) + 'From ', chr(10) + '>From ')}\n"
        for each in box
    )
    read = read_content(text, OPTIONS, "box.mbox")
    assert read.asides == []
    assert {each.id: [(m.role.value, m.text) for m in each.messages] for each in read.conversations} == {
        "<1@x>": [
            ("customer", "halo"),
            ("agent", "maaf\n\nFrom awal"),
            ("agent", "siap"),
            ("customer", "terima kasih"),
        ],
        "<9@x>": [("customer", "lain")],
    }
    assert read.conversations[-1].details["subject"] in ("Barang rusak", "Tanya")


def test_mails_of_a_folder_are_one_thread(read_paths, tmp_path):
    """Single mails lie side by side; their thread is known by its root even where that is missing."""
    (tmp_path / "b.eml").write_text(mail(2, "cs@toko.test", "ya", answers=(1,)))
    (tmp_path / "c.eml").write_text(mail(3, "ani@mail.test", "ok", answers=(1, 2)))
    read = read_paths([tmp_path], OPTIONS)
    assert [(each.id, len(each.messages)) for each in read.conversations] == [("<1@x>", 2)]


@pytest.mark.parametrize(
    "quoted",
    [
        "On Tue, 20 Aug 2024 at 14:00, Ani <ani@mail.test> wrote:\n> halo\n> kak",
        "Pada Sel, 20 Agu 2024 pukul 14.00 Ani <ani@mail.test> menulis:\n\n> halo",
        "Pada tanggal Sel, 20 Agu 2024 pukul 14.00 Ani\n<ani@mail.test> menulis:\n\nhalo tanpa tanda",
        "Ani <ani@mail.test> wrote:\n> halo",
        "-----Original Message-----\nFrom: Ani\nhalo",
        "__________________\nFrom: Ani <ani@mail.test>\nSent: Tuesday\nTo: cs\nSubject: x\n\nhalo",
        "Dari: Ani <ani@mail.test>\nDikirim: Selasa, 20 Agustus 14.00\nKepada: cs@toko\nSubjek: x\n\nhalo",
        "*Dari:* Ani\n*Tanggal:* Selasa\n*Kepada:* cs\n*Perihal:* x\nhalo",
        "Am 20.08.2024 um 14:00 schrieb Ani:\n> halo",
    ],
)
def test_what_was_quoted_is_left_out(quoted):
    """The reply above stays with its courtesies; what Gmail and Outlook put below goes."""
    said = "Halo Kak Ani,\n\nDari awal kami minta maaf.\n\nTerima kasih,\nRina"
    assert own_words(f"{said}\n\n{quoted}\n") == said


def test_a_reply_between_and_below_quotations_stays():
    """Answers written under each quoted line are the sender's own words."""
    text = "On Tue, 20 Aug 2024, Ani wrote:\n> kapan?\n\nBesok.\n\n> berapa?\nGratis.\n-- \nRina\nToko"
    assert own_words(text) == "Besok.\n\nGratis."


def test_what_a_telephone_adds_is_left_out():
    """'Sent from my iPhone' is nobody's word; a sentence that begins so is."""
    assert own_words("ok\n\nDikirim dari iPhone saya") == "ok"
    assert own_words("Dikirim dari gudang kemarin.\nok") == "Dikirim dari gudang kemarin.\nok"


@pytest.mark.parametrize(
    ("more", "role"),
    [
        ("Auto-Submitted: auto-replied\n", "bot"),
        ("Auto-Submitted: no\n", "agent"),
        ("Precedence: auto_reply\n", "bot"),
        ("X-Autoreply: yes\n", "bot"),
        ("", "agent"),
    ],
)
def test_a_machine_is_a_bot(read_content, more, role):
    """Headers of automatic mail win over the sender's being staff."""
    read = read_content(mail(1, "cs@toko.test", "halo", more=more), OPTIONS, "a.eml")
    assert read.conversations[0].messages[0].role == role


@pytest.mark.parametrize(
    ("charset", "raw"),
    [
        ("us-ascii", "café – ok".encode()),
        ("iso-8859-1", "café – ok".encode("cp1252")),
        ("utf-8", "café – ok et voilà déjà".encode("cp1252")[:9]),
        ("windows-1252", "café – ok".encode("cp1252")),
        ("tidak-ada", "café – ok".encode()),
    ],
)
def test_a_charset_that_lies_is_seen_through(read_content, charset, raw):
    """Words come out right whatever the header calls their bytes."""
    coded = base64.b64encode(raw).decode()
    more = (
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n"
    )
    read = read_content(
        mail(1, "=?utf-8?b?QW5pIOKYlQ==?= <ani@mail.test>", coded, more=more), OPTIONS, "a.eml"
    )
    message = read.conversations[0].messages[0]
    assert (message.text, message.author) == ("café – ok", "Ani ☕")


def test_parts_are_words_and_files(read_content):
    """Plain words win over HTML, signature pictures do not count, files are named."""
    more = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n'
    body = (
        '--b\nContent-Type: multipart/alternative; boundary="c"\n\n'
        "--c\nContent-Type: text/plain; format=flowed\n\nsatu baris \nyang panjang\n"
        "--c\nContent-Type: text/html\n\n<p>lain</p>\n--c--\n"
        "--b\nContent-Type: image/png; name=logo.png\nContent-ID: <1>\nContent-Disposition: inline\n\nx\n"
        "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; "
        "filename*=utf-8''bukti%20%E2%98%95.pdf\n\nx\n--b--"
    )
    message = (
        read_content(mail(1, "ani@mail.test", body, more=more), OPTIONS, "a.eml").conversations[0].messages[0]
    )
    assert message.text == "satu baris yang panjang"
    assert message.details["attachments"] == [{"name": "bukti ☕.pdf"}]


def test_without_staff_nothing_is_guessed(read_content):
    """Addresses do not say who is staff."""
    read = read_content(mail(1, "ani@mail.test", "halo"), ImportOptions(), "a.eml")
    assert [each.code for each in read.asides] == ["EXP118"]


@pytest.mark.parametrize("before", ["", "From x@x Tue Aug 20 07:00:00 2024\n"])
def test_a_byte_order_mark_is_no_part_of_a_header(read_content, before):
    """A mail or mailbox that a text editor has saved is read like any other."""
    read = read_content(f"\ufeff{before}{mail(1, 'Ani <ani@mail.test>', 'halo')}", OPTIONS, "mail")
    assert [(each.id, each.messages[0].author) for each in read.conversations] == [("<1@x>", "Ani")]
