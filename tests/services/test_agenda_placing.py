"""Papers and topics come on an agenda with their stations, and go back to where they waited."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from agenda_kit import add_paper, add_topic, agenda, stations, topic
from council_kit import add_body, add_item, write

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.placing import place_paper, place_topics, release_items
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem
from office_fixtures import contents

Make = Callable[..., int]


def test_a_paper_gets_an_item_and_its_free_station_the_session(place: Workplace, make_meeting: Make) -> None:
    """The station before this body is taken, not the one before another; a second time is refused."""
    other, body = add_body(place, "Hauptausschuss"), add_body(place, "Stadtrat", short_name="Rat")
    key = make_meeting(body=body)
    paper = add_paper(place, "Haushalt 2027", other, body, reference="BV 2026 0359")
    start = contents(place)
    done = place_paper(place, paper, key)
    assert done.text == "BV 2026 0359: TOP Ö 1 „Rat“ am Do 10.12.2026"
    assert agenda(place, key) == ["Ö 1 Haushalt 2027"]
    assert stations(place, paper) == [(None, None), (key, done.ids[0])]
    end = contents(place)
    with pytest.raises(Refusal, match="steht schon auf dieser Tagesordnung"):
        place_paper(place, paper, key)
    undo(place)
    assert contents(place) == start
    redo(place)
    assert contents(place) == end
    assert recent_actions(place)[0].text.endswith("auf eine Tagesordnung gesetzt")


def test_a_paper_without_a_station_here_gets_a_new_one(place: Workplace, make_meeting: Make) -> None:
    """It comes after the stations the paper has."""
    other, body = add_body(place, "Hauptausschuss"), add_body(place, "Stadtrat")
    key = make_meeting(body=body)
    paper = add_paper(place, "Haushalt 2027", other)
    item = place_paper(place, paper, key).ids[0]
    assert stations(place, paper) == [(None, None), (key, item)]


def test_what_is_not_public_comes_into_the_other_part_with_a_general_term(
    place: Workplace, make_meeting: Make
) -> None:
    """A paper that is not öffentlich never comes into the public part, one that was withdrawn nowhere."""
    key = make_meeting(body="Stadtrat")
    sale = add_paper(place, "Verkauf Flurstück 12", confidentiality="vertraulich", reference="BV 1")
    item = place_paper(place, sale, key).ids[0]
    with place.reading() as session:
        row = session.get(AgendaItem, item)
        assert row is not None
        assert (row.number, row.public) == ("N 1", False)
        assert row.general_name == "Grundstücksangelegenheit"
    other = add_paper(place, "Stelle", confidentiality="intern")
    with pytest.raises(Refusal, match="nicht öffentlich"):
        place_paper(place, other, key, public=True)
    gone = add_paper(place, "Weg", state="zurueckgezogen")
    with pytest.raises(Refusal, match="zurückgezogen"):
        place_paper(place, gone, key)


def test_topics_come_on_with_their_papers_as_one_step(place: Workplace, make_meeting: Make) -> None:
    """What waits no longer is refused, and none of the others is put on."""
    body = add_body(place, "Stadtrat", short_name="Rat")
    key = make_meeting(body=body)
    paper = add_paper(place, "Radweg Hafenstraße", body)
    first = add_topic(place, "Radweg", paper_id=paper, organization_id=body)
    second = add_topic(place, "Bericht Kämmerei", public=False, general_name="Finanzen")
    start = contents(place)
    done = place_topics(place, [first, second], key)
    assert done.text == "2 Themen: auf der Tagesordnung „Rat“ am Do 10.12.2026"
    assert agenda(place, key) == ["Ö 1 Radweg Hafenstraße", "N 1 Bericht Kämmerei"]
    assert topic(place, first).state == topic(place, second).state == "eingeplant"
    assert stations(place, paper) == [(key, done.ids[0])]
    third = add_topic(place, "Drittes")
    with pytest.raises(Refusal, match="wartet nicht mehr"):
        place_topics(place, [third, first], key)
    assert topic(place, third).state == "offen"
    undo(place)
    undo(place)
    assert contents(place) == start


def test_a_late_item_needs_its_ground(place: Workplace, make_meeting: Make) -> None:
    """After the dispatch, also where the last day for it has passed, and once the session has begun."""
    key = make_meeting(body="Stadtrat")
    topic_id = add_topic(place, "Nachtrag")
    tick_step(place, [key], "versand")
    with pytest.raises(Refusal, match=r"schon hinaus .am Mi 25.11.2026 abgehakt."):
        place_topics(place, [topic_id], key)
    place_topics(place, [topic_id], key, "Frist des Landes endet am 11.12.")
    assert agenda(place, key) == ["Ö 1 Nachtrag (N)"]
    undo(place)
    for start, why in (("2026-11-30T17:00", "letzte Tag für den Versand"), ("2026-11-25T09:00", "begonnen")):
        from datetime import datetime

        soon = make_meeting(start=datetime.fromisoformat(start), body="Ausschuss")
        with pytest.raises(Refusal, match=why):
            place_topics(place, [topic_id], soon)


def test_a_called_off_session_gives_its_items_back(place: Workplace, make_meeting: Make) -> None:
    """Standard and withdrawn items do not wait again; a paper's station still knows its body."""
    body = add_body(place, "Stadtrat")
    key = make_meeting(body=body)
    add_item(place, key, 0, "Eröffnung", standard="eroeffnung", public=True)
    add_item(place, key, 1, "Abgesetztes", withdrawn=True, public=True)
    known = add_topic(place, "Bericht", organization_id=body)
    paper = add_paper(place, "Haushalt")
    place_topics(place, [known], key)
    place_paper(place, paper, key)
    assert write(place, lambda work: release_items(work, key)) == 2
    assert topic(place, known).state == "offen"
    assert stations(place, paper) == [(None, None)]
    assert len(agenda(place, key)) == 4
    later = make_meeting(body=body)
    item = place_paper(place, paper, later).ids[0]
    assert stations(place, paper) == [(later, item)]
    assert topic(place, known + 1).agenda_item_id == item, "the topic that came of it is on, too"


@pytest.mark.parametrize(
    ("values", "why"),
    [({"cancelled": True}, "ist abgesagt"), ({"deleted": True}, "ist gelöscht")],
)
def test_an_agenda_that_is_not_ours_to_change_is_left_alone(
    place: Workplace, make_meeting: Make, values: dict[str, bool], why: str
) -> None:
    """Called off, deleted, or led by the council information system."""
    key = make_meeting(body="Stadtrat", **values)
    paper = add_paper(place, "Haushalt")
    with pytest.raises(Refusal, match=why):
        place_paper(place, paper, key)
    led = make_meeting(body=add_body(place, "Rat", oparl_id="https://ris.example.org/1"))
    with pytest.raises(Refusal, match="Ratsinformationssystem"):
        place_paper(place, paper, led)
