"""Complaints that come again: groups that people would make, sums that add up, nothing personal in them."""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, homogeneity_score

from sopgen.quality.likeness import UNSORTED, clusters_of
from sopgen.quality.matter import matter_of, read_matters, telling_words
from sopgen.quality.recurring import Complaint, Group, Recurring, recurring, recurring_complaints
from sopgen.quality.veil import Veil
from sopgen.runs.results import open_results

CASES = Path(__file__).parent / "cases" / "complaints.jsonl"
LABELLED = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
"""Complaints of the training dialogues with the matter that a person gave them; those of the `blind` set were
labelled when the words of `matter.yaml` were finished, and serve to measure alone."""

MONDAY = datetime(2026, 10, 5, 9)  # noqa: DTZ001 - a time on the wall
VEIL = Veil(key=b"k" * 32)


def complaints(count: int = len(LABELLED)) -> list[Complaint]:
    return [
        Complaint(
            conversation=f"C-{number}",
            channel="livechat",
            text=LABELLED[number % len(LABELLED)]["text"],
            customers=("Bambang Wijaya",),
            at=MONDAY + timedelta(hours=number),
        )
        for number in range(count)
    ]


def grouped(some: list[Complaint]) -> Recurring:
    weeks = Counter(each.week for each in some if each.week)
    return recurring(
        some, {week: 3 * count for week, count in weeks.items()}, VEIL, conversations=3 * len(some)
    )


def told_by(kind: str) -> tuple[list[str], list[str]]:
    rows = [each for each in LABELLED if each["set"] == kind]
    return [each["matter"] for each in rows], [matter_of(each["text"]) or "" for each in rows]


@pytest.mark.parametrize(("kind", "rand", "pure"), [("known", 0.5, 0.6), ("blind", 0.18, 0.4)])
def test_matters_are_those_that_people_give(kind: str, rand: float, pure: float) -> None:
    """Adjusted Rand index and homogeneity against the labels, on known and on blind complaints."""
    labels, told = told_by(kind)
    assert len(labels) > 100
    assert adjusted_rand_score(labels, told) >= rand
    assert homogeneity_score(labels, told) >= pure


def test_words_of_our_own_beat_clusters_of_words_alone() -> None:
    """On blind complaints k-means and NMF over the same stems agree with people less than half as well."""
    texts = [each["text"] for each in LABELLED]
    stems = [[stem for _, stem in telling_words(text)] for text in texts]
    counted = TfidfVectorizer(analyzer=list, min_df=2, sublinear_tf=True).fit_transform(stems)
    blind = [place for place, each in enumerate(LABELLED) if each["set"] == "blind"]
    number = len(read_matters().names)
    plain = [
        KMeans(number, n_init=4, random_state=0).fit_predict(counted),
        NMF(number, init="nndsvda", random_state=0, max_iter=400).fit_transform(counted).argmax(axis=1),
    ]
    labels, told = told_by("blind")
    ours = adjusted_rand_score(labels, told)
    assert all(2 * adjusted_rand_score(labels, [each[place] for place in blind]) < ours for each in plain)


def test_every_complaint_stands_in_one_group() -> None:
    """Groups and the unsorted rest sum to all complaints, weeks to their group, parts stay within it."""
    found = grouped(complaints())
    groups = [*found.groups, *([found.unsorted] if found.unsorted else [])]
    assert sum(each.count for each in groups) == found.complaints == len(LABELLED)
    for group in groups:
        assert sum(week.complaints for week in group.weeks) == group.count
        assert sum(part.count for part in group.parts) <= group.count
        assert group.share.low is not None
        assert group.share.low <= group.count / found.complaints
    assert [each.count for each in found.groups] == sorted(
        (each.count for each in found.groups), reverse=True
    )


def test_the_same_complaints_give_the_same_groups() -> None:
    """Byte for byte."""
    assert str(grouped(complaints())) == str(grouped(complaints()))


@pytest.mark.parametrize("count", [0, 1, 20])
def test_few_complaints_are_grouped_too(count: int) -> None:
    """Twenty are told by their words; nothing is made up of none."""
    found = grouped(complaints(count))
    assert sum(each.count for each in found.groups) + (found.unsorted.count if found.unsorted else 0) == count
    assert all(each.matter for each in found.groups)


def test_quotes_and_words_name_nobody() -> None:
    """A name that everybody complains of is in no quote, and no telling word; numbers are masked."""
    some = [replace(each, text=f"{each.text} hubungi Bambang Wijaya 081234567890") for each in complaints(60)]
    found = grouped(some)
    told = str(found.as_dict())
    assert "Bambang" not in told
    assert "bambang" not in told
    assert "wijaya" not in told.casefold()
    assert "081234567890" not in told
    assert "B••••••" in told


def test_a_group_shows_different_words() -> None:
    """Ten times the same sentence is one example."""
    again = [replace(each, text="paket saya belum sampai") for each in complaints(10)]
    (group,) = grouped(again).groups
    assert (group.matter, group.count, len(group.quotes)) == ("late", 10, 1)
    assert group.name == "Terlambat atau belum datang"


def test_loose_texts_are_left_alone() -> None:
    """Texts that share nothing form no cluster."""
    alone = [
        "satu",
        "kucing oren",
        "langit biru",
        "meja kayu",
        "pohon besar",
        "gunung api",
        "sungai",
        "a",
        "b",
        "c",
    ]
    assert set(clusters_of(alone)) == {UNSORTED}
    same = [f"kunci pagar hilang nomor {number}" for number in range(8)]
    assert clusters_of([*same, *alone]) == (0,) * 8 + (UNSORTED,) * 10


def test_a_run_without_complaints_has_no_groups(folder: Path) -> None:
    """The small checker hears none."""
    with open_results((folder,)) as results:
        found = recurring_complaints(results, VEIL)
    assert (found.complaints, found.groups, found.unsorted) == (0, (), None)
    assert found.conversations > 0


def test_names_of_matters_are_in_both_languages() -> None:
    """A report in English names them in English."""
    for language in ("id", "en"):
        group: Group = recurring(complaints(5), {}, replace(VEIL, language=language), conversations=5).groups[
            0
        ]
        assert group.name == read_matters().called(group.matter, language)
