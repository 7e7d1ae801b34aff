"""The one small door to a calendar that lives elsewhere: read it, publish into it, send it a message."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from ob_buero_tui.catalog.representation import CalendarSpec
from ob_buero_tui.services.answers.outbox import Waiting
from ob_buero_tui.services.calendars.folder import FolderAdapter
from ob_buero_tui.services.calendars.reading import Reading, Stamps
from ob_buero_tui.services.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An invitation or a cancellation that goes to whoever leads a calendar.

    Args:
        name: What its file or letter is called, without an ending.
        subject, body: What people read.
        to: E-mail address.
        invitation: The calendar file (RFC 5546) that programs read.
        method: REQUEST or CANCEL.
        message_id: Its own id, without angle brackets.
    """

    name: str
    subject: str
    body: str
    to: str
    invitation: bytes
    method: str
    message_id: str


class CalendarAdapter(Protocol):
    """What a place where calendars live must be able to do; files and folders now, CalDAV later."""

    def read(self, known: Stamps, wanted: Collection[str] = ()) -> Reading:
        """What lies there now; what is as it was at the last look is only named.

        Args:
            known: How each file was at the last look, by its name.
            wanted: Names of files that are to be read although they are as they were.
        """
        ...

    def publish(self, name: str, data: bytes) -> bool:
        """Put a calendar there under a name; False where it stands there already.

        Raises:
            Refusal: the place does not take it.
        """
        ...

    def send(self, message: Message) -> Waiting:
        """Make an invitation ready; it goes out by `bring_out`, after the step that sends it is stored.

        Raises:
            Refusal: the place does not take it.
        """
        ...


def adapter_of(place: Workplace, spec: CalendarSpec) -> CalendarAdapter:
    """The door to the place where a calendar lives."""
    return FolderAdapter(place, spec)
