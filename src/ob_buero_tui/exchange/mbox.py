"""Takes a mailbox file (.mbox) apart into the bytes of its messages.

The format has no standard (RFC 4155 names its variants): messages are told apart by „From “ lines, and such a
line inside a message is quoted with „>“. Programs forget blank lines and quoting, so a line counts only with
a header below it.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ob_buero_tui.rules.refusals import Refusal

Bytes = bytes | mmap.mmap
"""What is read: a large file is mapped, never read as a whole."""

_FROM = re.compile(rb"(?m)^From [^\r\n]*\r?\n")
# An address or a dash, then a time of day: „From - Tue Nov 17 11:48:33 2026“.
_ENVELOPE = re.compile(rb"From [ \t]*\S+[ \t].*\d{1,2}:\d{2}")
_FIELD = re.compile(rb"[!-9;-~]{1,76}:")
_MAIL_FIELD = re.compile(
    rb"(?i)(?:return-path|received|from|to|cc|subject|date|message-id|delivered-to|mime-version|reply-to"
    rb"|content-[a-z-]+|x-[a-z0-9-]+|status|sender|dkim-signature|authentication-results):"
)
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_MOZILLA = re.compile(rb"(?im)^x-mozilla-status:[ \t]*([0-9a-f]{4})[ \t]*\r?$")
_MOZILLA_DELETED = 0x0008
_HEAD = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """One message of a mailbox: its place in the file, counted from 1, and its bytes as a mail.

    Args:
        deleted: Thunderbird has it marked as deleted and only not cleaned up yet.
    """

    number: int
    data: bytes
    deleted: bool


def messages(data: Bytes) -> Iterator[Boxed]:
    """The messages of a mailbox, one after the other.

    Raises:
        Refusal: the file has no line that begins a message.
    """
    starts = _starts(data)
    first = next(starts, None)
    if first is None:
        raise Refusal(
            "Die Datei ist kein E-Mail-Postfach.",
            "Ihr fehlen die Zeilen „From …“, die Nachrichten trennen." if len(data) else "Sie ist leer.",
            "Bitte den Ordner im E-Mail-Programm noch einmal als .mbox ausgeben.",
        )
    number, begin = 1, first[1]
    for line, body in starts:
        yield _boxed(number, data[begin:line])
        number, begin = number + 1, body
    yield _boxed(number, data[begin : len(data)])


def _starts(data: Bytes) -> Iterator[tuple[int, int]]:
    """Offsets of each separating line and of what follows it."""
    for hit in _FROM.finditer(data):
        below = data[hit.end() : hit.end() + 80]
        if _FIELD.match(below) is None:
            continue
        sure = _ENVELOPE.match(hit[0]) is not None
        begins_mail = _MAIL_FIELD.match(below) is not None
        before = data[max(0, hit.start() - 3) : hit.start()]
        apart = hit.start() == 0 or before.replace(b"\r", b"").endswith(b"\n\n") or not before.strip()
        if (sure and begins_mail) or (apart and (sure or begins_mail)):
            yield hit.start(), hit.end()


def _boxed(number: int, raw: bytes) -> Boxed:
    mark = _MOZILLA.search(raw[:_HEAD])
    return Boxed(
        number=number,
        data=_QUOTED.sub(rb"\1", raw).rstrip(b"\r\n") + b"\r\n" if raw.strip() else b"",
        deleted=mark is not None and bool(int(mark[1], 16) & _MOZILLA_DELETED),
    )
