"""Who could stand in for the mayor: both chains, what is in each one's way, how often each stood in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.dated_names import clash_sentence
from ob_buero_tui.services.calendar.slots import overlaps, rows_between
from ob_buero_tui.services.requests.accepting import PlannedEvent, busy_span, planned_event
from ob_buero_tui.services.requests.deputations import Counted, counted, deputations_of, standing
from ob_buero_tui.services.requests.links import linked_events
from ob_buero_tui.services.requests.verbs import refuse_hidden
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import DeputyAnswer
from ob_buero_tui.store.requests import Request

ANSWERED = {
    DeputyAnswer.ANGEFRAGT.value: "angefragt",
    DeputyAnswer.ZUGESAGT.value: "hat zugesagt",
    DeputyAnswer.ABGELEHNT.value: "hat abgelehnt",
    DeputyAnswer.ZURUECKGENOMMEN.value: "zurückgenommen",
}
"""What a deputy said, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyChoice:
    """One deputy.

    Args:
        conflicts: What takes up the deputy's time then, as sentences; empty where nothing does or no date is.
        stood, asked: How often the deputy stood in and is asked in the year of the occasion.
        said: What the deputy said about this very request, or empty.
    """

    calendar: str
    label: str
    short: str
    conflicts: tuple[str, ...] = ()
    stood: int = 0
    asked: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDeputy:
    """The deputy who is asked for a request, or has promised."""

    calendar: str
    short: str
    promised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainView:
    """One chain, first to last."""

    key: str
    label: str
    deputies: tuple[DeputyChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyProposal:
    """What can be asked for one request."""

    request_id: int
    version: int
    number: str
    event: PlannedEvent | None
    year: int
    chains: tuple[ChainView, ...]


def propose_deputies(
    place: Workplace, request_id: int, start: datetime | None = None, end: datetime | None = None
) -> DeputyProposal:
    """Both chains for a request's time, travel and absences counted.

    Args:
        start, end: Another time than the request's own, local wall time.

    Raises:
        Refusal: the request is gone, or personal to another desk.
    """
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None:
            raise Refusal("Diesen Eingang gibt es nicht mehr.")
        refuse_hidden(place, request)
        kind = place.catalog.kinds.get(request.kind or "")
        event = planned_event(place, kind, request, start=start, end=end)
        own = [one.id for one in linked_events(session, request.id)]
        said = {one.calendar: one.answer for one in deputations_of(session, request_id)}
        found = propose_for(session, place, event, without=own, said=said)
        return replace(found, request_id=request.id, version=request.version, number=request.number)


def propose_for(
    session: Session,
    place: Workplace,
    event: PlannedEvent | None,
    *,
    without: Sequence[int],
    said: Mapping[str, str],
) -> DeputyProposal:
    """Both chains for an occasion, whatever is behind it.

    Args:
        without: Appointments that are in nobody's way, such as the occasion itself.
        said: What deputies have answered already, by the key of the calendar.
    """
    year = event.start.year if event is not None else place.today.year
    numbers = counted(session, year)
    busy = _busy(session, place, event, without)
    words = {key: ANSWERED[value] for key, value in said.items()}
    choices = {
        key: _choice(place, key, busy.get(key, ()), numbers.get(key, Counted()), words.get(key, ""))
        for chain in place.catalog.chains.values()
        for key in chain.calendars
    }
    return DeputyProposal(
        request_id=0, version=0, number="", event=event, year=year, chains=_chains(place, choices)
    )


def _chains(place: Workplace, choices: Mapping[str, DeputyChoice]) -> tuple[ChainView, ...]:
    return tuple(
        ChainView(
            key=chain.key.value, label=chain.label, deputies=tuple(choices[key] for key in chain.calendars)
        )
        for chain in place.catalog.chains.values()
    )


def deputies_of(place: Workplace, ids: Sequence[int]) -> dict[int, StandingDeputy]:
    """Who is asked or has promised, by the keys of the requests."""
    found: dict[int, StandingDeputy] = {}
    with place.reading() as session:
        for key in ids:
            row = standing(session, key)
            if row is not None:
                found[key] = StandingDeputy(
                    calendar=row.calendar,
                    short=place.catalog.calendar_short(row.calendar),
                    promised=row.answer == DeputyAnswer.ZUGESAGT,
                )
    return found


def _busy(
    session: Session, place: Workplace, event: PlannedEvent | None, own: Sequence[int]
) -> dict[str, tuple[str, ...]]:
    """What is in each deputy's way; the occasion's own appointments are not."""
    if event is None:
        return {}
    span = busy_span(place, event)
    rows = rows_between(session, span.busy_from, span.busy_to)
    calendars = {key for chain in place.catalog.chains.values() for key in chain.calendars}
    return {key: tuple(map(clash_sentence, overlaps(place, rows, span, key, own))) for key in calendars}


def _choice(
    place: Workplace, key: str, conflicts: tuple[str, ...], number: Counted, said: str
) -> DeputyChoice:
    return DeputyChoice(
        calendar=key,
        label=place.catalog.calendars[key].label,
        short=place.catalog.calendar_short(key),
        conflicts=conflicts,
        stood=number.stood,
        asked=number.asked,
        said=said,
    )
