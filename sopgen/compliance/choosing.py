"""Which conversations a clause is for: those of a priority, a category, a channel.

    {#first-p1 check=first-response-time limit=5m priority="P1 | kritis"}

So one check is bound several times, each time with its own limit. Words are compared whole, capitals or not;
a record that says nothing is not chosen, because nobody knows which limit it has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sopgen.compliance.model import Titles
from sopgen.compliance.parameter import Misfit
from sopgen.conversation.model import Conversation
from sopgen.sop.model import CHOOSING_KEYS, Clause

_RECORDED: Mapping[str, Callable[[Conversation], str]] = {
    "priority": lambda conversation: conversation.priority,
    "category": lambda conversation: conversation.category,
    "channel": lambda conversation: conversation.channel,
}
_ALSO_CALLED = {"webchat": "livechat"}
"""What help desks write for a chat on a web page, and what SOPs do."""
_NAMES = {
    "priority": Titles(id="prioritas", en="priority"),
    "category": Titles(id="kategori", en="category"),
    "channel": Titles(id="kanal", en="channel"),
}
_OTHERWISE = Titles(
    id="Klausul ini hanya untuk {name} {wanted}; percakapan ini: {recorded}.",
    en="This clause is for {name} {wanted} only; this conversation: {recorded}.",
)
_UNRECORDED = Titles(
    id="Klausul ini hanya untuk {name} {wanted}; {name} percakapan ini tidak tercatat.",
    en="This clause is for {name} {wanted} only; the {name} of this conversation is not recorded.",
)
_LONGEST_SHOWN = 40
"""Characters of a recorded word that a reason shows: an export may hold anything."""

_OR = Titles(id=" atau ", en=" or ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """What a clause wants of the record: for each key the words of which one must stand there, as written."""

    wanted: Mapping[str, tuple[str, ...]]

    def turns_away(self, conversation: Conversation, language: str) -> str:
        """Return why the clause is not for this conversation, in `language`; "" when it is."""
        for key, words in self.wanted.items():
            recorded = _RECORDED[key](conversation).strip()
            names = channel_names(recorded) if key == "channel" else {recorded.casefold()}
            if names & set(map(str.casefold, words)):
                continue
            template = (_OTHERWISE if recorded else _UNRECORDED).of(language)
            return template.format(
                name=_NAMES[key].of(language),
                wanted=_OR.of(language).join(words),
                recorded=recorded[:_LONGEST_SHOWN],
            )
        return ""

    def as_chosen(self, conversation: Conversation) -> Conversation:
        """Return the conversation, an example, with what the clause is for.

        A priority or category that it records stays; no example can note its channel.
        """
        silent = [key for key in self.wanted if key == "channel" or not _RECORDED[key](conversation)]
        return replace(conversation, **{key: self.wanted[key][0] for key in silent})  # type: ignore[arg-type]

    def can_meet(self, other: "Choosing") -> bool:
        """Return whether both choose, and one conversation can be chosen by both; or neither chooses."""
        if not self.wanted or not other.wanted:
            return not self.wanted and not other.wanted
        return all(
            set(map(str.casefold, words)) & set(map(str.casefold, other.wanted.get(key, words)))
            for key, words in self.wanted.items()
        )


EVERY = Choosing(wanted={})
"""Every conversation is chosen."""


def choosing_of(clause: Clause) -> Choosing:
    """Return what a clause's attributes choose; nothing chosen is every conversation."""
    written = {key: clause.parameters[key] for key in CHOOSING_KEYS if key in clause.parameters}
    return Choosing(wanted={key: _words(value) for key, value in written.items()})


def misfit_of_choice(key: str, written: str, channels: tuple[str, ...]) -> Misfit | None:
    """Return why a clause cannot choose so, or None; its SOP governs `channels`, or all without any."""
    words = _words(written)
    if not words:
        return Misfit(message=f"'{written}' names no {key}", hint=f'write {key}="one | another"')
    stray = [word for word in words if key == "channel" and channels and word.casefold() not in channels]
    if stray:
        hint = f"name one of its channels: {', '.join(channels)}"
        return Misfit(message=f"the SOP does not govern the channel '{stray[0]}'", hint=hint)
    return None


def _words(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in written.split("|") if word.strip()))


@lru_cache(maxsize=1 << 8)
def channel_names(channel: str) -> frozenset[str]:
    """Return what an SOP may call the channel that a record names."""
    name = channel.casefold()
    return frozenset({name, _ALSO_CALLED.get(name, name)})
