"""Messages about appointments say what RFC 5546 asks for, and read the same here and by icalendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_write import OutgoingEvent
from ob_buero_tui.exchange.itip import Attendee, build_cancel, build_publish, build_reply, build_request
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import to_utc

BERLIN = "Europe/Berlin"
CAME = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
START = datetime.fromisoformat("2026-12-01T10:00")
OFFICE = "OB-Büro <ob@lindenau.example.org>"
ANNA = Attendee(name="Anna Muster", address="anna@example.org")
RAW = "\r\n".join(
    (
        "BEGIN:VEVENT",
        "UID:1@example.org",
        "DTSTAMP:20261120T070000Z",
        'DTSTART;TZID="W. Europe Standard Time":20261201T100000',
        "DTEND;TZID=W. Europe Standard Time:20261201T110000",
        "SUMMARY:Empfang",
        "ORGANIZER;CN=Verein:mailto:verein@example.org",
        'ATTENDEE;CN="Muster, Anna";PARTSTAT=ACCEPTED;X-NUM-GUESTS=0:mailto:ANNA@exam',
        " ple.org",
        "X-WERK;X-ART='halb:Teil 1",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
        "DESCRIPTION:Erinnerung",
        "END:VALARM",
        "END:VEVENT",
    )
)


def outgoing(**given: Any) -> OutgoingEvent:
    """An appointment to write."""
    values = {
        "uid": "1@example.org", "summary": "Empfang", "dtstart": START, "dtend": START + timedelta(hours=1),
        "all_day": False, "tzid": BERLIN, "dtstamp": CAME, "status": "CONFIRMED", "sequence": 2,
        "organizer": "Verein <verein@example.org>",
    } | given  # fmt: skip
    starts, ends = to_utc(values["dtstart"], values["tzid"]), to_utc(values["dtend"], values["tzid"])
    return OutgoingEvent(**({"starts_at": starts, "ends_at": ends} | values))


def the_event(data: bytes) -> Any:
    """The only VEVENT as icalendar reads it; its zones are described in the file."""
    calendar = Calendar.from_ical(data)
    assert calendar.get_missing_tzids() == set()
    (event,) = calendar.walk("VEVENT")
    assert event.errors == []
    return event


def lines_of(data: bytes) -> list[str]:
    """The unfolded lines of a file."""
    assert b"\n" not in data.replace(b"\r\n", b"")
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_an_invitation_names_all_that_it_must() -> None:
    data = build_request([outgoing()], stamp=NOW, organizer=OFFICE, attendees=[ANNA])
    found = read_calendar(data, BERLIN)
    (event,) = found.events
    assert found.method == "REQUEST"
    assert (event.uid, event.sequence, event.dtstamp) == ("1@example.org", 2, NOW)
    assert event.organizer == OFFICE
    assert event.attendees == ("Anna Muster <anna@example.org>",)
    said = the_event(data)["ATTENDEE"].params
    assert (said["PARTSTAT"], said["ROLE"], said["RSVP"]) == ("NEEDS-ACTION", "REQ-PARTICIPANT", "TRUE")
    assert "TZID:Europe/Berlin" in lines_of(data)


def test_what_came_in_goes_along_untouched() -> None:
    data = build_request([outgoing(raw=RAW)], stamp=NOW, attendees=[ANNA, Attendee(address="b@example.org")])
    lines = lines_of(data)
    assert 'ATTENDEE;CN="Muster, Anna";PARTSTAT=ACCEPTED;X-NUM-GUESTS=0:mailto:ANNA@example.org' in lines
    assert sum(line.startswith("ATTENDEE") for line in lines) == 2
    assert "X-WERK;X-ART='halb:Teil 1" in lines
    assert "TRIGGER:-PT15M" in lines
    assert 'DTSTART;TZID="W. Europe Standard Time":20261201T100000' in lines
    assert "SEQUENCE:2" in lines
    assert lines.count("DTSTAMP:20261125T084200Z") == 1
    assert "ORGANIZER;CN=Verein:mailto:verein@example.org" in lines
    assert b'ATTENDEE;CN="Muster, Anna";PARTSTAT=ACCEPTED;X-NUM-GUESTS=0:mailto:ANNA@exam\r\n ple.org' in data


def test_a_changed_time_is_written_anew_and_the_rest_stays() -> None:
    moved = outgoing(
        raw=RAW,
        dtstart=START + timedelta(hours=2),
        dtend=START + timedelta(hours=3),
        changed=frozenset(("DTSTART",)),
    )
    data = build_request([moved], stamp=NOW)
    assert read_calendar(data, BERLIN).events[0].dtstart == START + timedelta(hours=2)
    assert "X-WERK;X-ART='halb:Teil 1" in lines_of(data)


def test_a_cancellation_of_one_date() -> None:
    one = outgoing(recurrence_id=START, series_tzid=BERLIN, sequence=3, raw=RAW)
    data = build_cancel([one], stamp=NOW, comment="Erkrankung, leider; kurzfristig")
    found = read_calendar(data, BERLIN)
    (event,) = found.events
    assert (found.method, event.status, event.recurrence_id) == ("CANCEL", "CANCELLED", START)
    assert event.attendees == ("Muster, Anna <ANNA@example.org>",)
    assert "VALARM" not in data.decode()
    assert str(the_event(data)["COMMENT"]) == "Erkrankung, leider; kurzfristig"


def test_an_answer_names_one_attendee_and_no_other() -> None:
    data = build_reply([outgoing(raw=RAW)], replace(ANNA, partstat="DECLINED"), stamp=NOW)
    found = read_calendar(data, BERLIN)
    assert (found.method, found.events[0].attendees) == ("REPLY", ("Anna Muster <anna@example.org>",))
    said = the_event(data)
    assert said["ATTENDEE"].params["PARTSTAT"] == "DECLINED"
    assert "STATUS" not in said
    assert said["SEQUENCE"] == 2


def test_what_is_published_names_no_attendees() -> None:
    two = outgoing(uid="2@example.org", all_day=True, dtstart=datetime.fromisoformat("2026-12-24"),
                   dtend=datetime.fromisoformat("2026-12-25"))  # fmt: skip
    data = build_publish([outgoing(raw=RAW), two], stamp=NOW)
    assert "METHOD:PUBLISH" in lines_of(data)
    assert not [line for line in lines_of(data) if line.startswith("ATTENDEE")]
    assert len(read_calendar(data, BERLIN).events) == 2


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda: build_request([], stamp=NOW), "kein Termin"),
        (lambda: build_request([outgoing()], stamp=NOW), "Niemand ist eingeladen"),
        (lambda: build_cancel([outgoing(organizer="")], stamp=NOW), "keinen Veranstalter"),
    ],
)
def test_what_nobody_could_read_is_not_written(build: Callable[[], bytes], why: str) -> None:
    with pytest.raises(Refusal, match=why):
        build()


def test_the_text_it_came_as_is_no_way_around_a_line_end() -> None:
    """A name with a line end must not begin a property of its own."""
    bad = Attendee(name="A\r\nSUMMARY:falsch", address="a@example.org\r\nX-B:1")
    data = build_request([outgoing()], stamp=NOW, attendees=[bad])
    assert not [line for line in lines_of(data) if line.startswith(("SUMMARY:falsch", "X-B"))]
