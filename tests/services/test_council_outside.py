"""What press and public are told of the council, by every way that leads out of the house."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from council_kit import add_body, write

from ob_buero_tui.rules.attendance import Attendance, Mark
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.council.agenda_paper import agenda_paper, agenda_text
from ob_buero_tui.services.council.attendance import record_attendance
from ob_buero_tui.services.council.minutes import minutes, minutes_as_text
from ob_buero_tui.services.council.paper_edit import PaperValues, create_paper, edit_paper
from ob_buero_tui.services.council.placing import place_paper
from ob_buero_tui.services.council.results import write_resolution
from ob_buero_tui.services.export.council import meetings_out
from ob_buero_tui.services.export.oparl import council_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.search import search
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Person

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
    write_resolution(place, item, "Der Rat kauft die Hafenstraße 7.")
    told = outside(place, key)
    assert all("Hafenstraße 7" in text for text in told.values())
    assert {hit.type for hit in search(place, "Hafenstraße", audience=Audience.PUBLIC)} == {
        "meeting",
        "paper",
    }
    edit_paper(place, paper, PaperValues(**values, confidentiality=level))  # type: ignore[arg-type]
    told = outside(place, key)
    assert [name for name, text in told.items() if "Hafenstraße" in text] == []
    assert search(place, "Hafenstraße", audience=Audience.PUBLIC) == ()
    assert all("Nichtöffentliche Angelegenheit" in text for text in told.values())
    assert "Hafenstraße" in agenda_text(agenda_paper(place, key, "OB", Audience.INTERN))


def outside(place: Workplace, key: int) -> dict[str, str]:
    """A session by every way that leads out of the house."""
    wanted = Wanted(audience=Audience.PUBLIC)
    return {
        "agenda": agenda_text(agenda_paper(place, key, "OB", Audience.PUBLIC)),
        "minutes": minutes_as_text(minutes(place, key, "OB", Audience.PUBLIC)),
        "oparl": json.dumps(oparl(place, Audience.PUBLIC), ensure_ascii=False),
        "export": repr(meetings_out(place, wanted).rows),
    }
