"""What the screen Gremien asks about bodies and responsibilities, and does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules.body_kinds import ORGANIZATION_TYPES, BodyKind
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.bodies import (
    LABELS,
    BodyEntry,
    attends_by_name,
    body_entry,
    create_body,
    edit_body,
)
from ob_buero_tui.services.council.body_terms import end_body
from ob_buero_tui.services.council.responsibility_verbs import (
    ResponsibilityEntry,
    add_responsibility,
    edit_responsibility,
    end_responsibility,
)
from ob_buero_tui.services.requests.values import typed_value
from ob_buero_tui.services.suggesting import bodies_named, people_named
from ob_buero_tui.tui.screens.dialogs.spec_form import Answers, SpecForm
from ob_buero_tui.tui.screens.flows.dates import ask_day
from ob_buero_tui.tui.widgets.fields.form import Section

if TYPE_CHECKING:
    from ob_buero_tui.services.council.body_view import BodyView
    from ob_buero_tui.services.council.responsibilities import ResponsibilityLine
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.bodies import BodiesScreen

_TYPES: Final = {
    BodyKind.GREMIUM: "Gremium",
    BodyKind.FRAKTION: "Fraktion",
    BodyKind.EXTERN: "externes Gremium",
    BodyKind.VERWALTUNG: "Verwaltungsbereich",
}


def spec(key: str, label: str, type_: FieldType = FieldType.TEXT, **more: Any) -> FieldSpec:
    """A field of a form."""
    return FieldSpec(key=key, label=label, type=type_, **more)


def _named(*specs: FieldSpec) -> dict[str, FieldSpec]:
    return {one.key: one for one in specs}


BODY: Final = (
    Section(
        title="Gremium",
        specs=_named(
            spec("name", LABELS["name"], required=True, limit=300),
            spec("short_name", LABELS["short_name"], limit=100),
            spec(
                "organization_type",
                LABELS["organization_type"],
                FieldType.AUSWAHL,
                choices=ORGANIZATION_TYPES,
                help="die Wörter von OParl",
            ),
            spec(
                "classification", LABELS["classification"], limit=100, help="Ausschuss, Beirat, Aufsichtsrat"
            ),
            spec("part_of", LABELS["part_of_id"], FieldType.ORGANISATION),
        ),
    ),
    Section(
        title="Sitze und Zeit",
        specs=_named(
            spec("voting_member_count", LABELS["voting_member_count"], FieldType.ZAHL),
            spec("member_count", LABELS["member_count"], FieldType.ZAHL),
            spec("start_date", LABELS["start_date"], FieldType.DATUM, help="erster Tag; leer: schon immer"),
            spec("end_date", LABELS["end_date"], FieldType.DATUM, help="letzter Tag; leer: offen"),
            spec(
                "mayor_attends",
                LABELS["mayor_attends"],
                FieldType.JANEIN,
                help="nein: seine Sitzungen belegen den Kalender nicht",
            ),
            spec("note", LABELS["note"], FieldType.LANGTEXT),
        ),
    ),
)
RESPONSIBILITY: Final = (
    Section(
        title="Zuständigkeit",
        specs=_named(
            spec(
                "subject",
                "Wofür",
                required=True,
                limit=200,
                help="zum Beispiel Schulen, OB, Schirmherrschaft",
            ),
            spec("office", "Amt", FieldType.ORGANISATION),
            spec("person", "Person", FieldType.PERSON),
            spec(
                "start",
                "ab",
                FieldType.DATUM,
                help="erster Tag; wer bisher zuständig war, endet am Tag davor",
            ),
            spec("end", "bis", FieldType.DATUM, help="letzter Tag; leer: offen"),
            spec("note", "Notiz", FieldType.LANGTEXT),
        ),
    ),
)


async def new_body(screen: BodiesScreen, kind: BodyKind) -> Done | None:
    """An empty form."""

    def save(place: Workplace, answers: Answers) -> Done:
        return create_body(place, _body(place, answers))

    values = {"organization_type": _TYPES[kind], "start_date": _typed(screen.day)}
    return await _form(screen, "Neues Gremium", "body:neu", BODY, values, save)


async def edit(screen: BodiesScreen, view: BodyView) -> Done | None:
    """The form of a body."""
    key = view.row.id
    before = body_entry(screen.place, key)

    def save(place: Workplace, answers: Answers) -> Done:
        return edit_body(place, key, before, _body(place, answers))

    values = {
        name: typed_value(field, _stored(before, name))
        for section in BODY
        for name, field in section.specs.items()
    }
    values["part_of"] = view.part_of_name
    chosen = {"part_of": before.part_of_id} if before.part_of_id is not None else {}
    title = f"{view.row.short_name or view.row.name} bearbeiten"
    return await _form(screen, title, f"body:{key}", BODY, values, save, chosen)


async def end(screen: BodiesScreen, view: BodyView) -> Done | None:
    """The last day of a body."""
    name = view.row.short_name or view.row.name
    text = "Seine Mitgliedschaften enden am selben Tag; alles bleibt unter jedem früheren Tag zu lesen."
    day = await ask_day(screen, f"{name}: letzter Tag?", text=text)
    if day is None:
        return None
    return await screen.desk.act(lambda place: end_body(place, view.row.id, day))


async def new_responsibility(screen: BodiesScreen) -> Done | None:
    """An empty form."""
    values = {"start": _typed(screen.day)}
    return await _form(
        screen,
        "Neue Zuständigkeit",
        "responsibility:neu",
        RESPONSIBILITY,
        values,
        lambda place, answers: add_responsibility(place, _responsibility(place, answers)),
    )


async def correct_responsibility(screen: BodiesScreen, line: ResponsibilityLine) -> Done | None:
    """The form of an entry, to put it right."""
    values = {
        "subject": line.subject,
        "office": line.office_name,
        "person": line.person,
        "start": _typed(line.start),
        "end": _typed(line.end),
        "note": line.note,
    }
    keys = {"office": line.organization_id, "person": line.person_id}
    return await _form(
        screen,
        "Zuständigkeit berichtigen",
        f"responsibility:{line.id}",
        RESPONSIBILITY,
        values,
        lambda place, answers: edit_responsibility(place, line.id, _responsibility(place, answers)),
        {name: key for name, key in keys.items() if key is not None},
    )


async def close_responsibility(screen: BodiesScreen, line: ResponsibilityLine) -> Done | None:
    """The last day of an entry."""
    day = await ask_day(screen, f"„{line.subject}“: letzter Tag?")
    if day is None:
        return None
    return await screen.desk.act(lambda place: end_responsibility(place, line.id, day))


def known(place: Workplace, answers: Answers, name: str, sort: str) -> int | None:
    """The key of the name that stands in a field; None where it is empty.

    Args:
        sort: "person" or "organization".

    Raises:
        Refusal: nobody or more than one is called so.
    """
    text = str(answers.values.get(name) or "").strip()
    if not text:
        return None
    if name in answers.chosen:
        return answers.chosen[name]
    found = people_named(place, text) if sort == "person" else bodies_named(place, text)
    exact = [one for one in found if one.name.casefold() == text.casefold()] or list(found)
    if len(exact) == 1:
        return exact[0].id
    if exact:
        raise Refusal(f"„{text}“ kann mehrere meinen.", "", "Wählen Sie mit ↓ und Enter aus der Liste.")
    where = "Personen" if sort == "person" else "Organisationen"
    raise Refusal(
        f"„{text}“ steht nicht unter den {where}.", "", "Legen Sie den Eintrag mit F6 und + an, dann hier."
    )


def day_of(value: Any) -> date | None:
    """A field's day."""
    return date.fromisoformat(str(value)[:10]) if value else None


async def _form(
    screen: BodiesScreen,
    title: str,
    draft: str,
    sections: tuple[Section, ...],
    values: dict[str, str],
    save: Any,
    chosen: dict[str, int] | None = None,
) -> Done | None:
    form = SpecForm(
        screen.desk, title, draft=draft, sections=sections, values=values, save=save, chosen=chosen
    )
    return await screen.app.push_screen_wait(form)


def _body(place: Workplace, answers: Answers) -> BodyEntry:
    said = answers.values
    name, classification = said["name"] or "", said["classification"] or ""
    attends = said["mayor_attends"]
    return BodyEntry(
        name=name,
        short_name=said["short_name"] or "",
        organization_type=said["organization_type"] or "",
        classification=classification,
        voting_member_count=said["voting_member_count"],
        member_count=said["member_count"],
        part_of_id=known(place, answers, "part_of", "organization"),
        start_date=day_of(said["start_date"]),
        end_date=day_of(said["end_date"]),
        mayor_attends=attends_by_name(place, name, classification) if attends is None else attends,
        note=said["note"] or "",
    )


def _responsibility(place: Workplace, answers: Answers) -> ResponsibilityEntry:
    said = answers.values
    return ResponsibilityEntry(
        subject=said["subject"] or "",
        organization_id=known(place, answers, "office", "organization"),
        person_id=known(place, answers, "person", "person"),
        start=day_of(said["start"]),
        end=day_of(said["end"]),
        note=said["note"] or "",
    )


def _stored(entry: BodyEntry, name: str) -> Any:
    value = getattr(entry, name, None)
    return value.isoformat() if isinstance(value, date) else value


def _typed(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day is not None else ""


def told_day(day: date, today: date) -> str:
    """„heute“, else the day."""
    return "heute" if day == today else f"am {long_date(day)}"
