"""The codes of canonical JSON Lines. A snippet is the file's text."""

from sopgen.base.code import Code


def _line(message: str, more: str = "") -> str:
    """Return a file of one conversation with that message and those further keys."""
    return f'{{"id": "c1", {more}"messages": [{message}]}}\n'


_HALO = '{"role": "customer", "text": "halo"}'
_KEEPS = _line(_HALO)

CANONICAL_CODES = (
    Code(
        code="CAN101",
        title="A line that is not JSON",
        why="Each line is one conversation, complete in itself. A line that is cut off or not UTF-8 cannot "
        "be read in part without inventing the rest.",
        breaks='{"id": "c1", "messages": [{"role": "customer", "te',
        keeps=_KEEPS,
    ),
    Code(
        code="CAN102",
        title="A line that is no conversation",
        why="A conversation is an object with an `id` and a list of `messages`.",
        breaks=_KEEPS + '{"id": "c2", "text": "halo"}\n',
        keeps=_KEEPS,
    ),
    Code(
        code="CAN103",
        title="A conversation without an id",
        why="Findings, reviews and disputes name the conversation; without an id of its own it could not be "
        "found again, nor told apart in the next export.",
        breaks=f'{{"messages": [{_HALO}]}}\n',
        keeps=_KEEPS,
    ),
    Code(
        code="CAN104",
        title="The same conversation twice in a file",
        why="Counted twice it would distort every figure, and two versions of one conversation would get two"
        " verdicts. The first is kept.",
        breaks=_KEEPS * 2,
        keeps=_KEEPS,
    ),
    Code(
        code="CAN105",
        title="A message of an unknown role",
        why="Whether an agent or a customer wrote it decides every verdict, so it is not guessed. Roles are "
        "customer, agent, bot and system; common words for them (user, operator, pelanggan, agen …) are "
        "known.",
        breaks=_line('{"role": "kurir", "text": "halo"}'),
        keeps=_line('{"role": "operator", "text": "halo"}'),
    ),
    Code(
        code="CAN106",
        title="A message of an unknown kind",
        why="A note that is read as a text would count as said to the customer. Kinds are text, media, event"
        " and note.",
        breaks=_line('{"role": "agent", "kind": "bisikan", "text": "halo"}'),
        keeps=_line('{"role": "agent", "kind": "note", "text": "halo"}'),
    ),
    Code(
        code="CAN107",
        title="A time that cannot be read",
        why="Times are RFC 3339 (2026-01-05T09:00:00+07:00), or seconds or milliseconds since 1970, "
        "of the years 2 to 9998: 9999-12-31, as programs write for never, cannot be reckoned with.",
        breaks=_line('{"role": "agent", "at": "kemarin", "text": "halo"}'),
        keeps=_line('{"role": "agent", "at": "2026-01-05T09:00:00+07:00", "text": "halo"}'),
    ),
    Code(
        code="CAN108",
        title="A time without a zone",
        why="In a canonical file every time says its offset; without one 09:00 in Jakarta and in Jayapura "
        "would be the same instant. `--tz` says where the clock was.",
        breaks=_line('{"role": "agent", "at": "2026-01-05T09:00:00", "text": "halo"}'),
        keeps=_line('{"role": "agent", "at": "2026-01-05T09:00:00+07:00", "text": "halo"}'),
    ),
    Code(
        code="CAN109",
        title="A value of the wrong sort",
        why="A text must be a text and a number a number; a list where a text should be has lost its meaning"
        " on the way here.",
        breaks=_line('{"role": "agent", "text": ["halo", "kak"]}'),
        keeps=_KEEPS,
    ),
    Code(
        code="CAN110",
        title="A line that is too long",
        why="A line above 16 MiB (some 80,000 messages) is no conversation, and reading it whole would let "
        "one file exhaust the machine; no snippet of that size is shown.",
    ),
    Code(
        code="CAN201",
        title="Messages out of order",
        why="Every check reads a conversation from first to last, so messages are sorted by time; those "
        "without a time stay behind the one before them. A wrong clock in the source would show like "
        "this.",
        breaks=_line(
            '{"role": "agent", "at": "2026-01-05T09:01:00+07:00", "text": "ya?"}, '
            '{"role": "customer", "at": "2026-01-05T09:00:00+07:00", "text": "halo"}'
        ),
        keeps=_line(
            '{"role": "customer", "at": "2026-01-05T09:00:00+07:00", "text": "halo"}, '
            '{"role": "agent", "at": "2026-01-05T09:01:00+07:00", "text": "ya?"}'
        ),
    ),
    Code(
        code="CAN202",
        title="Messages that share an id",
        why="Evidence names messages by id. The second m1 is called m1#2, so that each can be pointed at.",
        breaks=_line('{"id": "m1", "role": "customer", "text": "halo"}, ' * 2 + _HALO),
        keeps=_line('{"id": "m1", "role": "customer", "text": "halo"}'),
    ),
)
