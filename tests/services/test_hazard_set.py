"""The list of inputs that hang, crash or fool readers: each comes in or is refused, with its sentence."""

from __future__ import annotations

from pathlib import Path

from intake_samples import value

from hazard_set import HAZARDS
from ob_buero_tui.services.intake.files import TECHNICAL, import_files
from ob_buero_tui.services.intake.report import FileLine, Status
from ob_buero_tui.services.workplace import Workplace


def words(line: FileLine) -> str:
    """All that an import says of a file."""
    return "\n".join((line.text, *line.problems, *line.notes))


def test_each_hazard_is_taken_or_refused_and_says_so(place: Workplace, tmp_path: Path) -> None:
    for hazard in HAZARDS:
        (tmp_path / hazard.name).write_bytes(hazard.data(hazard.quick))
    found = import_files(place, [tmp_path / one.name for one in HAZARDS], accept_columns=True).lines
    assert len(found) == len(HAZARDS) == 34
    by_name = {Path(line.path).name: line for line in found}
    lines = {one.row: by_name[one.name] for one in HAZARDS}
    told = {row: words(line) for row, line in lines.items()}
    assert [row for row, text in told.items() if TECHNICAL in text] == []
    assert {one.row: told[one.row] for one in HAZARDS if one.said not in told[one.row]} == {}
    refused = {row for row, line in lines.items() if line.status is Status.REFUSED}
    assert refused == {one.row for one in HAZARDS if one.refused}
    stored = {one.row: (value(place, one.stored[0]), one.stored[1]) for one in HAZARDS if one.stored}
    assert {row: both for row, both in stored.items() if both[0] != both[1]} == {}
