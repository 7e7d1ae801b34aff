"""Undo and letters: a decision stays once its letter is out; what is out is named once, then `u` goes on."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.services.answers.composing import compose
from ob_buero_tui.services.answers.sending import Order, send_answers
from ob_buero_tui.services.answers.views import How, Recipient
from ob_buero_tui.services.answers.writing import answer_of
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.verbs import mark_important
from ob_buero_tui.services.undo import LeftHouse, NothingToUndo, remember_named, undo, undo_action
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.requests import Request
from office_fixtures import ACCOUNT, Clock

Make = Callable[..., int]


def request(place: Workplace, key: int) -> Request:
    with place.reading() as session:
        return session.get_one(Request, key)


def send(place: Workplace, key: int) -> None:
    mine = replace(answer_of(compose(place, key)), recipient=Recipient(name="x", email="a@x.example.org"))
    send_answers(place, [Order(answer=mine, how=How.EMAIL)])


def action(place: Workplace, verb: str) -> int:
    with place.reading() as session:
        return session.scalars(select(Action.id).where(Action.verb == verb)).one()


@pytest.fixture
def declined(place: Workplace, make_request: Make) -> int:
    key = make_request(
        kind="einladung", subject="Fest", event_start=datetime(2026, 12, 20, 18), event_place="Halle"
    )
    mark_important(place, [key])
    decline(place, [key], "Terminkonflikt")
    send(place, key)
    return key


@pytest.mark.parametrize("verb", ["decline", "test_create_request"])
def test_a_decision_whose_letter_is_out_is_not_taken_back(
    place: Workplace, other_place: Workplace, declined: int, verb: str
) -> None:
    for desk in (place, other_place):
        with pytest.raises(LeftHouse, match="Die Antwort zu 2026-0001") as caught:
            undo_action(desk, action(place, verb))
        assert caught.value.action_id == action(place, "send_answers")
    assert request(place, declined).state == "abgesagt"


def test_what_no_letter_tells_is_still_taken_back(place: Workplace, declined: int) -> None:
    undo_action(place, action(place, "mark_important"))
    assert not request(place, declined).important


def test_u_goes_on_after_what_is_out_was_named(place: Workplace, declined: int) -> None:
    for _ in range(2):
        with pytest.raises(LeftHouse) as caught:
            undo(place)
    remember_named(place, caught.value.action_id)
    done = undo(place)
    assert "Die Antwort zu 2026-0001 (E-Mail-Entwurf) bleibt, schon hinaus" in done.sentence
    now = request(place, declined)
    assert (now.important, now.state) == (False, "abgesagt")
    with pytest.raises(NothingToUndo, match="schon hinaus"):
        undo(place)


def test_a_newer_step_is_taken_back_first_and_a_second_letter_named_again(
    place: Workplace, declined: int, make_request: Make
) -> None:
    with pytest.raises(LeftHouse) as caught:
        undo(place)
    remember_named(place, caught.value.action_id)
    other = make_request(kind="einladung", subject="Zweites")
    send(place, other)
    with pytest.raises(LeftHouse, match="2026-0002"):
        undo(place)


def test_named_once_outlives_a_restart(
    place: Workplace, declined: int, database: Path, catalog: Catalog
) -> None:
    with pytest.raises(LeftHouse) as caught:
        undo(place)
    remember_named(place, caught.value.action_id)
    office = open_office(database, Settings(), catalog=catalog, clock=Clock(), account=ACCOUNT)
    try:
        undo(office.place)
        assert not request(office.place, declined).important
    finally:
        office.close()
