"""The text of a calendar file: decoded, cut into components, and split into properties, losing nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# Components that stand for something of their own; one inside another means that an END is missing.
TOP = frozenset(("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"))

_EDGE = re.compile(r"^(BEGIN|END)[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(r"\r?\n[ \t]")
_FOLD_BYTES = re.compile(rb"\r?\n[ \t]")
_LINE = re.compile(r'([A-Za-z0-9-]+)[ \t]*(;(?:[^":]|"[^"]*")*+)?:(.*)', re.DOTALL)
# For a line whose quotation marks do not pair.
_LINE_LOOSE = re.compile(r"([A-Za-z0-9-]+)[ \t]*(;[^:]*)?:(.*)", re.DOTALL)
_PARAMETER = re.compile(r';[ \t]*([A-Za-z0-9-]+)[ \t]*=[ \t]*("[^"]*"|[^;"]*)')


class Property(NamedTuple):
    """One property: its parameters from the first semicolon on, and its value, both as written."""

    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """Return the value of a parameter without quotation marks, or ""."""
        if not self.parameters:
            return ""
        for match in _PARAMETER.finditer(self.parameters):
            if match.group(1).upper() == name:
                return match.group(2).strip().strip('"').strip()
        return ""


@dataclass(slots=True)
class RawCalendar:
    """One VCALENDAR: the text of its own properties, its events and time zones.

    Args:
        header: Pieces of text with the calendar's own properties.
        events: Text of each VEVENT with its position in the file (from 1); None where its end is missing.
        timezones: Text of each VTIMEZONE.
    """

    header: list[str] = field(default_factory=list)
    events: list[tuple[int, str | None]] = field(default_factory=list)
    timezones: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawFile:
    """All calendars of a file, and how many other components were passed over."""

    calendars: list[RawCalendar] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    found_any: bool = False


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and a German note when it is not plain UTF-8.

    UTF-8 comes first. Some programs fold inside a character; then the folds are taken out. What is still no
    UTF-8 is read line by line, as Windows-1252 where it must be.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "Die Datei ist in UTF-16 gespeichert."
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    unfolded = _FOLD_BYTES.sub(b"", data)
    try:
        return unfolded.decode("utf-8-sig"), "Die Datei trennt Zeilen mitten im Zeichen; das wurde behoben."
    except UnicodeDecodeError:
        pass
    text = "\n".join(_decode_line(line) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    return text, "Die Datei ist nicht ganz in UTF-8 gespeichert; der Rest wurde als Windows-1252 gelesen."


def _decode_line(line: bytes) -> str:
    """Decode one line as UTF-8 or else as Windows-1252."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def split_file(text: str) -> RawFile:
    """Cut the text of a file into calendars and components; an event outside of any calendar is taken too."""
    found = RawFile()
    cutter = _Cutter(text, found)
    for edge in _EDGE.finditer(text):
        found.found_any = True
        name = edge.group(2).strip().upper()
        if edge.group(1).upper() == "BEGIN":
            cutter.begin(name, edge.start(), edge.end())
        else:
            cutter.end(name, edge.start(), edge.end())
    cutter.finish()
    return found


class _Cutter:
    """Follows BEGIN and END and cuts out what lies between."""

    def __init__(self, text: str, found: RawFile) -> None:
        self._text = text
        self._found = found
        self._open: list[tuple[str, int]] = []
        self._names: Counter[str] = Counter()
        self._top: str = ""
        self._after = 0
        self._position = 0

    def begin(self, name: str, start: int, stop: int) -> None:
        """Note the beginning of a component."""
        self._keep_header(start)
        if name == "VCALENDAR" or (self._top and name in TOP):
            self._give_up()
        if name == "VCALENDAR":
            self._open.clear()
            self._names.clear()
            self._found.calendars.append(RawCalendar())
        if name in TOP:
            self._top = name
            self._position += name == "VEVENT"
        self._open.append((name, start))
        self._names[name] += 1
        self._after = stop

    def end(self, name: str, start: int, stop: int) -> None:
        """Note the end of a component and cut it out; an END that nothing began is passed over."""
        self._keep_header(start)
        self._after = stop
        if not self._names[name]:
            return
        while True:
            opened, where = self._open.pop()
            self._names[opened] -= 1
            if opened == self._top and opened != name:
                self._lose()
            if opened == name:
                break
        if name == self._top:
            self._top = ""
            self._store(name, self._text[where:stop])

    def finish(self) -> None:
        """Note what the end of the file left open."""
        if self._top:
            self._lose()

    def _calendar(self) -> RawCalendar:
        if not self._found.calendars:
            self._found.calendars.append(RawCalendar())
        return self._found.calendars[-1]

    def _keep_header(self, start: int) -> None:
        """Keep what stood between two components of a calendar."""
        if self._open and self._open[-1][0] == "VCALENDAR" and start - self._after > 2:
            self._calendar().header.append(self._text[self._after : start])

    def _give_up(self) -> None:
        """Drop the open component whose END never came, and what it contains."""
        if not self._top:
            return
        while self._open:
            opened, _ = self._open.pop()
            self._names[opened] -= 1
            if opened == self._top:
                break
        self._lose()

    def _lose(self) -> None:
        """Record a component without an end."""
        if self._top == "VEVENT":
            self._calendar().events.append((self._position, None))
        self._top = ""

    def _store(self, name: str, text: str) -> None:
        if name == "VEVENT":
            self._calendar().events.append((self._position, text))
        elif name == "VTIMEZONE":
            self._calendar().timezones.append(text)
        else:
            self._found.others[name] += 1


def lines(text: str) -> Iterator[str]:
    """Yield the unfolded lines of a text."""
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub("", text)
    for line in text.split("\n"):
        line = line.rstrip("\r")
        if line:
            yield line


def properties(text: str, wanted: frozenset[str]) -> tuple[dict[str, list[Property]], Counter[str]]:
    """Return the wanted properties of a component, and how often each component inside it occurs.

    Args:
        text: From BEGIN to END, or lines without any component.
        wanted: Names in capitals; the properties of inner components are never returned.
    """
    found: dict[str, list[Property]] = {}
    inner: Counter[str] = Counter()
    depth = 0
    for line in lines(text):
        match = _LINE.match(line) or _LINE_LOOSE.match(line)
        if match is None:
            continue
        name, parameters, value = match.groups()
        name = name.upper()
        if name == "BEGIN":
            depth += 1
            if depth == 2:
                inner[value.strip().upper()] += 1
        elif name == "END":
            depth -= 1
        elif depth <= 1 and name in wanted:
            found.setdefault(name, []).append(Property(parameters or "", value))
    return found, inner
