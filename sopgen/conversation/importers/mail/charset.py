"""Bytes of a mail as text, whatever their mail calls them."""

_WIDER = {
    **dict.fromkeys(("us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("", "utf8", "unknown-8bit", "x-unknown"), "utf-8"),
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "cp-850": "cp850",
}
"""What programs mean when they write these names."""


def decoded(raw: bytes, charset: str) -> str:
    """Return the text; never fails. UTF-8 that is called something else is known by its bytes."""
    name = _WIDER.get(charset.strip().casefold(), charset.strip())
    if not raw.isascii():
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return raw.decode(name)
    except (LookupError, ValueError):
        return _guessed(raw)


def _guessed(raw: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- only where a mail lies about itself

    best = from_bytes(raw[: 1 << 15], cp_isolation=["cp1252", "cp1250", "cp1254", "gb18030", "cp932"]).best()
    return raw.decode(best.encoding if best is not None else "cp1252", errors="replace")
