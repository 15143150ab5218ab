"""Where this user's processes keep what they worked out for the next one (`sopgen.base.cache`)."""

import os
import sys
from pathlib import Path

from sopgen.base.cache.store import NO_CACHE, Cache

VARIABLE = "SOPGEN_CACHE"
"""The variable that names another folder, or says `off`."""

OFF = frozenset({"off", "no", "0"})


def own_cache() -> Cache:
    """Return the cache in the folder that SOPGEN_CACHE names, else in the user's own; none if it says off."""
    named = os.environ.get(VARIABLE, "")
    if named.lower() in OFF:
        return NO_CACHE
    try:
        return Cache(folder=Path(named) if named else _users_own() / "sopgen")
    except RuntimeError:  # nobody knows where this user is at home
        return NO_CACHE


def _users_own() -> Path:
    """Return the folder in which this system's programs keep what can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".cache"
