"""Whether somebody wrote a piece of text in small letters alone: only there a name may have no capital."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from ob_buero_tui.rules.folded_spans import folded

_APART: Final = re.compile(r"\n\s{0,20}\n|\x00| · |\\n\\n|\n(?=[A-Z\-]{3,40}[:;])")
"""Between paragraphs, also of a calendar, its lines, columns and values: each is written in its own way."""
_LONGEST: Final = 2_000
"""Characters before and after a place that are looked at."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


class Parts:
    """The pieces of a text, looked at from places in it, in their order; each is judged once.

    Args:
        own: Folded words whose capital tells nothing: the person's names.
    """

    def __init__(self, text: str, own: Collection[str]) -> None:
        self._text = text
        self._own = own
        self._begin = self._end = -1
        self._small = False

    def around(self, start: int, end: int) -> str:
        """The piece around a place."""
        if not self._begin <= start <= end <= self._end:
            self._look(start, end)
        return self._text[self._begin : self._end]

    def small(self, start: int, end: int) -> bool:
        """Whether no word around a place has a capital but the person's names; ABC may be an abbreviation."""
        self.around(start, end)
        return self._small

    def _look(self, start: int, end: int) -> None:
        before = max(0, start - _LONGEST)
        for one in _APART.finditer(self._text, before, start):
            before = one.end()
        after = _APART.search(self._text, end, end + _LONGEST)
        self._begin, self._end = before, after.start() if after else min(len(self._text), end + _LONGEST)
        words = set(_WORD.findall(self._text[self._begin : self._end]))
        self._small = not any(
            word[0].isupper() and word[1:].islower() and not self._is_own(word) for word in words
        )

    def _is_own(self, word: str) -> bool:
        plain = folded(word)
        return plain in self._own or plain.removesuffix("s") in self._own
