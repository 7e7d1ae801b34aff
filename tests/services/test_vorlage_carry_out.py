"""The mayor's decisions become outcomes: all at once, undone as one step, nothing half."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from vorlage_kit import item_of, listed, on_list, stored, when

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.requests import verbs as request_verbs
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.vorlage import selecting, verbs
from ob_buero_tui.services.vorlage.card import card
from ob_buero_tui.services.vorlage.carrying_out import carry_out_vorlage
from ob_buero_tui.services.vorlage.outcomes import TALK, Preparation, prepare
from ob_buero_tui.services.vorlage.views import VorlageDecision as D
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Deputation, Vorlage, VorlageItem
from ob_buero_tui.store.tasks import Task
from office_fixtures import Clock, contents

__all__ = ["on_list"]
Put = Callable[..., list[int]]
DECISIONS = (D.JA, D.NEIN, D.VERTRETUNG, D.RUECKSPRACHE, D.SPAETER)


def decide(place: Workplace, keys: list[int], *said: D) -> None:
    for key, decision in zip(keys, said, strict=False):
        verbs.say(place, [item_of(place, key)], decision, "bm1" if decision is D.VERTRETUNG else "")


def everything(place: Workplace, split: str = selecting.NEXT, **asked: Mapping[int, str]) -> Preparation:
    return prepare(place, selecting.ids(place, split), **asked)


def reasons(place: Workplace) -> Mapping[int, str]:
    """For every refusal the first reason of its kind."""
    return {one.plan.item_id: one.reasons[0] for one in everything(place).outcomes if one.reasons}


def carried_out(place: Workplace) -> str:
    return carry_out_vorlage(place, everything(place, reasons=reasons(place)).plans).text


def tasks(place: Workplace, key: int) -> list[Task]:
    with place.reading() as session:
        return list(session.scalars(select(Task).where(Task.request_id == key)))


def test_each_decision_becomes_its_outcome(place: Workplace, on_list: Put) -> None:
    keys = on_list(6)
    decide(place, keys, *DECISIONS)
    text = carried_out(place)
    assert text == "OB-Vorlage übernommen: 1 Zusage, 1 Absage, 1 Vertretung, 1 Rücksprache, 1 später"
    assert [stored(place, key).state for key in keys] == [
        "zugesagt",
        "abgesagt",
        "vertretung",
        "vorlage",
        "vorlage",
        "vorlage",
    ]
    assert {stored(place, key).decider for key in keys[:3]} == {"ob"}
    assert stored(place, keys[1]).reason
    with place.reading() as session:
        firm = session.scalars(select(Event.status).order_by(Event.id)).all()
        assert firm == [EventStatus.CONFIRMED, EventStatus.TENTATIVE]
        (asked,) = session.scalars(select(Deputation)).all()
        assert (asked.request_id, asked.calendar) == (keys[2], "bm1")
    (talk,) = [task for task in tasks(place, keys[3]) if task.template == TALK]
    assert (talk.label, talk.due_on) == ("Rücksprache OB", date(2026, 12, 7))


def test_what_is_put_off_lies_on_the_next_list(place: Workplace, on_list: Put, clock: Clock) -> None:
    keys = on_list(3)
    decide(place, keys, D.SPAETER)
    clock.advance(days=5)
    carried_out(place)
    (row,) = listed(place)
    assert (row.request_id, row.talk_on, row.position) == (keys[0], date(2026, 12, 7), 1)
    assert row.decision is D.OFFEN
    assert [row.request_id for row in listed(place, selecting.REST)] == keys[1:]
    with place.reading() as session:
        first = session.scalars(select(VorlageItem).order_by(VorlageItem.id)).first()
        assert first is not None
        assert first.decision == "spaeter", "the old list keeps what was said"


def test_undone_as_one_step_everything_is_as_before(place: Workplace, on_list: Put) -> None:
    keys = on_list(5)
    decide(place, keys, *DECISIONS)
    before = contents(place)
    carried_out(place)
    after = contents(place)
    undo(place)
    assert contents(place) == before
    redo(place)
    assert contents(place) == after


def test_a_list_before_its_talk_stays_open_for_what_is_not_decided(place: Workplace, on_list: Put) -> None:
    keys = on_list(2)
    decide(place, keys, D.JA)
    carried_out(place)
    assert [row.request_id for row in listed(place)] == keys[1:]
    assert [row.request_id for row in listed(place, selecting.DONE)] == keys[:1]
    with place.reading() as session:
        assert session.scalars(select(Vorlage.state)).all() == ["offen"]


def test_when_nothing_is_left_the_list_is_through(place: Workplace, on_list: Put) -> None:
    decide(place, on_list(1), D.JA)
    carried_out(place)
    with place.reading() as session:
        assert session.scalars(select(Vorlage.state)).all() == ["entschieden"]


def test_what_another_desk_changed_is_named_and_nothing_is_carried_out(
    place: Workplace, other_place: Workplace, on_list: Put
) -> None:
    keys = on_list(3)
    decide(place, keys, D.JA, D.JA, D.JA)
    plans = everything(place).plans
    request_verbs.assign(other_place, [keys[1]], "KL")
    before = contents(place)
    with pytest.raises(Refusal, match=f"{stored(place, keys[1]).number} wurde inzwischen geändert"):
        carry_out_vorlage(place, plans)
    assert contents(place) == before
    carried_out(place)
    assert stored(place, keys[0]).state == "zugesagt"


def test_what_was_decided_elsewhere_is_no_longer_on_the_list(
    place: Workplace, other_place: Workplace, on_list: Put
) -> None:
    from ob_buero_tui.services.requests.declining import decline

    keys = on_list(2)
    decide(place, keys, D.JA, D.JA)
    plans = everything(place).plans
    decline(other_place, [keys[0]], "Frist")
    with pytest.raises(Refusal, match="inzwischen geändert"):
        carry_out_vorlage(place, plans)
    assert [row.request_id for row in listed(place)] == keys[1:]
    with pytest.raises(Refusal, match="nicht mehr auf der OB-Vorlage"):
        verbs.say(place, [item_of(place, keys[0])], D.NEIN)


def test_a_refusal_without_its_reason_is_asked_for(place: Workplace, on_list: Put) -> None:
    decide(place, on_list(1), D.NEIN)
    (outcome,) = everything(place).outcomes
    assert outcome.reasons
    assert "Grund fehlt" in outcome.text
    with pytest.raises(Refusal, match="Es fehlt der Grund der Absage zu Nummer 1"):
        carry_out_vorlage(place, (outcome.plan,))


def test_a_deputy_not_named_yet_is_asked_for_with_what_is_in_the_way(place: Workplace, on_list: Put) -> None:
    (key,) = on_list(1)
    item = item_of(place, key)
    verbs.say(place, [item], D.VERTRETUNG)
    (outcome,) = everything(place).outcomes
    assert [calendar for calendar, _ in outcome.deputies] == ["bm1", "bm2", "stadtdirektor"]
    with pytest.raises(Refusal, match="Es fehlt, wer vertritt"):
        carry_out_vorlage(place, (outcome.plan,))
    carry_out_vorlage(place, everything(place, deputies={item: "bm2"}).plans)
    assert stored(place, key).state == "vertretung"


def test_two_promises_for_the_same_time_are_told(place: Workplace, on_list: Put) -> None:
    decide(place, on_list(2), D.JA, D.JA)
    found = everything(place)
    assert found.clashes == ("2026-0001 und 2026-0002 überschneiden sich.",)
    assert found.outcomes[0].text.startswith("zusagen: Termin Di 15.12. 18:00")


def test_what_is_in_the_way_is_told(place: Workplace, on_list: Put, make_event: Callable[..., int]) -> None:
    make_event(dtstart=when("2026-12-15T18:30"), dtend=when("2026-12-15T19:00"), summary="Konzert")
    decide(place, on_list(1), D.JA)
    assert "Konzert" in everything(place).outcomes[0].conflicts[0]


def test_a_ruecksprache_is_carried_out_once_and_ends_with_a_decision(
    place: Workplace, on_list: Put, clock: Clock
) -> None:
    (key,) = on_list(1)
    decide(place, [key], D.RUECKSPRACHE)
    carried_out(place)
    assert everything(place).outcomes == ()
    with pytest.raises(Refusal, match="noch nichts entschieden"):
        carry_out_vorlage(place, ())
    clock.advance(days=6)
    verbs.say(place, [item_of(place, key)], D.JA)
    carry_out_vorlage(place, everything(place, selecting.REST).plans)
    assert stored(place, key).state == "zugesagt"
    (talk,) = [task for task in tasks(place, key) if task.template == TALK]
    assert talk.done_at is not None


def test_what_is_personal_to_another_desk_waits_for_it(
    place: Workplace, other_place: Workplace, on_list: Put
) -> None:
    keys = on_list(2)
    decide(place, keys, D.JA, D.JA)
    from ob_buero_tui.rules.visibility import Confidentiality
    from ob_buero_tui.services.requests.editing import classify

    classify(place, [keys[0]], Confidentiality.PERSOENLICH)
    assert [one.plan.request_id for one in everything(other_place).outcomes] == [keys[1]]


def test_a_list_that_comes_back_late_was_decided_on_the_day_of_its_talk(
    place: Workplace, on_list: Put, clock: Clock
) -> None:
    (key,) = on_list(1)
    clock.advance(days=7)  # Mi 2.12., the talk was on Mo 30.11.
    decide(place, [key], D.NEIN)
    prepared = everything(place, selecting.REST)
    carry_out_vorlage(
        place, everything(place, selecting.REST, reasons={prepared.outcomes[0].plan.item_id: "Frist"}).plans
    )
    assert stored(place, key).decided_on == date(2026, 11, 30)


def test_an_office_that_calls_its_deciders_otherwise_carries_out_too(place: Workplace, on_list: Put) -> None:
    others = {key: one for key, one in place.catalog.deciders.items() if key != "ob"}
    place = replace(place, catalog=replace(place.catalog, deciders=others))
    (key,) = on_list(1)
    decide(place, [key], D.JA)
    carry_out_vorlage(place, everything(place).plans)
    assert stored(place, key).decider == next(iter(others))


def test_what_the_mayor_said_besides_is_shown_and_goes_into_the_notes(place: Workplace, on_list: Put) -> None:
    first, second = on_list(2)
    verbs.remark(place, [item_of(place, first), item_of(place, second)], "nur bis 20 Uhr")
    assert card(place, item_of(place, first)).remark == "nur bis 20 Uhr"
    decide(place, [first, second], D.JA, D.SPAETER)
    carried_out(place)
    assert "OB im Gespräch: nur bis 20 Uhr" in record(place, first).notes[-1]
    assert card(place, item_of(place, second)).remark == "nur bis 20 Uhr", "the next list knows it too"
