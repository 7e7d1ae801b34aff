"""The two doors through which text reaches a widget: cleaned, and never as markup.

Textual and Rich read a plain `str` as markup in most widgets, and pass control bytes on in all of
them. So every text that is not a literal in our own source becomes a `Content` or a `Text` here;
`tests/tui/test_static_guard.py` fails where one does not.
"""

from __future__ import annotations

from rich.text import Text
from textual.content import Content

from ob_buero_tui.rules.clean import clean


def label(text: str, style: str = "", *, multiline: bool = False, limit: int = 4000) -> Content:
    """Cleaned text for a Textual widget.

    Args:
        text: Text from anywhere.
        style: A style in Textual's own words (`bold`, `$error`), never from outside.
        multiline: Keep line ends; otherwise they become spaces.
        limit: Characters after which the text is cut.
    """
    content = Content(clean(text, multiline=multiline, limit=limit))
    return content.stylize(style) if style else content


def cell(text: str, style: str = "", *, limit: int = 4000) -> Text:
    """Cleaned one-line text for a widget that wants Rich, such as the cell of a table.

    Args:
        text: Text from anywhere.
        style: A Rich style, never from outside.
        limit: Characters after which the text is cut.
    """
    return Text(clean(text, limit=limit), style=style, no_wrap=True, end="")


def line(text: str, *, limit: int = 400) -> str:
    """Cleaned one-line text for a widget that draws its own lines cell by cell.

    Args:
        text: Text from anywhere.
        limit: Characters after which the text is cut; what a row cannot show anyway need not be cleaned.
    """
    return clean(text, limit=limit)
