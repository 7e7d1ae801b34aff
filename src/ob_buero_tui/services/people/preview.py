"""What a step on contacts would do, before it is done: the forms of address of a form that is being filled
in, what a death stops, and what a merging keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.salutation import Forms
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.people import linked
from ob_buero_tui.services.people.addressing import body_of, forms_of
from ob_buero_tui.services.people.columns import COLUMNS, parsed
from ob_buero_tui.services.people.death import greetings_for
from ob_buero_tui.services.people.editing import contact_form
from ob_buero_tui.services.people.named import Naming
from ob_buero_tui.services.people.seeing import Contact, read_contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person

_UNTOUCHED = frozenset(("note", "categories"))
"""Columns of which a merging keeps both values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a merging would do.

    Args:
        filled: Labels and values that the kept contact takes over, as it has none.
        differing: Label, the kept value, and the one that goes to the notes.
        moving: What else moves to the kept contact: „3 Vorgänge“.
        stopping: What the death of one of them ends for all of them, one sentence each; told once.
    """

    title: str
    filled: tuple[tuple[str, str], ...]
    differing: tuple[tuple[str, str, str], ...]
    moving: tuple[str, ...]
    stopping: tuple[str, ...] = ()


def reached_at(place: Workplace, table: str, key: int | None) -> str:
    """The organization where a person is reached, as its letters name it."""
    if table != "person" or key is None:
        return ""
    with place.reading() as session:
        return body_of(session, key)


def typed_forms(
    place: Workplace, table: str, values: Mapping[str, str], body: str = ""
) -> tuple[Forms, bool]:
    """How a contact would be addressed with what stands in its form; reads no database.

    Args:
        values: What is typed, by column; what does not fit is left out.
        body: The organization where a person is reached.

    Returns:
        The forms, and whether the form itself sets one of them.
    """
    row: Contact = Person() if table == "person" else Organization()
    for column in COLUMNS[table]:
        empty: object = [] if column.kind == "list" else None if column.kind != "text" else ""
        try:
            value = parsed(column, values.get(column.name, ""))
        except Refusal:
            value = empty
        setattr(row, column.name, value)
    return forms_of(place, row, body)


def death_preview(place: Workplace, person_id: int) -> tuple[str, ...]:
    """What would be stopped if this person's death were noted, one sentence each."""
    with place.reading() as session:
        person = read_contact(place, session, "person", person_id)
        return _stopping(place, session, person) if isinstance(person, Person) else ()


def _stopping(
    place: Workplace, session: Session, person: Person, doubles: Sequence[Person] = ()
) -> tuple[str, ...]:
    """What the death of a person with these entries stops."""
    told = []
    for request, naming in greetings_for(session, place.catalog, person, [one.id for one in doubles]):
        if place.sees(request.confidentiality, request.owner) is not View.FULL:
            continue  # Not even that there is one may be told.
        if naming is Naming.YES:
            told.append(f"{request.number} „{request.subject}“ wird beendet.")
        else:
            told.append(f"{request.number} „{request.subject}“ bleibt offen, bitte prüfen.")
    lists = {name for one in (person, *doubles) for name in one.categories}
    if lists:
        told.append(f"Wird aus {plural(len(lists), 'Verteiler', 'Verteilern')} genommen.")
    return tuple(told)


def merge_preview(place: Workplace, table: str, keep_id: int, other_ids: Sequence[int]) -> tuple[Kept, ...]:
    """What merging others into a contact would keep, fill and move, for each of them."""
    values = dict(contact_form(place, table, keep_id).values)
    found: list[Kept] = []
    stopping = _ended_by_merging(place, table, keep_id, other_ids)
    for key in other_ids:
        form = contact_form(place, table, key)
        filled, differing = [], []
        for column in form.columns:
            ours, theirs = values[column.name], form.values[column.name]
            if column.name in _UNTOUCHED or not theirs or ours == theirs:
                continue
            if ours:
                differing.append((column.label, ours, theirs))
            else:
                filled.append((column.label, theirs))
                values[column.name] = theirs
        found.append(
            Kept(
                title=form.title,
                filled=tuple(filled),
                differing=tuple(differing),
                moving=_moving(place, table, key),
                stopping=() if found else stopping,
            )
        )
    return tuple(found)


def _ended_by_merging(
    place: Workplace, table: str, keep_id: int, other_ids: Sequence[int]
) -> tuple[str, ...]:
    """What stops where one of these entries says that the person has died."""
    if table != "person":
        return ()
    with place.reading() as session:
        rows = [read_contact(place, session, table, key) for key in (keep_id, *other_ids)]
        people = [row for row in rows if isinstance(row, Person)]
        died = next((row.deceased_on for row in people if row.deceased_on is not None), None)
        if died is None:
            return ()
        told = f"Der Eintrag gilt danach als verstorben am {long_date(died)}."
        return (told, *_stopping(place, session, people[0], people[1:]))


def _moving(place: Workplace, table: str, key: int) -> tuple[str, ...]:
    with place.reading() as session:
        row = read_contact(place, session, table, key)
        seen = linked.Seen(place, session, Audience.INTERN)
        counts = (
            (len(linked.requests(seen, row)), "Eingang", "Eingänge"),
            (len(linked.memberships(seen, row)), "Mitgliedschaft", "Mitgliedschaften"),
            (len(linked.papers(seen, row)), "Vorlage", "Vorlagen"),
        )
    return tuple(plural(count, one, many) for count, one, many in counts if count)
