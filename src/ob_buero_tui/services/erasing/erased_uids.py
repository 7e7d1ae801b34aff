"""Appointments of a file whose UIDs were erased here: some stay away, the others are followed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.ics_records import CalendarFile, EventRecord
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.uid_stand_in import StandIns, read_stand_ins, with_uid

_LISTED = select(text("value")).select_from(text("json_each(:listed)"))
UNREAD = (
    "Die Löschliste neben der Datenbank ist nicht zu lesen; ob ein Termin hier schon gelöscht wurde, ist"
    " deshalb nicht geprüft. Bitten Sie die IT, den Zugriff auf die Datei zu prüfen."
)


def stand_ins_of(place: Workplace, session: Session) -> StandIns:
    """What the Löschliste knows of this database's UIDs; read before a transaction, it is known inside it.

    Raises:
        OSError: the list is there and cannot be read.
    """
    from ob_buero_tui.services.erasing.carrying_out import database_of, origin_of

    return read_stand_ins(database_of(place), origin_of(session.connection()))


def as_known_here(
    place: Workplace, session: Session, file: CalendarFile, calendar: str
) -> tuple[CalendarFile, int]:
    """A file without the appointments that were erased here, each other by the UID that it has here.

    Also where a copy came back that is older than an appointment: the list knows it still.

    Args:
        calendar: Into which the file goes; what stands there under its own UID is left as it is.

    Returns:
        The file, with a sentence on what stays away, and how many do.
    """
    try:
        names = stand_ins_of(place, session)
    except OSError:
        return replace(file, notes=(*file.notes, UNREAD)), 0
    if not (names.gone or names.alive):
        return file, 0
    found = _found(session, names, {record.uid for record in file.events}, calendar)
    erased = {uid for uid, name in found.items() if name in names.gone}
    if not found:
        return file, 0
    days: dict[str, date] = {}
    for record in file.events:
        if record.uid in erased:
            day = record.dtstart.date()
            days[record.uid] = min(day, days.get(record.uid, day))
    notes = (*file.notes, erased_note(days.values())) if days else file.notes
    return replace(file, events=_renamed(file.events, found, erased), notes=notes), len(erased)


def _found(session: Session, names: StandIns, uids: Collection[str], calendar: str) -> dict[str, str]:
    """The stand-ins of those UIDs that have one."""
    found = {uid: name for uid in uids if (name := names.known(uid)) is not None}
    stored = session.scalars(
        select(Event.uid).where(Event.calendar == calendar, Event.uid.in_(_LISTED)),
        {"listed": json.dumps([uid for uid, name in found.items() if name != uid])},
    )
    for uid in set(stored):
        del found[uid]
    return found


def _renamed(
    records: Sequence[EventRecord], found: dict[str, str], erased: Collection[str]
) -> tuple[EventRecord, ...]:
    """The records that stay; the text they came as must not bring a UID back either."""
    return tuple(
        replace(record, uid=found[record.uid], raw=with_uid(record.raw, found[record.uid]))
        if found.get(record.uid, record.uid) != record.uid
        else record
        for record in records
        if record.uid not in erased
    )


def erased_note(days: Collection[date]) -> str:
    """German sentence on appointments that stay away; their names were erased, so their days must do.

    Args:
        days: On which each of them begins.
    """
    count = len(days)
    several = "kommen" if count > 1 else "kommt"
    on = ", ".join(long_date(day) for day in sorted(days)[:3]) + (" …" if count > 3 else "")
    many = plural(count, "Termin wurde", "Termine wurden")
    return f"{many} hier endgültig gelöscht und {several} nicht wieder: {on}."
