"""Use cases that random steps do not reach: what must be there before, and what they are called with then."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from agenda_kit import add_paper
from council_kit import add_body, add_item
from fault_bench import Bench
from fault_walk import Reached

from calendars_kit import ics, touch, vevent
from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.rules.year_plan import Round
from ob_buero_tui.services.answers.composing import compose
from ob_buero_tui.services.answers.sending import Order
from ob_buero_tui.services.answers.views import How, Recipient
from ob_buero_tui.services.answers.writing import answer_of
from ob_buero_tui.services.calendars.feeding import Feed, take_in
from ob_buero_tui.services.calendars.state import Remembered
from ob_buero_tui.services.council import planning
from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.services.council.planning_views import PatternForm
from ob_buero_tui.services.council.verbs import set_ladungsfrist
from ob_buero_tui.services.requests.deputizing import DeputyPlan, deputize
from ob_buero_tui.services.requests.proposing_deputies import propose_deputies
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization

Arguments = tuple[Any, ...]


def prepared(bench: Bench) -> Reached:
    """Bring the office for each of these use cases to where it goes through."""
    reached = Reached()
    for verb, prepare in PREPARED.items():
        bench.begin(bench.furnished)
        place = _led_by_outlook(bench.place) if verb in OUTLOOK else bench.place
        arguments = prepare(place)
        bench.keep()
        reached[verb] = (place, bench.kept.rename(bench.kept.with_name(f"vor-{verb}")), arguments)
    return reached


def _meeting(place: Workplace, body: int) -> int:
    return int(USE_CASES["test_create_meeting"].run(place, {"body": body}))


def _place_paper(place: Workplace) -> Arguments:
    body = add_body(place, "Rat der Stadt")
    return (add_paper(place, "Haushalt 2027", body, reference="BV 2026 0359"), _meeting(place, body))


def _drop_consultation(place: Workplace) -> Arguments:
    from sqlalchemy import select

    from ob_buero_tui.store.council import Consultation

    paper = add_paper(place, "Radweg", add_body(place, "Bauausschuss"), add_body(place, "Rat der Stadt"))
    with place.reading() as session:
        first = session.scalars(select(Consultation.id).where(Consultation.paper_id == paper)).first()
    return (first,)


def _move_items(place: Workplace) -> Arguments:
    body = add_body(place, "Rat der Stadt")
    before, after = _meeting(place, body), _meeting(place, body)
    return ([add_item(place, before, position, f"Punkt {position}") for position in (0, 1)], after, "")


def _shorten(place: Workplace) -> Arguments:
    meeting = int(USE_CASES["test_create_meeting"].run(place, {"body": "Verbandsversammlung"}))
    with place.reading() as session:
        body = session.query(Organization).filter_by(name="Verbandsversammlung").one().id
    set_ladungsfrist(place, body, "rp")
    return ([meeting], "Sturmschaden am Rathaus")


def _accept_plan(place: Workplace) -> Arguments:
    habit = PatternForm(weekdays=(1,), start=time(17), step=0)
    for name in ("Rat der Stadt", "Hauptausschuss"):
        edit_pattern(place, add_body(place, name, short_name=name, mayor_attends=False), habit)
    rounds = (Round(number=1, first=date(2027, 1, 11), last=date(2027, 3, 19)),)
    return (planning.propose(place, 2027, rounds, variants=("A",)).plan_ids[0],)


def _invited(place: Workplace, **more: Any) -> int:
    given = {
        "kind": "einladung",
        "subject": "Sommerfest",
        "received_at": datetime(2026, 11, 18, 8, tzinfo=UTC),
        "event_start": datetime(2026, 12, 21, 18),
        "event_place": "Festzelt",
    }
    return int(USE_CASES["test_create_request"].run(place, given | more))


def _promised(place: Workplace) -> Arguments:
    key = _invited(place)
    proposal = propose_deputies(place, key)
    chain = proposal.chains[0]
    plan = DeputyPlan(
        request_id=key,
        version=proposal.version,
        calendar=chain.deputies[0].calendar,
        chain=chain.key,
        event=proposal.event,
    )
    deputize(place, [plan])
    return ([key],)


def _send_answers(place: Workplace) -> Arguments:
    key = _invited(place, state="zugesagt", outcome="zusage", requester_id=1)
    to = Recipient(name="Erika Beispiel", email="e@tsv.example.org")
    return ([Order(answer=replace(answer_of(compose(place, key)), recipient=to), how=How.EMAIL)], [], {})


def _pending(place: Workplace) -> int:
    """An appointment from Outlook that was moved here and not there."""
    file = read_calendar(ics(vevent("1", summary="Presse")).encode(), place.zone)
    after = Remembered(digest="1", uids=tuple(one.uid for one in file.events))
    (key,) = take_in(place, Feed(calendar="ob", path="1", file=file, before=None, after=after)).written
    touch(place, key, {"location": "Ratssaal"})
    return key


def _led_by_outlook(place: Workplace) -> Workplace:
    """The desk of an office whose mayor's calendar Outlook leads."""
    calendars = dict(place.catalog.calendars)
    calendars["ob"] = replace(calendars["ob"], leads=Leader.OUTLOOK, address="ob@lindenau.example.org")
    return replace(place, catalog=replace(place.catalog, calendars=calendars))


OUTLOOK = ("send_to_outlook", "take_theirs")
PREPARED: dict[str, Callable[[Workplace], Arguments]] = {
    "accept_plan": _accept_plan,
    "deputy_promised": _promised,
    "drop_consultation": _drop_consultation,
    "move_items_to": _move_items,
    "place_paper": _place_paper,
    "send_answers": _send_answers,
    "send_to_outlook": lambda place: ([_pending(place)], []),
    "shorten_ladungsfrist": _shorten,
    "take_theirs": lambda place: (_pending(place),),
}
