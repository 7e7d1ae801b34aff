"""Appointments that stand no more where they were read from: into the trash, within bounds."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select, text
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.services.calendars.colliding import meet_gone
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, Occurrence

FEW, SHARE, NAMED = 5, 3, 3
"""More than `FEW` and more than one of `SHARE` at once is no change but an accident; so many are named."""
_LISTED = select(text("value")).select_from(text("json_each(:listed)"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What became of the appointments that vanished.

    Args:
        trashed: Their titles.
        told: German sentences on those that stay.
        too_many: How many vanished at once where so many are not believed; they all stay.
    """

    trashed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    seen: int = 0
    too_many: int = 0

    @property
    def sentence(self) -> str:
        """All of it in German; "" for nothing."""
        told = list(self.told)
        if self.trashed:
            named = [f"„{shorten(title, 40)}“" for title in self.trashed[:NAMED]]
            more = f" und {len(self.trashed) - NAMED} weitere" if len(self.trashed) > NAMED else ""
            told.append(f"Dort nicht mehr da, in den Papierkorb gelegt: {join(named, 'und')}{more}.")
        if self.too_many:
            told.append(
                f"{plural(self.too_many, 'Termin fehlt', 'Termine fehlen')} dort auf einmal. Das ist mehr "
                "als ein Drittel; es wurde nichts entfernt. Bitte prüfen, ob die Datei vollständig ist."
            )
        return " ".join(told)


def judged(place: Workplace, calendar: str, gone: Collection[str], present: Collection[str]) -> Gone | None:
    """Whether so many may vanish; None where they may.

    Only what is still to come counts: files of other programs leave out what is past.
    """
    with place.reading() as session:
        lost = len(_coming(session, place, calendar, gone))
        if lost <= FEW:
            return None
        kept = len(_coming(session, place, calendar, present))
    return Gone(too_many=lost) if lost * SHARE > lost + kept else None


@use_case("remove_vanished")
def remove_vanished(work: Work, calendar: str, gone: Sequence[str]) -> Gone:
    """Put what stands no more in the calendar that is read into the trash; past appointments stay.

    Args:
        gone: UIDs.
    """
    work.taken_over = True
    keys = _coming(work.session, work.place, calendar, gone)
    rows = [work.get(Event, key) for key in keys]
    for event in rows:
        event.trashed_at = work.at
    pending = work.session.scalars(
        select(Event).where(
            Event.calendar == calendar, Event.pending_since.is_not(None), Event.uid.in_(_LISTED)
        ),
        {"listed": json.dumps(list(gone))},
    ).all()
    met = meet_gone(work, pending)
    ids = [*keys, *met.touched]
    work.tell(table="event", ids=ids if len(ids) == 1 else [], count=len(rows))
    work.tell(seen=len(met.seen), clashes=len(met.told))
    return Gone(trashed=tuple(event.summary for event in rows), told=tuple(met.told), seen=len(met.seen))


def _coming(session: Session, place: Workplace, calendar: str, uids: Collection[str]) -> list[int]:
    """The appointments with these UIDs that are still to come, without our own pending changes."""
    now = place.clock()
    dates = exists().where(Occurrence.event_id == Event.id, Occurrence.ends_at > now)
    found = session.scalars(
        select(Event.id)
        .where(Event.calendar == calendar, Event.uid.in_(_LISTED), Event.trashed_at.is_(None))
        .where(Event.pending_since.is_(None), or_(Event.ends_at > now, dates))
        .order_by(Event.id),
        {"listed": json.dumps(list(uids))},
    )
    return list(found)


@sentence("remove_vanished")
def _removed(params: Params) -> str:
    told = []
    if count := params.get("count", 0):
        told.append(f"{plural(count, 'Termin', 'Termine')} nicht mehr in Outlook, in den Papierkorb gelegt")
    if seen := params.get("seen", 0):
        told.append(f"{plural(seen, 'Absage ist', 'Absagen sind')} in Outlook angekommen")
    if clashes := params.get("clashes", 0):
        told.append(f"{plural(clashes, 'Termin', 'Termine')} dort gelöscht und hier geändert")
    return ", ".join(told) or "nichts mehr da"
