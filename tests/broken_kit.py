"""Ways to break a database file, each the same at every run."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from pathlib import Path

PAGE = 4096


def fingerprint(folder: Path) -> dict[str, str]:
    """The content of all files of a folder."""
    files = (item for item in folder.iterdir() if item.is_file())
    return {item.name: hashlib.sha256(item.read_bytes()).hexdigest() for item in files}


def patch(path: Path, offset: int, data: bytes) -> None:
    """Overwrite a place of a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def root_page(path: Path, name: str) -> int:
    """The number of the first page of a table or index."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        return int(connection.execute(query, (name,)).fetchone()[0])


def spoil_page(path: Path, number: int) -> None:
    """Fill a page, counted from 1, with what belongs to no database."""
    patch(path, (number - 1) * PAGE, b"\xff" * PAGE)


def leaves_of(path: Path, table: str) -> list[int]:
    """The pages that hold a table's rows, in their order; the table is larger than one page.

    Source: SQLite file format, 1.5 and 1.6: an interior page of a table begins with 5.
    """
    data = path.read_bytes()
    return _below(data, root_page(path, table))


def _below(data: bytes, number: int) -> list[int]:
    start = (number - 1) * PAGE
    page = data[start : start + PAGE]
    if page[0] != 5:
        return [number]
    cells = int.from_bytes(page[3:5])
    pointers = (int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell]) for cell in range(cells))
    children = [int.from_bytes(page[pointer : pointer + 4]) for pointer in pointers]
    children.append(int.from_bytes(page[8:12]))
    return [leaf for child in children for leaf in _below(data, child)]


def truncate(data: bytes, dice: random.Random) -> bytes:
    """Cut anywhere."""
    return data[: dice.randrange(1, len(data))]


def random_page(data: bytes, dice: random.Random) -> bytes:
    """One page, not the first, of random bytes."""
    number = dice.randrange(1, len(data) // PAGE)
    return data[: number * PAGE] + dice.randbytes(PAGE) + data[(number + 1) * PAGE :]


def bit_flips(data: bytes, dice: random.Random, count: int = 20) -> bytes:
    """Some single bits anywhere."""
    bent = bytearray(data)
    for _ in range(count):
        bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
    return bytes(bent)
