"""What press and public are told of the council, by every way that leads out of the house."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from council_kit import add_body, add_item, write
from sqlalchemy import select

from ob_buero_tui.rules.attendance import Attendance, Mark
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.council.agenda_off import return_items
from ob_buero_tui.services.council.agenda_paper import agenda_paper, agenda_text
from ob_buero_tui.services.council.attendance import record_attendance
from ob_buero_tui.services.council.minutes import minutes, minutes_as_text
from ob_buero_tui.services.council.paper_edit import PaperValues, create_paper, edit_paper, set_paper_state
from ob_buero_tui.services.council.placing import place_paper
from ob_buero_tui.services.council.results import write_resolution
from ob_buero_tui.services.export.council import meetings_out, papers_out
from ob_buero_tui.services.export.oparl import council_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.search import search
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem
from ob_buero_tui.store.council_topics import Topic
from ob_buero_tui.store.people import Membership, Person
from ob_buero_tui.store.tables import METADATA
from ob_buero_tui.store.veil import make_veiled

Make = Callable[..., int]


def oparl(place: Workplace, audience: Audience) -> dict[str, dict[str, Any]]:
    """All objects of the interface by their id."""
    files = [json.loads(data) for _, data in council_out(place, Wanted(audience=audience)).files]
    return {one["id"]: one for file in files for one in file.get("data", ())}


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.INTERN])
def test_only_who_was_there_took_part(place: Workplace, make_meeting: Make, audience: Audience) -> None:
    """OParl names who took part; who was excused or stayed away is nobody's business."""
    body = add_body(place, "Stadtrat", organization_type="Gremium", confidentiality="oeffentlich")
    key = make_meeting(body=body)

    def fill(work: Work) -> list[int]:
        names = ("Da", "Krank", "Weg")
        people = [Person(given_name="E", family_name=name, confidentiality="oeffentlich") for name in names]
        work.session.add_all(people)
        work.session.flush()
        work.session.add_all([Membership(person_id=one.id, organization_id=body) for one in people])
        return [one.id for one in people]

    states = (Attendance.ANWESEND, Attendance.ENTSCHULDIGT, Attendance.UNENTSCHULDIGT)
    people = write(place, fill)
    record_attendance(
        place, key, {one: Mark(attendance=state) for one, state in zip(people, states, strict=True)}
    )
    known = [bool(contact(place, "person", one).meetings) for one in people]
    assert known == [True, False, False]
    objects = oparl(place, audience)
    (session,) = [one for one in objects.values() if one["type"].endswith("/Meeting")]
    assert [objects[one]["familyName"] for one in session["participant"]] == ["Da"]


@pytest.mark.parametrize("level", [Confidentiality.INTERN, Confidentiality.VERTRAULICH])
def test_an_item_is_as_secret_as_its_paper_whatever_part_it_stands_in(
    place: Workplace, make_meeting: Make, level: Confidentiality
) -> None:
    """A paper that is no longer public is told by its general term, wherever its item is told of."""
    key = make_meeting(body=add_body(place, "Rat der Stadt", organization_type="Gremium"))
    values = {"name": "Kauf Hafenstraße 7", "kind": "beschlussvorlage"}
    paper = create_paper(place, PaperValues(**values)).ids[0]  # type: ignore[arg-type]
    item = place_paper(place, paper, key).ids[0]
    assert {hit.type for hit in search(place, "Hafenstraße", audience=Audience.PUBLIC)} == {"meeting"}
    set_paper_state(place, [paper], "freigegeben")
    write_resolution(place, item, "Der Rat kauft die Hafenstraße 7.")
    told = outside(place, key)
    assert all("Hafenstraße 7" in text for text in told.values())
    assert {hit.type for hit in search(place, "Hafenstraße", audience=Audience.PUBLIC)} == {
        "meeting",
        "paper",
    }
    done = edit_paper(place, paper, PaperValues(**values, confidentiality=level))  # type: ignore[arg-type]
    assert done.text.endswith(
        "TOP Ö 1 steht noch im öffentlichen Teil, nach außen nur mit allgemeinem Begriff"
    )
    told = outside(place, key)
    assert [name for name, text in told.items() if "Hafenstraße" in text] == []
    assert search(place, "Hafenstraße", audience=Audience.PUBLIC) == ()
    assert all("Nichtöffentliche Angelegenheit" in text for text in told.values())
    assert "Hafenstraße" in agenda_text(agenda_paper(place, key, "OB", Audience.INTERN))


def test_a_paper_leaves_once_it_is_released_and_not_when_it_is_withdrawn(
    place: Workplace, make_meeting: Make
) -> None:
    """Its item is told of by its title, as the agenda is; the paper itself with its number is not."""
    key = make_meeting(body=add_body(place, "Rat der Stadt", organization_type="Gremium"))
    paper = create_paper(place, PaperValues(name="Radweg", kind="beschlussvorlage")).ids[0]
    place_paper(place, paper, key)
    for state, leaves in (("", False), ("freigegeben", True), ("zurueckgezogen", False)):
        if state:
            set_paper_state(place, [paper], state)
        types = [one["type"].rpartition("/")[2] for one in oparl(place, Audience.PUBLIC).values()]
        assert ("Paper" in types, "AgendaItem" in types) == (leaves, True)
        assert bool(papers_out(place, Wanted(audience=Audience.PUBLIC)).rows) is leaves


@pytest.mark.parametrize("strict", ["meeting", "paper"])
def test_what_goes_back_to_wait_is_as_secret_as_where_it_stood(
    place: Workplace, make_meeting: Make, strict: str
) -> None:
    """An item of a part that nobody knows waits as one of the non-public part."""
    level = {"confidentiality": "vertraulich"}
    key = make_meeting(body=add_body(place, "Rat"), **(level if strict == "meeting" else {}))
    papers = {"name": "Abwahl", "reference": "BV 1"} | (level if strict == "paper" else {})
    add_item(place, key, 0, "Abwahl", public=None, paper=papers)
    with place.reading() as session:
        item = session.scalars(select(AgendaItem.id)).one()
    return_items(place, [item])
    with place.reading() as session:
        topic = session.scalars(select(Topic)).one()
        assert (topic.confidentiality, topic.public) == ("vertraulich", False)


@pytest.mark.parametrize("strict", ["meeting", "paper", ""])
def test_the_shield_covers_items_of_secret_sessions_and_papers(
    place: Workplace, make_meeting: Make, database: Path, strict: str
) -> None:
    level = {"confidentiality": "vertraulich"}
    key = make_meeting(body="Rat", **(level if strict == "meeting" else {}))
    papers = {"name": "Abwahl", "reference": "BV 1"} | (level if strict == "paper" else {})
    add_item(place, key, 0, "Abwahl", public=True, result="abgelehnt", paper=papers)
    engine = make_veiled(database, METADATA.sorted_tables, ["OB"])
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT name, result FROM agenda_item").one()
    engine.dispose()
    assert tuple(told) == (("•••••", "•••••") if strict else ("Abwahl", "abgelehnt"))


def outside(place: Workplace, key: int) -> dict[str, str]:
    """A session by every way that leads out of the house."""
    wanted = Wanted(audience=Audience.PUBLIC)
    return {
        "agenda": agenda_text(agenda_paper(place, key, "OB", Audience.PUBLIC)),
        "minutes": minutes_as_text(minutes(place, key, "OB", Audience.PUBLIC)),
        "oparl": json.dumps(oparl(place, Audience.PUBLIC), ensure_ascii=False),
        "export": repr(meetings_out(place, wanted).rows),
    }
