"""Everything the checker sees and says about conversations, as text: two versions of sopgen compare by it.

    python benchmarks/verdicts.py before.jsonl checks/training/dialogues_*.jsonl tests/cases
    …change what should change nothing…
    python benchmarks/verdicts.py after.jsonl checks/training/dialogues_*.jsonl tests/cases
    cmp before.jsonl after.jsonl

One line a conversation, in the order of reading: what each message does (acts, ranges, values, words,
fillers, and the chances in full precision), every judgement of every SOP's draft, and every finding. It holds
the words of the chats: keep it where the chats may be kept.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from sopgen.base.diagnostic import Diagnostic
from sopgen.compliance.checker import Checker, make_checker
from sopgen.compliance.pack import Pack, default_pack_folder, load_pack
from sopgen.compliance.timeline import Timeline
from sopgen.conversation.export import read_exports
from sopgen.conversation.model import Conversation
from sopgen.conversation.options import ImportOptions
from sopgen.language.recognition import Recognition
from sopgen.runs.finding import findings_of, write_finding
from sopgen.sop.library import read_library

_SAID = (
    "conversation", "source", "channel", "team", "agent", "opened_at", "sop", "version", "clause",
    "clause_number", "clause_text", "check", "code", "verdict", "severity", "error_class", "weight",
    "evidence", "reason", "remedy", "suggestion", "confidence", "language", "pack_version",
)  # fmt: skip


def main() -> None:
    """Write the file that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="file to write, JSON Lines")
    parser.add_argument("exports", type=Path, nargs="+", help="exports, or folders of them")
    parser.add_argument("--sops", type=Path, default=Path("sop_sources"))
    asked = parser.parse_args()
    pack = load_pack([default_pack_folder()], _tell)
    checker = make_checker(read_library(asked.sops, _tell), pack, _tell, draft=True)
    options = ImportOptions(tz="Asia/Jakarta", channel="livechat")
    with asked.out.open("wb") as file:
        for reading in read_exports(asked.exports, options, _tell):
            if isinstance(reading, Conversation):
                record = told(reading, pack, checker)
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE, default=str))


def told(conversation: Conversation, pack: Pack, checker: Checker) -> dict[str, Any]:
    """Return all that is seen in a conversation and said about it."""
    judgements = checker.judge(conversation)
    return {
        "id": conversation.id,
        "seen": list(_seen(conversation, pack)),
        "judged": [{name: getattr(each, name) for name in _SAID} for each in judgements],
        "found": [write_finding(each) for each in findings_of(conversation, judgements)],
    }


def _seen(conversation: Conversation, pack: Pack) -> Iterator[list[Any]]:
    timeline = Timeline(conversation, pack.recognise)
    for position in range(len(conversation.messages)):
        yield _written(timeline.recognition(position))


def _written(seen: Recognition) -> list[Any]:
    hits = [[hit.act, hit.start, hit.end, hit.value] for hit in seen.hits]
    return [hits, list(seen.words), list(seen.fillers), [list(each) for each in seen.chances.items()]]


def _tell(flaw: Diagnostic) -> None:
    print(f"{flaw.span}: {flaw.message}", file=sys.stderr)


if __name__ == "__main__":
    main()
