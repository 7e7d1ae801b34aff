"""Which talk is the next one, and the list that goes with it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Vorlage, VorlageItem, VorlageState

_WEEK = 7


def talk_day(weekday: int, calendar: WorkCalendar, start: date) -> date:
    """The first weekly talk on or after a day; one on a closed day is held on the next open one.

    Args:
        weekday: 0 for Monday.
        calendar: The office's open days.
    """
    # The talk of the week before may have been put off to a day that is still to come.
    day = start - timedelta(days=(start.weekday() - weekday) % _WEEK)
    while (held := _open(calendar, day)) < start:
        day += timedelta(days=_WEEK)
    return held


def _open(calendar: WorkCalendar, day: date) -> date:
    while not calendar.is_open(day):
        day += timedelta(days=1)
    return day


def next_talk(place: Workplace) -> date:
    """The day of the next talk: that of the open list, where there is one."""
    with place.reading() as session:
        found = open_list(session, place.today)
    return (
        found.talk_on if found else talk_day(place.catalog.talk_weekday, office_calendar(place), place.today)
    )


def open_list(session: Session, start: date) -> Vorlage | None:
    """The first list on or after a day that still takes items."""
    return session.scalars(
        select(Vorlage)
        .where(Vorlage.state == VorlageState.OFFEN.value, Vorlage.talk_on >= start)
        .order_by(Vorlage.talk_on, Vorlage.id)
        .limit(1)
    ).one_or_none()


def list_for(work: Work, start: date) -> Vorlage:
    """The list of the first talk on or after a day that is not decided yet; made when there is none."""
    found = open_list(work.session, start)
    if found is not None:
        return found
    day = talk_day(work.catalog.talk_weekday, work.calendar, start)
    while work.session.scalar(select(Vorlage.id).where(Vorlage.talk_on == day).limit(1)) is not None:
        day = talk_day(work.catalog.talk_weekday, work.calendar, day + timedelta(days=1))
    made = Vorlage(talk_on=day)
    work.session.add(made)
    work.session.flush()
    return made


def add_item(work: Work, vorlage: Vorlage, request_id: int) -> VorlageItem:
    """Put a request at the end of a list; one that lies there already keeps its number, undecided."""
    here = VorlageItem.vorlage_id == vorlage.id
    item = work.session.scalars(
        select(VorlageItem).where(here, VorlageItem.request_id == request_id)
    ).one_or_none()
    if item is None:
        last = work.session.scalar(select(func.max(VorlageItem.position)).where(here)) or 0
        item = VorlageItem(vorlage_id=vorlage.id, request_id=request_id, position=last + 1)
        work.session.add(item)
        work.session.flush()
    return item
