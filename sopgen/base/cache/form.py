"""Values into bytes and back: a pickle, read by a reader that knows these classes and nothing else.

A class may say in `FRESH` which of its fields are not kept; where it has a method `freshen`, that sets them.
"""

import io
import pickle
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from types import MappingProxyType
from typing import Any

_PROTOCOL = 5

_CALLED = (date, datetime, timedelta)
"""Classes of Python's own that are called to make a value; they take numbers and texts, and do nothing."""


class FormError(Exception):
    """The bytes are no value of this form, or the value has parts that the form does not know."""


class Form:
    """The form of values that are made of some classes, besides texts, numbers, lists, mappings and sets.

    `name` tells it from other forms, `number` from what it was before: count it up when the classes are the
    same and mean something else. Enumerations come back as their members.
    """

    def __init__(self, name: str, number: int, classes: tuple[type, ...]) -> None:
        self.name = name
        self.number = number
        self._fields = {each: _fields_of(each) for each in classes if not issubclass(each, Enum)}
        self._enumerations = frozenset(each for each in classes if issubclass(each, Enum))
        self._makers: Mapping[tuple[str, str], Callable[..., Any]] = {
            (each.__module__, each.__qualname__): _maker_of(each) for each in classes
        } | {(each.__module__, each.__qualname__): each for each in (*_CALLED, frozen)}

    def write(self, value: object) -> bytes:
        """Return the bytes of a value, or raise FormError."""
        out = io.BytesIO()
        try:
            _Writer(out, self._fields, self._enumerations).dump(value)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
            raise FormError(str(error)) from error
        return out.getvalue()

    def read(self, data: bytes) -> Any:
        """Return the value, or raise FormError."""
        try:
            return _Reader(io.BytesIO(data), self._makers).load()
        except Exception as error:  # whatever bytes can make a reader stumble over
            raise FormError(str(error)) from error


def frozen(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    """Return a mapping that cannot be changed."""
    return MappingProxyType(mapping)


class _Writer(pickle.Pickler):
    def __init__(
        self,
        out: io.BytesIO,
        fields: Mapping[type, tuple[str, ...] | None],
        enumerations: frozenset[type],
    ) -> None:
        super().__init__(out, _PROTOCOL)
        self._fields = fields
        self._enumerations = enumerations

    def reducer_override(self, value: Any) -> Any:
        """Return how a value is made again: its class and its fields."""
        kind = type(value)
        if kind in self._fields:
            fields = self._fields[kind]
            if fields is not None:
                return kind, tuple(getattr(value, name) for name in fields)
            fresh = _fresh(kind)
            return kind, ({name: each for name, each in vars(value).items() if name not in fresh},)
        if kind in self._enumerations:
            return kind, (value.value,)  # of its own accord each version of Python does it otherwise
        if kind is MappingProxyType:
            return frozen, (dict(value),)
        return NotImplemented


class _Reader(pickle.Unpickler):
    def __init__(self, data: io.BytesIO, makers: Mapping[tuple[str, str], Callable[..., Any]]) -> None:
        super().__init__(data)
        self._makers = makers

    def find_class(self, module: str, name: str) -> Any:
        """Return what makes values of a class that is known here; the name leads nowhere else."""
        made = self._makers.get((module, name))
        if made is None:
            raise FormError(f"'{module}.{name}' is not known here")
        return made


def _fresh(kind: type) -> tuple[str, ...]:
    return getattr(kind, "FRESH", ())


def _fields_of(kind: type) -> tuple[str, ...] | None:
    """Return the fields that are kept, None where a value's own mapping holds them."""
    slots = [name for each in kind.__mro__ for name in each.__dict__.get("__slots__", ())]
    return tuple(name for name in slots if name not in _fresh(kind)) if slots else None


def _maker_of(kind: type) -> Callable[..., Any]:
    """Return what fills a new value, past its own ways to be made: those ran when it was first made."""
    if issubclass(kind, Enum):
        return partial(kind)  # not the class itself, whose fields a file could set
    fields, freshen = _fields_of(kind), getattr(kind, "freshen", None)
    fill = _with_mapping(kind) if fields is None else _with_fields(kind, fields)
    if freshen is None:
        return fill

    def fill_and_freshen(*values: Any) -> Any:
        made = fill(*values)
        freshen(made)
        return made

    return fill_and_freshen


def _with_mapping(kind: type) -> Callable[..., Any]:
    def fill(values: Mapping[str, Any]) -> Any:
        made: Any = object.__new__(kind)
        vars(made).update(values)
        return made

    return fill


def _with_fields(kind: type, fields: tuple[str, ...]) -> Callable[..., Any]:
    put = [getattr(kind, name).__set__ for name in fields]
    written_out: Callable[..., Callable[..., Any]] = _WRITTEN_OUT.get(len(put), _with_many)
    return written_out(kind, *put)


_Put = Callable[[Any, Any], None]


def _with_many(kind: type, *put: _Put) -> Callable[..., Any]:
    new = object.__new__

    def fill(*values: Any) -> Any:
        made: Any = new(kind)
        for one, value in zip(put, values, strict=True):
            one(made, value)
        return made

    return fill


def _with_one(kind: type, one: _Put) -> Callable[[Any], Any]:
    new = object.__new__

    def fill(first: Any) -> Any:
        made: Any = new(kind)
        one(made, first)
        return made

    return fill


def _with_two(kind: type, one: _Put, two: _Put) -> Callable[[Any, Any], Any]:
    new = object.__new__

    def fill(first: Any, second: Any) -> Any:
        made: Any = new(kind)
        one(made, first)
        two(made, second)
        return made

    return fill


def _with_three(kind: type, one: _Put, two: _Put, three: _Put) -> Callable[[Any, Any, Any], Any]:
    new = object.__new__

    def fill(first: Any, second: Any, third: Any) -> Any:
        made: Any = new(kind)
        one(made, first)
        two(made, second)
        three(made, third)
        return made

    return fill


def _with_four(kind: type, *put: _Put) -> Callable[[Any, Any, Any, Any], Any]:
    new = object.__new__
    one, two, three, four = put

    def fill(first: Any, second: Any, third: Any, fourth: Any) -> Any:
        made: Any = new(kind)
        one(made, first)
        two(made, second)
        three(made, third)
        four(made, fourth)
        return made

    return fill


_WRITTEN_OUT: Mapping[int, Callable[..., Callable[..., Any]]] = {
    1: _with_one,
    2: _with_two,
    3: _with_three,
    4: _with_four,
}
"""Most values have few fields: written out, three of them take half as long to fill."""
