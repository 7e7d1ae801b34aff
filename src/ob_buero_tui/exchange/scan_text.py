"""The text of a PDF or Word file; read in a process of its own (`apart`), for foreign files can be traps."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from time import monotonic
from typing import Any

from ob_buero_tui.rules import limits

TEXT_LIMIT = limits.SCAN_TEXT
_PAGES, _SECONDS = limits.SCAN_PAGES, limits.SCAN_SECONDS
_CELLS = limits.SCAN_CELLS
_DAMAGED = "Das Dokument ist beschädigt."


def pdf_text(data: bytes) -> list[str]:
    """The text layer of the first pages, and why there is none in German."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every repair
    begun, pieces = monotonic(), []
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return ["", "Das Dokument ist mit einem Kennwort geschützt."]
        for page in reader.pages[:_PAGES]:
            pieces.append(page.extract_text())
            if sum(map(len, pieces)) > TEXT_LIMIT or monotonic() - begun > _SECONDS:
                break
    except Exception as error:  # whatever is wrong with its inside, the document is kept
        locked = type(error).__name__ == "DependencyError" or "decrypt" in str(error).lower()
        return ["", "Das Dokument ist geschützt." if locked else _DAMAGED]
    return ["\n\n".join(pieces)[: TEXT_LIMIT + 1], ""]


def docx_text(data: bytes) -> list[str]:
    """The text of a Word file, its first bold line, and why there is none in German."""
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
        lines: list[str] = []
        bold, size, cells = "", 0, _CELLS
        for block in document.iter_inner_content():
            if hasattr(block, "rows"):
                table = list(_rows(block, cells))
                cells -= sum(count for _, count in table)
                lines += [line for line, _ in table]
                size += sum(len(line) for line, _ in table)
            else:
                lines.append(block.text)
                size += len(block.text)
                runs = [run for run in block.runs if run.text.strip()]
                if not bold and runs and all(run.bold for run in runs):
                    bold = block.text.strip()
            if size > TEXT_LIMIT or cells <= 0:
                break
    except Exception:  # whatever is wrong with its inside, the document is kept
        return ["", "", _DAMAGED]
    return ["\n".join(lines)[: TEXT_LIMIT + 1], bold[:500], ""]


def _rows(table: Any, most: int) -> Iterator[tuple[str, int]]:
    """Each row's text and number of cells; a merged cell is met once, however wide it says it is."""
    from docx.table import _Cell

    for row in table._tbl.tr_lst:
        if most <= 0:
            return
        found = row.tc_lst[:most]
        most -= max(1, len(found))
        texts = (_Cell(one, table).text for one in found)
        yield "  ".join(dict.fromkeys(filter(None, texts))), max(1, len(found))
