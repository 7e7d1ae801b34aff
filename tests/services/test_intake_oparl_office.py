"""What OParl may not touch: sessions named only in passing, and what the office has written itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from intake_samples import count, rows, value
from oparl_samples import EARLY, LATE, address, an, body, meeting, paper, person, written

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person

LATEST = "2026-11-20T08:00:00+01:00"


def brought(place: Workplace, folder: Path, *objects: Any, name: str = "rat.json") -> ImportReport:
    """Import a file of these objects."""
    return import_files(place, [written(folder, name, *objects)])


def edit(place: Workplace, **values: Any) -> None:
    """The office edits the first person."""
    with transaction(place, "note") as work:
        row = work.get(Person, 1)
        for name, one in values.items():
            setattr(row, name, one)


def naming(at: str | None = LATE) -> dict[str, Any]:
    """A paper that only names its session: id and name."""
    stub = {"id": address("meeting/1"), "type": "https://schema.oparl.org/1.1/Meeting", "name": "12. Sitzung"}
    consultation = an("Consultation", "consultation/1", at=None, meeting=stub)
    return paper(at=at, consultation=[consultation])


def test_a_paper_that_only_names_its_session_leaves_it_as_it_is(place: Workplace, tmp_path: Path) -> None:
    invitation = an("File", "file/9", name="Einladung")
    brought(place, tmp_path, body(), meeting(invitation=invitation))
    told = "SELECT m.start, m.modified, m.deleted, e.status, e.dtstart FROM meeting m JOIN event e"
    before = rows(place, told)
    brought(place, tmp_path, naming(), name="2.json")
    assert rows(place, told) == before
    assert count(place, "file_link") == 2
    newer = meeting(at="2026-10-15T08:00:00+02:00", start="2026-12-04T17:00:00+01:00", end=None)
    brought(place, tmp_path, newer, name="3.json")
    assert value(place, "SELECT dtstart FROM event") == "2026-12-04T17:00:00"


def test_a_session_known_only_by_name_takes_the_whole_of_it_though_older(
    place: Workplace, tmp_path: Path
) -> None:
    brought(place, tmp_path, naming())
    brought(place, tmp_path, meeting(at=EARLY), name="2.json")
    assert rows(place, "SELECT start FROM meeting") == [("2026-12-03T17:00:00",)]
    again = brought(place, tmp_path, naming(), meeting(at=EARLY), name="3.json")
    assert "geändert" not in again.lines[0].text


def test_naming_a_deleted_session_does_not_bring_it_back(place: Workplace, tmp_path: Path) -> None:
    gone = {"id": address("meeting/1"), "type": "https://schema.oparl.org/1.0/Meeting", "deleted": True}
    brought(place, tmp_path, meeting(), name="1.json")
    brought(place, tmp_path, gone, name="2.json")
    brought(place, tmp_path, naming(LATEST), name="3.json")
    assert value(place, "SELECT deleted FROM meeting") == 1


def test_what_the_office_changed_stays_and_is_named(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, person(phone=["02345 1"], status=["Ratsfrau"]))
    edit(place, tel="02345 99")
    newer = person(at=LATE, phone=["02345 2"], status=["Vorsitzende"])
    (line,) = brought(place, tmp_path, newer, name="2.json").lines
    assert rows(place, "SELECT tel, job_title FROM person") == [("02345 99", "Vorsitzende")]
    assert "Wie vom Büro eingetragen bleibt: Ada Beispiel (Telefon)." in line.notes
    again = person(at=LATEST, phone=["02345 2"], status=["Vorsitzende"], email=["neu@rat.example.org"])
    (line,) = brought(place, tmp_path, again, name="3.json").lines
    assert rows(place, "SELECT tel, email FROM person") == [("02345 99", "neu@rat.example.org")]
    assert "Büro" not in " ".join(line.notes), "it is told once"
    undo(place)
    assert value(place, "SELECT email FROM person") == "ada@rat.example.org"


def test_an_undated_person_resets_nothing_and_fills_nothing_that_was_emptied(
    place: Workplace, tmp_path: Path
) -> None:
    home = an("Location", "place/9", at=None, streetAddress="Gasse 1", locality="Lindenau")
    undated = person(at=None, phone=["02345 1"], location=home)
    brought(place, tmp_path, undated)
    edit(place, tel="", email="ada@stadt.example.org", street_address="")
    brought(place, tmp_path, undated, {"x": 1}, name="2.json")
    found = rows(place, "SELECT tel, email, street_address FROM person")
    assert found == [("", "ada@stadt.example.org", "")]
    brought(place, tmp_path, undated | {"phone": ["02345 7"]}, name="3.json")
    assert value(place, "SELECT tel FROM person") == ""


def test_the_same_version_does_not_fill_what_the_office_emptied(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, person(phone=["02345 1"]))
    edit(place, tel="")
    brought(place, tmp_path, person(phone=["02345 1"], gender="female"), name="2.json")
    assert rows(place, "SELECT tel, gender FROM person") == [("", "female")]


def known_person(place: Workplace, **values: Any) -> None:
    """Somebody whom the office knows from a card."""
    with transaction(place, "note") as work:
        given = {"given_name": "Ada", "family_name": "Beispiel", "source": "vCard", "tel": "02345 99"}
        work.session.add(Person(**{**given, **values}))


def test_who_is_known_by_name_and_address_is_the_same_person(place: Workplace, tmp_path: Path) -> None:
    known_person(place, email="Ada@rat.example.org")
    brought(place, tmp_path, an("Organization", "org/1", membership=[address("membership/1")]), name="0.json")
    meeting_with = meeting(participant=[address("person/1")])
    brought(place, tmp_path, meeting_with, name="1.json")
    (line,) = brought(place, tmp_path, person(phone=["02345 1"], gender="female"), name="2.json").lines
    found = rows(place, "SELECT tel, gender, honorific_prefix, oparl_id, source FROM person")
    assert found == [("02345 99", "female", "Dr.", address("person/1"), "vCard")]
    assert rows(place, "SELECT person_id FROM meeting_participant") == [(1,)]
    assert rows(place, "SELECT person_id, role FROM membership") == [(1, "Vorsitz")]
    assert "Person neu" not in line.text
    brought(place, tmp_path, person(at=LATE, phone=["02345 2"], status=["Ratsfrau"]), name="3.json")
    assert rows(place, "SELECT tel, job_title FROM person") == [("02345 99", "Ratsfrau")]
    for _ in range(3):
        undo(place)
    assert rows(place, "SELECT tel, oparl_id FROM person") == [("02345 99", None)]


def test_who_only_has_the_same_name_is_told_of(place: Workplace, tmp_path: Path) -> None:
    known_person(place, email="ada@verein.example.org")
    (line,) = brought(place, tmp_path, person()).lines
    assert count(place, "person") == 2
    assert "Gleicher Name wie im Büro (Ada Beispiel): bitte unter F6 mit d prüfen." in line.notes
