"""What deputy, press and public find, and what a hit tells them: never more than the text they may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from council_kit import add_item
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council.paper import paper
from ob_buero_tui.services.search import search
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Message
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
HOUSE = (Audience.PRESS, Audience.PUBLIC)
OFFICE = (Audience.DEPUTY, *HOUSE)


@pytest.mark.parametrize("audience", HOUSE)
def test_an_item_that_nobody_called_public_is_not_found_outside(
    place: Workplace, make_meeting: Make, audience: Audience
) -> None:
    key = make_meeting(body="Bauausschuss", name="Sondersitzung")
    add_item(place, key, 0, "Radweg Wehrstraße", public=True)
    add_item(place, key, 1, "Grundstück Alte Mühle", public=None)
    assert [hit.id for hit in search(place, "mühle")] == [key]
    assert search(place, "mühle", audience=audience) == ()
    (hit,) = search(place, "radweg", audience=audience)
    assert "Mühle" not in hit.snippet


@pytest.mark.parametrize("audience", HOUSE)
@pytest.mark.parametrize("public", [False, None])
def test_a_paper_of_the_non_public_part_stays_inside(
    place: Workplace, make_meeting: Make, audience: Audience, public: bool | None
) -> None:
    key = make_meeting(body="Stadtrat")
    values: dict[str, Any] = {"confidentiality": "oeffentlich"}
    hidden = add_item(
        place,
        key,
        0,
        "Verkauf",
        public=public,
        paper={"name": "Verkauf Alte Mühle", "reference": "V 1"} | values,
    )
    shown = add_item(
        place,
        key,
        1,
        "Haushalt",
        public=True,
        paper={"name": "Haushalt Alte Mühle", "reference": "V 2"} | values,
    )
    found = {hit.id for hit in search(place, "alte mühle", audience=audience) if hit.type == "paper"}
    assert found == {shown}
    assert {hit.id for hit in search(place, "alte mühle") if hit.type == "paper"} == {hidden, shown}
    assert paper(place, shown, audience).name == "Haushalt Alte Mühle"
    assert paper(place, hidden).name == "Verkauf Alte Mühle"
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        paper(place, hidden, audience)


@pytest.fixture
def known(place: Workplace) -> int:
    """A person whom the office knows more of than it tells."""
    with transaction(place, "note") as work:
        person = Person(
            given_name="Erika",
            family_name="Beispiel-Muster",
            job_title="Vorsitzende",
            confidentiality="oeffentlich",
            email="privat@erika.example.org",
            tel="0555 4711",
            note="Mag keine Nelken",
        )
        body = Organization(
            name="Selbsthilfe Morgenrot", note="Streit", tel="0555 12", confidentiality="vertraulich"
        )
        club = Organization(
            name="Turnverein", note="Streit mit Nachbarn", tel="0555 13", confidentiality="oeffentlich"
        )
        work.session.add_all([person, body, club])
        work.session.flush()
        work.session.add(Membership(person_id=person.id, organization_id=body.id, role="Leitung"))
        return person.id


@pytest.mark.parametrize("audience", OFFICE)
def test_outside_the_office_a_person_is_name_and_function(
    place: Workplace, known: int, audience: Audience
) -> None:
    (hit,) = search(place, "erika", audience=audience)
    assert (hit.id, hit.snippet) == (known, "Erika Beispiel-Muster Vorsitzende")
    assert [one.id for one in search(place, "muster vors", audience=audience)] == [known]
    for secret in ("morgenrot", "nelken", "4711", "privat", "erika leitung"):
        assert search(place, secret), secret
        assert search(place, secret, audience=audience) == (), secret


@pytest.mark.parametrize("audience", OFFICE)
def test_outside_the_office_a_body_is_its_name(place: Workplace, known: int, audience: Audience) -> None:
    (hit,) = search(place, "turnv", audience=audience)
    assert hit.snippet == "Turnverein"
    assert search(place, "streit", audience=audience) == ()
    assert len(search(place, "streit")) == 2


@pytest.mark.parametrize("audience", HOUSE)
def test_a_letter_is_not_told_outside(place: Workplace, make_request: Make, audience: Audience) -> None:
    key = make_request(subject="Stadtfest", confidentiality="oeffentlich")
    with transaction(place, "note") as work:
        work.session.add(Message(request_id=key, body="Kontakt: Erika Beispiel, 0555 4711"))
    (hit,) = search(place, "stadtfest", audience=audience)
    assert hit.snippet == "2026-0001 Stadtfest"
    assert "Erika" in search(place, "kontakt")[0].snippet


@pytest.mark.parametrize("strict", ["request", "event"])
def test_a_task_of_two_records_is_as_confidential_as_the_stricter(
    place: Workplace, other_place: Workplace, make_request: Make, make_event: Make, strict: str
) -> None:
    personal = {"confidentiality": "persoenlich", "owner": place.desk.account}
    request = make_request(subject="Kur", **(personal if strict == "request" else {}))
    event = make_event(summary="Kur", **(personal if strict == "event" else {}))
    with transaction(place, "note") as work:
        work.session.add(Task(label="Klinik anrufen", request_id=request, event_id=event))
    with place.reading() as session:
        (key,) = session.scalars(select(Task.id))
    assert [(hit.type, hit.id) for hit in search(place, "klinik")] == [("task", key)]
    assert search(other_place, "klinik") == ()
