"""Each key of the search language as a condition on requests, and in German words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ob_buero_tui.catalog.piles import piles
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.query import Mistake, Term
from ob_buero_tui.rules.query_dates import days_meant
from ob_buero_tui.rules.query_keys import (
    BY_NAME,
    CLOSED,
    MINE,
    NO,
    NOBODY,
    OPEN,
    OVERDUE,
    WAITING,
    YES,
    Key,
    choose,
    nearest,
)
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.query_people import asked_by
from ob_buero_tui.services.requests.query_words import spellings
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.requests import EMPTY, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

Condition = ColumnElement[bool]
NAMED: Final = 6
"""How many possible values a refusal names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where a query is asked: the desk, its session, and the catalog's words by what they stand for."""

    place: Workplace
    session: Session
    words: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One term understood: its condition, and how it reads."""

    condition: Condition
    text: str


Reader = Callable[[Asked, str], Clause]


def clause(asked: Asked, term: Term) -> Clause:
    """Say what one term with a key asks for; of several values one is enough.

    Raises:
        Mistake: a value that the key does not have, with what it has.
    """
    key = BY_NAME[fold(term.key)]
    read = [_one(asked, key, term, value) for value in term.values]
    condition = or_(*(each.condition for each in read)) if len(read) > 1 else read[0].condition
    text = " oder ".join(each.text for each in read)
    # A condition on an empty column is neither true nor false, and its negation must be true.
    if term.negated:
        return Clause(condition=func.coalesce(condition, false()).is_(False), text=f"nicht {text}")
    return Clause(condition=condition, text=text)


def _one(asked: Asked, key: Key, term: Term, value: str) -> Clause:
    try:
        if column := _DATES.get(key.name):
            return _days(asked, key, column, value, term.compared)
        return _READERS[key.name](asked, value)
    except Mistake:
        raise
    except Refusal as refusal:
        now = refusal.now or f"Zum Beispiel: {key.example}"
        raise Mistake(term.place, refusal.what, refusal.why, now, key=key.name) from None


# Dates


def _days(asked: Asked, key: Key, column: Any, value: str, compared: str) -> Clause:
    label = _LABELS[key.name]
    if not compared and (said := choose(value, (YES, NO))):
        there = column.is_not(None) if said == YES else column.is_(None)
        return Clause(condition=there, text=f"{label}: {said}")
    calendar = work_calendar(asked.session, asked.place)
    past = key.name in ("eingang", "entscheidung")
    days = days_meant(value, compared, asked.place.today, calendar, past=past)
    bounds = []
    if days.first is not None:
        bounds.append(column >= _bound(asked.place, key, days.first))
    if days.last is not None:
        after = days.last + timedelta(days=1) if days.last.year < 9999 else days.last
        bounds.append(column < _bound(asked.place, key, after))
    return Clause(condition=and_(column.is_not(None), *bounds), text=f"{label} {days.text}")


def _bound(place: Workplace, key: Key, day: Any) -> Any:
    """The beginning of a day, as the column of this key is stored."""
    if key.name == "eingang":
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 a wall time
        return to_utc(midnight, place.zone) if 1 < day.year < 9999 else midnight.replace(tzinfo=UTC)
    if key.name == "termin":
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 a wall time
    return day


_DATES: Final[Mapping[str, InstrumentedAttribute[Any]]] = {
    "frist": Request.due_on,
    "eingang": Request.received_at,
    "termin": Request.event_start,
    "entscheidung": Request.decided_on,
    "wv": Request.wiedervorlage_on,
}
_LABELS: Final = {
    "frist": "Antwort bis",
    "eingang": "eingegangen",
    "termin": "Termin",
    "entscheidung": "entschieden",
    "wv": "Wiedervorlage",
}

# Choices


def _choice(key: str, value: str, choices: Mapping[str, Any]) -> str:
    """The choice a value names, or a refusal that names the possible ones."""
    if chosen := choose(value, choices):
        return chosen
    meant = nearest(fold(value), [fold(each) for each in choices])
    near = next((each for each in choices if fold(each) == meant), "")
    few = list(choices)[:NAMED]
    more = " …" if len(choices) > NAMED else ""
    now = f"Gemeint ist vielleicht {key}:{near}." if near else f"Möglich: {', '.join(few)}{more}."
    raise Refusal(f"„{key}:{value}“ gibt es nicht.", "", now)


def _kind(asked: Asked, value: str) -> Clause:
    catalog = asked.place.catalog
    if fold(value) in ("ohne", "keine"):
        return Clause(condition=Request.kind.is_(None), text="ohne Art")
    words: dict[str, tuple[str, ...]] = {}
    for kind in catalog.kinds.values():
        for word in (kind.key, kind.sign, kind.label):
            words.setdefault(word, (kind.key,))
    for pile in piles(catalog.kinds.values()):
        words |= {pile.label: pile.kinds, pile.key: pile.kinds}
    exact = [word for word in words if fold(word) == fold(value)]
    begun = [word for word in words if len(word) > 2 and fold(word).startswith(fold(value))]
    chosen = (
        exact[:1] or (begun if fold(value) else []) or [_choice("art", value, dict.fromkeys(catalog.kinds))]
    )
    kinds = tuple(dict.fromkeys(kind for word in chosen for kind in words[word]))
    named = " oder ".join(dict.fromkeys(_label(asked, word) for word in (chosen if exact else kinds)))
    return Clause(condition=Request.kind.in_(kinds), text=f"Art {named}")


def _label(asked: Asked, word: str) -> str:
    kind = asked.place.catalog.kinds.get(word)
    return kind.label if kind is not None else word


def _status(asked: Asked, value: str) -> Clause:
    key = BY_NAME["status"]
    own = {fold(word): state.value for state, word in asked.place.catalog.states.labels.items()}
    chosen = own.get(fold(value)) or _choice("status", value, dict.fromkeys(key.choices))
    today, now = asked.place.today, asked.place.now.time()
    present = and_(inbox.OPEN, ~inbox.on_hold(today))
    special: dict[str, Condition] = {
        RequestState.NEU.value: and_(present, Request.state == RequestState.NEU.value),
        OPEN: inbox.OPEN,
        CLOSED: Request.closed.is_(True),
        WAITING: and_(inbox.OPEN, inbox.on_hold(today)),
        OVERDUE: and_(
            present,
            or_(Request.due_on < today, and_(Request.due_on == today, Request.due_time < now)),
        ),
    }
    if chosen in special:
        return Clause(condition=special[chosen], text=chosen)
    state = next(each for each in RequestState if each.value == fold(chosen))
    text = "mit Vertretung" if state is RequestState.VERTRETUNG else asked.place.catalog.states.label(state)
    return Clause(condition=Request.state == state.value, text=text)


def outcomes(asked: Asked) -> dict[str, str]:
    """The outcomes of all kinds, their keys by key and label; the commonest first."""
    found: dict[str, str] = {}
    for kind in asked.place.catalog.kinds.values():
        for outcome in kind.outcomes:
            found.setdefault(outcome.key, outcome.key)
            found.setdefault(outcome.label, outcome.key)
    return found


def _outcome(asked: Asked, value: str) -> Clause:
    known = outcomes(asked)
    chosen = _choice("ergebnis", value, known)
    return Clause(condition=_is(Request.outcome, known[chosen]), text=f"Ergebnis {chosen}")


def _votum(asked: Asked, value: str) -> Clause:
    if said := choose(value, (YES, NO)):
        there = _filled(Request.votum) if said == YES else Request.votum == EMPTY
        return Clause(condition=there, text=f"Votum: {said}")
    known = outcomes(asked)
    chosen = _choice("votum", value, known)
    return Clause(condition=_is(Request.votum, known[chosen]), text=f"Votum {chosen}")


def _decider(asked: Asked, value: str) -> Clause:
    deciders = asked.place.catalog.deciders
    known = {one.label: key for key, one in deciders.items()} | {key: key for key in deciders}
    # Words that the office has struck since are still what older decisions say.
    known |= {word: fold(word) for word in BY_NAME["durch"].choices if fold(word) not in deciders}
    chosen = _choice("durch", value, known)
    return Clause(condition=_is(Request.decider, known[chosen]), text=f"entschieden durch {chosen}")


def _is(column: Any, value: str) -> Condition:
    """A column that is empty in most requests has this value."""
    return and_(column != EMPTY, column == value)


def _filled(column: Any, *more: Condition) -> Condition:
    """A column that is empty in most requests has a value, by the index of those that have one."""
    return Request.id.in_(select(Request.id).where(column != EMPTY, *more))


def _important(_asked: Asked, value: str) -> Clause:
    chosen = _choice("wichtig", value, {YES: 1, NO: 0})
    return Clause(condition=Request.important.is_(chosen == YES), text=f"wichtig: {chosen}")


def _level(_asked: Asked, value: str) -> Clause:
    chosen = _choice("stufe", value, dict.fromkeys(BY_NAME["stufe"].choices))
    return Clause(condition=Request.confidentiality == fold(chosen), text=chosen)


def _has(_asked: Asked, value: str) -> Clause:
    chosen = _choice("hat", value, dict.fromkeys(BY_NAME["hat"].choices))
    return Clause(condition=_THERE[chosen](), text=f"mit {chosen.capitalize()}")


def _named_in(column: Any, *more: Condition) -> Condition:
    """By the keys of the few that have such a row; asking each request would read them all."""
    return Request.id.in_(select(column).where(column.is_not(None), *more))


_THERE: Final[Mapping[str, Callable[[], Condition]]] = {
    "anhang": lambda: _named_in(Attachment.request_id),
    "aufgabe": lambda: _named_in(Task.request_id, Task.done_at.is_(None)),
    "doppel": lambda: Request.double_of_id.is_not(None),
    "frist": lambda: Request.due_on.is_not(None),
    "notiz": lambda: _named_in(Note.request_id),
    "person": lambda: or_(Request.requester_id.is_not(None), Request.organization_id.is_not(None)),
    "termin": lambda: _named_in(RequestEvent.request_id),
    "votum": lambda: _filled(Request.votum),
    "wiedervorlage": lambda: Request.wiedervorlage_on.is_not(None),
    "zuständig": lambda: _filled(Request.assigned_to),
    "entscheidung": lambda: Request.decided_on.is_not(None),
    "antwort": lambda: _named_in(Document.request_id),
}

# Texts


def _from(asked: Asked, value: str) -> Clause:
    return Clause(condition=asked_by(asked.place.engine, asked.session, value), text=f"von „{value}“")


def _assigned(asked: Asked, value: str) -> Clause:
    if fold(value) == NOBODY:
        return Clause(condition=Request.assigned_to == EMPTY, text="niemand zuständig")
    initials = asked.place.desk.initials if fold(value) == MINE else value
    spelled = sorted({initials, initials.lower(), initials.upper()})
    same = and_(Request.assigned_to != EMPTY, Request.assigned_to.in_(spelled))
    return Clause(condition=same, text=f"zuständig {initials}")


def _number(_asked: Asked, value: str) -> Clause:
    short = value.isascii() and value.isdigit() and (len(value) < 4 or value.startswith("0"))
    pattern = f"%-{value.zfill(4)}" if short else f"{_escaped(value)}%"
    return Clause(condition=Request.number.like(pattern, escape="\\"), text=f"Nummer {value}")


def _containing(column: Any, label: str) -> Reader:
    def read(_asked: Asked, value: str) -> Clause:
        found = or_(*(column.like(f"%{_escaped(each)}%", escape="\\") for each in spellings(value)))
        return Clause(condition=found, text=f"{label} „{value}“")

    return read


def _place(asked: Asked, value: str) -> Clause:
    """By the index of places: a part of a name is looked for in all of them, but not in all requests."""
    read = _containing(Request.event_place, "Ort")(asked, value)
    return Clause(condition=_filled(Request.event_place, read.condition), text=read.text)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_READERS: Final[Mapping[str, Reader]] = {
    "art": _kind,
    "status": _status,
    "von": _from,
    "zuständig": _assigned,
    "nummer": _number,
    "ort": _place,
    "betreff": _containing(Request.subject, "Betreff"),
    "wichtig": _important,
    "ergebnis": _outcome,
    "durch": _decider,
    "votum": _votum,
    "hat": _has,
    "stufe": _level,
}
