"""Two desks at the papers of one session: neither writes silently over what the other has saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from council_kit import add_item, write

from ob_buero_tui.rules.attendance import Attendance, Mark
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.votes import Votes
from ob_buero_tui.services.council.attendance import attendance, record_attendance
from ob_buero_tui.services.council.minutes import minutes_text, write_minutes
from ob_buero_tui.services.council.result_views import item_result
from ob_buero_tui.services.council.results import note_item, record_result, write_resolution
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person

Make = Callable[..., int]
HERE = Mark(attendance=Attendance.ANWESEND)
AWAY = Mark(attendance=Attendance.ENTSCHULDIGT)


def texts(place: Workplace, key: int) -> dict[str, tuple[int, Callable[..., Any], Callable[[], str]]]:
    """What is written in free words: the row, the verb, and how it reads now."""
    item = add_item(place, key, 0, "Haushalt", public=True)
    return {
        "minutes": (key, write_minutes, lambda: minutes_text(place, key)),
        "resolution": (item, write_resolution, lambda: item_result(place, item).resolution),
        "note": (item, note_item, lambda: item_result(place, item).note),
    }


@pytest.mark.parametrize("which", ["minutes", "resolution", "note"])
def test_a_text_of_another_desk_is_not_replaced(
    place: Workplace, other_place: Workplace, make_meeting: Make, which: str
) -> None:
    """The refusal quotes both; the same text twice is no quarrel, nor one that was read anew."""
    row, verb, reads = texts(place, make_meeting(body="Stadtrat"))[which]
    verb(place, row, "Anfang", "")
    verb(other_place, row, "Zwei Stunden Mitschrift", "Anfang")
    with pytest.raises(Refusal, match="„Zwei Stunden Mitschrift“; hier steht „Anfang, kurz“"):
        verb(place, row, "Anfang, kurz", "Anfang")
    assert reads() == "Zwei Stunden Mitschrift"
    verb(place, row, "Zwei Stunden Mitschrift", "Anfang")
    verb(place, row, "", "Zwei Stunden Mitschrift")
    assert reads() == ""


def test_a_result_of_another_desk_is_not_replaced(
    place: Workplace, other_place: Workplace, make_meeting: Make
) -> None:
    """Neither the word nor the votes."""
    item = add_item(place, make_meeting(body="Stadtrat"), 0, "Haushalt", public=True)
    record_result(other_place, [item], "einstimmig", Votes(yes=9), ("", None))
    with pytest.raises(Refusal, match="9 Ja"):
        record_result(place, [item], "einstimmig", Votes(yes=8), ("", None))
    found = item_result(place, item)
    assert found.votes == Votes(yes=9)
    record_result(place, [item], "vertagt", None, (found.result, found.votes))
    assert item_result(place, item).result == "vertagt"


def test_marks_of_two_desks_come_together(
    place: Workplace, other_place: Workplace, make_meeting: Make
) -> None:
    """What only one of them changed stays; who was marked otherwise at both is named with both marks."""
    key = make_meeting(body="Stadtrat")

    def fill(work: Work) -> list[int]:
        body = work.session.query(Organization).one()
        rows = [Person(given_name="Erika", family_name=name) for name in ("Ahorn", "Buche", "Esche")]
        work.session.add_all(rows)
        work.session.flush()
        work.session.add_all([Membership(person_id=one.id, organization_id=body.id) for one in rows])
        return [one.id for one in rows]

    def marks() -> dict[int, Mark]:
        return {one.person_id: one.mark for one in attendance(place, key).people if one.mark != Mark()}

    first, second, third = write(place, fill)
    record_attendance(other_place, key, {first: HERE, second: HERE}, {})
    record_attendance(place, key, {third: HERE}, {})
    assert marks() == {first: HERE, second: HERE, third: HERE}
    with pytest.raises(Refusal, match=r"Ahorn \(dort anwesend, hier entschuldigt\)\."):
        record_attendance(place, key, {first: AWAY, second: HERE}, {})
    record_attendance(place, key, {second: AWAY, third: HERE}, marks())
    assert marks() == {second: AWAY, third: HERE}
