"""The OB-Vorlage: what lies on which list, in which order, and what the mayor said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from vorlage_kit import item_of, listed, on_list, stored

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.requests.exceptions import sort_out
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.vorlage import selecting, verbs
from ob_buero_tui.services.vorlage.talks import next_talk, talk_day
from ob_buero_tui.services.vorlage.views import VorlageDecision
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import ACCOUNT, Clock, contents

__all__ = ["on_list"]
MONDAY = date(2026, 11, 30)
Put = Callable[..., list[int]]


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (date(2026, 11, 25), MONDAY),
        (date(2026, 11, 30), MONDAY),
        (date(2026, 12, 1), date(2026, 12, 7)),
        (date(2026, 12, 22), date(2026, 12, 29)),
        (date(2026, 12, 29), date(2026, 12, 29)),
        (date(2026, 12, 30), date(2027, 1, 4)),
    ],
)
def test_the_talk_is_weekly_and_moves_on_from_a_closed_day(start: date, day: date) -> None:
    calendar = WorkCalendar(
        holidays={date(2026, 12, 28): "Feiertag"}, closed={}, first=date(2026, 1, 1), last=date(2027, 12, 31)
    )
    assert talk_day(0, calendar, start) == day


def test_what_is_put_on_lies_on_the_list_of_the_next_talk_with_its_votum(
    place: Workplace, on_list: Put
) -> None:
    keys = on_list(3)
    rows = listed(place)
    assert [row.request_id for row in rows] == keys
    assert [row.position for row in rows] == [1, 2, 3]
    assert {row.talk_on for row in rows} == {MONDAY}
    assert {row.votum for row in rows} == {"Zusage"}
    request = stored(place, keys[0])
    assert (request.state, request.votum_by, request.votum_text) == ("vorlage", "PS", "passt")
    assert [view.count for view in selecting.splits(place)] == [3, 0, 0]
    assert selecting.splits(place)[0].label == "Gespräch Mo 30.11."


def test_without_a_list_the_next_talk_is_known_all_the_same(place: Workplace) -> None:
    assert next_talk(place) == MONDAY


def test_a_votum_that_is_there_stays_when_none_is_given(place: Workplace, on_list: Put) -> None:
    keys = on_list(1)
    verbs.take_off(place, keys)
    verbs.put_on(place, keys)
    assert stored(place, keys[0]).votum == "zusage"


@pytest.mark.parametrize("state", [RequestState.ZUGESAGT, RequestState.ERLEDIGT])
def test_what_is_decided_is_refused_by_name(
    place: Workplace, make_request: Callable[..., int], state: RequestState
) -> None:
    fine, decided = make_request(), make_request(state=state.value)
    with pytest.raises(Refusal, match="2026-0002"):
        verbs.put_on(place, [fine, decided])
    assert listed(place) == []
    found = sort_out(place, [fine, decided], "put_on_vorlage")
    assert found.possible == (fine,)
    assert [each.number for each in found.exempt] == ["2026-0002"]


def test_taken_off_the_others_keep_their_numbers(place: Workplace, on_list: Put) -> None:
    keys = on_list(3)
    verbs.take_off(place, [keys[1]])
    assert [row.position for row in listed(place)] == [1, 3]
    assert stored(place, keys[1]).state == "neu"
    verbs.put_on(place, [keys[1]])
    assert [(row.position, row.request_id) for row in listed(place)] == [
        (1, keys[0]),
        (3, keys[2]),
        (4, keys[1]),
    ]


def test_only_what_lies_there_can_be_taken_off(place: Workplace, make_request: Callable[..., int]) -> None:
    with pytest.raises(Refusal, match="nicht auf der OB-Vorlage"):
        verbs.take_off(place, [make_request()])


def test_the_order_is_changed_one_step_at_a_time(place: Workplace, on_list: Put) -> None:
    keys = on_list(3)
    verbs.take_off(place, [keys[1]])
    before = contents(place)
    verbs.move(place, item_of(place, keys[0]), 1)
    assert [(row.position, row.request_id) for row in listed(place)] == [(1, keys[2]), (3, keys[0])]
    undo(place)
    assert contents(place) == before
    with pytest.raises(Refusal, match="schon oben"):
        verbs.move(place, item_of(place, keys[0]), -1)


def test_said_once_more_it_is_taken_back(place: Workplace, on_list: Put) -> None:
    keys = on_list(1)
    item = item_of(place, keys[0])
    verbs.say(place, [item], VorlageDecision.JA)
    assert listed(place)[0].decision is VorlageDecision.JA
    verbs.say(place, [item], VorlageDecision.NEIN)
    assert listed(place)[0].decision is VorlageDecision.NEIN
    assert verbs.say(place, [item], VorlageDecision.NEIN).text.endswith("wieder offen")
    assert listed(place)[0].decision is VorlageDecision.OFFEN


def test_who_stands_in_is_kept_and_shown(place: Workplace, on_list: Put) -> None:
    keys = on_list(1)
    verbs.say(place, [item_of(place, keys[0])], VorlageDecision.VERTRETUNG, "bm1")
    assert listed(place)[0].deputy == "1. BM"


def test_a_printed_list_comes_back_by_its_numbers(place: Workplace, on_list: Put) -> None:
    on_list(4)
    talk = selecting.talk_of(place, listed(place)[0].id)
    assert talk is not None
    assert list(talk.numbers) == [1, 2, 3, 4]
    before = contents(place)
    verbs.transfer(place, talk.vorlage_id, {1: "ja", 2: "nein", 4: "spaeter"})
    assert [row.decision.value for row in listed(place)] == ["ja", "nein", "", "spaeter"]
    after = contents(place)
    undo(place)
    assert contents(place) == before
    redo(place)
    assert contents(place) == after
    with pytest.raises(Refusal, match="Nummer 9 hat sie nicht"):
        verbs.transfer(place, talk.vorlage_id, {9: "ja"})


def test_after_the_talk_an_undecided_list_is_among_what_is_left(
    place: Workplace, on_list: Put, clock: Clock, make_request: Callable[..., int]
) -> None:
    keys = on_list(2)
    clock.advance(days=6)
    assert listed(place) == []
    assert [row.request_id for row in listed(place, selecting.REST)] == keys
    verbs.put_on(place, [make_request()])
    assert listed(place)[0].talk_on == MONDAY + timedelta(days=7)
    assert listed(place)[0].position == 1


def test_what_is_personal_to_another_desk_is_masked(
    place: Workplace, other_place: Workplace, on_list: Put
) -> None:
    (key,) = on_list(1, confidentiality="persoenlich", owner=ACCOUNT)
    verbs.say(place, [item_of(place, key)], VorlageDecision.JA)
    (row,) = listed(other_place)
    assert row.hidden
    assert "Einladung" not in row.subject
    assert (row.votum, row.decision, row.event_start) == ("", VorlageDecision.OFFEN, None)
    assert selecting.talk_of(other_place, row.id).numbers == {}  # type: ignore[union-attr]
    with pytest.raises(Refusal, match="persönlich"):
        verbs.say(other_place, [row.id], VorlageDecision.NEIN)
