"""Copies that leave the machine encrypted: made without a password, opened by the key file alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_kit import Run
from test_tresor_command import Give, give, vault

from ob_buero_tui.config import settings_file
from ob_buero_tui.exchange import age_files
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store import connecting, sealed
from ob_buero_tui.store.backup.listing import contents_of
from settling_kit import disk
from tresor_kit import OTHER, PASSWORD, another_process, no_password_stays

__all__ = ["give", "no_password_stays", "vault"]
pytest.importorskip("pyrage", reason="the extra tresor is not installed")


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files that are opened at once: age takes a second on purpose, for each time."""
    pyrage = age_files._library()

    def encrypt(data: bytes, passphrase: str) -> bytes:
        return age_files.BEGIN + passphrase.encode() + b"\0" + data[::-1]

    def decrypt(data: bytes, passphrase: str) -> bytes:
        begin = age_files.BEGIN + passphrase.encode() + b"\0"
        if not data.startswith(begin):
            raise pyrage.DecryptError
        return data.removeprefix(begin)[::-1]

    monkeypatch.setattr(pyrage.passphrase, "encrypt", encrypt)
    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)


@pytest.fixture
def key(cheap: None, run: Run, give: Give, tmp_path: Path) -> Path:
    """A key file; the settings name a second folder and the public key."""
    file, second = tmp_path / "schluessel.txt", tmp_path / "stick"
    second.mkdir()
    told = run("tresor", "schluessel", file, "--password-fd", give(OTHER))
    assert told.status == 0, told
    (line,) = [line for line in told.out.splitlines() if line.startswith("backup_recipient")]
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(f'backup_folder = "{second}"\n{line}\n', encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    return file


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_copy_in_the_second_folder_comes_back_by_the_key_alone(
    request: pytest.FixtureRequest, key: Path, run: Run, give: Give, tmp_path: Path, encrypted: bool
) -> None:
    db: Path = request.getfixturevalue("vault" if encrypted else "db")
    with disk() as settled:
        made = run("--db", db, "backup", "--password-fd", give(PASSWORD))
    assert made.status == 0, made
    assert settled.unsettled(tmp_path / "stick") == []
    files = [item for item in (tmp_path / "stick").rglob("*") if item.is_file()]
    (copy,) = [item for item in files if item.name.endswith(".sqlite.age")]
    told = (".json", ".sha256")
    assert all(item.read_bytes().startswith(age_files.BEGIN) for item in files if item.suffix not in told)
    assert len(files) > 3, "the letters' originals go along"
    another_process()
    assert run("--db", db, "backup", "--list").status == 0, "no password is needed to list"
    quick = run("--db", db, "backup", "--pruefen", copy)
    assert (quick.status, "--schluessel" in quick.out) == (0, True), "the bytes are compared without any key"
    told = run("--db", copy, "check")
    assert (told.status, "eine verschlüsselte Sicherung" in told.err) == (1, True), told
    tried = run(
        "--db", db, "backup", "--pruefen", copy, "--schluessel", key, "--password-fd", give(PASSWORD, OTHER)
    )
    assert (tried.status, f"„{copy.name}“ ist brauchbar" in tried.out) == (0, True), tried
    assert json.loads(contents_of(copy).read_text(encoding="utf-8"))["checked_at"]
    one = next(item for item in copy.parent.rglob("*/??/*"))
    data = one.read_bytes()
    one.unlink()
    lost = run(
        "--db", db, "backup", "--pruefen", copy, "--schluessel", key, "--password-fd", give(PASSWORD, OTHER)
    )
    assert (lost.status, "1 Anlage fehlt oder ist beschädigt" in lost.err) == (1, True), lost
    one.write_bytes(data)
    another_process()

    elsewhere = tmp_path / "neuer Rechner" / "buero.sqlite"
    words = ("--db", elsewhere, "restore", "--ja", copy)
    assert "--schluessel" in run(*words).err
    wrong = run(*words, "--schluessel", key, "--password-fd", give(PASSWORD, "ein falsches Kennwort"))
    assert (wrong.status, "lässt sich nicht öffnen" in wrong.err) == (1, True)
    assert not elsewhere.exists()
    back = run(*words, "--schluessel", key, "--password-fd", give(PASSWORD, OTHER))
    assert back.status == 0, back
    assert sealed.is_sealed(elsewhere) == encrypted
    assert run("--db", elsewhere, "check", "--password-fd", give(PASSWORD)).status == 0
    here, there = (
        sorted(item.name for item in path.with_name("buero.sqlite.anhang").rglob("*") if item.is_file())
        for path in (db, elsewhere)
    )
    assert here == there != []
    assert [item.name for item in elsewhere.parent.iterdir() if "probe" in item.name] == []
    connecting.forget_password(db)


def test_a_copy_of_before_the_password_changed_is_told_its_own(vault: Path, run: Run, give: Give) -> None:
    assert run("--db", vault, "backup", "--password-fd", give(PASSWORD)).status == 0
    (copy,) = vault.parent.glob("sicherungen/*-von-hand.sqlite")
    assert run("--db", vault, "tresor", "aendern", "--password-fd", give(PASSWORD, OTHER)).status == 0
    words = ("--db", vault, "restore", "--ja", copy, "--password-fd")
    told = run(*words, give(OTHER))
    assert (told.status, "als zweite Zeile" in told.err) == (1, True), told
    tried = run("--db", vault, "backup", "--pruefen", copy, "--password-fd", give(OTHER, PASSWORD))
    assert (tried.status, "ist brauchbar" in tried.out) == (0, True), tried
    assert run(*words, give(OTHER, PASSWORD)).status == 0
    assert run("--db", vault, "inbox", "--password-fd", give(OTHER)).status == 0
    another_process()


def test_a_copy_of_another_key_is_refused(key: Path, run: Run, give: Give, db: Path, tmp_path: Path) -> None:
    assert run("--db", db, "backup").status == 0
    (copy,) = (tmp_path / "stick").glob("*.age")
    other = tmp_path / "anderer.txt"
    assert run("tresor", "schluessel", other, "--password-fd", give(OTHER)).status == 0
    before = db.read_bytes()
    told = run("--db", db, "restore", "--ja", copy, "--schluessel", other, "--password-fd", give(OTHER))
    assert (told.status, "anderen Schlüssel" in told.err) == (1, True)
    assert db.read_bytes() == before
    assert run("tresor", "schluessel", other, "--password-fd", give(OTHER)).status == 1, "never overwritten"


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    data, public = age_files.make_identity(OTHER)
    assert b"AGE-SECRET-KEY" not in data
    (tmp_path / "key").write_bytes(data)
    identity = age_files.read_identity(tmp_path / "key", OTHER)
    (tmp_path / "a").write_bytes(b"Lindenau" * 1000)
    age_files.encrypt_file(tmp_path / "a", tmp_path / "b", public)
    age_files.decrypt_file(tmp_path / "b", tmp_path / "c", identity)
    assert (tmp_path / "c").read_bytes() == b"Lindenau" * 1000
    spoilt = bytearray((tmp_path / "b").read_bytes())
    spoilt[-100] ^= 1
    (tmp_path / "b").write_bytes(spoilt)
    with pytest.raises(Refusal, match="beschädigt"):
        age_files.decrypt_file(tmp_path / "b", tmp_path / "c", identity)
    with pytest.raises(OSError, match="No such file"):
        age_files.encrypt_file(tmp_path / "fehlt", tmp_path / "b", public)
    with pytest.raises(Refusal, match="backup_recipient"):
        age_files.encrypt_file(tmp_path / "a", tmp_path / "b", f"age1{'q' * 58}")


def test_without_the_extra_no_plain_copy_leaves(
    key: Path, run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise Refusal("Hier lassen sich Sicherungen weder verschlüsseln noch öffnen.")

    monkeypatch.setattr(age_files, "_library", missing)
    told = run("--db", db, "backup")
    assert (told.status, "weder verschlüsseln" in told.err) == (1, True)
    assert not [item for item in (tmp_path / "stick").rglob("*") if item.is_file()]
    shutil.rmtree(db.parent / "sicherungen")


def test_with_a_key_a_named_folder_gets_nothing_plain(key: Path, run: Run, db: Path, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    made = run("--db", db, "backup", stick)
    assert made.status == 0, made
    (copy,) = stick.glob("*.sqlite.age")
    assert f"Gesichert und verschlüsselt: „{copy}“." in made.out
    files = [item for item in stick.rglob("*") if item.is_file() and item.suffix not in (".json", ".sha256")]
    assert all(item.read_bytes().startswith(age_files.BEGIN) for item in files)
    assert not list((tmp_path / "stick").iterdir()), "somebody named another folder for once"
    gone = run("--db", db, "backup", tmp_path / "nicht da")
    assert (gone.status, "nicht zu finden" in gone.err, "verschlüsselt:" in gone.out) == (1, True, False), (
        gone
    )
