"""`tasks`: what is to be done, as text or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from typing import Any

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import print_json, print_table, say
from ob_buero_tui.office import Office
from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.services.follow_ups.listing import task_list
from ob_buero_tui.services.follow_ups.views import ListedTask
from ob_buero_tui.services.workcalendar import office_calendar


def run_tasks(options: Namespace) -> int:
    """Print the open tasks by date, those until a day, or also what is done."""
    with opened(options) as office:
        until = _until(options, office)
        found = task_list(office.place, until, audience_of(options, office), done=options.all)
        if options.json:
            print_json([_shape(one) for one in found])
        else:
            _print_tasks(found)
    return 0


def _until(options: Namespace, office: Office) -> date | None:
    if not options.until:
        return None
    try:
        return parse_day(
            options.until, office.place.today, office_calendar(office.place), allow_past=True
        ).day
    except Refusal as refusal:
        wrong_use(str(refusal))


def _shape(one: ListedTask) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "label": clean(one.label),
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "due_time": one.due_time.isoformat("minutes") if one.due_time else None,
        "due_text": clean(one.due_text),
        "overdue": one.overdue,
        "number": one.number or None,
        "subject": clean(one.subject),
        "assigned_to": clean(one.assigned_to),
        "done": one.done,
    }


def _print_tasks(found: Sequence[ListedTask]) -> None:
    if not found:
        say("Hier ist nichts zu tun.")
        return
    print_table(
        ("Bis", "", "Aufgabe", "Nummer", "Betreff", "Wer"),
        [
            (
                _due(one),
                "erledigt" if one.done else "überfällig" if one.overdue else "",
                one.label,
                one.number,
                one.subject,
                one.assigned_to,
            )
            for one in found
        ],
    )


def _due(one: ListedTask) -> str:
    if one.due_on is None:
        return "ohne" if one.full else ""
    at = f" {german.clock(one.due_time)}" if one.due_time else ""
    return f"{german.long_date(one.due_on)}{at}"
