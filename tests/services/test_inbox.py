"""The lists of the Eingang: splits and their counts, order, what waits, what is overdue, who sees what."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.inbox import counts, ids, rows, splits
from ob_buero_tui.services.requests.listing import listing
from ob_buero_tui.services.requests.verbs import CLOSING, defer, trash
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person

Make = Callable[..., int]
TODAY = date(2026, 11, 25)


def count_of(place: Workplace, key: str) -> int:
    return next(view.count for view in splits(place) if view.key == key)


def test_splits_stand_in_the_order_of_the_digits(place: Workplace) -> None:
    views = splits(place)
    assert [(view.key, view.label) for view in views] == [
        ("neu", "Neu"),
        ("schirmherrschaft", "Schirmherrschaft"),
        ("grusswort", "Grußwort"),
        ("goldenes_buch", "Goldenes Buch"),
        ("einladung", "Einladung"),
        ("anliegen", "Anliegen"),
        ("presse", "Presse"),
        ("wartet", "Wartet"),
        ("alle", "Alle"),
    ]
    assert {view.count for view in views} == {0}


def test_a_pile_holds_all_its_kinds_and_a_kind_can_be_asked_for_alone(
    place: Workplace, make_request: Make
) -> None:
    question = make_request(kind="presseanfrage", due_on=date(2026, 12, 2))
    photo = make_request(kind="pressetermin", due_on=date(2026, 12, 1))
    concern, petition = make_request(kind="anliegen"), make_request(kind="anregung")
    assert ids(place, "presse") == (photo, question)
    assert ids(place, "presseanfrage") == (question,)
    assert count_of(place, "presse") == 2
    assert ids(place, "anliegen") == (concern, petition), "the pile is more than the kind of its name"
    assert ids(place, "anregung") == (petition,)
    assert inbox.contains(place, "presse", photo)
    assert ids(place, "ohne_art") == ()


def test_every_kind_lies_on_a_pile_also_one_that_is_switched_off(
    place: Workplace, make_request: Make
) -> None:
    made = {make_request(kind=kind) for kind in place.catalog.kinds}
    on_piles = [key for view in splits(place) if view.key not in ("neu", "wartet", "alle")
                for key in ids(place, view.key)]  # fmt: skip
    assert sorted(on_piles) == sorted(made)
    assert ids(place, "ohne_art") == ()
    unknown, without = make_request(kind="aus_alter_zeit"), make_request(kind=None)
    assert ids(place, "ohne_art") == (unknown, without)


def test_every_count_is_the_length_of_its_list(place: Workplace, make_request: Make) -> None:
    waits = (None, TODAY, TODAY + timedelta(days=1))
    for state, kind, until in product(RequestState, ("grusswort", "unbekannt", None), waits):
        closed = state in CLOSING
        make_request(state=state.value, closed=closed, kind=kind, wiedervorlage_on=until)
    make_request(trashed_at=datetime(2026, 11, 20, tzinfo=UTC))
    told = {view.key: view.count for view in splits(place)}
    assert told == {key: len(ids(place, key)) for key in told}
    assert told["alle"] == len(RequestState) * 9
    assert told["neu"] > 0 < told["wartet"]
    decided = [key for key in ids(place, inbox.OPEN_ONES) if key not in ids(place, "wartet")]
    by_kind = [*ids(place, "grusswort"), *ids(place, "ohne_art")]
    assert sorted(by_kind) == sorted(decided), "what is open and does not wait is in the split of its kind"
    assert set(ids(place, "neu")) < set(by_kind)


def test_what_is_due_first_stands_first(place: Workplace, make_request: Make) -> None:
    early, late = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    undated = make_request(received_at=early)
    day_later = make_request(due_on=date(2026, 12, 2))
    second = make_request(due_on=date(2026, 12, 1), received_at=late)
    first = make_request(due_on=date(2026, 12, 1), received_at=early)
    at_noon = make_request(due_on=date(2026, 12, 1), due_time=time(12, 0), received_at=late)
    expected = (at_noon, first, second, day_later, undated)
    assert ids(place, "neu") == expected
    assert ids(place, "ohne_art") == expected
    assert ids(place, inbox.OPEN_ONES) == expected


def test_all_shows_the_newest_first_and_what_is_closed(place: Workplace, make_request: Make) -> None:
    old = make_request(received_at=datetime(2026, 11, 2, tzinfo=UTC))
    new = make_request(received_at=datetime(2026, 11, 20, tzinfo=UTC))
    decline(place, [old], "Terminkonflikt")
    assert ids(place, "alle") == (new, old)
    assert ids(place, "neu") == (new,)


def test_what_is_accepted_leaves_new_but_not_its_kind(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="grusswort", state="zugesagt")
    assert ids(place, "neu") == ()
    assert ids(place, "grusswort") == (key,)


def test_the_trash_is_a_list_of_its_own(place: Workplace, make_request: Make) -> None:
    key = make_request()
    trash(place, [key])
    assert ids(place, "papierkorb") == (key,)
    assert all(not ids(place, view.key) for view in splits(place))


def test_a_wiedervorlage_comes_back_by_itself_on_its_day(
    place: Workplace, make_request: Make, clock: Any
) -> None:
    key = make_request(kind="einladung", due_on=TODAY)
    defer(place, [key], date(2026, 11, 27), "nachfragen")
    assert ids(place, "wartet") == (key,)
    assert ids(place, "neu") == ids(place, "einladung") == ()
    assert counts(place).today == 0, "what waits is not counted as due"
    clock.advance(days=2)
    assert ids(place, "neu") == ids(place, "einladung") == (key,)
    assert ids(place, "wartet") == ()
    assert counts(place).overdue == 1


def test_who_waits_for_an_answer_waits_until_the_day_set_for_it(place: Workplace, make_request: Make) -> None:
    without_day = make_request(state="wartet")
    come = make_request(state="wartet", wiedervorlage_on=TODAY)
    assert ids(place, "wartet") == (without_day,)
    assert ids(place, "neu") == (come,)


@pytest.mark.parametrize(
    ("due_on", "due_time", "overdue"),
    [
        (date(2026, 11, 24), None, True),
        (TODAY, None, False),
        (TODAY, time(9, 41), True),
        (TODAY, time(9, 42), False),
        (date(2026, 11, 26), time(0, 0), False),
        (None, None, False),
    ],
)
def test_title_and_row_agree_on_what_is_overdue(
    place: Workplace, make_request: Make, due_on: date | None, due_time: time | None, overdue: bool
) -> None:
    key = make_request(due_on=due_on, due_time=due_time)
    told = counts(place)
    assert rows(place, [key])[key].overdue is overdue
    assert told.overdue == int(overdue)
    assert told.today == int(due_on == TODAY and not overdue)


def test_closed_and_trashed_ones_are_never_due(place: Workplace, make_request: Make) -> None:
    closed = make_request(due_on=date(2026, 11, 1), state="abgesagt", closed=True)
    make_request(due_on=TODAY, trashed_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert counts(place) == inbox.Counts(overdue=0, today=0)
    assert not rows(place, [closed])[closed].overdue


def test_a_row_names_the_body_before_the_person(place: Workplace, make_request: Make) -> None:
    with transaction(place, "test_people") as work:
        body = Organization(name="TSV Lindenau 1926 e. V.")
        person = Person(family_name="Dornieden", given_name="Ursula", email="u.dornieden@example.org")
        nameless = Person(email="info@example.org")
        work.session.add_all([body, person, nameless])
        work.session.flush()
        keys = {"body": body.id, "person": person.id, "nameless": nameless.id}
    both = make_request(requester_id=keys["person"], organization_id=keys["body"], kind="grusswort")
    alone = make_request(requester_id=keys["person"], received_at=datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    unnamed = make_request(requester_id=keys["nameless"])
    found = rows(place, [both, alone, unnamed, 999])
    assert set(found) == {both, alone, unnamed}, "a key that is gone is left out"
    names = [found[key].requester for key in (both, alone, unnamed)]
    assert names == ["TSV Lindenau 1926 e. V.", "Ursula Dornieden", "info@example.org"]
    assert found[both].sign == "Gw"
    assert found[alone].received_on == date(2026, 11, 2), "the day counts as the office's clock showed it"


def test_a_personal_one_is_masked_at_every_other_desk(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    key = make_request(subject="Meine Kur", confidentiality="persoenlich", owner=place.desk.account)
    assert rows(place, [key])[key].subject == "Meine Kur"
    assert rows(other_place, [key])[key].subject == "(persönlich)"
    assert "Kur" not in repr(rows(other_place, [key]))
    assert ids(other_place, "neu") == (key,), "that it is there is no secret"


FULL, BUSY, NOTHING = "Richtfest", "belegt", None
SEEN = {
    Audience.INTERN: (FULL, FULL, FULL, BUSY),
    Audience.DEPUTY: (FULL, FULL, BUSY, BUSY),
    Audience.PRESS: (FULL, NOTHING, NOTHING, NOTHING),
    Audience.PUBLIC: (FULL, NOTHING, NOTHING, NOTHING),
}


@pytest.mark.parametrize("audience", Audience)
def test_a_list_shows_each_audience_what_it_may_see(
    other_place: Workplace, place: Workplace, make_request: Make, audience: Audience
) -> None:
    for level in Confidentiality:
        make_request(
            subject="Richtfest", confidentiality=level.value, owner=place.desk.account, kind="einladung",
            assigned_to="KL", event_start=datetime(2026, 12, 1, 10),
        )  # fmt: skip
    found = {one.number: one for one in listing(other_place, inbox.OPEN_ONES, audience)}
    subjects = [found[n].subject if n in found else None for n in (f"2026-{i:04}" for i in range(1, 5))]
    assert tuple(subjects) == SEEN[audience]
    for one in found.values():
        if one.subject == BUSY:
            assert (one.full, one.kind, one.assigned_to, one.event_start) == (False, None, "", None)
        assert bool(one.findings) is (one.full and audience is Audience.INTERN), (
            "checks speak of other records: they are for the office alone"
        )


def test_a_list_keeps_the_order_of_its_split(place: Workplace, make_request: Make) -> None:
    days = [date(2026, 12, day) for day in (9, 2, 30, 5)]
    made = {day: make_request(due_on=day, kind="grusswort") for day in days}
    assert [one.id for one in listing(place, "grusswort")] == [made[day] for day in sorted(days)]
    assert [one.id for one in listing(place, "neu", checked=False)] == [made[day] for day in sorted(days)]


def test_an_unknown_split_is_refused_with_those_there_are(place: Workplace) -> None:
    with pytest.raises(Refusal, match=r"„posteingang“ gibt es nicht.*neu \(Neu\), schirmherrschaft"):
        listing(place, "posteingang")
