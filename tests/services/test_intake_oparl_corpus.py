"""The import on a city's real sessions and papers, which nobody here wrote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from intake_samples import count, rows, value

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport, Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace

FEW = os.environ.get("HYPOTHESIS_PROFILE") != "search"
"""The search for faults tries more of the folder in another order."""
CITY = "oparl_id LIKE '%karlsruhe%'"

LINKED = f"""
SELECT (SELECT count(*) FROM meeting WHERE {CITY}),
 (SELECT count(DISTINCT m.id) FROM meeting m JOIN meeting_organization mo ON mo.meeting_id = m.id
  WHERE m.{CITY}),
 (SELECT count(DISTINCT c.paper_id) FROM consultation c JOIN paper p ON p.id = c.paper_id
  WHERE c.meeting_id IS NOT NULL AND p.{CITY}),
 (SELECT count(DISTINCT c.paper_id) FROM consultation c JOIN agenda_item a ON a.id = c.agenda_item_id
  JOIN paper p ON p.id = c.paper_id WHERE p.{CITY})
"""  # noqa: S608 our own words

OPEN = (
    "SELECT table_name || '.' || property, count(*) FROM unresolved_reference"
    " WHERE target LIKE '%karlsruhe%' GROUP BY 1 ORDER BY 1"
)

TABLES = ("meeting", "agenda_item", "paper", "consultation", "organization", "location", "file", "person")


def test_the_whole_folder_comes_in_linked_and_is_known_afterwards(place: Workplace, corpus: Path) -> None:
    report = import_files(place, [corpus / "oparl"])
    assert (len(report.lines), report.problems) == (546, ())
    assert rows(place, LINKED) == [(171, 169, 361, 354)]
    assert dict(rows(place, OPEN)) == {
        "agenda_item.consultation": 60,
        "consultation.agendaItem": 268,
        "consultation.meeting": 261,
        "consultation.paper": 262,
        "meeting.organization": 2,
        "organization.body": 97,
        "organization.membership": 1344,
        "paper.body": 361,
        "paper.subordinatedPaper": 11,
    }
    assert report.totals.council.open == count(place, "unresolved_reference")
    totals = dict(report.totals.council.new)
    assert {table: totals[table] for table in TABLES} == {table: count(place, table) for table in TABLES}
    assert value(place, "SELECT count(*) FROM event WHERE calendar = 'rat'") == count(place, "meeting")
    for table in TABLES[:4]:
        waits = f"SELECT 1 FROM unresolved_reference u JOIN {table} t ON t.oparl_id = u.target"  # noqa: S608
        assert rows(place, waits) == [], table
    agendas_and_papers_agree(place)
    poor_files_are_named(report)
    steps = count(place, "action")
    again = import_files(place, [corpus / "oparl"])
    assert again.files[Status.KNOWN] == 546
    assert count(place, "action") == steps


def agendas_and_papers_agree(place: Workplace) -> None:
    """What an agenda item says of its consultation agrees with what that one says of the item."""
    named = "SELECT count(*) FROM consultation c JOIN agenda_item a ON a.id = c.agenda_item_id"
    assert value(place, named) == 428
    assert value(place, f"{named} WHERE c.meeting_id <> a.meeting_id") == 0
    assert value(place, f"{named} WHERE c.meeting_id IS NULL") == 0


def poor_files_are_named(report: ImportReport) -> None:
    """Files with less than they should have come in; what had to be repaired is said."""
    told = {Path(line.path).name: line for line in report.lines if "missing" in line.path}
    assert {name: line.status for name, line in told.items()} == dict.fromkeys(told, Status.NEW)
    assert len(told) == 4
    assert any("Steuerzeichen" in note for note in told["broken.json"].notes)


def test_the_folder_in_another_order_gives_the_same_and_all_is_undone(
    place: Workplace, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shape() -> list[Any]:
        return [rows(place, LINKED), rows(place, OPEN), *(count(place, table) for table in TABLES)]

    city = corpus / "oparl" / "karlsruhe"
    some = "105*[05]" if FEW else "105*"
    files = [*city.glob("*.json"), *city.glob(f"meetings/{some}.json"), *city.glob("papers/*5.json")]
    monkeypatch.setattr("ob_buero_tui.services.intake.files.in_order", lambda files: files)
    import_files(place, sorted(files, reverse=True))
    backwards = shape()
    for _ in range(count(place, "action")):
        undo(place)
    for table in (*TABLES, "unresolved_reference", "event", "occurrence", "search_doc", "file_link"):
        assert count(place, table) == 0, table
    import_files(place, sorted(files))
    assert shape() == backwards
    assert backwards[0][0][2] > 0, "some papers are linked"
