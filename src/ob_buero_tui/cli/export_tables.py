"""What leaves the office as a table: its columns with German headings, and values as a clerk writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from ob_buero_tui.catalog.council import steps_for
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules import german, states
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.locks import told
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.visibility import Confidentiality, label
from ob_buero_tui.rules.zones import zone
from ob_buero_tui.services.export.council import MeetingOut
from ob_buero_tui.services.export.people import PersonOut

Column = tuple[str, str]
"""A heading and the attribute below it."""

CELL_LIMIT = 30_000
"""A spreadsheet takes 32,767 characters in a cell."""

REQUESTS: tuple[Column, ...] = (
    *(("Nummer", "number"), ("Art", "kind"), ("Stand", "state"), ("Betreff", "subject")),
    *(("Eingang", "received_on"), ("Antwort bis", "due_on"), ("Uhrzeit", "due_time")),
    *(("Zuständig", "assigned_to"), ("Von", "requester"), ("Organisation", "organization")),
    *(("Beginn", "event_start"), ("Ende", "event_end"), ("Ort", "event_place"), ("Wichtig", "important")),
    *(("Eingangsweg", "channel"), ("Wiedervorlage", "wiedervorlage_on"), ("Ergebnis", "outcome")),
    *(("Begründung", "reason"), ("Entschieden am", "decided_on"), ("Entschieden von", "decided_by")),
    *(("Aktenzeichen", "file_reference"), ("Vertraulichkeit", "confidentiality")),
)
EVENTS: tuple[Column, ...] = (
    *(("Kalender", "calendar"), ("Titel", "summary"), ("Beginn", "start"), ("Ende", "end")),
    *(("Ganztägig", "all_day"), ("Ort", "location"), ("Stand", "status"), ("Art", "kind")),
    *(("Wer", "attendee"), ("Veranstalter", "organizer"), ("Beschreibung", "description")),
    *(("Serie", "rrule"), ("Fahrt hin (Min.)", "travel_before_min")),
    *(("Fahrt zurück (Min.)", "travel_after_min"), ("Wichtig", "important")),
    *(("Vertraulichkeit", "confidentiality"), ("UID", "uid")),
)
TASKS: tuple[Column, ...] = (
    *(("Aufgabe", "label"), ("Bis", "due_on"), ("Uhrzeit", "due_time"), ("Frist", "due_text")),
    *(("Vorgang", "number"), ("Betreff", "subject"), ("Zuständig", "assigned_to")),
    *(("Erledigt", "done"), ("Erledigt am", "done_at")),
)
PEOPLE: tuple[Column, ...] = (
    *(("Was", "what"), ("Name", "name"), ("Anrede", "form_of_address"), ("Titel", "honorific_prefix")),
    *(("Vorname", "given_name"), ("Namenszusatz", "affix"), ("Nachname", "family_name")),
    *(("Amt oder Funktion", "job_title"), ("Mandat", "mandate"), ("Art", "classification")),
    *(("Organisationen", "memberships"), ("E-Mail", "email"), ("Telefon", "tel"), ("Mobil", "mobile")),
    *(("Straße", "street_address"), ("PLZ", "postal_code"), ("Ort", "locality"), ("Land", "country")),
    *(("Straße privat", "private_street_address"), ("PLZ privat", "private_postal_code")),
    *(("Ort privat", "private_locality"), ("Telefon privat", "private_tel"), ("Geburtstag", "birthday")),
    *(("Verstorben am", "deceased_on"), ("Verteiler", "categories"), ("Sperrvermerke", "locks")),
    *(("Notizen", "note"), ("Vertraulichkeit", "confidentiality")),
)
SESSIONS: tuple[Column, ...] = (
    *(("Gremium", "organization"), ("Sitzung", "name"), ("Beginn", "start"), ("Ende", "end")),
    *(("Ort", "place"), ("Stand", "state_label")),
)


def table(
    only: str, lists: Mapping[str, Iterable[Any]], catalog: Catalog, tzid: str
) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """The headings and rows of one table.

    Args:
        only: Which one: requests, events, tasks, people or sessions.
        lists: The records under the keys of the JSON document.
    """
    cell = _cells(catalog, tzid)
    if only == "sessions":
        return _sessions(tuple(lists["meetings"]), [step.key for step in steps_for(catalog)], cell)
    columns = {"requests": REQUESTS, "events": EVENTS, "tasks": TASKS, "people": PEOPLE}[only]
    records = chain.from_iterable(lists.values())
    rows = (tuple(cell(only, name, _attribute(record, name)) for _, name in columns) for record in records)
    return tuple(heading for heading, _ in columns), rows


def _attribute(record: Any, name: str) -> Any:
    if name == "what":
        return "Person" if isinstance(record, PersonOut) else "Organisation"
    return getattr(record, name, None)


def _sessions(
    meetings: Sequence[MeetingOut], order: Sequence[str], cell: Callable[[str, str, Any], str]
) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Sessions with a column for each kind of date that any of them has, in the order of the catalog."""
    labels = {step.kind: step.label for one in meetings for step in one.row.deadlines}
    steps = {kind: labels[kind] for kind in dict.fromkeys((*order, *labels)) if kind in labels}
    rows = (
        (
            *(cell("sessions", name, getattr(one.row, name)) for _, name in SESSIONS),
            *(cell("sessions", "on", dates.get(kind)) for kind in steps),
        )
        for one in meetings
        for dates in [{step.kind: step.on for step in one.row.deadlines}]
    )
    return (*(heading for heading, _ in SESSIONS), *steps.values()), rows


def _cells(catalog: Catalog, tzid: str) -> Callable[[str, str, Any], str]:
    """Writes values as a clerk does."""
    place = zone(tzid)
    kinds = {key: kind.label for key, kind in catalog.kinds.items()}
    event_kinds = {key: kind.label for key, kind in catalog.event_kinds.items()}

    def cell(only: str, name: str, value: Any) -> str:
        if name == "kind" and value is not None:
            return clean((event_kinds if only == "events" else kinds).get(value, value))
        if name == "calendar":
            spec = catalog.calendars.get(value)
            return clean(spec.label if spec is not None else value)
        if name == "locks":
            return "; ".join(told(value or ()))
        if isinstance(value, datetime) and value.tzinfo is not None:
            value = value.astimezone(place)
        if isinstance(value, RequestState):
            return catalog.states.label(value)
        return _written(value)

    return cell


def _written(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "ja"
    if isinstance(value, EventStatus):
        return states.label(value)
    if isinstance(value, Confidentiality):
        return label(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return german.clock(value)
    if isinstance(value, tuple):
        return "; ".join(_written(getattr(item, "organization", item)) for item in value)
    return clean(str(value), multiline=True, limit=CELL_LIMIT)
