"""One line of an Ausfall with all that helps to decide: deputies, telephones, driver, press, request."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.ausfall import contacts
from ob_buero_tui.services.ausfall.reading import GONE, Found, found_lines
from ob_buero_tui.services.ausfall.views import AusfallCard
from ob_buero_tui.services.calendar.deputizing import deputies_for
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.ausfall import Ausfall
from ob_buero_tui.store.decisions import Deputation


def card(place: Workplace, ausfall_id: int, line_id: int) -> AusfallCard:
    """One line with everything beside it; of a personal one nothing is added.

    Raises:
        Refusal: it is gone.
    """
    with place.reading() as session:
        row = session.get(Ausfall, ausfall_id)
        if row is None:
            raise GONE
        found = next(iter(found_lines(session, place, row, only=line_id)), None)
        if found is None:
            raise Refusal("Dieser Termin gehört nicht mehr zum Ausfall.", "", "Wählen Sie einen anderen.")
        if found.line.hidden:
            return AusfallCard(line=found.line)
        date = find_date(session, place.zone, found.line.key)
        return _card(session, place, found, date)


def _card(session: Session, place: Workplace, found: Found, date: OneDate) -> AusfallCard:
    event, override, line = date.event, date.override, found.line
    requests = [one.id for one in found.requests]
    first = found.requests[0] if found.requests else None
    press = contacts.press(session, place, event, override, requests)
    asked = found.item.deputation_id if found.item is not None else None
    entry = session.get(Deputation, asked) if asked is not None else None
    without = [event.id] + ([entry.event_id] if entry is not None and entry.event_id is not None else [])
    said = {entry.calendar: entry.answer} if entry is not None else {}
    return AusfallCard(
        line=line,
        organizer=event.organizer if "@" not in event.organizer else "",
        driver=contacts.driver(session, place, event, override, requests),
        press=press.text,
        request=f"{first.number} {shorten(first.subject, 80)}" if first is not None else "",
        remark=found.item.remark if found.item is not None else "",
        speech_min=own(event, override, "speech_min"),
        proposal=deputies_for(session, place, date, without, said),
        phones=tuple(contacts.deputies(session, place).items()),
    )
