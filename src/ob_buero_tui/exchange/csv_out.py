"""Tables as CSV for a German spreadsheet: semicolons, UTF-8 with its mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

MARK = b"\xef\xbb\xbf"
# A spreadsheet takes a cell that begins so for a formula (ASVS 1.2.10, OWASP); the wide forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_PIECE = 500


def write_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Write a table, piece by piece; a cell that would be a formula begins with an apostrophe.

    That is true of telephone numbers too: „+49 …“ is written „'+49 …“ and stays text.
    """
    yield MARK
    piece: list[Sequence[str]] = [headers]
    for row in rows:
        piece.append(row)
        if len(piece) >= _PIECE:
            yield _bytes(piece)
            piece = []
    yield _bytes(piece)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell


def _bytes(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([map(harmless, row) for row in rows])
    return text.getvalue().encode("utf-8", errors="replace")
