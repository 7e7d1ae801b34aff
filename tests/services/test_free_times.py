"""Free times on a real file: of the mayor, with others, a room and the way."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ob_buero_tui.services.calendar.free import FreeTimes, free_times, read_wish
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventPerson
from ob_buero_tui.store.people import Person

Make = Callable[..., int]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute)


def found(place: Workplace, line: str) -> FreeTimes:
    return free_times(place, read_wish(place, line))


def told(place: Workplace, line: str) -> list[str]:
    return [
        f"{one.start:%d.%m. %H:%M}-{one.end:%H:%M} bis {one.last_start:%H:%M}"
        for one in found(place, line).times
    ]


def test_between_what_is_taken(place: Workplace, make_event: Make) -> None:
    make_event(dtstart=at(1, 9), dtend=at(1, 10), travel_after_min=20)
    make_event(dtstart=at(1, 14), dtend=at(1, 18), transparent=True)
    make_event(dtstart=at(1, 8), dtend=at(1, 18), calendar="bm1")
    assert told(place, "60 Minuten, 1.12.") == [
        "01.12. 08:00-09:00 bis 08:00",
        "01.12. 10:30-11:30 bis 17:00",
    ]
    assert told(place, "60 Minuten, 1.12., 30 Minuten Fahrt") == ["01.12. 11:00-12:00 bis 17:00"]
    assert told(place, "60 Minuten, 1.12., mit 1. BM") == []
    assert told(place, "60 Minuten, 1.12., für 2. BM, bis 10 Uhr") == ["01.12. 08:00-09:00 bis 09:00"]


def test_a_room_and_a_person_of_the_address_book(place: Workplace, make_event: Make) -> None:
    (eva,) = create_contact(place, "person", {"given_name": "Eva", "family_name": "Beispiel"}).ids
    key = make_event(dtstart=at(1, 8), dtend=at(1, 9), calendar="bm1")
    make_event(dtstart=at(1, 9), dtend=at(1, 10), calendar="bm2", room="Ratssaal", travel_after_min=30)
    make_event(
        dtstart=at(1, 11), dtend=at(1, 12), calendar="rat", transparent=True, location="Rathaus, Ratssaal"
    )
    with transaction(place, "test_people") as work:
        work.session.add(EventPerson(event_id=key, person_id=eva, name="Eva Beispiel", part="gespraech"))
    line = "30 Minuten, 1.12., vormittags, mit Frau Beispiel und Raum Ratssaal"
    assert told(place, line) == ["01.12. 10:00-10:30 bis 10:30"]
    assert found(place, line).notes == ()
    (who,) = found(place, line).people
    assert (who.name, who.person_ids) == ("Eva Beispiel", (eva,))


def test_a_personal_card_is_not_named(place: Workplace, make_event: Make) -> None:
    (greta,) = create_contact(place, "person", {"given_name": "Greta", "family_name": "Geheim"}).ids
    key = make_event(dtstart=at(1, 8), dtend=at(1, 9), calendar="bm1")
    with transaction(place, "test_people") as work:
        work.session.add(EventPerson(event_id=key, person_id=greta, name="G.", part="gespraech"))
    line = "60 Minuten, 1.12., bis 10 Uhr, mit Frau Geheim"
    assert [one.name for one in found(place, line).people] == ["Greta Geheim"]
    assert told(place, line) == ["01.12. 09:00-10:00 bis 09:00"]
    with transaction(place, "test_people") as work:
        work.session.get_one(Person, greta).confidentiality = "persoenlich"
    (who,) = found(place, line).people
    assert (who.name, who.person_ids) == ("Frau Geheim", ())
    assert found(place, line).notes == (
        "Von Frau Geheim ist in dieser Zeit kein Termin bekannt; bitte fragen.",
    )
    assert told(place, line) == ["01.12. 08:00-09:00 bis 09:00"]


def test_names_of_several_words_are_found(place: Workplace) -> None:
    for given, family in (("Eva Maria", "Beispiel Muster"), ("Evelyn", "Beispielhaft")):
        create_contact(place, "person", {"given_name": given, "family_name": family})
    for typed in ("Beispiel Muster", "Maria Beispiel Muster", "Frau Dr. Eva Maria Beispiel Muster"):
        assert [one.name for one in found(place, f"1.12., mit {typed}").people] == [
            "Eva Maria Beispiel Muster"
        ]


def test_what_nobody_can_know_is_said(place: Workplace, make_event: Make) -> None:
    assert found(place, "1.12., mit Frau Unbekannt und Raum 17").notes == (
        "Von Frau Unbekannt ist in dieser Zeit kein Termin bekannt; bitte fragen.",
        "Für „17“ ist in dieser Zeit keine Belegung bekannt.",
    )


def test_weekends_holidays_and_what_is_over_are_left_out(place: Workplace) -> None:
    assert told(place, "60 Minuten, heute")[0] == "25.11. 09:45-10:45 bis 17:00"
    assert told(place, "60 Minuten, 5.12.") == []
    assert len(told(place, "60 Minuten, 5.12., samstags")) == 1
    assert told(place, "60 Minuten, 25.12.") == []
    assert told(place, "60 Minuten, 24.12.") == [], "the office is closed on Christmas Eve"


def test_outside_the_window_too(place: Workplace, make_event: Make) -> None:
    make_event(dtstart=at(1, 9), dtend=at(1, 18), rrule="FREQ=WEEKLY")
    line = "60 Minuten, 5.6.2035"
    assert [f"{one.start:%d.%m.%Y %H:%M}" for one in found(place, line).times] == ["05.06.2035 08:00"]


def test_many_are_counted(place: Workplace, make_event: Make) -> None:
    make_event(dtstart=at(1, 12), dtend=at(1, 12, 30), rrule="FREQ=DAILY")
    many = found(place, "30 Minuten, 200 Tage")
    assert len(many.times) == 60
    assert many.more > 100
