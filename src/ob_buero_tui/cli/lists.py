"""`inbox`, `day` and `search`: the lists of the screens as text, or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import print_json, print_table, say
from ob_buero_tui.cli.shapes import day_shape, inbox_shape, search_shape
from ob_buero_tui.office import Office
from ob_buero_tui.rules import german, states
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.listing import Listed, listing
from ob_buero_tui.services.search import Hit, search
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.services.workcalendar import office_calendar

TYPES = {
    "request": "Eingang",
    "event": "Termin",
    "task": "Aufgabe",
    "person": "Person",
    "organization": "Organisation",
}


def run_inbox(options: Namespace) -> int:
    """Print the open requests by the day their answer is due, one split of them, or all there are."""
    with opened(options) as office:
        split = inbox.ALL if options.all else options.split or inbox.OPEN_ONES
        try:
            found = listing(office.place, split, audience_of(options, office), checked=options.json)
        except Refusal as refusal:
            wrong_use(str(refusal))
        if options.json:
            print_json(inbox_shape(found, office.place.zone))
        else:
            _print_inbox(found)
    return 0


def run_day(options: Namespace) -> int:
    """Print the appointments of a day; today without a day."""
    with opened(options) as office:
        view = day(office.place, _chosen_day(options, office), audience_of(options, office))
        if options.json:
            print_json(day_shape(view, office.place.zone))
        else:
            _print_day(view)
    return 0


def run_search(options: Namespace) -> int:
    """Print what contains words beginning with every word of the text."""
    with opened(options) as office:
        hits = search(office.place, " ".join(options.text), audience=audience_of(options, office))
        if options.json:
            print_json(search_shape(hits))
        else:
            _print_hits(hits)
    return 0


def _chosen_day(options: Namespace, office: Office) -> date:
    today = office.place.today
    if not options.date:
        return today
    try:
        return parse_day(" ".join(options.date), today, office_calendar(office.place), allow_past=True).day
    except Refusal as refusal:
        wrong_use(str(refusal))


def _print_inbox(found: Sequence[Listed]) -> None:
    if not found:
        say("Hier liegt nichts.")
        return
    headers = ("Nummer", "Art", "Antwort bis", "", "Betreff", "Von", "Stand")
    print_table(
        headers,
        [
            (
                one.number,
                one.kind_label,
                _due(one),
                " ".join(
                    word for word, said in (("überfällig", one.overdue), ("wichtig", one.important)) if said
                ),
                one.subject,
                one.organization or one.requester,
                states.label(one.state),
            )
            for one in found
        ],
    )


def _due(one: Listed) -> str:
    if one.due_on is None:
        return "ohne"
    at = f" {german.clock(one.due_time)}" if one.due_time else ""
    return f"{german.long_date(one.due_on)}{at}"


def _print_day(view: DayView) -> None:
    heading = f"{german.long_date(view.date)} · KW {german.iso_week(view.date)}"
    say(" · ".join((heading, *view.notes)))
    if not view.events:
        say("Keine Termine.")
        return
    print_table(
        ("Zeit", "Termin", "Ort", "Stand", "Hinweis"),
        [
            (
                _span(event, view.date),
                event.summary,
                event.location,
                states.label(event.status) if event.view == "full" else "",
                _hints(event),
            )
            for event in view.events
        ],
    )


def _span(event: DayEvent, on: date) -> str:
    if event.all_day:
        return "ganztägig"
    start = german.clock(event.start)
    end = german.clock(event.end)
    before = f"{german.short_date(event.start.date())} " if event.start.date() < on else ""
    after = f"{german.short_date(event.end.date())} " if event.end.date() > on else ""
    return f"{before}{start}–{after}{end}"


def _hints(event: DayEvent) -> str:
    travel = event.travel_before_min + event.travel_after_min
    driven = f"Fahrt {german.duration(travel)}" if travel and event.view == "full" else ""
    clash = "Konflikt" if event.conflicts else ""
    return " · ".join(part for part in (clash, driven) if part)


def _print_hits(hits: Sequence[Hit]) -> None:
    if not hits:
        say("Nichts gefunden.")
        return
    rows = [(TYPES.get(hit.type, hit.type), str(hit.id), hit.title, hit.snippet) for hit in hits]
    print_table(("Was", "Nr.", "Titel", "Fundstelle"), rows)


COMMANDS: dict[str, Callable[[Namespace], int]] = {"inbox": run_inbox, "day": run_day, "search": run_search}
