"""A date as a row of a sheet: times, the way there, and the facts in the order of the paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ob_buero_tui.catalog.representation import COUNCIL
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, duration, short_date
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.tagesmappe import LABELS, Lack, Prepared, lacks
from ob_buero_tui.services.paper.dates import Found
from ob_buero_tui.services.paper.views import SheetRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import Part

BUSY = "belegt"
TENTATIVE = "vorgemerkt"
_LONGEST = 600


def sheet_row(place: Workplace, one: Found, on: date) -> SheetRow:
    """The row of a date on one of its days; of what the reader may not know only the time is said."""
    start, end = place.local(one.occurrence.starts_at), place.local(one.occurrence.ends_at)
    if not one.full:
        return SheetRow(id=one.key, day=on, time=_time(one, start, end, on), title=BUSY)
    before, after = one.own("travel_before_min"), one.own("travel_after_min")
    status = (one.event if one.override is None else one.override).status
    return SheetRow(
        id=one.key,
        day=on,
        time=_time(one, start, end, on),
        title=clean(one.text("summary"), limit=300) or "(ohne Titel)",
        place=clean(one.text("location"), limit=300),
        leave=f"{clock(start - timedelta(minutes=before))} ({duration(before)})" if before else "",
        back=clock(end + timedelta(minutes=after)) if after else "",
        mark=TENTATIVE if status == EventStatus.TENTATIVE else "",
        facts=tuple((name, text) for name, text in _facts(one) if text),
        lacks=lacks(prepared(place, one)),
    )


def prepared(place: Workplace, one: Found) -> Prepared:
    """What is there for a date, for the look ahead."""
    location = one.text("location").strip()
    return Prepared(
        location=location if not one.all_day else "ganztägig",
        inside=one.all_day or place.catalog.travel_min(location) == 0,
        travel_min=one.own("travel_before_min"),
        driver=one.own("driver"),
        contact=one.contact.text,
        meeting=_of_the_house(place, one),
        speech_min=one.own("speech_min"),
        speech_text=one.speech_text,
    )


def lack_words(found: tuple[Lack, ...]) -> str:
    """What is missing in words: „Rede, Kontakt vor Ort“."""
    return ", ".join(LABELS[one] for one in found)


def _of_the_house(place: Workplace, one: Found) -> bool:
    """Sessions and the office's own rounds: everybody there is known."""
    kind = place.catalog.event_kinds.get(one.event.kind or "")
    return one.event.calendar == COUNCIL or (kind is not None and kind.internal)


def _time(one: Found, start: datetime, end: datetime, on: date) -> str:
    if one.all_day:
        last = (end - timedelta(days=1)).date()
        return "ganztägig" if start.date() == last else f"ganztägig bis {short_date(last)}"
    begins = clock(start) if start.date() == on else f"seit {short_date(start.date())} {clock(start)}"
    return (
        f"{begins}–{clock(end)}"
        if end.date() == on
        else f"{begins} bis {short_date(end.date())} {clock(end)}"
    )


def _facts(one: Found) -> list[tuple[str, str]]:
    along = ", ".join(name for name, part in one.people if part == Part.BEGLEITUNG)
    met = ", ".join(name for name, part in one.people if part == Part.GESPRAECH)
    speech = one.own("speech_min")
    text = "" if one.speech_text or not speech else ", Text fehlt noch"
    car = " · ".join(part for part in (one.own("driver"), one.own("car")) if part)
    facts = [
        ("Mit", along),
        ("Gespräch mit", met),
        ("Veranstalter", one.event.organizer),
        ("Kontakt", one.contact.text),
        ("Fahrt", car),
        ("Raum", one.own("room")),
        ("Rede", f"{speech} Min.{text}" if speech else ""),
        ("Geschenk", one.own("gift")),
        ("Kleidung", one.own("dress")),
        ("Presse", one.own("press")),
        ("Noch zu tun", ", ".join(one.tasks)),
        ("Ablauf", one.text("description")),
    ]
    return [(name, clean(value, multiline=True, limit=_LONGEST).strip()) for name, value in facts]
