"""The checks: rules, acts, moments and words, read from one or more folders.

A folder holds `rules/`, `acts/`, `moments/`, `lexicons/` and `pack.yaml` (its version). The default pack
comes with sopgen; a project's own folder goes on top of it: a file of the same name replaces the earlier one,
and `overrides.yaml` changes severity, weight or wording of a rule without a copy of it (`override`).
"""

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from sopgen.base.cache.store import NO_CACHE, Cache
from sopgen.base.diagnostic import Diagnostic, Level, Report
from sopgen.base.errors import PackError
from sopgen.base.shape import Document, read_yaml_file, shape
from sopgen.compliance.bits import Bits
from sopgen.compliance.certainty import acts_within
from sopgen.compliance.compiling import Compiling, Known
from sopgen.compliance.constraints import compile_constraint
from sopgen.compliance.override import FILE as OVERRIDES
from sopgen.compliance.override import overridden
from sopgen.compliance.parameter import Parameter, Value
from sopgen.compliance.place import default_pack_folder as default_pack_folder  # noqa: PLC0414  # where it is looked for
from sopgen.compliance.prepared import PREPARED, Prepared
from sopgen.compliance.rule import Rule, read_rule
from sopgen.compliance.selection import EMPTY, Among, Selection
from sopgen.compliance.selector import compile_selection
from sopgen.compliance.timeline import NO_ACTS
from sopgen.compliance.timelines import Timelines
from sopgen.conversation.model import Role
from sopgen.language.act import Act, read_act
from sopgen.language.lexicon import Lexicon, read_lexicon
from sopgen.language.listener import RecogniseByCues
from sopgen.language.phrase_book import PhraseBook
from sopgen.language.predictors import encoder_folder, read_models
from sopgen.language.recogniser import index_cues, make_cue_recogniser, recogniser_of
from sopgen.language.recognition import Recogniser
from sopgen.language.tongue import TellTongue, make_tongue

T = TypeVar("T")
_NAME_FILE = "pack.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything the checker knows before it sees an SOP.

    `version` names the pack and the hash of every file in it, so that a verdict says what judged it.
    """

    version: str
    rules: Mapping[str, Rule]
    acts: Mapping[str, Act]
    moments: Mapping[str, Selection]
    moment_sources: Mapping[str, object]
    recognise: Recogniser
    book: PhraseBook
    tell_tongue: TellTongue
    known: Known

    def acts_of(self, rule: Rule) -> frozenset[str]:
        """Return every act that a rule's verdict hangs on."""
        return acts_within([rule.source.when, rule.source.expect], self.moment_sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PackSource:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    version: str


def load_pack(
    folders: Sequence[Path], report: Report, *, thorough: bool = False, cache: Cache = NO_CACHE
) -> Pack:
    """Return the pack of the folders, later ones on top; flaws in single files leave those files out.

    Errors: PCK101 a folder is missing, PCK102 no rule could be loaded. Diagnostics: ACT1xx, LEX1xx, RUL1xx,
    YML1xx; RUL104 when two rules share a code. `thorough`: the encoder is asked what the other models leave
    in doubt. The same bytes in the same folders are loaded once: who asks again gets the same pack. What the
    files come to is kept in the `cache`, and found there by the next process.
    """
    for folder in folders:
        if not folder.is_dir():
            hint = "name a folder that holds rules/ and acts/"
            raise PackError("PCK101", f"there is no folder of checks at '{folder}'", hint=hint)
    named = tuple((folder, folder.absolute(), _content_of(folder / _NAME_FILE)) for folder in folders)
    pack, flaws = _load(named, _digest_of(folders, thorough=thorough), thorough=thorough, cache=cache)
    for flaw in flaws:
        report(flaw)
    if not pack.rules:
        raise PackError("PCK102", "no rule could be loaded", hint="mend the flaws named above")
    return pack


@functools.lru_cache(maxsize=2)
def _load(
    named: tuple[tuple[Path, Path, bytes], ...], digest: str, *, thorough: bool, cache: Cache
) -> tuple[Pack, tuple[Diagnostic, ...]]:
    """Return the pack, without rules when there is no sound one, and every flaw that was found in it.

    `named` are the folders as given, where they lie, and what names them. They and the digest of all files
    (of every part but the name) are what the result hangs on, so that it may be remembered.
    """
    folders = [folder for folder, _, _ in named]
    made_from = [digest, *(each for name, _, content in named for each in (str(name), content))]
    prepared = cache.kept(PREPARED, made_from, lambda: _prepared(folders))
    models = read_models(folders, thorough=thorough)
    words = _words_of(prepared.acts, prepared.lexicon)
    pack = Pack(
        version=f"{prepared.names}{'-thorough' if thorough else ''}#{digest[:12]}",
        rules=MappingProxyType(prepared.rules),
        acts=MappingProxyType(prepared.acts),
        moments=_Moments(prepared.moments, words, lambda _: None),
        moment_sources=MappingProxyType({name: each.value for name, each in prepared.moments.items()}),
        recognise=recogniser_of(prepared.acts, prepared.index, models),
        book=words.book,
        tell_tongue=words.tell_tongue,
        known=words.known,
    )
    return pack, prepared.flaws


def _prepared(folders: Sequence[Path]) -> Prepared:
    """Return what the files come to, with every flaw that is in them."""
    flaws: list[Diagnostic] = []
    report = flaws.append
    lexicon = read_lexicon(folders, report)
    acts = {act.name: act for act in _each(folders, "acts", read_act, report)}
    words = _words_of(acts, lexicon)
    documents = _read_moment_documents(folders, report)
    moments = _Moments(documents, words, report)
    made = dict(moments)  # in their order, so that flaws are reported in it
    rules = {rule.name: rule for rule in _each(folders, "rules", _rule_reader(words.book), report)}
    rules = overridden(rules, folders, words.book, report)
    sound = {name: rule for name, rule in sorted(rules.items()) if _is_sound(rule, words, made, report)}
    _report_shared_codes(sound.values(), report)
    names = "+".join(_name(folder, report) for folder in folders)
    index = index_cues(acts, lexicon, report)
    return Prepared(
        names=names,
        lexicon=lexicon,
        acts=acts,
        moments=documents,
        rules=sound,
        index=index,
        flaws=tuple(flaws),
    )


def read_cues(folders: Sequence[Path], report: Report) -> RecogniseByCues:
    """Return what the cues of the folders find by themselves, without the trained model."""
    acts = {act.name: act for act in _each(folders, "acts", read_act, report)}
    return make_cue_recogniser(acts, read_lexicon(folders, report), report)


def compiling(rule: Rule, pack: Pack, values: Mapping[str, Value], report: Report) -> Compiling:
    """Return what compiling a rule of the pack needs, with these values of its parameters."""
    words = _Words(acts=frozenset(pack.acts), book=pack.book, tell_tongue=pack.tell_tongue, known=pack.known)
    return _compiling(rule.document, words, pack.moments, report, declared=rule.parameters, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What rules may ask of a message: the acts that exist, phrases, the language; and what they share."""

    acts: frozenset[str]
    book: PhraseBook
    tell_tongue: TellTongue
    known: Known


def _words_of(acts: Mapping[str, Act], lexicon: Lexicon) -> _Words:
    return _Words(
        acts=frozenset(acts), book=PhraseBook(lexicon), tell_tongue=make_tongue(lexicon), known=Known()
    )


_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _compiling(
    document: Document,
    words: _Words,
    moments: Mapping[str, Selection],
    report: Report,
    *,
    declared: Mapping[str, Parameter] = _NOTHING,
    values: Mapping[str, Value] = _NOTHING,
) -> Compiling:
    """Return what compiling needs; parameters without a value get one that stands for any."""
    return Compiling(
        document=document,
        acts=words.acts,
        moments=moments,
        parameters={**{name: each.specimen() for name, each in declared.items()}, **values},
        choices={name: each.choices for name, each in declared.items()},
        book=words.book,
        tell_tongue=words.tell_tongue,
        report=report,
        known=words.known,
    )


def _rule_reader(book: PhraseBook) -> Callable[[Path, Report], Rule | None]:
    return lambda path, report: read_rule(path, book, report)


def _each(
    folders: Sequence[Path], kind: str, read: Callable[[Path, Report], T | None], report: Report
) -> list[T]:
    """Return what `read` makes of every file of a kind, the last folder's file of a name only."""
    paths = {path.name: path for folder in folders for path in sorted((folder / kind).glob("*.yaml"))}
    found = (read(path, report) for _, path in sorted(paths.items()))
    return [each for each in found if each is not None]


def compile_due(rule: Rule, given: Compiling) -> Selection | None:
    """Return the messages whose words made a demand of the rule due; None where the rule tells none."""
    due = rule.source.due
    return None if due is None else compile_selection(due.of, ("due", "of"), given)


def _is_sound(rule: Rule, words: _Words, moments: Mapping[str, Selection], report: Report) -> bool:
    flaws: list[Diagnostic] = []
    given = _compiling(rule.document, words, moments, flaws.append, declared=rule.parameters)
    compile_constraint(rule.source.when, ("when",), given)
    compile_constraint(rule.source.expect, ("expect",), given)
    compile_due(rule, given)
    for number in range(len(rule.source.examples)):
        rule.example_lines(number, flaws.append)
    for flaw in flaws:
        report(flaw)
    return not flaws


def _read_moment_documents(folders: Sequence[Path], report: Report) -> dict[str, Document]:
    paths = {path.name: path for folder in folders for path in sorted((folder / "moments").glob("*.yaml"))}
    read = ((path.stem, read_yaml_file(path, report)) for _, path in sorted(paths.items()))
    return {name: document for name, document in read if document is not None}


class _Moments(Mapping[str, Selection]):
    """The moments by name, each made when first asked for; it may speak of those that stand before it."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        words: _Words,
        report: Report,
        made: dict[str, Selection] | None = None,
    ) -> None:
        self._documents = documents
        self._words = words
        self._report = report
        self._made: dict[str, Selection] = {} if made is None else made

    def __getitem__(self, name: str) -> Selection:
        document = self._documents[name]
        if name not in self._made:
            given = _compiling(document, self._words, self._before(name), self._report)
            self._made[name] = _moment(document, given)
        return self._made[name]

    def _before(self, name: str) -> "_Moments":
        earlier = dict(takewhile(lambda each: each[0] != name, self._documents.items()))
        return _Moments(earlier, self._words, self._report, self._made)

    def __contains__(self, name: object) -> bool:
        return name in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _moment(document: Document, given: Compiling) -> Selection:
    """Return the union of the selections that a moment lists, in the order of the conversation."""
    value = document.value
    if not isinstance(value, list):
        given.flaw((), "a moment is a list of selections", "write - {role: agent, act: greeting}")
        return EMPTY
    parts = [compile_selection(spec, (number,), given) for number, spec in enumerate(value)]

    if len({part.among.by_turn for part in parts}) > 1:
        given.flaw((), "a moment holds messages or turns, not both", "write `unit` alike in all its parts")

    def unite(talks: Timelines) -> Bits:
        found = 0
        for part in parts:
            found |= talks[part]
        return found

    roles = frozenset[Role]().union(*(part.among.roles for part in parts))
    among = Among(by_turn=any(part.among.by_turn for part in parts), roles=roles)
    return Selection(unite, NO_ACTS.union(*(part.reads for part in parts)), among)


def _report_shared_codes(rules: Iterable[Rule], report: Report) -> None:
    owners: dict[str, Rule] = {}
    for rule in rules:
        first = owners.setdefault(rule.code, rule)
        if first is not rule:
            place = rule.document.place(("code",))
            message = f"the code {rule.code} belongs to '{first.name}' already"
            hint = "give it a code that no rule has ever had"
            report(Diagnostic(code="RUL104", level=Level.ERROR, span=place, message=message, hint=hint))


def _digest_of(folders: Sequence[Path], *, thorough: bool) -> str:
    """Return the hash of every file that has a say, by its place in its folder."""
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in sorted((*folder.glob("*/*"), *folder.glob(OVERRIDES))):
            if path.suffix in (".yaml", ".txt", ".npz") and path.is_file():
                content = path.read_bytes()
                place = path.relative_to(folder).as_posix()
                digest.update(f"{number}\0{place}\0{len(content)}\0".encode())
                digest.update(content)
    for path in sorted(encoder_folder(folders).iterdir()) if thorough else ():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _content_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _name(folder: Path, report: Report) -> str:
    path = folder / _NAME_FILE
    if not path.exists():
        return folder.name
    document = read_yaml_file(path, report)
    source = shape(document, _PackSource, report, code="PCK103") if document else None
    return f"{source.name}-{source.version}" if source else folder.name
