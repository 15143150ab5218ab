"""How exports are to be read, from flags and from an options file."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.conversation.options import ImportOptions

_DEFAULTS: Mapping[str, Any] = {
    each.name: getattr(ImportOptions(), each.name) for each in fields(ImportOptions)
}


def import_options(
    *,
    format_: str,
    agents: tuple[str, ...],
    bots: tuple[str, ...],
    tz: str,
    date_order: str | None,
    options_file: Path | None,
) -> ImportOptions:
    """Return the options: a flag where one was given, else what the file says. Raises CLI101, CLI104."""
    flags = {"format": format_, "agents": agents, "bots": bots, "tz": tz, "date_order": date_order or ""}
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
    if not isinstance(record, dict):
        raise UsageError("CLI104", f"{path}: holds a {type(record).__name__}, not one object", hint=_EXAMPLE)
    return {name: _value(name, value, path) for name, value in record.items()}


_WANTED = {"str": "a text", "tuple": "a list of texts"}
_EXAMPLE = 'write one object, such as {"tz": "Asia/Jakarta", "agents": ["Rina"]}'


def _value(name: str, value: object, path: Path) -> Any:
    """Return an option's value as the options hold it."""
    if name not in _DEFAULTS:
        raise UsageError("CLI104", f"{path}: unknown option '{name}'", hint=did_you_mean(name, _DEFAULTS))
    match _DEFAULTS[name], value:
        case str(), str():
            return value
        case tuple(), list() if all(isinstance(each, str) for each in value):
            return tuple(value)
        case Mapping(), dict() if all(isinstance(each, str) for each in value.values()):
            return value
    wanted = _WANTED.get(type(_DEFAULTS[name]).__name__, "an object of texts")
    raise UsageError("CLI104", f"{path}: '{name}' is {value!r}", hint=f"give {wanted} for '{name}'")
