"""What the screen Gremien asks about the places of people in bodies, and does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules.body_kinds import BodyKind
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.services.council.body_members import MemberView, person_places
from ob_buero_tui.services.council.body_terms import change_fraction
from ob_buero_tui.services.council.body_view import body_ids, body_rows
from ob_buero_tui.services.council.member_verbs import MemberEntry, add_member, change_member, drop_member
from ob_buero_tui.services.people.belonging import end_membership
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.spec_form import Answers, SpecForm
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows.bodies import day_of, known, spec
from ob_buero_tui.tui.screens.flows.dates import ask_day
from ob_buero_tui.tui.widgets.fields.form import Section

if TYPE_CHECKING:
    from ob_buero_tui.services.council.body_view import BodyView
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.bodies import BodiesScreen

_VOTES: Final = {"ja": True, "nein": False}
"""Open: as the role says."""
_NONE: Final = "ohne Fraktion"
_ROLES: Final = "Mitglied, Vorsitzende, stellv. Vorsitzender, beratendes Mitglied, Schriftführerin …"


async def new(screen: BodiesScreen, view: BodyView) -> Done | None:
    """Put somebody into a body."""
    return await _add(screen, view, None)


async def substitute(screen: BodiesScreen, view: BodyView, held: MemberView) -> Done | None:
    """Let somebody stand in for a member."""
    return await _add(screen, view, held)


async def change(screen: BodiesScreen, view: BodyView, member: MemberView) -> Done | None:
    """Change a place from a day on, or put it right for all its time."""
    line = member.line
    fractions = _fractions(screen)
    if line.fraction_id is not None and line.fraction_id not in fractions.values():
        fractions[line.fraction] = line.fraction_id  # one that there is no longer

    def save(place: Workplace, answers: Answers) -> Done:
        entry = _entry(answers, line.person_id, fractions)
        entry = replace(entry, substitute_for_id=line.substitute_for_id)
        return change_member(place, member.id, entry, day_of(answers.values["on"]))

    specs = {
        "on": spec(
            "on",
            "gilt ab",
            FieldType.DATUM,
            help="leer: war falsch eingetragen und wird für die ganze Zeit berichtigt",
        ),
        **_specs(fractions),
        "start": spec("start", "Mitglied ab", FieldType.DATUM, help="zählt nur, wenn „gilt ab“ leer ist"),
    }
    values = {
        "on": f"{max(screen.day, member.start or screen.day):%d.%m.%Y}",
        "role": line.role,
        "fraction": _name_of(fractions, member),
        "voting": next((word for word, vote in _VOTES.items() if vote is member.voting_right), ""),
        "start": _typed(member.start),
        "end": _typed(member.end),
        "note": member.note,
    }
    title = f"{line.name} in „{view.row.short_name or view.row.name}“"
    return await _form(screen, title, f"member:{member.id}", specs, values, save, "role")


async def end(screen: BodiesScreen, view: BodyView, member: MemberView) -> Done | None:
    """The last day of a place."""
    name = view.row.short_name or view.row.name
    text = "Wer für dieses Mitglied einspringt, endet mit." if member.substitutes else ""
    day = await ask_day(screen, f"{member.line.name}: letzter Tag in „{name}“?", text=text)
    if day is None:
        return None
    return await screen.desk.act(lambda place: end_membership(place, member.id, day))


async def drop(screen: BodiesScreen, member: MemberView) -> Done | None:
    """Take out what was entered by mistake."""
    return await screen.desk.act(lambda place: drop_member(place, member.id))


async def change_fractions(screen: BodiesScreen, member: MemberView) -> Done | None:
    """Another fraction in all bodies from a day on."""
    line = member.line
    if line.fraction_id is None:
        screen.notify("Dieses Mitglied ist für keine Fraktion da. Mit b tragen Sie eine ein.")
        return None
    old = line.fraction_id
    choices = [Choice(key=str(key), label=name) for name, key in _fractions(screen).items() if key != old]
    chosen = await screen.app.push_screen_wait(
        Choose(f"{line.name}: welche Fraktion?", [*choices, Choice(key="", label=_NONE)])
    )
    if chosen is None:
        return None
    day = await ask_day(screen, "Ab welchem Tag?", text="Bis zum Tag davor bleibt überall die alte stehen.")
    if day is None:
        return None
    to_id = int(chosen) if chosen else None
    return await screen.desk.act(lambda place: change_fraction(place, line.person_id, old, to_id, day))


async def places_at(screen: DeskScreen, person_id: int, day: date | None = None) -> None:
    """Tell in which bodies somebody was on a day."""
    wanted = day or await ask_day(screen, "Mitgliedschaften an welchem Tag?", value="heute")
    if wanted is None:
        return
    name, places = person_places(screen.place, person_id, wanted)
    text = "\n".join(f"· {one.text}" for one in places) or "An diesem Tag in keinem Gremium."
    await screen.app.push_screen_wait(Told(f"{name} am {long_date(wanted)}", text))


def members_text(view: BodyView, day: date) -> str:
    """The members of a body as a plain list for other programs."""
    lines = [f"{view.row.name}, Mitglieder am {long_date(day)}"]
    for one in view.members:
        if one.coming:
            continue
        parts = [one.line.name, one.line.role, one.line.fraction]
        parts += [f"vertritt {one.stands_for}"] if one.stands_for else []
        lines.append(" · ".join(part for part in parts if part))
    return "\n".join(lines)


async def _add(screen: BodiesScreen, view: BodyView, held: MemberView | None) -> Done | None:
    fractions = _fractions(screen)
    body_id = view.row.id

    def save(place: Workplace, answers: Answers) -> Done:
        person_id = known(place, answers, "person", "person") or 0
        entry = _entry(answers, person_id, fractions)
        key = held.id if held is not None else None
        return add_member(place, body_id, replace(entry, substitute_for_id=key))

    specs = {"person": spec("person", "Person", FieldType.PERSON, required=True), **_specs(fractions)}
    name = view.row.short_name or view.row.name
    values = {"role": "Mitglied", "start": _typed(screen.day)}
    title, draft = f"Neues Mitglied in „{name}“", f"member:neu:{body_id}"
    if held is not None:
        values |= {"role": "stellv. Mitglied", "fraction": _name_of(fractions, held)}
        title, draft = f"Vertretung für {held.line.name} in „{name}“", f"member:für:{held.id}"
    return await _form(screen, title, draft, specs, values, save, "person")


def _specs(fractions: dict[str, int]) -> dict[str, FieldSpec]:
    return {
        "role": spec("role", "Rolle", limit=200, help=_ROLES),
        "fraction": spec("fraction", "für Fraktion", FieldType.AUSWAHL, choices=tuple(fractions)),
        "voting": spec(
            "voting", "stimmberechtigt", FieldType.AUSWAHL, choices=tuple(_VOTES), help="offen: wie die Rolle"
        ),
        "start": spec("start", "Mitglied ab", FieldType.DATUM, help="erster Tag; leer: schon immer"),
        "end": spec("end", "Mitglied bis", FieldType.DATUM, help="letzter Tag; leer: offen"),
        "note": spec("note", "Notiz", FieldType.LANGTEXT),
    }


def _fractions(screen: BodiesScreen) -> dict[str, int]:
    """The fractions there are on the day, by name."""
    place, day = screen.place, screen.day
    ids = body_ids(place, BodyKind.FRAKTION.value, day)
    rows = body_rows(place, ids, day)
    return {rows[key].short_name or rows[key].name: key for key in ids if key in rows}


def _name_of(fractions: dict[str, int], member: MemberView) -> str:
    return next((name for name, key in fractions.items() if key == member.line.fraction_id), "")


def _entry(answers: Answers, person_id: int, fractions: dict[str, int]) -> MemberEntry:
    said = answers.values
    return MemberEntry(
        person_id=person_id,
        role=said["role"] or "",
        fraction_id=fractions.get(said["fraction"] or ""),
        voting=_VOTES.get(said["voting"] or ""),
        start=day_of(said["start"]),
        end=day_of(said["end"]),
        note=said["note"] or "",
    )


async def _form(
    screen: BodiesScreen,
    title: str,
    draft: str,
    specs: dict[str, FieldSpec],
    values: dict[str, str],
    save: Any,
    first: str,
) -> Done | None:
    sections = (Section(title="Mitgliedschaft", specs=specs),)
    form = SpecForm(
        screen.desk,
        title,
        draft=draft,
        sections=sections,
        values=values,
        save=save,
        first=first,
        replaced=("role",),
    )
    return await screen.app.push_screen_wait(form)


def _typed(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day is not None else ""
