"""Lines that lead in a reply to copy, and lines of a told conversation."""

import re
from dataclasses import dataclass

_KINDS = (
    r"template|contoh (?:jawaban|balasan|kalimat|ucapan|respons?|chat|pesan|template|skrip)|balasan(?: "
    r"cepat)?|quick reply"
    r"|skrip|script|format (?:jawaban|balasan)|jawaban (?:standar|baku)"
    r"|(?:sample|example|standard|suggested|canned) (?:reply|response|message|answer|script|wording|"
    r"greeting)|canned reply"
)
_LEAD = re.compile(rf"(?P<title>(?:{_KINDS})\b[^:]{{0,60}}):\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_OUTPUT = re.compile(r"(?:keluaran|luaran|hasil|output|result|outcome)\s*:", re.IGNORECASE)
_TALK_LEAD = re.compile(
    r"(?:contoh|example|sample)\s+(?:percakapan|dialog(?:ue)?|chat|conversation)\b[^:]{0,60}:?", re.IGNORECASE
)
_OPENING, _CLOSING = "“\"«„‘'", "”\"»“’'"
_SPEECH = re.compile(
    r"(?:\[?(?P<time>\d{1,2}[:.]\d{2})\]?\s*[-–—]?\s*)?(?P<who>pelanggan|customer|user|pengguna|member|"
    r"client|cust"
    r"|agen|agent|cs|admin|operator|customer service|petugas)\s*:\s*(?P<said>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_CUSTOMERS = frozenset({"pelanggan", "customer", "user", "pengguna", "member", "client", "cust"})
_FILL_IN = re.compile(r"\{\{\s*([^{}<>\[\]\n]{1,40}?)\s*\}\}|\[([^\[\]{}\n]{1,40})\]|<([^<>{}\n/]{1,40})>")
_NAME = re.compile(r"[^\W\d_][\w ./-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One told message: whether the customer speaks, at what time if that is told, and the words."""

    customer: bool
    time: str
    said: str


def is_lead(text: str) -> bool:
    """Return whether a line leads in a reply, an output or a conversation, and so is no heading."""
    return bool(_LEAD.fullmatch(text) or _OUTPUT.match(text) or _TALK_LEAD.fullmatch(text))


def reply_lead(text: str) -> tuple[str, str] | None:
    """Return the title of a reply that a line leads in, and what it already quotes of it; else None."""
    match = _LEAD.fullmatch(text)
    return (match["title"].strip(), match["rest"].strip()) if match else None


def is_surely_reply(title: str) -> bool:
    """Return whether a lead-in says that what follows is copied, even without quotation marks."""
    return re.match(r"template|balasan|quick|skrip|script|canned", title, re.IGNORECASE) is not None


def is_output(text: str) -> bool:
    """Return whether a line tells the output of a procedure."""
    return _OUTPUT.match(text) is not None


def leads_talk(text: str) -> bool:
    """Return whether a line leads in a told conversation."""
    return _TALK_LEAD.fullmatch(text) is not None


def speech_of(text: str) -> Speech | None:
    """Return the told message of a line such as "Pelanggan: halo", or None."""
    match = _SPEECH.fullmatch(text)
    if match is None:
        return None
    time = (match["time"] or "").replace(".", ":")
    return Speech(customer=match["who"].casefold() in _CUSTOMERS, time=time, said=match["said"])


def is_speech(text: str) -> bool:
    """Return whether a line is a told message."""
    return speech_of(text) is not None


def opens_quote(text: str) -> bool:
    """Return whether a text begins with a quotation mark."""
    return text[:1] in tuple(_OPENING)


def closes_quote(text: str) -> bool:
    """Return whether a text ends with a quotation mark, a full stop behind it or not."""
    return text.rstrip(".")[-1:] in tuple(_CLOSING)


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around it, one of which may be missing."""
    if opens_quote(text):
        text = text[1:]
    if closes_quote(text):
        text = text.rstrip(".")[:-1]
    return text.strip()


def with_fill_ins(text: str) -> str:
    """Return a reply with fill-ins as `{nama}` where it had `[nama]`, `<nama>` or `{{nama}}`."""

    def filled(match: re.Match[str]) -> str:
        name = next(each for each in match.groups() if each is not None).strip()
        return f"{{{name}}}" if _NAME.fullmatch(name) and len(name.split()) <= 4 else match[0]

    return _FILL_IN.sub(filled, text)
