"""All words of a document, for the process apart: not cut as what a letter shows, but within time."""

from __future__ import annotations

import base64
import io
import logging
from time import monotonic

from ob_buero_tui.rules import limits


def pdf_words(data: bytes) -> list[str]:
    """The text of all pages, what was left out or "", then in base64 what stands beside them and the files.

    Raises:
        Refusal: it is locked or damaged, or the library is not there.
    """
    from ob_buero_tui.exchange.legible_inside import Inside
    from ob_buero_tui.rules.refusals import Refusal

    begun, pieces = monotonic(), list[str]()
    try:
        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every repair
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refusal("Das Dokument ist mit einem Kennwort geschützt.")
        left_out = ""
        for page in reader.pages:
            if monotonic() - begun > limits.SCAN_SECONDS:
                left_out = f"ab Seite {len(pieces) + 1}"
                break
            pieces.append(page.extract_text())
        body = "\n\n".join(pieces)
        inside = Inside(reader, begun + limits.SCAN_SECONDS)
        inside.gather()
        beside = "\n".join(inside.texts).encode("utf-8", "replace")
    except Refusal:
        raise
    except Exception as error:  # whatever is wrong with its inside, nothing more can be read
        raise Refusal("Das Dokument ist beschädigt.") from error
    files = (base64.b64encode(data).decode("ascii") for data in (beside, *inside.files) if data)
    return [body, left_out or inside.left_out, *files]


def sheet_rows(data: bytes) -> list[str]:
    """The rows of all sheets, a line for each, its cells side by side.

    Raises:
        Refusal: it cannot be read.
    """
    from ob_buero_tui.exchange.sheet import all_rows

    return ["\n|\n".join("  ".join(cell for cell in row if cell) for row in all_rows(data))]
