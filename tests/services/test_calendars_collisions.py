"""Our change of a calendar that Outlook leads: sent, seen there, or changed on both sides."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from calendars_kit import Outlook, change_date, vevent
from calendars_kit import outlook as outlook
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendars.giving_way import take_theirs
from ob_buero_tui.services.calendars.outstanding import outstanding
from ob_buero_tui.services.calendars.pending import pending_count
from ob_buero_tui.services.calendars.sending import send_to_outlook
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import USE_CASES

LATER: dict[str, Any] = {
    "dtstart": datetime(2026, 12, 1, 14),
    "dtend": datetime(2026, 12, 1, 15),
    "starts_at": to_utc(datetime(2026, 12, 1, 14), "Europe/Berlin"),
    "ends_at": to_utc(datetime(2026, 12, 1, 15), "Europe/Berlin"),
}


def moved_there(**more: str) -> str:
    """What Outlook writes when it has taken our invitation."""
    return vevent("1", "20261201T140000", "Empfang", SEQUENCE="1", **more)


@pytest.fixture
def pending(outlook: Outlook) -> int:
    """An appointment from Outlook that we have moved to the afternoon."""
    outlook.writes(vevent("1", summary="Empfang"), vevent("2", summary="Presse"))
    outlook.reread()
    return outlook.change("Empfang", LATER)


def drafts(outlook: Outlook) -> list[Path]:
    return sorted(outlook.place.out_folder.glob("*.eml"))


def test_our_change_waits_and_is_not_undone_by_a_reread(outlook: Outlook, pending: int) -> None:
    outlook.writes(vevent("1", summary="Empfang"), vevent("2", summary="Presse"), vevent("3"))
    assert outlook.reread().sentence.startswith("Oberbürgermeisterin: 1 Termin neu.")
    assert outlook.one("Empfang").dtstart == LATER["dtstart"]
    assert pending_count(outlook.place) == 1
    (line,) = outstanding(outlook.place)
    assert line.text == "Di 1.12. 14:00 Empfang: geändert, noch nicht in Outlook"


def test_the_draft_asks_outlook_and_stays_marked_until_it_shows_it(outlook: Outlook, pending: int) -> None:
    done = send_to_outlook(outlook.place, [pending])
    assert "Ausgangskorb" in done.text
    (path,) = drafts(outlook)
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "ob@lindenau.example.org"
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    (record,) = read_calendar(part.get_payload(decode=True), "Europe/Berlin").events
    assert (record.uid, record.dtstart, record.sequence) == ("1@outlook.example.org", LATER["dtstart"], 1)
    assert "Entwurf vom" in outstanding(outlook.place)[0].text
    assert pending_count(outlook.place) == 1
    outlook.writes(moved_there(), vevent("2", summary="Presse"))
    assert "1 von uns angekommen." in outlook.reread().sentence
    assert pending_count(outlook.place) == 0
    assert outlook.one("Empfang").id == pending
    assert not outlook.notes(pending)


def test_a_description_that_outlook_wrote_anew_is_no_difference(outlook: Outlook, pending: int) -> None:
    """Programs put markup and signatures of their own there: what we meant has arrived all the same."""
    outlook.writes(moved_there(DESCRIPTION="<p>Wie besprochen</p>"), vevent("2", summary="Presse"))
    assert "1 von uns angekommen." in outlook.reread().sentence
    assert pending_count(outlook.place) == 0
    assert not outlook.notes(pending)


def test_a_description_that_we_changed_alone_waits_until_outlook_takes_it(outlook: Outlook) -> None:
    there = vevent("1", summary="Empfang", DESCRIPTION="alt")
    outlook.writes(there, vevent("2", summary="Presse"))
    outlook.reread()
    outlook.change("Empfang", {"description": "neu"})
    outlook.writes(there, vevent("2", summary="Presse"), vevent("3"))
    assert "angekommen" not in outlook.reread().sentence
    assert pending_count(outlook.place) == 1
    assert outlook.one("Empfang").description == "neu"
    taken = vevent("1", summary="Empfang", DESCRIPTION="neu\\n", SEQUENCE="1")
    outlook.writes(taken, vevent("2", summary="Presse"), vevent("3"))
    outlook.reread()
    assert pending_count(outlook.place) == 0


def test_a_further_change_after_the_draft_has_to_be_sent_again(outlook: Outlook, pending: int) -> None:
    send_to_outlook(outlook.place, [pending])
    outlook.change("Empfang", {"location": "Ratssaal"})
    assert outstanding(outlook.place)[0].sent_at is None


def test_changed_on_both_sides_names_both_and_loses_neither(outlook: Outlook, pending: int) -> None:
    outlook.writes(vevent("1", "20261201T160000", "Empfang", LOCATION="Foyer"), vevent("2", summary="Presse"))
    told = outlook.reread().sentence
    for value in ("Di 1.12. 14:00", "Di 1.12. 16:00", "Foyer"):
        assert value in told
        assert value in outlook.notes(pending)[0]
    assert outlook.one("Empfang").dtstart == LATER["dtstart"]
    outlook.source.touch()
    outlook.writes(vevent("1", "20261201T160000", "Empfang", LOCATION="Foyer"), vevent("2", summary="PK"))
    outlook.reread()
    assert len(outlook.notes(pending)) == 1, "told once"
    take_theirs(outlook.place, pending)
    event = outlook.one("Empfang")
    assert (event.dtstart, event.location) == (datetime(2026, 12, 1, 16), "Foyer")
    assert pending_count(outlook.place) == 0
    undo(outlook.place)
    assert outlook.one("Empfang").dtstart == LATER["dtstart"]
    assert pending_count(outlook.place) == 1


def test_called_off_here_is_called_off_there_by_a_cancellation(outlook: Outlook, pending: int) -> None:
    outlook.change("Empfang", {"status": "CANCELLED", "cancel_reason": "krank"})
    send_to_outlook(outlook.place, [pending])
    text = drafts(outlook)[0].read_text()
    assert 'method="CANCEL"' in text
    assert "Abgesagt" in drafts(outlook)[0].name
    outlook.writes(vevent("2", summary="Presse"))
    outlook.reread()
    assert pending_count(outlook.place) == 0
    assert outlook.one("Empfang").status == "CANCELLED", "it stays to be seen, as called off"


def test_thrown_away_here_does_not_come_back(outlook: Outlook, pending: int) -> None:
    outlook.change("Empfang", {"trashed_at": outlook.place.clock()})
    outlook.writes(vevent("1", summary="Empfang"), vevent("2", summary="Presse"), vevent("3"))
    outlook.reread()
    assert outlook.titles() == ["Presse", "Termin 3"]
    assert [one.what for one in outstanding(outlook.place)] == ["gelöscht"]
    send_to_outlook(outlook.place, [pending])
    outlook.writes(vevent("2", summary="Presse"), vevent("3"))
    outlook.reread()
    assert pending_count(outlook.place) == 0


def test_deleted_there_while_changed_here_stays_and_is_told(outlook: Outlook, pending: int) -> None:
    outlook.writes(vevent("2", summary="Presse"))
    assert "ist in Outlook gelöscht" in outlook.reread().sentence
    assert outlook.one("Empfang").dtstart == LATER["dtstart"]
    assert pending_count(outlook.place) == 1
    assert len(outlook.notes(pending)) == 1


def test_our_own_new_one_waits_until_it_stands_there(outlook: Outlook) -> None:
    outlook.writes(vevent("2", summary="Presse"))
    outlook.reread()
    key = USE_CASES["test_create_event"].run(
        outlook.place, {"summary": "Neu", "uid": "neu@buero.example.org"}
    )
    outlook.change("Neu", {"location": "Rathaus"})
    assert [one.what for one in outstanding(outlook.place)] == ["neu"]
    send_to_outlook(outlook.place, [key])
    theirs = vevent("neu", summary="Neu", LOCATION="Rathaus").replace("neu@outlook", "neu@buero")
    outlook.writes(vevent("2", summary="Presse"), theirs)
    outlook.reread()
    assert pending_count(outlook.place) == 0
    assert sorted(outlook.titles()) == ["Neu", "Presse"]
    with pytest.raises(Refusal, match="schon so da"):
        take_theirs(outlook.place, key)


def test_a_date_left_out_there_is_the_date_called_off_here(outlook: Outlook) -> None:
    series = vevent("1", summary="Runde", RRULE="FREQ=WEEKLY;COUNT=5")
    outlook.writes(series)
    outlook.reread()
    key = outlook.one("Runde").id
    change_date(outlook.place, key, datetime(2026, 12, 8, 10), {"status": "CANCELLED"})
    assert pending_count(outlook.place) == 1
    send_to_outlook(outlook.place, [key])
    mail = email.message_from_bytes(drafts(outlook)[0].read_bytes(), policy=email.policy.default)
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    assert b"EXDATE;TZID=Europe/Berlin:20261208T100000" in part.get_payload(decode=True)
    outlook.writes(
        series.replace("END:VEVENT", "EXDATE;TZID=Europe/Berlin:20261208T100000\r\nSEQUENCE:1\r\nEND:VEVENT")
    )
    outlook.reread()
    assert pending_count(outlook.place) == 0


def test_without_an_address_nothing_is_written(outlook: Outlook, pending: int) -> None:
    calendars = dict(outlook.place.catalog.calendars)
    calendars["ob"] = replace(calendars["ob"], address="")
    place = replace(outlook.place, catalog=replace(outlook.place.catalog, calendars=calendars))
    with pytest.raises(Refusal, match="keine E-Mail-Adresse"):
        send_to_outlook(place, [pending])
    assert not drafts(outlook)
