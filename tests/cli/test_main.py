"""The command line as such: German, exit statuses, no traceback, and quick where it must be."""

from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_kit import Run

from ob_buero_tui import __version__
from ob_buero_tui.cli import lists
from ob_buero_tui.cli.logbook import keep_log, log_file
from ob_buero_tui.cli.parser import COMMANDS

ENGLISH = ("usage", "option", "positional", "argument", "show this", "required", "invalid", "error", "choose")


def ob_buero(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Runs the program as a process of its own."""
    command = [sys.executable, "-m", "ob_buero_tui", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60, **options)  # type: ignore[call-overload, no-any-return]


def test_the_version_is_told(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out, ran.err) == (0, f"ob-buero {__version__}\n", "")


def test_the_version_needs_nothing_heavy() -> None:
    heavy = ["sqlalchemy", "textual", "rich", "icalendar", "holidays", "alembic", "dateutil", "logging"]
    code = (
        "import sys\nfrom ob_buero_tui.cli.main import main\nmain(['--version'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"ob-buero {__version__}\n[]\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_german(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Aufruf: ob-buero")
    assert "zeigt diese Hilfe" in ran.out
    assert not [word for word in ENGLISH if word in ran.out.lower().replace("optionen", "")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["imbox"], "„imbox“ ist kein Befehl. Gemeint ist vielleicht „inbox“."),
        (["xyz"], "„xyz“ ist kein Befehl. Es gibt init, import, fetch, export, "),
        (["inbox", "--jsn"], "Das gehört nicht zum Befehl: --jsn."),
        (["inbox", "--js"], "Das gehört nicht zum Befehl: --js."),
        (["import"], "Es fehlt: PFAD."),
        (["search"], "Es fehlt: TEXT."),
        (["--db"], "Nach --db fehlt eine Angabe."),
        (["inbox", "--split"], "Nach --split fehlt eine Angabe."),
        (["inbox", "--all", "--split", "neu"], "--split und --all schließen sich aus."),
        (["day", "--audience", "alle"], "Bei --audience steht „alle“ nicht zur Wahl."),
        (["day", "--json=ja"], "Zu --json gehört keine Angabe"),
        (["check", "\x1b[2Jx"], "\ufffd[2Jx"),
    ],
)
def test_wrong_use_is_explained_in_german(run: Run, words: list[str], sentence: str) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert "--help" in ran.err
    assert "\x1b" not in ran.err
    assert not [word for word in ENGLISH if word in ran.err.lower().replace("„xyz“", "")]


def test_the_database_may_be_named_before_or_after_the_command(run: Run, db: Path) -> None:
    assert run("--db", db, "inbox", "--json").out == run("inbox", "--json", "--db", db).out
    other = db.with_name("fehlt.sqlite")
    assert "fehlt.sqlite" in run("--db", db, "inbox", "--db", other).err, "the later one counts"


def test_the_environment_names_the_database(run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OB_BUERO_DB", str(db))
    assert run("inbox").status == 0


@pytest.mark.parametrize("words", [["inbox"], ["day"], ["search", "x"], ["check"], ["import", "x.eml"], []])
def test_without_a_database_a_command_refuses_and_creates_none(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    path = tmp_path / "neu" / "buero.sqlite"
    ran = run(*words, "--db", path) if words else run("--db", path)
    assert (ran.status, ran.out) == (1, "")
    assert "keine Datenbank" in ran.err
    assert "ob-buero init" in ran.err
    assert not path.parent.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 kein SQLite", b"SQLite format 3\x00" + b"\x00" * 200])
@pytest.mark.parametrize("words", [["inbox"], ["import", "x"], ["check"], ["init"]])
def test_a_file_that_is_none_of_ours_stays_as_it_is(
    run: Run, tmp_path: Path, words: list[str], content: bytes
) -> None:
    path = tmp_path / "fremd.sqlite"
    path.write_bytes(content)
    ran = run(*words, "--db", path)
    assert ran.status == 1
    assert "fremd.sqlite" in ran.err
    assert "Traceback" not in ran.err
    assert path.read_bytes() == content
    assert [item.name for item in tmp_path.iterdir()] == ["fremd.sqlite"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 kein SQLite"])
def test_without_a_terminal_the_file_is_looked_at_first(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fremd.sqlite"
    path.write_bytes(content)
    ran = run("--db", path)
    assert (ran.status, ran.out) == (1, "")
    assert "fremd.sqlite" in ran.err
    assert "Terminal" not in ran.err
    assert path.read_bytes() == content


@pytest.mark.parametrize("words", [[], ["inbox"], ["check"], ["import", "x.eml"], ["init"]])
def test_a_folder_in_place_of_the_file_is_told_in_german(run: Run, tmp_path: Path, words: list[str]) -> None:
    ran = run("--db", tmp_path, *words)
    assert (ran.status, ran.out) == (1, "")
    assert "Ordner" in ran.err
    assert "Is a directory" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_help_speaks_of_the_pile_as_the_screen_does(run: Run) -> None:
    told = run("inbox", "--help").out
    assert "STAPEL" in told
    assert "Ablage" not in told


# The last resort


def test_an_unexpected_error_is_one_sentence_and_a_log_without_names(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Familie Müller \x1b[2J [SQL: SELECT geheim] [parameters: ('Kur',)]")

    monkeypatch.setattr(lists, "listing", broken)
    ran = run("inbox", "--db", db)
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "unerwarteter Fehler" in ran.err
    assert str(log_file()) in ran.err
    logged = log_file().read_text(encoding="utf-8")
    assert "  ValueError\n" in logged
    assert "test_main.py" in logged
    assert __version__ in logged
    for secret in ("Müller", "Kur", "geheim", "\x1b"):
        assert secret not in logged
    assert log_file().stat().st_mode & 0o077 == 0


def test_a_message_in_the_log_names_nobody_either() -> None:
    keep_log()
    logging.getLogger("ob_buero_tui.probe").error(
        "no place for %r, „%s“ [parameters: (%s)]", "Familie Müller", "Grußwort Kita", "geheim"
    )
    (line,) = log_file().read_text(encoding="utf-8").splitlines()
    assert line.endswith("ERROR ob_buero_tui.probe no place for '…', '…'")


def test_the_log_names_the_cause_too_and_is_appended(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise AttributeError("no 'Müller'") from KeyError("inner")

    monkeypatch.setattr(lists, "listing", broken)
    run("inbox", "--db", db)
    run("inbox", "--db", db)
    logged = log_file().read_text(encoding="utf-8")
    assert logged.count("AttributeError: no '…'") == 2
    assert "  KeyError\n" in logged


def test_without_a_log_the_sentence_says_so(
    run: Run, db: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "listing", lambda *_, **__: 1 / 0)
    state = own_folders / "state"
    state.rmdir()
    state.write_text("steht im Weg", encoding="utf-8")
    ran = run("inbox", "--db", db)
    assert ran.status == 1
    assert "kein Protokoll" in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("code", "sentence"), [(errno.ENOSPC, "Datenträger ist voll"), (errno.EACCES, "fehlt das Recht")]
)
def test_full_disks_and_missing_rights_have_their_own_words(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), "/srv/x")

    monkeypatch.setattr(lists, "listing", broken)
    ran = run("inbox", "--db", db)
    assert ran.status == 1
    assert sentence in ran.err


def test_ctrl_c_ends_quietly(run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lists, "listing", pressed)
    ran = run("inbox", "--db", db)
    assert (ran.status, ran.out, ran.err) == (130, "", "Abgebrochen.\n")


def test_a_reader_that_has_had_enough_is_no_fault(db: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "ob_buero_tui", "inbox", "--json", "--db", str(db)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_no_encoding_of_the_terminal_ends_a_command(db: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "ob_buero_tui", "--db", str(db)]
    done = subprocess.run([*command, "day", "2026-12-02"], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    if encoding != "ascii":
        return
    # The narrowest one shows that the shape for programs needs none of the others.
    shape = subprocess.run(
        [*command, "day", "2026-12-02", "--json"], capture_output=True, env=environment, check=False
    )
    assert "Vertrauliches Gespr\\u00e4ch" in shape.stdout.decode(encoding)


def test_a_setting_of_the_catalog_that_is_wrong_is_told_on_stderr(
    run: Run, db: Path, own_folders: Path, tmp_path: Path
) -> None:
    office = tmp_path / "katalog"
    (office / "catalog" / "requests").mkdir(parents=True)
    (office / "catalog" / "requests" / "grusswort.toml").write_text("key = [", encoding="utf-8")
    folder = own_folders / "config" / "ob-buero"
    folder.mkdir()
    (folder / "einstellungen.toml").write_text(f'office_folder = "{office}"\n', encoding="utf-8")
    ran = run("inbox", "--db", db)
    assert ran.status == 0
    assert "grusswort.toml" in ran.err
