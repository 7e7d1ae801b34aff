"""HTML of a mail as plain text: nothing is loaded or run, link targets are shown.

With the extra `mail` inscriptis lays out tables; without it a small renderer on the standard
library's HTMLParser does.
"""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable

HTML_LIMIT = limits.HTML_TEXT
_RAW_LIMIT = limits.HTML_RAW
# inscriptis pads columns: beyond this many cells its time and its output grow out of hand.
_MAX_CELLS = limits.HTML_CELLS
_MAX_LINKS = limits.HTML_LINKS
_SHORT_URL = 60
_URL_LIMIT = limits.HTML_ADDRESS
_WEB = re.compile(r"(?i)(?:https?|ftp|mailto|tel):")
_DATA_URI = re.compile(r"""(?i)data:[a-z]{1,20}/[^"'\s>)]{200,}""")
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_OPEN_TAG = re.compile(r"<([^<>]*)(>?)")
_HIDDEN_STYLE = re.compile(r"(?i)display\s*:\s*none")
_CELL = re.compile(r"(?i)<t[dh]\b")
_HIDDEN_ELEMENTS = ("script", "style", "noscript", "title", "template", "svg", "object", "iframe")


class Links:
    """Decides how the target of each link is shown and lists the long ones at the end."""

    def __init__(self) -> None:
        self._listed: dict[str, int] = {}

    def suffix(self, text: str, href: str) -> str:
        """Return what to write behind a link's text, "" if the text says it already.

        Args:
            text: Visible text of the link.
            href: Its target as written; only web, mail and telephone targets are shown.
        """
        url = clean("".join(href.split()), limit=_URL_LIMIT)
        if not _WEB.match(url) or _bare(url) == _bare(text):
            return ""
        shown = re.sub(r"(?i)^(?:mailto|tel):", "", url)
        if len(shown) <= _SHORT_URL:
            return f" ({shown})"
        if shown not in self._listed and len(self._listed) >= _MAX_LINKS:
            return ""
        return f" [{self._listed.setdefault(shown, len(self._listed) + 1)}]"

    def listing(self) -> str:
        """Return the list of long targets with their numbers, "" if there is none."""
        if not self._listed:
            return ""
        lines = (f"[{number}] {url}" for url, number in self._listed.items())
        return "\n\nLinks:\n" + "\n".join(lines)


def html_to_text(html: str, limit: int = HTML_LIMIT) -> tuple[str, bool]:
    """Return the readable text of an HTML mail and whether the HTML was cut; never raises.

    Args:
        html: Decoded HTML, also broken or hostile.
        limit: Characters of HTML to read, counted without scripts, styles and embedded data.
    """
    bare = _DATA_URI.sub("data:", html)  # embedded pictures come first: they may be megabytes
    slim = _slim(bare[:_RAW_LIMIT])
    cut = len(slim) > limit or len(bare) > _RAW_LIMIT
    slim = slim[:limit]
    text = ""
    if len(_CELL.findall(slim)) <= _MAX_CELLS:
        text = _guarded(_by_inscriptis, slim)
    if not text.strip():
        # Not installed, too many cells, or nested so deep that lxml gave up the content.
        text = _guarded(_by_parser, slim)
    return tidy(dedent(tidy(text))), cut  # layout tables indent whole letters


def tidy(text: str) -> str:
    """Unify line breaks, drop trailing blanks, and keep at most two empty lines in a row."""
    text = re.sub(r"\r\n?|[\f\v\x85\u2028\u2029]", "\n", text)
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", lines).strip("\n")


def _guarded(render: Callable[[str], str], html: str) -> str:
    """Run a renderer; hostile HTML must not raise through libraries that nobody here wrote."""
    try:
        return render(html)
    except Exception:
        return ""


def _slim(html: str) -> str:
    """Drop what is never text (comments, scripts, styles) in linear time.

    Everything left is a closed tag or text: HTMLParser takes quadratic time on unclosed ones.
    """
    html = _without(html.replace("\0", ""), "<!--", "-->")
    for name in _HIDDEN_ELEMENTS:
        html = _without_element(html, name)
    html = _DECLARATION.sub("", html)
    return _OPEN_TAG.sub(lambda m: m[0] if m[2] and m[1] else "&lt;" + m[0][1:], html)


def _without(text: str, opening: str, closing: str) -> str:
    """Cut out every opening…closing stretch; an unclosed opening loses only its own characters."""
    out: list[str] = []
    pos = 0
    while (start := text.find(opening, pos)) >= 0:
        end = text.find(closing, start + 2)
        if end < 0:
            return "".join([*out, text[pos:].replace(opening, "")])
        out.append(text[pos:start])
        pos = end + len(closing)
    return "".join([*out, text[pos:]])


def _without_element(html: str, name: str) -> str:
    """Cut out an element with its content; an unclosed one loses only its opening tag."""
    opening, closing = re.compile(rf"(?i)<{name}\b[^<>]*>?"), re.compile(rf"(?i)</{name}\b[^<>]*>?")
    out: list[str] = []
    pos = 0
    while start := opening.search(html, pos):
        end = closing.search(html, start.end())
        if end is None:
            return "".join([*out, opening.sub("", html[pos:])])
        out.append(html[pos : start.start()])
        pos = end.end()
    return "".join([*out, html[pos:]])


def _by_inscriptis(html: str) -> str:
    """Render with inscriptis, "" if it is not installed."""
    try:
        from inscriptis.html_engine import Inscriptis
        from lxml import html as lxml_html  # type: ignore[import-untyped]
    except ImportError:
        return ""
    tree = lxml_html.document_fromstring(html)
    links = Links()
    for anchor in list(tree.iter("a")):
        suffix = links.suffix(anchor.text_content(), anchor.get("href") or "")
        if not suffix:
            continue
        if len(anchor):
            anchor[-1].tail = (anchor[-1].tail or "") + suffix
        else:
            anchor.text = (anchor.text or "") + suffix
    for element in tree.iter():
        # Margins of a million lines are honoured otherwise; only „do not show“ matters.
        if style := element.attrib.pop("style", ""):
            hidden = _HIDDEN_STYLE.search(style) is not None
            element.attrib.update({"style": "display: none"} if hidden else {})
    text: str = Inscriptis(tree).get_text()
    return text.rstrip() + links.listing()


def _by_parser(html: str) -> str:
    """Render with the standard library."""
    from ob_buero_tui.exchange.html_plain import render_plain

    links = Links()
    return render_plain(html, links.suffix).rstrip() + links.listing()


def _bare(text: str) -> str:
    """Reduce a link or its text to what has to be equal for the text to say the target."""
    folded = "".join(text.split()).lower().removesuffix("/")
    for prefix in ("mailto:", "tel:", "https://", "http://", "www."):
        folded = folded.removeprefix(prefix)
    return folded
