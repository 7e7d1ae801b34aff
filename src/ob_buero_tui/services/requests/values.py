"""Field values between what is typed and what is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, When, parse_any_day, parse_any_when, parse_clock
from ob_buero_tui.rules.workdays import WorkCalendar

TEXT_LIMIT, LONG_LIMIT = 500, 20_000
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+|-?\d+")
_AMOUNT = re.compile(r"(-?(?:\d{1,3}(?:\.\d{3})+|\d+))(?:,(\d{1,2}))?\s*(?:€|eur|euro)?", re.IGNORECASE)
_YES, _NO = {"ja", "j", "x", "1", "wahr"}, {"nein", "n", "0", "falsch"}


def parse_value(spec: FieldSpec, typed: str, today: date, calendar: WorkCalendar) -> Any:
    """The JSON value of what was typed into a field; None when it is empty.

    Raises:
        Refusal: the text does not fit the field's type; names the field and what fits.
    """
    text = clean(typed, multiline=spec.type is FieldType.LANGTEXT, limit=LONG_LIMIT + 1).strip()
    if not text:
        return None
    try:
        if spec.type in (FieldType.DATUM, FieldType.DATUMZEIT):
            return _moment(text, today, calendar, with_time=spec.type is FieldType.DATUMZEIT)
        return _PARSERS.get(spec.type, _text)(spec, text)
    except Ambiguous as asked:
        what = f"„{spec.label}“ wurde nicht übernommen: {asked.what}"
        raise Ambiguous(what, asked.why, asked.now, asked.choices) from asked
    except Refusal as refusal:
        raise Refusal(
            f"„{spec.label}“ wurde nicht übernommen: {refusal.what}", refusal.why, refusal.now
        ) from refusal


def parse_date(typed: str, today: date, calendar: WorkCalendar) -> date:
    """A day as typed, the coming one first; only what cannot lie ahead may lie in the past.

    Raises:
        Ambiguous: several days can be meant.
        Refusal: it is no day.
    """
    return parse_any_day(typed, today, calendar).day


def typed_value(spec: FieldSpec, value: Any) -> str:
    """A stored value as the text a form starts from."""
    if value is None:
        return ""
    if spec.type is FieldType.JANEIN:
        return "ja" if value else "nein"
    if spec.type is FieldType.ZAHL and isinstance(value, int):
        return german.number(value)
    if spec.type is FieldType.BETRAG and isinstance(value, int | float):
        return f"{value:.2f}".replace(".", ",")
    if spec.type in (FieldType.DATUM, FieldType.DATUMZEIT):
        return _typed_moment(str(value))
    return str(value)


def _text(spec: FieldSpec, text: str) -> str:
    limit = LONG_LIMIT if spec.type is FieldType.LANGTEXT else TEXT_LIMIT
    if len(text) > limit:  # What somebody wrote is never cut behind their back.
        why = f"Der Text hat mehr als {german.number(limit)} Zeichen."
        raise Refusal("Er ist zu lang.", why, "Kürzen Sie ihn.")
    return text


def _number(_spec: FieldSpec, text: str) -> int:
    match = _NUMBER.fullmatch(text.removesuffix(_spec.unit).strip())
    if match is None:
        raise Refusal(f"„{text}“ ist keine ganze Zahl.", "", "Zum Beispiel: 1500 oder 1.500.")
    return int(match[0].replace(".", ""))


def _amount(_spec: FieldSpec, text: str) -> float:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise Refusal(f"„{text}“ ist kein Betrag.", "", "Zum Beispiel: 250 oder 1.250,50.")
    return float(f"{match[1].replace('.', '')}.{match[2] or '0'}")


def _clock(_spec: FieldSpec, text: str) -> str:
    return german.clock(parse_clock(text))


def _yes_or_no(_spec: FieldSpec, text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise Refusal(f"„{text}“ ist weder ja noch nein.", "", "Schreiben Sie ja oder nein.")


def _choice(spec: FieldSpec, text: str) -> str:
    exact = [choice for choice in spec.choices if choice.casefold() == text.casefold()]
    begun = exact or [choice for choice in spec.choices if choice.casefold().startswith(text.casefold())]
    if len(begun) != 1:
        raise Refusal(f"„{text}“ steht nicht zur Wahl.", "", f"Möglich: {german.join(spec.choices, 'oder')}.")
    return begun[0]


_PARSERS: dict[FieldType, Callable[[FieldSpec, str], Any]] = {
    FieldType.ZAHL: _number,
    FieldType.BETRAG: _amount,
    FieldType.ZEIT: _clock,
    FieldType.JANEIN: _yes_or_no,
    FieldType.AUSWAHL: _choice,
}


def typed_moment(text: str, today: date, calendar: WorkCalendar, *, with_time: bool) -> When:
    """A day as typed into a field, where `with_time` also with a time.

    Raises:
        Ambiguous: several days can be meant.
        Refusal: it is no day, or a span of time.
    """
    if not with_time:
        return parse_any_day(text, today, calendar)
    found = parse_any_when(text, datetime.combine(today, time()), calendar)
    if found.end is not None:
        raise Refusal("Hier zählt nur ein Zeitpunkt.", "", "Zum Beispiel: 24.12. 14:30.")
    return found


def _moment(text: str, today: date, calendar: WorkCalendar, *, with_time: bool) -> str:
    found = typed_moment(text, today, calendar, with_time=with_time)
    if found.start is None or not with_time:
        return found.day.isoformat()
    return datetime.combine(found.day, found.start).isoformat()


def _typed_moment(value: str) -> str:
    try:
        if "T" not in value:
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        return f"{datetime.fromisoformat(value):%d.%m.%Y %H:%M}"
    except ValueError:
        return value
