"""The form of a request before it is saved: its fields, what can be stored, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from ob_buero_tui.catalog.model import FieldSpec, FieldType, RequestKind
from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.requests.values import LONG_LIMIT, TEXT_LIMIT, parse_value

PREFIX: Final = "feld-"
"""Begins the names of the kind's own fields in a form and in its draft."""
LARGEST: Final = 999_999_999
TEXTS: Final = frozenset(
    (FieldType.TEXT, FieldType.LANGTEXT, FieldType.PERSON, FieldType.ORGANISATION, FieldType.ORT)
)
DATES: Final = frozenset((FieldType.DATUM, FieldType.DATUMZEIT))
NUMBERS: Final = frozenset((FieldType.ZAHL, FieldType.BETRAG))

HEAD: Final[Mapping[str, FieldSpec]] = {
    "subject": FieldSpec(key="subject", label="Betreff", type=FieldType.TEXT, limit=300, required=True),
}
"""What every request has."""
_STORED: Final = {"subject": 300, "file_reference": 100, "event_place": 300, "tel": 60, "email": 200}
"""Characters that fit into the columns every request and its sender have."""
FILING: Final[Mapping[str, FieldSpec]] = {
    "file_reference": FieldSpec(key="file_reference", label="Aktenzeichen", type=FieldType.TEXT, limit=100),
}
"""Where it is filed."""
OCCASION: Final[Mapping[str, FieldSpec]] = {
    "event_date": FieldSpec(
        key="event_date",
        label="Tag",
        type=FieldType.DATUM,
        ahead=True,
        help="Tag des Anlasses, zum Beispiel 24.12. oder fr",
    ),
    "event_from": FieldSpec(key="event_from", label="von", type=FieldType.ZEIT),
    "event_to": FieldSpec(key="event_to", label="bis", type=FieldType.ZEIT),
    "event_place": FieldSpec(key="event_place", label="Ort", type=FieldType.ORT, limit=300),
}
"""When and where it takes place, whatever the kind."""
COMMON: Final[Mapping[str, FieldSpec]] = {**HEAD, **OCCASION, **FILING}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """What is wrong with one field.

    Args:
        name: The field in the form.
        text: A German sentence.
        grave: Whether it cannot be stored so; otherwise saving once more takes it as it is.
    """

    name: str
    text: str
    grave: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """A form as it is understood.

    Args:
        values: What each field means, by its name; None for an empty one, and for one that is not understood.
        problems: In the order of the fields.
    """

    values: Mapping[str, Any]
    problems: tuple[FormProblem, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    unread: frozenset[str] = field(default_factory=frozenset)

    @property
    def grave(self) -> bool:
        """Whether it cannot be saved."""
        return any(one.grave for one in self.problems)


def form_specs(kind: RequestKind | None) -> dict[str, FieldSpec]:
    """The fields of the form of a kind, by name, in their order."""
    own = {f"{PREFIX}{spec.key}": spec for spec in (kind.fields if kind is not None else ())}
    return {**COMMON, **own}


def asked(kind: RequestKind | None, values: Mapping[str, Any]) -> frozenset[str]:
    """The names of the fields that the answers so far call for.

    Args:
        values: What the fields mean, by name.
    """
    if kind is None:
        return frozenset(COMMON)
    own = {name.removeprefix(PREFIX): value for name, value in values.items() if name.startswith(PREFIX)}
    return frozenset(COMMON) | {f"{PREFIX}{spec.key}" for spec in kind.fields_for(own)}


def understood(
    specs: Mapping[str, FieldSpec], typed: Mapping[str, str], today: date, calendar: WorkCalendar
) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """What was typed into each field as its value, and what does not fit."""
    values: dict[str, Any] = {}
    refused: dict[str, Refusal] = {}
    for name, spec in specs.items():
        try:
            values[name] = parse_value(spec, typed.get(name, ""), today, calendar)
        except Refusal as refusal:
            values[name], refused[name] = None, refusal
    return values, refused


def read_form(
    kind: RequestKind | None,
    typed: Mapping[str, str],
    today: date,
    calendar: WorkCalendar,
    *,
    known: Mapping[str, str] | None = None,
    needed: Iterable[str] = (),
    around: Mapping[str, FieldSpec] | None = None,
) -> ReadForm:
    """Understand a whole form and name everything that is wrong with it, all at once.

    Args:
        typed: The text of each field, by name.
        known: What the fields held that were asked for when the form was opened: a doubt about one that
            nobody touched since is not raised again.
        needed: Names of fields without which nothing can be saved.
        around: Fields that stand before those of every request, by name; they go before these.
    """
    specs = {**(around or {}), **form_specs(kind), **(around or {})}
    values, refused = understood(specs, typed, today, calendar)
    shown = asked(kind, values) | frozenset(around or ())
    before = known or {}
    must = frozenset(needed)
    problems = []
    for name, spec in specs.items():
        if name not in shown:
            continue
        found = _problem(name, spec, typed.get(name, ""), values, refused.get(name), today, must)
        untouched = name in before and before[name] == typed.get(name, "")
        if found is not None and (found.grave or not untouched):
            problems.append(found)
    start, end = None, None
    if not refused.keys() & {"event_date", "event_from", "event_to"}:
        start, end, wrong = _span(values)
        problems += [wrong] if wrong is not None else []
    order = list(specs)
    problems.sort(key=lambda one: order.index(one.name))
    return ReadForm(values=values, problems=tuple(problems), start=start, end=end, unread=frozenset(refused))


def limit_of(spec: FieldSpec, values: Mapping[str, Any]) -> int:
    """The characters a text may have: the field's own limit, the number it names, or what can be stored.

    Args:
        values: What the fields mean, by name; a field that says how long a text may be counts once filled.
    """
    if isinstance(spec.limit, int):
        return spec.limit
    if isinstance(spec.limit, str):
        named = values.get(f"{PREFIX}{spec.limit.removeprefix('feld:')}")
        if isinstance(named, int) and named > 0:
            return named
    return stored_limit(spec)


def stored_limit(spec: FieldSpec) -> int:
    """The characters of which a text of this field can be stored at all."""
    if spec.key in _STORED:
        return _STORED[spec.key]
    return LONG_LIMIT if spec.type is FieldType.LANGTEXT else TEXT_LIMIT


def count_text(length: int, limit: int) -> str:
    """„1.240 von 1.500 Zeichen“, and above the limit how many are too many."""
    told = f"{german.number(length)} von {german.number(limit)} Zeichen"
    return told if length <= limit else f"! zu lang: {told}"


def length_of(text: str) -> int:
    """The characters of a text as they count: blanks and line ends included, those at its ends not."""
    return len(clean(text, multiline=True, limit=max(len(text), 1)).strip())


def _problem(
    name: str,
    spec: FieldSpec,
    text: str,
    values: Mapping[str, Any],
    refusal: Refusal | None,
    today: date,
    must: frozenset[str],
) -> FormProblem | None:
    """The one thing to say of a field, the gravest first."""
    if spec.type in TEXTS and (found := _too_long(name, spec, text, values)) is not None:
        return found
    if refusal is not None:
        return FormProblem(name=name, text=str(refusal), grave=True)
    value = values[name]
    if value is None:
        if name in must or spec.required:
            told = f"„{spec.label}“ fehlt: Diese Angabe wird gebraucht."
            return FormProblem(name=name, text=told, grave=name in must)
        return None
    if spec.type in NUMBERS and (found := _out_of_range(name, spec, value)) is not None:
        return found
    day = date.fromisoformat(str(value)[:10]) if spec.type in DATES else None
    if spec.ahead and day is not None and day < today:
        told = f"„{spec.label}“: {german.long_date(day)} liegt in der Vergangenheit."
        return FormProblem(name=name, text=told, grave=False)
    return None


def _too_long(name: str, spec: FieldSpec, text: str, values: Mapping[str, Any]) -> FormProblem | None:
    length, limit, stored = length_of(text), limit_of(spec, values), stored_limit(spec)
    if length <= limit:
        return None
    told = (
        f"„{spec.label}“ ist zu lang: {german.number(length)} von {german.number(limit)} Zeichen. "
        f"Kürzen Sie um {german.number(length - limit)}."
    )
    return FormProblem(name=name, text=told, grave=length > stored)


def _out_of_range(name: str, spec: FieldSpec, value: float) -> FormProblem | None:
    if 0 <= value <= LARGEST:
        return None
    told = "darf nicht kleiner als 0 sein" if value < 0 else f"ist größer als {german.number(LARGEST)}"
    return FormProblem(name=name, text=f"„{spec.label}“ {told}. Bitte prüfen Sie die Zahl.", grave=True)


def _span(values: Mapping[str, Any]) -> tuple[datetime | None, datetime | None, FormProblem | None]:
    """Begin and end of the occasion, or what is wrong with them."""
    day, start, end = (values[name] for name in ("event_date", "event_from", "event_to"))
    if day is None:
        if start is None and end is None:
            return None, None, None
        told = "Zur Uhrzeit fehlt der Tag. Schreiben Sie zum Beispiel 24.12. oder fr."
        return None, None, FormProblem(name="event_date", text=told, grave=True)
    if start is None:
        told = "Zum Tag fehlt die Uhrzeit. Schreiben Sie unter „von“ zum Beispiel 14 oder 14:30."
        return None, None, FormProblem(name="event_from", text=told, grave=True)
    on = date.fromisoformat(day)
    begins = datetime.combine(on, time.fromisoformat(start))
    ends = datetime.combine(on, time.fromisoformat(end)) if end is not None else None
    if ends is not None and ends <= begins:
        told = "„bis“ liegt nicht nach „von“. Ändern Sie eine der Uhrzeiten, oder lassen Sie „bis“ leer."
        return None, None, FormProblem(name="event_to", text=told, grave=True)
    return begins, ends, None
