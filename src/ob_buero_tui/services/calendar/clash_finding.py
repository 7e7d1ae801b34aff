"""Finds what an appointment clashes with: time, travel, absences, sessions, driver, car, room, people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import ABSENCE, COUNCIL
from ob_buero_tui.rules.clashing import PERSON, ClashKind, Pair, Taken, clashing_with
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.services.calendar.candidates import Candidate, CandidateDate
from ob_buero_tui.services.calendar.clash_texts import sentence_of
from ob_buero_tui.services.calendar.excused import Excuse, Excuses, spans_of
from ob_buero_tui.services.calendar.persons import person_of
from ob_buero_tui.services.calendar.sessions_alike import same_session
from ob_buero_tui.services.calendar.slots import occurrence_key
from ob_buero_tui.services.calendar.taken import Claiming, Facts, rooms_of, taken
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import taken as stored
from ob_buero_tui.store.calendar import Event, EventOverride, OccurrenceWindow

ONE_DAY = timedelta(days=1)
FAR_DATES = 12
"""So many dates outside the window of occurrences are looked at; each has to be expanded on demand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One conflict of an appointment.

    Args:
        kind: In which way.
        other_id, other_key: What it clashes with: the stored appointment, and its date.
        on: The office's day of the appointment's own date.
        text: The German sentence.
        key: The appointment's own date, "" for one not made yet.
        recurrence_id, other_recurrence_id: Which dates of series.
        spans: When both are; a reason holds for these times.
        excuse: Why it stands nevertheless; None while nobody has said.
    """

    kind: ClashKind
    other_id: int | None
    other_key: str
    on: date
    text: str
    key: str = ""
    recurrence_id: str = ""
    other_recurrence_id: str = ""
    spans: str = ""
    excuse: Excuse | None = None


def clashes_of(
    session: Session,
    place: Workplace,
    candidate: Candidate,
    *,
    excused: bool = False,
    anew: Collection[int] = (),
) -> tuple[Clash, ...]:
    """What an appointment clashes with, in order of time; each way of a pair is one of its own.

    Args:
        excused: Whether those that stand with a reason are told too.
        anew: Appointments that this action changed; the table of occurrences does not know their dates yet.
    """
    rows = _others(session, candidate, anew)
    people = stored.people_of(session.connection(), {row.event_id for row in rows})
    rooms = [*rooms_of(rows), *(one.room for one in (candidate.facts, *_own_facts(candidate)))]
    claiming = Claiming(place.catalog, [*people.values(), candidate.facts.people], rooms)
    pairs = clashing_with(_mine(candidate, claiming), taken(place.catalog, rows, people, claiming))
    if not pairs:
        return ()
    changed = {(row.event_id, row.recurrence_id): row.override_id for row in rows if row.override_id}
    telling = _Telling(session, place, candidate, pairs, changed)
    return tuple(
        clash for pair in pairs for clash in telling.clashes(pair) if excused or clash.excuse is None
    )


def _own_facts(candidate: Candidate) -> Iterator[Facts]:
    return (one.facts for one in candidate.dates if one.facts is not None)


def _mine(candidate: Candidate, claiming: Claiming) -> list[Taken]:
    usual = claiming.claims(candidate.facts)
    found = []
    for one in candidate.dates:
        facts = one.facts or candidate.facts
        claims = usual if facts == candidate.facts else claiming.claims(facts)
        found.append(
            Taken(
                key=_own_key(candidate, one),
                event_id=candidate.event_id,
                recurrence_id=one.recurrence_id,
                starts=one.starts,
                ends=one.ends,
                busy_from=one.busy_from,
                busy_to=one.busy_to,
                claims=claims[0],
                own=claims[1],
                loose=claims[2],
                away=facts.kind == ABSENCE,
                session=facts.calendar == COUNCIL,
            )
        )
    return found


def _own_key(candidate: Candidate, one: CandidateDate) -> str:
    if candidate.event_id is None:
        return f"neu@{one.recurrence_id}"
    return occurrence_key(candidate.event_id, one.recurrence_id)


def _others(session: Session, candidate: Candidate, anew: Collection[int]) -> list[stored.TakenRow]:
    """The dates of all other appointments near the candidate's; of its own series where only one is meant."""
    connection = session.connection()
    window = session.scalars(select(OccurrenceWindow)).one_or_none()
    inside: list[CandidateDate] = []
    outside: list[CandidateDate] = []
    for one in candidate.dates:
        known = (
            window is not None and window.first_day < one.starts.date() and one.ends.date() < window.last_day
        )
        (inside if known else outside).append(one)
    rows = stored.near(connection, [(one.busy_from, one.busy_to) for one in inside])
    for one in outside[:FAR_DATES]:
        rows += stored.outside(connection, one.busy_from.date(), one.busy_to.date())
    if anew and candidate.dates:
        first = min(one.busy_from for one in candidate.dates).date() - ONE_DAY
        last = max(one.busy_to for one in candidate.dates).date() + 2 * ONE_DAY
        rows = [row for row in rows if row.event_id not in anew]
        rows += stored.dates_of(connection, sorted(anew), first, last)
    own = candidate.recurrence_id
    return [
        row
        for row in dict.fromkeys(rows)
        if row.event_id != candidate.event_id or (own and row.recurrence_id != own)
    ]


class _Telling:
    """Makes the sentences of pairs, with what is read once for all of them."""

    def __init__(
        self,
        session: Session,
        place: Workplace,
        candidate: Candidate,
        pairs: Sequence[Pair],
        changed: dict[tuple[int, str], int],
    ) -> None:
        self._place = place
        self._candidate = candidate
        self._facts = {_own_key(candidate, one): one.facts or candidate.facts for one in candidate.dates}
        self._several = len(candidate.dates) > 1
        ids = {pair.other.event_id for pair in pairs} | {candidate.event_id}
        self._events = {
            row.id: row for row in session.scalars(select(Event).where(Event.id.in_(ids - {None})))
        }
        self._changed = changed
        wanted = {changed.get((pair.other.event_id or 0, pair.other.recurrence_id)) for pair in pairs} - {
            None
        }
        overrides = select(EventOverride).where(EventOverride.id.in_(wanted))
        self._overrides = {row.id: row for row in session.scalars(overrides)} if wanted else {}
        self._excuses = Excuses(session, ids)

    def clashes(self, pair: Pair) -> Iterator[Clash]:
        """One for each way in which the two dates clash."""
        one, other = pair.one, pair.other
        event = self._events[other.event_id or 0]
        if self._same_session(pair, event):
            return
        override = self._overrides.get(self._changed.get((event.id, other.recurrence_id), 0))
        on = self._place.local(one.starts).date()
        for kind, claims in pair.claims:
            excuse = self._excuses.of(one, other, kind)
            yield Clash(
                kind=kind,
                other_id=event.id,
                other_key=other.key,
                on=on,
                text=sentence_of(
                    *(self._place, kind, self._names(one.key, kind, claims), other, (event, override)),
                    None if self._several else on,
                ),
                key="" if one.event_id is None else one.key,
                recurrence_id=one.recurrence_id,
                other_recurrence_id=other.recurrence_id,
                spans=spans_of(one, other),
                excuse=excuse,
            )

    def _same_session(self, pair: Pair, event: Event) -> bool:
        own = self._events.get(self._candidate.event_id or 0)
        both = own is not None and own.calendar == event.calendar == COUNCIL
        return both and pair.one.starts == pair.other.starts and same_session(own, event)  # type: ignore[arg-type]

    def _names(self, key: str, kind: ClashKind, claims: Sequence[str]) -> tuple[str, ...]:
        """Who or what is taken twice, as it is written; empty where it goes without saying."""
        facts = self._facts[key]
        written = {ClashKind.FAHRER: facts.driver, ClashKind.WAGEN: facts.car, ClashKind.RAUM: facts.room}
        if kind in written:
            return (shorten((written[kind] or facts.location).strip(), 60),)
        whose = PERSON + person_of(self._place.catalog, facts.calendar)
        if kind is not ClashKind.PERSON and whose in claims:
            return ()
        return tuple(dict.fromkeys(self._person(facts, claim) for claim in claims))

    def _person(self, facts: Facts, claim: str) -> str:
        who = claim.removeprefix(PERSON)
        if who in self._place.catalog.calendars:
            return self._place.catalog.calendar_short(who)
        named = (
            name
            for card, name, _ in facts.people
            if claim in (f"{PERSON}#{card}", PERSON + fold(name.strip()))
        )
        return shorten(next(named, facts.attendee).strip(), 60)
