"""What the Tagesordnung screen draws: the sessions to choose from, one session's items and its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, func, select

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.council.agenda_rows import agenda_rows
from ob_buero_tui.services.council.late_items import gone_out, late_because
from ob_buero_tui.services.council.leading import WIR, led_by_of
from ob_buero_tui.services.council.sittings import Sitting, among, read_sittings, seen
from ob_buero_tui.services.council.views import AgendaRow
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Meeting

SPLIT = "sitzung:"
CHOICES = 9
"""As many sessions as there are digits."""
LED = "Führt das Ratsinformationssystem: hier nur zu lesen. S unter Sitzungen (F4) ändert das."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPage:
    """A session above its agenda.

    Args:
        ours: Whether the office may change the agenda; `locked` says why not.
        out: Why the agenda is known outside already; empty where it is not.
        late: Why an item put on now is late; empty where it is not.
    """

    meeting_id: int
    title: str
    when: str
    place: str = ""
    ours: bool = True
    locked: str = ""
    out: str = ""
    late: str = ""


def split_of(meeting_id: int) -> str:
    """The split that shows a session's agenda."""
    return f"{SPLIT}{meeting_id}"


def meeting_of(split: str) -> int | None:
    """The session whose agenda a split shows."""
    return int(split.removeprefix(SPLIT)) if split.startswith(SPLIT) else None


def splits(place: Workplace, current: str) -> tuple[SplitView, ...]:
    """The coming sessions, those we lead first where there are too many, and the one that is shown."""
    wanted = meeting_of(current)
    with place.reading() as session:
        midnight = datetime.combine(place.today, time.min)
        coming = read_sittings(
            session, seen(place, Audience.INTERN), Meeting.start >= midnight, Meeting.cancelled.is_(False)
        )
        led = led_by_of(session, place.catalog, [one.id for one in coming])
        ours = [one for one in coming if led[one.id] == WIR]
        chosen = (ours or coming)[:CHOICES]
        if wanted is not None and wanted not in {one.id for one in chosen}:
            shown = read_sittings(session, seen(place, Audience.INTERN), Meeting.id == wanted)
            chosen = [*shown, *chosen][:CHOICES]
        counts = dict(
            session.execute(
                select(AgendaItem.meeting_id, func.count())
                .where(AgendaItem.meeting_id.in_(among([one.id for one in chosen])))
                .where(AgendaItem.deleted.is_(False))
                .group_by(AgendaItem.meeting_id)
            ).all()
        )
    return tuple(
        SplitView(key=split_of(one.id), label=_dated(one), count=counts.get(one.id, 0)) for one in chosen
    )


def item_ids(place: Workplace, meeting_id: int) -> list[int]:
    """The items of a session in their order."""
    with place.reading() as session:
        return list(
            session.scalars(
                select(AgendaItem.id)
                .where(AgendaItem.meeting_id == meeting_id, AgendaItem.deleted.is_(False))
                .order_by(AgendaItem.position, AgendaItem.id)
            )
        )


def item_rows(place: Workplace, ids: Sequence[int]) -> dict[int, AgendaRow]:
    """The items with these keys, at the desk; keys that are gone are left out."""
    here: ColumnElement[bool] = AgendaItem.id.in_(among(ids))
    with place.reading() as session:
        found = agenda_rows(
            session,
            agenda_rules(place.catalog),
            lambda level: place.sees(level, "") is View.FULL,
            here,
            outside=False,
        )
    return {one.id: one for rows in found.values() for one in rows}


def meeting_of_item(place: Workplace, item_id: int) -> int:
    """The session on whose agenda an item stands.

    Raises:
        Refusal: it is gone.
    """
    with place.reading() as session:
        found = session.scalar(
            select(AgendaItem.meeting_id).where(AgendaItem.id == item_id, AgendaItem.deleted.is_(False))
        )
    if found is None:
        raise Refusal("Diesen Punkt gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
    return found


def page(place: Workplace, meeting_id: int) -> AgendaPage:
    """A session with what may be done to its agenda.

    Raises:
        Refusal: there is no such session, or it is not to be seen here.
    """
    with place.reading() as session:
        found = read_sittings(session, seen(place, Audience.INTERN), Meeting.id == meeting_id)
        if not found:
            raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        (sitting,) = found
        ours = led_by_of(session, place.catalog, [meeting_id])[meeting_id] == WIR
        locked = "Die Sitzung ist abgesagt." if sitting.cancelled else "" if ours else LED
        return AgendaPage(
            meeting_id=meeting_id,
            title=" · ".join(seat.name for seat in sitting.seats) or sitting.name or "Sitzung",
            when=f"{long_date(sitting.start.date())} · {clock(sitting.start)} Uhr"
            if sitting.start
            else "Tag noch offen",
            place=sitting.place,
            ours=not locked,
            locked=locked,
            out=gone_out(session, place, meeting_id),
            late=late_because(session, place, meeting_id),
        )


def _dated(sitting: Sitting) -> str:
    """The day and the first word of the body as one word: where room is short, only its end is cut off."""
    name = sitting.leading.short_name if sitting.leading else sitting.name or "Sitzung"
    word = (name.split() or [name])[0]
    return f"{sitting.start.day}.{sitting.start.month}.·{word}" if sitting.start else name


def short_name(sitting: Sitting) -> str:
    """A session in a few letters: „Rat Do 10.12.“."""
    name = sitting.leading.short_name if sitting.leading else sitting.name or "Sitzung"
    return f"{name} {short_date(sitting.start.date())}" if sitting.start else name


def other_sessions(place: Workplace, meeting_id: int) -> tuple[tuple[int, str, str], ...]:
    """The sessions that items of this one may go to: key, name, and why they would be late there.

    The next ones of the same body come first, then those of others; only what we lead.
    """
    with place.reading() as session:
        midnight = datetime.combine(place.today, time.min)
        coming = read_sittings(
            session,
            seen(place, Audience.INTERN),
            Meeting.start >= midnight,
            Meeting.cancelled.is_(False),
            Meeting.id != meeting_id,
        )
        led = led_by_of(session, place.catalog, [one.id for one in coming])
        here = read_sittings(session, Meeting.id == meeting_id)
        own = here[0].leading.id if here and here[0].leading else None
        ours = [one for one in coming if led[one.id] == WIR]
        ours.sort(key=lambda one: (one.leading is None or one.leading.id != own, one.start))
        return tuple((one.id, short_name(one), late_because(session, place, one.id)) for one in ours[:12])


def last_ground(place: Workplace, meeting_id: int) -> str:
    """The ground of the item that came late on this agenda last, to be proposed again."""
    with place.reading() as session:
        found = session.scalar(
            select(AgendaItem.late_note)
            .where(AgendaItem.meeting_id == meeting_id, AgendaItem.late.is_(True))
            .order_by(AgendaItem.id.desc())
            .limit(1)
        )
    return found or ""
