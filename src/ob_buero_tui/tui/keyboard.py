"""Bytes from the keyboard that are no UTF-8 become letters instead of ending the app.

A PuTTY window set to Latin-1 sends `ü` as one byte; Textual 8.2.8 dies of it (reliability.md 6). The decoder
here takes such bytes as Windows-1252 and is put in the driver's place.
"""

from __future__ import annotations

import codecs
from typing import Final

_LONELY: Final = frozenset("ÄÖÜßä".encode("cp1252"))
"""German letters whose Latin-1 byte looks like the beginning of a longer UTF-8 character."""


class KeyboardDecoder(codecs.IncrementalDecoder):
    """UTF-8 with a fall-back to Windows-1252, byte by byte."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._utf8 = codecs.getincrementaldecoder("utf-8")("ob-buero-cp1252")

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        """Decode what one read gave.

        A single byte on its own is a single key: no terminal sends half a character. So it need not wait
        for the next key to become a letter.
        """
        if len(data) == 1 and data[0] in _LONELY and not self._utf8.getstate()[0]:
            return data.decode("cp1252")
        return self._utf8.decode(data, final)

    def reset(self) -> None:
        """Forget an unfinished character."""
        self._utf8.reset()


def install() -> None:
    """Let Textual's drivers read the keyboard through `KeyboardDecoder`."""
    codecs.register_error("ob-buero-cp1252", _as_cp1252)
    try:
        from textual.drivers import linux_driver, linux_inline_driver
    except ImportError:  # no POSIX terminal: the Windows driver gets characters, not bytes
        return
    for driver in (linux_driver, linux_inline_driver):
        driver.getincrementaldecoder = _decoder  # type: ignore[attr-defined]


def _decoder(_encoding: str) -> type[KeyboardDecoder]:
    return KeyboardDecoder


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end
