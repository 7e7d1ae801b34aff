"""A repair builds anew what is derived, after a copy; it names the rest and changes no record."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from broken_kit import fingerprint, root_page, spoil_page
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import repairing
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.search import search
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.opening import Damaged
from office_fixtures import contents


def break_with(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


FAULTS = (
    "UPDATE search_doc SET folded = 'anderes'",
    "DELETE FROM search_doc WHERE type = 'event'",
    "INSERT INTO search_doc(type, ref_id, title, folded) VALUES ('request', 77, 'x', 'x')",
    "DELETE FROM search_fts_data",
    "UPDATE search_fts_config SET v = 99",
    "DROP TABLE search_fts_data",
    "DROP TABLE search_fts_idx",
    "DROP TABLE search_fts_config",
    "DROP TABLE search_fts",
    "DROP TABLE search_doc",
    "DROP TABLE occurrence",
    "DELETE FROM occurrence",
    "UPDATE occurrence_window SET first_day = '2O25-10-21'",
    "UPDATE occurrence SET ends_at = '2020-01-01T00:00:00Z'",
    "INSERT INTO occurrence SELECT id + 9, 77, recurrence_id, override_id, starts_at, ends_at, busy_from,"
    " busy_to, long FROM occurrence",
    "UPDATE occurrence_window SET last_day = '2026-01-01'",
    "UPDATE request_number SET state = 'storniert'",
    "UPDATE request_number SET request_id = 99",
    "DELETE FROM request_number",
)


@pytest.fixture
def backups(database: Path) -> Path:
    """Where copies go."""
    return database.parent / "sicherungen"


@pytest.fixture
def filled(make_request: Callable[..., int], make_event: Callable[..., int]) -> None:
    """Some records, one of them in the trash."""
    make_request(subject="Schirmherrschaft Benefizlauf")
    make_request(subject="Vergangen", trashed_at=None)
    make_event(summary="Richtfest")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_derived_is_built_anew_and_nothing_else_changes(
    place: Workplace, database: Path, backups: Path, fault: str
) -> None:
    before = contents(place)
    break_with(database, fault)
    place.engine.dispose()  # an open connection knows how the index was
    assert not check_database(database, place).sound
    done = repairing.repair(place, database, backups)
    assert check_database(database, place).lines == ()
    assert contents(place) == before
    assert repairing.faults(place) == ()
    assert "vor-reparatur" in done.copy.name
    assert done.left == ()
    assert search(place, "benefizlauf")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("fault", [one for one in FAULTS if "folded" not in one and "fts" not in one])
def test_the_app_sees_these_faults_without_a_lock(place: Workplace, database: Path, fault: str) -> None:
    break_with(database, fault)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert repairing.faults(place)


@pytest.mark.parametrize("fault", ["DROP TABLE search_fts_idx", "DROP TABLE search_fts_data"])
def test_saving_with_a_broken_index_is_a_sentence(
    make_request: Callable[..., int], database: Path, fault: str
) -> None:
    break_with(database, fault)
    with pytest.raises(Refusal, match="Suche ist beschädigt"):
        make_request(subject="Grußwort")


@pytest.mark.usefixtures("filled")
def test_what_is_in_the_trash_is_no_fault(place: Workplace, database: Path) -> None:
    break_with(
        database,
        "UPDATE request SET trashed_at = '2026-11-24T08:00:00Z' WHERE id = 2",
        "DELETE FROM search_doc WHERE type = 'request' AND ref_id = 2",
    )
    assert repairing.faults(place) == ()


@pytest.mark.usefixtures("filled")
def test_a_broken_reference_is_named_and_left(place: Workplace, database: Path, backups: Path) -> None:
    break_with(database, "UPDATE request SET requester_id = 99 WHERE id = 1")
    done = repairing.repair(place, database, backups)
    assert done.done[2] == "Das Nummernregister stimmte schon."
    assert done.left == (
        "Nicht geändert: Eingang 2026-0001 „Schirmherrschaft Benefizlauf“: verweist auf Person Nr. 99;"
        " diesen Datensatz gibt es nicht (request.requester_id).",
    )
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT requester_id FROM request WHERE id = 1").fetchone() == (99,)


@pytest.mark.usefixtures("filled")
def test_without_a_copy_nothing_is_repaired(place: Workplace, database: Path, backups: Path) -> None:
    break_with(database, "DELETE FROM request_number")
    backups.write_text("kein Ordner", encoding="utf-8")
    before = fingerprint(database.parent)
    with pytest.raises(Refusal, match="Sicherung"):
        repairing.repair(place, database, backups)
    assert fingerprint(database.parent) == before
    with pytest.raises(Refusal, match="nur zum Lesen"):
        repairing.repair(replace(place, read_only=True), database, backups)


@pytest.mark.usefixtures("filled")
def test_a_file_that_is_damaged_itself_is_not_repaired(
    place: Workplace, database: Path, backups: Path
) -> None:
    spoil_page(database, root_page(database, "holiday"))
    before = fingerprint(database.parent)
    with pytest.raises(Damaged, match="noch keine Sicherung"):
        repairing.repair(place, database, backups)
    assert fingerprint(database.parent) == before
