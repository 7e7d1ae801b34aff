"""A small text renderer for HTML mails on the standard library, used without the extra `mail`.

This module is imported only when it is needed, as html.parser costs start-up time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

# fmt: off
_BREAKING = frozenset((
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "header", "li", "main", "nav", "ol", "section", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
))
# fmt: on
_SPACED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"))
_SPACES = re.compile(r"[ \t\r\n\f]+")


class _Writer:
    """Builds lines from text and breaks, with white space collapsed as a browser does."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._breaks = 2
        self._space = False
        self.preformatted = 0

    def text(self, data: str) -> None:
        if self.preformatted:
            self._put(data)
            return
        collapsed = _SPACES.sub(" ", data)
        if collapsed.strip(" "):
            self._space = self._space or collapsed.startswith(" ")
            self._put(collapsed.strip(" "))
            self._space = collapsed.endswith(" ")
        elif collapsed:
            self._space = True

    def raw(self, data: str) -> None:
        """Write without collapsing, as for the mark of a list item."""
        self._put(data)

    def line(self, count: int = 1) -> None:
        """Make sure that at least so many line breaks stand here."""
        self._out.append("\n" * max(0, count - self._breaks))
        self._breaks = max(self._breaks, count)
        self._space = False

    def hard_break(self) -> None:
        self._out.append("\n")
        self._breaks += 1
        self._space = False

    def at_line_start(self) -> bool:
        return self._breaks > 0

    def result(self) -> str:
        return "".join(self._out)

    def _put(self, data: str) -> None:
        if not data:
            return
        if self._space and not self._breaks:
            self._out.append(" ")
        self._space = False
        self._out.append(data)
        self._breaks = len(data) - len(data.rstrip("\n"))


def render_plain(html: str, suffix: Callable[[str, str], str]) -> str:
    """Return the text of HTML whose tags are all closed and whose scripts are gone.

    Args:
        html: HTML as html_text leaves it.
        suffix: Gets a link's text and target and returns what to write behind the text.
    """
    parser = _PlainParser(suffix)
    parser.feed(html)
    parser.close()
    return parser.writer.result()


class _PlainParser(HTMLParser):
    """Feeds the writer from the tags that shape text."""

    def __init__(self, suffix: Callable[[str, str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.writer = _Writer()
        self._suffix = suffix
        self._lists: list[int] = []
        self._href = ""
        self._link_text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self.writer.raw("" if self.writer.at_line_start() else "  ")
        elif tag == "br":
            self.writer.hard_break()
        elif tag in _BREAKING or tag in _SPACED:
            self._open_block(tag)
        elif tag == "hr":
            self.writer.line()
            self.writer.raw("-" * 20)
            self.writer.line()
        elif tag == "a":
            self._end_link()
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self.writer.line()
        elif tag in _BREAKING or tag in _SPACED:
            self.writer.preformatted -= tag == "pre" and self.writer.preformatted > 0
            self.writer.line(2 if tag in _SPACED else 1)

    def handle_data(self, data: str) -> None:
        if self._href:
            self._link_text.append(data)
        self.writer.text(data)

    def close(self) -> None:
        super().close()
        self._end_link()

    def _open_block(self, tag: str) -> None:
        self.writer.line(2 if tag in _SPACED else 1)
        if tag == "pre":
            self.writer.preformatted += 1
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self.writer.raw("  " * min(len(self._lists), 8) + self._mark())

    def _mark(self) -> str:
        if not self._lists or self._lists[-1] < 0:
            return "* "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _end_link(self) -> None:
        if self._href:
            self.writer.raw(self._suffix("".join(self._link_text), self._href))
        self._href = ""
        self._link_text = []
