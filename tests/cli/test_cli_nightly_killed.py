"""Nights that are killed with SIGKILL: nothing is lost, nothing counted twice, and the results are the same.

`benchmarks/nightly.py` does the same at hundreds of moments.
"""

import random
from functools import partial

import pytest
from night_killing import POINTS, fill, finished, forked, hold, killed_after, killed_at, verdicts
from night_project import CONFIG, NightProject

CONVERSATIONS = 60
STEPS = ("spooling", "enclosing", "renamed", "by day", "reporting")
SEED = 20261122


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return the verdicts of a night that nobody disturbed, and the seconds that it took."""
    project = NightProject(tmp_path_factory.mktemp("undisturbed") / "toko").folder
    fill(project, CONVERSATIONS)
    seconds = finished(partial(forked, project))
    expected = verdicts(project)
    hold(project, CONVERSATIONS, expected)
    return expected, seconds


def test_a_night_killed_at_every_step_ends_as_one_that_nobody_disturbed(tmp_path, undisturbed):
    """Each night is killed at the next of its steps; the last one finishes what all of them began."""
    project = NightProject(tmp_path / "toko").folder
    fill(project, CONVERSATIONS)
    start = partial(forked, project)
    killed = [name for name in STEPS if killed_at(start, project, POINTS[name])]
    finished(start)
    hold(project, CONVERSATIONS, undisturbed[0])
    assert {"spooling", "enclosing", "renamed"} <= set(killed)


def test_nights_killed_at_random_moments_end_as_one_that_nobody_disturbed(tmp_path, undisturbed):
    """Moments spread over a whole night, several processes judging, another file arriving meanwhile."""
    project = NightProject(
        tmp_path / "toko", config=CONFIG.replace("[nightly]", "[nightly]\nworkers = 2")
    ).folder
    fill(project, CONVERSATIONS)
    expected, seconds = undisturbed
    chance = random.Random(SEED)  # noqa: S311 - no secret
    start = partial(forked, project)
    for _ in range(2):
        killed_after(start, project, chance.uniform(0, seconds))
    finished(start)
    hold(project, CONVERSATIONS, expected)
