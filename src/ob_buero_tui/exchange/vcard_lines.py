"""Takes a vCard file apart into cards and each card into logical lines, before anything is understood.

Pictures and sounds are dropped here: they are most of a file and none of its facts.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ob_buero_tui.exchange.mail_charset import decode_text
from ob_buero_tui.rules import limits

MAX_LINES = limits.CARD_LINES
"""Logical lines of one card; more are no address."""
MAX_CHARS = limits.CARD_CHARACTERS
"""Characters of one card without its pictures."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MEDIA = re.compile(r"(?:[\w-]+\.)?(PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_HEADER = re.compile(r"[\w-]+(?:\.[\w-]+)?(?:;[^:]*)?:")
_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE(?=[;:])", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=\"?([\w.:-]+)\"?(?=[;:])", re.IGNORECASE)
_CHARSET_BYTES = re.compile(rb"^[^:]*;CHARSET=\"?([\w.-]+)", re.IGNORECASE)
_LINE = re.compile(r"\r\n|\r|\n")
_BEGIN = re.compile(r"\s*(?:[\w-]+\.)?BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(r"\s*(?:[\w-]+\.)?END\s*:\s*VCARD\s*", re.IGNORECASE)


@dataclass(slots=True)
class RawCard:
    """The logical lines of one card, quoted-printable already taken out.

    Args:
        position: Which card of the file, counted from 1.
        media: Properties with pictures, sounds or keys that were dropped.
        fault: The German reason why the card cannot be read, or "".
    """

    position: int
    lines: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    fault: str = ""
    size: int = 0


def file_text(data: bytes) -> str:
    """Decode a file: by its BOM, else as UTF-8, else line by line, as 2.1 names a charset per line."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return data.decode(charset, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_line_text(line) for line in data.splitlines())


def _line_text(line: bytes) -> str:
    if line.isascii():
        return line.decode("ascii")
    named = _CHARSET_BYTES.match(line)
    return decode_text(line, named[1].decode("ascii") if named else "").text


def raw_cards(text: str) -> Iterator[RawCard]:
    """The cards of a file in their order; what stands between cards is passed over."""
    card: RawCard | None = None
    lines: list[str] = []
    count = 0
    for line in _LINE.split(text):
        if _BEGIN.fullmatch(line):
            if card is not None:
                card.fault = "Das Ende der Karte (END:VCARD) fehlt."
                yield card
            count += 1
            card, lines = RawCard(position=count), []
        elif card is None:
            continue
        elif _END.fullmatch(line):
            _unfold(card, lines)
            yield card
            card = None
        else:
            lines.append(line)
    if card is not None:
        card.fault = "Die Datei endet mitten in der Karte."
        yield card


def _unfold(card: RawCard, lines: list[str]) -> None:
    """Join folded lines (RFC 6350, 3.2) and soft line breaks of quoted-printable, and drop pictures."""
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not line.strip():
            continue
        media = _MEDIA.match(line)
        if media:
            index = _after_media(lines, index)
            card.media.append(media[1].upper())
            continue
        parts, index = _whole(line, lines, index)
        logical = _without_quotes(parts)
        card.size += len(logical)
        if len(card.lines) >= MAX_LINES or card.size > MAX_CHARS:
            card.fault = "Die Karte ist zu groß für eine Anschrift."
            return
        card.lines.append(logical)


def _whole(line: str, lines: list[str], index: int) -> tuple[list[str], int]:
    """The physical lines that belong to one logical line."""
    quoted = _QUOTED.search(line.partition(":")[0] + ":") is not None
    parts = [line]
    while index < len(lines):
        following = lines[index]
        if quoted and parts[-1].endswith("="):
            parts.append(following)
        elif following[:1] in (" ", "\t") and following.strip():
            parts.append(following[1:])
        else:
            break
        index += 1
    return parts, index


def _without_quotes(parts: list[str]) -> str:
    """A logical line; in quoted-printable its value is decoded and the two parameters are taken out."""
    head, colon, first = parts[0].partition(":")
    if not (colon and _QUOTED.search(head + colon)):
        return "".join(parts)
    named = _CHARSET.search(head + colon)
    value = "\n".join((first, *parts[1:]))
    decoded = decode_text(quopri.decodestring(value.encode("utf-8")), named[1] if named else "").text
    head = _CHARSET.sub("", _QUOTED.sub("", head + colon))
    # Where Outlook quoted a line break, an escaped one keeps the line whole.
    return head + decoded.replace("\r\n", "\n").replace("\n", "\\n")


def _after_media(lines: list[str], index: int) -> int:
    """Where a picture ends: its lines begin with a blank, or (2.1) hold nothing like a property."""
    while index < len(lines) and not _HEADER.match(lines[index]):
        index += 1
    return index
