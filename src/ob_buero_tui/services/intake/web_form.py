"""Fills the fields of a kind from a web form, each only where label and value fit beyond doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from ob_buero_tui.catalog.model import FieldSpec, FieldType, RequestKind
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.web_form import Pair, bare_label, boxes, pairs
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.written_dates import Written, written_dates
from ob_buero_tui.services.requests.values import LONG_LIMIT, TEXT_LIMIT, parse_value

_OTHER_WORDS = {
    "anlass": "veranstaltung|name der veranstaltung|titel der veranstaltung|titel",
    "veranstaltung": "name der veranstaltung|titel der veranstaltung|anlass|titel",
    "veranstalter": "organisation|verein|ausrichter|institution",
    "herausgeber": "organisation|verein",
    "gastgeber": "organisation|verein|veranstalter|einladende stelle",
    "antragsteller": "firma|organisation|verein",
    "besucher": "erwartete gaeste|gaeste|teilnehmerzahl|erwartete teilnehmer|besucherzahl",
    "fruehere_jahre": "fruehere uebernahme|fruehere uebernahmen|bisherige schirmherrschaften",
    "weitere_schirmleute": "andere schirmherren|weitere schirmherren",
    "programm": "beschreibung|kurzbeschreibung|programmablauf",
    "thema": "worum geht es|anliegen|gegenstand",
    "amt": "amt schon beteiligt|zustaendiges amt",
    "verwendung": "art der nutzung|medium|verwendungszweck",
    "traeger": "medium|werbetraeger|verwendung auf",
    "zweck": "art der nutzung|begruendung",
    "medium": "zeitung|redaktion",
    "stichworte": "stichworte|fakten|hintergrund",
    "umfang": "zeichenzahl|laenge|zeichen",
    "redaktionsschluss": "abgabe bis|abgabetermin|benoetigt bis",
}
"""How forms call a field beside its own label and key."""

_BEGIN = frozenset(
    (
        *("beginn", "termin", "datum", "wann", "gewuenschter termin", "wunschtermin", "veranstaltungsdatum"),
        *("veranstaltungstermin", "datum der veranstaltung", "termin der veranstaltung", "datum und uhrzeit"),
    )
)
_END = frozenset(("ende", "ende der veranstaltung", "bis"))
_PLACE = frozenset(("ort", "veranstaltungsort", "ort der veranstaltung", "wo", "treffpunkt"))
_STREET = frozenset(("strasse", "anschrift", "adresse", "plz", "postleitzahl", "sitz"))
# A number with nothing beside it but what is counted: „wie 2025“ and „unter 50“ say another thing.
_NUMBER = re.compile(
    r"(?i)(?:(?:ca\.?|circa|etwa|rund|ungefähr)\s*)?(\d{1,3}(?:\.\d{3})+|\d+)\s*"
    r"(?:€|eur|euro|personen|leute|menschen|gäste|besucher(?:innen)?|besuchende|teilnehmer(?:innen)?"
    r"|teilnehmende|kinder|mitglieder|zuschauer(?:innen)?|läufer(?:innen)?|zeichen|wörter|stück|seiten)?\.?"
)
# Whole answers only: „nicht bekannt“ and „keine Angabe“ are neither yes nor no.
_NO = frozenset(("nein", "nein danke", "keine", "keiner", "keines", "keins", "nicht", "nicht vorgesehen"))
_YES = frozenset(("ja", "ja gerne", "ja bitte", "gerne", "[x]", "[x] ja", "x"))
_BESIDE = re.compile(r"[\s,.;!]+")
_NAMED = 5
# Dates are read before: what is left needs no calendar.
_NO_CALENDAR = WorkCalendar(holidays={}, closed={}, first=date.min, last=date.min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a form says: values of fields, and the occasion; with German notes."""

    values: dict[str, Any] = field(default_factory=dict)
    start: datetime | None = None
    end: datetime | None = None
    place: str = ""
    notes: tuple[str, ...] = ()


def fill(kind: RequestKind | None, text: str) -> Filled:
    """Read a form; nothing where the text is none, or its kind is not known."""
    if kind is None:
        return Filled()
    wanted = {spec.key: _labels(spec) for spec in kind.fields}
    found = pairs(text, {label for labels in wanted.values() for label in labels})
    if not found:
        return Filled()
    values: dict[str, Any] = {}
    for spec in kind.fields:
        for pair in found:
            value = _value(spec, pair.value) if pair.bare in wanted[spec.key] else None
            if value is not None:
                values[spec.key] = value
                break
    _tick(kind, found, values)
    asked = {spec.key: spec.label for spec in kind.fields_for(values)}
    values = {key: value for key, value in values.items() if key in asked}
    start, end = _span(found)
    place = "" if any(pair.bare in _STREET for pair in found) else _first(found, _PLACE)
    place = place or _first(found, _PLACE - {"ort"})
    said = [asked[key] for key in values] + (["Termin"] if start else []) + (["Ort"] if place else [])
    more = [f"und {len(said) - _NAMED} weitere"] if len(said) > _NAMED else []
    count = plural(len(said), "Angabe", "Angaben")
    told = f"{', '.join(said[:_NAMED])} {more[0]}" if more else join(said)
    notes = [f"Vom Formular ausgefüllt: {count} ({told})."] if said else []
    notes += [
        f"Zu lang für „{spec.label}“; es steht im Schreiben."
        for spec in kind.fields_for(values)
        if spec.key not in values and _is_too_long(spec, found, wanted[spec.key])
    ]
    return Filled(values=values, start=start, end=end, place=place[:300], notes=tuple(notes))


def _is_too_long(spec: FieldSpec, found: tuple[Pair, ...], labels: frozenset[str]) -> bool:
    """Whether a text was answered at more length than its field holds: it is never cut."""
    limits = {FieldType.TEXT: TEXT_LIMIT, FieldType.LANGTEXT: LONG_LIMIT}
    limit = limits.get(spec.type)
    return limit is not None and any(len(pair.value) > limit for pair in found if pair.bare in labels)


def _labels(spec: FieldSpec) -> frozenset[str]:
    other = _OTHER_WORDS.get(spec.key, "")
    return frozenset((bare_label(spec.label), spec.key.replace("_", " "), *filter(None, other.split("|"))))


def _first(found: tuple[Pair, ...], labels: frozenset[str]) -> str:
    return next((pair.value.partition("\n")[0] for pair in found if pair.bare in labels), "")


def _span(found: tuple[Pair, ...]) -> tuple[datetime | None, datetime | None]:
    """Begin and end of the occasion; a series or season that ends on a later day has a begin alone."""
    begun = written_dates(_first(found, _BEGIN))
    if not begun:
        return None, None
    first = begun[0]
    start = datetime.combine(first.day, first.start or time(0, 0))
    ended = written_dates(_first(found, _END)) or begun[1:]
    end = _end(first, ended[0] if ended else None)
    return start, end if end is not None and end > start else None


def _end(first: Written, last: Written | None) -> datetime | None:
    until = first.end or (last.start if last is not None and last.day == first.day else None)
    return datetime.combine(first.day, until) if until is not None else None


def _tick(kind: RequestKind, found: tuple[Pair, ...], values: dict[str, Any]) -> None:
    """Yes-or-no fields whose word stands beside a box: „Erwartet: Grußwort“ and „[x] Grußwort im Heft“."""
    options = {fold(name): ticked for pair in found for name, ticked in boxes(pair.value).items()}
    for spec in kind.fields:
        if spec.type is not FieldType.JANEIN or spec.key in values or not options:
            continue
        words = [word for word in bare_label(spec.label.rpartition(":")[2]).split() if len(word) > 3]
        named = {ticked for name, ticked in options.items() if any(word in name for word in words)}
        if len(named) == 1:
            values[spec.key] = named.pop()


def _value(spec: FieldSpec, text: str) -> Any:
    """The value of an answer, None where it does not fit the field."""
    if spec.type in (FieldType.DATUM, FieldType.DATUMZEIT):
        dates = written_dates(text)
        if len({one.day for one in dates}) != 1:
            return None
        at = dates[0].start if spec.type is FieldType.DATUMZEIT else None
        return (datetime.combine(dates[0].day, at) if at else dates[0].day).isoformat()
    if spec.type is FieldType.JANEIN:
        said = _BESIDE.sub(" ", text.lower()).strip()
        return False if said in _NO else True if said in _YES else None
    if spec.type in (FieldType.ZAHL, FieldType.BETRAG):
        alone = _NUMBER.fullmatch(text.strip())
        text = alone[1] if alone is not None else text
    if spec.type is FieldType.AUSWAHL:
        inside = [choice for choice in spec.choices if fold(choice) in fold(text)]
        text = inside[0] if len(inside) == 1 else text
    flat = text if spec.type is FieldType.LANGTEXT else " ".join(text.split())
    try:
        return parse_value(spec, flat, date.min, _NO_CALENDAR)
    except Refusal:
        return None
