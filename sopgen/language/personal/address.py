"""Addresses that locate a home: parts found one by one, strung together, and weighed.

    street   Jl. Melati Putih 12, gang Kancil no 3, 12 Oak Street      a street with its number
    rt       RT 03, RT 05/RW 02                                         the neighbourhood
    block    Blok C4 No. 11, blok c2 nomor 8                            the house in an estate
    estate   Perum Griya Asri, komplek …, dusun …, kampung …           where the block or the RT is
    flat     apartemen … unit 12B, tower A lantai 9, kos … kamar 4
    rest     kel. …, kec. …, kota …, no 12, kode pos 40123              never locate a home alone

A street with a number is a `STREET`: it may be an office's. RT, a block in an estate, a flat make an
`ADDRESS`. A street without a number, a district and a city are none.
"""

import re
from collections.abc import Iterable, Iterator

from sopgen.language.personal.datum import DataKind, Datum

_GAP = re.compile(r"[ ,.\-/()\n*:]{0,6}(?:(?:di|rumah|nomor|no|area|daerah|the)[ .:]{1,3})?")
_LONGEST_GAP = 12

_END_OF_NAME = (
    "no|nomor|nmr|nomer|blok|blk|rt|rw|kel|kelurahan|kec|kecamatan|kab|kabupaten|kota|desa|dusun|perum|"
    "perumahan|komplek|kompleks|apartemen|kode|sebelah|depan|dekat|belakang|samping|ya|kak|jam|pukul|tanggal|"
    "gg|gang|dan|atau|untuk|sejak|selama|dari|sudah|hari|lagi|pada|and|or|for"
)
_NAME = rf"(?:[ .]{{1,2}}(?!(?:{_END_OF_NAME})\b)[a-z][a-z'’-]{{0,24}}(?!\w|-\d)\.?)"
_UNIT_OF = (
    r"(?! ?(?:%|hari|jam|menit|detik|minggu|bulan|tahun|kali|x\b|orang|km|kilo|meter|m\b|rb|ribu|juta|k\b|"
    r"pcs|hours?|minutes?|days?|weeks?|months?|years?|times|am\b|pm\b|[.,:]\d|[/-]\d{1,2}[/-]))"
)
_HOUSE = rf"(?:[a-z]?[ -]?\d{{1,4}}(?: ?[a-z]\b)?(?:[/-]\d{{1,3}}[a-z]?)?)\b{_UNIT_OF}"
_NUMBER = r"(?:no|nomor|nmr|nomer|number|kav|kavling|#)[ .:]{0,3}"

_LANE = r"(?:[ ,]{1,2}(?:gg|gang)[ .]{1,2}[a-z0-9]{1,15})?"
_STREET = (
    rf"(?P<street>\b(?:jl|jln|gg){_NAME}{{1,6}}{_LANE}[ ,]{{1,2}}(?:{_NUMBER})?{_HOUSE}"
    rf"|\b(?:jl|jln|jalan|gg|gang){_NAME}{{1,6}}{_LANE}[ ,]{{1,2}}{_NUMBER}{_HOUSE}"
    rf"|\b(?:jalan|gang){_NAME}{{1,5}} {_HOUSE}"
    r"|\b\d{1,5}[a-z]?(?: (?!(?:in|on|at|of|the|to|and|or|for)\b)[a-z][a-z'’.-]{1,20}){1,4} "
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd|court|crescent|terrace|close)\b)"
)
_WAY = rf"(?P<way>\b(?:jl|jln|jalan|gg|gang){_NAME}{{1,6}})"
_RT = (
    r"(?P<rt>\brt ?[.:]? ?\d{1,3}(?:[ /,.-]{0,3}rw ?[.:]? ?\d{1,3}|/\d{1,3})?\b"
    r"|\brt/rw[ .:]{0,3}\d{1,3}/\d{1,3}\b)"
)
_HOUSE_IN_BLOCK = rf"[a-z]{{1,2}}[ ./-]?\d{{1,3}}[a-z]?(?:[ ,/-]{{1,2}}(?:{_NUMBER})?\d{{1,3}}[a-z]?)?\b"
_BLOCK = (
    rf"(?P<block>\b(?:blok|blk|block)[ .:]{{1,2}}(?:[a-z]{{1,2}}(?:[ ./-]?\d{{1,3}}[a-z]?)?|\d{{1,3}})"
    rf"(?:[ ,/-]{{1,2}}(?:{_NUMBER})?\d{{1,3}}[a-z]?)?\b)"
)
_ESTATE = (
    r"(?P<estate>\b(?:perum|perumahan|komplek|kompleks|kp|kampung|dusun|dsn|residence|cluster|rumah susun|"
    rf"rusun){_NAME}{{1,4}}(?:[ ,]{{1,2}}{_HOUSE_IN_BLOCK})?|\bperumnas\b)"
)
_FLAT = (
    rf"(?P<flat>\b(?:apartemen|apartment|apt|kost?an|kost?|flat){_NAME}{{0,4}}[ ,]{{1,2}}"
    r"(?:tower|twr|lantai|lt|unit|kamar|no|room)[ .:]{0,2}[a-z]{0,2}[ -]?\d{1,4}[a-z]?\b"
    r"|\b(?:unit|apt|apartment|flat|kamar kost?|suite)[ .#]{1,2}[a-z]{0,2}[ -]?\d{1,4}[a-z]?\b)"
)
_REST = (
    rf"(?P<rest>\b(?:kel|kelurahan|kec|kecamatan|kab|kabupaten|desa|kota){_NAME}{{1,3}}"
    r"|\b(?:no|nomor|nmr)[ .:]{1,2}\d{1,3}[a-z]?\b"
    r"|\b(?:kode ?pos|zip(?: code)?|postcode)[ .:]{1,2}\d{5}\b)"
)
_PART = re.compile("|".join((_STREET, _WAY, _RT, _BLOCK, _ESTATE, _FLAT, _REST)))

_MAY_BE = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|rt|blok|blk|block|perum|perumahan|perumnas|apartemen|apartment|apt|kost?|kost?an|flat|street|st|road|rd|"
    r"avenue|ave|lane|ln|drive|boulevard|blvd|court|crescent|terrace|close)\b"
)
_SAYS_NOTHING = re.compile(
    r"jl|jln|jalan|gg|gang|no|nomor|nmr|nomer|number|kav|kavling|blok|blk|block|rw|perum|perumahan|komplek|"
    r"kompleks|kp|kampung|dusun|dsn|kel|kelurahan|kec|kecamatan|kab|kabupaten|desa|kota|kode|pos|kodepos|zip|"
    r"street|st|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd|unit|apt|apartment|apartemen|rumah|di|the"
)
_TOKEN = re.compile(r"[a-z]+|\d+")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(_NUMBER)
_PLAIN_STREET = re.compile(r"(?:street|road|avenue|lane)$")
_LIVED_IN = re.compile(r"\b(?:address|ship|shipped|deliver|delivered|sent|lives?|home|house)\b")
_REACH = 40


def addresses_in(text: str, original: str) -> Iterator[Datum]:
    """Yield the addresses of a folded text; `original` is the same text with its capitals, or "".

    "Jalan" is a verb too, and an English street a word after a number: both need capitals, or "no".
    """
    if _MAY_BE.search(text) is None:
        return
    parts = [match for match in _PART.finditer(text) if _is_place(match, original)]
    for chain in _chains(parts, text):
        kind = _weighed({part.lastgroup for part in chain}, chain)
        if kind is not None:
            start, end = chain[0].start(), chain[-1].end()
            yield Datum(kind, start, end, address_value(text[start:end]))


def address_value(address: str) -> str:
    """Return the words and numbers of a folded address that tell it from others, in order."""
    return " ".join(word for word in words_of(address) if not _SAYS_NOTHING.fullmatch(word))


def words_of(text: str) -> list[str]:
    """Return the words and the numbers of a folded text, letters apart from digits, without leading zeros."""
    return [token.lstrip("0") or "0" for token in _TOKEN.findall(text)]


def _is_place(match: re.Match[str], original: str) -> bool:
    if match.lastgroup not in ("street", "way") or match[0].startswith(("jl", "gg")):
        return True
    if match.lastgroup == "street" and _NUMBERED.search(match[0]) is not None:
        return True
    words = original[match.start() : match.end()].split()
    named = words[1:2] if match[0][0].isalpha() else words[1:]
    if all(word[:1].isupper() for word in named):
        return True
    lead = match.string[max(0, match.start() - _REACH) : match.start()]
    return _PLAIN_STREET.search(match[0]) is not None and _LIVED_IN.search(lead) is not None


def _chains(parts: Iterable[re.Match[str]], text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the parts that stand side by side, together."""
    chain: list[re.Match[str]] = []
    for part in parts:
        if chain and not _GAP.fullmatch(text[chain[-1].end() : part.start()][: _LONGEST_GAP + 1]):
            yield chain
            chain = []
        chain.append(part)
    if chain:
        yield chain


def _weighed(found: set[str | None], chain: list[re.Match[str]]) -> DataKind | None:
    """Return what kind of address the parts make together, None when they locate no home."""
    if "rt" in found and (len(found) > 1 or any("/" in part[0] or "rw" in part[0] for part in chain)):
        return DataKind.ADDRESS
    digits = sum(len(_DIGITS.findall(part[0])) for part in chain if part.lastgroup in ("block", "estate"))
    if digits > 1 or (digits and {"estate", "street", "way", "flat"} & found):
        return DataKind.ADDRESS
    if "flat" in found and (found - {"flat", "rest"} or chain[0][0].startswith(("apart", "kos"))):
        return DataKind.ADDRESS
    return DataKind.STREET if "street" in found else None
