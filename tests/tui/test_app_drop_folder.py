"""The drop folder at the desk: new rows while the cursor stays, reachable refusals, files read in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.paths import Completion, complete
from ob_buero_tui.services.requests.inbox import ALL, ids
from ob_buero_tui.tui import drop_watch
from ob_buero_tui.tui.screens.dialogs import path_line
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.columns import Columns
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.drop_list import DropList
from ob_buero_tui.tui.screens.dialogs.path_line import PathLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.frame_commands import FrameCommands

MAIL = """From: Erika Beispiel <erika@verein.example.org>
To: ob@stadt.example.org
Subject: Bitte um ein Grußwort {number}
Date: Wed, 18 Nov 2026 09:00:00 +0100
Message-ID: <{number}@verein.example.org>
Content-Type: text/plain; charset=utf-8

wir bitten um ein Grußwort.
"""
LIST = "Posteingang;Verein;Worum;Wann;Kosten\n18.11.2026;TSV Beispiel;Grußwort zum Fest;12.12.2026;20\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty drop folder."""
    made = tmp_path / "eingangskorb"
    made.mkdir()
    return made


@pytest.fixture
def watched(office: Office, folder: Path) -> Office:
    """The office with that drop folder."""
    return replace(office, place=replace(office.place, drop_folder=folder))


def put(folder: Path, number: int = 1) -> Path:
    """A mail put into a folder."""
    path = folder / f"{number}.eml"
    path.write_text(MAIL.format(number=number), encoding="utf-8")
    return path


async def looks(desk: Desk, times: int = 2) -> None:
    """Let the watcher look, one look after the other."""
    for _ in range(times):
        await desk.until(lambda: all(w.is_finished for w in desk.app.workers if w.group == drop_watch.GROUP))
        drop_watch.look(desk.app)
    await desk.until(lambda: all(w.is_finished for w in desk.app.workers if w.group == drop_watch.GROUP))
    await desk.quiet()


async def palette(desk: Desk, name: str) -> None:
    """Run a command by its name."""
    screen = desk.app.desk_screen
    assert isinstance(screen, FrameCommands)
    await desk.press("ctrl+p")
    await desk.shows("Befehle")
    await desk.type(name)
    await desk.press("enter")


async def test_new_rows_appear_and_the_cursor_stays(watched: Office, folder: Path, five: list[int]) -> None:
    async with at_desk(watched) as desk:
        await desk.press("j", "j")
        before = desk.cursor
        for number in range(3):
            put(folder, number)
        await looks(desk)
        await desk.says("3 neue Eingänge aus dem Eingangskorb.")
        await desk.until(lambda: len(desk.ids) == len(five) + 3)
        assert desk.cursor == before


async def test_u_takes_back_the_own_step_and_the_import_is_taken_back_in_its_list(
    watched: Office, folder: Path, five: list[int]
) -> None:
    async with at_desk(watched) as desk:
        await desk.press("exclamation_mark")
        await desk.quiet()
        put(folder)
        await looks(desk)
        await desk.says("1 neuer Eingang aus dem Eingangskorb.")
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert len(ids(desk.app.patient, ALL)) == len(five) + 1
        await palette(desk, "eingangskorb zeigen")
        await desk.opened(DropList)
        await desk.shows("eingelesen")
        await desk.press("u")
        await desk.opened(Confirm)
        await desk.press("enter")
        await desk.until(lambda: len(ids(desk.app.patient, ALL)) == len(five))
        await desk.opened(Told)  # nothing is left to show
        await desk.press("escape")
        await desk.closed()
        await looks(desk, 3)
        assert len(ids(desk.app.patient, ALL)) == len(five)


async def test_what_was_refused_stays_reachable_and_is_tried_again(watched: Office, folder: Path) -> None:
    (folder / "b\x1b[2Jild.zzz").write_bytes(b"?")
    async with at_desk(watched) as desk:
        await looks(desk)
        await desk.says("Nicht gelesen: „b\ufffd[2Jild.zzz“. Strg+P „Eingangskorb zeigen“ nennt den Grund.")
        await palette(desk, "eingangskorb zeigen")
        await desk.opened(Choose)
        await desk.shows("0 warten, 1 abgewiesen")
        await desk.press("enter")
        await desk.opened(Confirm)
        await desk.shows("Unbekanntes Format")
        await desk.press("j")
        await desk.opened(Choose)
        await desk.shows("1 warten, 0 abgewiesen")
        await desk.press("escape")
        await desk.closed()


async def test_without_a_drop_folder_it_says_how_to_get_one(office: Office) -> None:
    async with at_desk(office) as desk:
        await palette(desk, "eingangskorb zeigen")
        await desk.opened(Told)
        await desk.shows("Es gibt noch keinen Eingangskorb.")


async def test_a_file_is_read_in_by_its_path_with_completion(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*typed: Any, **kind: Any) -> Completion:
        assert current_thread() is not main_thread(), "a slow drive must not hold up the keys"
        return complete(*typed, **kind)

    monkeypatch.setattr(path_line, "complete", looked)
    inner = tmp_path / "Post vom Mittwoch"
    inner.mkdir()
    put(inner)
    async with at_desk(office) as desk:
        await palette(desk, "datei einlesen")
        await desk.opened(PathLine)
        await desk.type(f"{tmp_path}/post")
        line = desk.app.screen.query_one(Input)
        await desk.press("tab")
        await desk.until(lambda: line.value == f"{inner}/")
        await desk.press("tab")
        await desk.until(lambda: line.value == f"{inner}/1.eml")
        await desk.press("enter")
        await desk.opened(Told)
        await desk.shows("1 Datei: 1 Eingang neu.")
        await desk.shows("✓ 1.eml: neu: 2026-0001")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: desk.cursor is not None)


async def test_a_drive_that_hangs_holds_up_no_other_thread_and_a_missing_path_is_said(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed, answers, looks = f"{tmp_path}/fehlt.eml", Event(), list[str]()

    def hanging(text: str, *rest: Any, **kind: Any) -> Completion:
        looks.append(text)
        assert answers.wait(20)
        return complete(text, *rest, **kind)

    monkeypatch.setattr(path_line, "complete", hanging)
    async with at_desk(office) as desk:
        await palette(desk, "datei einlesen")
        await desk.opened(PathLine)
        await desk.type(typed)
        try:
            assert len(looks) == 1, "one look at a time"
            await asyncio.wait_for(asyncio.to_thread(int), 10)
        finally:
            answers.set()
        await desk.until(lambda: looks[1:] == [typed])
        await desk.press("enter")
        await desk.shows("! Diese Datei gibt es nicht")
        await desk.press("escape")
        await desk.closed()


async def test_an_unknown_list_waits_until_its_columns_are_confirmed(watched: Office, folder: Path) -> None:
    (folder / "eingang.csv").write_text(LIST, encoding="utf-8")
    async with at_desk(watched) as desk:
        await looks(desk)
        await desk.says("„eingang.csv“ bleibt im Eingangskorb")
        await palette(desk, "eingangskorb zeigen")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(Columns)
        await desk.shows("z. B. TSV Beispiel")
        await desk.shows("→ Verein oder Organisation")
        await desk.press("j", "j", "space")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.opened(Columns)
        await desk.shows("→ Betreff")
        await desk.press("enter")
        await desk.until(lambda: not isinstance(desk.app.screen, Columns))
        await looks(desk, 3)
        await desk.press("escape")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: len(desk.ids) == 1)
    assert not (folder / "eingang.csv").exists()


async def test_the_watcher_is_never_in_two_threads(
    watched: Office, folder: Path, monkeypatch: pytest.MonkeyPatch, make_request: Callable[..., int]
) -> None:
    async with at_desk(watched) as desk:
        started: list[object] = []
        monkeypatch.setattr(desk.app, "run_worker", lambda *_a, **_k: started.append(1))
        drop_watch.look(desk.app)
        drop = desk.app.drop
        assert drop is not None
        assert (len(started), drop.folder) == (1, folder)
