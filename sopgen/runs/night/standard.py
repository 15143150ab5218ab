"""What a conversation is held to, as one fingerprint: the versions of SOPs that may judge, and the checks."""

from collections.abc import Iterable, Sequence
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
        self._known: dict[tuple[tuple[str, str], ...], bytes] = {}

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
        names = tuple(
            (sop.id, sop.version)
            for history in self._histories
            for sop in self._governing(history, conversation)
        )
        if names not in self._known:
            self._known[names] = fingerprint(self._pack, *(self._texts[name] for name in names))
        return self._known[names]

    def _governing(self, history: SopHistory, conversation: Conversation) -> Iterable[Sop]:
        found = {}
        for sop in _in_force_during(history, conversation):
            if governs(sop.applies_to, conversation):
                self._held(sop)
                found[sop.version] = sop
        return found.values()

    def _held(self, sop: Sop) -> bytes:
        name = (sop.id, sop.version)
        if name not in self._texts:
            self._texts[name] = fingerprint(sop.id.encode(), sop.version.encode(), sop.source.encode())
        return self._texts[name]


def _in_force_during(history: SopHistory, conversation: Conversation) -> list[Sop]:
    """Return the versions that were in force at any time while the conversation went on, oldest first."""
    start = conversation.started_at()
    last = max((each.at for each in conversation.messages if each.at is not None), default=start)
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
