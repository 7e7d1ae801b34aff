"""Components go out in the very words they came in, but for the properties that were changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_ENDS = re.compile(r"\r?\n")
_NAME = re.compile(r"([A-Za-z0-9-]+)[ \t]*[;:]")
_TZID = re.compile(r"^[A-Za-z-]+;[^:\r\n]*?TZID=(\"[^\"]*\"|[^;:\r\n]+)", re.MULTILINE | re.IGNORECASE)
_INNER = re.compile(r"^BEGIN[ \t]*:", re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")


def as_it_came(raw: str) -> str:
    """The text of a component with the line ends that RFC 5545 asks for, nothing else touched."""
    return _ENDS.sub("\r\n", raw)


def sound(raw: str) -> str:
    """A component as others can read it: without its alarms where one of them would spoil the whole file.

    What is odd in an event itself is passed over by every reader; what is odd in a component inside it makes
    strict readers, icalendar among them, give the calendar up.
    """
    if len(_INNER.findall(raw)) < 2 or _readable(raw):
        return raw
    return _without_inner(raw)


def _readable(raw: str) -> bool:
    from icalendar import Event

    try:
        Event.from_ical(as_it_came(raw))
    except Exception:  # Whatever it is, a stranger's program may stumble over it too.
        return False
    return True


def _without_inner(raw: str) -> str:
    kept: list[str] = []
    depth = 0
    for name, line in _properties(raw):
        depth += name == "BEGIN"
        if depth <= 1:
            kept.append(line)
        depth -= name == "END"
    return "\r\n".join(kept)


def zones_named(raw: str) -> set[str]:
    """The time zones that a component names, as it writes them."""
    if "TZID" not in raw.upper():
        return set()
    text = _FOLD.sub("", raw) if "\n " in raw or "\n\t" in raw else raw
    return {name.strip('"') for name in _TZID.findall(text)}


def patched(raw: str, replaced: Mapping[str, Sequence[str]]) -> str:
    """A component with some of its own properties written anew; all else keeps its words and folds.

    Args:
        raw: From BEGIN:VEVENT to END:VEVENT.
        replaced: New lines by the name of the property in capitals; none takes the property out.
    """
    kept: list[str] = []
    depth, where = 0, 0
    for name, line in _properties(raw):
        if name == "BEGIN":
            depth += 1
        if (name == "BEGIN" and depth == 2) or (name == "END" and depth == 1):
            where = where or len(kept)  # before the first component inside, else before the end
        if not (depth == 1 and name in replaced):
            kept.append(line)
        if name == "END":
            depth -= 1
    where = where or len(kept)
    new = [line for name in sorted(replaced) for line in replaced[name]]
    return "\r\n".join([*kept[:where], *new, *kept[where:]])


def own_lines(raw: str, name: str) -> list[str]:
    """The lines of one property of a component in its own words, folds and all; not of what is inside it.

    Args:
        name: The property in capitals.
    """
    found: list[str] = []
    depth = 0
    for called, line in _properties(raw):
        depth += called == "BEGIN"
        if depth == 1 and called == name:
            found.append(line)
        depth -= called == "END"
    return found


def _properties(raw: str) -> Iterator[tuple[str, str]]:
    """The properties of a text with their names in capitals, folds and all."""
    lines: list[str] = []
    for line in _ENDS.split(raw):
        if lines and line[:1] not in (" ", "\t"):
            yield _name(lines[0]), "\r\n".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield _name(lines[0]), "\r\n".join(lines)


def _name(line: str) -> str:
    found = _NAME.match(line)
    return found[1].upper() if found else ""
