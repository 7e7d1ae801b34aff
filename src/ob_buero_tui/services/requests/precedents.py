"""Vorgeschichte: what the same people or event asked before, what was granted, who went, what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules import german
from ob_buero_tui.rules.alike import alike, event_words
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.folding import fold, query_words
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.requests import Request, RequestEvent

SHOWN = 12
READ = 20
"""Requests fetched in one go until enough are found that this desk may read."""
CANDIDATES = 60
"""Newest hits of the search index that are compared."""
WORDS = 3
"""The longest words of a subject, which are the rarest, ask the index."""
_COLUMNS = (
    *(Request.id, Request.number, Request.subject, Request.kind, Request.state, Request.outcome),
    *(Request.reason, Request.received_at, Request.event_place, Request.confidentiality, Request.owner),
)
"""What is told of a request; reading whole ones would take most of the time."""
Earlier: TypeAlias = Any
"""A row of these columns."""

# Made once: to put a statement together takes as long as to run it.
# The letters of the same exchange are told as such.
_OTHERS: Any = select(*_COLUMNS).where(
    Request.id != bindparam("own"),
    Request.trashed_at.is_(None),
    Request.received_at <= bindparam("until"),
    or_(Request.thread == "", Request.thread != bindparam("thread")),
)
# In the order of the index: by the day of receipt, thousands of rows would be read to show a few.
_NEWEST: Any = _OTHERS.order_by(Request.id.desc()).execution_options(yield_per=READ)
_OF_PERSON = _NEWEST.where(Request.requester_id == bindparam("value"))
_OF_ORGANIZATION = _NEWEST.where(Request.organization_id == bindparam("value"))
_BY_KEY = _OTHERS.where(Request.id.in_(bindparam("keys", expanding=True)))
_EVENTS = (
    select(RequestEvent.request_id, Event.calendar, Event.attendee, Event.confidentiality, Event.owner)
    .join(Event, Event.id == RequestEvent.event_id)
    .where(
        RequestEvent.request_id.in_(bindparam("keys", expanding=True)),
        Event.trashed_at.is_(None),
        Event.status == EventStatus.CONFIRMED.value,
        Event.ends_at <= bindparam("now"),
    )
    .order_by(Event.starts_at)
)
_DOCUMENTS = (
    select(Document.request_id, Document.kind, Document.title, Document.text, Document.state)
    .add_columns(Document.sent_at, Document.confidentiality)
    .where(Document.request_id.in_(bindparam("keys", expanding=True)))
    .order_by(Document.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """One earlier request.

    Args:
        why: What it has in common: „dieselbe Person“, „dieselbe Organisation“, „gleicher Anlass“.
        outcome: How it ended, in German.
        went: Who was there; empty where nobody was or none is known.
        texts: What was sent, or is kept.
    """

    request_id: int
    number: str
    received_on: date
    kind: str
    subject: str
    why: str
    outcome: str
    went: str = ""
    texts: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """All of it in one line."""
        what = (
            f"{german.long_date(self.received_on)} {self.kind} „{shorten(self.subject, 60)}“: {self.outcome}"
        )
        went = f", {self.went} war da" if self.went else ""
        return "; ".join((what + went, *self.texts))


def precedents(
    session: Session, place: Workplace, request: Request, *, event: bool = True
) -> tuple[Precedent, ...]:
    """What the same people and the same event asked before, newest first; hidden records are left out.

    Args:
        event: Whether to look for the same event, too, which costs a question to the search index.
    """
    found: dict[int, tuple[Earlier, str]] = {}
    for rows, why in (
        (_same(session, place, _OF_PERSON, request, request.requester_id), "dieselbe Person"),
        (
            _same(session, place, _OF_ORGANIZATION, request, request.organization_id),
            "dieselbe Organisation",
        ),
        (_same_event(session, place, request) if event else (), "gleicher Anlass"),
    ):
        for row in rows:
            found.setdefault(row.id, (row, why))
    newest = sorted(found.values(), key=lambda pair: (pair[0].received_at, pair[0].id), reverse=True)[:SHOWN]
    keys = [row.id for row, _ in newest]
    went, texts = _went(session, place, keys), _texts(session, place, keys)
    return tuple(
        _precedent(place, row, why, went.get(row.id, ""), texts.get(row.id, ())) for row, why in newest
    )


def _same(
    session: Session, place: Workplace, statement: Select[Any], request: Request, value: int | None
) -> Iterable[Earlier]:
    if value is None:
        return ()
    rows = session.execute(statement, {**_bounds(request), "value": value})
    # What this desk may not read takes no place away from what it may.
    seen = (row for row in rows if place.sees(row.confidentiality, row.owner) is View.FULL)
    return list(islice(seen, SHOWN))


def _bounds(request: Request) -> dict[str, Any]:
    return {"own": request.id, "until": request.received_at, "thread": request.thread}


def _same_event(session: Session, place: Workplace, request: Request) -> list[Earlier]:
    """Requests about the same event: a subject alike, or the same place and kind and a word in common."""
    empty = _kind_words(place)
    words = event_words(request.subject, empty)
    if not words:
        return []
    where = fold(request.event_place).strip()
    groups = [sorted(words, key=lambda word: (-len(word), word))[:WORDS]]
    if request.kind and (phrase := " ".join(query_words(where))):
        groups.append([phrase, groups[0][0]])
    titles = _asked(session, groups)
    keys = [key for key, title in titles.items() if words & event_words(title, empty)]
    if not keys:
        return []
    rows = session.execute(_BY_KEY, {**_bounds(request), "keys": keys})
    return [
        row
        for row in rows
        if place.sees(row.confidentiality, row.owner) is View.FULL
        and _about_the_same(row, request, words, event_words(row.subject, empty), where)
    ]


def _about_the_same(
    row: Earlier, request: Request, words: frozenset[str], others: frozenset[str], where: str
) -> bool:
    if alike(words, others):
        return True
    here = bool(where) and row.kind == request.kind and fold(row.event_place).strip() == where
    return here and bool(words & others)


def _kind_words(place: Workplace) -> frozenset[str]:
    """The words that kinds of requests are called by: they tell nothing about an event."""
    return frozenset(word for kind in place.catalog.kinds.values() for word in query_words(kind.label))


def _asked(session: Session, all_of: Sequence[Sequence[str]]) -> Mapping[int, str]:
    """The newest requests whose text has all phrases of one of the groups, with their subjects."""
    groups = (" AND ".join(f'"{phrase}"' for phrase in phrases) for phrases in all_of)
    match = " OR ".join(f"({group})" for group in groups)
    connection = session.connection()
    # Takes the lock: a full-text table that meets a locked file fails with a riddle instead of „locked“.
    connection.exec_driver_sql("SELECT 1 FROM search_doc LIMIT 1")
    rows = connection.exec_driver_sql(
        "SELECT d.ref_id, d.title FROM (SELECT rowid FROM search_fts WHERE search_fts MATCH ?"
        " ORDER BY rowid DESC LIMIT ?) f JOIN search_doc d ON d.id = f.rowid WHERE d.type = 'request'",
        (match, CANDIDATES),
    )
    return {int(row[0]): str(row[1]) for row in rows}


def _went(session: Session, place: Workplace, keys: Sequence[int]) -> Mapping[int, str]:
    """Who was at the appointment of each request, as far as it was binding and is over."""
    rows = session.execute(_EVENTS, {"keys": list(keys), "now": place.clock()})
    return {
        row.request_id: row.attendee if row.calendar == MAYOR else place.catalog.calendar_short(row.calendar)
        for row in rows
        if place.sees(row.confidentiality, row.owner) is View.FULL
    }


def _texts(session: Session, place: Workplace, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What was sent for each request, and the Grußwort that was written and kept."""
    rows = session.execute(_DOCUMENTS, {"keys": list(keys)})
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        sent = row.state == DocumentState.HINAUS.value
        told = place.sees(row.confidentiality, "") is View.FULL
        if told and (sent or (row.kind == GRUSSWORT and row.text.strip())):
            found[row.request_id] = (*found.get(row.request_id, ()), _text(place, row, sent=sent))
    return found


GRUSSWORT = "grusswort"
_KINDS = {GRUSSWORT: "Grußwort", "antwort": "Antwort", "brief": "Brief"}


def _text(place: Workplace, row: Earlier, *, sent: bool) -> str:
    name = shorten(row.title, 40)
    kind = _KINDS.get(row.kind, row.kind.capitalize())
    called = kind if not name or name.casefold() == kind.casefold() else f"{kind} „{name}“"
    size = f", {german.plural(len(row.text), 'Zeichen', 'Zeichen')}" if row.text else ""
    if not sent:
        return f"{called}{size}, nicht gesandt"
    day = f" {german.long_date(place.local(row.sent_at).date())}" if row.sent_at else ""
    return f"{called}{size}, gesandt{day}"


def _precedent(place: Workplace, row: Earlier, why: str, went: str, texts: tuple[str, ...]) -> Precedent:
    kind = place.catalog.kinds.get(row.kind or "")
    state = place.catalog.states.label(RequestState(row.state))
    decided = row.state == RequestState.ERLEDIGT.value and row.outcome
    outcome = f"{_OUTCOMES.get(row.outcome, row.outcome)}, {state}" if decided else state
    reason = f" ({shorten(row.reason, 60)})" if row.reason else ""
    return Precedent(
        request_id=row.id,
        number=row.number,
        received_on=place.local(row.received_at).date(),
        kind=kind.label if kind is not None else "Eingang",
        subject=row.subject,
        why=why,
        outcome=outcome + reason,
        went=went,
        texts=texts,
    )


_OUTCOMES = {
    "zusage": "zugesagt",
    "vertretung": "mit Vertretung",
    "absage": "abgesagt",
    "abgabe": "abgegeben",
}
