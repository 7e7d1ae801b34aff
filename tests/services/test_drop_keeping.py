"""What the drop folder never does: delete the only copy of a file, or break off at one again and again."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from intake_samples import calendar, count, event, mail

from ob_buero_tui.services.intake import drop_files, drop_folder
from ob_buero_tui.services.intake.drop_folder import DropFolder
from ob_buero_tui.services.intake.sheets import confirm_layout, propose_columns
from ob_buero_tui.services.workplace import Workplace

NOW = datetime.fromisoformat("2026-11-25T09:42")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty drop folder."""
    made = tmp_path / "eingangskorb"
    made.mkdir()
    return made


def names(folder: Path) -> list[str]:
    """All files below a folder."""
    return sorted(item.relative_to(folder).as_posix() for item in folder.rglob("*") if item.is_file())


def test_what_was_read_in_part_is_never_removed(place: Workplace, folder: Path) -> None:
    text = "Eingang;Betreff\n24.11.2026;Grußwort\n32.13.2026;Der verlorene Brief\n"
    path = folder / "liste.csv"
    path.write_text(text, encoding="utf-8")
    confirm_layout(place, propose_columns(place, path))
    data = path.read_bytes()
    drop = DropFolder(place, folder)
    drop.poll(NOW)
    news = drop.poll(NOW)
    assert (news.counts.requests, news.partly) == (1, ("liste.csv",))
    drop.poll(NOW + timedelta(days=30))
    assert names(folder) == ["fehler/liste.csv", "fehler/liste.csv.txt"]
    assert place.attachments.read(hashlib.sha256(data).hexdigest()) == data
    assert "32.13.2026" in (folder / "fehler/liste.csv.txt").read_text(encoding="utf-8-sig")


def test_the_other_sheets_of_a_workbook_are_named_beside_it(place: Workplace, folder: Path) -> None:
    import xlsxwriter

    path = folder / "listen.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name in ("2025", "2026"):
        sheet = book.add_worksheet(name)
        for row, cells in enumerate((("Eingang", "Betreff"), ("24.11.2026", f"Brief von {name}"))):
            sheet.write_row(row, 0, cells)
    book.close()
    confirm_layout(place, propose_columns(place, path))
    drop = DropFolder(place, folder)
    drop.poll(NOW)
    assert drop.poll(NOW).partly == ("listen.xlsx",)
    assert "Das Blatt „2026“" in (folder / "fehler/listen.xlsx.txt").read_text(encoding="utf-8-sig")


def test_every_original_is_kept_under_its_hash(place: Workplace, folder: Path) -> None:
    files = [mail(folder), calendar(folder, event(), name="termine.ics")]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    drop = DropFolder(place, folder)
    drop.poll(NOW)
    drop.poll(NOW)
    drop.poll(NOW + timedelta(days=8))
    assert names(folder) == []
    assert set(hashes) <= place.attachments.known()


def test_what_is_too_large_to_be_kept_twice_is_not_cleared(
    place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drop_folder, "MAX_BYTES", 10)
    mail(folder)
    drop = DropFolder(place, folder)
    drop.poll(NOW)
    drop.poll(NOW)
    drop.poll(NOW + timedelta(days=30))
    assert names(folder) == ["erledigt/aufgehoben/brief.eml"]


def test_a_file_that_ends_the_process_twice_is_not_read_a_third_time(
    place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail(folder)
    with monkeypatch.context() as crash:
        crash.setattr(drop_folder, "token_lives", lambda _token: False)
        crash.setattr(drop_folder, "import_files", _die)
        for _ in range(2):
            drop = DropFolder(place, folder)
            drop.poll(NOW)
            with pytest.raises(KeyboardInterrupt):
                [drop.poll(NOW) for _ in range(3)]
        drop = DropFolder(place, folder)
        drop.poll(NOW)
        assert not [drop.poll(NOW) for _ in range(3)][-1].ids
    assert names(folder) == ["fehler/brief.eml", "fehler/brief.eml.txt"]
    assert "zweimal beendet" in (folder / "fehler/brief.eml.txt").read_text(encoding="utf-8-sig")
    assert (count(place, "request"), drop_files.found_in(folder)) == (0, [])


def _die(*_args: object) -> None:
    raise KeyboardInterrupt
