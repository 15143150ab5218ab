"""A conversation laid out for judging: who speaks when, and what each message does, as sets of positions.

Everything that rules ask of one conversation is *work*: something worked out from its timeline once. Work
says which acts of whose messages have a say in it (`reads`), so that a twin of the conversation, in which one
act of one message is otherwise, takes over whatever that act has no say in. What is worked out for many
conversations at once, such as selections, belongs to `timelines`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sopgen.compliance.bits import Bits, positions
from sopgen.compliance.era import Era
from sopgen.conversation.model import SPEAKING, Conversation, Kind, Message, Role
from sopgen.language.opinion import says_something
from sopgen.language.recognition import Asked, Hit, Recognise, Recognition, heard_together

if TYPE_CHECKING:
    from sopgen.compliance.timelines import Timelines

T = TypeVar("T")
Unit = tuple[int, ...]
"""A message (one position) or a turn (its positions, ascending)."""

Ask = tuple[str, Role]
"""The question whether messages of a role perform an act."""

Reads = frozenset[Ask]
NO_ACTS: Reads = frozenset()

_CUSTOMER, _AGENT, _TEXT, _EVENT = Role.CUSTOMER, Role.AGENT, Kind.TEXT, Kind.EVENT
_NAMES = {role: role.value for role in Role}
_NO_ROLES, _NO_KINDS = dict.fromkeys(Role, 0), dict.fromkeys(Kind, 0)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Work(Generic[T]):
    """Something to work out from a timeline; no act has a say in it but those that it reads."""

    do: Callable[["Timeline"], T]
    reads: Reads = NO_ACTS

    def told_to(self, timeline: "Timeline") -> T:
        """Return what the work comes to for a conversation."""
        return self.do(timeline)


class Timeline(dict[Work[Any], Any]):
    """A conversation, its turns, what each message does, and all that was worked out from it, by the work.

    `roles` and `kinds` hold the messages of each; `spoken` are those whose words were said to the other
    party, `written` also internal notes. A turn goes by the position of its first message, its head: `turns`
    are the heads in order, `heads` those of a role, and `turn_at[head]` is the whole turn. `heard` is what
    messages do, of those that somebody asked about. `era` is what the judging version of the SOP governs,
    None for all. `start` is where the conversation begins among those that are judged together, `together`,
    and `end` the place right after it.
    """

    __slots__ = (
        "conversation", "end", "era", "heads", "heard", "kinds", "messages", "recognise", "roles", "spoken",
        "start", "together", "turn_at", "turns", "written",
    )  # fmt: skip

    if TYPE_CHECKING:

        def __getitem__(self, work: Work[T]) -> T: ...

    def __init__(self, conversation: Conversation, recognise: Recognise) -> None:
        self.conversation = conversation
        self.era: Era | None = None
        self.messages: tuple[Message, ...] = conversation.messages
        self.recognise = recognise
        self.heard: dict[int, Recognition] = {}
        self.start, self.end = 0, len(self.messages)
        self.together: Timelines | None = None
        self._lay_out()

    def __missing__(self, work: Work[T]) -> T:
        """Return what the work comes to, and remember it."""
        found = self[work] = work.told_to(self)
        return found

    __hash__ = object.__hash__  # type: ignore[assignment]

    def _lay_out(self) -> None:
        roles, kinds = _NO_ROLES.copy(), _NO_KINDS.copy()
        turns: list[tuple[Role, int, Bits]] = []
        speaker, head, turn = None, 0, 0
        for at, message in enumerate(self.messages):
            role, kind, bit = message.role, message.kind, 1 << at
            roles[role] |= bit
            kinds[kind] |= bit
            if kind not in SPEAKING or (role is not _CUSTOMER and role is not _AGENT):
                continue
            if role is not speaker:
                if speaker is not None:
                    turns.append((speaker, head, turn))
                speaker, head, turn = role, at, 0
            turn |= bit
        if speaker is not None:
            turns.append((speaker, head, turn))
        self.roles, self.kinds = roles, kinds
        self.spoken = kinds[Kind.TEXT] | kinds[Kind.MEDIA]
        self.written = self.spoken | kinds[Kind.NOTE]
        self._keep_turns(turns)

    def _keep_turns(self, turns: list[tuple[Role, int, Bits]]) -> None:
        heads = _NO_ROLES.copy()
        for role, head, _ in turns:
            heads[role] |= 1 << head
        self.heads = heads
        self.turns = [head for _, head, _ in turns]
        self.turn_at = {head: turn for _, head, turn in turns}

    def recognition(self, position: int) -> Recognition:
        """Return what the message at `position` does; all that was said is heard together."""
        found = self.heard.get(position)
        if found is None:
            if is_said(self.messages[position]):
                said, places = said_in(self.conversation)
                self.heard.update(zip(places, heard_together(self.recognise, said), strict=True))
            else:
                alone = heard_together(self.recognise, said_at(self.messages, position))
                self.heard[position] = alone[-1]
            found = self.heard[position]
        return found

    def hits_of(self, position: int, acts: frozenset[str]) -> tuple[Hit, ...]:
        """Return the hits of these acts in the message at `position`."""
        return self.recognition(position).hits_of(acts)

    def within(self, heads: Bits) -> Bits:
        """Return the messages of the turns with these heads."""
        found = 0
        for head in positions(heads):
            found |= self.turn_at[head]
        return found

    def owns(self, position: int) -> bool:
        """Return whether the judging version governs the message at `position`."""
        return self.era is None or self.era >> position & 1 == 1

    def again(self, era: Era | None) -> "Timeline":
        """Return the same conversation of which the judging version governs an era, with work of its own."""
        return View(self, era)


class View(Timeline):
    """A conversation as another timeline has laid it out, with work of its own."""

    __slots__ = ("_origin",)

    def __init__(self, origin: Timeline, era: Era | None) -> None:
        self.conversation, self.messages, self.era = origin.conversation, origin.messages, era
        self.roles, self.kinds, self.heads = origin.roles, origin.kinds, origin.heads
        self.turns, self.turn_at = origin.turns, origin.turn_at
        self.spoken, self.written = origin.spoken, origin.written
        self.start, self.end, self.together = 0, len(self.messages), None
        self.recognise, self.heard, self._origin = origin.recognise, origin.heard, origin

    def recognition(self, position: int) -> Recognition:
        """Return what the message at `position` does."""
        return self._origin.recognition(position)


class Twin(View):
    """A conversation in which one message performs an act that it does not perform in the origin, or not.

    `ask` is the question that is answered otherwise.
    """

    __slots__ = ("_act", "_position", "ask")

    def __init__(self, origin: Timeline, position: int, act: str) -> None:
        super().__init__(origin, origin.era)
        self._act, self._position, self.ask = act, position, (act, self.messages[position].role)

    def __missing__(self, work: Work[T]) -> T:
        """Return what the work comes to, from the origin where the difference has no say in it."""
        found = self[work] = work.told_to(self) if self.ask in work.reads else self._origin[work]
        return found

    def recognition(self, position: int) -> Recognition:
        """Return what the message at `position` does."""
        found = self._origin.recognition(position)
        return flipped(found, self._act) if position == self._position else found


def flipped(recognition: Recognition, act: str) -> Recognition:
    """Return the recognition with an act taken away that was there, or added to the whole text."""
    hits = tuple(hit for hit in recognition.hits if hit.act != act)
    if len(hits) == len(recognition.hits):
        hits = (*hits, Hit(act, 0, len(recognition.text)))
    return recognition.with_hits(hits, recognition.chances)


def reads_of(acts: Iterable[str], roles: Iterable[Role]) -> Reads:
    """Return the questions whether messages of these roles perform these acts."""
    asked = tuple(roles)
    return frozenset((act, role) for act in acts for role in asked)


def is_said(message: Message) -> bool:
    """Return whether a message is words of one party to the other."""
    return message.kind is _TEXT and (message.role is _CUSTOMER or message.role is _AGENT)


def said_in(conversation: Conversation) -> tuple[list[Asked], list[int]]:
    """Return what the parties said, each with the last words of the other before it, and where it stands."""
    customer = agent = ""
    said, places = [], []
    for at, message in enumerate(conversation.messages):
        if not is_said(message):
            continue
        text = message.text
        if message.role is _CUSTOMER:
            said.append((_NAMES[_CUSTOMER], text, agent))
            customer = text
        else:
            said.append((_NAMES[_AGENT], text, customer))
            agent = text
        places.append(at)
    return said, places


def said_at(messages: Sequence[Message], at: int) -> list[Asked]:
    """Return a message that is no words to the other party, such as a caption, and theirs before it.

    What stands for a file says nothing, whatever was said before it.
    """
    role, text = messages[at].role, messages[at].text
    if role not in (_CUSTOMER, _AGENT) or not says_something(text):
        return [(_NAMES[role], text, "")]
    other = _AGENT if role is _CUSTOMER else _CUSTOMER
    before = next((each.text for each in messages[at::-1] if each.role is other and each.kind is _TEXT), "")
    earlier = [(_NAMES[other], before, "")] if before else []
    return [*earlier, (_NAMES[role], text, before)]
