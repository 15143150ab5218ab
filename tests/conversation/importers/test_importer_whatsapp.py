"""WhatsApp chats: questions instead of guesses, archives, encodings, and what is no chat."""

import io
import zipfile

import pytest

from sopgen.conversation.importer import Head
from sopgen.conversation.importers import whatsapp
from sopgen.conversation.model import MINUTE, SECOND
from sopgen.conversation.options import ImportOptions

CHAT = "20/08/24 14.30 - Budi: halo\n20/08/24 14.31 - CS: halo kak\n"
AMBIGUOUS = "03/07/24, 09:00 - Budi: halo\n04/07/24, 09:01 - CS: halo kak\n"
CS = ImportOptions(agents=("CS",), tz="WIB")


def zipped(**entries):
    """Return a zip of those entries; `__` in a name is a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "."), content)
    return held.getvalue()


def test_an_undecidable_date_order_is_a_question(read_content):
    """Without evidence and option the chat is set aside, with the option to state."""
    read = read_content(AMBIGUOUS, CS)
    assert [(each.code, each.hint) for each in read.asides] == [("WA103", "say it: --date-order dmy|mdy|ymd")]


@pytest.mark.parametrize(("order", "day"), [("dmy", (7, 3)), ("mdy", (3, 7))])
def test_the_option_answers_it(read_content, order, day):
    """The stated order decides what the dates leave open."""
    options = ImportOptions(agents=("CS",), tz="WIB", date_order=order)
    at = read_content(AMBIGUOUS, options).conversations[0].messages[0].at
    assert (at.month, at.day) == day


def test_indonesian_words_answer_it_and_are_told(read_content):
    """A phone set to Indonesian writes day, month, year; the remark says what was taken."""
    read = read_content(AMBIGUOUS + "05/07/24, 09:02 - Budi: <Media tidak disertakan>\n", CS)
    assert read.conversations[0].messages[0].at.month == 7
    assert read.codes == ["WA201"]


def test_without_staff_the_speakers_are_listed(read_content):
    """Who is staff is asked, with the names to choose from and the owner of the phone."""
    read = read_content(CHAT + "20/08/24 14.32 - CS: Anda menghapus pesan ini\n", ImportOptions(tz="WIB"))
    (aside,) = read.asides
    assert aside.code == "WA104"
    assert "'Budi', 'CS'" in aside.reason
    assert aside.hint == 'name the staff: --agent "CS", or see --who'


@pytest.mark.parametrize(
    "name",
    ["Chat WhatsApp dengan Budi.txt", "WhatsApp Chat with budi.txt", "WhatsApp Chat - Budi.txt"],
)
def test_a_file_named_after_a_speaker_proposes_the_roles(read_content, name):
    """The one whom the file is named after is the customer; a note says so."""
    read = read_content(CHAT, ImportOptions(tz="WIB"), name)
    assert [message.role for message in read.conversations[0].messages] == ["customer", "agent"]
    assert read.codes == ["WA203"]


def test_a_file_named_after_a_stranger_proposes_nothing(read_content):
    """A title that no speaker has (a group) tells nothing about roles."""
    read = read_content(CHAT, ImportOptions(tz="WIB"), "WhatsApp Chat with Grup Toko.txt")
    assert [each.code for each in read.asides] == ["WA104"]


@pytest.mark.parametrize(
    ("stamp", "precision"),
    [("20/08/24 14.30 - ", MINUTE), ("[20/08/24 14.30.05] ", SECOND), ("[20/08/24, 2:30 PM] ", MINUTE)],
)
def test_the_clock_says_how_fine_it_is(read_content, stamp, precision):
    """Minutes are carried as minutes; seconds only where the phone wrote them."""
    read = read_content(f"{stamp}CS: halo\n", CS)
    assert read.conversations[0].messages[0].precision == precision


def test_the_zone_is_assumed_once_and_recorded(read_paths, tmp_path):
    """Two chats without a zone make one warning; each records the assumption."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CHAT, encoding="utf-8")
    read = read_paths([tmp_path], ImportOptions(agents=("CS",)))
    assert read.codes == ["EXP114"]
    assert [each.details["tz"] for each in read.conversations] == [
        {"name": "Asia/Jakarta", "source": "assumed"}
    ] * 2


def test_a_day_on_which_clocks_change_is_read_hour_by_hour(read_content):
    """Offsets follow the zone within the day of the change."""
    chat = "31/03/24 01.30 - CS: a\n31/03/24 03.30 - CS: b\n"
    options = ImportOptions(agents=("CS",), tz="Europe/Berlin")
    ats = [each.at.isoformat() for each in read_content(chat, options).conversations[0].messages]
    assert ats == ["2024-03-31T01:30:00+01:00", "2024-03-31T03:30:00+02:00"]


def test_a_zip_is_read_without_its_media_and_named_after_itself(read_content):
    """Of a zip only the chat counts; hostile names are names, never paths."""
    content = zipped(_chat__txt=CHAT, IMG__jpg=b"\xff\xd8", **{"../../evil__txt": "20/08/24 14.30 - X: y"})
    read = read_content(content, CS, "WhatsApp Chat - Budi.zip")
    (conversation,) = read.readings
    assert (conversation.id, conversation.position) == ("Budi", "_chat.txt")
    assert len(conversation.messages) == 2


def test_a_zip_of_several_chats_gives_several_conversations(read_content):
    """Chats that were zipped together are read in the order of their names."""
    names = [f"Chat WhatsApp dengan {name}__txt" for name in ("Sari", "Budi")]
    read = read_content(zipped(**dict.fromkeys(names, CHAT)), CS, "semua.zip")
    assert [each.id for each in read.conversations] == ["Budi", "Sari"]


def test_a_flaw_in_a_zip_names_the_entry(read_content):
    """One unusable chat in a zip costs that chat."""
    content = zipped(**{"a/_chat__txt": AMBIGUOUS, "b/_chat__txt": CHAT})
    read = read_content(content, CS, "semua.zip")
    assert [(each.code, each.position) for each in read.asides] == [("WA103", "a/_chat.txt")]
    assert [each.position for each in read.conversations] == ["b/_chat.txt"]


def test_a_zip_without_a_chat_is_set_aside(read_content):
    """A zip of media only, read as WhatsApp because the user says so, says what is missing."""
    read = read_content(zipped(IMG__jpg=b"x"), ImportOptions(format="whatsapp"), "media.zip")
    assert [each.code for each in read.asides] == ["WA106"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (CHAT.encode("utf-16"), []),
        (CHAT.encode("utf-16-le"), ["EXP115"]),
        (CHAT.replace("halo kak", "caf\xe9 ✓").encode("utf-8").replace(b"\xc3\xa9", b"\xe9"), ["EXP115"]),
        (CHAT.encode() + "20/08/24 14.32 - CS: é 🙏".encode()[:-2], ["EXP115"]),
        (b"\xef\xbb\xbf" + CHAT.replace("\n", "\r\n").encode(), []),
    ],
    ids=["utf-16", "utf-16 unmarked", "one line of cp1252", "cut in a character", "bom and crlf"],
)
def test_encodings_are_read_and_doubts_are_told(read_content, content, codes):
    """Whatever the encoding, the first words come out, and what was assumed is reported."""
    read = read_content(content, CS)
    assert read.conversations[0].messages[0].text == "halo"
    assert read.codes == codes


def test_one_bad_line_does_not_spoil_the_emoji_of_the_others(read_content):
    """Encodings are judged line by line."""
    lines = ["20/08/24 14.30 - CS: 🙏".encode(), "20/08/24 14.31 - CS: Ren\xe9\n".encode("cp1252")]
    messages = read_content(b"\n".join(lines), CS).conversations[0].messages
    assert [message.text for message in messages] == ["🙏", "René"]


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        (CHAT, 90, 100),
        ("[20/08/24, 14:30:05] Budi: halo", 90, 100),
        ("\u200e[20/08/24, 14:30:05] Budi: halo", 90, 100),
        ("kepala\n" + CHAT, 60, 70),
        ("2024-08-20 14:30:05 - INFO: started", 1, 59),
        ("[LINE] Chat history with Budi\n2024.08.20 Tuesday\n14:30\tBudi\thalo", 0, 0),
        ('{"id": 1}', 0, 0),
    ],
)
def test_a_file_is_believed_to_be_a_chat_by_its_first_lines(text, lowest, highest):
    """Chats score high, a missing beginning less, logs too little to be believed, others nothing."""
    score = whatsapp.sniff(Head(name="x.txt", start=text.encode(), text=text)).score
    assert lowest <= score <= highest


def test_a_long_line_of_blanks_costs_no_time(read_content):
    """Patterns run in linear time: a megabyte of blanks or brackets is read at once."""
    hostile = " " * 300_000 + "<" * 300_000 + "(file " * 50_000 + "\u200e" * 100_000
    read = read_content(f"{CHAT}20/08/24 14.32 - CS: x{hostile}>\n20/08/24 14.33 - {hostile}:\n", CS)
    assert len(read.conversations[0].messages) == 4
