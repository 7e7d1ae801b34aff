"""The four sheets: the mayor's day, the week, the driver's day and a deputy's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.german import date_range, iso_week, long_date, plural, weekday
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.paper.dates import Found, deputies_of, found_on
from ob_buero_tui.services.paper.rows import lack_words, sheet_row
from ob_buero_tui.services.paper.views import Sheet, SheetDay, SheetKind, SheetRow
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace

_ROAD = frozenset(("Für", "Fahrt", "Kontakt", "Mit"))
"""What a driver needs to know of an appointment besides when and where."""


def day_sheet(place: Workplace, on: date) -> Sheet:
    """The mayor's day with all that is known, for the folder of the day."""
    with place.reading() as session:
        one = _day(session, place, on, Audience.INTERN)
    return Sheet(
        kind=SheetKind.TAGESBLATT,
        title=f"{weekday(on)}, {long_date(on)[3:]}",
        summary=_counted(one.rows),
        stem=f"tagesblatt-{on.isoformat()}",
        caution="vertraulich – nur für OB",
        days=(one,),
    )


def week_sheet(place: Workplace, on: date) -> Sheet:
    """The mayor's week from Monday to Sunday around a day; a weekend without appointments is left out."""
    monday = on - timedelta(days=on.weekday())
    with place.reading() as session:
        days = [_day(session, place, monday + timedelta(days=n), Audience.INTERN) for n in range(7)]
    kept = [one for one in days if one.rows or one.date.weekday() < 5]
    return Sheet(
        kind=SheetKind.WOCHENBLATT,
        title=f"KW {iso_week(monday)}, {date_range(monday, monday + timedelta(days=6))}",
        summary=_counted([row for one in days for row in one.rows]),
        stem=f"wochenblatt-{monday.isoformat()}",
        caution="vertraulich – nur für OB",
        days=tuple(kept),
    )


def driver_sheet(place: Workplace, on: date, driver: str = "") -> Sheet:
    """What somebody has to drive on a day, everybody's appointments; a secret one has no name on it.

    Args:
        driver: Whose drives; empty for all that need a car.
    """
    with place.reading() as session:
        wanted = [(who, one) for who, one in _everybodys(session, place, on) if _driven(one, driver)]
        wanted.sort(key=lambda pair: pair[1].occurrence.busy_from)
        rows = tuple(_for_the_road(sheet_row(place, one, on), who) for who, one in wanted)
        notes = _notes(session, place, on)
    whose = f" · {driver}" if driver else ""
    return Sheet(
        kind=SheetKind.FAHRERBLATT,
        title=f"Fahrten am {long_date(on)}{whose}",
        summary=plural(len(rows), "Fahrt", "Fahrten"),
        stem=f"fahrten-{on.isoformat()}",
        caution="nur für den Fahrdienst",
        days=(SheetDay(date=on, title=long_date(on), notes=notes, rows=rows),),
    )


def drivers_on(place: Workplace, on: date) -> tuple[str, ...]:
    """Who drives on a day, by name."""
    with place.reading() as session:
        names = {str(one.own("driver")) for _, one in _everybodys(session, place, on) if one.full}
    return tuple(sorted(names - {""}))


def deputy_sheet(place: Workplace, on: date, calendar: str) -> Sheet:
    """What a deputy stands in for on a day, with the same facts the mayor would have.

    Raises:
        Refusal: the calendar belongs to no deputy.
    """
    if calendar not in deputies_of(place):
        raise Refusal(
            "Das Blatt wurde nicht gemacht.",
            "Dieser Kalender gehört keiner Vertretung.",
            "Wählen Sie eine Vertretung aus der Liste.",
        )
    label = place.catalog.calendars[calendar].label
    with place.reading() as session:
        one = _day(session, place, on, Audience.DEPUTY, calendar)
    return Sheet(
        kind=SheetKind.VERTRETUNGSBLATT,
        title=f"{label}: {weekday(on)}, {long_date(on)[3:]}",
        summary=_counted(one.rows),
        stem=f"vertretung-{calendar}-{on.isoformat()}",
        caution="nur für die Vertretung",
        days=(one,),
    )


def look_ahead(place: Workplace, on: date) -> tuple[SheetRow, ...]:
    """The appointments of a day whose folder still lacks something, in order."""
    with place.reading() as session:
        rows = _day(session, place, on, Audience.INTERN).rows
    return tuple(row for row in rows if row.lacks)


def sheet_text(sheet: Sheet) -> str:
    """A sheet as text, for the screen and for the clipboard."""
    lines = [sheet.caution, sheet.title, sheet.summary]
    for one in sheet.days:
        named = " · ".join((one.title, *one.notes))
        lines += ["", named] if len(sheet.days) > 1 or one.notes else []
        if not one.rows:
            lines.append("  kein Termin")
        for row in one.rows:
            lines += ["", *_row_lines(row)] if len(sheet.days) == 1 else _short_lines(row)
    return "\n".join(lines)


def _row_lines(row: SheetRow) -> list[str]:
    mark = f" ({row.mark})" if row.mark else ""
    lines = [f"{row.time}  {row.title}{mark}"]
    lines += [f"   Ort: {row.place}"] if row.place else []
    ways = (f"Abfahrt {row.leave}" if row.leave else "", f"zurück {row.back}" if row.back else "")
    way = ", ".join(part for part in ways if part)
    lines += [f"   {way}"] if way else []
    lines += [f"   {name}: {text}".replace("\n", "\n      ") for name, text in row.facts]
    lines += [f"   ! Es fehlt: {lack_words(row.lacks)}"] if row.lacks else []
    return lines


def _short_lines(row: SheetRow) -> list[str]:
    place = f", {row.place}" if row.place else ""
    mark = f" ({row.mark})" if row.mark else ""
    return [f"  {row.time:<13} {row.title}{place}{mark}"]


def _day(session: Session, place: Workplace, on: date, audience: Audience, person: str = MAYOR) -> SheetDay:
    rows = tuple(sheet_row(place, one, on) for one in found_on(session, place, on, audience, person))
    return SheetDay(
        date=on, title=f"{weekday(on)}, {long_date(on)[3:]}", notes=_notes(session, place, on), rows=rows
    )


def _notes(session: Session, place: Workplace, on: date) -> tuple[str, ...]:
    calendar = work_calendar(session, place)
    named = (calendar.holidays.get(on), calendar.closed.get(on), calendar.school.get(on))
    return tuple(name for name in (*named, place.catalog.elections.get(on)) if name)


def _everybodys(session: Session, place: Workplace, on: date) -> list[tuple[str, Found]]:
    """What the mayor and the deputies have on a day, each with a few letters for whose it is."""
    people = (MAYOR, *deputies_of(place))
    return [
        (place.catalog.calendar_short(person), one)
        for person in people
        for one in found_on(session, place, on, Audience.DEPUTY, person)
    ]


def _driven(one: Found, driver: str) -> bool:
    """Whether this date is a drive: of this driver, or of anybody who needs a car."""
    theirs = one.own("driver")
    if driver:
        return bool(theirs.casefold() == driver.casefold())
    return bool(theirs or one.own("car") or (one.own("travel_before_min") and not one.all_day))


def _for_the_road(row: SheetRow, who: str) -> SheetRow:
    facts = (("Für", who), *row.facts)
    return replace(row, facts=tuple(fact for fact in facts if fact[0] in _ROAD), lacks=())


def _counted(rows: tuple[SheetRow, ...] | list[SheetRow]) -> str:
    return plural(len(rows), "Termin", "Termine") if rows else "kein Termin"
