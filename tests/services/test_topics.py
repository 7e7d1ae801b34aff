"""The Themenspeicher: topics typed as lines, with body, days and paper; done with, dropped, and listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from agenda_kit import add_paper, add_topic, agenda, topic
from council_kit import add_body

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.topic_line import TopicLine
from ob_buero_tui.services.council import topic_list
from ob_buero_tui.services.council.placing import place_topics
from ob_buero_tui.services.council.topics import (
    drop_topics,
    edit_topic,
    finish_topics,
    new_topic,
    note_topics,
)
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import contents

Make = Callable[..., int]


def test_a_topic_knows_its_body_its_days_and_its_paper(place: Workplace, make_meeting: Make) -> None:
    """A paper is meant by its number; what is not public gets its general term."""
    body = add_body(place, "Ausschuss für Bau und Verkehr", short_name="BVA")
    make_meeting(body=body)
    start = contents(place)
    done = new_topic(
        place, TopicLine(title="Radweg", body="bau", contributor="Amt 66", earliest_on=date(2027, 2, 1))
    )
    row = topic_list.rows(place, done.ids)[done.ids[0]]
    assert (row.title, row.organization, row.contributor, row.state) == ("Radweg", "BVA", "Amt 66", "offen")
    undo(place)
    assert contents(place) == start
    paper = add_paper(place, "Verkauf Flurstück 3", reference="BV 1", confidentiality="vertraulich")
    key = new_topic(place, TopicLine(title="bv 1")).ids[0]
    kept = topic(place, key)
    assert (kept.title, kept.paper_id, kept.public) == ("Verkauf Flurstück 3", paper, False)
    assert kept.general_name == "Grundstücksangelegenheit"
    with pytest.raises(Refusal, match="Ein Gremium „Rat“ gibt es nicht"):
        new_topic(place, TopicLine(title="X", body="Rat"))
    assert topic_list.line_of(place, done.ids[0] + 1) == "N Verkauf Flurstück 3 | Grundstücksangelegenheit"


def test_topics_are_done_with_dropped_and_wait_again(place: Workplace) -> None:
    """The same key twice takes it back; a topic on an agenda is left alone."""
    first, second = add_topic(place, "A"), add_topic(place, "B")
    finish_topics(place, [first, second])
    assert topic(place, first).state == "erledigt"
    finish_topics(place, [first])
    drop_topics(place, [first])
    assert topic(place, first).state == "entfallen"
    note_topics(place, [first], "mit Amt 66 geklärt")
    assert topic(place, first).note == "Mi 25.11. PS: mit Amt 66 geklärt"
    edit_topic(place, first, TopicLine(title="Anders"))
    assert recent_actions(place)[0].text == "Thema „Anders“: geändert"
    assert topic_list.ids(place, topic_list.SETTLED) == [first, second]


def test_the_list_tells_what_presses_and_where_topics_went(place: Workplace, make_meeting: Make) -> None:
    """What must come first stands first; a placed one names its session and item."""
    body = add_body(place, "Stadtrat", short_name="Rat")
    key = make_meeting(body=body)
    late = add_topic(place, "Eilt", organization_id=body, latest_on=date(2026, 12, 1))
    later = add_topic(place, "Später", organization_id=body, earliest_on=date(2027, 3, 1))
    free = add_topic(place, "Frei")
    assert topic_list.ids(place, topic_list.WAITING) == [late, free, later]
    assert topic_list.ids(place, f"{topic_list.BODY}{body}") == [late, later]
    assert [one.label for one in topic_list.splits(place)] == ["Wartet", "Eingeplant", "Erledigt", "Rat"]
    place_topics(place, [free], key)
    assert agenda(place, key) == ["Ö 1 Frei"]
    row = topic_list.rows(place, [free])[free]
    assert row.placed == "Rat Do 10.12. Ö 1"
    assert row.meeting_id == key
    with pytest.raises(Refusal, match="Dort wird es geändert"):
        edit_topic(place, free, TopicLine(title="X"))
    with pytest.raises(Refusal, match="steht auf einer Tagesordnung"):
        finish_topics(place, [free])


def test_the_sessions_offered_for_topics_are_ours_and_in_time(place: Workplace, make_meeting: Make) -> None:
    """Led by the council information system, or too early: not offered; after the last day: said."""
    body = add_body(place, "Stadtrat", short_name="Rat")
    led = add_body(place, "Ausschuss", oparl_id="https://ris.example.org/1")
    make_meeting(body=led)
    first = make_meeting(body=body)
    second = make_meeting(body=body, start=datetime.fromisoformat("2027-01-21T17:00"))
    make_meeting(body=body, start=datetime.fromisoformat("2027-01-28T17:00"), cancelled=True)
    some = add_topic(place, "A", organization_id=body, latest_on=date(2026, 12, 31))
    offered = topic_list.sessions_for(place, [some])
    assert [one.id for one in offered] == [first, second]
    assert [one.remark for one in offered] == ["", "nach dem 31.12."]
    other = add_topic(place, "B", earliest_on=date(2027, 1, 1))
    assert [one.id for one in topic_list.sessions_for(place, [other])] == [second]
