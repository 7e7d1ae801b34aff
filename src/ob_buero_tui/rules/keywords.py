"""Keywords as an office writes them: `wort` is a whole word, `wort*` its beginning, `*wort` its end.

Several words match in this order; each may have a star: `Goldene* Buch*`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ob_buero_tui.rules.folding import fold


def keyword_source(keyword: str) -> str:
    """Return the regular expression of a keyword for folded text, without the borders of the word."""
    return r"\s+".join(map(_word_source, fold(keyword).split()))


def keyword_label(keyword: str) -> str:
    """Return a keyword as people read it, without its stars."""
    return keyword.replace("*", "")


@lru_cache(maxsize=1024)
def keyword_pattern(keyword: str) -> re.Pattern[str]:
    """Return the pattern that finds a keyword in folded text."""
    return re.compile(rf"(?<!\w){keyword_source(keyword)}(?!\w)")


def _word_source(word: str) -> str:
    before = r"\w*" if word.startswith("*") else ""
    after = r"\w*" if word.endswith("*") else ""
    return before + re.escape(word.strip("*")) + after
