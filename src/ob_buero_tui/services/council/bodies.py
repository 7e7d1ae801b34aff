"""Entering and changing bodies: what they are, how many seats they have, and their term."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from ob_buero_tui.catalog.council import mayor_attends
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import join, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.verbs import set_attendance
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.people.seeing import load_contact, read_contact
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization

_NOT_SAVED = "Das wurde nicht gespeichert."
MOST_SEATS: Final = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEntry:
    """What the office enters of a body.

    Args:
        organization_type: A value of OParl's organizationType.
        classification: The office's word: „Ausschuss“, „Aufsichtsrat“.
        voting_member_count, member_count: Seats with a vote, and all; None: not entered.
        part_of_id: The body it belongs to.
        start_date, end_date: Its term.
    """

    name: str
    short_name: str = ""
    organization_type: str = "Gremium"
    classification: str = ""
    voting_member_count: int | None = None
    member_count: int | None = None
    part_of_id: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    mayor_attends: bool = True
    note: str = ""


LABELS: Final = {
    "name": "Name",
    "short_name": "Kurzname",
    "organization_type": "Sorte",
    "classification": "Art",
    "voting_member_count": "Stimmberechtigte Sitze",
    "member_count": "Sitze insgesamt",
    "part_of_id": "gehört zu",
    "start_date": "besteht ab",
    "end_date": "besteht bis",
    "mayor_attends": "OB nimmt teil",
    "note": "Notiz",
}


def body_entry(place: Workplace, organization_id: int) -> BodyEntry:
    """A body as a form starts from it.

    Raises:
        Refusal: it is gone, or hidden from this desk.
    """
    with place.reading() as session:
        row = read_contact(place, session, "organization", organization_id)
        return BodyEntry(**{field.name: getattr(row, field.name) for field in fields(BodyEntry)})


def attends_by_name(place: Workplace, name: str, classification: str) -> bool:
    """Whether the catalog thinks that such a body takes up the mayor's time."""
    return mayor_attends(place.catalog, name, classification)


@use_case("create_body")
def create_body(work: Work, entry: BodyEntry) -> Done:
    """Enter a body.

    Raises:
        Refusal: the name is missing or there is such a body already, or the days do not fit.
    """
    entry = _fitting(work, entry, 0)
    _refuse_twin(work, entry.name, 0)
    values = {field.name: getattr(entry, field.name) for field in fields(BodyEntry)}
    row = Organization(source="Büro", source_on=work.today, categories=[], extra={}, **values)
    work.session.add(row)
    work.session.flush()
    work.tell(table="organization", ids=[row.id])
    return Done(ids=(row.id,), text=f"„{shorten(entry.name, 60)}“ angelegt")


@use_case("edit_body")
def edit_body(work: Work, organization_id: int, before: BodyEntry, entry: BodyEntry) -> Done:
    """Change what a body is; only what differs from what the form began with is written.

    Raises:
        Refusal: another desk changed the same field meanwhile, or it does not fit.
    """
    row = load_contact(work, "organization", organization_id)
    entry = _fitting(work, entry, organization_id)
    changed = {
        field.name: getattr(entry, field.name)
        for field in fields(BodyEntry)
        if getattr(entry, field.name) != getattr(before, field.name)
    }
    if "name" in changed:
        _refuse_twin(work, entry.name, organization_id)
    clashing = [name for name in changed if getattr(row, name) not in (getattr(before, name), changed[name])]
    if clashing:
        raise Refusal(
            f"{join([f'„{LABELS[name]}“' for name in clashing])} hat inzwischen jemand anders geändert.",
            "Ihre Eingabe steht noch im Formular und bleibt als Entwurf.",
            "Schließen Sie es, sehen Sie nach, und öffnen Sie es noch einmal.",
        )
    _write(work, row, changed)
    work.tell(table="organization", ids=[row.id], fields=sorted(changed))
    if not changed:
        return Done(ids=(row.id,), text=f"„{shorten(entry.name, 60)}“: nichts geändert")
    return Done(ids=(row.id,), text=f"„{shorten(entry.name, 60)}“ geändert")


def _write(work: Work, row: Any, changed: dict[str, Any]) -> None:
    """Write the columns; the calendar follows where the mayor now attends, or no longer."""
    attends = changed.get("mayor_attends")
    for name, value in changed.items():
        if name != "mayor_attends":
            setattr(row, name, value)
    work.session.flush()
    if attends is not None:
        set_attendance(work, row, attends=attends)


def _fitting(work: Work, entry: BodyEntry, own_id: int) -> BodyEntry:
    """The entry with cleaned texts.

    Raises:
        Refusal: the name is missing or taken, or seats or days do not fit.
    """
    name = " ".join(clean(entry.name, limit=300).split())
    if not name:
        raise Refusal(_NOT_SAVED, "Es fehlt der Name.", "Geben Sie ihn ein.")
    _refuse_seats(entry)
    if entry.start_date is not None and entry.end_date is not None and entry.end_date < entry.start_date:
        raise Refusal(
            _NOT_SAVED,
            f"„besteht bis“ ({long_date(entry.end_date)}) liegt vor „besteht ab“"
            f" ({long_date(entry.start_date)}).",
            "Ändern Sie einen der beiden Tage.",
        )
    if entry.part_of_id is not None:
        load_contact(work, "organization", entry.part_of_id)
        if entry.part_of_id == own_id:
            raise Refusal(_NOT_SAVED, "Ein Gremium gehört nicht zu sich selbst.", "Lassen Sie es leer.")
    return BodyEntry(
        name=name,
        short_name=" ".join(clean(entry.short_name, limit=100).split()),
        organization_type=" ".join(clean(entry.organization_type, limit=100).split()),
        classification=" ".join(clean(entry.classification, limit=100).split()),
        voting_member_count=entry.voting_member_count,
        member_count=entry.member_count,
        part_of_id=entry.part_of_id,
        start_date=entry.start_date,
        end_date=entry.end_date,
        mayor_attends=entry.mayor_attends,
        note=clean(entry.note, multiline=True, limit=20_000).strip(),
    )


def _refuse_twin(work: Work, name: str, own_id: int) -> None:
    rows = work.session.execute(select(Organization.id, Organization.name).order_by(Organization.id))
    if any(row.id != own_id and fold(" ".join(row.name.split())) == fold(name) for row in rows):
        raise Refusal(
            _NOT_SAVED,
            f"„{shorten(name, 60)}“ gibt es schon, vielleicht unter den Organisationen (F6).",
            "Öffnen Sie diesen Eintrag, oder unterscheiden Sie die Namen, etwa durch die Wahlperiode.",
        )


def _refuse_seats(entry: BodyEntry) -> None:
    votes, seats = entry.voting_member_count, entry.member_count
    if any(one is not None and not 0 <= one <= MOST_SEATS for one in (votes, seats)):
        raise Refusal(
            _NOT_SAVED, f"Sitze sind eine Zahl von 0 bis {MOST_SEATS}.", "Berichtigen Sie die Zahl."
        )
    if votes is not None and seats is not None and votes > seats:
        raise Refusal(
            _NOT_SAVED,
            f"Es können nicht mehr Sitze stimmberechtigt sein ({votes}), als es gibt ({seats}).",
            "Berichtigen Sie eine der beiden Zahlen.",
        )


@sentence("create_body")
def _created(_params: Params) -> str:
    return "Gremium angelegt"


@sentence("edit_body")
def _edited(params: Params) -> str:
    named = [LABELS[str(name)] for name in params.get("fields", []) if name in LABELS]
    return f"Gremium geändert: {join(named)}" if named else "Gremium geändert"
