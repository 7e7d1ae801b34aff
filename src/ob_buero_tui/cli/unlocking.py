"""The password of an encrypted database: from a file descriptor, from the keyring, or asked for."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ob_buero_tui.cli.printing import complain
from ob_buero_tui.config import database_file
from ob_buero_tui.rules.refusals import Refusal

LONGEST: Final = 10_000
"""Bytes that are read from a file descriptor at most."""
TRIES: Final = 3
"""Times that a new password is asked for: whoever is thrown out types on, and the shell shows it."""
AGAIN: Final = "Bitte beginnen Sie noch einmal."

Ask = Callable[[Path], str]


def unlocked_file(options: Namespace, ask: Ask | None = None) -> Path:
    """The database that the command line means, with its password told to this process if it has one.

    Args:
        ask: Asks somebody for the password and returns one that fits; otherwise the terminal is asked.

    Raises:
        Refusal: it is encrypted, and no password came or it does not fit; the file was only read.
    """
    path = database_file(options.db)
    from ob_buero_tui.services import unlocking

    if not unlocking.is_locked(path):
        return path
    unlocking.require_extra()
    given = given_passwords(options)
    if given:
        try_password(path, given[0])
    elif not _by_keyring(path):
        try_password(path, (ask or _ask_here)(path))
    return path


def try_password(path: Path, password: str) -> None:
    """Keep a password for this process if it fits the database or, where that is damaged, its copies.

    Raises:
        Refusal: it does not.
    """
    from ob_buero_tui.config import load_settings
    from ob_buero_tui.office import backup_place
    from ob_buero_tui.services.unlocking import unlock
    from ob_buero_tui.store.backup.listing import newest_first

    folders = backup_place(path, load_settings().settings).folders
    unlock(path, password, (copy.path for copy in newest_first(path, folders) if not copy.sealed))


def unlock_copy(options: Namespace, copy: Path, path: Path) -> None:
    """Where no database stands any more, an encrypted copy of it needs its password first.

    So does one that has another password than the database has now; the one of the database stays that.

    Raises:
        Refusal: no password came, or it does not fit.
    """
    from ob_buero_tui.services import unlocking

    if not unlocking.looks_sealed(copy):
        return
    given = given_passwords(options)
    if not path.exists():
        unlocking.unlock_copy(copy, path, given[0] if given else _ask_here(copy))
    elif unlocking.other_password(copy, path):
        if len(given) == 1 and unlocking.is_unlocked(path):
            raise Refusal(
                f"Die Sicherung „{copy.name}“ hat ein anderes Kennwort als die Datenbank.",
                "",
                "Nennen Sie es bei --password-fd als zweite Zeile.",
            )
        unlocking.unlock_copy(copy, copy, given[-1] if given else _ask_here(copy))


def identity_of(options: Namespace, copy: Path) -> str:
    """The identity that opens an encrypted copy, from the file that `--schluessel` names.

    Raises:
        Refusal: no such file was named, or its password does not fit.
    """
    from ob_buero_tui.exchange.age_files import read_identity

    if options.schluessel is None:
        raise Refusal(
            f"„{copy.name}“ ist verschlüsselt.",
            "Dazu gehört eine Schlüsseldatei, die „ob-buero tresor schluessel“ gemacht hat.",
            "Nennen Sie sie mit --schluessel DATEI.",
        )
    given = given_passwords(options)
    try:
        passphrase = given[-1] if given else ask_once("Kennwort der Schlüsseldatei: ")
        return read_identity(options.schluessel, passphrase)
    except OSError as error:
        raise Refusal(
            f"Die Schlüsseldatei „{options.schluessel}“ ist nicht zu lesen.", "", "Prüfen Sie ihren Namen."
        ) from error


def given_passwords(options: Namespace) -> list[str]:
    """The lines of the file descriptor that `--password-fd` names; none where it was not given.

    Raises:
        Refusal: nothing can be read from it, or it holds no password.
    """
    number = getattr(options, "password_fd", None)
    if number is None:
        return []
    if "given_passwords" not in options:
        options.given_passwords = _read(number)
    found: list[str] = options.given_passwords
    return found


def ask_twice(question: str) -> str:
    """Ask for a new password at the terminal, twice; one that does not do is told and asked again.

    Raises:
        Refusal: there is no terminal, or none of the tries was good.
    """
    left = TRIES
    while True:
        first = ask_once(question)
        wrong = _weakness(first)
        if wrong is None:
            if ask_once("Noch einmal: ") == first:
                return first
            wrong = Refusal("Die beiden Kennwörter sind nicht gleich.", "", AGAIN if left == 1 else "")
        left -= 1
        if not left:
            raise wrong
        complain(str(wrong))


def _weakness(password: str) -> Refusal | None:
    """Why a new password does not do, told before it is typed again."""
    from ob_buero_tui.services.sealing import refuse_weak

    try:
        refuse_weak(password)
    except Refusal as refusal:
        return refusal
    return None


def ask_once(question: str) -> str:
    """Ask for a password at the terminal without showing it.

    Raises:
        Refusal: there is no terminal to ask at.
    """
    import getpass

    if not sys.stdin.isatty():
        raise Refusal(
            "Das Kennwort lässt sich hier nicht fragen.",
            "Dazu braucht es ein Terminal.",
            "Nennen Sie es mit --password-fd, zum Beispiel --password-fd 3 3<kennwort.txt.",
        )
    try:
        return getpass.getpass(question)
    except EOFError:
        return ""


def _read(number: int) -> list[str]:
    try:
        with os.fdopen(os.dup(number), "rb") as file:
            data = file.read(LONGEST)
        found = data.decode("utf-8").splitlines()
    except (OSError, ValueError, OverflowError) as error:
        raise Refusal(
            f"Unter --password-fd {number} ist kein Kennwort zu lesen.",
            "Erwartet wird ein offener Dateideskriptor mit dem Kennwort als Zeile in UTF-8.",
            "Zum Beispiel: ob-buero inbox --password-fd 3 3<kennwort.txt",
        ) from error
    if not found or not found[0]:
        raise Refusal(f"Unter --password-fd {number} steht kein Kennwort.", "Die erste Zeile ist leer.")
    return found


def _by_keyring(path: Path) -> bool:
    """Try what the keyring has; a password that was changed since is no reason to stop."""
    from ob_buero_tui.config.schluesselbund import remembered
    from ob_buero_tui.services.unlocking import WrongPassword

    password = remembered(path)
    if password is None:
        return False
    try:
        try_password(path, password)
    except WrongPassword:
        complain("Das Kennwort im Schlüsselbund passt nicht mehr zu dieser Datenbank.")
        return False
    return True


def _ask_here(path: Path) -> str:
    return ask_once(f"Kennwort für „{path.name}“: ")
