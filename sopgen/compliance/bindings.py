"""The bound clauses of every SOP version that may judge, bound when the first conversation needs them.

Most runs need the newest versions alone. But flaws are told before anything is judged: those of a version are
worked out once and kept (`sopgen.base.cache`), and only the first time a version has to be bound for that.
"""

from collections.abc import Iterator, Mapping

from sopgen.base.cache.form import Form
from sopgen.base.cache.store import Cache
from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.span import Span
from sopgen.compliance.binding import BoundClause, bind
from sopgen.compliance.pack import Pack
from sopgen.sop.model import Sop

_FLAWS = Form("flaws", 1, (Diagnostic, Level, Span))

Key = tuple[str, str]
"""The id and the version of an SOP."""


class Bindings(Mapping[Key, tuple[BoundClause, ...]]):
    """The bound clauses by id and version."""

    def __init__(self, pack: Pack, report: Report, cache: Cache) -> None:
        self._pack = pack
        self._report = report
        self._cache = cache
        self._checks = (pack.version, *(rule.document.file for rule in pack.rules.values()))
        self._sops: dict[Key, Sop] = {}
        self._bound: dict[Key, tuple[BoundClause, ...]] = {}

    def add(self, sop: Sop) -> None:
        """Take in a version, and report what is wrong with its clauses."""
        self._sops[sop.id, sop.version] = sop
        for flaw in self._flaws_in(sop):
            self._report(flaw)

    def _flaws_in(self, sop: Sop) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the version; one that was not read from a text is bound now."""
        if not sop.source:
            return self._bind(sop)
        made_from = (*self._checks, sop.id, sop.version, sop.folder, sop.span.file, sop.source)
        return self._cache.kept(_FLAWS, made_from, lambda: self._bind(sop))

    def _bind(self, sop: Sop) -> tuple[Diagnostic, ...]:
        """Bind the version, and return what is wrong with it; what turns up later is reported."""
        flaws: list[Diagnostic] = []
        is_bound = False

        def tell(flaw: Diagnostic) -> None:
            (self._report if is_bound else flaws.append)(flaw)

        self._bound[sop.id, sop.version] = bind(sop, self._pack, tell)
        is_bound = True
        return tuple(flaws)

    def __getitem__(self, key: Key) -> tuple[BoundClause, ...]:
        if key not in self._bound:
            self._bind(self._sops[key])
        return self._bound[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._sops)

    def __len__(self) -> int:
        return len(self._sops)
