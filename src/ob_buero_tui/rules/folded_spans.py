"""Folded text that knows where each of its letters stands in what was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import category

from ob_buero_tui.rules.folding import fold

_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Signs that part a word for the eye of nobody: soft hyphens, marks of direction, blanks of no width."""

_PLAIN: Final = re.compile(r"[\x00-\x7f]+(?=[\x00-\x7f]|\Z)")
"""Letters that fold one by one; the last one before another letter may get an accent from that."""


@dataclass(frozen=True, slots=True)
class FoldedSpans:
    """A text as `folded` makes it, with the place of each letter.

    Args:
        text: The folded text.
        starts: For each of its letters, where the written letter begins; then the length of what was written.
    """

    text: str
    starts: tuple[int, ...]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The written span behind a span of the folded text, in whole letters with their accents."""
        if end <= start:
            return self.starts[start], self.starts[start]
        last = self.starts[end - 1]
        # Two folded letters may be one written letter (ü is ue): the next begins where the place changes.
        while end < len(self.starts) - 1 and self.starts[end] == last:
            end += 1
        return self.starts[start], self.starts[end]


def folded(text: str) -> str:
    """The text in lower case with ä as ae, without accents and without signs that nobody sees."""
    return text.lower() if text.isascii() else fold(_UNSEEN.sub("", text))


def folded_spans(text: str) -> FoldedSpans:
    """The same text as `folded`, letter by letter; an accent belongs to the letter before it."""
    if text.isascii():
        return FoldedSpans(text.lower(), tuple(range(len(text) + 1)))
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    while at < len(text):
        if plain := _PLAIN.match(text, at):
            parts.append(plain.group().lower())
            starts += range(at, plain.end())
            at = plain.end()
            continue
        start, letter = at, text[at]
        at += 1
        while at < len(text) and (_UNSEEN.match(text[at]) or category(text[at])[0] == "M"):
            letter, at = letter + text[at], at + 1
        part = folded(letter)
        parts.append(part)
        starts += [start] * len(part)
    return FoldedSpans("".join(parts), (*starts, len(text)))
