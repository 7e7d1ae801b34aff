"""The properties of one object in an Outlook file, read forgivingly: what is broken is absent."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Any

from ob_buero_tui.exchange.mail_charset import decode_text

MESSAGE, EMBEDDED, PART = 32, 24, 8
"""Bytes before the first entry of a property stream: of the file, of a mail in it, of everything else."""

_CODEPAGE = {65001: "utf-8", 20127: "ascii", 28591: "iso-8859-1", 28605: "iso-8859-15", 1200: "utf-16-le"}
_INT, _TIME = 0x0003, 0x0040
_YEARS = range(1980, 2101)
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Props:
    """One storage of the file with its streams.

    Args:
        storage: As python-oxmsg reads it: streams and storages with their paths.
        header: Bytes before its first property.

    Source: MS-OXMSG 2.4 (property stream), 2.1.2 (names of streams).
    """

    def __init__(self, storage: Any, header: int) -> None:
        self.storage = storage
        self._streams = {_name(stream.path): stream.bytes_ for stream in storage.streams}
        self._fixed = dict(_entries(self._streams.get("__properties_version1.0", b"")[header:]))

    @property
    def has_properties(self) -> bool:
        """Whether there is a property stream at all."""
        return "__properties_version1.0" in self._streams

    def text(self, *tags: int) -> str:
        """The first of these text properties that says something, not cleaned."""
        for tag in tags:
            wide = self._streams.get(f"__substg1.0_{tag:04X}001F", b"")
            narrow = self._streams.get(f"__substg1.0_{tag:04X}001E", b"")
            found = wide.decode("utf-16-le", "replace") or decode_text(narrow, self.charset(0x3FFD)).text
            if found.strip("\0 "):
                return found.rstrip("\0")
        return ""

    def data(self, tag: int) -> bytes | None:
        """A binary property; None where it is missing."""
        return self._streams.get(f"__substg1.0_{tag:04X}0102")

    def charset(self, tag: int) -> str:
        """The charset that a code page property names, "" for none."""
        page = self._fixed.get((tag, _INT))
        if page is None:
            return ""
        number = struct.unpack("<I", page[:4])[0]
        return _CODEPAGE.get(number, f"cp{number}")

    def moment(self, *tags: int) -> datetime | None:
        """The first of these times that can be true: converters write 1601."""
        for tag in tags:
            raw = self._fixed.get((tag, _TIME))
            ticks = struct.unpack("<Q", raw)[0] if raw is not None else 0
            if ticks < 2**62:
                try:
                    found = _EPOCH + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    continue
                if found.year in _YEARS:
                    return found.replace(microsecond=0)
        return None

    def children(self, prefix: str) -> list[Any]:
        """The storages whose name begins so, in their order."""
        return [one for one in self.storage.storages if _name(one.path).startswith(prefix)]


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _entries(stream: bytes) -> list[tuple[tuple[int, int], bytes]]:
    """Tag and type of each entry with its eight bytes; a torn last one is dropped."""
    return [
        ((tag, kind), stream[at + 8 : at + 16])
        for at in range(0, len(stream) - 15, 16)
        for kind, tag in [struct.unpack_from("<HH", stream, at)]
    ]
