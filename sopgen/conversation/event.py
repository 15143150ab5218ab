"""What happens in a conversation besides words: the names that exports, people and checks use for it.

An importer writes the `event` of its platform's notice into a message's details (EVENTS), its sentence into
the text. Checks ask `happening_of`, which knows both that and the one word that sopgen's own form uses.
"""

from sopgen.conversation.model import Kind, Message

EVENTS = frozenset(
    {
        "notice", "join", "leave", "assign", "close", "rating", "rating_request", "rating_comment", "deleted",
        "call", "form", "reaction", "other",
    }
)  # fmt: skip
"""What `details["event"]` may be."""

ACTIONS = frozenset({"assigned", "transferred", "closed", "reopened", "blocked", "rated"})
"""What checks ask for; an event whose name does not tell it says so in `details["action"]`."""

_MEANINGS = {"assign": "assigned", "close": "closed", "rating": "rated"}


def happening_of(message: Message) -> str:
    """Return the action that an event message is (one of ACTIONS), else its text; "" when no event."""
    if message.kind is not Kind.EVENT:
        return ""
    if not message.details:
        return message.text
    action = message.details.get("action") or _MEANINGS.get(str(message.details.get("event")))
    return str(action) if action else message.text
