"""Vorgeschichte: what was asked before, what was granted, who went, which text was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ob_buero_tui.services.requests.precedents import Precedent, precedents
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request, RequestEvent

Make = Callable[..., int]
OLD = datetime(2016, 2, 3, 9, tzinfo=UTC)


def add(place: Workplace, *rows: Any) -> list[int]:
    with transaction(place, "note") as work:
        work.session.add_all(rows)
        work.session.flush()
        return [row.id for row in rows]


def before(place: Workplace, key: int, **more: bool) -> list[Precedent]:
    with place.reading() as session:
        request = session.get(Request, key)
        assert request is not None
        return list(precedents(session, place, request, **more))


def test_what_was_sent_is_told_with_its_length_and_day(place: Workplace, make_request: Make) -> None:
    (club,) = add(place, Organization(name="TSV"))
    old = make_request(
        subject="90 Jahre TSV", kind="grusswort", organization_id=club, received_at=OLD, state="erledigt",
        outcome="zusage", closed=True,
    )  # fmt: skip
    text = Document(
        request_id=old, kind="grusswort", title="Grußwort zum 90.", text="x" * 1240, state="hinaus",
        sent_at=datetime(2016, 3, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    add(place, text)
    key = make_request(subject="100 Jahre TSV", kind="grusswort", organization_id=club)
    (found,) = before(place, key)
    assert found.request_id == old
    assert found.why == "dieselbe Organisation"
    assert found.line == (
        "Mi 3.02.2016 Grußwort „90 Jahre TSV“: zugesagt, erledigt; "
        "Grußwort „Grußwort zum 90.“, 1.240 Zeichen, gesandt Di 1.03.2016"
    )
    view = record(place, key)
    assert view.precedents == ((old, found.line),)
    assert next(one.text for one in view.findings if one.rule == "vorgeschichte") == found.line


def test_a_grusswort_that_was_not_sent_is_kept_for_reuse_but_no_draft_of_a_letter(
    place: Workplace, make_request: Make
) -> None:
    (person,) = add(place, Person(given_name="Erika", family_name="Beispiel"))
    old = make_request(requester_id=person, kind="grusswort")
    add(
        place,
        Document(request_id=old, kind="grusswort", title="", text="Liebe Gäste"),
        Document(request_id=old, kind="brief", title="Brief", text="Sehr geehrte"),
    )
    (found,) = before(place, make_request(requester_id=person))
    assert found.texts == ("Grußwort, 11 Zeichen, nicht gesandt",)
    assert found.why == "dieselbe Person"


def test_who_went_is_told_once_it_is_over(place: Workplace, make_request: Make, make_event: Make) -> None:
    (club,) = add(place, Organization(name="TSV"))
    begin = datetime.fromisoformat("2025-12-01T10:00")
    past = {"dtstart": begin, "dtend": begin.replace(hour=11)}
    keys = [make_request(subject=f"Fest {n}", organization_id=club, state="zugesagt") for n in range(3)]
    events = [make_event(**past), make_event(attendee="1. BM", **past), make_event()]
    add(place, *(RequestEvent(request_id=a, event_id=b) for a, b in zip(keys, events, strict=True)))
    went = {one.request_id: one.went for one in before(place, make_request(organization_id=club))}
    assert went == {keys[0]: "OB", keys[1]: "1. BM", keys[2]: ""}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Schirmherrschaft 11. Benefizlauf Kinderhospiz 2025", "12. Benefizlauf Kinderhospiz", True),
        ("BENEFIZLAUF fürs Kinderhospiz", "Benefizlauf für das Kinderhospiz 2026", True),
        ("Sommerfest am Wehr", "12. Benefizlauf Kinderhospiz", False),
    ],
)
def test_the_same_event_of_somebody_else_is_found(
    place: Workplace, make_request: Make, old: str, new: str, found: bool
) -> None:
    key = make_request(subject=old, received_at=OLD, reason="Terminkonflikt", state="abgesagt")
    told = before(place, make_request(subject=new))
    assert [one.request_id for one in told] == ([key] if found else [])
    if found:
        assert told[0].why == "gleicher Anlass"
        assert "abgesagt (Terminkonflikt)" in told[0].line
    assert before(place, make_request(subject=new), event=False) == []


def test_the_same_place_and_kind_need_one_word_in_common(place: Workplace, make_request: Make) -> None:
    same = {"kind": "einladung", "event_place": "Aula der Grundschule Nord"}
    key = make_request(subject="Weihnachtskonzert Schulchor", **same)
    make_request(subject="Weihnachtskonzert Blasorchester", kind="grusswort", event_place=same["event_place"])
    make_request(subject="Elternabend", **same)
    told = before(place, make_request(subject="Das große Weihnachtskonzert der Kinder", **same))
    assert [one.request_id for one in told] == [key]


def test_hidden_and_trashed_ones_are_left_out(place: Workplace, make_request: Make) -> None:
    hidden = {"confidentiality": "persoenlich", "owner": "jemand.anders"}
    make_request(subject="Benefizlauf Kinderhospiz", **hidden)
    make_request(subject="Benefizlauf Kinderhospiz", trashed_at=OLD)
    assert before(place, make_request(subject="Benefizlauf Kinderhospiz")) == []


def test_many_are_cut_and_the_newest_stand_first(place: Workplace, make_request: Make) -> None:
    (club,) = add(place, Organization(name="TSV"))
    for year in range(2000, 2020):
        make_request(organization_id=club, received_at=OLD.replace(year=year))
    told = before(place, make_request(organization_id=club))
    assert [one.received_on.year for one in told] == list(range(2019, 2007, -1))


def test_the_same_exchange_and_what_came_later_are_no_vorgeschichte(
    place: Workplace, make_request: Make
) -> None:
    subject = "Benefizlauf Kinderhospiz"
    make_request(subject=subject, thread="eins")
    make_request(subject=subject, received_at=datetime(2026, 11, 26, 9, tzinfo=UTC))
    assert before(place, make_request(subject=subject, thread="eins")) == []
