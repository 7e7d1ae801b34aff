"""Attachments at the desk: opened by the system, refused when they run, saved where somebody says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from app_kit import at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.documents import Attachment
from ob_buero_tui.tui import outside
from ob_buero_tui.tui.screens.dialogs.attachments import Attachments
from ob_buero_tui.tui.screens.dialogs.path_line import PathLine

FILES = {"Lageplan.pdf": b"%PDF-1.7", "rechnung.pdf": b"MZ\x90\x00"}


@pytest.fixture
def letter(office: Office, make_request: Callable[..., int]) -> int:
    """A request with a plan and a program that calls itself a bill."""
    key = make_request()
    with transaction(office.place, "note") as work:
        for name, data in FILES.items():
            sha256 = office.place.attachments.store(data)
            work.session.add(
                Attachment(
                    request_id=key, filename=name, media_type="application/pdf", size=len(data), sha256=sha256
                )
            )
    return key


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was given to the system to open."""
    paths: list[Path] = []
    monkeypatch.setattr(outside, "open_outside", paths.append)
    return paths


async def test_the_plan_is_opened_and_the_program_is_not(
    office: Office, letter: int, opened: list[Path]
) -> None:
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.cursor == letter)
        await desk.press("A")
        await desk.opened(Attachments)
        await desk.shows("PDF-Dokument. Enter öffnet eine Kopie nur zum Lesen.")
        await desk.press("enter")
        await desk.shows("„Lageplan.pdf“ wird geöffnet")
        assert [path.read_bytes() for path in opened] == [b"%PDF-1.7"]
        await desk.press("j")
        await desk.shows("! Programm. Der Name endet auf .pdf, der Inhalt ist: Programm. nie öffnen")
        await desk.press("enter")
        await desk.shows("wird nicht geöffnet.")
        assert len(opened) == 1
        await desk.press("escape")
        await desk.closed()
    outside.COPIES.clear()
    assert not opened[0].parent.exists()


async def test_they_are_saved_into_a_folder(office: Office, letter: int, tmp_path: Path) -> None:
    target = tmp_path / "Prüfung IT"
    target.mkdir()
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.cursor == letter)
        await desk.press("A")
        await desk.opened(Attachments)
        await desk.press("P")
        await desk.opened(PathLine)
        desk.app.screen.query_one(Input).value = f"{target}"
        await desk.press("enter")
        await desk.opened(Attachments)
        await desk.shows("2 Anhänge abgelegt in")
    assert {path.name: path.read_bytes() for path in target.iterdir()} == FILES


async def test_enter_in_their_section_shows_them_and_without_any_it_says_so(
    office: Office, letter: int, make_request: Callable[..., int]
) -> None:
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.cursor == letter)
        await desk.press("enter")
        await desk.press("tab", "l", "l") if not desk.inbox.panel.at_end() else await desk.press("l", "l")
        await desk.press("enter")
        await desk.opened(Attachments)
        await desk.press("escape")
        await desk.closed()
    other = make_request(subject="ohne")
    async with at_desk(office) as desk:
        await desk.until(lambda: other in desk.ids)
        desk.inbox.go_to(other, "alle")
        await desk.quiet()
        await desk.press("A")
        await desk.says("Dieser Eingang hat keine Anhänge.")


def test_without_a_screen_the_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        outside.open_outside(tmp_path / "a.pdf", {"SSH_CONNECTION": "x"})
    assert str(tmp_path / "a.pdf") in refused.value.now


def test_a_starter_that_fails_is_told_and_one_that_goes_on_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outside.launch(["false"]) == 1
    assert outside.launch([str(tmp_path / "gibt es nicht")]) == 127
    monkeypatch.setattr(outside, "SECONDS", 0.01)
    assert outside.launch(["sleep", "1"]) is None


def test_copies_of_dead_processes_are_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, living = tmp_path / "ob-buero-anhang-a-1-2_x", tmp_path / "ob-buero-anhang-a-2-2_x"
    for folder in (left, living):
        folder.mkdir()
        (folder / "a.pdf").touch(mode=0o400)
    monkeypatch.setattr(outside, "token_lives", lambda token: token == "a-2-2")
    copies = outside.OpenedCopies()
    assert copies.folder.parent == tmp_path
    assert (left.exists(), living.exists()) == (False, True)
    copies.clear()
    assert [item.name for item in tmp_path.iterdir()] == [living.name]
