"""Addresses that exports write instead of names."""

from urllib.parse import unquote


def file_named_by(url: str) -> str:
    """Return the last part of an address, without its query; "" when it has none. Nothing is fetched."""
    return unquote(url.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2])
