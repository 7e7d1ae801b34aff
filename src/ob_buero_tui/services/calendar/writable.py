"""Which appointments this desk may change."""

from __future__ import annotations

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.forms import hidden
from ob_buero_tui.services.calendar.one_date import OneDate
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import Meeting


def refuse_unwritable(work: Work, found: OneDate, what: str) -> None:
    """Refuse what is personal to another desk, in the trash, or comes from the council's system.

    Args:
        what: What was not done, a German sentence.
    """
    event = found.event
    if seen_of(work.place, event, found.override) is not View.FULL:
        raise hidden()
    if event.trashed_at is not None:
        raise Refusal(
            f"„{clean(event.summary, limit=80)}“ liegt im Papierkorb.",
            "",
            "Holen Sie den Termin mit u oder aus dem Verlauf aller Schritte zurück.",
        )
    if work.session.scalar(select(Meeting.id).where(Meeting.event_id == event.id).limit(1)) is not None:
        raise Refusal(
            what,
            "Der Termin gehört zu einer Sitzung und wird im Ratsinformationssystem geführt.",
            "Ändern Sie die Sitzung dort; der nächste Import bringt die Änderung hierher.",
        )


def refuse_calendar(work: Work, key: str, what: str) -> None:
    """Refuse a calendar that the office does not have."""
    if key not in work.catalog.calendars:
        raise Refusal(
            what,
            f"Den Kalender „{clean(key, limit=40)}“ gibt es nicht.",
            "Wählen Sie einen Kalender der Liste.",
        )
