"""What pages say in words is what DuckDB says of the same Parquet, written as Indonesian readers write it."""

import re

import pytest
from figure_month import VEIL, asked, runs

from sopgen.quality.figure.figures import Reader
from sopgen.quality.figure.scorecard import LEAST_CONVERSATIONS
from sopgen.quality.hypertext import render
from sopgen.quality.locale import number, percent
from sopgen.quality.report import Assignment, opened


@pytest.fixture(scope="module")
def pages() -> dict[Reader, str]:
    """Return the words of each reader's page over the month, without tags."""
    with opened(Assignment(runs=tuple(runs()), veil=VEIL)) as opened_pages:
        return {reader: _words(render(opened_pages.page(reader))) for reader in Reader}


def _words(page: str) -> str:
    body = re.sub(r"(?s)<(style|script)>.*?</\1>", " ", page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_scorecards_say_what_the_files_hold(pages: dict[Reader, str]) -> None:
    """Of every team the conversations and the score; of agents with few conversations only how many."""
    query = """
        SELECT {who}, count(DISTINCT (source, conversation_id)),
               sum(weight) FILTER (verdict = 'pass' AND severity <> 'critical')
                   / sum(weight) FILTER (severity <> 'critical')
        FROM V WHERE verdict IN ('pass', 'fail') AND {who} <> '' GROUP BY ALL"""
    many = [row for row in asked(query.format(who="team")) if row[1] >= LEAST_CONVERSATIONS]
    assert len(many) > 1
    for team, conversations, score in many:
        assert f"{team} {number(conversations, 'id')} {percent(score, 'id')}" in pages[Reader.LEAD]
    few = [row for row in asked(query.format(who="agent")) if row[1] < LEAST_CONVERSATIONS]
    assert few
    for agent, conversations, _ in few:
        assert f"{agent} {number(conversations, 'id')} percakapan terlalu sedikit" in pages[Reader.LEAD]


def test_clauses_say_what_the_files_hold(pages: dict[Reader, str]) -> None:
    """Of the clauses broken most the share that is broken and of how many."""
    rows = asked("""
        SELECT clause, count(*) FILTER (verdict = 'fail') / count(*), count(*) FROM V
        WHERE verdict IN ('pass', 'fail') AND sop = 'cs-swin' GROUP BY clause
        ORDER BY count(*) FILTER (verdict = 'fail') DESC LIMIT 3""")
    for _, share, decided in rows:
        assert re.search(
            rf"{re.escape(percent(share, 'id'))} .{{5,25}} n\s=\s{re.escape(number(decided, 'id'))}\b",
            pages[Reader.OWNER],
        )


def test_totals_say_what_the_files_hold(pages: dict[Reader, str]) -> None:
    """Conversations, and how many of them have findings."""
    ((conversations,),) = asked("SELECT count(*) FROM C")
    ((found,),) = asked("SELECT count(DISTINCT (source, conversation_id)) FROM V WHERE verdict = 'fail'")
    assert number(conversations, "id") in pages[Reader.QA]
    assert percent(found / conversations, "id") in pages[Reader.QA]
