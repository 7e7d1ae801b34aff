"""Free times for an appointment: of the mayor, of others, of a room, with the way there and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.clashing import PERSON, ROOM, Taken
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.free_line import FreeWish, parse_free
from ob_buero_tui.rules.free_slots import STEP_MIN, Span, free_starts, gaps
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.taken import Claiming, persons, rooms_of, taken
from ob_buero_tui.services.suggesting import people_like
from ob_buero_tui.services.workcalendar import office_calendar, work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences
from ob_buero_tui.store import taken as stored
from ob_buero_tui.store.people import Person

MOST = 60
"""So many free times are listed; the rest is counted."""

_TITLES = frozenset(("frau", "herr", "herrn", "dr", "dr.", "prof", "prof."))
_NAMESAKES = 1_000
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTime:
    """Where an appointment fits: wall times of the office; it may begin up to `last_start`."""

    start: datetime
    end: datetime
    last_start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePerson:
    """Somebody whose time is needed; `person_ids` are the cards of that name."""

    name: str
    calendar: str = ""
    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimes:
    """What was found for a wish.

    Args:
        people: Who they are, as far as they are known.
        times: The first of them, in order.
        more: How many there are besides.
        notes: German sentences on what nobody can know.
    """

    wish: FreeWish
    people: tuple[FreePerson, ...] = ()
    times: tuple[FreeTime, ...] = ()
    more: int = 0
    notes: tuple[str, ...] = ()


def read_wish(place: Workplace, typed: str) -> FreeWish:
    """What a line asks for; see `rules.free_line`.

    Raises:
        Refusal: a part of it is not understood.
    """
    return parse_free(typed, place.now, office_calendar(place), place.catalog.office_hours)


def free_times(place: Workplace, wish: FreeWish) -> FreeTimes:
    """Where an appointment fits between what is taken; what is only held counts as taken."""
    with place.reading() as session:
        people = tuple(_person(session, place, name) for name in wish.people)
        windows = list(_windows(place, work_calendar(session, place), wish))
        if not windows:
            return FreeTimes(wish=wish, people=people)
        dates = _dates(session, place, wish, windows)
    wanted = {PERSON + MAYOR} if wish.mayor else set()
    wanted |= {claim for person in people for claim in _claims(person)}
    room = ROOM + fold(wish.room.strip())
    starts = free_starts(
        windows,
        wish.minutes,
        _spans(dates, wanted, way=True),
        here=_spans(dates, {room} if wish.room else set(), way=False),
        travel_min=wish.travel_min,
    )
    found = gaps(starts, wish.minutes)
    times = tuple(
        FreeTime(
            start=place.local(one.start), end=place.local(one.end), last_start=place.local(one.last_start)
        )
        for one in found[:MOST]
    )
    notes = _notes(people, dates, wish, room)
    return FreeTimes(wish=wish, people=people, times=times, more=max(0, len(found) - MOST), notes=notes)


def _windows(place: Workplace, cal: WorkCalendar, wish: FreeWish) -> Iterable[Span]:
    """The spans of the days in question, from now on; on its raster a day begins at a quarter of an hour."""
    now = place.clock()
    for number in range((wish.last - wish.first).days + 1):
        on = wish.first + number * _DAY
        if on.weekday() not in wish.weekdays or not _open(cal, on):
            continue
        begin, end = (to_utc(datetime.combine(on, at), place.zone) for at in (wish.begin, wish.end))
        if begin < now:
            steps = -(-(now - begin) // timedelta(minutes=STEP_MIN))
            begin += steps * timedelta(minutes=STEP_MIN)
        if begin < end:
            yield begin, end


def _open(cal: WorkCalendar, on: date) -> bool:
    """A weekend is asked for by its name; a holiday or a closed day never is."""
    return on not in cal.holidays and on not in cal.closed


def _dates(session: Session, place: Workplace, wish: FreeWish, windows: Sequence[Span]) -> list[Taken]:
    way = timedelta(minutes=wish.travel_min)
    connection = session.connection()
    if all(occurrences.window_covers(connection, on) for on in (wish.first, wish.last)):
        rows = stored.near(connection, [(windows[0][0] - way, windows[-1][1] + way)])
    else:
        rows = stored.outside(connection, wish.first, wish.last)
    people = stored.people_of(connection, {row.event_id for row in rows})
    claiming = Claiming(place.catalog, people.values(), [*rooms_of(rows), wish.room])
    return taken(place.catalog, rows, people, claiming)


def _spans(dates: Iterable[Taken], claims: set[str], *, way: bool) -> list[Span]:
    if not claims:
        return []
    mine = [one for one in dates if not claims.isdisjoint(one.claims)]
    return [(one.busy_from, one.busy_to) if way else (one.starts, one.ends) for one in mine]


def _person(session: Session, place: Workplace, name: str) -> FreePerson:
    """Who is meant: a deputy with a calendar, a card of the address book, or only a name."""
    calendar = persons(place.catalog).get(fold(name))
    if calendar is not None:
        return FreePerson(name=place.catalog.calendar_short(calendar), calendar=calendar)
    words = [word for word in fold(name).split() if word not in _TITLES]
    if not words:
        return FreePerson(name=name)
    found = [
        row
        for row in _cards(session, words)
        if place.sees(row.confidentiality, "") is View.FULL
        and _named(words, fold(f"{row.given_name} {row.family_name}").split())
    ]
    if len(found) == 1:
        name = f"{found[0].given_name} {found[0].family_name}".strip()
    return FreePerson(name=name, person_ids=tuple(row.id for row in found))


def _cards(session: Session, words: Sequence[str]) -> Sequence[Any]:
    """Cards that may be meant; of names in several words just the first one is in the index."""
    each = (words, *([word] for word in reversed(words)))
    keys: Sequence[int] = next(filter(None, (people_like(session, some, _NAMESAKES) for some in each)), ())
    columns = (Person.id, Person.given_name, Person.family_name, Person.confidentiality)
    return session.execute(select(*columns).where(Person.id.in_(keys)).order_by(Person.id)).all()


def _named(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name ends with what was typed: „Beispiel“, „Eva Beispiel“."""
    return bool(name) and (list(words) == list(name[-len(words) :]))


def _claims(person: FreePerson) -> set[str]:
    if person.calendar:
        return {PERSON + person.calendar}
    return {PERSON + fold(person.name), *(f"{PERSON}#{key}" for key in person.person_ids)}


def _notes(
    people: Iterable[FreePerson], dates: Sequence[Taken], wish: FreeWish, room: str
) -> tuple[str, ...]:
    everything = {claim for one in dates for claim in one.claims}
    notes = []
    for person in people:
        if len(person.person_ids) > 1:
            many = plural(len(person.person_ids), "Karte", "Karten")
            notes.append(f"„{person.name}“ heißt mehr als eine Person ({many}); alle zählen.")
        if _claims(person).isdisjoint(everything):
            notes.append(f"Von {person.name} ist in dieser Zeit kein Termin bekannt; bitte fragen.")
    if wish.room and room not in everything:
        notes.append(f"Für „{wish.room}“ ist in dieser Zeit keine Belegung bekannt.")
    return tuple(notes)
