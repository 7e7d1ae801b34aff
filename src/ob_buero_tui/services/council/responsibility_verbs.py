"""Entering who is responsible for a subject: a new entry ends the one before, which stays to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.responsibilities import holding, key_of
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.people.seeing import load_contact, load_person
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council_year import Responsibility

_NOT_SAVED = "Das wurde nicht gespeichert."


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityEntry:
    """Who is responsible for what; a person, an office or both.

    Args:
        subject: What for, in the office's words: „Schulen“, „OB“, „Schirmherrschaft“.
        start, end: First and last day; None: open.
    """

    subject: str
    organization_id: int | None = None
    person_id: int | None = None
    start: date | None = None
    end: date | None = None
    note: str = ""


@use_case("add_responsibility")
def add_responsibility(work: Work, entry: ResponsibilityEntry) -> Done:
    """Enter who is responsible for a subject; who was before ends the day before.

    Raises:
        Refusal: the subject or whoever is responsible is missing, or the days do not fit.
    """
    entry = _fitting(work, entry)
    ended = _end_before(work, entry) if entry.start is not None else 0
    row = Responsibility(subject=entry.subject)
    _write(row, entry)
    work.session.add(row)
    work.session.flush()
    _tell(work, row, ended=ended)
    since = f" ab {long_date(entry.start)}" if entry.start else ""
    return Done(ids=(row.id,), text=f"Zuständig für „{shorten(entry.subject, 60)}“{since} eingetragen")


@use_case("edit_responsibility")
def edit_responsibility(work: Work, responsibility_id: int, entry: ResponsibilityEntry) -> Done:
    """Put right what was entered wrongly; a change from a day on is a new entry."""
    row = work.get(Responsibility, responsibility_id)
    _write(row, _fitting(work, entry))
    _tell(work, row)
    return Done(ids=(row.id,), text=f"Zuständigkeit „{shorten(row.subject, 60)}“ berichtigt")


@use_case("end_responsibility")
def end_responsibility(work: Work, responsibility_id: int, on: date) -> Done:
    """Enter the last day of a responsibility.

    Raises:
        Refusal: it begins only later.
    """
    row = work.get(Responsibility, responsibility_id)
    if row.start_date is not None and on < row.start_date:
        raise Refusal(
            _NOT_SAVED,
            f"Die Zuständigkeit beginnt erst am {long_date(row.start_date)}.",
            "Geben Sie diesen Tag ein oder einen späteren.",
        )
    row.end_date = on
    _tell(work, row)
    return Done(ids=(row.id,), text=f"Zuständigkeit „{shorten(row.subject, 60)}“ endet am {long_date(on)}")


def _tell(work: Work, row: Responsibility, **more: Any) -> None:
    work.tell(table="responsibility", ids=[row.id], **more)
    work.refer("organization", row.organization_id)
    work.refer("person", row.person_id)


def _end_before(work: Work, entry: ResponsibilityEntry) -> int:
    """End what holds for this subject when the new one begins; returns how many."""
    start = entry.start or work.today
    rows = work.session.scalars(select(Responsibility).where(holding(start))).all()
    same = [row for row in rows if key_of(row.subject) == key_of(entry.subject)]
    for row in same:
        if row.start_date == start:
            raise Refusal(
                _NOT_SAVED,
                f"Für „{entry.subject}“ ist ab {long_date(start)} schon jemand eingetragen.",
                "Berichtigen Sie diesen Eintrag mit b.",
            )
        row.end_date = start - timedelta(days=1)
    return len(same)


def _fitting(work: Work, entry: ResponsibilityEntry) -> ResponsibilityEntry:
    subject = " ".join(clean(entry.subject, limit=200).split())
    if not subject:
        raise Refusal(_NOT_SAVED, "Es fehlt, wofür.", "Schreiben Sie zum Beispiel „Schulen“ oder „OB“.")
    if entry.organization_id is None and entry.person_id is None:
        raise Refusal(
            _NOT_SAVED, "Es fehlt, wer zuständig ist.", "Wählen Sie ein Amt, eine Person oder beide."
        )
    if entry.start is not None and entry.end is not None and entry.end < entry.start:
        raise Refusal(
            _NOT_SAVED,
            f"Der letzte Tag ({long_date(entry.end)}) liegt vor dem ersten ({long_date(entry.start)}).",
            "Ändern Sie einen der beiden Tage.",
        )
    if entry.organization_id is not None:
        load_contact(work, "organization", entry.organization_id)
    if entry.person_id is not None:
        load_person(work, entry.person_id)
    return ResponsibilityEntry(
        subject=subject,
        organization_id=entry.organization_id,
        person_id=entry.person_id,
        start=entry.start,
        end=entry.end,
        note=clean(entry.note, multiline=True, limit=20_000).strip(),
    )


def _write(row: Responsibility, entry: ResponsibilityEntry) -> None:
    row.subject, row.organization_id, row.person_id = entry.subject, entry.organization_id, entry.person_id
    row.start_date, row.end_date, row.note = entry.start, entry.end, entry.note


@sentence("add_responsibility")
def _added(params: Params) -> str:
    return "Zuständigkeit eingetragen" + (", die bisherige beendet" if params.get("ended") else "")


@sentence("edit_responsibility")
def _edited(_params: Params) -> str:
    return "Zuständigkeit berichtigt"


@sentence("end_responsibility")
def _ended(_params: Params) -> str:
    return "Zuständigkeit beendet"
