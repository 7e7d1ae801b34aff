"""Adding and editing people and bodies: forms, notes, confidentiality, blocking notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ob_buero_tui.rules import locks as rules
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.locks import Lock
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, label
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.people_rows import REVISED
from ob_buero_tui.services.people.columns import (
    COLUMNS,
    NOTE_LIMIT,
    Column,
    contact_name,
    parsed,
    typed,
    typed_values,
)
from ob_buero_tui.services.people.seeing import load_contact, load_person, read_contact
from ob_buero_tui.services.requests.editing import StaleForm
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person

OWN = "Büro"
"""The source of what the office itself enters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactForm:
    """A form of a contact: its columns in their order, and every value as typed text.

    Args:
        id: Key of the contact; None for a new one.
    """

    table: str
    id: int | None
    title: str
    columns: tuple[Column, ...]
    values: Mapping[str, str]


def contact_form(place: Workplace, table: str, key: int | None = None) -> ContactForm:
    """The present values of a contact for its form; empty ones for a new contact."""
    columns = COLUMNS[table]
    if key is None:
        return ContactForm(
            table=table, id=None, title="", columns=columns, values={one.name: "" for one in columns}
        )
    with place.reading() as session:
        row = read_contact(place, session, table, key)
        return ContactForm(
            table=table, id=key, title=contact_name(row), columns=columns, values=typed_values(table, row)
        )


@use_case("create_contact")
def create_contact(work: Work, table: str, values: Mapping[str, str]) -> Done:
    """Add a person or a body.

    Args:
        table: "person" or "organization".
        values: What was typed, by column; columns left out stay empty.

    Raises:
        Refusal: a value does not fit, or there is no name.
    """
    found = _parsed(table, values)
    _refuse_nameless(table, found)
    extra = {REVISED: work.at.isoformat()}
    row_class: type[Person] | type[Organization] = Person if table == "person" else Organization
    row = row_class(**found, source=OWN, source_on=work.today, extra=extra)
    work.session.add(row)
    work.session.flush()
    work.tell(table=table, ids=[row.id])
    return Done(ids=(row.id,), text=f"{contact_name(row)}: angelegt")


@use_case("edit_contact")
def edit_contact(
    work: Work, table: str, key: int, before: Mapping[str, str], values: Mapping[str, str]
) -> Done:
    """Save a form; what another desk changed meanwhile in other fields stays.

    Args:
        before: The values that the form was filled with.
        values: What it gave back.

    Raises:
        StaleForm: another desk changed the same field; nothing is overwritten.
        Refusal: a value does not fit.
    """
    row = load_contact(work, table, key)
    now = typed_values(table, row)
    mine = {name: text for name, text in values.items() if name in now and text != before.get(name, "")}
    found = _parsed(table, mine)
    known = {column.name: column for column in COLUMNS[table]}
    clashing = tuple(
        name
        for name in mine
        if now[name] != before.get(name, "") and now[name] != typed(known[name], found[name])
    )
    if clashing:
        both = tuple((known[name].label, now[name], mine[name]) for name in clashing)
        raise StaleForm(contact_name(row), both, clashing)
    _refuse_nameless(table, {name: getattr(row, name) for name in known} | found)
    changed = [name for name, value in found.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, found[name])
    if changed:
        # From now on only a card that is newer than this counts against what the office entered.
        row.extra = {**row.extra, REVISED: work.at.isoformat()}
    work.tell(table=table, ids=[key])
    return Done(ids=(key,), text=f"{contact_name(row)}: gespeichert")


@use_case("note_contact")
def note_contact(work: Work, table: str, key: int, text: str) -> Done:
    """Add a remark to a contact, with date and initials."""
    row = load_contact(work, table, key)
    said = clean(text, multiline=True, limit=max(len(text), 1)).strip()
    if not said:
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    line = f"{short_date(work.today)}{work.today.year} {work.desk.initials}: {said}"
    note = "\n".join(one for one in (row.note, line) if one)
    if len(note) > NOTE_LIMIT:
        size = f"{NOTE_LIMIT:,}".replace(",", ".")
        raise Refusal(
            "Die Notiz wurde nicht gespeichert.",
            f"Mit ihr wären die Notizen dieses Kontakts länger als {size} Zeichen.",
            "Kürzen Sie die Notiz, oder löschen Sie alte Notizen im Formular des Kontakts.",
        )
    row.note = note
    work.tell(table=table, ids=[key])
    return Done(ids=(key,), text=f"{contact_name(row)}: Notiz gespeichert")


@use_case("classify_contact")
def classify_contact(work: Work, table: str, keys: Sequence[int], level: Confidentiality) -> Done:
    """Set how confidential contacts are; a contact belongs to no desk, so it cannot be personal."""
    if level is Confidentiality.PERSOENLICH:
        raise Refusal(
            "Kontakte können nicht persönlich sein.",
            "Sie gehören keinem einzelnen Platz.",
            "Stufen Sie den Vorgang so ein, oder den Kontakt als vertraulich.",
        )
    rows = [load_contact(work, table, key) for key in dict.fromkeys(keys)]
    if not rows:
        raise Refusal("Es ist kein Kontakt ausgewählt.", "", "Wählen Sie eine Zeile aus.")
    for row in rows:
        row.confidentiality = level.value
    work.tell(table=table, ids=[row.id for row in rows], level=label(level))
    return Done(ids=tuple(row.id for row in rows), text=f"jetzt {label(level)}")


def known_locks(place: Workplace, person_id: int) -> dict[Lock, date | None]:
    """The notices on a person, each with its last day where one is known."""
    with place.reading() as session:
        row = read_contact(place, session, "person", person_id)
        stored = row.locks if isinstance(row, Person) else []
    return dict(found for text in stored if (found := rules.read(text)) is not None)


@use_case("set_locks")
def set_locks(work: Work, person_id: int, wanted: Mapping[Lock, date | None]) -> Done:
    """Note what the register of residents or the person forbids.

    Args:
        wanted: All notices that hold, each with its last day where one is known (§ 51 BMG).
    """
    person = load_person(work, person_id)
    known = [text for text in person.locks if rules.read(text) is None]
    person.locks = [*known, *(rules.stored(lock, wanted[lock]) for lock in Lock if lock in wanted)]
    work.tell(table="person", ids=[person_id])
    told = ", ".join(rules.told(person.locks)) or "keine Sperrvermerke"
    return Done(ids=(person_id,), text=f"{contact_name(person)}: {told}")


def _parsed(table: str, values: Mapping[str, str]) -> dict[str, Any]:
    known = {column.name: column for column in COLUMNS[table]}
    return {name: parsed(known[name], text) for name, text in values.items() if name in known}


def _refuse_nameless(table: str, values: Mapping[str, Any]) -> None:
    names = ("family_name", "given_name", "email") if table == "person" else ("name",)
    if not any(values.get(name) for name in names):
        raise Refusal("Das wurde nicht gespeichert.", "Es fehlt der Name.", "Geben Sie einen Namen ein.")


@sentence("create_contact")
def _created(_params: Params) -> str:
    return "angelegt"


@sentence("edit_contact")
def _edited(_params: Params) -> str:
    return "Angaben geändert"


@sentence("note_contact")
def _noted(_params: Params) -> str:
    return "Notiz hinzugefügt"


@sentence("classify_contact")
def _classified(params: Params) -> str:
    return f"Vertraulichkeit: {params.get('level', '')}"


@sentence("set_locks")
def _locked(_params: Params) -> str:
    return "Sperrvermerke geändert"
