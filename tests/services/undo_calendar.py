"""What the undo tests call the verbs on appointments and their dates with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.calendar.forms import EventForm, PersonEntry, form_of
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]
RULES = (
    "",
    "FREQ=DAILY;COUNT=5",
    "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270131T225959Z",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=YEARLY",
)
CALENDAR: dict[str, Callable[[Any], Arguments]] = {
    "cancel_dates": lambda world: (_key(world), world.pick(*Scope), world.text()),
    "confirm_dates": lambda world: (_key(world), world.pick(*Scope)),
    "trash_dates": lambda world: (_key(world), world.pick(*Scope)),
    "add_event": lambda world: (_form(world, _new(world)), world.pick("", "steht so")),
    "copy_event": lambda world: (_key(world), _moment(world), world.pick("", "steht so")),
}


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of a verb that needs more than a line."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        CALENDAR[verb] = function
        return function

    return register


def _moment(world: Any) -> Any:
    return world.place.now.replace(minute=0) + timedelta(days=world.number(9), hours=world.number(14))


def _key(world: Any) -> str:
    """One date: of a single appointment or a series, one that is not there among them."""
    key = world.one(Event)
    day = world.pick("", "@2026-12-01T10:00", "@2026-12-02T10:00", "@2026-12-03T10:00")
    return f"{key}{day}"


def _new(world: Any) -> EventForm:
    start = _moment(world)
    return EventForm(start=start, end=start + timedelta(hours=world.number(3)), rrule=world.pick(*RULES))


def _form(world: Any, form: EventForm) -> EventForm:
    """A form after somebody has typed into it."""
    people = world.pick((), (PersonEntry(name="Erika Beispiel", part="begleitung"),))
    return replace(
        form,
        summary=world.text(),
        location=world.pick("", "Ratssaal"),
        kind=world.pick("", "richtfest"),
        status=world.pick(*EventStatus),
        confidentiality=world.pick(*Confidentiality),
        driver=world.pick("", "Kurt Weber"),
        calendar=world.pick("ob", "ob", "bm1", "gibt es nicht"),
        people=people,
        request_id=world.pick(None, world.one(Request)),
    )


@arguments("change_event")
def _change(world: Any) -> Arguments:
    form = form_of(world.place, _key(world))
    if world.pick(True, False):
        form = replace(form, rrule=world.pick(*RULES))
    if world.pick(True, False):
        form = _form(world, form)
    start = world.pick(form.start, form.start + timedelta(days=1), form.start + timedelta(minutes=45))
    form = replace(form, start=start, end=start + (form.end - form.start))
    version = form.version - world.pick(0, 0, 0, 1)
    return (replace(form, version=version), world.pick(*Scope), "steht so")


@arguments("move_event")
def _move(world: Any) -> Arguments:
    key = _key(world)
    form = form_of(world.place, key)
    by = timedelta(days=world.number(8) - 4, minutes=15 * (world.number(20) - 10))
    longer = timedelta(minutes=30 * (world.number(4) - 2))
    all_day = world.pick(None, None, True, False)
    return (key, form.start + by, form.end + by + longer, world.pick(*Scope), "steht so", all_day)
