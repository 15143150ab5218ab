"""Bars and intervals as places in per cent, for the small pictures that a template draws."""

from collections.abc import Iterable

from sopgen.quality.interval import Estimate, share
from sopgen.quality.locale import percent
from sopgen.quality.page import Rate, Segment
from sopgen.quality.wording import Wording

_COLOURS = {
    "clean": "pass",
    "found": "fail",
    "set_aside": "undecided",
    "not_governed": "na",
    "unchanged": "minor",
}
"""The colours of what has none of its own."""


def stacked(parts: Iterable[tuple[str, str, int]]) -> tuple[Segment, ...]:
    """Return the parts (name, label, count) side by side, together 100 wide; all 0 wide without any count."""
    listed = tuple(parts)
    total = sum(count for _, _, count in listed)
    segments: list[Segment] = []
    start = 0.0
    for name, label, count in listed:
        width = 100 * count / total if total else 0.0
        segments.append(
            Segment(
                name=name,
                colour=_COLOURS.get(name, name),
                label=label,
                count=count,
                start=round(start, 3),
                width=round(width, 3),
            )
        )
        start += width
    return tuple(segments)


def rate(part: int, of: int, wording: Wording) -> Rate | None:
    """Return the share with its interval in words, or None of nothing."""
    return rate_of(share(part, of), wording)


def rate_of(estimate: Estimate, wording: Wording, *, floor: float = 0.0) -> Rate | None:
    """Return an estimate of a share in words and places, or None where it is undefined.

    `floor` is the share at which the picture begins, for shares that all lie close to 1.
    """
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return None
    low, high = percent(estimate.low, wording.language), percent(estimate.high, wording.language)
    return Rate(
        estimate=estimate,
        value=percent(estimate.value, wording.language),
        range=wording.say("range", low=low, high=high),
        at=_place(estimate.value, floor),
        low=_place(estimate.low, floor),
        width=round(_place(estimate.high, floor) - _place(estimate.low, floor), 3),
    )


def _place(share: float, floor: float) -> float:
    """Return where a share lies in a picture from `floor` to 1, in per cent."""
    return round(max(0.0, 100 * (share - floor) / (1 - floor)), 3)


def sentence(estimate: Estimate, wording: Wording) -> str:
    """Return the share with its interval as part of a sentence: "25% (95%: 19.5% to 31.4%)"."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    figures = {"rate": estimate.value, "low": estimate.low, "high": estimate.high}
    return wording.say(
        "rate_range", **{name: percent(each, wording.language) for name, each in figures.items()}
    )
