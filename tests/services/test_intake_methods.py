"""Messages about appointments (RFC 5546) do what they ask for, and no more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from intake_samples import calendar, event, ics, mail_with_calendar, rows, value

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import FileLine, Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventPerson
from ob_buero_tui.store.calendar import Event

SERIES = {"rrule": "FREQ=WEEKLY;COUNT=5"}
DATES = "SELECT recurrence_id, dtstart, summary, status FROM event_override ORDER BY recurrence_id"
ANNA = ";CN=Anna Muster;PARTSTAT={}:mailto:Anna@Verein.example.org"


def take(place: Workplace, folder: Path, *events: str, method: str = "") -> FileLine:
    """Import one calendar file with these events."""
    (line,) = import_files(place, [calendar(folder, *events, method=method)]).lines
    return line


def starts(place: Workplace) -> list[str]:
    """The starts of all dates in the window, in UTC, to the minute."""
    return [row[0][:16] for row in rows(place, "SELECT starts_at FROM occurrence ORDER BY starts_at")]


def with_anna(place: Workplace, folder: Path, **given: str) -> None:
    """An appointment that Anna comes along to."""
    take(place, folder, event(**given))
    with transaction(place, "test_change") as work:
        person = EventPerson(event_id=1, person_id=None, name="A. Muster", email="anna@verein.example.org")
        work.session.add(person)


def notes(place: Workplace) -> list[str]:
    """The remarks on all appointments."""
    return [row[0] for row in rows(place, "SELECT text FROM note ORDER BY id")]


# --- answers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_is_entered_beside_the_name_and_changes_nothing_else(
    place: Workplace, tmp_path: Path, said: str
) -> None:
    with_anna(place, tmp_path)
    before = rows(place, "SELECT * FROM event")
    line = take(place, tmp_path, event(attendee=ANNA.format(said), summary="Anders"), method="REPLY")
    assert (line.status, line.text) == (Status.CHANGED, "1 Antwort auf Einladungen")
    assert value(place, "SELECT partstat FROM event_person") == said
    assert rows(place, "SELECT * FROM event") == before
    assert notes(place) == []
    undo(place)
    assert value(place, "SELECT partstat FROM event_person") == ""


def test_the_same_answer_again_is_nothing_new(place: Workplace, tmp_path: Path) -> None:
    with_anna(place, tmp_path)
    for stamp in ("20261102T080000Z", "20261103T080000Z"):
        reply = event(attendee=ANNA.format("DECLINED"), dtstamp=stamp, comment="bin im Urlaub")
        line = take(place, tmp_path, reply, method="REPLY")
    assert line.status is Status.UNCHANGED
    assert notes(place) == ["Anna Muster (Anna@Verein.example.org) hat abgesagt: „bin im Urlaub“"]


def test_somebody_who_does_not_stand_there_is_named(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    line = take(place, tmp_path, event(attendee=ANNA.format("ACCEPTED")), method="REPLY")
    assert line.notes == ("Anna Muster (Anna@Verein.example.org) steht nicht bei „Termin“.",)
    assert notes(place) == [
        "Anna Muster (Anna@Verein.example.org) (steht nicht bei diesem Termin) hat zugesagt"
    ]
    assert value(place, "SELECT count(*) FROM event_person") == 0


def test_an_answer_for_one_date_is_a_remark(place: Workplace, tmp_path: Path) -> None:
    with_anna(place, tmp_path, **SERIES)
    reply = event(attendee=ANNA.format("DECLINED"), recurrence_id=";TZID=Europe/Berlin:20261208T100000")
    take(place, tmp_path, reply, method="REPLY")
    assert value(place, "SELECT partstat FROM event_person") == ""
    assert "hat abgesagt für Di 8.12.2026 10:00" in notes(place)[0]
    assert value(place, "SELECT count(*) FROM event_override") == 0


def test_an_answer_to_an_older_version_is_a_remark(place: Workplace, tmp_path: Path) -> None:
    with_anna(place, tmp_path, sequence="3")
    take(place, tmp_path, event(attendee=ANNA.format("ACCEPTED"), sequence="2"), method="REPLY")
    assert value(place, "SELECT partstat FROM event_person") == ""
    assert "älteren Fassung" in notes(place)[0]


def test_an_answer_without_a_beginning_and_one_to_nothing(place: Workplace, tmp_path: Path) -> None:
    with_anna(place, tmp_path)
    terse = event(attendee=ANNA.format("ACCEPTED")).replace(
        "DTSTART;TZID=Europe/Berlin:20261201T100000\r\n", ""
    )
    terse = "\r\n".join(line for line in terse.split("\r\n") if not line.startswith(("DTSTART", "DTEND")))
    assert take(place, tmp_path, terse, method="REPLY").status is Status.CHANGED
    line = take(place, tmp_path, event("x@example.org", attendee=ANNA.format("ACCEPTED")), method="REPLY")
    assert line.problems == ("Die Antwort zu „Termin“ gehört zu keinem gespeicherten Termin.",)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("COUNTER", "schlägt einen anderen Termin vor (Di 1.12.2026 10:00)"),
        ("REFRESH", "bittet um die neueste Fassung"),
        ("ADD", "fügt einer Serie Termine hinzu"),
        ("DECLINECOUNTER", "lehnt einen Terminvorschlag ab"),
    ],
)
def test_what_only_a_person_decides_is_named_and_left(
    place: Workplace, tmp_path: Path, method: str, said: str
) -> None:
    take(place, tmp_path, event())
    before = rows(place, "SELECT * FROM event")
    line = take(place, tmp_path, event(summary="Anders", sequence="9"), method=method)
    assert line.status is Status.REFUSED
    assert said in line.problems[0]
    assert rows(place, "SELECT * FROM event") == before


# --- cancellations ----------------------------------------------------------------------------------------


def test_a_cancellation_may_name_the_uid_alone(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    terse = "\r\n".join(
        ("BEGIN:VEVENT", "UID:a@example.org", "DTSTAMP:20261110T080000Z", "SEQUENCE:1", "END:VEVENT")
    )
    assert take(place, tmp_path, terse, method="CANCEL").text == "1 abgesagt"
    assert rows(place, "SELECT summary, status, dtstart FROM event") == [
        ("Termin", "CANCELLED", "2026-12-01T10:00:00")
    ]
    again = take(place, tmp_path, terse.replace("T080000Z", "T090000Z"), method="CANCEL")
    assert again.status is Status.UNCHANGED


def test_a_called_off_date_keeps_what_its_series_says_of_it(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(**SERIES, location="Rathaus"))
    off = "\r\n".join(
        ("BEGIN:VEVENT", "UID:a@example.org", "DTSTAMP:20261110T080000Z",
         "RECURRENCE-ID;TZID=Europe/Berlin:20261208T100000", "SEQUENCE:1", "END:VEVENT")
    )  # fmt: skip
    assert take(place, tmp_path, off, method="CANCEL").text == "1 abgesagt"
    assert rows(place, "SELECT summary, location, dtstart, dtend, status FROM event_override") == [
        ("Termin", "Rathaus", "2026-12-08T10:00:00", "2026-12-08T11:00:00", "CANCELLED")
    ]
    assert len(starts(place)) == 4


def test_a_changed_date_that_is_called_off_keeps_its_words(place: Workplace, tmp_path: Path) -> None:
    there = ";TZID=Europe/Berlin:20261208T100000"
    take(place, tmp_path, event(**SERIES), event(recurrence_id=there, summary="Verlegt", x_eigenes="1"))
    take(place, tmp_path, event(recurrence_id=there, summary="Absage", sequence="2"), method="CANCEL")
    assert rows(place, "SELECT summary, status FROM event_override") == [("Verlegt", "CANCELLED")]
    assert "X-EIGENES:1" in value(place, "SELECT raw FROM event_source WHERE override_id IS NOT NULL")


def test_a_series_is_called_off_from_a_date_on(place: Workplace, tmp_path: Path) -> None:
    later = ";TZID=Europe/Berlin:20261222T100000"
    take(place, tmp_path, event(rrule="FREQ=WEEKLY"), event(recurrence_id=later, summary="Verlegt"))
    off = event(recurrence_id=";RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261215T100000", sequence="1")
    assert take(place, tmp_path, off, method="CANCEL").text == "1 abgesagt"
    assert starts(place) == ["2026-12-01T09:00", "2026-12-08T09:00"]
    assert value(place, "SELECT rrule FROM event") == "FREQ=WEEKLY;UNTIL=20261215T085959Z"
    undo(place)
    assert len(starts(place)) > 50


# --- this date and all later ones -------------------------------------------------------------------------


def test_a_change_of_all_later_dates(place: Workplace, tmp_path: Path) -> None:
    later = event(
        recurrence_id=";TZID=Europe/Berlin;RANGE=THISANDFUTURE:20261215T100000", summary="Neu", sequence="1",
        dtstart=";TZID=Europe/Berlin:20261216T140000", dtend=";TZID=Europe/Berlin:20261216T150000",
    )  # fmt: skip
    own = event(recurrence_id=";TZID=Europe/Berlin:20261222T100000", summary="Eigen")
    line = take(place, tmp_path, event(**SERIES), later, own)
    assert line.text == "1 Termin neu, 3 Einzeltermine neu"
    assert rows(place, DATES) == [
        ("2026-12-15T10:00:00", "2026-12-16T14:00:00", "Neu", "CONFIRMED"),
        ("2026-12-22T10:00:00", "2026-12-01T10:00:00", "Eigen", "CONFIRMED"),
        ("2026-12-29T10:00:00", "2026-12-30T14:00:00", "Neu", "CONFIRMED"),
    ]
    (path,) = (calendar(tmp_path, later, own, event(**SERIES, x_neu="1")),)
    assert import_files(place, [path]).lines[0].status is Status.UNCHANGED


def test_a_change_of_all_later_dates_of_an_endless_series_says_how_far_it_goes(
    place: Workplace, tmp_path: Path
) -> None:
    take(place, tmp_path, event(rrule="FREQ=WEEKLY"))
    later = event(
        recurrence_id=";TZID=Europe/Berlin;RANGE=THISANDFUTURE:20261215T100000", summary="Neu", sequence="1",
        dtstart=";TZID=Europe/Berlin:20261215T110000", dtend=";TZID=Europe/Berlin:20261215T120000",
    )  # fmt: skip
    line = take(place, tmp_path, later)
    assert value(place, "SELECT count(*) FROM event_override") == 521
    assert line.notes == (
        "„Neu“ ändert sich für alle späteren Termine; eingetragen ist das bis Di 2.12.2036.",
    )
    # Across the change of summer time the wall time stays.
    assert "2027-07-06T09:00" in starts(place)
    assert "2027-01-05T10:00" in starts(place)


# --- what is pending --------------------------------------------------------------------------------------


def pend(place: Workplace, **changes: object) -> None:
    """Change the first appointment as the office does in a calendar that Outlook leads."""
    with transaction(place, "test_change") as work:
        stored = work.get(Event, 1)
        for name, new in changes.items():
            setattr(stored, name, new)
        stored.sequence += 1
        stored.dtstamp = stored.pending_since = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def test_a_change_is_pending_until_it_is_seen(place: Workplace, tmp_path: Path) -> None:
    pending = "SELECT pending_since IS NOT NULL, sequence, summary FROM event"
    take(place, tmp_path, event())
    pend(place, summary="Großer Empfang")
    take(place, tmp_path, event(dtstamp="20261126T080000Z"))
    assert rows(place, pending) == [(1, 1, "Großer Empfang")], "the old state changes nothing"
    seen = event(dtstamp="20261126T090000Z", summary="Großer Empfang", x_neu="1")
    take(place, tmp_path, seen)
    assert rows(place, pending) == [(0, 0, "Großer Empfang")]
    assert value(place, "SELECT raw FROM event_source") == seen
    take(place, tmp_path, event(dtstamp="20261127T090000Z", summary="Kleiner Empfang"))
    assert rows(place, pending) == [(0, 0, "Kleiner Empfang")], "versions count as the other side counts"


def test_a_newer_version_of_the_other_side_overrules(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    pend(place, summary="Großer Empfang")
    take(place, tmp_path, event(sequence="2", summary="Ganz anders"))
    assert rows(place, "SELECT summary, pending_since FROM event") == [("Ganz anders", None)]


def test_what_the_office_deleted_does_not_come_back_before_the_other_side_knows(
    place: Workplace, tmp_path: Path
) -> None:
    take(place, tmp_path, event())
    pend(place, trashed_at=datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    take(place, tmp_path, event(dtstamp="20261126T080000Z", sequence="5"))
    assert value(place, "SELECT count(*) FROM event") == 1


def test_an_empty_source_deletes_nothing(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    line = take(place, tmp_path)
    assert line.text == "Die Datei enthält keine Termine."
    assert value(place, "SELECT count(*) FROM event WHERE trashed_at IS NULL") == 1


# --- in mails ---------------------------------------------------------------------------------------------


def by_mail(place: Workplace, folder: Path, text: str, sender: str = "erika@verein.example.org") -> list[str]:
    """Take in a mail as Outlook sends invitations, the calendar as a part without a name; its notes."""
    path = mail_with_calendar(folder, text)
    told = path.read_bytes().replace(b'; name="fest.ics"', b"; method=REQUEST")
    told = told.replace(b'Content-Disposition: attachment; filename="fest.ics"\r\n', b"")
    path.write_bytes(told.replace(b"erika@verein.example.org", sender.encode()))
    (line,) = import_files(place, [path]).lines
    assert line.status is Status.NEW
    return list(line.notes)


def test_a_mail_names_the_appointment_and_does_not_touch_it(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    before = rows(place, "SELECT * FROM event")
    notes = by_mail(place, tmp_path, ics(event(sequence="1"), method="CANCEL"))
    assert any(
        "Im Kalender steht „Termin“ am Di 1.12.2026 10:00; diese Nachricht sagt" in one for one in notes
    )
    assert rows(place, "SELECT * FROM event") == before


def test_a_note_on_a_mail_names_no_confidential_appointment(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event().replace("BEGIN:VEVENT", "BEGIN:VEVENT\r\nCLASS:CONFIDENTIAL"))
    assert value(place, "SELECT confidentiality FROM event") == "vertraulich"
    notes = by_mail(place, tmp_path, ics(event(sequence="1"), method="CANCEL"))
    assert any("Im Kalender steht ein vertraulicher Termin am Di 1.12.2026 10:00" in one for one in notes)


def test_an_answer_by_mail_counts_for_its_sender_alone(place: Workplace, tmp_path: Path) -> None:
    with_anna(place, tmp_path)
    reply = ics(event(attendee=ANNA.format("ACCEPTED")), method="REPLY")
    by_mail(place, tmp_path, reply, sender="fremd@example.org")
    assert value(place, "SELECT partstat FROM event_person") == ""
    by_mail(
        place,
        tmp_path,
        reply.replace("VERSION:2.0", "VERSION:2.0\r\nX-A:1"),
        sender="anna@verein.example.org",
    )
    assert value(place, "SELECT partstat FROM event_person") == "ACCEPTED"
    undo(place)
    assert value(place, "SELECT partstat FROM event_person") == ""
