"""The form of a paper as typed text: how each field is understood, and the values that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.papers import PaperKind, office_number, paper_rules
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import join, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.when import parse_when
from ob_buero_tui.services.council.paper_edit import PaperValues
from ob_buero_tui.services.council.paper_numbers import proposed_number
from ob_buero_tui.services.council.paper_views import PaperRecord
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization

ADMINISTRATION = "Verwaltungsbereich"
"""What OParl calls an office of the administration, and so do we (`organizationType`)."""
LEVELS = {
    "öffentlich": Confidentiality.OEFFENTLICH,
    "intern": Confidentiality.INTERN,
    "vertraulich": Confidentiality.VERTRAULICH,
}
SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperField:
    """One line of the form.

    Args:
        name: Its key among the typed values.
        understand: What stands below while it is typed; a refusal says why it cannot be.
        help: What the field is for.
    """

    name: str
    label: str
    understand: Callable[[PaperForm, str], str]
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """One paper to be typed: what stood there, and what typed words may mean.

    Args:
        paper_id: The paper; None for a new one.
        base_id: The paper that it supplements; None: it is no supplement.
        values: The typed text by field.
        offices: The offices by key, with long and short name.
        note: What stays as it is.
    """

    place: Workplace
    title: str
    paper_id: int | None = None
    base_id: int | None = None
    values: Mapping[str, str]
    kinds: Mapping[str, PaperKind]
    offices: Mapping[int, tuple[str, str]]
    number: str = ""
    note: str = ""
    version: int = 0

    @property
    def fields(self) -> tuple[PaperField, ...]:
        """The lines; a number that is given or comes by itself is none."""
        fixed = bool(self.number) or self.base_id is not None
        return tuple(one for one in FIELDS if one.name != "number" or not fixed)


def new_form(place: Workplace) -> PaperForm:
    """The form of a new paper."""
    return _form(place, "Neue Vorlage", {"kind": _first_kind(place), "file_reference": ""})


def supplement_form(place: Workplace, record: PaperRecord) -> PaperForm:
    """The form of a supplement, begun with what its paper says."""
    values = _of_record(place, record) | {"kind": _label(place, record.kind), "deadline_on": ""}
    return _form(place, f"Ergänzung zu {record.reference}", values, base_id=record.id)


def edit_form(place: Workplace, record: PaperRecord) -> PaperForm:
    """The form of a paper that is there."""
    values = _of_record(place, record)
    title = record.reference or "Vorlage ohne Nummer"
    return _form(place, title, values, paper_id=record.id, record=record)


def typed_values(form: PaperForm, typed: Mapping[str, str]) -> PaperValues:
    """What was typed as values.

    Raises:
        Refusal: a field cannot be understood.
    """
    office = typed.get("office", "")
    level = typed.get("confidentiality", "")
    deadline = typed.get("deadline_on", "")
    return PaperValues(
        name=typed.get("name", ""),
        kind=kind_of(form, typed.get("kind", "")).key,
        office_id=office_of(form, office)[0] if office.strip() else None,
        author=typed.get("author", ""),
        file_reference=typed.get("file_reference", ""),
        deadline_on=_day(form, deadline) if deadline.strip() else None,
        confidentiality=_level(level),
        note=form.note,
        number=typed.get("number", ""),
    )


def kind_of(form: PaperForm, typed: str) -> PaperKind:
    """The kind that a word means: its letters, or how its name begins.

    Raises:
        Refusal: none, or several.
    """
    said = fold(typed).strip()
    exact = [one for one in form.kinds.values() if said in (fold(one.sign), fold(one.label), one.key)]
    near = [one for one in form.kinds.values() if said and fold(one.label).startswith(said)]
    found = exact or near
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.sign} {one.label}" if one.sign else one.label for one in form.kinds.values())
    why = f"Das können {join([one.label for one in found])} sein." if found else ""
    raise Refusal(f"Welche Art? {known}", why, "")


def office_of(form: PaperForm, typed: str) -> tuple[int, str]:
    """The office that a word means: key and name.

    Raises:
        Refusal: none, or several.
    """
    said = fold(typed).strip()
    number = said.removeprefix("amt").strip()
    named = [
        (key, names)
        for key, names in form.offices.items()
        if said in map(fold, names) or (number and number == office_number(form.place.catalog, *names))
    ]
    near = [(key, names) for key, names in form.offices.items() if any(said in fold(one) for one in names)]
    found = named or near
    if len(found) == 1:
        return found[0][0], found[0][1][0]
    if not found:
        raise Refusal(f"Kein Amt heißt „{typed.strip()}“.", "", "Ämter stehen unter Gremien (g m), 4.")
    names = [names[0] for _, names in found[:SHOWN]]
    more = f" und {len(found) - SHOWN} weitere" if len(found) > SHOWN else ""
    raise Refusal(f"Das können {', '.join(names)}{more} sein.", "", "Schreiben Sie mehr davon.")


def _form(
    place: Workplace,
    title: str,
    values: dict[str, str],
    *,
    paper_id: int | None = None,
    base_id: int | None = None,
    record: PaperRecord | None = None,
) -> PaperForm:
    with place.reading() as session:
        offices = _offices(session)
    empty = {one.name: "" for one in FIELDS} | {"confidentiality": "öffentlich"}
    return PaperForm(
        place=place,
        title=title,
        paper_id=paper_id,
        base_id=base_id,
        values=empty | values,
        kinds=paper_rules(place.catalog).kinds,
        offices=offices,
        number=record.reference if record else "",
        note=record.note if record else "",
        version=record.version if record else 0,
    )


def _offices(session: Session) -> dict[int, tuple[str, str]]:
    rows = session.execute(
        select(Organization.id, Organization.name, Organization.short_name)
        .where(Organization.organization_type == ADMINISTRATION)
        .where(func.coalesce(func.json_extract(Organization.extra, "$.oparl.deleted"), 0) == 0)
        .order_by(Organization.name, Organization.id)
    )
    return {key: (name, short or name) for key, name, short in rows}


def _of_record(place: Workplace, record: PaperRecord) -> dict[str, str]:
    levels = {level.value: word for word, level in LEVELS.items()}
    return {
        "name": record.name,
        "kind": _label(place, record.kind),
        "office": record.office,
        "file_reference": record.file_reference,
        "author": record.author,
        "deadline_on": f"{record.deadline_on:%d.%m.%Y}" if record.deadline_on else "",
        "confidentiality": levels.get(record.confidentiality, "öffentlich"),
    }


def _first_kind(place: Workplace) -> str:
    return next((one.label for one in paper_rules(place.catalog).kinds.values()), "")


def _label(place: Workplace, key: str) -> str:
    kind = paper_rules(place.catalog).kinds.get(key)
    return kind.label if kind is not None else _first_kind(place)


def _day(form: PaperForm, typed: str) -> date:
    with form.place.reading() as session:
        calendar = work_calendar(session, form.place)
    same = typed == form.values["deadline_on"]  # what stood there may have passed meanwhile
    return parse_when(typed, form.place.now, calendar, allow_past=same).day


def _level(typed: str) -> Confidentiality:
    said = fold(typed).strip()
    found = [level for word, level in LEVELS.items() if said and fold(word).startswith(said)]
    if len(found) != 1:
        raise Refusal(f"Möglich sind {join(list(LEVELS), 'oder')}.", "", "")
    return found[0]


def _title(_form: PaperForm, typed: str) -> str:
    if not typed.strip():
        raise Refusal("Die Vorlage braucht einen Titel.", "", "")
    return ""


def _kind_told(form: PaperForm, typed: str) -> str:
    kind = kind_of(form, typed)
    if form.number:
        return f"→ {kind.label}, Nummer {form.number}"
    if form.base_id is not None:
        return f"→ {kind.label}, die Nummer hängt sich an"
    return f"→ {kind.label}"


def _number_told(_form: PaperForm, typed: str) -> str:
    if typed.strip():
        return f"→ {typed.strip()}, statt der nächsten"
    return ""


def next_number_told(form: PaperForm, typed: Mapping[str, str]) -> str:
    """The number that these values would get now, or why none can be said."""
    try:
        kind = kind_of(form, typed.get("kind", ""))
        office = typed.get("office", "").strip()
        key = office_of(form, office)[0] if office else None
        with form.place.reading() as session:
            body = session.get(Organization, key) if key is not None else None
            return proposed_number(session, form.place.catalog, kind, body, form.place.today)
    except Refusal as refusal:
        return str(refusal)


def _office_told(form: PaperForm, typed: str) -> str:
    return f"→ {office_of(form, typed)[1]}" if typed.strip() else ""


def _day_told(form: PaperForm, typed: str) -> str:
    return f"→ {long_date(_day(form, typed))}" if typed.strip() else ""


def _level_told(_form: PaperForm, typed: str) -> str:
    return f"→ {next(word for word, level in LEVELS.items() if level is _level(typed))}"


def _as_typed(_form: PaperForm, _typed: str) -> str:
    return ""


FIELDS = (
    PaperField(name="name", label="Betreff", understand=_title),
    PaperField(name="kind", label="Art", understand=_kind_told, help="Kürzel oder Anfang: BV, M, A …"),
    PaperField(name="office", label="Federführung", understand=_office_told, help="ein Wort des Amts genügt"),
    PaperField(name="number", label="Nummer", understand=_number_told, help="oder eine eigene"),
    PaperField(
        name="file_reference",
        label="Aktenzeichen",
        understand=_as_typed,
        help="z. B. 10/Ra; leer: aus Amt und Kürzel",
    ),
    PaperField(name="author", label="Verfasser", understand=_as_typed, help="Kürzel oder Name"),
    PaperField(
        name="deadline_on",
        label="Zu entscheiden",
        understand=_day_told,
        help="bis wann, z. B. 31.12. oder kw50",
    ),
    PaperField(
        name="confidentiality",
        label="Vertraulichkeit",
        understand=_level_told,
        help="öffentlich, intern oder vertraulich",
    ),
)
"""The lines of the form, in their order."""
