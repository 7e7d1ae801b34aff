"""Takes the text of a Word file back: its paragraphs, without heading and layout."""

from __future__ import annotations

import io

from ob_buero_tui.exchange.extras import needs
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal

_MOST_BYTES = 20_000_000
_LONGEST = 100_000


def docx_text(data: bytes, *, heading: str = "") -> str:
    """The paragraphs of a Word file, blank lines between them.

    Args:
        heading: A first paragraph that is only the title of the file and no part of the text.

    Raises:
        Refusal: python-docx is not installed, or the file is none of Word's.
    """
    with needs("word", "Word-Dateien"):
        import docx
    if len(data) > _MOST_BYTES:
        raise _unreadable("Sie ist größer als 20 MB")
    try:
        found = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    except Exception as error:
        # A broken ZIP or XML shows in many ways of python-docx and lxml; all mean the same here.
        raise _unreadable("Sie ist keine lesbare Word-Datei (.docx)") from error
    texts = [clean(one, multiline=True, limit=_LONGEST).strip() for one in found]
    if texts and heading and texts[0] == clean(heading).strip():
        texts = texts[1:]
    return "\n\n".join(one for one in texts if one)


def _unreadable(why: str) -> Refusal:
    return Refusal(
        "Der Text wurde nicht übernommen.",
        f"{why}.",
        "Speichern Sie die Datei in Word als .docx, und übernehmen Sie sie noch einmal.",
    )
