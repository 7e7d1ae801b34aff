"""German words that are family names too: in small letters they are hardly ever meant as a name.

Nobody can list every word: what else stands here as a word is asked of the office's own texts.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

SHORTEST: Final = 4
"""Letters: a shorter name in small letters is nearly always a word or a part of speech."""

_ENDINGS: Final = ("", "e", "en", "em", "er", "es", "n", "s", "st", "t")


def is_word(text: str, stems: Collection[str]) -> bool:
    """Whether a folded name is an everyday word, in any of its usual endings, or too short to be sure.

    Args:
        stems: The everyday words, folded.
    """
    if len(text) < SHORTEST:
        return True
    return any(text.removesuffix(end) in stems for end in _ENDINGS if text.endswith(end))
