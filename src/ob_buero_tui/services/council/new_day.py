"""Another beginning of a session: what was done for the old one counts no more."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from ob_buero_tui.services.council.making import PLANNED
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import File, FileLink, Meeting, MeetingStep

SAID_AGAIN: Final = ("versand", "zugang", "bekanntmachung")
"""Steps that another day of the session makes necessary again."""
_INVITED: Final = "eingeladen"
_SEND_AGAIN: Final = " · Versand und Bekanntmachung stehen wieder aus"
_FULL_AGAIN: Final = " · die Ladungsfrist gilt wieder ungekürzt"


def begin_anew(work: Work, row: Meeting, old: datetime | None) -> str:
    """Open the steps that must be done anew and end a shortening, for a session that has a new beginning.

    A session whose invitation has gone out remembers the first beginning it was for, until it is back on it.

    Args:
        old: The beginning until now; None: it had none.

    Returns:
        What is open again, in German, to go on a sentence; empty where nothing is.
    """
    steps = work.session.scalars(
        select(MeetingStep).where(MeetingStep.meeting_id == row.id, MeetingStep.kind.in_(SAID_AGAIN))
    ).all()
    for step in steps:
        work.session.delete(step)
    invited = row.meeting_state == _INVITED
    if invited:
        row.meeting_state = PLANNED
    # An invitation that a postponed session has was one to its first day already.
    again = invited or bool(steps) or (row.moved_from is None and _has_invitation(work, row))
    if row.start == row.moved_from:
        row.moved_from, row.moved_note = None, ""
    elif row.moved_from is None and again:
        row.moved_from = old
    # That it was urgent was said for the old day; another one may leave time enough.
    shortened, row.urgent_note = bool(row.urgent_note), ""
    return (_SEND_AGAIN if again else "") + (_FULL_AGAIN if shortened else "")


def _has_invitation(work: Work, row: Meeting) -> bool:
    found = (
        select(FileLink.id)
        .join(File, File.id == FileLink.file_id)
        .where(FileLink.meeting_id == row.id, FileLink.role == "invitation", File.deleted.is_(False))
    )
    return work.session.scalar(found.limit(1)) is not None
