#!/usr/bin/env python3
"""How fast exports are read, beside the bare parsing of the same bytes.

    python benchmarks/import.py [--messages N]

Each format is written to a file of its own, read once with sopgen and once by the least that could read it
(a JSON parser, or cutting a text into lines), both in processor time of this process. The ratio is what
counts: it hardly depends on the machine. Targets: JSON Lines at most 3 times bare parsing; WhatsApp at least
100,000 messages a second where bare cutting reaches 2 million lines.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import orjson

from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions

START = datetime(2024, 8, 1, 1, 0, tzinfo=UTC)
WORDS = (
    "Halo kak, pesanan saya #8891 belum sampai",
    "Selamat siang Kak Budi, mohon maaf atas ketidaknyamanannya. Boleh dibantu nomor resinya?",
    "JP123456 ya kak, udah dari tanggal 18",
    "Baik kak, kami cek dulu. Mohon ditunggu 5 menit ya 🙏",
)
OPTIONS = ImportOptions(agents=("Rina",), tz="Asia/Jakarta")
A_CHAT = 20
REPEATS = 3


def main() -> None:
    """Measure every format and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=100_000)
    count = parser.parse_args().messages
    print(f"{'format':<22}{'messages/s':>12}{'bare/s':>12}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, write, bare in FORMATS:
            path = Path(folder) / name
            write(path, count)
            read, least = (
                least_time(lambda path=path: read_all(path)),
                least_time(lambda p=path, b=bare: b(p)),
            )
            print(f"{name:<22}{count / read:>12,.0f}{count / least:>12,.0f}{read / least:>8.1f}")


def least_time(work: Callable[[], object]) -> float:
    """Return the least processor time, in seconds, of several runs."""
    times = []
    for _ in range(REPEATS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def read_all(path: Path) -> int:
    """Return how many messages sopgen reads from the file; all must be there."""
    total = 0
    for reading in read_exports([path], OPTIONS, lambda _: None):
        assert isinstance(reading, Conversation), reading
        total += len(reading.messages)
    return total


def messages(count: int) -> Iterator[tuple[int, datetime, str, str]]:
    """Yield number, instant, role and words of each message."""
    for number in range(count):
        role = "agent" if number % 2 else "customer"
        yield number, START + timedelta(seconds=37 * number), role, f"{WORDS[number % len(WORDS)]} {number}"


def write_canonical(path: Path, count: int) -> None:
    """Write conversations of A_CHAT messages, one a line."""
    with path.open("wb") as stream:
        held: list[dict[str, object]] = []
        for number, at, role, text in messages(count):
            author = "Rina" if role == "agent" else "Budi"
            held.append(
                {
                    "id": f"m{number}",
                    "at": at.isoformat(),
                    "role": role,
                    "author": author,
                    "kind": "text",
                    "text": text,
                }
            )
            if len(held) == A_CHAT or number == count - 1:
                record = {"id": f"c{number}", "channel": "livechat", "messages": held}
                stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
                held = []


def write_rows(path: Path, count: int) -> None:
    """Write one message a line."""
    with path.open("wb") as stream:
        for number, at, role, text in messages(count):
            row = {
                "conversation_id": f"c{number // A_CHAT}",
                "timestamp": at.isoformat(),
                "role": role,
                "text": text,
            }
            stream.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def write_whatsapp(path: Path, count: int) -> None:
    """Write one chat as an Indonesian phone does."""
    with path.open("w", encoding="utf-8") as stream:
        for _, at, role, text in messages(count):
            stream.write(f"{at:%d/%m/%y %H.%M} - {'Rina' if role == 'agent' else 'Budi'}: {text}\n")


def write_zendesk(path: Path, count: int) -> None:
    """Write an array of tickets in an object."""
    tickets = []
    for start in range(0, count, A_CHAT):
        comments = [
            {
                "id": start + n,
                "author_id": 1 + n % 2,
                "public": True,
                "plain_body": WORDS[n % 4],
                "created_at": at.isoformat(),
            }
            for n, at, _, _ in messages(min(A_CHAT, count - start))
        ]
        tickets.append(
            {"ticket": {"id": start, "requester_id": 1, "via": {"channel": "web"}}, "comments": comments}
        )
    users = [{"id": 1, "name": "Budi", "role": "end-user"}, {"id": 2, "name": "Rina", "role": "agent"}]
    path.write_text(
        "".join(json.dumps({**each, "users": users}) + "\n" for each in tickets), encoding="utf-8"
    )


def parse_lines(path: Path) -> int:
    """Return how many lines of JSON the file has, each parsed."""
    with path.open("rb") as stream:
        return sum(1 for line in stream if orjson.loads(line))


def cut_lines(path: Path) -> int:
    """Return how many lines the text has."""
    return len(path.read_text(encoding="utf-8").split("\n"))


FORMATS: tuple[tuple[str, Callable[[Path, int], None], Callable[[Path], int]], ...] = (
    ("canonical.jsonl", write_canonical, parse_lines),
    ("rows.jsonl", write_rows, parse_lines),
    ("zendesk.jsonl", write_zendesk, parse_lines),
    ("WhatsApp Chat with Budi.txt", write_whatsapp, cut_lines),
)


if __name__ == "__main__":
    main()
