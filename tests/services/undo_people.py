"""What the undo tests call the verbs on people and bodies with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ob_buero_tui.rules.locks import Lock
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.people import Membership, Organization, Person

Arguments = tuple[Any, ...]
PEOPLE: dict[str, Callable[[Any], Arguments]] = {
    "note_contact": lambda world: ("person", world.one(Person), world.text()),
    "classify_contact": lambda world: (
        "organization",
        world.some(Organization),
        world.pick(*Confidentiality),
    ),
    "set_locks": lambda world: (world.one(Person), {world.pick(*Lock): world.pick(None, world.place.today)}),
    "mark_deceased": lambda world: (
        world.one(Person),
        world.place.today + timedelta(days=world.number(2) - 1),
    ),
    "add_membership": lambda world: (world.one(Person), world.pick("Turnverein", "Werft", ""), world.text()),
    "end_membership": lambda world: (world.one(Membership), world.place.today),
}


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of a verb that needs more than a line."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        PEOPLE[verb] = function
        return function

    return register


@arguments("create_contact")
def _contact(world: Any) -> Arguments:
    if world.pick(True, False):
        return ("organization", {"name": world.text(), "categories": "Sport"})
    return (
        "person",
        {"given_name": "Erika", "family_name": world.text(), "birthday": world.pick("", "1.5.1960")},
    )


@arguments("edit_contact")
def _edit_contact(world: Any) -> Arguments:
    from ob_buero_tui.services.people.editing import contact_form

    table = world.pick("person", "organization")
    filled = contact_form(world.place, table, world.one(Person if table == "person" else Organization))
    typed = {**filled.values, "tel": world.text(), "note": world.text(), "email": "e@example.org"}
    return (table, filled.id, {**filled.values, "tel": world.pick("", "alt")}, typed)


@arguments("merge_contacts")
def _merge(world: Any) -> Arguments:
    from ob_buero_tui.services.people.editing import create_contact

    table, row_class = world.pick(("person", Person), ("organization", Organization))
    values = {"family_name": "Muster", "name": "Verein", "tel": world.text()}
    key = create_contact(world.place, table, values).ids[0]
    return (table, *world.pick((key, [world.one(row_class)]), (world.one(row_class), [key])))


CARDS = """BEGIN:VCARD
VERSION:3.0
N:{name};Erika
ORG:{body}
REV:202{number}0101T000000Z
TEL:{number}
DEATHDATE:{died}
CATEGORIES:Sport
END:VCARD
"""


@arguments("import_vcard")
def _cards(world: Any) -> Arguments:
    from ob_buero_tui.exchange.vcard import read_cards
    from ob_buero_tui.services.intake.source import Source, fingerprint

    card = CARDS.format(
        name=world.pick("Beispiel", "Muster"),
        body=world.pick("Turnverein", "Werft"),
        number=world.number(9),
        died=world.pick("", "20261101"),
    )
    data = (card * world.pick(1, 2)).encode()
    return (read_cards(data), Source(name="kontakte.vcf", format="vcf", sha256=fingerprint(data)))
