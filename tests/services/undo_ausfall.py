"""What the undo tests call the verbs of an Ausfall, and of deputies without a request, with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ob_buero_tui.rules.ausfall_line import Absence
from ob_buero_tui.store.ausfall import Ausfall
from ob_buero_tui.store.calendar import Event

Arguments = tuple[Any, ...]
AUSFALL: dict[str, Callable[[Any], Arguments]] = {}
DEPUTIES = ("bm1", "bm2", "stadtdirektor", "niemand")


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of a verb."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        AUSFALL[verb] = function
        return function

    return register


def absence(world: Any) -> Absence:
    """Some days from today on, whole or from now."""
    midnight = world.place.now.replace(hour=0, minute=0)
    start = midnight + timedelta(days=world.number(8))
    end = start + timedelta(days=1 + world.number(8))
    return Absence(
        reason=world.pick("krank", "", "Urlaub"), start=start, end=world.pick(end, end.replace(hour=14))
    )


def begun(world: Any) -> int:
    """An Ausfall that there is, begun for it where there is none."""
    from sqlalchemy import select

    from ob_buero_tui.services.ausfall.beginning import begin_ausfall

    with world.place.reading() as session:
        found = session.scalars(select(Ausfall.id)).all()
    if found:
        return int(world.pick(*found))
    midnight = world.place.now.replace(hour=0, minute=0)
    given = Absence(reason="krank", start=midnight, end=midnight + timedelta(days=15))
    return begin_ausfall(world.place, given).ids[0]


def lines(world: Any, key: int) -> list[int]:
    """Some lines of an Ausfall, and one that is not there."""
    from ob_buero_tui.services.ausfall.reading import ausfall_view

    ids = [one.id for one in ausfall_view(world.place, key).lines]
    return [world.pick(*ids, 4711) for _ in range(1 + world.number(1))]


@arguments("begin_ausfall")
def _begin(world: Any) -> Arguments:
    return (absence(world),)


@arguments("change_ausfall")
def _change(world: Any) -> Arguments:
    return (begun(world), absence(world))


@arguments("close_ausfall")
def _close(world: Any) -> Arguments:
    return (begun(world),)


@arguments("ausfall_ask")
def _ask(world: Any) -> Arguments:
    key = begun(world)
    return (key, lines(world, key), world.pick(*DEPUTIES))


@arguments("ausfall_deputy")
def _said(world: Any) -> Arguments:
    key = begun(world)
    return (key, lines(world, key), world.pick(True, False))


@arguments("ausfall_cancel")
def _cancel(world: Any) -> Arguments:
    key = begun(world)
    return (key, lines(world, key), world.pick("OB verhindert", world.text()))


@arguments("ausfall_move")
def _move(world: Any) -> Arguments:
    key = begun(world)
    start = world.place.now.replace(minute=0) + timedelta(days=1 + world.number(40))
    reason = world.pick("", "geht nebenher")
    return (key, lines(world, key)[0], start, start + timedelta(hours=world.number(2)), reason)


@arguments("ausfall_keep")
def _keep(world: Any) -> Arguments:
    key = begun(world)
    return (key, lines(world, key))


@arguments("tick_ausfall_call")
def _tick(world: Any) -> Arguments:
    from ob_buero_tui.services.ausfall.reading import ausfall_view

    key = begun(world)
    calls = [one.id for one in ausfall_view(world.place, key).calls]
    return (
        key,
        world.pick(*calls, 4711),
        world.pick("erreicht", world.text()),
        world.pick(None, True, False),
    )


@arguments("deputize_event")
def _deputize(world: Any) -> Arguments:
    key = world.one(Event)
    return (world.pick(str(key), f"{key}@2026-12-01T10:00"), world.pick(*DEPUTIES))


@arguments("event_deputy_said")
def _event_said(world: Any) -> Arguments:
    return (world.one(Event), world.pick(True, False))
