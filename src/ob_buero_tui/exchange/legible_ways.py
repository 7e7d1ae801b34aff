"""Other ways to write a text, undone: marks of HTML, XML and RTF, fields of lists, calendars and JSON."""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Iterator
from typing import Final

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

_FOLDED: Final = re.compile(r"\r?\n[ \t]")
_LETTER_FOLDED: Final = re.compile(rb"(?<=[\x80-\xf4])\r?\n[ \t](?=[\x80-\xbf])")
_RECORD: Final = ("BEGIN:V", "begin:v", "Begin:V")
"""How calendars and contacts begin."""
_ESCAPED: Final = re.compile(r"\\(?:([nN])|([,;]))")
_JSON_LETTER: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_JSON_KEY: Final = re.compile(r'"[^"\n]{1,80}+"\s*+:\s*+')
_JSON_BETWEEN: Final = re.compile(r'"\s*+,\s*+"')
_BETWEEN: Final = re.compile(r"[;,|](?=\S)")
"""What stands between two fields of a line; in a sentence a blank follows."""


def ways_of(text: str) -> Iterator[str]:
    """The text, and what it says read as each format that it may be in."""
    yield text
    if "<" in text and ">" in text:
        yield without_tags(text)
    if "&" in text:
        yield html.unescape(text)  # with tags too: their attributes are not between them
    if text.startswith("{\\rtf"):
        yield _of_rtf(text)
    elif "\\u" in text or text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        yield _of_json(text)
    if any(begin in text for begin in _RECORD):
        text = _FOLDED.sub("", text)  # RFC 5545 3.1, RFC 6350 3.2: the break may part a word
        text = _ESCAPED.sub(lambda match: "\n" if match[1] else f"{match[2]} ", text)
        yield text
    if fields := _fields(text):
        yield fields


def rewritten(data: bytes) -> Iterator[bytes]:
    """Calendars and contacts whose lines break inside of a letter, or that are coded as quoted-printable."""
    if any(begin.encode() in data for begin in _RECORD):
        if _LETTER_FOLDED.search(data):
            yield _LETTER_FOLDED.sub(b"", data)
        if b"QUOTED-PRINTABLE" in data or b"quoted-printable" in data:
            yield quopri.decodestring(data)


def _fields(text: str) -> str:
    """The lines that have fields, as words stand side by side in them: given and family name are two."""
    lines = (line for line in text.splitlines() if _BETWEEN.search(line))
    return "\n|\n".join(_BETWEEN.sub(" ", line).replace('"', " ") for line in lines)


def _of_json(text: str) -> str:
    """The values one after the other, without their names."""
    plain = _JSON_LETTER.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", text)
    return _whole(_JSON_BETWEEN.sub(" ", _JSON_KEY.sub("", plain)))


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

    return _whole(_RTF_LETTER.sub(letter, text))


def _whole(text: str) -> str:
    """The text with letters in place of the halves of letters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
