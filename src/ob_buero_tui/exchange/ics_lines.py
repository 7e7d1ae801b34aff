"""Lines of a calendar file, made by icalendar: escaped, folded at 75 octets, with their parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

NO_ADDRESS = "invalid:nomail"
"""What stands for the address of somebody who has none."""
_PERSON = re.compile(r"(?:(?P<name>.*?) )?<(?P<address>[^<>]+)>", re.DOTALL)
# Short and plain: nothing to escape, nothing to fold.
_PLAIN = re.compile(r"[ !#-+\--9<-\[\]-~]{0,60}")
_LINE_END = re.compile(r"[\r\n]+")


class LineWriter:
    """Writes properties of a component, each as one line with its folds, without the last CR LF."""

    def __init__(self) -> None:
        from icalendar.parser import Contentline, Parameters
        from icalendar.prop import vText

        self._line: Any = Contentline
        self._parameters: Any = Parameters
        self._text: Any = vText

    def text(self, name: str, value: str) -> str:
        """A text: backslash, comma, semicolon and line feeds are escaped."""
        if _PLAIN.fullmatch(value):
            return f"{name}:{value}"
        escaped = self._text(value.replace("\r\n", "\n").replace("\r", "\n")).to_ical().decode("utf-8")
        return self._folded(name, {}, escaped)

    def plain(self, name: str, value: str) -> str:
        """A value that is no text, as it is; a line end in it would begin a property of its own."""
        if len(value) <= 60 and value.isascii() and value.isprintable():
            return f"{name}:{value}"
        return self._folded(name, {}, _LINE_END.sub(" ", value))

    def moment(self, name: str, value: date | datetime, tzid: str, *, all_day: bool) -> str:
        """A date, or a wall time in a zone."""
        if all_day or not isinstance(value, datetime):
            return f"{name};VALUE=DATE:{value:%Y%m%d}"
        if tzid == "UTC":
            return f"{name}:{value:%Y%m%dT%H%M%S}Z"
        return f"{name};TZID={tzid}:{value:%Y%m%dT%H%M%S}"

    def instant(self, name: str, value: datetime) -> str:
        """An aware instant, in UTC."""
        return f"{name}:{value.astimezone(UTC):%Y%m%dT%H%M%S}Z"

    def person(self, name: str, value: str, **parameters: str) -> str:
        """Somebody given as "Name <address>", as an address or as a name alone.

        Args:
            parameters: What else is said of them, such as PARTSTAT="ACCEPTED", in its order after CN.
        """
        found = _PERSON.fullmatch(value)
        called, address = (found["name"] or "", found["address"]) if found else (value, "")
        if found is None and "@" in value and " " not in value:
            called, address = "", value
        # A calendar address is a URI (RFC 5545, 3.3.3); Outlook writes and reads that one for none.
        address = f"mailto:{''.join(address.split())}" if address.strip() else NO_ADDRESS
        named = {"CN": _LINE_END.sub(" ", called)} if called else {}
        return self._folded(name, named | parameters, address)

    def _folded(self, name: str, parameters: Mapping[str, str], value: str) -> str:
        written = self._parameters(parameters).to_ical().decode("utf-8") if parameters else ""
        # Not by `from_parts`: it would escape the value once more, which no rule or address takes.
        line = self._line(f"{name};{written}:{value}" if written else f"{name}:{value}")
        folded: str = line.to_ical().decode("utf-8")
        return folded
