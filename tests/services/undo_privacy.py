"""What the undo tests call the verbs of erasure and Aussonderung with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.disposing.deciding import offer_to_archive
from ob_buero_tui.services.disposing.views import id_of, key_of
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.erasure_list import ErasedRow, ErasureGroup, new_token
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.retention import Disposal, DisposalState
from ob_buero_tui.store.tasks import Note

Arguments = tuple[Any, ...]
PRIVACY: dict[str, Callable[[Any], Arguments]] = {
    "keep_record": lambda world: (
        _due(world),
        world.place.today + timedelta(days=world.number(9)),
        world.text(),
    ),
    "offer_to_archive": lambda world: (_due(world),),
    "destroy_record": lambda world: (_due(world, answered=True), []),
    "replay_erasures": lambda world: ([_group(world)],),
}
PRIVACY_FINAL = frozenset(("erase_person", "destroy_record", "replay_erasures"))
"""Those that nobody can take back."""


def _due(world: Any, *, answered: bool = False) -> list[int]:
    """A request that was closed long ago; with the archive's answer where that is wanted."""
    key = world.one(Request)
    with transaction(world.place, "note") as work:
        request = work.session.get(Request, key)
        if request is not None:
            request.closed, request.closed_on = True, date(2001, 1, 1)
            if answered and not work.session.query(Disposal).filter_by(row_id=key).count():
                said = {"state": DisposalState.ABGELEHNT.value, "decided_on": work.today, "decided_by": "KL"}
                work.session.add(
                    Disposal(table_name="request", row_id=key, retention_class="eingaenge", **said)
                )
    return [id_of("request", key)]


def _group(world: Any) -> ErasureGroup:
    row = ErasedRow("note", world.one(Note))
    return ErasureGroup(token=new_token(), at="2026-11-25T08:42:00Z", rows=(row,))


def _answer(world: Any) -> Arguments:
    ids = _due(world)
    with suppress(Refusal):  # it may be offered already
        offer_to_archive(world.place, ids)
    return (ids, world.pick(DisposalState.UEBERNOMMEN, DisposalState.ABGELEHNT))


def _erase(world: Any) -> Arguments:
    person = world.one(Person)
    with transaction(world.place, "note") as work:
        for request in work.session.query(Request).filter_by(requester_id=person):
            request.closed, request.closed_on = True, date(2001, 1, 1)
    found = find_person(world.place, person)
    chosen = tuple(hit.key for hit in found.asked if not hit.duty and world.pick(True, True, False))
    files = tuple(one.digest for one in found.files if not one.duty and world.pick(True, True, False))
    return (found, chosen, files, world.pick(found.confirm, found.confirm, found.confirm, "x"), [])


def _filed(world: Any) -> Arguments:
    """A closed request that was mostly given out for the E-Akte."""
    (number,) = _due(world)
    _, key = key_of(number)
    with transaction(world.place, "note") as work:
        request = work.session.get(Request, key)
        if request is not None and world.pick(True, True, False):
            request.filed_at, request.taken_over_at = work.at, None
    return ([key],)


PRIVACY |= {"take_over": _filed, "erase_person": _erase, "archive_answered": _answer}
