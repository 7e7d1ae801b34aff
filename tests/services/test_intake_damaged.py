"""Damaged files of every format: none stops the import, what is refused is named, what came in is whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from intake_samples import count, mail, rows, value

from damage_kit import damaged
from hostile_kit import hostile
from ob_buero_tui.exchange import apart
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.intake.files import TECHNICAL, import_files
from ob_buero_tui.services.intake.report import Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace


def test_no_damaged_file_stops_the_import(place: Workplace, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    files = list(damaged(folder))
    assert len(files) in (84, 220), "a sample, or all"
    last = mail(folder, "zuletzt.eml", message_id="gut@x.example.org", subject="Der letzte Brief")
    report = import_files(place, [*files, last], accept_columns=True)
    assert len(report.lines) == len(files) + 1
    ended = Counter(line.status for line in report.lines)
    refused = [line for line in report.lines if line.status is Status.REFUSED]
    assert all(line.problems and line.text.strip() for line in refused), "each refusal says why"
    assert all(problem.startswith(str(folder)) for problem in report.problems), "and names its file"
    unexpected = [line for line in report.lines if TECHNICAL in line.text]
    assert unexpected == [], "no file is refused for a reason that nobody understands"
    assert ended[Status.REFUSED] >= len(files) // 3
    assert ended[Status.NEW] >= len(files) // 4
    assert report.lines[-1].text.endswith("„Der letzte Brief“")
    assert count(place, "request") == report.totals.requests
    database = Path(str(value(place, "SELECT file FROM pragma_database_list")))
    assert check_database(database, place).problems == ()
    for _ in range(count(place, "action")):
        undo(place)
    assert count(place, "request") == count(place, "imported_file") == count(place, "person") == 0


def test_no_trap_ends_the_import_or_holds_it_up(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "CPU_SECONDS", 3)
    traps = hostile()
    files = [tmp_path / name for name in traps]
    for path in files:
        path.write_bytes(traps[path.name][0])
    last = mail(tmp_path, "zuletzt.eml", subject="Der letzte Brief")
    report = import_files(place, [*files, last], accept_columns=True)
    assert len(traps) == 12
    ended = {Path(line.path).name: line.status is Status.REFUSED for line in report.lines}
    assert ended == {**{name: refused for name, (_, refused) in traps.items()}, "zuletzt.eml": False}
    assert not [line for line in report.lines if TECHNICAL in line.text]
    said = {Path(line.path).stem: line.text for line in report.lines if "Die Liste ist zu groß" in line.text}
    assert set(said) == {"gross", "klein", "leerraum", "anderswo", "ohne-ort", "wiederholt"}
    assert rows(place, "SELECT count(*) FROM attachment") == [(2,)], "documents are kept whole"
