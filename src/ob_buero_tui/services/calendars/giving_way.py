"""The other side's state takes the place of our pending change: somebody has decided so."""

from __future__ import annotations

from sqlalchemy import select

from ob_buero_tui.exchange.ics_records import CalendarFile
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendars.feeding import follow
from ob_buero_tui.services.calendars.pending import came_from_there, note_seen
from ob_buero_tui.services.export.as_it_came import read_again
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.event_lookup import raw_texts
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource


@use_case("take_theirs")
def take_theirs(work: Work, event_id: int) -> Done:
    """Give our pending change up: the appointment is from now on as it was last read from Outlook.

    Raises:
        Refusal: nothing is pending, or it never stood there.
    """
    work.taken_over = True
    event = work.get(Event, event_id)
    if event.pending_since is None:
        raise Refusal("Der Termin steht schon so da wie in Outlook.")
    texts = raw_texts(work.session, [event.id])
    records = tuple(read_again(texts.values(), work.place.zone).values())
    if not records or not came_from_there(work.session, event):
        raise Refusal(
            "Es gibt keinen Stand aus Outlook.",
            "Dieser Termin wurde hier angelegt und dort noch nicht gesehen.",
            "Mit O geht er dorthin; mit u nehmen Sie Ihre letzten Schritte zurück.",
        )
    note_seen(work, event)
    event.trashed_at, event.cancel_reason = None, ""
    # What was read must differ from what is stored, or the plan takes it for known.
    sources = work.session.scalars(select(EventSource).where(EventSource.event_id == event.id)).all()
    for source in sources:
        source.raw = ""
    _drop_ours(work, event, {source.override_id for source in sources})
    work.session.flush()
    file = CalendarFile(events=records, notes=(), skipped=(), method="")
    follow(work, event.calendar, file)
    work.session.flush()
    work.fresh_rows = False
    work.tell(table="event", ids=[event.id])
    return Done(
        ids=(event.id,),
        text=f"„{shorten(event.summary, 60)}“ steht wieder da wie in Outlook",
    )


def _drop_ours(work: Work, event: Event, theirs: set[int | None]) -> None:
    """Remove changed dates that only we know; what was merely arranged for a date stays."""
    for row in work.session.scalars(select(EventOverride).where(EventOverride.event_id == event.id)):
        length = event.dtend - event.dtstart
        moved = row.dtstart != row.recurrence_id or row.dtend - row.dtstart != length
        other = (row.summary, row.location) != (event.summary, event.location)
        if row.id not in theirs and (moved or other or row.status == EventStatus.CANCELLED):
            work.session.delete(row)


@sentence("take_theirs")
def _taken(_params: Params) -> str:
    return "Stand aus Outlook übernommen"
