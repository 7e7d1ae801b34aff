"""Texts that leave the office for good, or are owed to somebody: cleaned, and never cut."""

from __future__ import annotations

from ob_buero_tui.rules.clean import clean

PIECE = 4_000
"""Characters of one paragraph of a printed page."""


def whole(text: str, *, multiline: bool = True) -> str:
    """The text without anything that could act on a terminal, in its full length."""
    return clean(text, multiline=multiline, limit=max(1, 3 * len(text)))  # NFC can make it longer


def pieces(text: str) -> list[str]:
    """The whole text in paragraphs that a page takes, parted at line breaks or blanks where there are any."""
    found, rest = [], whole(text)
    while len(rest) > PIECE:
        at = max(rest.rfind("\n", 1, PIECE), 0) or max(rest.rfind(" ", 1, PIECE), 0)
        end, after = (at, at + 1) if at else (PIECE, PIECE)
        found.append(rest[:end])
        rest = rest[after:]
    return [*found, rest]
