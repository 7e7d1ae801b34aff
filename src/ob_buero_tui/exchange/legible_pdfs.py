"""The words of many PDF files: a process apart reads several at a time, as its start takes long."""

from __future__ import annotations

import hashlib
from typing import Final

from ob_buero_tui.exchange.apart import ReaderDied, read_apart
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.refusals import Refusal

_LENGTH: Final = 8
Words = list[str] | None
"""The text of a file, what was left out, then in base64 what is in it; None where nothing can be read."""


class PdfWords:
    """Reads files when there are enough of them, each once, and knows what stood in them."""

    def __init__(self) -> None:
        self._known: dict[str, Words] = {}
        self._waiting: dict[str, bytes] = {}

    def add(self, data: bytes) -> None:
        """Have a file read with others."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._known or digest in self._waiting:
            return
        self._waiting[digest] = data
        if (
            len(self._waiting) >= limits.LEGIBLE_AT_ONCE
            or sum(map(len, self._waiting.values())) >= limits.LEGIBLE_BYTES
        ):
            self.read()

    def read(self) -> None:
        """Read what waits."""
        waiting, self._waiting = self._waiting, {}
        if len(waiting) > 1:
            try:
                found = read_apart("many", packed(list(waiting.values())), ".pdf")
            except (ReaderDied, Refusal):  # one of them took it all down: each alone
                pass
            else:
                self._known |= dict(zip(waiting, found, strict=True))
                return
        for digest, data in waiting.items():
            self._known[digest] = _alone(data)

    def of(self, data: bytes) -> Words:
        """What stands in a file."""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._known:
            self._waiting.setdefault(digest, data)
            self.read()
        return self._known[digest]


def packed(files: list[bytes]) -> bytes:
    """Several files as one, each behind its length."""
    return b"".join(len(data).to_bytes(_LENGTH) + data for data in files)


def unpacked(data: bytes) -> list[bytes]:
    """The files of `packed`."""
    files, at = [], 0
    while at < len(data):
        end = at + _LENGTH + int.from_bytes(data[at : at + _LENGTH])
        files.append(data[at + _LENGTH : end])
        at = end
    return files


def _alone(data: bytes) -> Words:
    try:
        found: Words = read_apart("words", data, ".pdf")
    except (ReaderDied, Refusal):
        return None
    return found
