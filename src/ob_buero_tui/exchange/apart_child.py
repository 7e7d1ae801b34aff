"""The process that `apart` starts: reads one file from its input within limits, and answers with JSON."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from ob_buero_tui.rules.refusals import Refusal


def _sheet(data: bytes, ending: str) -> Any:
    from ob_buero_tui.exchange.sheet import workbook_here

    return workbook_here(data, ending)


def _pdf(data: bytes, _ending: str) -> Any:
    from ob_buero_tui.exchange.scan_text import pdf_text

    return pdf_text(data)


def _docx(data: bytes, _ending: str) -> Any:
    from ob_buero_tui.exchange.scan_text import docx_text

    return docx_text(data)


def _words(data: bytes, _ending: str) -> Any:
    from ob_buero_tui.exchange.legible_apart import pdf_words

    return pdf_words(data)


def _many(data: bytes, _ending: str) -> Any:
    from ob_buero_tui.exchange.legible_apart import pdf_words
    from ob_buero_tui.exchange.legible_pdfs import unpacked

    def words(one: bytes) -> list[str] | None:
        try:
            return pdf_words(one)
        except Refusal:
            return None

    return [words(one) for one in unpacked(data)]


def _rows(data: bytes, _ending: str) -> Any:
    from ob_buero_tui.exchange.legible_apart import sheet_rows

    return sheet_rows(data)


READERS: dict[str, Callable[[bytes, str], Any]] = {
    "sheet": _sheet,
    "pdf": _pdf,
    "docx": _docx,
    "words": _words,
    "many": _many,
    "rows": _rows,
}
"""What reads a file's bytes; its answer is made of plain values."""


def main() -> None:
    """Read what `apart.read_apart` asks for."""
    reader, ending, seconds, memory = sys.argv[1:5]
    _limit(int(seconds), int(memory))
    # What a library prints must not come between: only the answer goes where the caller listens.
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)
        try:
            said = {"value": READERS[reader](sys.stdin.buffer.read(), ending)}
        except Refusal as refusal:
            said = {"refusal": [refusal.what, refusal.why, refusal.now]}
        answer.write(json.dumps(said).encode())


def _limit(seconds: int, memory: int) -> None:
    """Where the system knows limits; elsewhere only the caller's clock ends a reading."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(kind)
            fits = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (fits, fits))


if __name__ == "__main__":
    main()
