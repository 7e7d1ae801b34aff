"""A calendar that Outlook leads is reread: what changes there comes in, what is unfinished waits."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest

from calendars_kit import Outlook, ics, vevent
from calendars_kit import folder as folder
from calendars_kit import outlook as outlook
from ob_buero_tui.services.calendars import look
from ob_buero_tui.services.calendars.look import EMPTY, MISSING
from ob_buero_tui.services.calendars.rereading import Rereading
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import undo
from ob_buero_tui.store.calendar import Event


def test_what_stands_there_comes_in_and_follows_what_changes_there(outlook: Outlook) -> None:
    outlook.writes(vevent("1", summary="Empfang"), vevent("2", summary="Presse"))
    news = outlook.reread()
    assert outlook.titles() == ["Empfang", "Presse"]
    assert news.sentence == "Oberbürgermeisterin: 2 Termine neu."
    outlook.writes(vevent("1", "20261202T090000", "Empfang"), vevent("2", summary="Presse"))
    assert outlook.reread().sentence == "Oberbürgermeisterin: 1 ersetzt."
    assert outlook.one("Empfang").dtstart == datetime(2026, 12, 2, 9)


def test_going_back_to_an_earlier_state_counts_too(outlook: Outlook) -> None:
    first, second = vevent("1", summary="Empfang"), vevent("1", "20261203T150000", "Empfang", SEQUENCE="4")
    for text in (first, second, first):
        outlook.writes(text)
        outlook.reread()
    assert outlook.one("Empfang").dtstart == datetime(2026, 12, 1, 10)


def test_unchanged_bytes_are_not_even_opened(outlook: Outlook, monkeypatch: pytest.MonkeyPatch) -> None:
    path = outlook.writes(vevent("1"))
    outlook.reread()
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    assert not outlook.reread().sentence
    monkeypatch.undo()
    path.touch()
    monkeypatch.setattr(look, "take_in", lambda *_: pytest.fail("taken in"))
    assert not outlook.reread().changed, "other times, the same bytes"


def test_it_is_looked_at_on_its_interval(outlook: Outlook) -> None:
    outlook.writes(vevent("1"))
    outlook.reread()
    outlook.writes(vevent("1"), vevent("2"))
    outlook.reread(minutes=4)
    assert len(outlook.titles()) == 1
    outlook.reread(minutes=1)
    assert len(outlook.titles()) == 2


def test_it_is_a_step_of_a_desk_of_its_own(outlook: Outlook) -> None:
    outlook.writes(vevent("1"))
    outlook.reread()
    line = recent_actions(outlook.place)[0]
    assert line.desk == "Abgleich"
    assert line.text.endswith(": aus Outlook gelesen: 1 Termin neu")
    assert "Termin 1" in line.text


@pytest.mark.parametrize("cut", [0, 40, -20, -2])
def test_a_half_written_file_waits_and_removes_nothing(outlook: Outlook, cut: int) -> None:
    whole = ics(vevent("1"), vevent("2"))
    outlook.source.write_text(whole, newline="")
    outlook.reread()
    outlook.source.write_text(ics(vevent("1"), vevent("3"))[: cut or None] if cut else "", newline="")
    for _ in range(4):
        news = outlook.reread()
    assert outlook.titles() == (["Termin 1", "Termin 2"] if cut != -2 else ["Termin 1", "Termin 3"])
    outlook.writes(vevent("1"), vevent("2"), vevent("3"))
    outlook.reread()
    assert outlook.titles() == ["Termin 1", "Termin 2", "Termin 3"]
    assert news.looks


def test_a_file_that_never_gets_whole_is_told_once(outlook: Outlook) -> None:
    outlook.source.write_text(ics(vevent("1"))[:-20], newline="")
    told = [outlook.reread().sentence for _ in range(6)]
    assert [bool(one) for one in told] == [False, False, True, False, False, False]
    assert "noch nicht vollständig" in told[2]


def test_an_empty_or_missing_source_deletes_nothing_and_says_so(outlook: Outlook) -> None:
    path = outlook.writes(vevent("1"), vevent("2"))
    outlook.reread()
    outlook.writes()
    assert EMPTY in outlook.reread().sentence
    path.unlink()
    assert "nicht zu finden" in outlook.reread().sentence
    assert not outlook.reread().sentence, "told once"
    assert len(outlook.titles()) == 2


def test_what_vanished_goes_to_the_trash_and_can_be_taken_back(outlook: Outlook) -> None:
    outlook.writes(vevent("1"), vevent("2"), vevent("alt", "20261101T100000"))
    outlook.reread()
    outlook.writes(vevent("2"))
    assert "„Termin 1“" in outlook.reread().sentence
    assert outlook.titles() == ["Termin alt", "Termin 2"], "files leave out what is past"
    outlook.writes(vevent("1"), vevent("2"))
    outlook.reread()
    assert outlook.titles() == ["Termin alt", "Termin 1", "Termin 2"], "taken back, not doubled"
    with outlook.place.reading() as session:
        assert session.query(Event).count() == 3


def test_so_many_at_once_are_an_accident(outlook: Outlook) -> None:
    many = [vevent(str(n), f"202612{n:02}T100000") for n in range(1, 13)]
    outlook.writes(*many)
    outlook.reread()
    outlook.writes(*many[:6])
    assert "mehr als ein Drittel" in outlook.reread().sentence
    assert len(outlook.titles()) == 12
    assert not outlook.reread().sentence
    outlook.writes(*many[:9])
    outlook.reread()
    assert len(outlook.titles()) == 9, "three of twelve may go"


def test_one_that_cannot_be_read_is_not_gone(outlook: Outlook) -> None:
    outlook.writes(vevent("1"), vevent("2"))
    outlook.reread()
    outlook.writes(vevent("1"), vevent("2").replace("START;TZID=Europe/Berlin:2026", "START:"))
    assert "Nicht gelesen" in outlook.reread().sentence
    assert len(outlook.titles()) == 2


def test_a_folder_is_read_file_by_file_and_a_bad_one_costs_no_other(folder: Outlook) -> None:
    folder.writes(vevent("1"), file="a.ics")
    (folder.source / "b.ics").write_text("<html>BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    folder.writes(vevent("3"), file="c.ics")
    news = [folder.reread().sentence for _ in range(3)]
    assert folder.titles() == ["Termin 1", "Termin 3"]
    assert "b.ics" in " ".join(news)


def test_a_file_of_a_folder_must_be_missing_twice(folder: Outlook) -> None:
    path = folder.writes(vevent("1"), file="a.ics")
    folder.writes(vevent("2"), file="b.ics")
    folder.reread()
    path.unlink()
    folder.reread()
    assert folder.titles() == ["Termin 1", "Termin 2"]
    folder.writes(vevent("1"), file="a.ics")
    folder.reread()
    path.unlink()
    for _ in range(2):
        news = folder.reread()
    assert folder.titles() == ["Termin 2"]
    assert "„Termin 1“" in news.sentence
    assert MISSING not in news.sentence


def test_an_appointment_that_moves_to_another_file_stays(folder: Outlook) -> None:
    folder.writes(vevent("1"), file="a.ics")
    folder.writes(vevent("2"), vevent("3"), file="b.ics")
    folder.reread()
    key = folder.one("Termin 3").id
    folder.writes(vevent("1"), vevent("3"), file="a.ics")
    folder.writes(vevent("2"), file="b.ics")
    folder.reread()
    assert folder.one("Termin 3").id == key
    assert len(folder.titles()) == 3


def test_two_desks_read_the_same_file_once(outlook: Outlook) -> None:
    other = Rereading(outlook.place)
    outlook.writes(vevent("1"))
    outlook.reread()
    news = other.poll(outlook.place.now)
    assert not news.changed
    assert len(outlook.titles()) == 1


def test_the_clerks_u_passes_it_by(outlook: Outlook) -> None:
    outlook.writes(vevent("1"))
    outlook.reread()
    with pytest.raises(Exception, match=r"(?i)nichts"):
        undo(outlook.place)
    assert outlook.titles() == ["Termin 1"]


def test_a_folder_that_is_rewritten_again_and_again_loses_and_doubles_nothing(folder: Outlook) -> None:
    stop, turns, wanted = threading.Event(), [0], 12

    def writes(turn: int) -> None:
        for file in range(3):
            path = folder.source / f"{file}.ics"
            events = [
                vevent(str(n), f"202612{1 + n:02}T{8 + turn % 9:02}0000", f"Termin {n} {turn}")
                for n in range(file, wanted, 3)
            ]
            text = ics(*events)
            if file == 0:
                path.unlink(missing_ok=True)
            with path.open("w", newline="") as stream:  # in place and in two halves, as bad programs do
                stream.write(text[: len(text) // 2])
                stream.flush()
                stream.write(text[len(text) // 2 :])

    def outlook_writes() -> None:
        while not stop.is_set():
            turns[0] += 1
            writes(turns[0])

    writes(0)
    writer = threading.Thread(target=outlook_writes)
    writer.start()
    try:
        for _ in range(8):
            folder.reread(minutes=1)
            folder.clock.advance(seconds=30)
    finally:
        stop.set()
        writer.join()
    for _ in range(3):
        folder.reread()
    uids = [event.uid for event in folder.events()]
    assert len(uids) == len(set(uids)) == wanted
    assert all(event.summary.endswith(f" {turns[0]}") for event in folder.events())
    with folder.place.reading() as session:
        assert session.query(Event).count() == wanted


def test_what_clashes_from_now_on_is_named(outlook: Outlook) -> None:
    outlook.writes(vevent("1", summary="Empfang"))
    outlook.reread()
    outlook.writes(vevent("1", summary="Empfang"), vevent("2", "20261201T103000", "Presse"))
    told = outlook.reread().sentence
    assert "Konflikt: " in told
    assert "Empfang" in told
