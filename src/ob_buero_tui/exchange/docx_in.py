"""Takes the text of a Word file back: its paragraphs, without heading and layout."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ob_buero_tui.exchange.extras import needs
from ob_buero_tui.exchange.zip_guard import open_office_zip
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal

_MOST_BYTES = limits.DOCX_BYTES
LONGEST = limits.DOCX_TEXT
"""Characters that a text may have; a speech of an hour has fewer."""
_WHAT = "Der Text wurde nicht übernommen."
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}tab": "\t",
    f"{_W}noBreakHyphen": "-",
}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_MC}Fallback"))


def docx_text(data: bytes, *, heading: str = "") -> str:
    """The paragraphs of a Word file, blank lines between them.

    Args:
        heading: A first paragraph that is only the title of the file and no part of the text.

    Raises:
        Refusal: python-docx is not installed, the file is none of Word's, unpacks to too much, or its text is
            too long.
    """
    with needs("word", "Word-Dateien"):
        import docx
    if len(data) > _MOST_BYTES:
        raise _unreadable("Sie ist größer als 20 MB")
    archive = open_office_zip(data, _WHAT)
    if "word/document.xml" not in archive.namelist():
        raise _unreadable("Sie ist keine lesbare Word-Datei (.docx)")
    try:
        found = list(_paragraphs(docx.Document(io.BytesIO(data)).element.body))
    except Exception as error:
        # A broken ZIP or XML shows in many ways of python-docx and lxml; all mean the same here.
        raise _unreadable("Sie ist keine lesbare Word-Datei (.docx)") from error
    texts = [clean(one, multiline=True, limit=LONGEST + 1).strip() for one in found]
    if texts and heading and texts[0] == clean(heading).strip():
        texts = texts[1:]
    whole = "\n\n".join(one for one in texts if one)
    if len(whole) > LONGEST:
        why = f"Ihr Text hat {number(len(whole))} Zeichen; höchstens {number(LONGEST)} haben hier Platz"
        raise Refusal(_WHAT, f"{why}.", "Kürzen Sie ihn in Word, und übernehmen Sie ihn noch einmal.")
    return whole


def _paragraphs(body: Any) -> Iterator[str]:
    """The texts of all paragraphs in their order, those in cells and text boxes too, each once.

    What was inserted while changes were tracked counts; what was struck out does not. Where a drawing is
    stored twice (`mc:Fallback`), the second one is left out.
    """
    for paragraph in body.iter(f"{_W}p"):
        if not any(one.tag in _LEFT_OUT for one in paragraph.iterancestors()):
            yield "".join(_runs(paragraph))


def _runs(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", *_BREAKS):
        between = []
        for one in node.iterancestors():
            if one is paragraph:
                break
            between.append(one.tag)
        if not _LEFT_OUT.intersection(between) and f"{_W}p" not in between:
            yield _BREAKS.get(node.tag, node.text or "")


def _unreadable(why: str) -> Refusal:
    return Refusal(
        _WHAT,
        f"{why}.",
        "Speichern Sie die Datei in Word als .docx, und übernehmen Sie sie noch einmal.",
    )
