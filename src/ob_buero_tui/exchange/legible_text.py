"""Bytes as texts to search: in any of the usual codes, with and without the marks of HTML, XML and RTF."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

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
_TAG: Final = re.compile(r"<[/!?]?+([A-Za-z][\w.-]*+:)?+([A-Za-z][\w.-]*+)?+[^<>]*+>")
"""Nothing in it is tried twice: a file of one `<` and letters without an end must not take for ever."""
_INLINE: Final = frozenset(
    (
        *("a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "sub", "sup", "mark"),
        *("r", "t", "rpr", "proofErr".lower(), "bookmarkstart", "bookmarkend", "lang", "noproof", "wbr"),
        *("rfonts", "sz", "szcs", "color", "highlight", "softhyphen", "lastrenderedpagebreak", "ins", "abbr"),
    )
)
"""Elements inside a line: programs part a word by them; every other one ends it."""
_RTF_LETTER: Final = re.compile(r"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,5}) ?\??|\\([a-z]{1,20})-?\d* ?|[{}\r\n]")
_RTF_ENDS: Final = frozenset(("par", "line", "tab", "cell", "row", "sect", "page"))


def texts_of_bytes(data: bytes) -> Iterator[str]:
    """Every text that these bytes may be, the likeliest first."""
    for text in _decoded(data):
        yield text
        if "<" in text and ">" in text:
            yield without_tags(text)
        elif "&" in text:
            yield html.unescape(text)
        if text.startswith("{\\rtf"):
            yield _of_rtf(text)


def _decoded(data: bytes) -> Iterator[str]:
    for mark, code in _MARKED:
        if data.startswith(mark):
            yield data.decode(code, "replace")
            break  # and go on: other files begin with these bytes too
    raw = legible(data)
    try:
        yield raw.decode("utf-8")
    except UnicodeDecodeError:
        yield raw.decode("utf-8", "replace")
        yield raw.decode("cp1252", "replace")
    if b"\0" in data:
        yield from _wide(data)


def _wide(data: bytes) -> Iterator[str]:
    """Letters of two bytes: all of it where every other byte is empty, else the runs of them."""
    for (code, runs), second in zip(_WIDE.items(), (1, 0), strict=True):
        if data[second:_LOOKED:2].count(0) * 2 > len(data[second:_LOOKED:2]):
            yield data.decode(code, "replace")
        elif found := b"".join(runs.findall(data)):
            yield found.decode(code, "replace")


def legible(data: bytes) -> bytes:
    """What can be read of bytes: all of a text; of a picture or a packed file what is letters."""
    if len(data.translate(None, _TEXT)) * _ONE_CONTROL_IN <= len(data):
        return data
    return b"\n".join(match.group() for match in _LETTERS.finditer(data))


def without_tags(text: str) -> str:
    """The text between the tags: a word that tags part is one, and what stands in two blocks is two."""
    return html.unescape(_TAG.sub(_beside, text))


def _beside(tag: re.Match[str]) -> str:
    """What a tag stands for."""
    prefix, name = tag[1] or "", (tag[2] or "").lower()
    if prefix == "text:" and name == "s":  # OpenDocument's blank
        return " "
    return "" if name in _INLINE else "\n"


def _of_rtf(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        if match[1]:
            return bytes.fromhex(match[1]).decode("cp1252", "replace")
        if match[2]:
            return chr(int(match[2]) % 0x10000)
        return "\n" if match[3] in _RTF_ENDS else ""

    return _RTF_LETTER.sub(letter, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
