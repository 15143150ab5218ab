"""How exports are to be read, from flags and from an options file."""

from pathlib import Path
from typing import Any

import orjson

from sopgen.base.errors import UsageError
from sopgen.conversation.options import ImportOptions, OptionError, options_from


def import_options(
    *,
    format_: str,
    agents: tuple[str, ...],
    bots: tuple[str, ...],
    tz: str,
    date_order: str | None,
    options_file: Path | None,
    **more: str,
) -> ImportOptions:
    """Return the options: a flag where one was given, else what the file says. Raises CLI101, CLI104.

    `more` are further flags that are called as their options are.
    """
    flags = {"format": format_, "agents": agents, "bots": bots, "tz": tz, "date_order": date_order or ""}
    flags |= more
    told = read_options_file(options_file) if options_file is not None else {}
    return ImportOptions(**told | {name: value for name, value in flags.items() if value})


def read_options_file(path: Path) -> dict[str, Any]:
    """Return the options of a JSON file, by name. Raises CLI101 without the file, CLI104 if unusable."""
    try:
        record = orjson.loads(path.read_bytes())
    except OSError as error:
        hint = "name a JSON file that exists: --options FILE.json"
        raise UsageError("CLI101", f"cannot read '{path}': {error.strerror}", hint=hint) from error
    except orjson.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise UsageError("CLI104", f"{place}: no JSON: {error.msg}", hint=_EXAMPLE) from error
    try:
        return options_from(record)
    except OptionError as error:
        raise UsageError("CLI104", f"{path}: {error.reason}", hint=error.hint) from error


_EXAMPLE = 'write one object, such as {"tz": "Asia/Jakarta", "agents": ["Rina"]}'
