"""Versions as a call names them, and the categories that it decides."""

from collections.abc import Sequence
from datetime import datetime

from sopgen.base.errors import UsageError
from sopgen.base.suggestion import did_you_mean
from sopgen.sop.model import DRAFT, Category, Sop, SopHistory


def compared(history: SopHistory, names: Sequence[str], *, at: datetime) -> tuple[Sop, Sop]:
    """Return the two versions that a call compares; by default what is in force at `at`, and the draft.

    Raises UsageError CLI131 for an unknown version, CLI132 when nothing is in force, CLI134 for too many.
    """
    if len(names) > 2:
        hint = f"name two at most: {' '.join(names[:2])}"
        raise UsageError("CLI134", f"{len(names)} versions were named", hint=hint)
    old = version_named(history, names[0]) if names else _in_force(history, at)
    return old, version_named(history, names[1] if len(names) == 2 else DRAFT)


def version_named(history: SopHistory, name: str) -> Sop:
    """Return the version of that name, or the draft. Raises UsageError CLI131."""
    versions = {edition.sop.version: edition.sop for edition in history.editions}
    if history.draft is not None:
        versions[DRAFT] = history.draft
    if name not in versions:
        raise UsageError(
            "CLI131", f"'{history.id}' has no usable version '{name}'", hint=did_you_mean(name, versions)
        )
    return versions[name]


def categories_of(written: Sequence[str]) -> dict[str, Category]:
    """Return the categories that `ID=CATEGORY` decides. Raises UsageError CLI135."""
    return dict(_category_of(each) for each in written)


def _category_of(written: str) -> tuple[str, Category]:
    name, sign, category = written.rpartition("=")
    if not sign or category not in set(Category):
        hint = did_you_mean(category, Category) if sign else "write it as first-reply=clarification"
        raise UsageError("CLI135", f"--category {written} decides nothing", hint=hint)
    return name, Category(category)


def _in_force(history: SopHistory, at: datetime) -> Sop:
    sop = history.in_force(at) if history.editions else None
    if sop is None:
        others = " or ".join([*(edition.sop.version for edition in history.editions), DRAFT])
        hint = (
            f"name two versions: {others}" if history.editions else "release it first: sopgen release --help"
        )
        raise UsageError("CLI132", f"no version of '{history.id}' is in force", hint=hint)
    return sop
