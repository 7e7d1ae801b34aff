"""What commands print: lines, tables, JSON; nothing from outside acts on the terminal."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ob_buero_tui.rules.clean import clean

if TYPE_CHECKING:
    from rich.table import Table

CELL_LIMIT = 200


def prepare_streams() -> None:
    """Let no character end a command that the terminal's encoding lacks, nor a stream that was never open."""
    if sys.stdout is None:  # started with `>&-`: what was done is done, though nobody reads of it
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Print one line, harmless whatever it holds."""
    print(clean(text))


def complain(text: str) -> None:
    """Print one line on stderr, harmless whatever it holds; a closed stderr is no further failure."""
    with contextlib.suppress(OSError):
        print(clean(text), file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """Print one JSON document; a terminal that does not speak UTF-8 gets escapes instead of replacements."""
    encoding = (getattr(sys.stdout, "encoding", "") or "ascii").lower().replace("-", "")
    print(json.dumps(document, ensure_ascii=encoding != "utf8", indent=2))


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, spare: Sequence[str] = ()) -> None:
    """Print rows in columns: a table on a terminal, aligned text otherwise.

    Args:
        spare: Columns that a terminal too narrow for all goes without, the first one first, so that what is
            left stands there whole.
    """
    cleaned = [[clean(cell, limit=CELL_LIMIT) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_drawn(headers, cleaned, spare)
    else:
        _print_aligned(headers, cleaned)


def _print_drawn(headers: Sequence[str], rows: Sequence[Sequence[str]], spare: Sequence[str]) -> None:
    from rich.console import Console
    from rich.measure import Measurement

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    shown = list(range(len(headers)))
    table = _drawn(headers, rows, shown, fold=bool(spare))
    for name in spare:
        if Measurement.get(console, console.options.update(max_width=1000), table).maximum <= console.width:
            break
        shown.remove(headers.index(name))
        table = _drawn(headers, rows, shown, fold=True)
    console.print(table)


def _drawn(
    headers: Sequence[str], rows: Sequence[Sequence[str]], shown: Sequence[int], *, fold: bool
) -> Table:
    """The columns that are shown; where some may be missing, the others are rather broken than cut."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in shown:
        table.add_column(Text(headers[column]), overflow="fold" if fold else "ellipsis")
    for row in rows:
        table.add_row(*(Text(row[column]) for column in shown))
    return table


def _print_aligned(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len

    lines = [list(headers), *rows]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(headers))]
    for line in lines:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())
