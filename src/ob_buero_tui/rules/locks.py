"""Blocking notices on a person: what the register of residents or the person itself forbids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Lock(StrEnum):
    """A notice (domain.md 2.1); the office is told of it, it never works one out."""

    WIDERSPRUCH_50_5 = "widerspruch_50_5"
    AUSKUNFTSSPERRE_51 = "auskunftssperre_51"
    SPERRVERMERK_52 = "sperrvermerk_52"


_LABELS: Mapping[Lock, str] = MappingProxyType(
    {
        Lock.WIDERSPRUCH_50_5: "Widerspruch gegen Jubiläumsdaten (§ 50 Abs. 5 BMG)",
        Lock.AUSKUNFTSSPERRE_51: "Auskunftssperre (§ 51 BMG)",
        Lock.SPERRVERMERK_52: "bedingter Sperrvermerk (§ 52 BMG)",
    }
)


def label(lock: Lock) -> str:
    """Return the German name of a notice."""
    return _LABELS[lock]


def stored(lock: Lock, until: date | None = None) -> str:
    """Return a notice as the database keeps it: `code` or `code:2028-05-01`."""
    return f"{lock.value}:{until.isoformat()}" if until else lock.value


def read(text: str) -> tuple[Lock, date | None] | None:
    """Take a stored notice apart; None for one that is not known."""
    code, _, until = text.partition(":")
    try:
        return Lock(code), date.fromisoformat(until) if until else None
    except ValueError:
        return None


def told(texts: Iterable[str]) -> tuple[str, ...]:
    """Return stored notices as lines: „Auskunftssperre (§ 51 BMG) bis 1.05.2028“; an unknown one as it is."""
    lines = []
    for text in texts:
        known = read(text)
        if known is None:
            lines.append(text)
            continue
        lock, until = known
        lines.append(f"{label(lock)} bis {until.day}.{until.month:02}.{until.year}" if until else label(lock))
    return tuple(lines)
