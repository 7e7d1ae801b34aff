"""`day` and `week`: the appointments of a day or of seven, as text or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import print_json, print_table, say
from ob_buero_tui.cli.shapes import day_shape, week_shape
from ob_buero_tui.office import Office
from ob_buero_tui.rules import german, states
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.services.calendar.day import day, week
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.services.workcalendar import office_calendar


def run_day(options: Namespace) -> int:
    """Print the appointments of a day; today without a day."""
    with opened(options) as office:
        view = day(office.place, _chosen_day(options, office), audience_of(options, office), whole=True)
        if options.json:
            print_json(day_shape(view, office.place.zone))
        else:
            _print_day(view)
    return 0


def run_week(options: Namespace) -> int:
    """Print the appointments of the week around a day, from Monday to Sunday; of this week without a day."""
    with opened(options) as office:
        days = week(office.place, _chosen_day(options, office), audience_of(options, office), whole=True)
        if options.json:
            print_json(week_shape(days, office.place.zone))
        else:
            _print_week(days)
    return 0


def _chosen_day(options: Namespace, office: Office) -> date:
    today = office.place.today
    if not options.date:
        return today
    try:
        return parse_day(" ".join(options.date), today, office_calendar(office.place), allow_past=True).day
    except Refusal as refusal:
        wrong_use(str(refusal))


def _print_day(view: DayView) -> None:
    heading = f"{german.long_date(view.date)} · KW {german.iso_week(view.date)}"
    say(" · ".join((heading, *view.notes)))
    if not view.events:
        say("Keine Termine.")
        return
    print_table(
        ("Zeit", "Termin", "Ort", "Stand", "Hinweis"),
        [_cells(event, view.date) for event in view.events],
    )


def _print_week(days: Sequence[DayView]) -> None:
    """The days one below the other, each named once; a day without appointments has its line too."""
    first, last = days[0].date, days[-1].date
    say(f"KW {german.iso_week(first)} · {german.date_range(first, last)}")
    print_table(
        ("Tag", "Zeit", "Termin", "Ort", "Stand", "Hinweis"), [row for one in days for row in _day_rows(one)]
    )


def _day_rows(view: DayView) -> Iterator[Sequence[str]]:
    name = german.short_date(view.date, aligned=True)
    if view.notes or not view.events:
        yield name, "", " · ".join(view.notes) or "keine Termine", "", "", ""
    for number, event in enumerate(view.events):
        first = number == 0 and not view.notes
        yield name if first else "", *_cells(event, view.date)


def _cells(event: DayEvent, on: date) -> tuple[str, str, str, str, str]:
    state = states.label(event.status) if event.view == "full" else ""
    return _span(event, on), event.summary, event.location, state, _hints(event)


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


def run_free(options: Namespace) -> int:
    """Print free times; what it needs is loaded only then."""
    from ob_buero_tui.cli import free

    return free.run_free(options)


COMMANDS: dict[str, Callable[[Namespace], int]] = {"day": run_day, "week": run_week, "free": run_free}
