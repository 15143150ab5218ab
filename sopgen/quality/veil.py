"""What people see of personal data: the one way from a stored word to a shown one.

Everything that leaves sopgen for people's eyes (pages, tables, messages, terminal) passes through a `Veil`:
texts by `text`, customers by `person`, agents by `agent`, ids by `identifier`, files by `place`, remarks of
diagnostics by `remark`. An open veil shows things as they were said; it takes a reason that is recorded
(`unmasking`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from sopgen.conversation.model import Role
from sopgen.language.personal.given_secret import given_secrets
from sopgen.language.personal.name import names_said
from sopgen.quality.mask import (
    NO_NAMES,
    Mask,
    last_parts,
    mask_for,
    mask_id,
    mask_place,
    mask_remark,
    names_in_place,
    without_secrets,
)
from sopgen.quality.pseudonym import project_key, pseudonym
from sopgen.quality.wording import Wording
from sopgen.runs.finding import Finding, Said

_SESSION = re.compile(r"(?s)(.*?)(#(?:\d{8}T\d{6}Z|m\d+))?")
"""An id, and the session that a thread was cut into (`sopgen.conversation.session`)."""

_CALLED_AFTER_PEOPLE = frozenset({"instagram", "messenger"})
"""Platforms whose exports call a chat after an account's name, which may hold digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """How personal data is shown. `key` is the project's secret, `language` that of the word for customer.

    An `open` veil shows everything as it was said.
    """

    key: bytes
    language: str = "id"
    open: bool = False

    def text(self, text: str, names: Iterable[str] = (), secrets: Iterable[str] = ()) -> str:
        """Return a text with personal data, these customers and those whom it names itself masked.

        `secrets` are those of its chat (`secrets_of`). The length is kept.
        """
        return self.mask((*names, *names_said(text)), secrets)(text)

    def mask(self, names: Iterable[str] = (), secrets: Iterable[str] = ()) -> Mask:
        """Return what masks the texts of a conversation whose names are all known; each keeps its length."""
        if self.open:
            return _as_said
        return without_secrets(mask_for(tuple(sorted(set(names)))), tuple(secrets))

    def person(self, name: str) -> str:
        """Return a customer as people follow them: "Pelanggan K7F2-9MTX", "Pelanggan" for nobody's name."""
        word = Wording(self.language).say("role_customer")
        if not name.strip() or name.casefold().strip() in NO_NAMES:
            return word
        return name if self.open else f"{word} {pseudonym(self.key, 'person', name)}"

    def agent(self, name: str) -> str:
        """Return a colleague by name; a number or an address under which somebody writes is masked."""
        return name if self.open else mask_place(name)

    def identifier(self, identifier: str, *, channel: str = "", names: Iterable[str] = ()) -> str:
        """Return a conversation's id as it stands, or its pseudonym where it may tell whose it is.

        Messengers name chats after people: "Budi Santoso#20240820T073000Z" becomes
        "K7F2-9MTX#20240820T073000Z". An id without a digit is taken for a name.
        """
        if self.open:
            return identifier
        head, session = _SESSION.fullmatch(identifier).groups()  # type: ignore[union-attr]
        named = channel in _CALLED_AFTER_PEOPLE and any(map(str.isalpha, head))
        known = not named and self.text(mask_id(head), names) == head
        return identifier if known else pseudonym(self.key, "chat", head) + (session or "")

    def forms(self, identifier: str) -> frozenset[str]:
        """Return the ways in which a conversation's id may have been shown: as it is, or its pseudonym."""
        head, session = _SESSION.fullmatch(identifier).groups()  # type: ignore[union-attr]
        return frozenset({identifier, pseudonym(self.key, "chat", head) + (session or "")})

    def place(self, source: str, names: Iterable[str] = ()) -> str:
        """Return a file's name and its folder's, without the people after whom they are called."""
        return last_parts(source) if self.open else mask_place(self.text(last_parts(source), names))

    def remark(self, text: str, code: str = "") -> str:
        """Return what a diagnostic or a reason says, without personal data and the speakers it names."""
        return text if self.open else mask_remark(text, code)


def project_veil(out: Path, *, language: str = "id", unmasked: bool = False) -> Veil:
    """Return the veil of the project that writes into `out`. StorageError: STO101, STO102, MSK101."""
    return Veil(key=project_key(out), language=language, open=unmasked)


def out_of(run_folder: Path) -> Path:
    """Return the project's output folder, which holds `runs` with this run in it."""
    return run_folder.parent.parent if run_folder.parent.name == "runs" else run_folder.parent


def names_of(finding: Finding) -> tuple[str, ...]:
    """Return whom a finding's texts may name: its customers, and those its export is called after."""
    return names_around(finding.customers, finding.judgement.source, finding.judgement.agent)


def names_around(customers: Iterable[str], source: str, agent: str) -> tuple[str, ...]:
    """Return the customers of a conversation, and those its export is called after, the agent apart."""
    named = (name for name in names_in_place(source) if name.casefold() != agent.casefold())
    return (*customers, *named)


def secrets_of(said: Iterable[Said]) -> tuple[str, ...]:
    """Return the secrets that messages of one chat tell, given in their order."""
    return given_secrets((each.role, each.text) for each in said)


def secrets_recorded(context: str | None) -> tuple[str, ...]:
    """Return the same of messages as a finding or a transcript stores them: a list in JSON."""
    said = orjson.loads(context) if context else ()
    return given_secrets((Role(each["role"]), each["text"]) for each in said)


def _as_said(text: str) -> str:
    return text
