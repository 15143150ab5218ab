"""Flaws for code scanning: one SARIF 2.1.0 log on standard output (OASIS, sarif-schema-2.1.0)."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from sopgen import __version__
from sopgen.base.code import Code
from sopgen.base.diagnostic import Diagnostic
from sopgen.base.span import Span
from sopgen.cli.screen.document import show_json
from sopgen.sop.allowance import Allowed

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def show_sarif(flaws: Sequence[Diagnostic], allowed: Sequence[Allowed], codes: Mapping[str, Code]) -> None:
    """Print the log; what authors allow is in it as suppressed, with the reason."""
    everything = [*flaws, *(each.flaw for each in allowed)]
    names = sorted({flaw.code for flaw in everything})
    results = [_result(flaw, names) for flaw in flaws]
    results += [
        _result(each.flaw, names) | {"suppressions": [{"kind": "inSource", "justification": each.reason}]}
        for each in allowed
    ]
    rules = [_rule(codes[name]) for name in names if name in codes]
    driver = {"name": "sopgen", "semanticVersion": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    show_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why},
        "help": {"text": f"sopgen explain {code.code}"},
    }


def _result(flaw: Diagnostic, names: Sequence[str]) -> dict[str, Any]:
    hint = f"\nhint: {flaw.hint}" if flaw.hint else ""
    return {
        "ruleId": flaw.code,
        "ruleIndex": names.index(flaw.code),
        "level": str(flaw.level),
        "message": {"text": f"{flaw.message}{hint}"},
        "locations": [{"physicalLocation": _place(flaw.span)}] if flaw.span.file else [],
    }


def _place(span: Span) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(PurePath(span.file))}}
    if span.line:
        place["region"] = {"startLine": span.line, "startColumn": max(span.column, 1)}
    return place


def _uri(path: PurePath) -> str:
    """Return a relative path as it hangs on the folder of the run, an absolute one as a URI of its own."""
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
