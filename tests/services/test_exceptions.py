"""What a verb leaves out of a batch is known and named before anything is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.requests import closing, declining, verbs
from ob_buero_tui.services.requests.exceptions import GONE, PERSONAL, TRASHED, sort_out
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.services.workplace import Workplace

CALLS: dict[str, Callable[[Workplace, list[int]], object]] = {
    "decline": lambda place, ids: declining.decline(place, ids, "Terminkonflikt"),
    "finish": lambda place, ids: closing.finish(place, ids),
    "defer": lambda place, ids: verbs.defer(place, ids, place.today.replace(day=30)),
    "assign": lambda place, ids: verbs.assign(place, ids, "KL"),
    "note": lambda place, ids: verbs.note(place, ids, "Anruf"),
    "mark_important": lambda place, ids: verbs.mark_important(place, ids),
    "trash": lambda place, ids: verbs.trash(place, ids),
    "restore_request": lambda place, ids: verbs.restore(place, ids),
}


def made(place: Workplace, **values: object) -> int:
    """A request in some state."""
    state = RequestState(str(values.get("state", "neu")))
    return int(USE_CASES["test_create_request"].run(place, {**values, "closed": state in verbs.CLOSING}))


@pytest.mark.parametrize("verb", CALLS)
def test_what_is_called_possible_is_not_refused(verb: str, place: Workplace) -> None:
    ids = [made(place, state=state.value) for state in RequestState]
    ids += [
        made(place, trashed_at=place.clock()),
        made(place, confidentiality="persoenlich", owner="x"),
        4711,
    ]

    found = sort_out(place, ids, verb)

    assert sorted((*found.possible, *(each.id for each in found.exempt))) == sorted(ids)
    CALLS[verb](place, list(found.possible))
    for each in found.exempt:
        if each.reason != "ist schon erledigt":
            with pytest.raises(Refusal):
                CALLS[verb](place, [each.id])


def test_each_reason_is_named(place: Workplace, open_desk: Callable[[str], Office]) -> None:
    other = open_desk("karl.lorenz").place
    hidden = made(other, confidentiality=Confidentiality.PERSOENLICH.value, owner="karl.lorenz")
    ids = [made(place), hidden, made(place, trashed_at=place.clock()), made(place, state="erledigt"), 4711]

    found = sort_out(place, ids, "decline")

    assert found.possible == (ids[0],)
    assert [each.reason for each in found.exempt] == [PERSONAL, TRASHED, "ist abgeschlossen", GONE]
    assert found.heading("absagen") == "5 Eingänge: 1 absagen; 4 nicht möglich"
    assert "! 2026-0004 ist abgeschlossen." in found.reasons()


def test_only_the_first_reasons_are_listed(place: Workplace) -> None:
    found = sort_out(place, [made(place, state="erledigt") for _ in range(11)], "decline")

    assert found.reasons().splitlines()[-1] == "  und 3 weitere"


def test_nothing_is_written_by_looking(place: Workplace) -> None:
    key = made(place)
    before = len(place.written)

    sort_out(place, [key], "trash")

    assert len(place.written) == before
