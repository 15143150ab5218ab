"""The colours of reports can be told apart and read by everyone, in light and dark."""

import itertools

import numpy as np
import pytest

from sopgen.quality.colour import DARK, LIGHT, coloured, custom_properties

BLINDNESS = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
VERDICTS = ("pass", "fail", "undecided", "na")
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "card", "sunk")),
    *((name, "card") for name in ("critical", "major", "minor", "better", "worse")),
    *((name, f"{name}-wash") for name in ("critical", "major", "minor")),
    *(("heat-ink", f"heat-{step}") for step in range(4)),
    *((f"heat-ink-{step}", f"heat-{step}") for step in (4, 5)),
    ("mark-ink", "mark"),
    ("ink", "agent"),
    ("soft", "agent"),
    ("ink", "customer"),
    ("soft", "customer"),
]


def linear(colour):
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(light):
    x, y, z = TO_XYZ @ light / np.array([0.95047, 1, 1.08883])
    x, y, z = (np.cbrt(each) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one, other):
    low, high = sorted(linear(each) @ np.array([0.2126, 0.7152, 0.0722]) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_verdicts_can_be_told_apart(palette, blindness):
    """By every two of them at least 20 apart in CIELAB, also as colour-blind readers see them."""
    seen = [np.clip(BLINDNESS[blindness] @ linear(palette[name]), 0, 1) for name in VERDICTS]
    apart = [np.linalg.norm(lab(one) - lab(other)) for one, other in itertools.combinations(seen, 2)]
    assert min(apart) > 20


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out(palette, ink, ground):
    """By 4.5 to 1, as level AA asks of small text."""
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize(("palette", "sign"), [(LIGHT, -1), (DARK, 1)], ids=["light", "dark"])
def test_the_heat_of_a_map_grows_by_lightness(palette, sign):
    """Each step is darker on white and lighter on black than the one before, so that grey prints show it."""
    light = [lab(linear(palette[f"heat-{step}"]))[0] for step in range(6)]
    assert all(sign * (after - before) > 1 for before, after in itertools.pairwise(light))


def test_both_schemes_have_the_same_colours():
    """Nothing is left light on a dark page, and paper finds every colour that it asks for."""
    assert LIGHT.keys() == DARK.keys()
    assert "--heat-5:#8e2a1a" in custom_properties()
    assert coloured("a { color: var(--link) }") == "a { color: #0b5a8a }"
