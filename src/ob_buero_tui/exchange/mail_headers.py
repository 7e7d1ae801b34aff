"""Reads the header fields of a mail or of one of its parts, tolerant and in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ob_buero_tui.rules import limits

# 64 kB of header text are read per block: what is longer was made to hurt (reference reliability 4).
HEADER_LIMIT = limits.MAIL_HEADERS
FIELD_LIMIT = limits.MAIL_FIELD
# How far lines are looked at one by one; beyond, only the end of the block is searched.
_SCAN_LIMIT = limits.MAIL_SCANNED

# fmt: off
WANTED = frozenset((
    "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
    "return-path", "x-envelope-from", "x-failed-recipients", "auto-submitted",
    "precedence", "list-unsubscribe", "x-autoreply", "x-autorespond",
    "content-type", "content-disposition", "content-transfer-encoding",
))
# One of these must be there for a file to count as a mail at all.
_TELLTALE = frozenset((
    "from", "sender", "reply-to", "to", "cc", "subject", "message-id", "received", "return-path",
    "delivered-to", "x-envelope-from", "mime-version", "content-type",
))
# fmt: on
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderBlock:
    """The fields that matter of one header block.

    Args:
        fields: Lower-case name and raw unfolded value, in order of appearance.
        body_start: Offset of the first byte after the block.
        is_mail: At least one field is there that only mails have.
        cut: A field or the block was longer than the limits.
        broken: The block did not end with an empty line.
    """

    fields: tuple[tuple[str, bytes], ...]
    body_start: int
    is_mail: bool
    cut: bool
    broken: bool

    def first(self, name: str) -> bytes:
        """Return the raw value of the first field of this name, b"" if there is none."""
        return next((value for key, value in self.fields if key == name), b"")

    def count(self, name: str) -> int:
        """Return how often a field of this name appears."""
        return sum(1 for key, _ in self.fields if key == name)


def read_headers(
    data: bytes, start: int, end: int, *, scan_limit: int = _SCAN_LIMIT, junk: int = 0
) -> HeaderBlock:
    """Read the header block that begins at an offset.

    Args:
        data: The whole file.
        start: Offset of the first header byte.
        end: Offset behind the last byte of this mail or part.
        scan_limit: Bytes to look at line by line.
        junk: How many lines that are no fields to skip before the first telltale field.
    """
    scan = _Scan(junk)
    body_start = _scan_lines(data, start, end, scan, scan_limit)
    if scan.broken and not scan.fields and not scan.is_mail:
        body_start = start  # a part without any header: its first lines only looked like fields
    fields = tuple((name, b" ".join(chunks)) for name, chunks in scan.fields)
    return HeaderBlock(
        fields=fields, body_start=body_start, is_mail=scan.is_mail, cut=scan.cut, broken=scan.broken
    )


class _Scan:
    """Collects wanted fields within the limits."""

    def __init__(self, junk: int) -> None:
        self.junk = junk
        self.fields: list[tuple[str, list[bytes]]] = []
        self.is_mail = False
        self.cut = False
        self.broken = False
        self._current: list[bytes] | None = None
        self._field_room = 0
        self._room = HEADER_LIMIT

    def begin(self, name: str, value: bytes) -> None:
        self.is_mail = self.is_mail or name in _TELLTALE
        self._current = None
        if name in WANTED:
            self._current = []
            self.fields.append((name, self._current))
            self._field_room = FIELD_LIMIT
            self.go_on(value)

    def go_on(self, value: bytes) -> None:
        if self._current is None:
            return
        room = max(0, min(self._room, self._field_room))
        kept = value.strip(b" \t\r\n")[:room]
        self.cut = self.cut or len(value.strip(b" \t\r\n")) > room
        self._room -= len(kept)
        self._field_room -= len(kept)
        if kept:
            self._current.append(kept)


def _scan_lines(data: bytes, start: int, end: int, scan: _Scan, limit: int) -> int:
    """Feed each line of the block to the scan and return where the body begins."""
    for pos, stop in _lines(data, start, end):
        if pos - start > limit:
            scan.cut = True
            blank = _BLANK.search(data, pos - 1, end)  # this line may be the empty one
            return blank.end() if blank else end
        line = data[pos : min(stop, pos + HEADER_LIMIT + 1)]
        if not line.strip(b"\r\n"):
            return stop
        if line[:1] in (b" ", b"\t"):
            scan.go_on(line)
        elif match := _FIELD.match(line):
            scan.begin(match[1].decode("ascii").lower(), line[match.end() :])
        elif not line.startswith((b"From ", b">From ")):  # mbox separators are skipped
            scan.broken = True
            if scan.is_mail or not scan.junk:
                return pos
            scan.junk -= 1
    scan.broken = True
    return end


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end offset of each line, the line break included."""
    pos = start
    while pos < end:
        stop = data.find(b"\n", pos, end) + 1 or end
        yield pos, stop
        pos = stop
