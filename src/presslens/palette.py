"""Colours of voices, tones and series, told apart by people with any colour vision.

After M. Okabe and K. Ito, "Color Universal Design" (2002); voices also differ in lightness, so
that they survive a black-and-white print. Colour never stands alone: every use has a label.
"""

from __future__ import annotations

INK = "#1b1f24"
MUTED = "#57606a"
GRID = "#d0d7de"
PAPER = "#ffffff"

VOICE_COLOURS = {
    "official": "#0072b2",
    "official_quoted": "#0072b2",
    "official_paraphrased": "#56b4e9",
    "other": "#e69f00",
    "unresolved": "#cc79a7",
    "attribution": "#8c8c8c",
    "unattributed": "#d5d9de",
}

# From a name to none: darker is better known.
NAMING_COLOURS = {
    "named": "#0072b2",
    "affiliated": "#56b4e9",
    "affiliated_collective": "#a6d5f0",
    "anonymous": "#d55e00",
    "anonymous_collective": "#f0b08a",
    "untold": "#8c8c8c",
    "author": "#d5d9de",
}

ENDORSEMENT_COLOURS = {
    "neutral": "#d5d9de",
    "endorsing": "#009e73",
    "distancing": "#d55e00",
    "none": "#8c8c8c",
}

SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")

TONE_COLOURS = {"negative": "#d55e00", "neutral": "#d5d9de", "positive": "#009e73"}

# What stands on a filled shape: not recoloured in the dark, since the shape is not either.
ON_DARK_FILL = "#fefefe"
ON_LIGHT_FILL = "#111111"

# What a light colour becomes where the reader prefers dark pages.
DARK = {
    INK: "#e6e9ed",
    MUTED: "#a7b0ba",
    GRID: "#3a424c",
    PAPER: "#16191e",
    "#d5d9de": "#4a525c",
}


def label_colour(fill: str) -> str:
    """The colour of a label that can be read on a fill, in light and dark pages."""
    if fill in DARK:
        return INK
    return ON_LIGHT_FILL if _luminance(fill) > 0.25 else ON_DARK_FILL


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of `#rrggbb`, from 0 to 1."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
