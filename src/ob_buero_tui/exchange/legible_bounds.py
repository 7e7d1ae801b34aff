"""How much of one file is read for words: by bytes, files in it, levels and time, and nothing twice."""

from __future__ import annotations

import hashlib
from time import monotonic

from ob_buero_tui.rules import limits


class Bounds:
    """What is left of them; archives in archives may unpack to any number of files."""

    def __init__(self) -> None:
        self.left = limits.UNPACKED_BYTES
        """Bytes that may still be unpacked; below 0 there were more."""
        self._files = limits.LEGIBLE_MEMBERS
        self._ends = monotonic() + limits.LEGIBLE_SECONDS
        self._seen: set[bytes] = set()

    def allow(self, data: bytes, depth: int) -> bool:
        """Whether one more file is read, which then counts."""
        self.left -= len(data)
        self._files -= 1
        return (
            depth <= limits.LEGIBLE_DEPTH and min(self.left, self._files) >= 0 and monotonic() <= self._ends
        )

    def is_new(self, data: bytes) -> bool:
        """Whether a file was not among those that were read before."""
        digest = hashlib.sha256(data).digest()
        if digest in self._seen:
            return False
        self._seen.add(digest)
        return True
