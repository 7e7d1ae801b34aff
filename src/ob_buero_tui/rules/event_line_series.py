"""A rhythm at the end of a line: „di 14 Uhr Rücksprache, jeden di bis 30.6.“."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_make import SeriesChoice
from ob_buero_tui.rules.series_words import read_series
from ob_buero_tui.rules.when_words import fold
from ob_buero_tui.rules.workdays import WorkCalendar

SERIES_WORD = re.compile(
    r"(?:jede[nrsm]?|alle|immer|taeglich|woechentlich|monatlich|jaehrlich|werktags|werktaeglich"
    r"|vierteljaehrlich|halbjaehrlich|(?:mon|diens|donners|frei|sams|sonn)tags|mittwochs)"
)
"""A word with which a rhythm begins, folded."""


def series_at_end(
    words: Sequence[str], today: date, cal: WorkCalendar
) -> tuple[SeriesChoice, list[str]] | None:
    """A rhythm after the title, up to the end of the line or to a comma, and the words around it.

    Raises:
        Refusal: after a comma stands a rhythm that may mean two things, or whose end is wrong.
    """
    for begin in range(1, len(words)):
        if SERIES_WORD.fullmatch(fold(words[begin])) is None:
            continue
        for end in range(len(words), begin, -1):
            if end < len(words) and not words[end - 1].endswith(","):
                continue
            try:
                choice = read_series(" ".join(words[begin:end]), today, cal)
            except Refusal as refusal:
                if refusal.why and words[begin - 1].endswith(","):
                    raise
                continue
            if choice is not None:
                before = [*words[: begin - 1], words[begin - 1].rstrip(",")]
                return choice, [*before, *([","] if end < len(words) else []), *words[end:]]
    return None
