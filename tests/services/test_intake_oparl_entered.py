"""What the office entered of sessions and papers outlives every newer version that comes by OParl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from intake_samples import rows
from oparl_samples import LATE, address, body, meeting, paper, person, written

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport
from ob_buero_tui.services.work import USE_CASES, Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, MeetingParticipant, Paper
from ob_buero_tui.store.people import Membership, Organization

if "test_enter_council" not in USE_CASES:

    @use_case("test_enter_council")
    def enter(work: Work, values: dict[Any, dict[str, Any]]) -> None:
        """Set columns of the first row of each table."""
        for table, columns in values.items():
            row = work.get(table, 1)
            for name, value in columns.items():
                setattr(row, name, value)


def brought(place: Workplace, folder: Path, name: str, *objects: Any) -> ImportReport:
    """Import these objects as one file."""
    report = import_files(place, [written(folder, name, *objects)])
    assert report.problems == ()
    return report


def test_who_was_there_comes_in_and_what_the_office_wrote_down_stays(
    place: Workplace, tmp_path: Path
) -> None:
    brought(place, tmp_path, "1.json", body(), person(), meeting(participant=[address("person/1")]))
    assert rows(place, "SELECT person_id, attendance, voting FROM meeting_participant") == [(1, "", None)]
    enter(place, {MeetingParticipant: {"attendance": "entschuldigt", "voting": True}})
    brought(place, tmp_path, "2.json", meeting(at=LATE, participant=[address("person/1")], name="Neu"))
    brought(place, tmp_path, "3.json", meeting(at="2026-11-02T08:00:00+01:00", name="Ohne"))
    found = rows(place, "SELECT person_id, attendance, voting FROM meeting_participant")
    assert found == [(1, "entschuldigt", 1)]
    assert rows(place, "SELECT name FROM meeting") == [("Ohne",)]


def test_a_participant_nobody_noted_goes_with_a_newer_version(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, "1.json", body(), person(), meeting(participant=[address("person/1")]))
    brought(place, tmp_path, "2.json", meeting(at=LATE))
    assert rows(place, "SELECT count(*) FROM meeting_participant") == [(0,)]


OURS: dict[Any, dict[str, Any]] = {
    Meeting: {
        "moved_note": "Saal gesperrt",
        "cancelled_note": "zu wenig Punkte",
        "urgent_note": "Eil",
        "chair_id": 1,
        "clerk_id": 1,
        "minutes_text": "Es wurde beraten.",
        "note": "Beamer",
    },
    AgendaItem: {
        "level": 1,
        "general_name": "Grundstück",
        "late": True,
        "late_note": "kam spät",
        "votes_yes": 12,
        "votes_no": 0,
        "votes_abstain": 1,
        "note": "Herr A fehlt",
        "result": "beschlossen",
        "resolution_text": "So soll es sein.",
    },
    Paper: {
        "kind": "bv",
        "file_reference": "20-01",
        "state": "freigegeben",
        "author": "KL",
        "note": "Anlage fehlt",
    },
    Consultation: {"result": "empfohlen"},
    Organization: {"agenda_led_by": "ris", "ladungsfrist_confirmed_by": "PS", "mayor_attends": True},
    Membership: {"substitute_for_id": None, "note": "seit der Umbildung"},
}


def test_no_column_of_the_office_is_reset(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, "1.json", body(), person(), meeting(), paper())
    enter(place, OURS)
    later = [body(at=LATE, name="Neuer Name"), person(at=LATE), meeting(at=LATE, name="Neu"), paper(at=LATE)]
    brought(place, tmp_path, "2.json", *later)
    for table, columns in OURS.items():
        told = ", ".join(columns)
        name = table.__tablename__
        assert rows(place, f"SELECT {told} FROM {name}") == [tuple(columns.values())], name  # noqa: S608
    assert rows(place, "SELECT name FROM meeting") == [("Neu",)]
