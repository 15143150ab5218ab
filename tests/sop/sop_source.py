"""Sources of SOPs as hypothesis thinks of them: few ids and few words, so that versions are much alike."""

from hypothesis import strategies as st

from sopgen.base.diagnostic import Diagnostic
from sopgen.sop.model import Sop
from sopgen.sop.reader import read_sop

_IDS = [f"k{number}" for number in range(7)]
_WORDS = [
    "Wajib",
    "membalas",
    "pelanggan",
    "dalam",
    "2",
    "3",
    "menit",
    "**ramah**",
    "tidak",
    "kasar",
    "`kode`",
]
_HEADINGS = ["Tujuan", "Standar Pelayanan", "Prosedur", "Larangan", "Eskalasi", "Cara kami", "Cara lain kami"]
_ATTRIBUTES = [
    "check=first-response-time limit=2m",
    "check=calm-tone",
    "severity=major",
    'check=none reason="luar"',
]
_CHATS = ["09:00 agen  halo", "09:00 agen  halo kak\n  09:01 pelanggan  ya"]


def read(text: str) -> Sop:
    """Return the SOP of a source that is known to be sound."""
    found: list[Diagnostic] = []
    sop = read_sop(text, file="sop.md", report=found.append)
    assert sop is not None, found
    return sop


@st.composite
def sop_texts(draw) -> str:
    """Return a sound source: some sections with clauses, steps, quick replies, prose and examples."""
    free = draw(st.permutations(_IDS))
    parts = [_front_matter(draw)]
    for heading in draw(st.lists(st.sampled_from(_HEADINGS), unique=True, max_size=4)):
        parts.append(f"## {heading}\n")
        blocks = draw(
            st.lists(st.sampled_from(["items", "steps", "prose", "reply", "procedure"]), max_size=4)
        )
        parts += [_block(draw, block, heading, free) for block in blocks]
    return "\n".join(parts)


def _front_matter(draw) -> str:
    owner = draw(st.sampled_from(["Kepala Layanan", "Kepala CS"]))
    channels = draw(st.sampled_from(["[livechat]", "[livechat, whatsapp]", "[]"]))
    return (
        f"---\nid: cs-contoh\ntitle: Pelayanan\nlanguage: id\nowner: {owner}\napprover: Direktur\n"
        f"review_every: {draw(st.sampled_from(['90d', '13w']))}\napplies_to: {{channels: {channels}}}\n---\n"
    )


def _words(draw) -> str:
    return " ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=7)))


def _block(draw, block: str, heading: str, free: list[str]) -> str:
    if block == "prose":
        return f"{_words(draw)}.\n\n{_words(draw)}.\n"
    if block == "reply":
        return f"> [!TEMPLATE] {_words(draw)}\n> Halo Kak, {_words(draw)}\n"
    if block == "procedure" and heading == "Prosedur":
        return f"### {_words(draw)}{_id(draw, free)}\n\n{_list(draw, '1.', free)}\nKeluaran: {_words(draw)}\n"
    return _list(draw, "1." if block == "steps" else "-", free)


def _list(draw, marker: str, free: list[str]) -> str:
    return "<!-- daftar -->\n\n" + "".join(_item(draw, marker, free) for _ in range(draw(st.integers(1, 3))))


def _item(draw, marker: str, free: list[str]) -> str:
    attributes = draw(st.sampled_from(["", *_ATTRIBUTES]))
    item = f"{marker} {_words(draw)}.{_id(draw, free, attributes)}\n"
    indent = " " * (len(marker) + 1)
    if draw(st.booleans()):
        expected = draw(st.sampled_from(["pass", "fail", "todo-fail"]))
        chat = draw(st.sampled_from(_CHATS)).replace("\n  ", f"\n{indent}")
        item += f"\n{indent}```chat {expected}\n{indent}{chat}\n{indent}```\n"
    return item


def _id(draw, free: list[str], attributes: str = "") -> str:
    if not free or not draw(st.integers(0, 4)):
        return f" {{{attributes}}}" if attributes else ""
    return " {" + f"#{free.pop()} {attributes}".strip() + "}"
