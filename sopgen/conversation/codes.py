"""The codes of everything that can be wrong with an export.

A snippet of an EXP1 code is what the call says, or a file's text; the others are a file's text.
"""

from sopgen.base.code import Code
from sopgen.conversation.canonical_codes import CANONICAL_CODES
from sopgen.conversation.chat_codes import CHAT_CODES
from sopgen.conversation.document.codes import JSON_CODES
from sopgen.conversation.importers.whatsapp.codes import WHATSAPP_CODES

_CONVERSATION = '{"id": "c1", "messages": [{"role": "customer", "text": "halo"}]}\n'
_ROW = '{"conversation_id": "c1", "role": "customer", "text": "halo"}\n'

_CALL_CODES = (
    Code(
        code="EXP101",
        title="No importer has that name",
        why="`--format` takes the place of detection, so it must name a format that can be read.",
        breaks="watsapp",
        keeps="whatsapp",
    ),
    Code(
        code="EXP102",
        title="An export that is not there",
        why="A path or pattern that means no file is a slip of the call. Reading the rest and leaving this "
        "out would look like a complete result. What exists depends on the machine, so no snippet can "
        "show it.",
    ),
    Code(
        code="EXP103",
        title="No export to read",
        why="The folders that the call names hold no file that could be a chat (hidden files, links and "
        "media do not count). An empty result would look like a clean one; no snippet can show an empty "
        "folder.",
    ),
    Code(
        code="EXP104",
        title="No time zone has that name",
        why="Times without a zone are read in the one that `--tz` names: an IANA name, WIB, WITA, WIT, or an"
        " offset. Another zone shifts every business hour.",
        breaks="Asia/Jakrta",
        keeps="Asia/Jakarta",
    ),
    Code(
        code="EXP105",
        title="No date order has that name",
        why="`--date-order` says how 03/07/24 is meant where a file's own dates allow several orders.",
        breaks="dym",
        keeps="dmy",
    ),
)

_FILE_CODES = (
    Code(
        code="EXP106",
        title="A file of no known format",
        why="Detection looks at the first bytes and gives a score. A weak one is not believed: a file read "
        "in the wrong format gives wrong verdicts. Name the format with `--format` if you know better.",
        breaks="Tanggal;Kota;Jumlah\n20 Agustus;Bogor;3\n",
        keeps=_CONVERSATION,
    ),
    Code(
        code="EXP107",
        title="A file that fits several formats",
        why="When two formats fit about equally well, only you can say which it is: `--format`.",
        breaks=_CONVERSATION + 2 * _ROW,
        keeps=_ROW,
    ),
    Code(
        code="EXP108",
        title="An empty file",
        why="An export without a single character is a failed export, not a day without chats.",
        breaks="\n",
        keeps=_CONVERSATION,
    ),
    Code(
        code="EXP109",
        title="A file that cannot be read",
        why="The system refuses to hand it out (permissions) or its disk fails. The other files are read all"
        " the same; no snippet can show this.",
    ),
    Code(
        code="EXP110",
        title="A damaged archive",
        why="A download or copy that broke off leaves a zip without its end or with wrong checksums. What it"
        " still holds cannot be trusted to be complete; no text can show it.",
    ),
    Code(
        code="EXP111",
        title="An archive that is too big",
        why="Archives are read in memory and come from strangers: more than 20,000 files, more than 256 MiB "
        "of text, or more than 200 times their own size is refused; no text can show it.",
    ),
    Code(
        code="EXP112",
        title="An encrypted archive",
        why="It needs a password, and sopgen asks for none. Unpack it first; no text can show it.",
    ),
    Code(
        code="EXP113",
        title="Files that are no chats were passed over",
        why="In a folder, media and links beside the chats are not read. Name a file itself to have it read "
        "all the same; no snippet can show a folder.",
    ),
    Code(
        code="EXP114",
        title="Times without a zone were read as Asia/Jakarta",
        why="Phones write their own clock and no zone. Where the phone was decides business hours and dates;"
        " sopgen assumes Asia/Jakarta, says so once a run for phones and once for other systems, and records "
        "it in each conversation.",
        breaks='{"conversation_id": "c1", "role": "agent", "at": "2024-08-20 14:30", "text": "halo"}\n',
        keeps='{"conversation_id": "c1", "role": "agent", "at": "2024-08-20 14:30Z", "text": "halo"}\n',
    ),
    Code(
        code="EXP115",
        title="A text in an unclear encoding",
        why="Lines that are not UTF-8 are read as Windows-1252, one by one; a character cut off at the end "
        "of the file is left out. Names and words may come out wrong; no UTF-8 text can show it.",
    ),
    Code(
        code="EXP116",
        title="Not a file",
        why="A device or pipe has no end that could be relied on; no snippet can show it.",
    ),
    Code(
        code="EXP117",
        title="Options beside an export that cannot be used",
        why="`X.options.json` beside the export X says how it is to be read. Read without them, its times or "
        "roles could be wrong, so the export waits until they are mended; no snippet can show two files.",
    ),
    Code(
        code="EXP118",
        title="Nothing tells who is staff",
        why="The export names its speakers, not their roles, and neither flags nor `sopgen.toml` say more. "
        "Whether an agent or a customer wrote decides every verdict, so it is not guessed. `--who` lists the "
        "speakers and proposes who is who; no snippet shows it, for it is about having no options.",
    ),
    Code(
        code="EXP119",
        title="No agent among the speakers",
        why="Several people write and none is staff by the names that were given; the agent may write under "
        "another name here, and would be judged as a customer; no snippet shows it.",
    ),
    Code(
        code="EXP120",
        title="A pattern of names that cannot be one",
        why="`--agent 'CS *'` stands for every name that begins so; `/^cs[0-9]+$/` is a pattern in RE2's "
        "syntax. One that cannot be read would match nobody, and all agents would be customers.",
        breaks="/cs(/",
        keeps="/cs/",
    ),
    Code(
        code="EXP121",
        title="An importer of another package that cannot be used",
        why="Packages offer importers through the entry point group `sopgen.importers`; this one cannot be "
        "loaded, is none, or has a name that is taken; no snippet can show a package.",
    ),
    Code(
        code="EXP122",
        title="A silence that is no length of time",
        why="Messengers' threads are cut into conversations where people were silent for so long. A number "
        "without a unit could be minutes or hours.",
        breaks="12",
        keeps="12h",
    ),
    Code(
        code="ROW101",
        title="A row that is not a JSON object",
        why="In JSON Lines with one message a line, every line is an object. What the row held is lost to "
        "its conversation. Where its id can still be read, that conversation is set aside as a whole: half "
        "of one gives wrong verdicts. Else which one it was cannot be told.",
        breaks=_ROW + "halo\n",
        keeps=_ROW,
    ),
    Code(
        code="ROW102",
        title="A row that names no conversation",
        why="A message belongs to a conversation by its `conversation_id` (or `chat_id`, `ticket_id`, "
        "`id_percakapan` …). Name the field in the options' `columns` if it is called otherwise. A blank "
        "cell below an id mostly goes on with it, as merged cells do: where the rows of each conversation "
        "stand together, the one right before is set aside, for half of one gives wrong verdicts.",
        breaks=_ROW + '{"role": "agent", "text": "halo kak"}\n',
        keeps=_ROW,
    ),
)
_TABLE = "conversation_id,timestamp,role,text\nc1,20/08/2024 14.30,customer,halo\n"
_TABLE_CODES = (
    Code(
        code="ROW103",
        title="A damaged table",
        why="A spreadsheet or Parquet file that is half written, or locked with a password, cannot be read "
        "in part; no text can show it.",
    ),
    Code(
        code="ROW104",
        title="A row with too many cells, or too few",
        why="A text that holds the delimiter or a line end must stand in quotation marks; without them its "
        "rest lands in columns that mean something else. Nothing is guessed: where the row still names a "
        "conversation that other rows name, that is set aside as a whole, for half of one gives wrong "
        "verdicts.",
        breaks=_TABLE + "c1,20/08/2024 14.31,agent,halo, kak\n",
        keeps=_TABLE + 'c1,20/08/2024 14.31,agent,"halo, kak"\n',
    ),
    Code(
        code="ROW105",
        title="A table whose columns are not known",
        why="A table of chats names a conversation and a text in one of its first rows, in words that are "
        "known or that `columns` in the options names.",
        breaks="kode,isian\nc1,halo\n",
        keeps=_TABLE,
    ),
    Code(
        code="ROW106",
        title="No sheet has that name",
        why="`sheet` in the options chooses one sheet of a workbook. Reading another one instead would give "
        "verdicts on other chats; no text can show a workbook.",
    ),
    Code(
        code="ROW107",
        title="Day or month first?",
        why="03/07/2024 is the 3rd of July or the 7th of March. Where no date of the table settles it, only "
        "you can: `--date-order`. Where some dates contradict the others, the order that you say holds, and "
        "only conversations with a date that cannot be read in it are set aside.",
        breaks="conversation_id,timestamp,role,text\nc1,03/07/2024 14:30,customer,halo\n",
        keeps=_TABLE,
    ),
    Code(
        code="ROW108",
        title="A transcript in which nobody speaks",
        why="A cell that should hold a whole conversation has no line of the form NAME: TEXT, with or "
        "without a time; who said what cannot be told.",
        breaks="conversation_id,transcript\nc1,sudah selesai\n",
        keeps='conversation_id,transcript\nc1,"Pelanggan: halo\nAgen: halo kak"\n',
    ),
)

_SHEET_CODES = (
    Code(
        code="ROW201",
        title="The same conversation on several sheets",
        why="Rows with one id are one conversation, wherever they stand. A workbook that counts its chats "
        "anew on each sheet would mix strangers; no text can show a workbook.",
    ),
)

_MAIL = "From: Ani <ani@mail.test>\nTo: cs@toko.test\nMessage-ID: <1@mail.test>\nSubject: halo\n\nhalo\n"
_MAIL_CODES = (
    Code(
        code="ML101",
        title="A mail that cannot be read",
        why="It has no sender, or is damaged beyond what mail programs forgive.",
        breaks=_MAIL.replace("From: Ani <ani@mail.test>\n", ""),
        keeps=_MAIL,
    ),
    Code(
        code="ML102",
        title="A mail that is too long",
        why="A mail above 64 MiB holds files, not words; no snippet of that size is shown.",
    ),
)

CODES: tuple[Code, ...] = (
    *_CALL_CODES,
    *_FILE_CODES,
    *_TABLE_CODES,
    *_SHEET_CODES,
    *_MAIL_CODES,
    *CANONICAL_CODES,
    *JSON_CODES,
    *CHAT_CODES,
    *WHATSAPP_CODES,
)
