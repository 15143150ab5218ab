"""The codes of JSON exports. A snippet is the text of a vCon file, or of one with several."""

from sopgen.base.code import Code

_ONE = (
    '{"vcon": "0.4.0", "uuid": "c1", "parties": [{"name": "Budi"}], "dialog": [{"type": "text", '
    '"start": "2026-01-05T09:00:00+07:00", "parties": [0], "body": "halo"}]}'
)
_TWO = _ONE.replace('"c1"', '"c2"')

JSON_CODES = (
    Code(
        code="JSN101",
        title="A record that is not JSON",
        why="The record is broken: a quotation mark or a comma is missing, or an editor changed it. Only it "
        "is lost; where it began and ended shows by its brackets.",
        breaks=f'[{_ONE}, {{"uuid": "c3" "parties": []}}, {_TWO}]\n',
        keeps=f"[{_ONE}, {_TWO}]\n",
    ),
    Code(
        code="JSN102",
        title="A file that ends in the middle of a record",
        why="The download or the disk ended before the export did. Every record before the last is whole and "
        "was read; half a conversation would give wrong verdicts.",
        breaks=f"[{_ONE}, {_TWO[:90]}",
        keeps=f"[{_ONE}, {_TWO}]\n",
    ),
    Code(
        code="JSN103",
        title="A record that is too long",
        why="A record above 256 MiB (a line above 16 MiB) is no conversation, and holding it would let one "
        "file exhaust the machine; no snippet of that size is shown.",
    ),
    Code(
        code="JSN104",
        title="A time that cannot be read",
        why="Times are ISO 8601, or seconds, milliseconds or microseconds since 1970. A message whose time "
        "is unknown stands anywhere, and waiting times would be invented.",
        breaks=_ONE.replace("2026-01-05T09:00:00+07:00", "kemarin") + "\n",
        keeps=_ONE + "\n",
    ),
    Code(
        code="JSN105",
        title="A record that holds no conversation",
        why="Settings, contacts and reports also come as JSON. What has no messages in the places where this "
        "platform puts them cannot be judged.",
        breaks=f'{_ONE}\n{{"user": "Budi"}}\n',
        keeps=f"{_ONE}\n{_TWO}\n",
    ),
    Code(
        code="JSN201",
        title="A file that breaks off",
        why="The file is one conversation and ends in its middle. What stands before that was read; what "
        "came after it (a greeting, an answer) is missing, and verdicts on it are worth as much.",
        breaks=_ONE[:-2] + ', {"type": "text", "bo',
        keeps=_ONE + "\n",
    ),
    Code(
        code="JSN202",
        title="Messages that stand in the file twice",
        why="Pages of an export overlap. A message with the same id, time and words is counted once.",
        breaks=_ONE.replace('"text", "start"', '"text", "id": "d1", "start"').replace(
            '"dialog": [',
            '"dialog": [{"type": "text", "id": "d1", "start": "2026-01-05T09:00:00+07:00", '
            '"parties": [0], "body": "halo"}, ',
        )
        + "\n",
        keeps=_ONE + "\n",
    ),
    Code(
        code="JSN203",
        title="Conversations that are listed without their messages",
        why="Lists and searches of Intercom and Zendesk give each conversation with its first message, or "
        "with some. Replies that are not in the file look like replies that were never written; no snippet "
        "shows it, for only some formats have such lists.",
    ),
)
