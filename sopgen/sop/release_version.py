"""Version numbers: numbers and dots, `1.0` or `2.3.1`; a trailing `.0` changes nothing."""

import re
from enum import StrEnum

FIRST = "1.0"
"""The version that is proposed for an SOP without a release."""

_VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,3}", re.ASCII)


class Step(StrEnum):
    """How far a version goes beyond the one before it, the longest first."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


def is_version(text: str) -> bool:
    """Return whether the text is a version: up to four numbers of up to six digits."""
    return bool(_VERSION.fullmatch(text))


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions are compared by: 1.10 is above 1.9, and 1.0.0 is 1.0."""
    numbers = [int(part) for part in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def next_version(version: str, step: Step) -> str:
    """Return the version one step above: 1.4.2 is followed by 2.0, by 1.5 or by 1.4.3."""
    major, minor, patch = (*version_key(version), 0, 0)[:3]
    match step:
        case Step.MAJOR:
            return f"{major + 1}.0"
        case Step.MINOR:
            return f"{major}.{minor + 1}"
        case Step.PATCH:
            return f"{major}.{minor}.{patch + 1}"
