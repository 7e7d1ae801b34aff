"""Bytes as texts to search: in any of the usual codes, and in what other ways they may be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from ob_buero_tui.exchange.legible_ways import rewritten, ways_of
from ob_buero_tui.rules import limits

_TEXT: Final = bytes((9, 10, 11, 12, 13, *range(32, 256)))
_ONE_CONTROL_IN: Final = 100
"""Where one byte in this many is a control code, it is no text."""
_LETTERS: Final = re.compile(rb"(?:[\t\r\n\x20-\x7e]|(?<=[\x20-\x7e])[\x80-\xff]{1,3}(?=[\x20-\x7e])){6,}")
"""Letters of ASCII with single others between them."""
_WIDE: Final = {
    "utf-16-le": re.compile(rb"(?:[\t\r\n\x20-\x7e\xa0-\xff]\0){4,}"),
    "utf-16-be": re.compile(rb"(?:\0[\t\r\n\x20-\x7e\xa0-\xff]){4,}"),
}
"""Letters of two bytes, as old Office files keep them."""
_MARKED: Final = ((b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED: Final = 4_000
_OTHERS: Final = "ob_buero_tui.cp1252"


def edges(picture: bytes) -> bytes:
    """What a picture says of itself stands before or behind its points."""
    if len(picture) <= limits.LEGIBLE_PICTURE:
        return picture
    half = limits.LEGIBLE_PICTURE // 2
    return b"\n".join((picture[:half], picture[-half:]))


def texts_of_bytes(data: bytes) -> Iterator[str]:
    """Every text that these bytes may be, the likeliest first."""
    for one in (data, *rewritten(data)):
        yield from _decoded(one)


def _decoded(data: bytes) -> Iterator[str]:
    for mark, code in _MARKED:
        if data.startswith(mark):
            yield from ways_of(data.decode(code, "replace"))
            break  # and go on: other files begin with these bytes too
    raw = legible(data)
    text = raw.decode("utf-8", _OTHERS)
    if raw is data:
        yield from ways_of(text)
    else:
        yield text  # letters of a picture or program have no format
    if b"\0" in data:
        yield from _wide(data)


def _other(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is mostly the code of Windows, also where both stand in one file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _wide(data: bytes) -> Iterator[str]:
    """Letters of two bytes: all of it where every other byte is empty, else the runs of them."""
    for (code, runs), second in zip(_WIDE.items(), (1, 0), strict=True):
        if data[second:_LOOKED:2].count(0) * 2 > len(data[second:_LOOKED:2]):
            yield from ways_of(data.decode(code, "replace"))
        elif found := b"".join(runs.findall(data)):
            yield found.decode(code, "replace")


def legible(data: bytes) -> bytes:
    """What can be read of bytes: all of a text; of a picture or a packed file what is letters."""
    if len(data.translate(None, _TEXT)) * _ONE_CONTROL_IN <= len(data):
        return data
    return b"\n".join(match.group() for match in _LETTERS.finditer(data))


codecs.register_error(_OTHERS, _other)
