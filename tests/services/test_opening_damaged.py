"""What is readable of a damaged office can be looked at; nothing is created where copies exist."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from broken_kit import fingerprint, leaves_of, patch, root_page, spoil_page
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office, open_readable
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.faults import NotSaved
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.search import search
from ob_buero_tui.services.undo import undo
from ob_buero_tui.store import schema
from ob_buero_tui.store.backup import make_backup
from ob_buero_tui.store.opening import Damaged
from office_fixtures import Clock


@pytest.fixture
def damaged(
    office: Office,
    make_request: Callable[..., int],
    make_event: Callable[..., int],
    database: Path,
) -> Path:
    """A closed office with requests on many pages, some of them destroyed, journal and index included."""
    for number in range(40):
        make_request(subject=f"Grußwort {number}", reason="x" * 400)
    make_event(summary="Richtfest")
    office.close()
    for page in (leaves_of(database, "request")[1], root_page(database, "sqlite_autoindex_request_1")):
        spoil_page(database, page)
    spoil_page(database, root_page(database, "occurrence"))
    return database


def test_a_damaged_office_is_opened_for_reading_and_stays_as_it_is(
    damaged: Path, catalog: Catalog, clock: Clock
) -> None:
    before = fingerprint(damaged.parent)
    office = open_readable(damaged, Settings(), catalog=catalog, clock=clock, account="petra.sander")
    try:
        assert office.place.read_only
        assert office.notices[0].startswith("Die Datenbank ist beschädigt.")
        assert inbox.splits(office.place)[0].count == 40
        assert len(search(office.place, "grusswort 17")) == 1
        assert [event.summary for event in day(office.place, date(2026, 12, 1)).events] == ["Richtfest"]
        with pytest.raises(NotSaved, match=r"beschädigt.*nur zum Lesen.*letzte Sicherung"):
            undo(office.place)
    finally:
        office.close()
    assert fingerprint(damaged.parent) == before
    assert [item.name for item in damaged.parent.iterdir() if item.is_dir()] == []


def test_an_older_state_is_brought_up_to_date_in_the_copy(
    damaged: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    patch(damaged, 60, (schema.SCHEMA - 1).to_bytes(4))
    monkeypatch.setattr(schema, "upgrade", seen.append)
    before = fingerprint(damaged.parent)
    open_readable(damaged, Settings(), catalog=catalog, account="petra.sander").close()
    assert [path.name for path in seen] == ["gerettet.sqlite"]
    assert fingerprint(damaged.parent) == before


def test_what_a_killed_reader_left_goes_with_the_next(damaged: Path, catalog: Catalog) -> None:
    left = damaged.parent / ".buero.sqlite-gerettet-nirgends-1-1-abc"
    ours = damaged.parent / f".buero.sqlite-gerettet-{_dead_token()}-abc"
    for folder in (left, ours):
        folder.mkdir()
    open_readable(damaged, Settings(), catalog=catalog, account="petra.sander").close()
    assert left.exists(), "another machine's process may still read there"
    assert not ours.exists()


def _dead_token() -> str:
    import platform
    import subprocess
    import sys

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return f"{platform.node()}-{gone.pid}-1"


def test_where_copies_are_a_missing_database_is_no_new_one(
    database: Path, catalog: Catalog, tmp_path: Path, clock: Clock
) -> None:
    with pytest.raises(Refusal, match="noch keine Datenbank"):
        open_office(tmp_path / "neu.sqlite", Settings(), catalog=catalog)
    settings = replace(Settings(), backup_folder=tmp_path / "zweiter")
    with pytest.raises(Damaged, match="lässt sich deshalb nicht sagen") as caught:
        open_office(tmp_path / "neu.sqlite", settings, catalog=catalog)
    assert "schließen Sie es an" in caught.value.now
    copy = make_backup(database, tmp_path / "zweiter", clock())
    database.unlink()
    with pytest.raises(Damaged, match="aber Sicherungen von ihr") as caught:
        open_office(database, settings, catalog=catalog)
    assert str(copy) in caught.value.now
    assert not database.exists()


def test_a_folder_that_is_synced_is_told(tmp_path: Path, database: Path, catalog: Catalog) -> None:
    place = tmp_path / "Nextcloud"
    place.mkdir()
    database.rename(place / "buero.sqlite")
    office = open_office(place / "buero.sqlite", Settings(), catalog=catalog, account="petra.sander")
    office.close()
    assert "den Nextcloud abgleicht" in office.notices[0]


def test_a_broken_reference_stops_no_opening(database: Path, catalog: Catalog) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO draft(desk_id, form, \"values\", saved_at) VALUES (7, 'x', '{}', '')")
        connection.commit()
    (database.parent / f"buero.sqlite.offen-{_dead_token().rpartition('-')[0]}").touch()
    office = open_office(database, Settings(), catalog=catalog, account="petra.sander")
    assert not office.needs_full_check, "the full check ran before"
    office.close()
