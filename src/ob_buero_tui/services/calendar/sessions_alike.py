"""Whether an appointment is a session that the calendar of the council has already, by another way."""

from __future__ import annotations

import re
from typing import Protocol

from ob_buero_tui.rules.folding import fold

OURS = re.compile(r"^sitzung-[0-9a-f]{24}@ob-buero$")
"""The UID of an appointment that a session of OParl has made."""


def alike(session: str, body: str, summary: str) -> bool:
    """Whether a title names a session that begins at the same time.

    Args:
        session: The title that the session has in the calendar: „FA: 12. Sitzung“.
        body: The full name of its leading body, or "".
        summary: The other title: „Sitzung des Finanzausschusses“.
    """
    title = fold(summary)
    if not title or fold(session) == title:
        return bool(title)
    short = session.partition(": ")[0] if ": " in session else ""
    return bool(body and fold(body) in title) or bool(
        short and re.search(rf"(?<!\w){re.escape(fold(short))}(?!\w)", title)
    )


class Named(Protocol):
    """What of an appointment says which session it is."""

    @property
    def uid(self) -> str:
        """Its UID."""

    @property
    def summary(self) -> str:
        """Its title."""

    @property
    def organizer(self) -> str:
        """The body that sits."""


def same_session(one: Named, other: Named) -> bool:
    """Whether two appointments of the council at the same time are the same session.

    One has come from the council information system, the other from a calendar file.
    """
    ours = [event for event in (one, other) if OURS.match(event.uid)]
    if len(ours) != 1:
        return False
    foreign = other if ours[0] is one else one
    return alike(ours[0].summary, ours[0].organizer, foreign.summary)
