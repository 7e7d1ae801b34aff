"""Makes a working copy of a damaged encrypted file that can be read on behind its bad pages.

SQLCipher seals each page, and a connection that met one broken seal reads nothing any more. Here every page
gets a fitting seal again: what a bad one holds is then damaged like a page of a plain file, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from ob_buero_tui.store.cipher import PAGE_BYTES, SALT_BYTES, Seal, first_bytes
from ob_buero_tui.store.connecting import connect, database_errors, tell_password

MOST_LENT = 20_000
"""How many pages are kept in mind at most while it is tried which of them the list of tables needs."""

LONGER = (2, 2, 4)
"""How many times as long a file is made that was cut, step by step."""

_LIST = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid"


def reseal(path: Path, working: Path, password: str, good: Path | None) -> int:
    """Copy an encrypted file with a fitting seal on every page, and tell this process the copy's password.

    Where the list of tables is on a bad page, it is taken from a good copy: copies have the salt of their
    original, so their pages fit, and the tables begin on the same pages as long as no migration lies between.

    Args:
        working: Where the copy goes; it can be opened with the same password.
        good: A good copy of the file, encrypted likewise.

    Returns:
        How many pages were bad.

    Raises:
        OSError: there is no room.
    """
    lent = good if good is not None and first_bytes(good) else None
    seal = Seal(password, _salt(path, password, lent))
    bad = _copy(path, working, seal)
    tell_password(working, password)
    gone = _fill_up(working, seal)
    if (bad or gone) and lent is not None and first_bytes(lent) == seal.salt:
        tell_password(lent, password)
        _lend_list(working, seal, lent, {*bad, *gone})
    return len(bad)


def _salt(path: Path, password: str, good: Path | None) -> bytes:
    """The salt the file was made with: its own, or that of a copy where its beginning is damaged."""
    own = first_bytes(path)
    with path.open("rb") as file:
        page = file.read(PAGE_BYTES)
    salts = [own, first_bytes(good)] if good is not None else [own]
    for salt in salts:
        if len(page) == PAGE_BYTES and Seal(password, salt).fits(page, 1):
            return salt
    return salts[-1]


def _pages(path: Path) -> Iterator[tuple[int, bytes]]:
    """All pages with their numbers; a last one that was cut is filled up."""
    with path.open("rb") as file:
        number = 0
        while page := file.read(PAGE_BYTES):
            number += 1
            yield number, page.ljust(PAGE_BYTES, b"\0")


def _copy(path: Path, working: Path, seal: Seal) -> list[int]:
    """Copy with fitting seals; says which pages were bad."""
    bad = []
    with working.open("wb") as target:
        working.chmod(0o600)
        for number, page in _pages(path):
            if not seal.fits(page, number):
                bad.append(number)
                page = seal.on(page, number)
            target.write(seal.salt + page[SALT_BYTES:] if number == 1 else page)
    return bad


def _fill_up(working: Path, seal: Seal) -> range:
    """Give a file that was cut a length with which SQLite reads it: how long it was stands encrypted in it.

    Returns:
        The pages that were added; what they hold is noise.
    """
    first = pages = working.stat().st_size // PAGE_BYTES
    for more in LONGER:
        if _opens(working):
            break
        with working.open("ab") as file:
            for number in range(pages + 1, pages * more + 1):
                file.write(seal.on(bytes(PAGE_BYTES), number))
        pages *= more
    return range(first + 1, pages + 1)


def _lend_list(working: Path, seal: Seal, good: Path, bad: set[int]) -> None:
    """Take those bad pages from a good copy without which the list of tables is not whole; only those."""
    wanted = _list_of(good)
    if not wanted or _list_of(working) == wanted:
        return
    lent = {number: page for number, page in _pages(good) if number in bad and seal.fits(page, number)}
    if not lent or len(lent) > MOST_LENT:
        return
    own = {number: page for number, page in _pages(working) if number in lent}
    _put(working, lent)
    if _list_of(working) != wanted:
        _put(working, own)  # another state of the program, or more is lost than a copy can lend
        return
    parts = [sorted(lent)]
    while parts:  # what the list does not need is given back: it may be older than what is around it
        part = parts.pop()
        _put(working, {number: own[number] for number in part})
        if _list_of(working) == wanted:
            continue
        _put(working, {number: lent[number] for number in part})
        if len(part) > 1:
            half = len(part) // 2
            parts += [part[:half], part[half:]]


def _put(working: Path, pages: Mapping[int, bytes]) -> None:
    with working.open("r+b") as file:
        for number, page in pages.items():
            file.seek((number - 1) * PAGE_BYTES)
            file.write(page)


def _opens(path: Path) -> bool:
    with suppress(*database_errors()), closing(connect(path, "ro")) as connection:
        connection.execute("PRAGMA user_version").fetchone()
        return True
    return False


def _list_of(path: Path) -> list[tuple[object, ...]]:
    with suppress(*database_errors()), closing(connect(path, "ro")) as connection:
        return [tuple(row) for row in connection.execute(_LIST)]
    return []
