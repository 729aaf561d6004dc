"""What is drawn in colour can be read on any background."""

import pytest
from rich.color import Color
from rich.style import Style

from adapters.console import rich

_READABLE = 4.0
"""Twice black or white would be 4.58 at most; the Web's rules ask 4.5 of small text on one background."""


def luminance(colour: Color) -> float:
    """Between 0 for black and 1 for white, as the Web Content Accessibility Guidelines define it."""
    parts = (part / 255 for part in colour.get_truecolor())
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["FAINT", "HEADING", "CODE", "MARK", "COMMAND", "HIGHLIGHT"])
def test_every_colour_stands_out_from_black_and_from_white(name: str) -> None:
    style = getattr(rich, name)
    assert isinstance(style, Style)
    assert style.color
    light = luminance(style.color) + 0.05
    assert min(light / 0.05, 1.05 / light) >= _READABLE
