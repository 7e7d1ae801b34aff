"""What to say of values that a flipped byte spoilt: which record holds one, and what stands there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.naming import KINDS, record_name
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import derived
from ob_buero_tui.store.unreadable import SpoiltValue, unreadable_moments

JOURNAL = ("action", "action_reference", "change")


def spoilt_index(spoilt: Sequence[SpoiltValue]) -> tuple[str, ...]:
    """What is spoilt in tables that are derived from the records; they can be built anew."""
    wrong = sum(one.table in derived.DERIVED for one in spoilt)
    if not wrong:
        return ()
    values = plural(wrong, "unlesbare Angabe", "unlesbare Angaben")
    return (f"In der Suche oder der Terminübersicht: {values}.",)


def spoilt_records(
    connection: Connection, spoilt: Sequence[SpoiltValue], place: Workplace | None
) -> tuple[str, ...]:
    """Records with a spoilt text, day or time; what it was stands in a copy, or in the history."""
    return tuple(
        f"{_name(connection, one, place)}: {_spoilt(one)}"
        for one in spoilt
        if one.table not in derived.DERIVED
    )


def unreadable(place: Workplace) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What days and times are none any more, as sentences: in what is derived, and record by record.

    The journal is left to `check`: it is by far the longest, and nobody waits for a day in it.
    """

    def ask(statement: str) -> list[tuple[object, ...]]:
        # Each look is a transaction of its own, since nobody can save while somebody reads.
        with place.reading() as session:
            return [tuple(row) for row in session.connection().exec_driver_sql(statement)]

    found = unreadable_moments(ask, but=JOURNAL)
    with place.reading() as session:
        return spoilt_index(found), spoilt_records(session.connection(), found, place)


def _name(connection: Connection, one: SpoiltValue, place: Workplace | None) -> str:
    try:
        return record_name(connection, one.table, one.row_id, place)
    except ValueError:  # what names it is damaged as well
        return f"{KINDS.get(one.table, 'Datensatz')} Nr. {one.row_id}"


def _spoilt(one: SpoiltValue) -> str:
    where = f"({one.table}.{one.column})"
    if not one.text:
        return f"unlesbare Zeichen in einem Text {where}."
    text = shorten(clean(one.text), 40)
    return f"„{text}“ ist kein Tag und keine Uhrzeit {where}; zu sehen ist dafür der 1.1.1970."
