"""A bar of characters for a number beside others."""

from __future__ import annotations

from typing import Final

_PARTS: Final = "▏▎▍▌▋▊▉█"
_PLAIN: Final = "#"


def bar(value: int, most: int, width: int, *, plain: bool = False) -> str:
    """Return a bar of at most `width` cells, as long in proportion as the value; padded to the width.

    Args:
        value: The number shown; below zero counts as zero.
        most: The number of the longest bar.
        plain: Whether to draw with `#` alone, for a terminal without block characters.
    """
    if value <= 0 or most <= 0 or width <= 0:
        return " " * max(0, width)
    eighths = max(1, min(width * 8, round(value * width * 8 / most)))
    if plain:
        return (_PLAIN * max(1, eighths // 8)).ljust(width)
    whole, rest = divmod(eighths, 8)
    return (_PARTS[-1] * whole + (_PARTS[rest - 1] if rest else "")).ljust(width)
