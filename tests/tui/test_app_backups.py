"""Sicherungen: made, listed with what is in them, tried out, and gone back to after a question."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.cli.ending import gone_back, keep_at_end
from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.looking import list_copies, loss_of
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.tui import background, backup_watch, keyboard
from ob_buero_tui.tui.app import DeskApp, run_app
from ob_buero_tui.tui.screens.backups import BackupScreen
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.flows import backups as flows
from ob_buero_tui.tui.screens.flows.backups import BEFORE_RETURN, lost_by
from office_fixtures import Clock

TOLD = (
    "Zur Sicherung vom Mi 25.11. 09:45 zurückgekehrt. Die Datenbank von vorher liegt daneben; sie steht bei"
    " den Sicherungen (g b) als „vor einer Rückkehr“. Die eine Nummer, die seither vergeben wurde, kommt"
    " nicht noch einmal."
)


def there(office: Office) -> BackupPlace:
    """Where its copies lie."""
    assert office.place.backups is not None
    return office.place.backups


def copies(office: Office) -> list[Path]:
    """Its copies, the oldest first."""
    return sorted(there(office).folder.glob("*.sqlite"))


async def test_from_the_first_copy_to_going_back(
    office: Office, make_request: Callable[..., int], tmp_path: Path, clock: Clock
) -> None:
    away = tmp_path / "platte"
    away.mkdir()
    place = replace(office.place, backups=replace(there(office), second=away))
    office = replace(office, place=place)
    make_request(subject="Grußwort")
    async with at_desk(office, size=(120, 36)) as desk:
        await desk.press("g", "b")
        screen: BackupScreen = await desk.opened(BackupScreen)
        await desk.shows("Hier liegt noch keine Sicherung. + legt eine an.")
        assert screen.check_action("backup_return", ()) is False
        await desk.press("+")
        await desk.says("Gesichert und geprüft.")
        await desk.shows("von Hand")
        await desk.shows("zweiter Ordner")
        assert "Sicherung vom Mi 25.11.2026, 09:42" in desk.text
        assert "noch nie" in desk.text
        await desk.press("down")
        clock.advance(minutes=3)
        await desk.press("+")
        await desk.until(lambda: len(screen.list.ids) == 4)
        newest = screen.current_copy()  # Q tries out what was made just now
        assert newest is not None
        assert newest.made.minute == 45
        await desk.press("Q")
        await desk.says("Die Sicherung vom Mi 25.11. 09:45 ist brauchbar")
        await desk.shows("✓")
        await desk.press("3")
        await desk.until(lambda: len(screen.list.ids) == 2)

        sealed = SimpleNamespace(path=away / "buero.sqlite.age", name="Mi 25.11. 09:45")
        with pytest.raises(
            Refusal, match=r"verschlüsselt.*ob-buero restore.*buero\.sqlite\.age.*--schluessel"
        ):
            await flows.go_back(screen, sealed, there(office))  # type: ignore[arg-type]

        make_request(subject="Kommt später")
        marker = office.path.with_name(f"{office.path.name}.offen-{platform.node()}-{os.getppid()}")
        marker.write_text("", encoding="ascii")
        await desk.press("R")
        await desk.says("noch an einem anderen Platz geöffnet")
        marker.unlink()
        await desk.press("R")
        await desk.opened(Confirm)
        await desk.shows("Verloren geht 1 Schritt")
        await desk.shows("darunter 1 neuer Eingang.")
        await desk.press("enter")
        await desk.closed()
        assert office.going_back == []
        await desk.press("R")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.until(lambda: desk.app._exit)
    assert [item.parent for item in office.going_back] == [away]
    office.close()
    look_back(gone_back(office))


def look_back(back: Office) -> None:
    """The office as it stands after the return."""
    try:
        assert back.notices == (TOLD,)
        before = next(one for one in list_copies(there(back)) if one.label == BEFORE_RETURN)
        loss = loss_of(before.path, before.contents, there(back))
        assert "der Stand von vor der Rückkehr am Mi 25.11. 09:45: 2 Eingänge" in lost_by(before, loss)
        with back.place.reading() as session:
            rows = session.connection().exec_driver_sql("SELECT subject FROM request").scalars().all()
        assert rows == ["Grußwort"]
    finally:
        back.close()


async def test_a_copy_after_the_first_paint_and_a_word_when_it_fails(
    office: Office, make_request: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_request()
    prepare = DeskApp.on_mount

    def keeps(app: DeskApp) -> None:
        app.keeps_copies = True
        prepare(app)

    monkeypatch.setattr(DeskApp, "on_mount", keeps)
    monkeypatch.setattr(background, "WATCH_SECONDS", 3600.0)
    async with at_desk(office) as desk:
        await desk.until(lambda: copies(office))
        await _rested(desk)
        backup_watch.look(desk.app)
        await _rested(desk)
        assert len(copies(office)) == 1  # nothing has changed since
        make_request(subject="Noch eins")
        folder = there(office).folder
        for item in sorted(folder.rglob("*"), reverse=True):
            item.unlink() if item.is_file() else item.rmdir()
        folder.rmdir()
        folder.write_text("kein Ordner", encoding="utf-8")
        backup_watch.look(desk.app)
        await desk.says("Die Sicherung ist nicht gelungen.")
        folder.unlink()
        keep_at_end(office)
        assert len(copies(office)) == 1
        keep_at_end(office)
        assert len(copies(office)) == 1


async def _rested(desk: Desk) -> None:
    await desk.until(
        lambda: all(one.is_finished for one in desk.app.workers if one.group == backup_watch.GROUP)
    )


def test_the_app_that_is_run_keeps_copies(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def run(app: DeskApp) -> int:
        seen.append(app.keeps_copies)
        return 0

    monkeypatch.setattr(keyboard, "install", lambda: None)
    monkeypatch.setattr(DeskApp, "run", run)
    assert run_app(office) == 0
    assert seen == [True]
