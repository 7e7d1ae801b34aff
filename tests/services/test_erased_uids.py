"""An appointment whose UID names an erased person lives on: it is followed, and nothing tells of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from erasing_kit import FAMILY, PERSON, bytes_left

from calendars_kit import Outlook, ics, vevent
from calendars_kit import outlook as outlook
from ob_buero_tui.exchange.ics_write import write_calendar
from ob_buero_tui.services.erasing import erased_uids
from ob_buero_tui.services.erasing.erasing import erase
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.export.calendar import calendar_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.erasure_list import list_path, read_groups

NAMED = "20260101-h.quittenbaum"
LONG_AGO = "20151201T100000"
"""So long that nothing has to keep an appointment of then."""


def _erase(place: Workplace) -> None:
    person = create_contact(place, "person", PERSON).ids[0]
    found = find_person(place, person)
    erase(place, found, chosen=[hit.key for hit in found.asked], typed=FAMILY)


def test_a_file_is_followed_and_the_uid_does_not_come_back(
    outlook: Outlook, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, file = outlook.place, tmp_path / "a.ics"

    def read(*events: str) -> tuple[str, tuple[str, ...]]:
        file.write_text(ics(*events), newline="")
        (line,) = import_files(place, [file]).lines
        file.unlink()
        return line.text, line.notes

    series = {"RRULE": "FREQ=WEEKLY;COUNT=4", "RELATED-TO": f"{NAMED}@outlook.example.org"}
    events = vevent(NAMED, LONG_AGO, "Aufbau"), vevent("teil", "20151208T100000", "Abbau", **series)
    read(*events)
    _erase(place)
    assert bytes_left(database.parent) == {}
    (first, second) = outlook.events()
    assert re.fullmatch(r"[0-9a-f-]{36}@ob-buero", first.uid)
    assert second.related_uid == first.uid
    assert read(vevent(NAMED, LONG_AGO, "Aufbau", DTSTAMP="20261102T080000Z")) == ("1 unverändert", ())
    later = vevent(NAMED, "20261202T100000", "Aufbau verlegt", SEQUENCE="1")
    assert read(later, events[1]) == ("1 ersetzt, 1 unverändert", ())
    moved = outlook.one("Aufbau verlegt")
    assert (moved.id, moved.uid) == (first.id, first.uid)
    assert bytes_left(database.parent) == {}
    leaving = calendar_out(place, Wanted())
    out = b"".join(write_calendar(leaving.events, leaving.zones)).decode()
    assert first.uid in out
    assert not re.search("geloescht:|quittenbaum", out)
    monkeypatch.setattr(erased_uids, "read_stand_ins", _unreadable)
    assert erased_uids.UNREAD in read(vevent("neu"))[1]
    monkeypatch.undo()
    told, (step,) = list_path(database), read_groups(database)
    told.write_text(told.read_text(encoding="utf-8").replace(step.origin, "0" * 16), encoding="utf-8")
    assert read(vevent(NAMED, LONG_AGO, "Anderer"))[0] == "1 Termin neu"  # another office's list
    told.unlink()  # as the instructions forbid: then nothing is known any more
    assert read(later)[0].startswith("1 ersetzt")


def _unreadable(*_: object) -> None:
    raise PermissionError


def test_a_reread_file_is_followed_to_its_end(outlook: Outlook, database: Path) -> None:
    """What stands in it is not missed, and what vanishes from it goes to the trash."""
    outlook.writes(vevent(NAMED, LONG_AGO, "Aufbau"), vevent("2"))
    outlook.reread()
    _erase(outlook.place)
    named = vevent(NAMED, "20261202T100000", "Aufbau verlegt")
    for events in ((vevent(NAMED, LONG_AGO, "Aufbau"), vevent("2"), vevent("3")), (named, vevent("2"))):
        outlook.source.write_text(ics(*events), newline="")
        outlook.reread()
    assert outlook.titles() == ["Termin 2", "Aufbau verlegt"]
    outlook.source.unlink()
    assert bytes_left(database.parent) == {}
    outlook.writes(vevent("2"))
    assert "„Aufbau verlegt“" in outlook.reread().sentence
    assert outlook.titles() == ["Termin 2"]
