"""Attendance: who should be there, who was, substitutes, the quorum, and the votes that go with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from council_kit import add_item, write

from ob_buero_tui.rules.attendance import Attendance, Mark
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.attendance import AttendanceView, attendance, record_attendance
from ob_buero_tui.services.council.result_views import item_result
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting, MeetingParticipant
from ob_buero_tui.store.people import Membership, Organization, Person

Make = Callable[..., int]
HERE = Mark(attendance=Attendance.ANWESEND)
AWAY = Mark(attendance=Attendance.ENTSCHULDIGT)


@pytest.fixture
def council(place: Workplace, make_meeting: Make) -> tuple[int, list[int]]:
    """A session of a council of five seats: four members who vote, one who does not, one who stands in."""
    key = make_meeting(body="Stadtrat")

    def fill(work: object) -> list[int]:
        session = work.session  # type: ignore[attr-defined]
        body = session.query(Organization).one()
        body.voting_member_count = 5
        people = [Person(given_name="Erika", family_name=f"Probe {n}") for n in range(6)]
        session.add_all(people)
        session.flush()
        roles = ["Vorsitzende", "Mitglied", "Mitglied", "Mitglied", "beratendes Mitglied"]
        rows = [
            Membership(person_id=one.id, organization_id=body.id, role=role, voting_right=role[0] != "b")
            for one, role in zip(people, roles, strict=False)
        ]
        session.add_all(rows)
        session.flush()
        stand_in = Membership(person_id=people[5].id, organization_id=body.id, role="Stellvertretung")
        stand_in.substitute_for_id = rows[1].id
        session.add(stand_in)
        return [one.id for one in people]

    return key, write(place, fill)


def quorum_text(view: AttendanceView, marks: dict[int, Mark]) -> str:
    """What the only body says."""
    ((_name, found),) = view.quorums(marks)
    return found.text


def test_everybody_of_the_body_is_on_the_list(place: Workplace, council: tuple[int, list[int]]) -> None:
    key, people = council
    view = attendance(place, key)
    assert [one.person_id for one in view.people] == people
    assert [one.voting for one in view.people[:5]] == [True, True, True, True, False]
    assert (view.people[5].stands_in, view.people[5].for_person) == (True, people[1])
    assert not view.recorded
    assert quorum_text(view, {}).startswith("0 stimmberechtigt anwesend von 5 Sitzen: nicht beschlussfähig")


def test_a_session_without_a_name_is_called_by_its_body(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat", name="")
    assert attendance(place, key).name == "Stadtrat"
    assert record_attendance(place, key, {}).text.startswith("„Stadtrat“: 0 anwesend")


def test_who_was_there_is_recorded_counted_and_undone(
    place: Workplace, council: tuple[int, list[int]]
) -> None:
    key, people = council
    item = add_item(place, key, 0, "Haushalt")
    marks = {people[0]: HERE, people[1]: AWAY, people[2]: HERE, people[4]: HERE}
    marks[people[5]] = Mark(attendance=Attendance.ANWESEND, substitute_for=people[1], came_at=time(17, 20))
    done = record_attendance(place, key, marks)
    assert done.text == "„Stadtrat“: 4 anwesend, Stadtrat beschlussfähig"
    view = attendance(place, key)
    assert {one.person_id: one.mark for one in view.people if one.mark != Mark()} == marks
    assert quorum_text(view, marks).startswith("3 stimmberechtigt anwesend von 5 Sitzen: beschlussfähig")
    assert item_result(place, item).voters == 3, "the one who stands in votes, the one who advises does not"
    assert recent_actions(place)[0].text.endswith("Anwesenheit eingetragen (4 anwesend, 1 abwesend)")
    record_attendance(place, key, {people[0]: HERE, people[1]: Mark()})
    assert [one.person_id for one in attendance(place, key).people if one.mark.there] == [people[0]]
    undo(place)
    undo(place)
    assert not attendance(place, key).recorded


def test_a_seat_counts_once_also_where_one_goes_when_the_other_comes(
    place: Workplace, council: tuple[int, list[int]]
) -> None:
    """Three seats would be a quorum, two are none, whoever takes them."""
    key, people = council
    item = add_item(place, key, 0, "Haushalt")
    goes = Mark(attendance=Attendance.ANWESEND, left_at=time(18))
    comes = Mark(attendance=Attendance.ANWESEND, substitute_for=people[1], came_at=time(18))
    marks = {people[0]: HERE, people[1]: goes, people[5]: comes}
    done = record_attendance(place, key, marks)
    assert "nicht beschlussfähig" in done.text
    assert quorum_text(attendance(place, key), marks).startswith("2 stimmberechtigt anwesend von 5 Sitzen")
    assert item_result(place, item).voters == 2


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ({1: HERE, 2: Mark(attendance=Attendance.ANWESEND, substitute_for=1)}, "zugleich vertreten"),
        (
            {
                2: Mark(attendance=Attendance.ANWESEND, substitute_for=1),
                3: Mark(attendance=Attendance.ANWESEND, substitute_for=1),
            },
            "von zweien",
        ),
        ({1: Mark(attendance=Attendance.ANWESEND, came_at=time(19), left_at=time(18))}, "geht um 18:00"),
        ({1: Mark(attendance=Attendance.ANWESEND, substitute_for=1)}, "sich selbst"),
    ],
)
def test_what_cannot_be_is_refused(
    place: Workplace, council: tuple[int, list[int]], marks: dict[int, Mark], why: str
) -> None:
    with pytest.raises(Refusal, match=why):
        record_attendance(place, council[0], marks)


def test_who_a_file_only_names_was_there(place: Workplace, council: tuple[int, list[int]]) -> None:
    key, people = council

    def fill(work: object) -> None:
        guest = Person(given_name="Gast", family_name="Beispiel")
        work.session.add(guest)  # type: ignore[attr-defined]
        work.session.flush()  # type: ignore[attr-defined]
        for person in (people[0], guest.id):
            work.session.add(MeetingParticipant(meeting_id=key, person_id=person))  # type: ignore[attr-defined]

    write(place, fill)
    view = attendance(place, key)
    assert view.recorded
    assert view.people[0].mark.there
    assert (view.people[-1].name, view.people[-1].role) == ("Gast Beispiel", "weitere Teilnahme")


def test_sessions_without_a_day_or_personal_ones_have_none(
    place: Workplace, council: tuple[int, list[int]], make_meeting: Make
) -> None:
    with pytest.raises(Refusal, match="noch keinen Tag"):
        attendance(place, make_meeting(body=1, start=None))
    write(place, lambda work: setattr(work.get(Meeting, council[0]), "confidentiality", "persoenlich"))
    for call in (
        lambda: attendance(place, council[0]),
        lambda: record_attendance(place, council[0], {}),
    ):
        with pytest.raises(Refusal, match="persönlich"):
            call()
