"""A file that may not be opened is refused with what to do now, and stays as it is."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup import integrity_problems, make_backup
from ob_buero_tui.store.opening import Damaged, FileState, Look, look
from ob_buero_tui.store.schema import SCHEMA


def fingerprint(folder: Path) -> dict[str, str]:
    """The content of all files of a folder."""
    files = (item for item in folder.iterdir() if item.is_file())
    return {item.name: hashlib.sha256(item.read_bytes()).hexdigest() for item in files}


def refused(path: Path, *folders: Path) -> Refusal:
    """The refusal of a file, after which everything beside it is as before."""
    before = fingerprint(path.parent)
    with pytest.raises(Refusal) as caught:
        look(path, *folders)
    assert fingerprint(path.parent) == before
    assert [item.name for item in path.parent.iterdir() if item.is_dir()] == []
    assert str(path) in caught.value.what
    assert caught.value.why
    assert caught.value.now
    return caught.value


def patch(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def leave_marker_of_a_dead_process(path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    unclean.marker(path).with_name(unclean.marker(path).name.replace(str(os.getpid()), str(gone.pid))).touch()


def grow(path: Path) -> None:
    """Enough rows that a page taken at random usually holds some."""
    with closing(sqlite3.connect(path)) as connection:
        rows = [(f"Person {number}", "x" * 300) for number in range(400)]
        connection.executemany("INSERT INTO desk(account, initials) VALUES (?, ?)", rows)
        connection.commit()


def test_a_good_file_is_ready(database: Path, backups: Path) -> None:
    assert look(database, backups) == Look(state=FileState.READY)


def test_a_missing_file_is_missing_and_stays_so(tmp_path: Path, backups: Path) -> None:
    path = tmp_path / "gibt es nicht.sqlite"
    assert look(path, backups).state is FileState.MISSING
    assert not path.exists()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text_file(path: Path) -> None:
    path.write_text("Sehr geehrte Damen und Herren, " * 20, encoding="utf-8")


def foreign_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA + 1}")


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def truncated_to_a_stub(path: Path) -> None:
    os.truncate(path, 60)


def zeroed_header(path: Path) -> None:
    patch(path, 0, bytes(100))


def lacking_a_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE request DROP COLUMN taken_over_at")


def broken_schema(path: Path) -> None:
    patch(path, 100, b"\xff" * 400)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (empty, "ist leer"),
        (text_file, "keine Datenbank von OB-Büro"),
        (foreign_database, "keine Datenbank von OB-Büro"),
        (newer, f"neueren Fassung von OB-Büro (Stand {SCHEMA + 1})"),
        (truncated, "beschädigt"),
        (truncated_to_a_stub, "beschädigt"),
        (zeroed_header, "beschädigt"),
        (broken_schema, "beschädigt"),
        (lacking_a_column, "passt nicht zu diesem Programm"),
        (lambda path: patch(path, 60, b"\x40"), "beschädigt"),
    ],
)
def test_what_is_not_ours_or_not_whole_is_refused(
    database: Path, backups: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(database)
    told = refused(database, backups)
    assert words in told.what
    if spoil is lacking_a_column:
        assert "In ihren Tabellen fehlt: request.taken_over_at." in told.why


def test_a_truncated_file_is_told_by_its_size(database: Path, backups: Path) -> None:
    size = database.stat().st_size
    truncated(database)
    assert f"die Datei hat {size - 4096} statt {size} Bytes" in refused(database, backups).why


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path, backups: Path) -> None:
    with pytest.raises(Refusal, match="ist ein Ordner und keine Datenbank"):
        look(tmp_path, backups)


def test_a_damaged_file_names_the_newest_copy_that_is_whole(database: Path, backups: Path) -> None:
    first = make_backup(database, backups, datetime(2026, 11, 24, 17, tzinfo=UTC))
    second = make_backup(database, backups, datetime(2026, 11, 25, 7, tzinfo=UTC))
    whole = {path: path.read_bytes() for path in (database, first, second)}
    for spoil in (zeroed_header, empty, text_file, foreign_database):
        for path, data in whole.items():
            path.write_bytes(data)
        spoil(database)
        for newest, when in ((second, "Mi 25.11.2026, 08:00"), (first, "Di 24.11.2026, 18:00")):
            caught = refused(database, backups)
            assert f"{when}: „{newest}“" in caught.now
            assert isinstance(caught, Damaged)
            assert caught.copy is not None
            assert caught.copy.path == newest
            newest.write_bytes(whole[newest][:-1] + b"x")
            assert str(newest) not in refused(database, backups).now
        assert "keine Sicherung unversehrt" in refused(database, backups).now


def test_the_copy_to_go_back_to_is_the_newest_good_one_of_both_folders(
    database: Path, backups: Path, tmp_path: Path
) -> None:
    away = tmp_path / "platte"
    older = make_backup(database, backups, datetime(2026, 11, 24, 17, tzinfo=UTC))
    newer = make_backup(database, away, datetime(2026, 11, 25, 7, tzinfo=UTC))
    future = make_backup(database, backups, datetime(2036, 1, 1, tzinfo=UTC))
    sealed = away / "buero-2026-11-25-073000.sqlite.age"
    sealed.write_bytes(b"age")
    (away / f"{sealed.name}.sha256").write_text(hashlib.sha256(b"age").hexdigest(), encoding="utf-8")
    database.write_bytes(b"kein SQLite" * 20)  # a foreign file, were it not for its copies
    seen = refused_at(database, backups, away, now=datetime(2026, 11, 25, 8, tzinfo=UTC))
    assert f"Mi 25.11.2026, 08:00: „{newer}“" in seen.now
    assert f"08:30. Mit der Schlüsseldatei öffnet sie „ob-buero restore {sealed} --schl" in seen.now
    newer.write_bytes(b"x")
    future.unlink()
    assert f"„{older}“" in refused_at(database, backups, away).now
    older.write_bytes(b"x")
    only = refused_at(database, backups, away).copy
    assert only is not None
    assert only.path == sealed
    sealed.write_bytes(b"x")
    assert f"„{backups}“ und im Ordner „{away}“ ist keine Sicherung" in refused(database, backups, away).now
    gone = refused(database, backups, tmp_path / "stick").now
    assert "stick“ gibt es gerade nicht; ist es ein Laufwerk, schließen Sie es an" in gone


def refused_at(path: Path, *folders: Path, now: datetime | None = None) -> Damaged:
    """The same of a damaged one, at a time."""
    with pytest.raises(Damaged) as caught:
        look(path, *folders, now=now)
    return caught.value


def test_a_damaged_file_without_copies_says_so(database: Path, backups: Path) -> None:
    zeroed_header(database)
    assert "noch keine Sicherung" in refused(database, backups).now


@pytest.mark.parametrize("seed", range(12))
def test_after_an_unclean_exit_damage_on_any_page_is_found(database: Path, backups: Path, seed: int) -> None:
    """Every damage that SQLite's own full check can see."""
    grow(database)
    leave_marker_of_a_dead_process(database)
    chance = random.Random(seed)  # noqa: S311 a fixed series of damages
    page = chance.randrange(1, database.stat().st_size // 4096)
    patch(database, page * 4096, chance.randbytes(64))
    if integrity_problems(database):
        assert "beschädigt" in refused(database, backups).what
    else:
        assert look(database, backups).unclean


def test_some_of_those_damages_are_really_found(database: Path, backups: Path) -> None:
    grow(database)
    leave_marker_of_a_dead_process(database)
    patch(database, database.stat().st_size // 4096 // 2 * 4096, b"\xff" * 64)
    assert "Befund:" in refused(database, backups).why


def test_an_unclean_exit_is_told_by_a_marker_of_a_dead_process(database: Path, backups: Path) -> None:
    assert not look(database, backups).unclean
    unclean.marker(database).touch()
    assert not look(database, backups).unclean
    leave_marker_of_a_dead_process(database)
    assert look(database, backups).unclean
    unclean.clear_markers(database)
    assert not look(database, backups).unclean
    assert unclean.marker(database).exists()


def test_a_number_given_to_another_process_is_no_life(database: Path, backups: Path) -> None:
    unclean.leave_marker(database, 0o600, "Jörg")
    assert not look(database, backups).unclean
    assert not unclean.opened_by(database, "Jörg"), "its own marker is no other window"
    started = unclean.marker(database).read_text(encoding="ascii").splitlines()[0]
    assert started.isdigit()
    unclean.marker(database).write_text(str(int(started) - 1), encoding="ascii")
    assert look(database, backups).unclean, "the number is ours, the one who left the marker is gone"
    unclean.clear_markers(database)
    assert not unclean.marker(database).exists()


def test_a_marker_that_may_not_be_removed_stops_nothing(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_marker_of_a_dead_process(database)

    def denied(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", denied)
    unclean.clear_markers(database)
    assert look(database, backups).unclean


BREAK_OFF = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE desk SET initials = 'halb'")
os.kill(os.getpid(), 9)
"""


def break_off(path: Path) -> None:
    """A process is killed in the middle of a step, with half of it already in the file."""
    grow(path)
    subprocess.run([sys.executable, "-c", BREAK_OFF, path], check=False)
    assert unclean.has_journal(path)
    raw = path.read_bytes()
    assert raw.count(b"halb") > 0


def test_a_step_broken_off_is_rolled_back_on_opening(database: Path, backups: Path) -> None:
    break_off(database)
    before = fingerprint(database.parent)
    assert look(database, backups) == Look(state=FileState.READY, unclean=True)
    assert fingerprint(database.parent) == before
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM desk WHERE initials = 'halb'").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM desk").fetchone() == (400,)
    assert integrity_problems(database) == []


def test_a_step_broken_off_in_a_damaged_file_is_refused_untouched(database: Path, backups: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_desk_1'"
        (page,) = connection.execute(query).fetchone()
    break_off(database)
    patch(database, (page - 1) * 4096, b"\xff" * 64)
    assert "beschädigt" in refused(database, backups).what
    assert unclean.has_journal(database)


def test_an_empty_journal_means_nothing(database: Path, backups: Path) -> None:
    unclean.journal_of(database).touch()
    assert look(database, backups) == Look(state=FileState.READY)


def test_another_desk_in_the_middle_of_a_step_is_no_unclean_exit(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*_args: object, **_kwargs: object) -> list[str]:
        raise AssertionError("the full check is for what was broken off")

    monkeypatch.setattr(unclean, "integrity_problems", forbid)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO desk(account, initials) VALUES ('a', 'A')")
        assert unclean.has_journal(database)
        assert look(database, backups) == Look(state=FileState.READY)
        other.execute("ROLLBACK")


def test_a_lock_is_no_damage(database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_marker_of_a_dead_process(database)
    connect = sqlite3.connect
    short = {"timeout": 0.05}
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, **kwargs | short))
    with closing(connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refusal, match="lässt sich gerade nicht prüfen"):
            look(database, backups)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_without_the_right_to_write_it_is_opened_for_reading(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Patched, because root may write everywhere."""
    forbidden = database if what == "file" else database.parent
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != forbidden and access(path, mode))
    assert look(database, backups).state is FileState.READ_ONLY


@pytest.mark.parametrize("spoil", [break_off, lambda path: patch(path, 60, struct.pack(">I", 0))])
def test_what_needs_a_write_first_is_not_opened_for_reading(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    spoil(database)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert "schreibgeschützt" in refused(database, backups).why


def test_a_file_that_may_not_be_read_is_refused(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    with pytest.raises(Refusal, match="Lese- und Schreibrecht"):
        look(database, backups)


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("server:/amt {folder} nfs4 rw 0 0", "nfs4"),
        ("//server/amt {folder} cifs rw 0 0", "cifs"),
        ("/dev/sda1 / ext4 rw 0 0\n//server/amt {parent} smb3 rw 0 0", "smb3"),
    ],
)
def test_a_network_share_is_refused(
    database: Path, backups: Path, tmp_path: Path, mounts: str, kind: str
) -> None:
    table = tmp_path / "mounts"
    escape = {"folder": database.parent, "parent": database.parent.parent}
    escaped = {name: str(folder).replace(" ", "\\040") for name, folder in escape.items()}
    table.write_text(mounts.format(**escaped) + "\n", encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        look(database, backups, mounts=table)
    assert kind in caught.value.what
    link = tmp_path / "verweis.sqlite"
    link.symlink_to(database)
    with pytest.raises(Refusal):
        look(link, backups, mounts=table)


def test_a_local_disk_below_or_beside_a_share_is_fine(database: Path, backups: Path, tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    folder = str(database.parent).replace(" ", "\\040")
    lines = ("server:/ / nfs rw 0 0", f"/dev/sda1 {folder} ext4 rw 0 0", f"server:/x {folder}x nfs rw 0 0")
    table.write_text("\n".join(lines), encoding="utf-8")
    assert look(database, backups, mounts=table).state is FileState.READY
    assert look(database, backups, mounts=tmp_path / "kein Linux").state is FileState.READY
