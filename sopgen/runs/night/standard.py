"""What a conversation is held to, as one fingerprint: the versions of SOPs that may judge, and the checks."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b

from sopgen.compliance.checker import governs
from sopgen.conversation.model import Conversation
from sopgen.sop.model import Sop, SopHistory

LENGTH = 16
"""Bytes of a fingerprint: among a billion, two alike by chance are less likely than 1 in 10^20."""


def fingerprint(*parts: bytes) -> bytes:
    """Return the fingerprint of the parts; where one ends and the next begins counts."""
    digest = blake2b(digest_size=LENGTH)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


class Standard:
    """The SOPs and checks of one night; two nights with equal standards judge alike."""

    def __init__(self, histories: Sequence[SopHistory], *, pack_version: str) -> None:
        self._histories = tuple(histories)
        self._pack = pack_version.encode()
        self._texts: dict[tuple[str, str], bytes] = {}
        self._turns = [sorted({each.effective for each in history.releases}) for history in histories]
        self._known: dict[_Case, bytes] = {}

    def whole(self) -> bytes:
        """Return the fingerprint of everything: while it is the same, nothing has to be judged again."""
        held = (self._held(sop) for history in self._histories for sop in _versions(history))
        effective = (
            f"{each.version} {each.effective.isoformat()}".encode()
            for history in self._histories
            for each in history.releases
        )
        return fingerprint(self._pack, *held, b"", *effective)

    def of(self, conversation: Conversation) -> bytes:
        """Return the fingerprint of what judges this conversation, from its first message to its last."""
        start, last = _span_of(conversation)
        between: list[tuple[int, int]] = []
        if start is not None and last is not None:
            between = [(bisect_right(turns, start), bisect_right(turns, last)) for turns in self._turns]
        case = (tuple(between), conversation.channel, conversation.team)
        if case not in self._known:
            held = (self._governing(history, conversation) for history in self._histories)
            self._known[case] = fingerprint(self._pack, *(self._held(sop) for sops in held for sop in sops))
        return self._known[case]

    def _governing(self, history: SopHistory, conversation: Conversation) -> Iterable[Sop]:
        found = {}
        for sop in _in_force_during(history, conversation):
            if governs(sop.applies_to, conversation):
                found[sop.version] = sop
        return found.values()

    def _held(self, sop: Sop) -> bytes:
        name = (sop.id, sop.version)
        if name not in self._texts:
            self._texts[name] = fingerprint(sop.id.encode(), sop.version.encode(), sop.source.encode())
        return self._texts[name]


_Case = tuple[tuple[tuple[int, int], ...], str, str]
"""What decides who judges: between which releases it began and ended, its channel, its team."""


def _span_of(conversation: Conversation) -> tuple[datetime | None, datetime | None]:
    start = conversation.started_at()
    return start, max((each.at for each in conversation.messages if each.at is not None), default=start)


def _in_force_during(history: SopHistory, conversation: Conversation) -> list[Sop]:
    """Return the versions that were in force at any time while the conversation went on, oldest first."""
    start, last = _span_of(conversation)
    instants = [start]
    if start is not None and last is not None:
        instants += sorted(each.effective for each in history.releases if start < each.effective <= last)
    found = (history.in_force(instant) for instant in instants)
    return [sop for sop in found if sop is not None]


def _versions(history: SopHistory) -> list[Sop]:
    """Return every version that may judge, oldest first; the draft where nothing was released."""
    if not history.releases:
        return [history.draft] if history.draft else []
    return [edition.sop for edition in history.editions]
