"""Whom a sheet names from the request behind an appointment: nobody whom its reader may not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event

from ob_buero_tui.services.paper.sheets import (
    Sheet,
    day_sheet,
    deputy_sheet,
    driver_sheet,
    sheet_text,
    week_sheet,
)
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request, RequestEvent

Make = Callable[..., int]
DAY = date(2026, 12, 1)


def the_deputys(place: Workplace, on: date) -> Sheet:
    return deputy_sheet(place, on, "bm1")


@contextmanager
def statements(place: Workplace) -> Iterator[list[str]]:
    """What the database is asked within."""
    found: list[str] = []

    @event.listens_for(place.engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("PRAGMA"):  # said only where the connection did something else before
            found.append(statement)

    try:
        yield found
    finally:
        event.remove(place.engine, "before_cursor_execute", note)


SHEETS = (day_sheet, the_deputys, driver_sheet)


@pytest.fixture
def linked(place: Workplace, make_event: Make, make_request: Make) -> Callable[..., int]:
    """Appointments of the mayor and of a deputy that came from one request; gives its key."""

    def make(card: str = "intern", **values: object) -> int:
        named = {"given_name": "Greta", "family_name": "Geheim", "mobile": "0170 999999"}
        (person,) = create_contact(place, "person", named).ids
        request = make_request(requester_id=person, **values)
        at = {"dtstart": datetime.fromisoformat("2026-12-01T14:00"), "car": "Wagen 1"}
        at["dtend"] = datetime.fromisoformat("2026-12-01T15:00")
        keys = [make_event(calendar=name, **at) for name in ("ob", "bm1")]
        with transaction(place, "test_link") as work:
            work.session.get_one(Person, person).confidentiality = card
            work.session.add_all(RequestEvent(request_id=request, event_id=key) for key in keys)
        return request

    return make


@pytest.mark.parametrize("sheet", SHEETS)
def test_who_asked_is_the_contact(
    place: Workplace, linked: Callable[..., int], sheet: Callable[[Workplace, date], Sheet]
) -> None:
    linked()
    assert "Kontakt: Greta Geheim, 0170 999999" in sheet_text(sheet(place, DAY))


@pytest.mark.parametrize("sheet", SHEETS)
def test_who_asked_personally_at_another_desk_is_not(
    place: Workplace, linked: Callable[..., int], sheet: Callable[[Workplace, date], Sheet]
) -> None:
    linked(confidentiality="persoenlich", owner="karl.lorenz")
    text = sheet_text(sheet(place, DAY))
    assert "14:00" in text
    # A sheet that leaves the office tells no more of an appointment than of the request behind it.
    assert ("Empfang im Rathaus" in text) == (sheet is day_sheet)
    assert ("belegt" in text) == (sheet is not day_sheet)
    assert "Greta" not in text
    assert "0170" not in text


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_request_in_the_trash_names_nobody(
    place: Workplace, linked: Callable[..., int], sheet: Callable[[Workplace, date], Sheet]
) -> None:
    key = linked()
    with transaction(place, "test_trash") as work:
        row = work.session.get_one(Request, key)
        row.trashed_at = work.at
    assert "Greta" not in sheet_text(sheet(place, DAY))


@pytest.mark.parametrize("what", [{"confidentiality": "vertraulich"}, {"card": "vertraulich"}])
def test_a_secret_stays_in_the_house(
    place: Workplace, linked: Callable[..., int], what: dict[str, str]
) -> None:
    linked(**what)
    assert "Greta Geheim" in sheet_text(day_sheet(place, DAY))
    for sheet in (the_deputys, driver_sheet):
        assert "Greta" not in sheet_text(sheet(place, DAY))


def test_a_fuller_day_asks_no_more_often(place: Workplace, linked: Callable[..., int]) -> None:
    def asked(sheet: Callable[[Workplace, date], Sheet]) -> int:
        with statements(place) as found:
            sheet(place, DAY)
        return len(found)

    linked()
    day_sheet(place, DAY)  # the first one reads the holidays
    few = [asked(sheet) for sheet in (*SHEETS, week_sheet)]
    for _ in range(6):
        linked()
    assert [asked(sheet) for sheet in (*SHEETS, week_sheet)] == few
