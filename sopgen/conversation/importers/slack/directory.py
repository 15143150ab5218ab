"""People and channels of a Slack export, by the ids and folders under which messages name them."""

from dataclasses import dataclass, field

from sopgen.conversation.document.node import Node

INDEXES = frozenset(
    {"users.json", "org_users.json", "channels.json", "groups.json", "dms.json", "mpims.json"}
)
"""Names of the lists beside the folders."""

_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member, guest or bot: the name that is shown, every name and address, whether it is a bot."""

    name: str
    names: tuple[str, ...]
    is_bot: bool


@dataclass(slots=True)
class Directory:
    """What the lists of the export say."""

    people: dict[str, Person] = field(
        default_factory=lambda: {_SLACKBOT: Person(name="Slackbot", names=("Slackbot",), is_bot=True)}
    )
    _names: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, record: Node, *, is_person: bool) -> None:
        """Take up a record of users.json, or of a list of channels."""
        key = record.text("id")
        if is_person and key:
            self.people.setdefault(key, person_of(record))
        elif key:
            name = record.text("name")
            self._names[key] = name
            self._ids[name or key] = key
            self._members[key] = record.texts("members")

    def person(self, key: str, row: Node) -> Person:
        """Return who wrote a row; somebody of another workspace is known by the row alone."""
        known = self.people.get(key)
        return known or person_of(row.node("user_profile"), key)

    def name_of(self, key: str) -> str:
        """Return a person's name, "" for somebody not listed."""
        return self.people[key].name if key in self.people else ""

    def channel_called(self, key: str) -> str:
        """Return the name of a channel, "" when it is not listed."""
        return self._names.get(key, "")

    def id_of(self, folder: str) -> str:
        """Return the id of the channel whose folder that is; the folder's name where no list has it."""
        return self._ids.get(folder, folder)

    def title_of(self, folder: str) -> str:
        """Return the channel's name; for a direct message those who take part."""
        key = self.id_of(folder)
        return self._names.get(key) or ", ".join(
            self.name_of(each) or each for each in self._members.get(key, ())
        )


def person_of(record: Node, key: str = "") -> Person:
    """Return a person as users.json, or the profile in a row, describes them; `key` where neither does."""
    paths = (
        "profile.display_name",
        "display_name",
        "profile.real_name",
        "real_name",
        "name",
        "profile.email",
    )
    names = tuple(dict.fromkeys(filter(None, map(record.text, paths))))
    return Person(name=next(iter(names), key), names=names, is_bot=record.flag("is_bot"))
