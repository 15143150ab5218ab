"""Which team a conversation belongs to, where the source does not say and the options do."""

from dataclasses import replace

from sopgen.conversation.model import SPEAKING, Conversation, Reading, Role
from sopgen.conversation.options import ImportOptions
from sopgen.conversation.speaker import key_of


def placed(reading: Reading, options: ImportOptions) -> Reading:
    """Return the conversation with the team of the first of its agents who is in one, if it has none."""
    if not options.teams or not isinstance(reading, Conversation) or reading.team:
        return reading
    teams = {key_of(name): team for team, names in sorted(options.teams.items()) for name in names}
    authors = (
        message.author
        for message in reading.messages
        if message.role is Role.AGENT and message.kind in SPEAKING
    )
    team = next((teams[key] for key in map(key_of, authors) if key in teams), "")
    return replace(reading, team=team) if team else reading
