"""What a sheet of paper holds, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ob_buero_tui.rules.tagesmappe import Lack


class SheetKind(StrEnum):
    """Which sheet; the value is the name of its template."""

    TAGESBLATT = "tagesblatt"
    WOCHENBLATT = "wochenblatt"
    FAHRERBLATT = "fahrerblatt"
    VERTRETUNGSBLATT = "vertretungsblatt"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One appointment on a sheet; its texts are cleaned, empty where there is nothing to say.

    Args:
        id: The name of the date, as the calendar has it.
        time: „14:00–15:00“, „ganztägig“ or „bis Mi 25.11.“.
        leave: When to set off, „13:40 (20 Min.)“.
        back: When to be back.
        facts: Name and text of what else is known, in the order of the sheet.
        lacks: What the folder of the day still lacks for it.
    """

    id: str
    day: date
    time: str
    title: str
    place: str = ""
    leave: str = ""
    back: str = ""
    mark: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDay:
    """One day of a sheet."""

    date: date
    title: str
    notes: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it would be printed.

    Args:
        stem: The name of its file without the ending.
        caution: Who may read it, for the head of the page.
    """

    kind: SheetKind
    title: str
    summary: str
    stem: str
    caution: str
    days: tuple[SheetDay, ...] = ()
