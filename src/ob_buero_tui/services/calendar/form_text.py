"""The form of an appointment as typed text and back: what each field says, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from ob_buero_tui.catalog.model import Catalog, FieldSpec, FieldType
from ob_buero_tui.rules import german, states, visibility
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when_clock import is_day_end
from ob_buero_tui.rules.when_words import fold
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.zones import gap_told
from ob_buero_tui.services.calendar.details import HOSTS
from ob_buero_tui.services.calendar.form_specs import (
    COMPANIONS,
    HOST_LABELS,
    LEVELS,
    LINKED,
    MET,
    SERIES,
    STATUSES,
    all_specs,
    calendar_labels,
    kind_labels,
)
from ob_buero_tui.services.calendar.forms import USUAL_MINUTES, EventForm, PersonEntry
from ob_buero_tui.services.requests.forms import TEXTS, FormProblem, length_of, stored_limit, understood
from ob_buero_tui.services.requests.values import typed_value

ONE_DAY: Final = timedelta(days=1)
MOST_MINUTES: Final = 720
DAY_END: Final = "24:00"
_SEPARATOR: Final = re.compile(r"[,;]")
_SAME: Final = (
    *("summary", "location", "room", "attendee", "travel_before_min", "travel_after_min", "driver", "car"),
    *("organizer", "contact_name", "contact_phone", "speech_min", "dress", "gift", "press", "important"),
    *("transparent", "description"),
)
"""Fields that are called alike in form and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEvent:
    """A form as it is understood; `form` is None while something cannot be stored."""

    form: EventForm | None
    problems: tuple[FormProblem, ...] = ()


def event_text(catalog: Catalog, form: EventForm, sentence: str) -> dict[str, str]:
    """What stands in each field, by name, and which names are known people.

    Args:
        sentence: The series in German; empty for a single appointment.
    """
    specs = all_specs(catalog)
    values = {name: typed_value(specs[name], getattr(form, name) or None) for name in _SAME}
    values |= {
        name: "ja" if getattr(form, name) else "nein" for name in ("all_day", "important", "transparent")
    }
    last = (form.end - ONE_DAY if form.all_day else form.end).date()
    values |= {
        "kind": _label(kind_labels(catalog), form.kind),
        "calendar": _label(calendar_labels(catalog), form.calendar),
        "host": HOSTS.get(form.host, ""),
        "status": states.label(form.status),
        "confidentiality": visibility.label(form.confidentiality),
        "day": f"{form.start:%d.%m.%Y}",
        "start": "" if form.all_day else german.clock(form.start),
        "end": "" if form.all_day else german.clock(form.end),
        "last_day": f"{last:%d.%m.%Y}" if last > form.start.date() else "",
        SERIES: sentence,
        COMPANIONS: _names(form, "begleitung"),
        MET: _names(form, "gespraech"),
        LINKED: json.dumps({one.name: one.person_id for one in form.people if one.person_id is not None}),
    }
    return values


def read_event(
    catalog: Catalog,
    base: EventForm,
    typed: Mapping[str, str],
    series: Callable[[datetime, bool], str],
    today: date,
    calendar: WorkCalendar,
    zone: str,
) -> ReadEvent:
    """Understand a whole form, and name everything that is wrong with it at once.

    Args:
        base: The form it began with; what the text does not hold stays as there.
        typed: The text of each field, by name.
        series: The rule of the series for a first date, all-day or not; raises a refusal.
    """
    specs = all_specs(catalog)
    # The series is understood elsewhere; an answer that is not to choose any more stays as it was.
    read = {key: spec for key, spec in specs.items() if key != SERIES and spec.type is not FieldType.AUSWAHL}
    late = is_day_end(fold(typed.get("end", "")))
    values, refused = understood(read, {**typed, "end": "0:00"} if late else typed, today, calendar)
    if late:
        values["end"] = DAY_END
    problems = [FormProblem(name=name, text=str(one), grave=True) for name, one in refused.items()]
    problems += [found for name, spec in specs.items() if (found := _too_long(name, spec, typed)) is not None]
    if not values["summary"] and "summary" not in refused:
        problems.append(FormProblem(name="summary", text="Ein Termin braucht einen Titel.", grave=True))
    problems += _negative(values)
    span = None
    if not refused.keys() & {"day", "start", "end", "last_day", "all_day"}:
        span, wrong = _existing_span(values, base, zone)
        problems += wrong
    rrule, wrong = ("", []) if span is None else _rule(series, span[0], bool(values["all_day"]))
    problems += wrong
    order = list(specs)
    problems.sort(key=lambda one: order.index(one.name))
    if span is None or any(one.grave for one in problems):
        return ReadEvent(form=None, problems=tuple(problems))
    form = _form(catalog, base, values, typed, span)
    return ReadEvent(form=replace(form, rrule=rrule), problems=tuple(problems))


def _rule(
    series: Callable[[datetime, bool], str], first: datetime, all_day: bool
) -> tuple[str, list[FormProblem]]:
    """The rule of the series for a first date, or what is wrong with it."""
    try:
        return series(first, all_day), []
    except Refusal as refusal:
        return "", [FormProblem(name=SERIES, text=str(refusal), grave=True)]


def names_in(text: str) -> list[str]:
    """The single names of a field that takes several."""
    return [name for part in _SEPARATOR.split(text) if (name := clean(part, limit=200).strip())]


def linked_people(typed: Mapping[str, str]) -> dict[str, int]:
    """The keys of the people whose names were taken from the address book."""
    try:
        found = json.loads(typed.get(LINKED, "") or "{}")
    except ValueError:
        return {}
    return {str(name): key for name, key in found.items() if isinstance(key, int)}


def _form(
    catalog: Catalog,
    base: EventForm,
    values: Mapping[str, Any],
    typed: Mapping[str, str],
    span: tuple[datetime, datetime],
) -> EventForm:
    changes: dict[str, Any] = {name: values[name] or "" for name in _SAME}
    changes |= {name: bool(values[name]) for name in ("all_day", "important", "transparent")}
    changes |= {name: values[name] or 0 for name in ("travel_before_min", "travel_after_min")}
    kinds, calendars = kind_labels(catalog), calendar_labels(catalog)
    changes |= {
        "start": span[0],
        "end": span[1],
        "speech_min": values["speech_min"] or None,
        "kind": _key(kinds, typed.get("kind", ""), base.kind),
        "calendar": _key(calendars, typed.get("calendar", ""), base.calendar) or base.calendar,
        "host": HOST_LABELS.get(typed.get("host", ""), ""),
        "status": STATUSES.get(typed.get("status", ""), base.status),
        "confidentiality": LEVELS.get(typed.get("confidentiality", ""), base.confidentiality),
        "people": _people(base.people, typed),
    }
    return replace(base, **changes)


def _people(known: Iterable[PersonEntry], typed: Mapping[str, str]) -> tuple[PersonEntry, ...]:
    """Who comes along and who is met; what was known of somebody stays with the name."""
    linked = linked_people(typed)
    before = {(one.name, one.part): one for one in known}
    found = []
    for field, part in ((COMPANIONS, "begleitung"), (MET, "gespraech")):
        for name in dict.fromkeys(names_in(typed.get(field, ""))):
            entry = before.get((name, part), PersonEntry(name=name, part=part))
            key = linked.get(name)
            found.append(entry if key in (None, entry.person_id) else replace(entry, person_id=key))
    return tuple(found)


def _span(
    values: Mapping[str, Any], base: EventForm
) -> tuple[tuple[datetime, datetime] | None, list[FormProblem]]:
    """Begin and end, or what is wrong with them."""
    if values["day"] is None:
        return None, [FormProblem(name="day", text="Es fehlt der Tag, zum Beispiel fr.", grave=True)]
    first = date.fromisoformat(values["day"])
    last = date.fromisoformat(values["last_day"]) if values["last_day"] else None
    if last is not None and last < first:
        told = f"{german.long_date(last)} liegt vor {german.long_date(first)}."
        return None, [FormProblem(name="last_day", text=told, grave=True)]
    midnight = time()
    if values["all_day"]:
        ends = datetime.combine((last or first) + ONE_DAY, midnight)
        return (datetime.combine(first, midnight), ends), []
    if values["start"] is None:
        told = "Es fehlt die Uhrzeit, zum Beispiel 14 oder 14:30; oder er ist ganztägig."
        return None, [FormProblem(name="start", text=told, grave=True)]
    starts = _moment(first, values["start"], base.start)
    if values["end"] is None:
        usual = timedelta(minutes=USUAL_MINUTES) if base.all_day else base.end - base.start
        return (starts, starts + usual), []
    ends = _moment(last or first, values["end"], base.end)
    if ends > starts:
        return (starts, ends), []
    if last is not None:
        return None, [FormProblem(name="end", text="„bis“ liegt nicht nach „von“.", grave=True)]
    ends = _moment(first + ONE_DAY, values["end"], base.end)
    told = f"Er endet damit am {german.long_date(ends.date())} um {german.clock(ends)}."
    return (starts, ends), [FormProblem(name="end", text=told, grave=False)]


def _existing_span(
    values: Mapping[str, Any], base: EventForm, zone: str
) -> tuple[tuple[datetime, datetime] | None, list[FormProblem]]:
    """Begin and end, or what is wrong with them; an hour that the zone skips is asked about."""
    span, wrong = _span(values, base)
    return span, wrong if span is None or values["all_day"] else [*wrong, *_skipped(span, zone)]


def _skipped(span: tuple[datetime, datetime], zone: str) -> list[FormProblem]:
    """What is said of a begin or an end that summer time skips."""
    told = {name: gap_told(moment, zone) for name, moment in zip(("start", "end"), span, strict=True)}
    return [FormProblem(name=name, text=f"{text}.", grave=False) for name, text in told.items() if text]


def _moment(day: date, clock: str, before: datetime) -> datetime:
    """A moment of the form; the second of two equal hours in autumn stays the second."""
    if clock == DAY_END:
        day, clock = day + ONE_DAY, "00:00"
    moment = datetime.combine(day, time.fromisoformat(clock))
    return moment.replace(fold=before.fold) if moment == before.replace(tzinfo=None) else moment


def _too_long(name: str, spec: FieldSpec, typed: Mapping[str, str]) -> FormProblem | None:
    most = spec.limit if isinstance(spec.limit, int) else stored_limit(spec)
    length = length_of(typed.get(name, ""))
    if spec.type not in TEXTS or length <= most:
        return None
    told = f"„{spec.label}“ ist zu lang: {german.number(length)} von {german.number(most)} Zeichen."
    return FormProblem(name=name, text=told, grave=True)


def _negative(values: Mapping[str, Any]) -> list[FormProblem]:
    """Minutes that no day has."""
    names = ("travel_before_min", "travel_after_min", "speech_min")
    wrong = [name for name in names if values[name] is not None and not 0 <= values[name] <= MOST_MINUTES]
    return [FormProblem(name=name, text="Hierher passen 0 bis 720 Minuten.", grave=True) for name in wrong]


def _names(form: EventForm, part: str) -> str:
    return ", ".join(one.name for one in form.people if one.part == part)


def _label(labels: Mapping[str, str], key: str) -> str:
    return next((label for label, one in labels.items() if one == key), key)


def _key(labels: Mapping[str, str], label: str, before: str) -> str:
    """The key of a label; one that the catalog does not know stays."""
    if not label:
        return ""
    return labels.get(label, before)
