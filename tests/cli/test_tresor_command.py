"""`tresor` and the password of commands: from a descriptor, from the keyring, asked for, wrong or missing."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from cli_kit import Run

from ob_buero_tui.config import schluesselbund
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import sealing
from ob_buero_tui.store import sealed
from tresor_kit import OTHER, PASSWORD, another_process, no_password_stays

__all__ = ["no_password_stays"]
Give = Callable[..., str]


@pytest.fixture
def give() -> Iterator[Give]:
    """Lays lines behind a file descriptor, and tells its number."""
    opened = []

    def lay(*lines: str) -> str:
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{line}\n" for line in lines).encode())
        os.close(writing)
        opened.append(reading)
        another_process()
        return str(reading)

    yield lay
    for number in opened:
        os.close(number)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring of the system in memory."""
    keyring = pytest.importorskip("keyring", reason="the extra schluesselbund is not installed")
    from keyring.backend import KeyringBackend
    from keyring.errors import PasswordDeleteError

    kept: dict[tuple[str, str], str] = {}

    class InMemory(KeyringBackend):
        priority = 5

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if kept.pop((service, username), None) is None:
                raise PasswordDeleteError

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield kept
    keyring.set_keyring(before)


@pytest.fixture
def vault(db: Path, run: Run, give: Give) -> Path:
    """The office of the commands, encrypted by the command."""
    done = run("--db", db, "tresor", "ein", "--password-fd", give(PASSWORD))
    assert (done.status, "ist jetzt verschlüsselt" in done.out) == (0, True), done
    another_process()
    return db


def test_encrypted_read_changed_and_plain_again(vault: Path, run: Run, give: Give) -> None:
    told = run("--db", vault, "search", "Festschrift", "--password-fd", give(PASSWORD))
    assert (told.status, "Grusswort" in told.out) == (0, True)
    assert run("--db", vault, "check", "--password-fd", give(PASSWORD)).status == 0
    assert "ist verschlüsselt" in run("--db", vault, "tresor").out
    changed = run("--db", vault, "tresor", "aendern", "--password-fd", give(PASSWORD, OTHER))
    assert (changed.status, "nur mit dem alten Kennwort" in changed.out) == (0, True), changed
    assert run("--db", vault, "inbox", "--password-fd", give(PASSWORD)).status == 1
    assert run("--db", vault, "tresor", "aus", "--password-fd", give(OTHER)).status == 0
    another_process()
    assert run("--db", vault, "inbox").status == 0
    assert not sealed.mark_of(vault).exists()


def test_a_wrong_password_is_one_sentence_and_no_damage(vault: Path, run: Run, give: Give) -> None:
    before = vault.read_bytes()
    names = sorted(item.name for item in vault.parent.iterdir())
    for words in (["inbox"], ["check"], ["tresor", "aus"], ["tresor", "aendern"]):
        told = run("--db", vault, *words, "--password-fd", give(OTHER, "ein neues langes Kennwort"))
        assert (told.status, told.out) == (1, "")
        assert told.err.startswith("Das Kennwort passt nicht.")
        assert told.err.count("\n") == 1
    assert vault.read_bytes() == before
    assert sorted(item.name for item in vault.parent.iterdir()) == names


def test_without_a_terminal_the_descriptor_is_named(
    vault: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    told = run("--db", vault, "inbox")
    assert (told.status, "--password-fd" in told.err) == (1, True)
    closed = run("--db", vault, "inbox", "--password-fd", "963")
    assert (closed.status, "963" in closed.err) == (1, True)


def test_at_a_terminal_it_is_asked_without_being_shown(
    vault: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or PASSWORD)
    assert run("--db", vault, "inbox").status == 0
    assert asked == ["Kennwort für „buero.sqlite“: "]


def test_a_new_password_is_asked_twice(db: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = db.read_bytes()
    answers = iter([PASSWORD, OTHER] * 3)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda _: next(answers))
    told = run("--db", db, "tresor", "ein")
    assert (told.status, told.err.count("nicht gleich"), list(answers)) == (1, 3, [])
    assert db.read_bytes() == before


def test_a_mistyped_or_short_one_is_asked_again(db: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    answers = iter(["kurz", PASSWORD, OTHER, PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or next(answers))
    told = run("--db", db, "tresor", "ein")
    assert (told.status, "zu kurz" in told.err, "nicht gleich" in told.err) == (0, True, True), told
    new, again = "Neues Kennwort: ", "Noch einmal: "
    assert asked == [new, new, again, new, again], "too short is said before the repetition"
    assert sealed.is_sealed(db)


def test_the_keyring_opens_it_and_follows_a_change(
    vault: Path, run: Run, give: Give, ring: dict[tuple[str, str], str]
) -> None:
    assert run("--db", vault, "tresor", "merken", "--password-fd", give(PASSWORD)).status == 0
    another_process()
    assert run("--db", vault, "inbox").status == 0
    assert run("--db", vault, "tresor", "aendern", "--password-fd", give(PASSWORD, OTHER)).status == 0
    assert list(ring.values()) == [OTHER]
    another_process()
    assert run("--db", vault, "inbox").status == 0
    assert run("--db", vault, "tresor", "vergessen").status == 0
    assert not ring
    assert schluesselbund.remembered(vault) is None


def test_without_the_extra_it_says_what_is_missing(
    vault: Path, run: Run, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ob_buero_tui.services import unlocking

    monkeypatch.setattr(unlocking, "installed", lambda: False)
    told = run("--db", vault, "inbox", "--password-fd", give(PASSWORD))
    assert (told.status, "Zusatz „tresor“" in told.err) == (1, True)


def test_copies_of_an_encrypted_office_come_back_encrypted(vault: Path, run: Run, give: Give) -> None:
    folder = vault.parent / "sicherungen"
    assert run("--db", vault, "backup", "--password-fd", give(PASSWORD)).status == 0
    tried = run("--db", vault, "backup", "--pruefen", "--password-fd", give(PASSWORD))
    assert (tried.status, "ist brauchbar" in tried.out) == (0, True), tried
    newest = max(folder.glob("*.sqlite"))
    spoilt = vault.read_bytes()
    vault.write_bytes(bytes(4096) + spoilt[4096:])
    assert "ist beschädigt" in run("--db", vault, "inbox", "--password-fd", give(PASSWORD)).err
    assert run("--db", vault, "inbox", "--password-fd", give(OTHER)).err.startswith(
        "Das Kennwort passt nicht"
    )
    back = run("--db", vault, "restore", "--ja", newest, "--password-fd", give(PASSWORD))
    assert back.status == 0, back
    told = run("--db", vault, "search", "Festschrift", "--password-fd", give(PASSWORD))
    assert (told.status, "Grusswort" in told.out) == (0, True)
    assert run("--db", vault, "check", "--password-fd", give(PASSWORD)).status == 0


def test_a_plain_copy_of_before_is_encrypted_when_it_comes_back(db: Path, run: Run, give: Give) -> None:
    assert run("--db", db, "backup").status == 0
    (plain,) = (db.parent / "sicherungen").glob("*.sqlite")
    sealed_now = run("--db", db, "tresor", "ein", "--password-fd", give(PASSWORD))
    assert str(plain) in sealed_now.err, "named, and left for the office to remove"
    assert run("--db", db, "restore", "--ja", plain, "--password-fd", give(PASSWORD)).status == 0
    assert sealed.is_sealed(db)
    assert run("--db", db, "check", "--password-fd", give(PASSWORD)).status == 0


def test_a_copy_with_another_password_is_refused(vault: Path, run: Run, give: Give) -> None:
    (old,) = (vault.parent / "sicherungen").glob("*.sqlite")
    assert run("--db", vault, "tresor", "aendern", "--password-fd", give(PASSWORD, OTHER)).status == 0
    before = vault.read_bytes()
    told = run("--db", vault, "restore", "--ja", old, "--password-fd", give(OTHER))
    assert (told.status, "hat ein anderes Kennwort" in told.err) == (1, True)
    assert vault.read_bytes() == before


@pytest.mark.parametrize("action", ["ein", "aendern"])
def test_where_the_copy_after_it_fails_the_new_password_is_told_of_first(
    request: pytest.FixtureRequest, run: Run, give: Give, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    db: Path = request.getfixturevalue("db" if action == "ein" else "vault")
    given = give(PASSWORD) if action == "ein" else give(PASSWORD, OTHER)
    real = sealing.make_backup

    def full(path: Path, folder: Path, now: datetime, *, label: str = "", mode: int = 0o600) -> Path:
        if label == "tresor":
            raise Refusal("Die Sicherung ist nicht gelungen.", "Der Datenträger ist voll.")
        return real(path, folder, now, label=label, mode=mode)

    monkeypatch.setattr(sealing, "make_backup", full)
    told = run("--db", db, "tresor", action, "--password-fd", given)
    assert ("ist jetzt verschlüsselt" in told.out, told.status) == (action == "ein", 1), told
    assert ("Das Kennwort ist geändert." in told.out) == (action == "aendern")
    assert "Die Sicherung ist nicht gelungen." in told.err
    kept = next((db.parent / "sicherungen").glob("*vor-tresor.sqlite"))
    assert str(kept) in told.err, "it is the only copy, and opens otherwise"
    another_process()
    new = PASSWORD if action == "ein" else OTHER
    assert run("--db", db, "inbox", "--password-fd", give(new)).status == 0


def test_what_is_saved_of_an_encrypted_office_says_what_is_readable(
    vault: Path, run: Run, give: Give, tmp_path: Path
) -> None:
    folder, data = tmp_path / "gerettet", bytearray(vault.read_bytes())
    data[200] ^= 1  # of the first page: without a copy of SQLCipher's seal nothing behind it could be read
    vault.write_bytes(data)
    told = run("--db", vault, "check", "--retten", folder, "--password-fd", give(PASSWORD))
    assert (told.status, "kann jeder lesen, der den Ordner hat" in told.err) == (1, True), told
    assert "1 Seite der Datei war verändert: Was darauf stand, kann auch falsch" in told.err
    assert vault.read_bytes() == data
    another_process()
    saved = folder / "gerettet.sqlite"
    assert sealed.is_sealed(saved)
    assert run("--db", saved, "inbox", "--password-fd", give(PASSWORD)).status == 0
