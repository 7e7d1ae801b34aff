"""Forty mutated files of all formats: a small form of `benchmarks/trust/mutated.py`, always the same ones."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from intake_samples import count, value

from mutation_kit import ENDINGS, ROUND, SHARES, mutated, samples
from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.intake.files import TECHNICAL, import_files
from ob_buero_tui.services.intake.report import Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import contents

SEED: Final = 7
EACH: Final = {".ics": 12, ".eml": 10, ".csv": 4, ".json": 4, ".vcf": 3, ".mbox": 2}
"""How many of a format; one of each of the others, which are read by a process of their own."""


def numbers() -> list[int]:
    """The numbers of forty files."""
    most = {ending: EACH.get(ending, 1) for ending in SHARES}
    places = {ending: [at for at in range(ROUND * 3) if ENDINGS[at % ROUND] == ending] for ending in SHARES}
    return [at for ending, some in most.items() for at in places[ending][:some]]


def test_forty_mutated_files_are_taken_whole_or_named(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OB_BUERO_CORPUS", raising=False)
    start, folder = contents(place), tmp_path / "post"
    folder.mkdir()
    good = samples(tmp_path, data_folder())
    files = []
    for number in numbers():
        name, data = mutated(number, SEED, good)
        files.append(folder / name)
        files[-1].write_bytes(data)
    report = import_files(place, files, accept_columns=True)
    assert len(report.lines) == len(files) == 40
    assert [line.path for line in report.lines if TECHNICAL in line.text] == []
    refused = [line for line in report.lines if line.status is Status.REFUSED]
    assert len(refused) > 2
    assert all(line.problems and line.text.strip() for line in refused)
    assert count(place, "request") == report.totals.requests
    database = Path(str(value(place, "SELECT file FROM pragma_database_list")))
    assert check_database(database, place).problems == ()
    for _ in range(count(place, "action")):
        undo(place)
    assert [name for name, found in contents(place).items() if found != start[name]] == []
