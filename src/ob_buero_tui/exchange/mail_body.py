"""Chooses the text of a mail from its MIME tree and tells it from the attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ob_buero_tui.exchange.html_text import HTML_LIMIT, html_to_text, tidy
from ob_buero_tui.exchange.mail_charset import decode_text
from ob_buero_tui.exchange.mail_parts import Part
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean

BODY_LIMIT = limits.MAIL_BODY
# Delivery reports are readable text; they become the body only where a mail has no other.
_REPORTS = frozenset(
    {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}
)
_BODY_TYPES = frozenset({"text/plain", "text/html"})
_META_CHARSET = re.compile(rb"""(?i)<meta[^>]{1,200}charset\s*=\s*["']?([a-z0-9_-]{2,40})""")
# „Ihr Programm zeigt kein HTML“: a plain part this short beside an HTML text this long is no letter.
_STUB = 80
_REAL_TEXT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a mail.

    Args:
        text: Cleaned text with line feeds.
        html_only: It was made from HTML.
        attached: Leaves of the tree that are not the text, in order.
    """

    text: str
    html_only: bool
    attached: tuple[Part, ...]


def read_body(root: Part, notes: dict[str, None]) -> Body:
    """Return the text and what is attached to it.

    Args:
        root: MIME tree of the mail.
        notes: Collects German sentences, used as an ordered set.
    """
    reader = _Reader(notes)
    leaves = tuple(_leaves(root))
    chosen = reader.collect(root)
    if not any(map(reader.text, chosen)):
        chosen = _last_resort(leaves, reader)
    texts = [text for text in map(reader.text, chosen) if text]
    html = any(_is_html(part) and reader.text(part) for part in chosen)
    if html:
        notes["Der Text stammt aus dem HTML-Teil der Nachricht."] = None
    if not texts:
        notes["Die Nachricht enthält keinen lesbaren Text."] = None
    text = "\n\n".join(texts)
    if len(text) > BODY_LIMIT:
        notes["Der Text der Nachricht wurde nach 200.000 Zeichen abgeschnitten."] = None
        reader.too_long.update(map(id, chosen))
    attached = tuple(part for part in leaves if not reader.is_done(part))
    if reader.too_long:
        notes["Der ganze Text liegt als Anhang bei."] = None
    return Body(text=clean(text, multiline=True, limit=BODY_LIMIT), html_only=html, attached=attached)


class _Reader:
    """Renders parts to text, each once, within the limits of one mail."""

    def __init__(self, notes: dict[str, None]) -> None:
        self.notes = notes
        self.too_long: set[int] = set()
        self._texts: dict[int, str] = {}
        self._done: set[int] = set()
        self._text_room = BODY_LIMIT
        self._html_room = HTML_LIMIT

    def is_done(self, part: Part) -> bool:
        """Tell whether a leaf is fully in the text, or another version of it is."""
        return id(part) in self._done and id(part) not in self.too_long

    def collect(self, part: Part) -> list[Part]:
        """Return the leaves that make up the text, in reading order."""
        if part.media_type == "multipart/alternative":
            return self._alternative(part)
        if part.children:
            return [leaf for child in part.children for leaf in self.collect(child)]
        if not _is_body(part):
            return []
        self._done.add(id(part))
        return [part]

    def text(self, part: Part) -> str:
        """Return the tidy text of a leaf; it is rendered when first asked for."""
        if id(part) not in self._texts:
            self._texts[id(part)] = self._render(part)
        return self._texts[id(part)]

    def take(self, part: Part) -> bool:
        """Take a leaf into the text if it holds any."""
        if self.text(part):
            self._done.add(id(part))
        return id(part) in self._done

    def _alternative(self, part: Part) -> list[Part]:
        """Choose one version of the same text: plain before HTML, unless plain is only a stub."""
        plain: list[Part] = []
        html: list[Part] = []
        for child in part.children:
            if child.media_type == "text/x-amp-html":
                self._done.add(id(child))  # a third copy of the text, for one mail service
                continue
            version = self.collect(child)
            if any(map(_is_html, version)):
                html = version
            elif not plain and any(map(self.text, version)):
                plain = version
        if plain and html and self._length(plain) < _STUB and self._length(html) > _REAL_TEXT:
            self.notes["Der Nur-Text-Teil war fast leer; gezeigt wird der HTML-Teil."] = None
            return html
        return plain or html

    def _length(self, parts: list[Part]) -> int:
        return sum(len(self.text(part)) for part in parts)

    def _render(self, part: Part) -> str:
        room = self._html_room if _is_html(part) else self._text_room
        if room <= 0:
            self.too_long.add(id(part))
            return ""
        source = self._decode(part)
        if not _is_html(part):
            text, cut = tidy(source[:room]), len(source) > room
            self._text_room -= len(source)
        else:
            text, cut = html_to_text(source, room)
            self._html_room -= len(source)
        if cut:
            self.notes["Die Nachricht ist sehr lang; nur ihr Anfang wird gezeigt."] = None
            self.too_long.add(id(part))
        return text if text.strip() else ""

    def _decode(self, part: Part) -> str:
        data = part.content()
        declared = part.params.get("charset", "")
        if _is_html(part) and not declared and (meta := _META_CHARSET.search(data[:4096])):
            declared = meta[1].decode("ascii")
        decoded = decode_text(data, declared)
        if decoded.note:
            self.notes[decoded.note] = None
        return decoded.text


def _leaves(part: Part) -> Iterator[Part]:
    if not part.children:
        yield part
    for child in part.children:
        yield from _leaves(child)


def _is_html(part: Part) -> bool:
    return part.media_type == "text/html"


def _is_body(part: Part) -> bool:
    named = part.disposition == "attachment" or bool(part.filename)
    return part.media_type in _BODY_TYPES and not named and not part.opaque


def _last_resort(leaves: tuple[Part, ...], reader: _Reader) -> list[Part]:
    """Take a report, or the first readable text with a file name, for a mail that has no other text."""
    for part in leaves:
        readable = part.media_type in _BODY_TYPES or part.media_type in _REPORTS
        if readable and not part.opaque and part.disposition != "attachment" and reader.take(part):
            return [part]
    return []
