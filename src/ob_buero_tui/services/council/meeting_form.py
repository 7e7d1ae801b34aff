"""The form of a session: its fields, the text they begin with, and what is understood of what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules import visibility
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.council.making import NAME_LENGTH, NewMeeting
from ob_buero_tui.services.council.rooms import ROOM_LENGTH, room_text
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.requests.forms import FormProblem
from ob_buero_tui.services.requests.values import parse_value
from ob_buero_tui.services.suggesting import people_named
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Location, Meeting, MeetingOrganization
from ob_buero_tui.store.people import Organization, Person

LEVELS: Final = {
    visibility.label(one): one for one in Confidentiality if one is not Confidentiality.PERSOENLICH
}
BODIES: Final = "bodies"
CHAIR, CLERK = "chair", "clerk"
_COLUMNS: Final = {BODIES: "organization_ids", CHAIR: "chair_id", CLERK: "clerk_id"}
"""The parts of a session that fields show by names."""
_SITS: Final = "gremium"
MEMBERS_HELP: Final = "leer: wie im Gremium"


def _spec(key: str, label: str, type_: FieldType = FieldType.TEXT, **more: object) -> FieldSpec:
    return FieldSpec(key=key, label=label, type=type_, **more)  # type: ignore[arg-type]


SPECS: Final[Mapping[str, FieldSpec]] = {
    one.key: one
    for one in (
        _spec(BODIES, "Gremien", required=True, help="federführendes zuerst, mehrere mit Komma"),
        _spec("day", "Tag", FieldType.DATUM, required=True, help="zum Beispiel do, 10.12. oder kw50 do"),
        _spec("start", "Beginn", FieldType.ZEIT, required=True),
        _spec("end", "Ende", FieldType.ZEIT, help="leer: so lange wie üblich"),
        _spec("room", "Raum", limit=ROOM_LENGTH),
        _spec("name", "Bezeichnung", limit=NAME_LENGTH, help="leer: wie das Gremium"),
        _spec(CHAIR, "Leitung", FieldType.PERSON, help=MEMBERS_HELP),
        _spec(CLERK, "Schriftführung", FieldType.PERSON, help=MEMBERS_HELP),
        _spec("confidentiality", "Vertraulichkeit", FieldType.AUSWAHL, required=True, choices=tuple(LEVELS)),
        _spec("note", "Notiz", FieldType.LANGTEXT),
    )
}
"""The fields in the order of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMeeting:
    """A form as it is understood: the session where nothing grave is wrong, and what is to be said."""

    meeting: NewMeeting | None
    problems: tuple[FormProblem, ...] = ()


def form_text(
    place: Workplace, values: NewMeeting | None, organization_ids: Sequence[int] = ()
) -> dict[str, str]:
    """The text of each field.

    Args:
        values: The session as it is stored; None for a new one and one without a beginning.
        organization_ids: The bodies where there are no values.
    """
    empty = dict.fromkeys(SPECS, "") | {"confidentiality": visibility.label(Confidentiality.OEFFENTLICH)}
    with place.reading() as session:
        ids = values.organization_ids if values is not None else tuple(organization_ids)
        bodies = {key: session.get(Organization, key) for key in ids}
        names = ", ".join(body.short_name or body.name for body in bodies.values() if body is not None)
        if values is None:
            return empty | {BODIES: names}
        people = {
            name: contact_name(row) if key is not None and (row := session.get(Person, key)) else ""
            for name, key in ((CHAIR, values.chair_id), (CLERK, values.clerk_id))
        }
    return (
        empty
        | people
        | {
            BODIES: names,
            "day": f"{values.start.day}.{values.start.month}.{values.start.year}",
            "start": clock(values.start),
            "end": clock(values.end) if values.end is not None else "",
            "room": values.room,
            "name": values.name,
            "confidentiality": visibility.label(values.confidentiality),
            "note": values.note,
        }
    )


def usual_text(place: Workplace, typed: str) -> dict[str, str]:
    """Beginning, end and room of the last session that the first body named led, if any."""
    try:
        bodies = _body_ids(place, typed)
    except Refusal:
        return {}
    if not bodies:
        return {}
    with place.reading() as session:
        row = session.execute(
            select(Meeting.start, Meeting.end, Location.room, Location.description)
            .join(MeetingOrganization, MeetingOrganization.meeting_id == Meeting.id)
            .outerjoin(Location, Location.id == Meeting.location_id)
            .where(MeetingOrganization.organization_id == bodies[0], MeetingOrganization.position == 0)
            .where(Meeting.deleted.is_(False), Meeting.cancelled.is_(False), Meeting.start.is_not(None))
            .order_by(Meeting.start.desc())
            .limit(1)
        ).one_or_none()
    if row is None or row.start.time() == time.min:
        return {}
    found = {"start": clock(row.start), "room": room_text(row.room or "", row.description or "")}
    return found | ({"end": clock(row.end)} if row.end is not None else {})


def read_form(
    place: Workplace,
    typed: Mapping[str, str],
    calendar: WorkCalendar,
    before: NewMeeting | None = None,
    began: Mapping[str, str] | None = None,
) -> ReadMeeting:
    """What the form says.

    Args:
        typed: The text of each field.
        before: The session as it was; what nobody touched stays exactly so.
        began: The text that the form began with.
    """
    values: dict[str, Any] = {}
    problems: list[FormProblem] = []
    for name, spec in SPECS.items():
        if before is not None and name in _COLUMNS and typed.get(name) == (began or {}).get(name):
            values[name] = getattr(before, _COLUMNS[name])  # a name may be that of two
            continue
        try:
            values[name] = _read(place, name, spec, typed.get(name, ""), calendar)
        except Refusal as refusal:
            problems.append(FormProblem(name=name, text=str(refusal), grave=True))
            continue
        if spec.required and not values[name]:
            problems.append(FormProblem(name=name, text=f"{spec.label} fehlt.", grave=True))
    if problems:
        return ReadMeeting(meeting=None, problems=tuple(problems))
    new = _untouched(_meeting(values), typed, before, began or {})
    return ReadMeeting(meeting=new, problems=_doubts(place, new, before))


def _meeting(values: Mapping[str, Any]) -> NewMeeting:
    """The session that understood fields make."""
    start = datetime.combine(values["day"], time.fromisoformat(values["start"]))
    return NewMeeting(
        organization_ids=values[BODIES],
        start=start,
        end=_end(start, values["end"]),
        name=values["name"] or "",
        room=values["room"] or "",
        note=values["note"] or "",
        confidentiality=LEVELS[values["confidentiality"]],
        chair_id=values[CHAIR],
        clerk_id=values[CLERK],
    )


def _untouched(
    new: NewMeeting, typed: Mapping[str, str], before: NewMeeting | None, began: Mapping[str, str]
) -> NewMeeting:
    """Leave what nobody touched as it was stored: times may have seconds."""
    if before is None:
        return new
    names = {"start": ("day", "start"), "end": ("day", "start", "end"), "room": ("room",), "note": ("note",)}
    same = [
        column
        for column, parts in names.items()
        if all(typed.get(name, "") == began.get(name, "") for name in parts)
    ]
    return replace(new, **{column: getattr(before, column) for column in same})


def _doubts(place: Workplace, new: NewMeeting, before: NewMeeting | None) -> tuple[FormProblem, ...]:
    if new.start < place.now and (before is None or before.start != new.start):
        day = short_date(new.start.date())
        return (FormProblem(name="day", text=f"{day} ist schon vorbei.", grave=False),)
    return ()


def _end(start: datetime, text: str | None) -> datetime | None:
    """The end of a session; one that is not later on the clock is on the next day."""
    if not text:
        return None
    end = datetime.combine(start.date(), time.fromisoformat(text))
    return end if end > start else end + timedelta(days=1)


def _read(place: Workplace, name: str, spec: FieldSpec, text: str, calendar: WorkCalendar) -> Any:
    text = clean(text, multiline=spec.type is FieldType.LANGTEXT, limit=20_000).strip()
    if name == BODIES:
        return _body_ids(place, text)
    if name in (CHAIR, CLERK):
        return _person_id(place, text)
    value = parse_value(spec, text, place.today, calendar)
    return (
        datetime.fromisoformat(value).date() if name == "day" and isinstance(value, str) and value else value
    )


def bodies_like(place: Workplace, text: str) -> tuple[tuple[int, str, str], ...]:
    """Key, short name and name of the bodies that are called so; where none is, of those whose name has it.

    Fractions, offices and associations sit in no session: they are found by their whole name alone.
    """
    wanted = fold(text)
    with place.reading() as session:
        rows = session.execute(
            select(Organization.id, Organization.short_name, Organization.name, Organization.confidentiality)
            .add_columns(Organization.id.in_(select(MeetingOrganization.organization_id)).label("sat"))
            .add_columns(Organization.organization_type)
            .order_by(Organization.name, Organization.id)
        ).all()
    seen = [row for row in rows if place.sees(row.confidentiality, "") is View.FULL]
    named = [(row, [fold(name) for name in (row.short_name, row.name) if name]) for row in seen]
    exact = [row for row, names in named if wanted in names]
    alike = [
        row
        for row, names in named
        if (row.sat or _SITS in fold(row.organization_type)) and any(wanted in name for name in names)
    ]
    return tuple((row.id, row.short_name or row.name, row.name) for row in exact or alike)


def _body_ids(place: Workplace, text: str) -> tuple[int, ...]:
    """The bodies that are named, with commas between them; a name may have commas of its own."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    found: list[int] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            name = ", ".join(parts[at:end])
            bodies = bodies_like(place, name)
            if len(bodies) == 1:
                break
        else:
            why = "Es kann mehrere meinen." if bodies else "Dieses Gremium gibt es nicht."
            raise Refusal(f"„{name}“: {why}", "", "Schreiben Sie den Namen wie unter Gremien.")
        found.append(bodies[0][0])
        at = end
    return tuple(dict.fromkeys(found))


def _person_id(place: Workplace, text: str) -> int | None:
    if not text:
        return None
    people = people_named(place, text)
    exact = [one for one in people if fold(one.name) == fold(text)] or list(people)
    if len(exact) != 1:
        why = "Das können mehrere sein." if exact else "Diese Person ist nicht bekannt."
        raise Refusal(f"„{text}“: {why}", "", "Wählen Sie jemanden aus der Liste, die beim Tippen aufgeht.")
    return exact[0].id
