"""How the text of a task's date tells that the office has put it off by hand."""

from __future__ import annotations

PUT_OFF = "verschoben"
_MARK = f" · {PUT_OFF} von "
SET_BY_HAND = "von Hand gesetzt"


def by_hand(due_text: str) -> bool:
    """Whether a person has set or moved the date."""
    return _MARK in due_text or due_text.startswith(SET_BY_HAND)


def first_count(due_text: str) -> str:
    """How the date was counted before anybody moved it."""
    return due_text.partition(_MARK)[0]


def moved_from(due_text: str, day: str) -> str:
    """The text of a date that was moved once more.

    Args:
        day: The day it was moved from, as shown.
    """
    return f"{first_count(due_text) or 'ohne Frist'}{_MARK}{day}"
