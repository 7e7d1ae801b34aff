"""What the office entered itself and what later comes by OParl become one, and nothing of either is lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from council_kit import add_body, add_item, write
from intake_samples import count, rows, value
from oparl_samples import LATE, address, an, body, meeting, paper, person, written

from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Meeting, MeetingParticipant, Paper
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.tasks import Task

START = datetime.fromisoformat("2026-12-03T17:00")


def brought(place: Workplace, folder: Path, *objects: Any) -> ImportReport:
    """Import a file of these objects."""
    report = import_files(place, [written(folder, "rat.json", *objects)])
    assert report.problems == ()
    return report


def told(report: ImportReport) -> str:
    return " ".join(note for line in report.lines for note in line.notes)


def planned(place: Workplace, body_id: int = 1, start: datetime = START) -> int:
    """A session as an accepted year plan makes it, with what the office noted since."""
    key = new_meeting(place, NewMeeting(organization_ids=(body_id,), start=start, room="Ratssaal")).ids[0]

    def fill(work: Work) -> None:
        sitting = work.get(Meeting, key)
        sitting.note, sitting.urgent_note = "Beamer", "Eil"
        somebody = Person(family_name="Muster", extra={}, categories=[], locks=[])
        items = [
            AgendaItem(meeting_id=key, name=name, position=at, extra={}) for at, name in enumerate(OWN, 1)
        ]
        work.session.add_all([somebody, *items])
        work.session.flush()
        there = MeetingParticipant(meeting_id=key, person_id=somebody.id, attendance="entschuldigt")
        task = Task(label="Prüfbericht", agenda_item_id=items[0].id)
        work.session.add_all([there, task])

    write(place, fill)
    return key


OWN = ("Haushalt", "Verschiedenes")


def test_a_planned_session_takes_the_id_of_the_one_that_comes(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, body())
    key = planned(place)
    event = value(place, "SELECT event_id FROM meeting")
    report = brought(place, tmp_path, meeting(), paper())
    assert rows(place, "SELECT id, oparl_id, event_id, name, note, urgent_note FROM meeting") == [
        (key, address("meeting/1"), event, "12. Sitzung", "Beamer", "Eil")
    ]
    assert rows(place, "SELECT summary, status FROM event") == [("FA: 12. Sitzung", "CONFIRMED")]
    items = rows(place, "SELECT name, oparl_id, number FROM agenda_item ORDER BY id")
    assert items == [("Haushalt", address("item/1"), "Ö 1"), ("Verschiedenes", None, "")]
    assert value(place, "SELECT agenda_item_id FROM task") == 1
    assert value(place, "SELECT attendance FROM meeting_participant") == "entschuldigt"
    assert rows(place, "SELECT meeting_id, agenda_item_id FROM consultation") == [(key, 1)]
    assert "1 Sitzung gab es im Büro schon" in told(report)
    before = count(place, "change")
    again = brought(place, tmp_path, meeting(), paper())
    assert (count(place, "change"), told(again)) == (before, "")


def test_joining_is_one_step_back(place: Workplace, tmp_path: Path, dump: Any) -> None:
    brought(place, tmp_path, body())
    planned(place)
    before = dump(place)
    brought(place, tmp_path, meeting(), paper())
    undo(place)
    assert dump(place) == before


def test_another_day_another_body_and_a_session_that_is_gone_stay_apart(
    place: Workplace, tmp_path: Path
) -> None:
    brought(place, tmp_path, body(), an("Organization", "org/2", name="Stadtrat"))
    planned(place, 2)
    planned(place, 1, datetime.fromisoformat("2026-12-03T18:00"))
    gone = planned(place)
    write(place, lambda work: setattr(work.get(Meeting, gone), "deleted", True))
    brought(place, tmp_path, meeting())
    assert rows(place, "SELECT id FROM meeting WHERE oparl_id IS NOT NULL") == [(4,)]


def test_of_a_cancelled_and_a_new_session_at_the_same_time_the_new_one_is_meant(
    place: Workplace, tmp_path: Path
) -> None:
    brought(place, tmp_path, body())
    off = planned(place)
    write(place, lambda work: setattr(work.get(Meeting, off), "cancelled", True))
    key = planned(place)
    brought(place, tmp_path, meeting())
    assert rows(place, "SELECT id FROM meeting WHERE oparl_id IS NOT NULL") == [(key,)]


def test_a_paper_of_the_same_number_is_the_same(place: Workplace, tmp_path: Path) -> None:
    ours = {"reference": "2026/1", "kind": "bv", "note": "Anlage fehlt", "file_reference": "20-01"}
    twice = {"reference": "2026/2"}

    def fill(work: Work) -> None:
        given = (ours, twice, twice, {"reference": ""})
        work.session.add_all([Paper(name="Entwurf", extra={}, **one) for one in given])

    write(place, fill)
    report = brought(place, tmp_path, body(), meeting(), paper(), paper(2), paper(3, reference=""))
    found = "SELECT id, name, kind, note, file_reference FROM paper WHERE oparl_id = "
    assert rows(place, f"{found}'{address('paper/1')}'") == [
        (1, "Haushaltssatzung 2027", "bv", "Anlage fehlt", "20-01")
    ]
    assert rows(place, "SELECT id FROM paper WHERE oparl_id IS NOT NULL ORDER BY id") == [(1,), (5,), (6,)]
    assert "1 Vorlage gab es im Büro schon" in told(report)


def test_a_station_of_our_own_becomes_the_one_that_comes(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, body())
    key = planned(place)
    add_item(place, key, 5, "Satzung", paper={"name": "Entwurf", "reference": "2026/1"})
    brought(place, tmp_path, meeting(), paper())
    assert rows(place, "SELECT oparl_id, role FROM consultation") == [
        (address("consultation/1"), "Beschlussfassung")
    ]


def test_a_body_entered_by_hand_is_the_one_that_comes_a_club_of_its_name_is_not(
    place: Workplace, tmp_path: Path
) -> None:
    ours = add_body(place, "Finanzausschuss", organization_type="Gremium", voting_member_count=17)
    club = add_body(place, "Stadtrat")
    key = planned(place, ours)

    def sits(work: Work) -> None:
        ada = Person(family_name="Beispiel", given_name="Ada", email="ada@rat.example.org")
        ada.extra, ada.categories, ada.locks = {}, [], []
        work.session.add(ada)
        work.session.flush()
        work.session.add(Membership(person_id=ada.id, organization_id=ours, role="Vorsitz", extra={}))

    write(place, sits)
    report = brought(
        place, tmp_path, body(), an("Organization", "org/2", name="Stadtrat"), person(), meeting()
    )
    told_of = "SELECT id, oparl_id, voting_member_count, short_name FROM organization ORDER BY id"
    assert rows(place, told_of) == [
        (ours, address("org/1"), 17, "FA"),
        (club, None, None, ""),
        (3, address("org/2"), None, ""),
    ]
    assert rows(place, "SELECT id, oparl_id FROM meeting") == [(key, address("meeting/1"))]
    assert rows(place, "SELECT oparl_id, role FROM membership") == [(address("membership/1"), "Vorsitz")]
    assert "1 Gremium" in told(report)
    assert "Finanzausschuss" in told(report)


def led_by_us(place: Workplace, who: str = "wir") -> None:
    write(place, lambda work: setattr(work.get(Organization, 1), "agenda_led_by", who))


OURS = {"start": START, "end": None, "name": "Haushaltsklausur", "cancelled": False}
NEWER = {
    "name": "12. Sitzung (neu)",
    "start": "2026-12-04T17:00:00+01:00",
    "end": "2026-12-04T19:00:00+01:00",
    "cancelled": True,
    "location": an("Location", "place/9", room="Turnhalle"),
}


def renamed() -> dict[str, Any]:
    """An agenda that the council information system has changed and grown."""
    first = an("AgendaItem", "item/1", at=LATE, number="Ö 2", order=2, name="Haushalt 2027", public=False)
    return {"agendaItem": [first, an("AgendaItem", "item/7", at=LATE, order=1, name="Neues")]}


def test_what_the_office_leads_no_file_overwrites(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, body(), meeting(), paper())
    led_by_us(place)
    write(place, lambda work: setattr(work.get(Meeting, 1), "name", "Haushaltsklausur"))
    look = "SELECT m.name, m.start, m.end, m.cancelled, m.location_id, e.summary, e.dtstart, e.status"
    look += " FROM meeting m JOIN event e ON e.id = m.event_id"
    agenda = "SELECT name, number, position, public, deleted FROM agenda_item"
    before = rows(place, look), rows(place, agenda)
    report = brought(place, tmp_path, meeting(at=LATE, **NEWER, **renamed()), paper(at=LATE, name="Neu"))
    assert (rows(place, look), rows(place, agenda)) == before
    assert value(place, "SELECT name FROM paper") == "Haushaltssatzung 2027"
    said = told(report)
    assert "FA führt das Büro: nicht übernommen (1 Sitzung, 2 TOP, 1 Vorlage)." in said
    assert said.count("führt das Büro") == 1
    changes = count(place, "change")
    gone = an("Meeting", "meeting/1", at="2026-11-05T08:00:00+01:00", deleted=True)
    assert "führt das Büro" in told(brought(place, tmp_path, gone))
    assert (rows(place, look), rows(place, agenda), count(place, "change")) == (*before, changes)
    led_by_us(place, "ris")
    brought(place, tmp_path, meeting(at=LATE, **NEWER, **renamed()))
    assert rows(place, agenda) == [("Haushalt 2027", "Ö 2", 2, 0, 0), ("Neues", "", 1, None, 0)]
    assert value(place, "SELECT name FROM meeting") == "12. Sitzung (neu)"


def test_what_we_lead_and_left_open_is_filled(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, body())
    led_by_us(place)
    key = planned(place)
    report = brought(place, tmp_path, meeting())
    found = rows(place, "SELECT id, oparl_id, name, start, end FROM meeting")
    assert found == [(key, address("meeting/1"), "12. Sitzung", "2026-12-03T17:00:00", "2026-12-03T19:00:00")]
    assert rows(place, "SELECT name, oparl_id FROM agenda_item") == [
        ("Haushalt", address("item/1")),
        ("Verschiedenes", None),
    ]
    assert "führt das Büro: nicht übernommen" not in told(report)
