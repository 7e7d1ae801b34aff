"""Decided otherwise in an Ausfall: what stays stands again as it did before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ausfall_kit import at, begun, event_at, line, view, words
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.ausfall.deciding import (
    ask_deputy,
    cancel_lines,
    deputy_said,
    keep_lines,
    move_line,
)
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride

Make = Callable[..., int]
WEEKLY = "FREQ=WEEKLY;COUNT=6"


def standing(place: Workplace, title: str) -> tuple[str, str, str]:
    with place.reading() as session:
        row = session.scalars(select(Event).where(Event.summary == title, Event.calendar == "ob")).one()
        dates = session.scalars(select(EventOverride).where(EventOverride.event_id == row.id)).all()
        shown = dates[0] if dates else row
        return (row.attendee, shown.status, f"{shown.dtstart:%d.%m. %H:%M}")


@pytest.mark.parametrize("rule", ["", WEEKLY])
@pytest.mark.parametrize("refused", [True, False])
def test_vorgemerkt_stays_vorgemerkt(place: Workplace, make_event: Make, rule: str, refused: bool) -> None:
    event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Vielleicht", status="TENTATIVE", rrule=rule)
    key = begun(place)
    ids = [line(place, key, "Vielleicht").id]
    ask_deputy(place, key, ids, "bm1")
    if refused:
        deputy_said(place, key, ids, False)
        ask_deputy(place, key, ids, "bm2")
    keep_lines(place, key, ids)
    assert standing(place, "Vielleicht") == ("OB", "TENTATIVE", "26.11. 14:00")
    cancel_lines(place, key, ids, "OB verhindert")
    keep_lines(place, key, ids)
    assert standing(place, "Vielleicht") == ("OB", "TENTATIVE", "26.11. 14:00")


@pytest.mark.parametrize("rule", ["", WEEKLY])
def test_what_was_moved_goes_back(place: Workplace, make_event: Make, rule: str) -> None:
    event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Empfang", rrule=rule)
    key = begun(place)
    one = line(place, key, "Empfang").id
    move_line(place, key, one, at("2026-12-01T14:00"), at("2026-12-01T15:00"))
    assert words(place, key) == ["Empfang: verschoben auf Di 1.12. 14:00"]
    keep_lines(place, key, [one])
    assert words(place, key) == ["Empfang: bleibt"]
    assert standing(place, "Empfang") == ("OB", "CONFIRMED", "26.11. 14:00")
    assert not view(place, key).lines[0].outside
    with place.reading() as session:
        assert session.scalars(select(Event.moved_from).where(Event.summary == "Empfang")).one() is None


def test_a_request_that_was_moved_is_decided_first(place: Workplace, make_request: Make) -> None:
    request = make_request(
        kind="einladung", event_start=at("2026-11-26T14:00"), event_end=at("2026-11-26T15:00")
    )
    accept(place, [propose(place, request).plan])
    key = begun(place)
    one = view(place, key).lines[0].id
    move_line(place, key, one, at("2026-12-03T14:00"), at("2026-12-03T15:00"))
    with pytest.raises(Refusal, match="alten Platz"):
        keep_lines(place, key, [one])
