"""Takes a mail apart into its MIME tree by offsets, without recursion limits or copies.

The stdlib feed parser nests one generator per level and raises RecursionError on deep mails; this
splitter stops at fixed limits, keeps forwarded mails byte for byte and never raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ob_buero_tui.exchange.mail_charset import raw_text
from ob_buero_tui.exchange.mail_headers import HEADER_LIMIT, HeaderBlock, read_headers
from ob_buero_tui.exchange.mail_params import Parameters, read_parameters, undo_transfer
from ob_buero_tui.rules import limits

MAX_PARTS = limits.MAIL_PARTS
MAX_DEPTH = limits.MAIL_DEPTH
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}")
_OPENING = re.compile(rb"(?m)^--([^\s][^\r\n]{3,69}?)[ \t]*\r?\ncontent-", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One node of the MIME tree.

    Args:
        data: The whole file.
        start: Offset of the part's first header byte.
        end: Offset behind its last byte.
        headers: Its header block.
        media_type: Type in lower case; "text/plain" when missing or broken.
        params: Parameters of the Content-Type.
        disposition: "attachment", "inline" or "".
        filename: Name given by the sender, decoded but not cleaned.
        children: Sub-parts of a multipart that could be split.
        opaque: Too deeply nested: kept whole, not looked into.
    """

    data: bytes
    start: int
    end: int
    headers: HeaderBlock
    media_type: str
    params: Parameters
    disposition: str
    filename: str
    children: tuple[Part, ...]
    opaque: bool

    def entity(self) -> bytes:
        """Return the part with its headers, byte for byte."""
        return self.data[self.start : self.end]

    def content(self) -> bytes:
        """Return the body with its transfer encoding undone; a broken encoding is left as it is."""
        raw = self.data[self.headers.body_start : self.end]
        return undo_transfer(raw, self.headers.first("content-transfer-encoding"))


class Splitter:
    """Splits one mail, counting its parts and noting what was repaired."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.notes: dict[str, None] = {}
        self._left = MAX_PARTS

    def tree(self, headers: HeaderBlock, start: int) -> Part:
        """Return the MIME tree below an already read header block."""
        return self._part(headers, start, len(self.data), depth=0, default="text/plain")

    def _part(self, headers: HeaderBlock, start: int, end: int, *, depth: int, default: str) -> Part:
        self._left -= 1
        declared, params = read_parameters(headers.first("content-type"))
        media_type = self._media_type(headers, declared, default)
        disposition, naming = read_parameters(headers.first("content-disposition"))
        opaque = media_type.startswith("multipart/") and depth >= MAX_DEPTH
        children: tuple[Part, ...] = ()
        if opaque:
            self._note(f"Die Nachricht hat mehr als {MAX_DEPTH} Ebenen; der Rest liegt als Anhang bei.")
        elif media_type.startswith("multipart/"):
            children = self._children(headers, end, params.get("boundary", ""), media_type, depth)
            media_type = media_type if children else "text/plain"
        return Part(
            data=self.data,
            start=start,
            end=end,
            headers=headers,
            media_type=media_type,
            params=params,
            disposition=disposition,
            filename=naming.get("filename", "") or params.get("name", ""),
            children=children,
            opaque=opaque,
        )

    def _media_type(self, headers: HeaderBlock, declared: str, default: str) -> str:
        if not headers.first("content-type"):
            return default
        if _TYPE.fullmatch(declared):
            return declared
        self._note("Eine Inhaltsangabe (Content-Type) war unlesbar und wurde erraten.")
        named = "application/octet-stream" if headers.first("content-disposition") else "text/plain"
        return {"text": "text/plain", "html": "text/html"}.get(declared, named)

    def _children(
        self, headers: HeaderBlock, end: int, boundary: str, media_type: str, depth: int
    ) -> tuple[Part, ...]:
        """Split a multipart body; no parts means that it has to be read as plain text."""
        spans, closed = self._spans(headers.body_start, end, boundary)
        if not spans and (guess := _OPENING.search(self.data, headers.body_start, end)):
            spans, closed = self._spans(headers.body_start, end, raw_text(guess[1]))
            self._note("Die Trennlinie zwischen den Teilen war falsch angegeben und wurde erraten.")
        if not spans:
            self._note("Die angekündigten Teile der Nachricht fehlen; sie wurde als Text gelesen.")
        elif not closed:
            self._note("Das Ende der Nachricht fehlt; sie ist vielleicht unvollständig.")
        default = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
        children: list[Part] = []
        for start, stop in spans:
            if self._left <= 0:
                self._note(f"Die Nachricht hat mehr als {MAX_PARTS} Teile; die übrigen wurden nicht gelesen.")
                break
            block = read_headers(self.data, start, stop, scan_limit=HEADER_LIMIT)
            children.append(self._part(block, start, stop, depth=depth + 1, default=default))
        return tuple(children)

    def _spans(self, start: int, end: int, boundary: str) -> tuple[list[tuple[int, int]], bool]:
        """Return the offsets between the boundary lines and whether the closing one is there."""
        if not boundary:
            return [], False
        quoted = re.escape(boundary.encode("utf-8", "surrogateescape"))
        # Beginning with a literal line feed keeps the search fast; the one before the body counts.
        line = re.compile(rb"\n--" + quoted + rb"(--)?[ \t]{0,80}(?:\r?\n|\Z)")
        spans: list[tuple[int, int]] = []
        opened, pos = -1, max(0, start - 1)
        while len(spans) <= MAX_PARTS and (hit := line.search(self.data, pos, end)):
            if opened >= 0:
                spans.append((opened, _before_break(self.data, opened, hit.start() + 1)))
            opened = hit.end()
            pos = opened - 1
            if hit[1]:
                return spans, True
        if opened >= 0:
            spans.append((opened, end))
        return spans, len(spans) > MAX_PARTS

    def _note(self, text: str) -> None:
        self.notes[text] = None


def _before_break(data: bytes, start: int, end: int) -> int:
    """Return the end without the line break that belongs to the boundary, RFC 2046 5.1.1."""
    if end > start and data[end - 1 : end] == b"\n":
        end -= 1
        if end > start and data[end - 1 : end] == b"\r":
            end -= 1
    return end
