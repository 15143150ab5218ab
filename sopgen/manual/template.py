"""The templates: all output escaped, a missing value is an error, author text is never a template.

A theme is worn while a build lasts (`dressed`): the templates and the style sheet are then those of the
project. It is one setting of the whole build, so it is not handed from function to function.

Templates of a project run in a sandbox of their own: they see the values of a page, and can neither call what
touches a disk nor reach from a value into Python.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from sopgen.base.errors import RenderError
from sopgen.manual.label import cut_at_fields, say_clock, say_date, say_length
from sopgen.manual.lean import lean_script, lean_style
from sopgen.manual.theme import PLAIN, Theme

_worn: ContextVar[Theme] = ContextVar("theme", default=PLAIN)

_PLAIN_VALUES = (str, int, float, tuple, list, dict, frozenset, Mapping, dt.date, dt.timedelta)
_OURS = ("sopgen.", "jinja2.", "builtins.generator")


@contextmanager
def dressed(theme: Theme) -> Iterator[None]:
    """Let everything in the block wear the theme."""
    token = _worn.set(theme)
    try:
        yield
    finally:
        _worn.reset(token)


def theme() -> Theme:
    """Return the theme that is worn now."""
    return _worn.get()


def fill(name: str, **values: object) -> Markup:
    """Return a template filled with values, as HTML; `theme` is there in every one.

    Raises RenderError MAN203 for a template of the project that is wrong.
    """
    worn = theme()
    environment = _environment(worn.templates)
    if not worn.templates:
        return Markup(environment.get_template(name).render(values, theme=worn))  # noqa: S704  # autoescape is on
    try:
        return Markup(environment.get_template(name).render(values, theme=worn))  # noqa: S704  # the same
    except (TemplateError, TypeError, ValueError, AttributeError, ZeroDivisionError, OverflowError) as error:
        raise _refused(error, worn.templates, name) from error


def asset(name: str) -> bytes:
    """Return the bytes of a style sheet, script or picture that ships with the package."""
    return files("sopgen.manual").joinpath("assets", name).read_bytes()


def site_style() -> str:
    """Return the site's style sheet as the theme wants it."""
    further = theme().site_style()
    return lean_style(asset("manual.css").decode()) + (f"{further}\n" if further else "")


def site_script(name: str) -> str:
    """Return a script of the site."""
    return lean_script(asset(name).decode())


@lru_cache(maxsize=4)
def _environment(templates: str) -> Environment:
    shipped = PackageLoader("sopgen.manual", "templates")
    loader: BaseLoader = ChoiceLoader([FileSystemLoader(templates), shipped]) if templates else shipped
    environment = (_Sandbox if templates else Environment)(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["date"] = say_date
    environment.filters["length"] = say_length
    environment.filters["clock"] = say_clock
    environment.filters["fields"] = cut_at_fields
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox whose values are ours or plain: nothing that could open a file has attributes here."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read the attribute."""
        kind = type(obj)
        named = f"{kind.__module__}.{kind.__qualname__}"
        known = isinstance(obj, _PLAIN_VALUES) or named.startswith(_OURS)
        return known and super().is_safe_attribute(obj, attr, value)


def _refused(error: Exception, folder: str, name: str) -> RenderError:
    place = f"{folder}/{name}"
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename or place}:{error.lineno}"
    else:
        place = _line_of(error) or place
    return RenderError(
        "MAN203",
        f"{place}: the template cannot be used: {error}",
        hint="mend it, or take it out of the folder of templates: ours then takes its place",
    )


def _line_of(error: Exception) -> str:
    """Return the innermost place in a template that the error came from, as file:line."""
    place, step = "", error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            place = f"{file}:{step.tb_lineno}"
        step = step.tb_next
    return place
