"""Who the ids of a chat are."""

import re
from collections.abc import Iterable

from sopgen.conversation.desk import Desk
from sopgen.conversation.document.node import Node
from sopgen.conversation.model import Role

ROLES = {
    "customer": Role.CUSTOMER,
    "visitor": Role.CUSTOMER,
    "agent": Role.AGENT,
    "supervisor": Role.AGENT,
    "bot": Role.BOT,
    "system": Role.SYSTEM,
}
"""What the types of users mean."""

_BOT_ID = re.compile(r"[0-9a-f]{32}")


class Users:
    """The users of a chat."""

    def __init__(self, desk: Desk, users: Iterable[Node]) -> None:
        self.desk = desk
        self._users = {user.text("id"): user for user in users}
        customers = (user for user in self._users.values() if user.text("type") == "customer")
        self.customer = next((user.text("name") for user in customers), "")

    def name(self, number: str) -> str:
        """Return the name of the user with that id, else an agent's address."""
        known = self._users.get(number, Node({})).text("name", "email")
        return known or (number if "@" in number else "")

    def role(self, number: str) -> Role:
        """Return who the user is; who is not among the users is known by the form of the id."""
        told = ROLES.get(self._users.get(number, Node({})).text("type"))
        if told is not Role.CUSTOMER and _BOT_ID.fullmatch(number):
            told = Role.BOT
        if told is None:
            told = Role.AGENT if "@" in number else Role.CUSTOMER if number else Role.SYSTEM
        return self.desk.role(told, self.name(number), number)
