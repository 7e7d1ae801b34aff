"""Files of letters: what one says is read inside the step that sends it, the file itself is made outside.

To set a PDF file takes up to seconds, and no other desk can write while a step is open. So a step that meets
a letter without its file ends without a trace (`NotYetMade`), the file is made, and the step runs again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ob_buero_tui.services.answers.letters import LETTER_DOCX, LETTER_PDF, letter_data
from ob_buero_tui.services.answers.views import How
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFile:
    """A letter on the office's template, before it is a file.

    Args:
        word: Whether it becomes a .docx, else a .pdf.
        data: What the template is given; JSON can hold it.
    """

    word: bool
    template: Path
    data: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Equal for two letters that say the same in the same form."""
        return json.dumps([self.word, self.data], sort_keys=True)

    def make(self, at: datetime) -> bytes:
        """Set the letter.

        Args:
            at: When the file is made, aware UTC.

        Raises:
            Refusal: the library is not installed, or the template is wrong.
        """
        if self.word:
            from ob_buero_tui.exchange.docx_out import fill_docx

            return fill_docx(self.template, self.data)
        from ob_buero_tui.exchange.typst_pdf import make_pdf

        return make_pdf(self.template, self.data, at=at)


class NotYetMade(Exception):
    """Letters whose files must be made before the step can be stored."""

    def __init__(self, letters: list[LetterFile]) -> None:
        super().__init__("letters are not made yet")
        self.letters = letters


def letter_file(
    work: Work, document: Document, request: Request, signature: tuple[str, ...], how: How
) -> LetterFile:
    """A letter as it leaves by post.

    Args:
        how: `How.DOCX`; anything else is set as PDF.

    Raises:
        Refusal: the template is missing, or the address.
    """
    name = LETTER_DOCX if how is How.DOCX else LETTER_PDF
    template = template_of(work.catalog, name, "Der Brief wurde nicht geschrieben.")
    data = letter_data(work, document, request, signature)
    return LetterFile(word=how is How.DOCX, template=template, data=data)
