"""What the undo tests call the verbs on bodies, members and responsibilities with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ob_buero_tui.store.people import Membership, Organization, Person

Arguments = tuple[Any, ...]
BODIES: dict[str, Callable[[Any], Arguments]] = {
    "drop_member": lambda world: (world.one(Membership),),
    "end_body": lambda world: (world.one(Organization), day(world)),
    "change_fraction": lambda world: (
        world.one(Person),
        world.one(Organization),
        world.pick(None, world.one(Organization)),
        day(world),
    ),
}


def day(world: Any) -> Any:
    """A day near today."""
    return world.place.today + timedelta(days=world.number(4) - 2)


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of a verb that needs more than a line."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        BODIES[verb] = function
        return function

    return register


def _entry(world: Any) -> Any:
    from ob_buero_tui.services.council.member_verbs import MemberEntry

    return MemberEntry(
        person_id=world.one(Person),
        role=world.pick("Mitglied", "Vorsitzende", "Schriftführer", ""),
        fraction_id=world.pick(None, world.one(Organization)),
        voting=world.pick(None, True, False),
        substitute_for_id=world.pick(None, None, world.one(Membership)),
        start=world.pick(None, day(world)),
        end=world.pick(None, day(world)),
        note=world.text(),
    )


@arguments("add_member")
def _add(world: Any) -> Arguments:
    return (world.one(Organization), _entry(world))


@arguments("change_member")
def _change(world: Any) -> Arguments:
    return (world.one(Membership), _entry(world), world.pick(None, day(world)))


def _body(world: Any) -> Any:
    from ob_buero_tui.services.council.bodies import BodyEntry

    return BodyEntry(
        name=world.pick(world.text(), "Beirat", "Ausschuss"),
        voting_member_count=world.pick(None, world.number(40)),
        member_count=world.pick(None, 41),
        part_of_id=world.pick(None, world.one(Organization)),
        mayor_attends=world.pick(True, False),
    )


@arguments("create_body")
def _create(world: Any) -> Arguments:
    return (_body(world),)


@arguments("edit_body")
def _edit(world: Any) -> Arguments:
    from ob_buero_tui.services.council.bodies import body_entry

    key = world.one(Organization)
    return (key, body_entry(world.place, key), _body(world))


def _responsibility(world: Any) -> Any:
    from ob_buero_tui.services.council.responsibility_verbs import ResponsibilityEntry

    return ResponsibilityEntry(
        subject=world.pick("Schulen", "OB", ""),
        organization_id=world.pick(None, world.one(Organization)),
        person_id=world.pick(None, world.one(Person)),
        start=world.pick(None, day(world)),
        end=world.pick(None, day(world)),
    )


@arguments("add_responsibility")
def _add_responsibility(world: Any) -> Arguments:
    return (_responsibility(world),)


@arguments("edit_responsibility")
def _edit_responsibility(world: Any) -> Arguments:
    from ob_buero_tui.store.council_year import Responsibility

    return (world.one(Responsibility), _responsibility(world))


@arguments("end_responsibility")
def _end_responsibility(world: Any) -> Arguments:
    from ob_buero_tui.store.council_year import Responsibility

    return (world.one(Responsibility), day(world))
