"""What one look at the files of a calendar brought, before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Stamp = tuple[int, int]
"""Size and time of the last change of a file, in bytes and nanoseconds."""
Stamps = Mapping[str, Stamp]

_BEGIN = re.compile(rb"^BEGIN:VCALENDAR[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_END = re.compile(rb"^END:VCALENDAR[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFile:
    """One calendar file.

    Args:
        path: Where it lies, its name from look to look.
        stamp: How it was before and after it was read.
        data: Its bytes; None where it is as it was at the last look, or was not to be read.
        problem: German, why it was not to be read just now; "" where nothing is wrong.
    """

    path: str
    stamp: Stamp
    data: bytes | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What lies there.

    Args:
        files: By name, in a stable order.
        problem: German, why nothing of it could be read; "" where there is something.
        steady: Whether the same files lay there before and after the look; otherwise somebody is writing.
    """

    files: tuple[FeedFile, ...] = ()
    problem: str = ""
    steady: bool = True


def unfinished(data: bytes) -> str:
    """Why bytes are no whole calendar file, in German; "" for a whole one."""
    if not data.strip(b"\0\r\n\t "):
        return "Die Datei ist leer."
    begun, ended = len(_BEGIN.findall(data)), len(_END.findall(data))
    if not begun:
        return "Die Datei enthält keinen Kalender."
    if begun != ended:
        return "Die Datei ist noch nicht vollständig geschrieben."
    return ""
