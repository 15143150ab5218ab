"""The colours of reports, in light and dark: one table for style sheets, charts and paper.

Pass is a blue-green and fail a vermilion of another lightness, so that readers with any of the three colour
blindnesses tell them apart; a test simulates them (G. Machado, M. Oliveira, L. Fernandes, "A
physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (2009) 1291-1298). Text
stands out from its ground by 4.5 to 1 at least (WCAG 2.2, success criterion 1.4.3). No colour says anything
that a word, a number or a place does not say too.
"""

import re
from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#f6f6f3", "card": "#ffffff", "sunk": "#f0f1ee", "ink": "#1c2328", "soft": "#56626b",
    "line": "#dfe2e0", "link": "#0b5a8a", "critical": "#b0231b", "major": "#8f4c00", "minor": "#3f5d7d",
    "critical-wash": "#fdeceb", "major-wash": "#fdf1e2", "minor-wash": "#eaf0f6", "pass": "#1f7f8c",
    "fail": "#c4412b", "undecided": "#e0a526", "na": "#d3d7d6", "range": "#a9b6bc", "ground": "#e7e9e7",
    "band": "#cfe3e6", "agent": "#e6f1ee", "customer": "#ffffff", "mark": "#ffd9a8", "mark-ink": "#3d1d00",
    "better": "#146570", "worse": "#b0231b", "heat-0": "#fbf7f3", "heat-1": "#fdebdd", "heat-2": "#f9cfb2",
    "heat-3": "#f2a67c", "heat-4": "#c4502f", "heat-5": "#8e2a1a", "heat-ink": "#1c2328",
    "heat-ink-4": "#ffffff", "heat-ink-5": "#ffffff",
}  # fmt: skip

DARK: Mapping[str, str] = {
    "paper": "#14181b", "card": "#1c2226", "sunk": "#171c1f", "ink": "#e6eaec", "soft": "#a3afb7",
    "line": "#30393f", "link": "#7cc0ee", "critical": "#ff8a80", "major": "#f2b266", "minor": "#9dbbd9",
    "critical-wash": "#3a1d1b", "major-wash": "#34281a", "minor-wash": "#1f2a35", "pass": "#4fb0bd",
    "fail": "#e8694f", "undecided": "#ecc35a", "na": "#4a545b", "range": "#66747d", "ground": "#2a3237",
    "band": "#23434a", "agent": "#1d322d", "customer": "#252c31", "mark": "#6b4310", "mark-ink": "#ffe9cc",
    "better": "#6cc7d3", "worse": "#ff8a80", "heat-0": "#20272b", "heat-1": "#33251f", "heat-2": "#532f24",
    "heat-3": "#7c3d2a", "heat-4": "#b0502f", "heat-5": "#e88868", "heat-ink": "#f4f1ee",
    "heat-ink-4": "#ffffff", "heat-ink-5": "#1c1512",
}  # fmt: skip

_USED = re.compile(r"var\(--([a-z0-9-]+)\)")


def custom_properties() -> str:
    """Return the colours as custom properties, the dark ones for those who prefer them."""
    light, dark = (";".join(f"--{name}:{value}" for name, value in each.items()) for each in (LIGHT, DARK))
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )


def coloured(css: str) -> str:
    """Return a style sheet with the light colours filled in: paper has no other, and looks none up."""
    return _USED.sub(lambda found: LIGHT[found[1]], css)
