"""The call list of an Ausfall: one call for each person, what is to be said, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ausfall_kit import begun, event_at, line, view
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.ausfall.calling import tick_call
from ob_buero_tui.services.ausfall.deciding import ask_deputy, cancel_lines, deputy_said, keep_lines
from ob_buero_tui.services.ausfall.views import CallLine, CallRole
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.ausfall import AusfallCall

Make = Callable[..., int]


@pytest.fixture
def key(place: Workplace, make_event: Make) -> int:
    """Two appointments of one organiser, with a driver."""
    who = {"contact_name": "Jana Rehfeld", "contact_phone": "0123 456", "driver": "Fahrer Kuhn 0171 222333"}
    event_at(make_event, "2026-11-26T11:00", "2026-11-26T12:00", "Besuch", **who)
    event_at(make_event, "2026-11-26T14:00", "2026-11-26T15:00", "Rundgang", **who, press="Wehre-Bote")
    event_at(make_event, "2026-11-26T16:00", "2026-11-26T17:00", "Intern")
    create_contact(
        place,
        "person",
        {"family_name": "Westphal", "given_name": "Jörg", "job_title": "1. Bürgermeister", "tel": "0221 104"},
    )
    return begun(place)


def calls(place: Workplace, key: int, role: CallRole) -> list[CallLine]:
    return [one for one in view(place, key).calls if one.role is role]


def ids(place: Workplace, key: int, *titles: str) -> list[int]:
    return [line(place, key, title).id for title in titles]


def test_nothing_is_to_be_said_before_something_is_decided(place: Workplace, key: int) -> None:
    assert view(place, key).calls == ()
    keep_lines(place, key, ids(place, key, "Intern"))
    assert view(place, key).calls == ()


def test_nobody_has_organised_what_is_internal(place: Workplace, make_event: Make) -> None:
    internal = next(one.key for one in place.catalog.event_kinds.values() if one.internal)
    event_at(make_event, "2026-11-26T08:00", "2026-11-26T09:00", "Morgenlage", kind=internal)
    key = begun(place)
    cancel_lines(place, key, ids(place, key, "Morgenlage"), "OB verhindert")
    assert view(place, key).calls == ()


def test_one_person_is_called_once(place: Workplace, key: int) -> None:
    cancel_lines(place, key, ids(place, key, "Besuch", "Rundgang"), "OB verhindert")
    (organiser,) = calls(place, key, CallRole.VERANSTALTER)
    assert (organiser.who.name, organiser.who.phone) == ("Jana Rehfeld", "0123 456")
    assert organiser.what == ("Do 26.11. 11:00 Besuch: abgesagt", "Do 26.11. 14:00 Rundgang: abgesagt")
    (driver,) = calls(place, key, CallRole.FAHRER)
    assert (driver.who.name, driver.who.phone) == ("Fahrer Kuhn", "0171 222333")
    assert [one.who.name for one in calls(place, key, CallRole.PRESSE)] == ["Wehre-Bote"]


def test_the_deputy_is_called_first_and_the_answer_counts(place: Workplace, key: int) -> None:
    ask_deputy(place, key, ids(place, key, "Besuch", "Rundgang"), "bm1")
    (first, *more) = view(place, key).calls
    assert more == []
    assert (first.role, first.who.phone) == (CallRole.VERTRETUNG, "0221 104")
    tick_call(place, key, first.id, "sagt zu", accepted=True)
    assert line(place, key, "Rundgang").said == "1. BM kommt"
    (organiser,) = calls(place, key, CallRole.VERANSTALTER)
    assert organiser.what[0] == "Do 26.11. 11:00 Besuch: 1. BM kommt"
    undo(place)
    assert line(place, key, "Rundgang").asked


def test_a_ticked_call_has_its_result_and_opens_again_with_news(place: Workplace, key: int) -> None:
    ask_deputy(place, key, ids(place, key, "Besuch"), "bm1")
    deputy_said(place, key, ids(place, key, "Besuch"), True)
    (organiser,) = calls(place, key, CallRole.VERANSTALTER)
    tick_call(place, key, organiser.id, "erreicht, freut sich")
    (ticked,) = calls(place, key, CallRole.VERANSTALTER)
    assert (ticked.done, ticked.result, ticked.done_by) == (True, "erreicht, freut sich", "PS")
    cancel_lines(place, key, ids(place, key, "Besuch"), "OB verhindert")
    (news,) = calls(place, key, CallRole.VERANSTALTER)
    assert (news.done, news.again) == (False, True)
    assert [one.what for one in calls(place, key, CallRole.VERTRETUNG)] == [
        ("Do 26.11. 11:00 Besuch: nicht mehr nötig",)
    ]


def test_a_tick_can_be_taken_away(place: Workplace, key: int) -> None:
    cancel_lines(place, key, ids(place, key, "Intern"), "OB verhindert")
    (call,) = view(place, key).calls
    assert call.who.name == "kein Kontakt hinterlegt"
    tick_call(place, key, call.id)
    tick_call(place, key, call.id)
    assert not view(place, key).calls[0].done
    with place.reading() as session:
        assert len(session.scalars(select(AusfallCall)).all()) == 1


def test_a_call_that_is_gone_is_refused(place: Workplace, key: int) -> None:
    with pytest.raises(Refusal, match="nicht mehr in der Liste"):
        tick_call(place, key, 4711)
