"""Who the ids of a ticket are."""

from collections.abc import Iterable

from sopgen.conversation.desk import Desk
from sopgen.conversation.document.node import Node
from sopgen.conversation.model import Role

SYSTEM = "-1"
"""The author that Zendesk itself is."""

_ROLES = {"end-user": Role.CUSTOMER, "agent": Role.AGENT, "admin": Role.AGENT}


class People:
    """The users whom a file and a ticket name."""

    def __init__(self, desk: Desk, users: Iterable[Node]) -> None:
        self.desk = desk
        self.requester = ""
        self._users: dict[str, Node] = {}
        self._customers: set[str] = set()
        for user in users:
            self.know(user)

    def know(self, user: Node) -> None:
        """Add a user object."""
        if user.text("id"):
            self._users[user.text("id")] = user

    def know_ticket(self, ticket: Node) -> None:
        """Add the people whom a ticket names."""
        for key in ("requester", "assignee", "submitter"):
            self.know(ticket.node(key))
        self.requester = ticket.text("requester_id", "requester.id")
        copied = (
            Node({"id": each}) for key in ("collaborator_ids", "email_cc_ids") for each in ticket.items(key)
        )
        staff = {ticket.text("assignee_id", "assignee.id")}
        self._customers = {self.requester, *(each.text("id") for each in copied)} - staff

    def know_update(self, audit: Node) -> None:
        """Add the requester whom the first update of a ticket names."""
        for event in audit.nodes("events", "child_events"):
            if event.text("field_name") == "requester_id" or event.has("requester_id"):
                self.requester = event.text("value", "requester_id")
                self._customers.add(self.requester)

    def need_staff(self, numbers: Iterable[str]) -> None:
        """Make sure that roles can be told where nobody is known; UnreadableError EXP118 when they cannot."""
        if not self._users and not self.requester:
            self.desk.need_staff(number for number in numbers if number != SYSTEM)

    def name(self, number: str) -> str:
        """Return the name of the user with that id, "" when nobody is known by it."""
        return self._users.get(number, Node({})).text("name", "display_name", "email")

    def role(self, number: str, told: str = "") -> Role:
        """Return who the user is: by the role told or known, else by the ticket, whose others are agents."""
        user = self._users.get(number, Node({}))
        if number == SYSTEM:
            return Role.SYSTEM
        by_ticket = Role.CUSTOMER if number in self._customers else Role.AGENT if self.requester else None
        by_role = _ROLES.get((told or user.text("role")).lower(), by_ticket)
        return self.desk.role(by_role, user.text("name"), number, user.text("email"))
