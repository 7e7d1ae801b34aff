"""What the undo tests call the use cases of calendars that others lead with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Arguments = tuple[Any, ...]
CALENDARS: dict[str, Callable[[Any], Arguments]] = {}


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of a verb."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        CALENDARS[verb] = function
        return function

    return register


def uids(world: Any) -> list[str]:
    """The UIDs of the appointments there are, and one that nobody knows."""
    from sqlalchemy import select

    from ob_buero_tui.store.calendar import Event

    with world.place.reading() as session:
        return [*session.scalars(select(Event.uid).order_by(Event.id)), "fremd@outlook.example.org"]


@arguments("sync_calendar")
def _reread(world: Any) -> Arguments:
    from calendars_kit import ics, vevent
    from ob_buero_tui.exchange.ics import read_calendar
    from ob_buero_tui.services.calendars.feeding import Feed
    from ob_buero_tui.services.calendars.state import Remembered

    known = world.pick(*uids(world))
    events = [vevent(str(number)) for number in range(1, 2 + world.number(2))]
    events.append(
        vevent("x", f"202612{1 + world.number(5):02}T100000").replace("x@outlook.example.org", known)
    )
    file = read_calendar(ics(*events).encode(), world.place.zone)
    after = Remembered(digest=str(world.number(1000)), uids=tuple(one.uid for one in file.events))
    return (Feed(calendar="ob", path=str(world.number(1000)), file=file, before=None, after=after),)


@arguments("remove_vanished")
def _vanished(world: Any) -> Arguments:
    return ("ob", [world.pick(*uids(world)) for _ in range(1 + world.number(2))])


@arguments("send_to_outlook")
def _send(world: Any) -> Arguments:
    from ob_buero_tui.store.calendar import Event

    return (world.some(Event), [])


@arguments("take_theirs")
def _give_way(world: Any) -> Arguments:
    from ob_buero_tui.store.calendar import Event

    return (world.one(Event),)
