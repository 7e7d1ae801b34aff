"""What an office calls a state is said wherever a state is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from ob_buero_tui.cli.export_tables import table
from ob_buero_tui.rules.query import parse_query
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.requests.caller_matters import matters
from ob_buero_tui.services.requests.listing import asked_for
from ob_buero_tui.services.requests.precedents import precedents
from ob_buero_tui.services.requests.query import explained
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request

Make = Callable[..., int]
OWN = "zurückgestellt"


@pytest.fixture
def renamed(place: Workplace) -> Workplace:
    """The desk of an office that calls `vertagt` something else."""
    table = replace(place.catalog.states, labels={RequestState.VERTAGT: OWN})
    return replace(place, catalog=replace(place.catalog, states=table))


def test_the_own_word_is_said_to_a_caller_and_in_the_vorgeschichte(
    renamed: Workplace, make_request: Make
) -> None:
    with transaction(renamed, "note") as work:
        person = Person(given_name="Erika", family_name="Beispiel", mobile="0171 5547111")
        work.session.add(person)
        work.session.flush()
        key = person.id
    make_request(
        subject="Radweg", requester_id=key, state="vertagt", received_at=datetime(2025, 1, 2, 9, tzinfo=UTC)
    )
    new = make_request(subject="Grußwort", requester_id=key)
    told = matters(renamed, "Erika Beispiel", "", "").open
    assert sorted(OWN in line for line in told) == [False, True]
    with renamed.reading() as session:
        request = session.get(Request, new)
        assert request is not None
        (found,) = precedents(session, renamed, request)
    assert found.outcome == OWN


@pytest.mark.parametrize("typed", ["vertagt", OWN, "ZURÜCKGESTELLT"])
def test_a_search_takes_and_explains_the_own_word(renamed: Workplace, make_request: Make, typed: str) -> None:
    key = make_request(state="vertagt")
    make_request()
    query = parse_query(f"status:{typed}")
    assert [one.id for one in asked_for(renamed, query)] == [key]
    assert OWN in explained(renamed, query)


def test_a_table_of_requests_says_the_own_word(renamed: Workplace) -> None:
    record = SimpleNamespace(state=RequestState.VERTAGT)
    heads, rows = table("requests", {"requests": [record]}, renamed.catalog, renamed.zone)
    assert dict(zip(heads, next(rows), strict=True))["Stand"] == OWN
