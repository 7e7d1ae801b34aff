"""Create, move over midnight, shorten, make a series, change it by every scope, undo all: nothing is left."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from ob_buero_tui.cli.shapes import day_shape
from ob_buero_tui.services.calendar.adding import add_event, copy_event
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.date_verbs import cancel_dates, confirm_dates, trash_dates
from ob_buero_tui.services.calendar.day import week
from ob_buero_tui.services.calendar.forms import EventForm, form_of
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import contents

Make = Callable[..., int]
FIRST = date(2026, 11, 24)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def printed(place: Workplace) -> str:
    """What `ob-buero day --json` prints for each day of eight weeks."""
    weeks = [week(place, FIRST + timedelta(weeks=n)) for n in range(8)]
    shapes = [day_shape(one, place.zone) for days in weeks for one in days]
    return json.dumps(shapes, ensure_ascii=False, sort_keys=True)


def form(**values: Any) -> EventForm:
    given = {"start": at("2026-11-26T14:00"), "end": at("2026-11-26T15:00"), "summary": "Spatenstich"}
    return EventForm(**(given | values))


def steps(place: Workplace) -> list[Callable[[], Any]]:
    """Everything a clerk does in the issue, one step after the other."""
    key = add_event(place, form()).ids[0]
    series = "FREQ=WEEKLY;BYDAY=FR;COUNT=8"

    def change(name: str, scope: Scope, **values: Any) -> None:
        change_event(place, replace(form_of(place, name), **values), scope)

    return [
        lambda: move_event(place, str(key), at("2026-11-26T22:30"), at("2026-11-27T00:30")),
        lambda: move_event(place, str(key), at("2026-11-27T23:30"), at("2026-11-28T01:00")),
        lambda: move_event(place, str(key), at("2026-11-27T23:30"), at("2026-11-28T00:15")),
        lambda: change(str(key), Scope.SERIE, rrule=series),
        lambda: change(f"{key}@2026-12-04T23:30", Scope.DIESER, summary="Nur dieser", driver="Weber"),
        lambda: move_event(
            place, f"{key}@2026-12-11T23:30", at("2026-12-12T10:00"), at("2026-12-12T11:00"), Scope.DIESER
        ),
        lambda: change(f"{key}@2026-12-18T23:30", Scope.FOLGENDE, summary="Ab hier anders"),
        lambda: move_event(
            place, f"{key}@2026-12-04T23:30", at("2026-12-05T09:00"), at("2026-12-05T10:00"), Scope.SERIE
        ),
        lambda: trash_dates(place, f"{key + 1}@2026-12-25T23:30", Scope.DIESER),
        lambda: cancel_dates(place, f"{key + 1}@2027-01-01T23:30", Scope.DIESER, "Feiertag"),
        lambda: confirm_dates(place, f"{key + 1}@2027-01-01T23:30", Scope.DIESER),
        lambda: trash_dates(place, f"{key + 1}@2027-01-08T23:30", Scope.FOLGENDE),
        lambda: copy_event(place, f"{key + 1}@2026-12-18T23:30", at("2026-12-21T08:00")),
        lambda: trash_dates(place, f"{key + 1}@2026-12-18T23:30", Scope.SERIE),
    ]


def test_all_steps_taken_back_leave_the_days_as_they_were(place: Workplace, make_event: Make) -> None:
    make_event(summary="Empfang im Rathaus")
    start, rows = printed(place), contents(place)
    actions = steps(place)
    seen = [start, printed(place)]
    for step in actions:
        step()
        seen.append(printed(place))
    end = contents(place)
    assert all(one != other for one, other in pairwise(seen)), "each step shows"
    for expected in reversed(seen[:-1]):
        undo(place)
        assert printed(place) == expected
    assert contents(place) == rows
    for _ in range(len(actions) + 1):
        redo(place)
    assert printed(place) == seen[-1]
    assert contents(place) == end
