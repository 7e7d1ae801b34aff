"""What was arranged leaves for the office alone and comes back; messages say no more than a file may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_write import OutgoingEvent, write_calendar
from ob_buero_tui.exchange.itip import build_request
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.export.calendar import alone_out, calendar_out
from ob_buero_tui.services.export.events import alone
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.event_lookup import raw_texts
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventWaiver
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource
from ob_buero_tui.store.requests import RequestEvent

BERLIN = "Europe/Berlin"
START = datetime.fromisoformat("2026-12-01T10:00")
NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
DETAILS = {
    "contact_name": "Paula Probe", "contact_phone": "0151, 23; 4", "driver": "Kurt Fahrer", "car": "LA-OB 1",
    "room": "Ratssaal", "dress": "dunkel", "gift": "Zinnteller", "press": "Fotograf", "host": "dritte",
    "related_uid": "alt@ob-buero",
}  # fmt: skip
RAW = "\r\n".join(
    (
        "BEGIN:VEVENT", "UID:a@example.org", "DTSTAMP:20261101T080000Z", "SEQUENCE:1",
        "DTSTART;TZID=Europe/Berlin:20261201T100000", "DTEND;TZID=Europe/Berlin:20261201T110000",
        "RRULE:FREQ=WEEKLY;WKST=MO;COUNT=8", "SUMMARY;LANGUAGE=de:Jour ", " fixe",
        "ATTENDEE;CN='Otto; X';ROLE=CHAIR:MAILTO:o@example.org", "RELATED-TO;RELTYPE=CHILD:kind@example.org",
        "X-MICROSOFT-CDO-APPT-SEQUENCE:1", "X-WERK;X=\"a;b\":1", "CONTACT:Erika Muster\\, Tel. 1",
        "BEGIN:VALARM", "TRIGGER:-PT5M", "ACTION:DISPLAY", "DESCRIPTION:x", "END:VALARM",
        "BEGIN:X-EIGEN", "X-A:1", "END:X-EIGEN", "END:VEVENT",
    )
)  # fmt: skip


def exported(place: Workplace, audience: Audience = Audience.INTERN) -> str:
    """The calendar file that an audience gets."""
    found = calendar_out(place, Wanted(audience=audience))
    return b"".join(write_calendar(found.events, found.zones)).decode()


def imported(place: Workplace, folder: Path, text: str, name: str = "ob.ics") -> None:
    """Import a calendar file."""
    (folder / name).write_bytes(text.encode())
    report = import_files(place, [folder / name])
    assert not report.problems, report.problems


def framed(*components: str) -> str:
    """A calendar file with these components."""
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *components, "END:VCALENDAR", ""))


def changed(place: Workplace, **values: Any) -> None:
    """Change the first appointment as the office does."""
    with transaction(place, "test_change") as work:
        event = work.get(Event, 1)
        for name, value in values.items():
            setattr(event, name, value)
        event.sequence, event.dtstamp = event.sequence + 1, NOW


def outgoing(place: Workplace, key: int) -> tuple[OutgoingEvent, ...]:
    """What a message tells of an appointment."""
    with place.reading() as session:
        one = alone(session, key)
        assert one is not None
        return alone_out(place, one, raw_texts(session, [key]))


def test_details_leave_for_the_office_and_come_back(
    place: Workplace, make_event: Callable[..., int], tmp_path: Path
) -> None:
    key = make_event(uid="x@ob-buero", rrule="FREQ=DAILY;COUNT=3", speech_min=5, **DETAILS)
    with transaction(place, "test_change") as work:
        work.session.add(
            EventOverride(
                event_id=key, recurrence_id=START + timedelta(days=1), dtstart=START + timedelta(days=1),
                dtend=START + timedelta(days=1, hours=1), tzid=BERLIN, summary="Termin",
                details={"driver": "", "room": "Foyer", "speech_min": None},
            )
        )  # fmt: skip
        work.session.add(
            EventWaiver(event_id=key, kind="fahrt", reason="ist abgesprochen", given_by="PS", given_at=NOW)
        )
    text = exported(place)
    assert "abgesprochen" not in text
    assert "CONTACT:Paula Probe\\, 0151\\, 23\\; 4" in text
    with transaction(place, "test_change") as work:
        work.get(Event, key).trashed_at = NOW
    imported(place, tmp_path, text)
    with place.reading() as session:
        event = session.query(Event).filter_by(trashed_at=None).one()
        assert {name: getattr(event, name) for name in DETAILS} == DETAILS
        assert event.speech_min == 5
        override = session.query(EventOverride).filter_by(event_id=event.id).one()
        assert override.details == {"driver": "", "room": "Foyer", "speech_min": None}
    assert exported(place) == text


@pytest.mark.parametrize("audience", [Audience.DEPUTY, Audience.PRESS, Audience.PUBLIC])
def test_nobody_else_is_told(place: Workplace, make_event: Callable[..., int], audience: Audience) -> None:
    make_event(uid="x@ob-buero", confidentiality="oeffentlich", **DETAILS)
    text = exported(place, audience)
    assert "UID:x@ob-buero" in text
    for value in DETAILS.values():
        assert value.partition(",")[0] not in text
    assert "X-OB-" not in text


def test_what_came_from_another_office_is_not_passed_on(place: Workplace, tmp_path: Path) -> None:
    imported(place, tmp_path, framed(RAW.replace("BEGIN:VALARM", "X-OB-DRIVER:Kurt\r\nBEGIN:VALARM", 1)))
    assert "X-OB-DRIVER:Kurt" in exported(place)
    told = exported(place, Audience.DEPUTY)
    assert "X-OB-" not in told
    assert 'X-WERK;X="a;b":1' in told


def test_what_is_untouched_keeps_every_byte_and_what_is_touched_changes_alone(
    place: Workplace, tmp_path: Path
) -> None:
    imported(place, tmp_path, framed(RAW))
    assert RAW in exported(place)
    changed(place, driver="Kurt", summary="Lage")
    before, after = set(RAW.split("\r\n")), exported(place).split("\r\n")
    component = after[after.index("BEGIN:VEVENT") : after.index("END:VEVENT") + 1]
    assert set(component) - before == {
        "SUMMARY:Lage", "SEQUENCE:2", "DTSTAMP:20261125T084200Z", "X-OB-DRIVER:Kurt",
    }  # fmt: skip
    assert before - set(component) == {
        "SUMMARY;LANGUAGE=de:Jour ", " fixe", "SEQUENCE:1", "DTSTAMP:20261101T080000Z",
        "X-MICROSOFT-CDO-APPT-SEQUENCE:1",
    }  # fmt: skip
    assert exported(place) == exported(place), "the stamp is that of the change"


def test_a_series_that_was_cut_in_two_keeps_its_words_in_both(place: Workplace, tmp_path: Path) -> None:
    imported(place, tmp_path, framed(RAW))
    changed(place, rrule="FREQ=WEEKLY;WKST=MO;UNTIL=20261221T225959Z")
    with transaction(place, "test_change") as work:
        first = work.get(Event, 1)
        columns = {
            column.name: getattr(first, column.name)
            for column in Event.__table__.columns
            if column.name not in ("id", "version")
        }
        later = START + timedelta(weeks=3)
        second = Event(
            **columns
            | {
                "uid": "neu@ob-buero", "related_uid": "a@example.org", "rrule": "FREQ=WEEKLY;WKST=MO;COUNT=5",
                "dtstart": later, "dtend": later + timedelta(hours=1),
                "starts_at": first.starts_at + timedelta(weeks=3),
                "ends_at": first.ends_at + timedelta(weeks=3),
            }
        )  # fmt: skip
        work.session.add(second)
        work.session.flush()
        work.session.add(EventSource(event_id=second.id, override_id=None, raw=RAW))
    text = exported(place)
    one, two = read_calendar(text.encode(), BERLIN).events
    assert (one.uid, two.uid) == ("a@example.org", "neu@ob-buero")
    assert (one.rrule, two.rrule) == (
        "FREQ=WEEKLY;WKST=MO;UNTIL=20261221T225959Z", "FREQ=WEEKLY;WKST=MO;COUNT=5",
    )  # fmt: skip
    assert two.dtstart == later
    for kept in ("ATTENDEE;CN='Otto; X'", "BEGIN:X-EIGEN", "TRIGGER:-PT5M", "RELATED-TO;RELTYPE=CHILD:kind@"):
        assert text.count(kept) == 2
    assert text.count("RELATED-TO:a@example.org") == 1


def test_a_message_keeps_what_came_and_tells_nothing_that_was_arranged(
    place: Workplace, tmp_path: Path
) -> None:
    imported(place, tmp_path, framed(RAW))
    changed(place, driver="Kurt", summary="Lage")
    text = build_request(outgoing(place, 1), stamp=NOW, organizer="OB <ob@example.org>").decode()
    assert ("X-OB-" in text, "SUMMARY:Lage" in text, 'X-WERK;X="a;b":1' in text) == (False, True, True)


@pytest.mark.parametrize("level", ["vertraulich", "persoenlich"])
def test_a_message_on_what_is_confidential_says_only_that_it_is_taken(
    place: Workplace, tmp_path: Path, level: str
) -> None:
    imported(place, tmp_path, framed(RAW))
    changed(place, confidentiality=level, owner=place.desk.account, location="Geheim")
    (event,) = outgoing(place, 1)
    assert (event.uid, event.summary, event.location, event.raw) == ("a@example.org", "belegt", "", "")
    assert event.rrule == "FREQ=WEEKLY;WKST=MO;COUNT=8"


def test_a_confidential_date_hides_alone(place: Workplace, make_event: Callable[..., int]) -> None:
    key = make_event(uid="x@ob-buero", rrule="FREQ=DAILY;COUNT=3", summary="Lage")
    with transaction(place, "test_change") as work:
        work.session.add(
            EventOverride(
                event_id=key, recurrence_id=START, dtstart=START, dtend=START + timedelta(hours=1),
                tzid=BERLIN, summary="Klinik", confidentiality="vertraulich",
            )
        )  # fmt: skip
    told = [(event.summary, event.recurrence_id) for event in outgoing(place, key)]
    assert told == [("Lage", None), ("belegt", START)]
    assert "Klinik" not in exported(place)


def test_a_message_hides_what_belongs_to_a_confidential_request(
    place: Workplace, make_event: Callable[..., int], make_request: Callable[..., int]
) -> None:
    key = make_event(uid="x@ob-buero", summary="Lage")
    asked = make_request(confidentiality="vertraulich")
    with transaction(place, "test_change") as work:
        work.session.add(RequestEvent(request_id=asked, event_id=key))
    assert outgoing(place, key)[0].summary == "belegt"
