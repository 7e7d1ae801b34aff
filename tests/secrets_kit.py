"""Words that must not leave, one for each level, and how to look for them in what did leave."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import CheckConstraint, Text

from ob_buero_tui.rules.visibility import OUTSIDE, Audience, Confidentiality
from ob_buero_tui.store.base import Row
from ob_buero_tui.store.types import JsonText

# Umlauts and commas are escaped, folded and encoded; a word is looked for in whatever form it has.
WORDS = {level: f"Wörtchen, {level.value};" + "ä" * 40 + level.value.upper() for level in Confidentiality} | {
    "trash": "Müll-Wörtchen;" + "ü" * 40,
    "links": "Hängt-dran, " + "ö" * 40,
    "agenda": "Nicht öffentlich; N",
    "foreign": "Fremdes Wörtchen;" + "ö" * 40,
}
"""`foreign` is persoenlich and belongs to another account: no output of this desk may hold it, ever."""

TERM = "Ein allgemeines Wort"
ITEM_UNKNOWN = "Niemand sagte, ob öffentlich"
SET = frozenset(
    (
        *("state", "status", "confidentiality", "kind", "channel", "tzid", "rrule", "calendar", "template"),
        *("oparl_id", "number", "owner", "meeting_state", "raw", "check", "ladungsfrist", "host"),
        *("agenda_led_by", "chain", "recurrence_id", "other_recurrence_id", "sha256", "spans"),
        *("status_before", "retention_class"),
    )
)
"""Columns by which the program works; every other text of a record holds its word."""

_LISTS = ("intake_notes", "categories", "locks", "remarks")
_MAPS = ("fields", "extra", "details", "values")


def filled(model: type[Row], word: str, **given: Any) -> Any:
    """A row with the word in every text it has."""
    values: dict[str, Any] = {}
    table: Any = model.__table__
    ours = f"ck_{table.name}_"
    checks = (str(one.name) for one in table.constraints if isinstance(one, CheckConstraint))
    listed = {name.removeprefix(ours) for name in checks}
    for column in table.columns:
        if column.name in SET or column.name in given or column.name in listed or column.primary_key:
            continue
        if isinstance(column.type, Text):
            values[column.name] = word
        elif isinstance(column.type, JsonText) and column.name in _LISTS:
            values[column.name] = [word]
        elif isinstance(column.type, JsonText) and column.name in _MAPS:
            values[column.name] = {word: word}
    return model(**(values | given))


def plain(data: str) -> str:
    """All that can be read in a file: unfolded, unescaped, without the marks of quoting."""
    text = data.replace("\r\n ", "").replace("\r\n\t", "").replace("\n ", "\n ")
    for sign in (",", ";", "n", "\\"):
        text = text.replace(f"\\{sign}", sign)
    return text.replace('""', '"').casefold()


def forms(word: str) -> set[str]:
    """A word as a whole, its telling beginning, and as JSON escapes it."""
    return {word.casefold(), word[:18].casefold(), json.dumps(word)[1:19].casefold()}


def kept_back(audience: Audience, *, at_the_desk: bool = False) -> list[str]:
    """The words that an audience must not read.

    Args:
        at_the_desk: What is shown and not written: the office itself reads there what is vertraulich, and
            what is persoenlich at the desk that owns it.
    """
    secret = [WORDS["trash"], WORDS["foreign"]]
    if not (at_the_desk and audience is Audience.INTERN):
        secret += [WORDS[Confidentiality.VERTRAULICH], WORDS[Confidentiality.PERSOENLICH]]
    if audience in OUTSIDE:
        secret += [WORDS[Confidentiality.INTERN], WORDS["links"], WORDS["agenda"], ITEM_UNKNOWN]
    return secret


def found_of(words: list[str], told: str) -> set[str]:
    """Which of some words, in whatever form, stand in what was told."""
    return {form for word in words for form in forms(word) if form in told}
