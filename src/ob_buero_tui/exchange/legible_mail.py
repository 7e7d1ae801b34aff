"""A letter's heads and parts with their coding undone, whatever they are, to search in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from ob_buero_tui.exchange.legible_text import texts_of_bytes
from ob_buero_tui.exchange.legible_ways import rewritten, ways_of
from ob_buero_tui.exchange.mail_attachments import FORWARDED
from ob_buero_tui.exchange.mail_charset import decode_text, raw_text
from ob_buero_tui.exchange.mail_headers import HEADER_LIMIT, read_headers
from ob_buero_tui.exchange.mail_parts import Part, Splitter
from ob_buero_tui.exchange.mail_words import decode_words
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.refusals import Refusal

_FOLD: Final = re.compile(rb"\r?\n[ \t]+")
_SEALED: Final = frozenset(
    ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted", "application/ms-tnef")
)
"""Parts that only another program opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One part of a letter.

    Args:
        texts: What can be read of it at once.
        data: The bytes of a file or letter in it; b"" where its texts are all.
        ending: Of that file's name, in lower case with its dot.
        closed: It stays shut here.
    """

    texts: tuple[str, ...]
    data: bytes = b""
    ending: str = ""
    closed: bool = False


def mail_pieces(data: bytes, *, told: bool = True) -> Iterator[Piece]:
    """The parts of a letter in their order; nothing of what is none.

    Args:
        told: With their texts; else only the files in it.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    headers = read_headers(data, 0, len(data), junk=limits.MAIL_JUNK if b"\0" not in data[:4096] else 0)
    if not headers.is_mail:
        return
    splitter = Splitter(data)
    waiting = [splitter.tree(headers, 0)]
    while waiting:
        part = waiting.pop(0)
        waiting += part.children
        yield _piece(part, told)
    # What the splitter leaves out beyond its limits is in the letter all the same.
    if any(f"mehr als {limits.MAIL_PARTS}" in note for note in splitter.notes):
        yield Piece(texts=(), closed=True)


def message_of(data: bytes) -> bytes:
    """An Outlook message as the bytes of a letter; b"" where it is none, or the library is not there."""
    from ob_buero_tui.exchange.msg import as_mail

    try:
        return as_mail(data, {})
    except Refusal:
        return b""


def _piece(part: Part, told: bool) -> Piece:
    is_text = part.media_type.startswith("text/")
    texts = _texts(part, is_text) if told else ()
    if part.children or part.opaque or is_text:
        return Piece(texts=texts, closed=part.opaque)
    ending = ".eml" if part.media_type in FORWARDED else PurePosixPath(part.filename.lower()).suffix
    return Piece(texts=texts, data=part.content(), ending=ending, closed=part.media_type in _SEALED)


def _texts(part: Part, is_text: bool) -> tuple[str, ...]:
    """Its head, and what it says itself."""
    head = part.data[part.start : min(part.headers.body_start, part.start + HEADER_LIMIT)]
    texts = [decode_words(raw_text(_FOLD.sub(b" ", head))), part.filename]
    if is_text and not part.children:
        content = part.content()
        texts += ways_of(decode_text(content, part.params.get("charset", "")).text)
        texts += (other for one in rewritten(content) for other in texts_of_bytes(one))
    return tuple(texts)
