"""Which version the changes ask for, and why."""

import pytest

from sopgen.sop.difference import differences
from sopgen.sop.model import Category, Sop
from sopgen.sop.reader import read_sop
from sopgen.sop.release_codes import SPECIMEN
from sopgen.sop.release_proposal import Proposal, propose
from sopgen.sop.release_version import Step, is_version, next_version, version_key

BASE = (
    SPECIMEN["cs-contoh/sop.md"]
    + """
## Standar

- **Wajib** membalas dalam 2 menit. {#reply check=first-response-time limit=2m severity=major}
- **Sebaiknya** menyapa dengan nama. {#name check=opening-greeting}
- **Wajib** mencatat keluhan. {#log check=none reason="di luar percakapan"}
"""
)


def sop(text: str) -> Sop:
    read = read_sop(text, file="sop.md", report=lambda _: None)
    assert read is not None
    return read


def proposed(old: str, new: str) -> Proposal:
    """Return what is proposed for a draft that has `new` where the release 1.4.2 has `old`."""
    assert old in BASE
    one, other = sop(BASE), sop(BASE.replace(old, new, 1))
    return propose("1.4.2", one, other, differences(one, other))


LOG = '- **Wajib** mencatat keluhan. {#log check=none reason="di luar percakapan"}\n'
CHANGES = [
    (LOG, "", Step.MAJOR, "a demand was removed"),
    (LOG, f"{LOG}- **Dilarang** meminta OTP. {{#no-otp}}\n", Step.MAJOR, "a prohibition was added"),
    (LOG, f"{LOG}- **Wajib** meminta maaf. {{#sorry}}\n", Step.MINOR, "a demand was added"),
    ("limit=2m", "limit=1m", Step.MAJOR, "stricter"),
    ("limit=2m", "limit=3m", Step.MINOR, "looser"),
    (
        "2 menit. {#reply check=first-response-time limit=2m",
        "3 menit. {#reply check=first-response-time limit=3m",
        Step.MINOR,
        "looser",
    ),
    ("2 menit.", "3 menit.", Step.MAJOR, "reworded"),
    (" limit=2m", "", Step.MAJOR, "cannot be told to be looser"),
    ("**Sebaiknya** menyapa", "**Wajib** menyapa", Step.MAJOR, "should to must: stricter"),
    ("**Wajib** mencatat", "**Sebaiknya** mencatat", Step.MINOR, "must to should: looser"),
    ("severity=major", "severity=critical", Step.MAJOR, "stricter"),
    ("severity=major", "severity=minor", Step.MINOR, "looser"),
    ("check=opening-greeting", 'check=none reason="x"', Step.MINOR, "no longer judged by"),
    ("check=opening-greeting", "check=polite-closing", Step.MAJOR, "instead of opening-greeting"),
    (
        'check=none reason="di luar percakapan"',
        "check=status-update every=2h severity=major",
        Step.MINOR,
        "judged by status-update now",
    ),
    ("owner: Kepala Layanan", "owner: Kepala Toko", Step.PATCH, "who answers for the SOP"),
    ("review_every: 90d", "review_every: 90d\napplies_to: {channels: [mail]}", Step.MAJOR, "whom"),
    ("Melayani dengan cepat.", "Kami melayani dengan cepat.", Step.PATCH, "reworded"),
]


@pytest.mark.parametrize(("old", "new", "step", "why"), CHANGES, ids=[f"{each[3]}" for each in CHANGES])
def test_a_change_asks_for_its_step(old: str, new: str, step: Step, why: str) -> None:
    """Each kind of change has its step, and the first reason says which change it is."""
    proposal = proposed(old, new)
    assert (proposal.step, proposal.version) == (step, next_version("1.4.2", step))
    assert proposal.reasons[0].step is step
    assert why in proposal.reasons[0].text


def test_the_longest_step_wins_and_all_reasons_are_told() -> None:
    """A removed demand beside a new wording is a major version; both are told, the removal first."""
    one = sop(BASE)
    other = sop(BASE.replace(LOG, "").replace("Melayani dengan", "Kami melayani dengan"))
    proposal = propose("1.0", one, other, differences(one, other))
    assert (proposal.version, proposal.category) == ("2.0", Category.SUBSTANTIVE)
    assert [reason.step for reason in proposal.reasons] == [Step.MAJOR, Step.PATCH]


def test_a_first_release_is_one_point_zero() -> None:
    """Without a release before it there is nothing to compare with."""
    proposal = propose("", None, sop(BASE), ())
    assert (proposal.version, proposal.category) == ("1.0", Category.SUBSTANTIVE)


def test_only_other_files_ask_for_a_patch() -> None:
    """Where the text is the same, a picture was replaced."""
    proposal = propose("1.0", sop(BASE), sop(BASE), ())
    assert (proposal.version, proposal.category) == ("1.0.1", Category.ADMINISTRATIVE)


@pytest.mark.parametrize(
    ("version", "major", "minor", "patch"),
    [
        ("1.0", "2.0", "1.1", "1.0.1"),
        ("1.9.3", "2.0", "1.10", "1.9.4"),
        ("3", "4.0", "3.1", "3.0.1"),
        ("1.2.3.4", "2.0", "1.3", "1.2.4"),
    ],
)
def test_the_next_version_is_above_and_a_version(version: str, major: str, minor: str, patch: str) -> None:
    """Each step leads above the version, a longer one higher."""
    after = [next_version(version, step) for step in Step]
    assert after == [major, minor, patch]
    assert all(map(is_version, after))
    assert version_key(version) < version_key(patch) < version_key(minor) < version_key(major)


@pytest.mark.parametrize(
    "text", ["", "v1", "1.", ".1", "1..2", "1.2.3.4.5", "1234567", "1.0\n", "١.٠", "1.0-a", "../1"]
)
def test_what_is_no_version(text: str) -> None:
    """Anything but a few numbers and dots is none: a version names files."""
    assert not is_version(text)
