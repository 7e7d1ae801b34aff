"""Which absence an Ausfall goes on with, how openly it is told, and a closed one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from ausfall_kit import absence, at, begun, event_at, line, view, words
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.ausfall.beginning import change_ausfall, close_ausfall
from ob_buero_tui.services.ausfall.deciding import ask_deputy, cancel_lines, keep_lines, move_line
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

Make = Callable[..., int]
DAY = ("2026-11-26T00:00", "2026-11-27T00:00")


def absences(place: Workplace) -> list[tuple[str, str, str]]:
    with place.reading() as session:
        rows = session.scalars(select(Event).where(Event.kind == "abwesenheit").order_by(Event.id)).all()
        return [(row.summary, f"{row.dtstart:%d.%H}", f"{row.dtend:%d.%H}") for row in rows]


def test_another_absence_stays_as_it_is(place: Workplace, make_event: Make) -> None:
    event_at(make_event, "2026-11-27T09:00", "2026-11-27T10:00", "Arzt", kind="abwesenheit")
    begun(place, "krank bis fr")
    assert absences(place) == [("Arzt", "27.09", "27.10"), ("Krank", "25.00", "28.00")]


def test_what_is_personal_to_another_desk_is_not_touched(place: Workplace, make_event: Make) -> None:
    secret = {"kind": "abwesenheit", "confidentiality": "persoenlich", "owner": "karl.lorenz"}
    event_at(make_event, *DAY, "Krank", **secret)
    begun(place, "krank bis fr")
    assert absences(place) == [("Krank", "26.00", "27.00"), ("Krank", "25.00", "28.00")]


def test_the_same_absence_goes_on_and_is_no_longer_public(place: Workplace, make_event: Make) -> None:
    event_at(make_event, *DAY, "Urlaub", kind="abwesenheit", all_day=True, confidentiality="oeffentlich")
    key = begun(place, "urlaub bis fr")
    assert absences(place) == [("Urlaub", "25.00", "28.00")]
    assert [one.summary for one in day(place, date(2026, 11, 26), Audience.PUBLIC).events] == []
    change_ausfall(place, key, absence(place, "Kur bis fr"))
    assert [one.summary for one in day(place, date(2026, 11, 26), Audience.PUBLIC).events] == []


def test_another_name_is_told_no_more_openly(place: Workplace, make_event: Make) -> None:
    event_at(make_event, *DAY, "Urlaub", kind="abwesenheit", all_day=True, confidentiality="oeffentlich")
    key = begun(place, "urlaub 26.11.")
    change_ausfall(place, key, absence(place, "kur 26.11."))
    assert absences(place) == [("Kur", "26.00", "27.00")]
    assert [one.summary for one in day(place, date(2026, 11, 26), Audience.PUBLIC).events] == []


def test_what_an_ausfall_made_goes_on_under_another_name(place: Workplace) -> None:
    begun(place, "krank bis fr")
    begun(place, "kur bis fr")
    assert absences(place) == [("Krank", "25.00", "28.00")]


def test_a_closed_one_takes_no_decisions(place: Workplace, make_event: Make) -> None:
    event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Empfang")
    key = begun(place)
    one = line(place, key, "Empfang").id
    close_ausfall(place, key)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: ask_deputy(place, key, [one], "bm1"),
        lambda: cancel_lines(place, key, [one], "OB verhindert"),
        lambda: move_line(place, key, one, at("2026-12-03T14:00"), at("2026-12-03T15:00")),
        lambda: keep_lines(place, key, [one]),
    )
    for attempt in attempts:
        with pytest.raises(Refusal, match="abgeschlossen"):
            attempt()
    assert words(place, key) == ["Empfang"]
    assert view(place, key).calls == ()
