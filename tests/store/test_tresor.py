"""Encrypted files: the key, the mark, and what a look at one says; nothing of it is readable on the disk."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.unlocking import WrongPassword, is_locked, unlock
from ob_buero_tui.store import cipher, connecting, opening, rescue, rescue_sealed, sealed
from ob_buero_tui.store.backup import integrity_problems, make_backup
from ob_buero_tui.store.opening import FileState
from ob_buero_tui.store.schema import SCHEMA
from tresor_kit import OTHER, PASSWORD, another_process, no_password_stays, place_of, sealed_copy

__all__ = ["no_password_stays"]
NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)


@pytest.fixture
def vault(empty_database: Path, tmp_path: Path) -> Path:
    """An encrypted database with a word in it; its password is told."""
    path = sealed_copy(empty_database, tmp_path / "büro zwei")
    with closing(connecting.connect(path, "rw")) as connection, connection:
        connection.execute("CREATE TABLE probe AS SELECT 'Geheimsache Elster' AS wort")
    return path


def test_the_key_is_sqlciphers_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever has file and password can open it with any SQLCipher 4, also without this program.
    import sqlcipher3.dbapi2

    monkeypatch.undo()
    path = tmp_path / "fremd.sqlite"
    with closing(sqlcipher3.dbapi2.connect(path)) as connection:
        connection.execute(f"PRAGMA key = '{PASSWORD}'")
        connection.execute("CREATE TABLE t (a)")
    assert cipher.fits(path, PASSWORD)
    assert not cipher.fits(path, OTHER)
    connecting.tell_password(path, PASSWORD)
    with closing(connecting.connect(path, "ro")) as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    connecting.forget_password(path)


def test_nothing_of_it_is_readable_on_the_disk(vault: Path) -> None:
    assert b"Elster" not in vault.read_bytes()
    assert b"SQLite" not in vault.read_bytes()
    assert sealed.is_sealed(vault)
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(vault)) as plain:
        plain.execute("SELECT count(*) FROM sqlite_schema")


def test_a_look_at_it_says_what_it_says_of_a_plain_one(vault: Path, backups: Path) -> None:
    assert opening.look(vault, backups).state is FileState.READY
    with closing(connecting.connect(vault, "rw")) as connection, connection:
        connection.execute(f"PRAGMA user_version={SCHEMA - 1}")
    assert opening.look(vault, backups).state is FileState.OLDER
    with closing(connecting.connect(vault, "rw")) as connection, connection:
        connection.execute(f"PRAGMA user_version={SCHEMA + 1}")
    with pytest.raises(Refusal, match="neueren Fassung"):
        opening.look(vault, backups)


def test_without_the_password_it_is_not_opened(vault: Path, backups: Path) -> None:
    before = vault.read_bytes()
    another_process()
    assert is_locked(vault)
    with pytest.raises(sealed.Locked, match="verschlüsselt"):
        opening.look(vault, backups)
    with pytest.raises(WrongPassword, match="Das Kennwort passt nicht"):
        unlock(vault, OTHER)
    assert is_locked(vault)
    assert vault.read_bytes() == before
    unlock(vault, PASSWORD)
    assert not is_locked(vault)
    assert opening.look(vault, backups).state is FileState.READY


def test_an_umlaut_may_be_typed_as_two_characters(vault: Path) -> None:
    another_process()
    import unicodedata

    unlock(vault, unicodedata.normalize("NFD", PASSWORD))
    assert integrity_problems(vault) == []


@pytest.mark.parametrize("cut", [100, 4096, 5000])
def test_a_truncated_one_is_refused_as_damaged(vault: Path, backups: Path, cut: int) -> None:
    vault.write_bytes(vault.read_bytes()[:-cut])
    before = vault.read_bytes()
    with pytest.raises(Refusal, match="ist beschädigt"):
        opening.look(vault, backups)
    assert vault.read_bytes() == before


def test_one_changed_byte_on_any_page_is_found(vault: Path) -> None:
    # SQLCipher seals each page: other than in a plain file, no changed bit goes unnoticed.
    with closing(connecting.connect(vault, "rw")) as connection, connection:
        connection.execute("CREATE TABLE weg AS SELECT zeroblob(20000) AS leer")
        connection.execute("DROP TABLE weg")
        assert connection.execute("PRAGMA freelist_count").fetchone() > (4,)
    data = vault.read_bytes()
    last = len(data) // 4096 - 1  # a page that holds nothing at present
    for page in (*range(0, last, 9), last):
        spot = page * 4096 + 2000
        vault.write_bytes(data[:spot] + bytes([data[spot] ^ 1]) + data[spot + 1 :])
        assert sealed_faults(vault), page


def sealed_faults(path: Path) -> list[str]:
    """What opening and the full check find."""
    found = sealed.header_or_finding(path)
    return [found] if isinstance(found, str) else integrity_problems(path)


def test_a_mark_beside_a_plain_file_says_nothing(database: Path, backups: Path) -> None:
    # A step broken off after the mark and before the new file stood in its place.
    sealed.leave_mark(database, 0o600)
    assert not is_locked(database)
    assert opening.look(database, backups).state is FileState.READY


def test_one_that_lost_its_mark_is_refused_with_a_hint(vault: Path, backups: Path) -> None:
    sealed.mark_of(vault).unlink()
    with pytest.raises(Refusal, match="tresor"):
        opening.look(vault, backups)


def test_a_copy_is_encrypted_and_opens_with_the_same_password(vault: Path, backups: Path) -> None:
    copy = make_backup(vault, backups, place_of(vault).now)
    assert b"Elster" not in copy.read_bytes()
    connecting.share_password(copy, vault)
    assert integrity_problems(copy) == []


def test_a_plain_copy_of_before_needs_no_password(vault: Path, empty_database: Path, tmp_path: Path) -> None:
    old = Path(shutil.copy2(empty_database, tmp_path / "alt.sqlite"))
    connecting.share_password(old, vault)
    assert connecting.password_of(old) is None
    assert integrity_problems(old) == []


def test_a_bad_page_costs_no_other_page(vault: Path, backups: Path, tmp_path: Path) -> None:
    """A connection of SQLCipher that met a broken seal reads nothing any more; so no page may keep one."""
    with closing(connecting.connect(vault, "rw")) as connection, connection:
        rows = [(f"Person {number}", "x" * 300) for number in range(400)]
        connection.executemany("INSERT INTO desk(account, initials) VALUES (?, ?)", rows)
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'holiday'").fetchone()
    good, whole = make_backup(vault, backups, NOW), vault.read_bytes()
    # The first page, one of the list of tables, the root of one table; the salt; a file that was cut.
    spots = (200, 4096 + 700, (root - 1) * 4096 + 50)
    for name, at, length in (
        ("Seiten", spots, None),
        ("Salz", (3,), None),
        ("kurz", (), len(whole) // 4096 * 3 // 4 * 4096),
    ):
        data = bytearray(whole)
        for place in at:
            data[place] ^= 1
        vault.write_bytes(data[:length])
        working, copy = tmp_path / f"{name}.arbeit", tmp_path / f"{name}.sqlite"
        copy.touch()
        bad = rescue_sealed.reseal(vault, working, PASSWORD, good)
        found = {each.table: each for each in rescue.rescue(working, copy)}
        assert bad == (len(at) if name == "Seiten" else 0), name
        assert len(found) > 60, "every table is known"
        if name != "kurz":
            assert found["desk"].read == 400
            assert [each.table for each in found.values() if not each.complete] in ([], ["holiday"])
        assert vault.read_bytes() == data[:length]
        connecting.forget_password(working)
        connecting.forget_password(copy)
