"""Items leave an agenda: decided ones stay, and what a cancelled session gave back returns with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from agenda_kit import add_paper, add_topic, agenda, stations, topic
from council_kit import add_body, add_item, write

from ob_buero_tui.rules.agenda_line import parse_item
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.agenda_edit import add_item as add_line
from ob_buero_tui.services.council.agenda_moves import indent_item, move_items_to
from ob_buero_tui.services.council.agenda_off import remove, return_items, withdraw
from ob_buero_tui.services.council.placing import place_paper, place_topics
from ob_buero_tui.services.council.postponing import cancel_meeting, reinstate_meeting
from ob_buero_tui.services.council.results import record_result
from ob_buero_tui.services.council.topic_list import rows
from ob_buero_tui.services.council.topics import finish_topics
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem
from office_fixtures import contents

Make = Callable[..., int]
START = datetime.fromisoformat("2026-12-10T17:00")
BACK = "zurück in den Themenspeicher, die Sitzung ist abgesagt"


@pytest.mark.parametrize("sent", [False, True])
def test_what_has_a_result_is_neither_returned_nor_moved_nor_struck_out(
    place: Workplace, make_meeting: Make, sent: bool
) -> None:
    """Nor is a sub-item with what it is below; once the result is taken away it may go."""
    body = add_body(place, "Rat", short_name="Rat")
    key, other = make_meeting(body=body), make_meeting(body=body)
    paper = add_paper(place, "Radweg", body)
    above = add_line(place, key, parse_item("Verkehr")).ids[0]
    item = place_paper(place, paper, key).ids[0]
    indent_item(place, item, 1)
    if sent:
        tick_step(place, [key], "versand")
    record_result(place, [item], "einstimmig")
    start = contents(place)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: withdraw(place, [item]),
        lambda: return_items(place, [item]),
        lambda: move_items_to(place, [item], other),
        lambda: move_items_to(place, [above], other),
    )
    for verb in verbs:
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.what.startswith("„Ö 1.1 Radweg“ lässt sich nicht ")
        assert refused.value.why == "Er hat schon ein Ergebnis."
    with pytest.raises(Refusal, match="Ergebnis" if not sent else "nicht mehr streichen"):
        remove(place, [item])
    assert contents(place) == start
    record_result(place, [item], "")
    return_items(place, [item])
    assert stations(place, paper) == [(None, None)]


def test_a_withdrawn_item_is_on_the_agenda_that_it_is_moved_to(place: Workplace, make_meeting: Make) -> None:
    body = add_body(place, "Rat")
    key, other = make_meeting(body=body), make_meeting(body=body)
    item = add_line(place, key, parse_item("Radweg")).ids[0]
    withdraw(place, [item], "später")
    move_items_to(place, [item], other)
    assert (agenda(place, key), agenda(place, other)) == ([], ["Ö 1 Radweg"])
    assert stored(place, item).withdrawn_note == ""


def test_a_session_that_takes_place_after_all_gets_back_what_still_waits(
    place: Workplace, make_meeting: Make
) -> None:
    """Topics and stations are linked again, so that nothing can be put on a second time."""
    body = add_body(place, "Rat", short_name="Rat")
    key = make_meeting(body=body)
    paper = add_paper(place, "Radweg", body, reference="BV 1")
    known = add_topic(place, "Bericht", organization_id=body)
    item = place_paper(place, paper, key).ids[0]
    place_topics(place, [known], key)
    off = add_line(place, key, parse_item("Schon vorher ab")).ids[0]
    withdraw(place, [off], "Gutachten fehlt")
    start = contents(place)
    cancel_meeting(place, [key])
    assert agenda(place, key) == ["Ö 1 Radweg (ab)", "Ö 2 Bericht (ab)", "Ö 3 Schon vorher ab (ab)"]
    assert stored(place, item).withdrawn_note == BACK
    assert (rows(place, [known])[known].placed, rows(place, [known])[known].item_id) == ("", None)
    done = reinstate_meeting(place, key)
    assert done.text == "„Rat“ am Do 10.12.2026 findet doch statt · 2 Punkte wieder auf der Tagesordnung"
    assert agenda(place, key) == ["Ö 1 Radweg", "Ö 2 Bericht", "Ö 3 Schon vorher ab (ab)"]
    assert stations(place, paper) == [(key, item)]
    assert {topic(place, one).state for one in (known, known + 1)} == {"eingeplant"}
    with pytest.raises(Refusal, match="steht schon auf dieser Tagesordnung"):
        place_paper(place, paper, key)
    undo(place)
    undo(place)
    assert contents(place) == start


def test_what_went_elsewhere_meanwhile_stays_off_and_that_is_said(
    place: Workplace, make_meeting: Make
) -> None:
    body = add_body(place, "Rat", short_name="Rat")
    key, later = make_meeting(body=body), make_meeting(body=body, start=START + timedelta(weeks=5))
    first, second, third = (add_topic(place, name, organization_id=body) for name in "ABC")
    paper = add_paper(place, "Radweg", body)
    place_topics(place, [first, second, third], key)
    place_paper(place, paper, key)
    cancel_meeting(place, [key])
    moved = place_topics(place, [first], later).ids[0]
    finish_topics(place, [second])
    item = place_paper(place, paper, later).ids[0]
    done = reinstate_meeting(place, key)
    assert done.text.endswith(
        " · 1 Punkt wieder auf der Tagesordnung"
        " · 3 Punkte bleiben abgesetzt: sie stehen jetzt woanders oder sind erledigt"
    )
    assert agenda(place, key) == ["Ö 1 A (ab)", "Ö 2 B (ab)", "Ö 3 C", "Ö 4 Radweg (ab)"]
    assert (topic(place, first).agenda_item_id, stations(place, paper)) == (moved, [(later, item)])
    assert topic(place, second).state == "erledigt"


def test_a_decided_item_of_a_cancelled_session_stays_decided(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Rat")
    item = add_item(place, key, 0, "Haushalt", public=True, result="einstimmig beschlossen")
    assert "Themenspeicher" not in cancel_meeting(place, [key]).text
    assert not stored(place, item).withdrawn


def test_an_item_that_is_returned_again_is_no_second_topic(place: Workplace, make_meeting: Make) -> None:
    """And one that comes on again after all is no topic that waits."""
    key = make_meeting(body="Rat")
    item = add_line(place, key, parse_item("Radweg")).ids[0]
    tick_step(place, [key], "versand")
    return_items(place, [item])
    with pytest.raises(Refusal, match="wartet schon im Themenspeicher"):
        return_items(place, [item])
    withdraw(place, [item])
    assert agenda(place, key) == ["Ö 1 Radweg"]
    assert topic(place, 1).state == "eingeplant"


def stored(place: Workplace, item_id: int) -> AgendaItem:
    """An item as it is stored."""

    def read(work: Any) -> AgendaItem:
        row: AgendaItem = work.get(AgendaItem, item_id)
        return row

    found: AgendaItem = write(place, read)
    return found
