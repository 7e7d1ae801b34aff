"""Makes a working copy of a damaged file on which reading can begin: filled up, with a fitting first page."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

from ob_buero_tui.store import sealed
from ob_buero_tui.store.cipher import MAGIC

PAGE_COUNT = struct.Struct(">I")
_COUNT_AT, _INTERIOR = 28, 5


def is_cut(path: Path) -> bool:
    """Whether a file is shorter than its header says; SQLite then reads nothing of it at all."""
    header = _header(path)
    size = _page_size(header)
    return bool(size) and path.stat().st_size < size * PAGE_COUNT.unpack(header[28:32])[0]


def fill_up(path: Path, working: Path) -> None:
    """Copy a file that was cut and give it back its length: the pages that are gone are empty ones."""
    shutil.copyfile(path, working)
    working.chmod(0o600)
    header = _header(path)
    with working.open("r+b") as file:
        file.truncate(_page_size(header) * PAGE_COUNT.unpack(header[28:32])[0])


def with_list_of_tables(path: Path, working: Path, good: Path) -> bool:
    """Copy a file whose list of tables is destroyed, with the list of a good copy of it.

    The tables begin on the same pages in both, as long as no migration lies between: a copy is made page by
    page. What does not fit all the same is found when its rows are written.

    Returns:
        Whether that could be done; an encrypted file has no pages that could be exchanged.
    """
    if sealed.is_sealed(path) or sealed.is_sealed(good):
        return False
    size = _page_size(_header(good))
    if not size or path.stat().st_size < size:
        return False
    shutil.copyfile(path, working)
    working.chmod(0o600)
    with good.open("rb") as source, working.open("r+b") as file:
        pages = -(-file.seek(0, 2) // size)
        file.truncate(pages * size)
        for number, page in _list_pages(source.read(), size).items():
            if number <= pages:
                file.seek((number - 1) * size)
                file.write(page)
        file.seek(_COUNT_AT)
        file.write(PAGE_COUNT.pack(pages))
    return True


def _list_pages(data: bytes, size: int, number: int = 1) -> dict[int, bytes]:
    """The pages of the table that lists all tables. Source: SQLite file format, 1.5 and 1.6."""
    page = data[(number - 1) * size : number * size]
    found = {number: page}
    start = 100 if number == 1 else 0
    if page[start] != _INTERIOR:
        return found
    cells = int.from_bytes(page[start + 3 : start + 5])
    first = start + 12
    pointers = [int.from_bytes(page[first + 2 * cell : first + 2 * cell + 2]) for cell in range(cells)]
    children = [int.from_bytes(page[pointer : pointer + 4]) for pointer in pointers]
    for child in (*children, int.from_bytes(page[start + 8 : start + 12])):
        found |= _list_pages(data, size, child)
    return found


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100).ljust(100, b"\0")


def _page_size(header: bytes) -> int:
    """The size of a page; 0 where the header is none."""
    if header[:16] != MAGIC:
        return 0
    told = int.from_bytes(header[16:18])
    return 65536 if told == 1 else told
