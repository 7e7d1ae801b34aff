"""What is readable of a damaged file is saved, what is not is named, and the file stays as it is."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broken_kit import fingerprint, leaves_of, patch, root_page, spoil_page
from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.rescuing import COPY, REPORT, rescue_all
from ob_buero_tui.store.backup import integrity_problems, make_backup
from ob_buero_tui.store.opening import Damaged, look

LETTERS = 60


@pytest.fixture
def full(office: Office, make_request: Callable[..., int], database: Path) -> Path:
    """An office with requests on several pages, closed."""
    for number in range(LETTERS):
        make_request(subject=f"Grußwort {number}", reason="x" * 400)
    office.close()
    return database


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """A table as it was saved; the CSV and the JSON say the same."""
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file, delimiter=";"))
    plain = json.loads((folder / f"{table}.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in found] == [str(row["id"]) for row in plain]
    return found


def test_a_sound_file_is_saved_without_a_loss(full: Path, tmp_path: Path) -> None:
    saved = rescue_all(full, tmp_path / "neu")
    assert saved.losses == saved.brought_back == ()
    assert len(rows(tmp_path / "neu", "request")) == LETTERS
    assert integrity_problems(saved.copy) == []
    for item in (tmp_path / "neu").iterdir():
        assert item.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(saved.copy)) as copy:
        assert copy.execute("SELECT count(*) FROM search_doc").fetchone() == (LETTERS,)


def test_a_text_with_a_flipped_bit_is_saved_and_named(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE request SET reason = CAST(x'41FF' AS TEXT) WHERE id = 3")
        connection.commit()
    saved = rescue_all(full, tmp_path / "neu")
    assert [line.startswith("Eingang (request): unlesbare Zeichen") for line in saved.losses] == [True]
    assert "2026-0003" in saved.losses[0]
    assert rows(tmp_path / "neu", "request")[2]["reason"] == "A�"


def test_a_damaged_day_or_time_is_named_and_saved_as_it_stands(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        connection.execute(
            "UPDATE request SET due_on = '2O26-11-30', received_at = '2026-13-01' WHERE id = 3"
        )
        connection.commit()
    saved = rescue_all(full, tmp_path / "neu")
    assert len(saved.losses) == 2
    assert "Eingang 2026-0003 „Grußwort 2“: „2O26-11-30“ ist kein Tag" in saved.losses[1]
    row = rows(tmp_path / "neu", "request")[2]
    assert (row["due_on"], row["received_at"]) == ("2O26-11-30", "2026-13-01")


def test_damaged_words_of_the_journal_do_not_end_the_rescue(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE change SET after = substr(after, 2)")
        connection.commit()
    spoil_page(full, leaves_of(full, "request")[2])
    saved = rescue_all(full, tmp_path / "neu")
    assert "verloren" in saved.losses[0]
    assert saved.brought_back == ()


def test_the_rows_of_a_lost_page_come_back_from_the_journal(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        whole = connection.execute("SELECT * FROM request ORDER BY id").fetchall()
    spoil_page(full, leaves_of(full, "request")[2])
    before = fingerprint(full.parent)
    saved = rescue_all(full, tmp_path / "neu")
    assert fingerprint(full.parent) == before
    assert saved.losses == ()
    assert "Eingang 2026-00" in saved.brought_back[0]
    with closing(sqlite3.connect(saved.copy)) as copy:
        assert copy.execute("SELECT * FROM request ORDER BY id").fetchall() == whole


def test_what_nobody_knows_any_more_is_named(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("DELETE FROM change")
        connection.commit()
    page = next(
        leaf
        for leaf in leaves_of(full, "request")
        if b"Gru\xc3\x9fwort 19" in full.read_bytes()[(leaf - 1) * 4096 : leaf * 4096]
    )
    spoil_page(full, page)
    saved = rescue_all(full, tmp_path / "neu")
    left = rows(tmp_path / "neu", "request")
    assert LETTERS - 12 <= len(left) < LETTERS, "a page holds some ten of them; those behind it are read"
    assert len(saved.losses) == 1
    lost = LETTERS - len(left)
    assert saved.losses[0].startswith(
        f"Eingang (request): {len(left)} Zeilen gerettet; {lost} verloren: Nr. "
    )
    assert "Nr. 20" in saved.losses[0]
    assert "Nr. 20" in (tmp_path / "neu" / REPORT).read_text(encoding="utf-8")


def test_a_table_without_its_first_page_says_so(full: Path, tmp_path: Path) -> None:
    spoil_page(full, root_page(full, "holiday"))
    saved = rescue_all(full, tmp_path / "neu")
    assert any("holiday" in line and "verloren" in line for line in saved.losses)
    assert len(rows(tmp_path / "neu", "request")) == LETTERS


def test_without_the_list_of_tables_nothing_is_readable_and_nothing_is_made(
    full: Path, tmp_path: Path
) -> None:
    patch(full, 100, b"\xff" * 400)
    with pytest.raises(Refusal, match="nichts mehr lesen"):
        rescue_all(full, tmp_path / "neu")
    assert not (tmp_path / "neu" / COPY).exists()


@pytest.mark.parametrize("offset", [0, 100])
def test_a_good_copy_lends_the_list_of_tables(full: Path, tmp_path: Path, offset: int) -> None:
    copy = make_backup(full, tmp_path / "kopien", datetime(2026, 11, 25, 9, tzinfo=UTC))
    patch(full, offset, bytes(400))
    before = fingerprint(full.parent)
    saved = rescue_all(full, tmp_path / "neu", good=copy)
    assert fingerprint(full.parent) == before
    assert saved.losses == ()
    assert len(rows(tmp_path / "neu", "request")) == LETTERS
    assert sorted(item.name for item in (tmp_path / "neu").iterdir() if item.name.startswith(".")) == []


def test_the_front_half_of_a_file_that_was_cut_is_read(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:  # the request's pages are the newest ones
        connection.execute("DELETE FROM change")
        connection.commit()
    os.truncate(full, (leaves_of(full, "request")[3] - 1) * 4096)
    saved = rescue_all(full, tmp_path / "neu")
    assert any("Eingang (request)" in line and "verloren" in line for line in saved.losses)
    assert 0 < len(rows(tmp_path / "neu", "request")) < LETTERS
    assert len(rows(tmp_path / "neu", "holiday")) > 0


def test_a_damaged_structured_text_is_emptied_and_told(full: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE request SET fields = '?}' WHERE id = 3")
        connection.execute("UPDATE request SET intake_notes = '[\"' WHERE id = 3")
        connection.commit()
    saved = rescue_all(full, tmp_path / "neu")
    assert saved.losses == ("Eingang (request): 2 Angaben waren unlesbar und sind leer.",)
    found = rows(tmp_path / "neu", "request")[2]
    assert (found["fields"], found["intake_notes"]) == ("{}", "[]")


def test_a_damaged_name_in_the_list_of_tables_is_damage(full: Path, tmp_path: Path) -> None:
    """SQLite quotes the damaged words in its message, which then is no UTF-8."""
    data = full.read_bytes()
    full.write_bytes(data.replace(b"CREATE TABLE note", b"CREATE T\xc5BLE note", 1))
    with pytest.raises(Damaged, match="Verzeichnis der Tabellen"):
        look(full, tmp_path)
    copy = tmp_path / "kopien" / "buero-2026-11-25-090000.sqlite"
    copy.parent.mkdir()
    copy.write_bytes(data)
    assert rescue_all(full, tmp_path / "neu", good=copy).losses == ()


def test_a_lock_is_no_damage_here_either(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    short = {"timeout": 0.05}
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, **kwargs | short))
    with closing(connect(full, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refusal, match="anderer Arbeitsplatz"):
            rescue_all(full, tmp_path / "neu")


def test_a_folder_with_something_in_it_is_left_alone(full: Path) -> None:
    with pytest.raises(Refusal, match="kein leerer Ordner"):
        rescue_all(full, full.parent)
