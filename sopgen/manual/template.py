"""The templates: all output escaped, a missing value is an error, author text is never a template."""

from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sopgen.manual.label import say_clock, say_date, say_length


def fill(name: str, **values: object) -> Markup:
    """Return a template filled with values, as HTML."""
    return Markup(_environment().get_template(name).render(values))  # noqa: S704  # autoescape is on


def asset(name: str) -> bytes:
    """Return the bytes of a style sheet, script or picture that ships with the package."""
    return files("sopgen.manual").joinpath("assets", name).read_bytes()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sopgen.manual", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["date"] = say_date
    environment.filters["length"] = say_length
    environment.filters["clock"] = say_clock
    return environment
