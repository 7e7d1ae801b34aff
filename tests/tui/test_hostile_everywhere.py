"""Foreign text on every screen and in every dialog, at every size, and pasted into fields.

`OB_BUERO_HOSTILE=paste` pastes a megabyte into every field, `OB_BUERO_HOSTILE=sizes` goes through all sizes
twenty times; both tell what they do.
"""

from __future__ import annotations

import ast
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from app_kit import Desk, at_desk
from hostile_paths import BASES, PATHS, PUSHED
from textual import events
from textual.geometry import Size
from textual.widgets import Input, TextArea
from widgets_kit import assert_harmless

import ob_buero_tui.tui
from hostile_texts import EVERYTHING
from ob_buero_tui.office import Office
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.app import DeskApp
from ob_buero_tui.tui.places import SCREENS
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.screens.dialogs.note import NoteArea
from ob_buero_tui.tui.widgets.asked_line import OneLine
from whole_office import fill, poison

Make = Callable[..., int]
FULL: Final = (120, 36)
LONG: Final = os.environ.get("OB_BUERO_HOSTILE", "")
SLITS: Final = ((80, 24), (20, 5), (2, 1), (1, 1), (200, 60), FULL) if LONG else ((1, 1), FULL)
ROUNDS: Final = 20 if LONG == "sizes" else 1
BIG: Final = (EVERYTHING + "\r\nzweite Zeile \x1b[201~\x1b]0;weg\x07 ") * (2500 if LONG == "paste" else 120)
"""More than a field of a form takes."""
FIELDS: Final = Input | TextArea
MOST: Final = None if LONG == "paste" else 1
"""All are of two kinds, which `test_static_guard` makes sure of: in the test run one of them is enough."""
WALKED: Final = [line.split() for line in PATHS.strip().splitlines()]


@pytest.fixture
def keys(place: Workplace, make_request: Make, make_event: Make, make_meeting: Make) -> dict[str, int]:
    """The keys of an office that is full of foreign text."""
    found = fill(place, make_request, make_event, make_meeting)
    poison(place, found["request"])
    return found


async def go(desk: Desk, key: str, keys: dict[str, int]) -> None:
    """A screen, with something in it."""
    if desk.app.current_mode == key:
        return
    if key == "tagesordnung":
        await desk.app.open_record("agenda", keys["meeting"])
    else:
        await desk.app.switch_mode(key)
    await desk.until(lambda: isinstance(desk.app.screen, DeskScreen) and desk.app.current_mode == key)
    await desk.quiet()


def tell(what: str, since: float) -> None:
    """A line for whoever reads along in the long forms: what was done, in what time of the processor."""
    if LONG and sys.__stdout__ is not None:
        print(f"{what}: {time.process_time() - since:.2f} s", file=sys.__stdout__, flush=True)


async def look(desk: Desk) -> None:
    """Everything on the screen is harmless."""
    await desk.quiet()
    assert_harmless(desk.app)


def texts(desk: Desk) -> list[str]:
    """What stands in the fields of the screen."""
    fields = desk.app.screen.query("Input, TextArea")
    return [one.value if isinstance(one, Input) else one.text for one in fields if isinstance(one, FIELDS)]


async def resize(desk: Desk) -> None:
    """Down to a single cell and back; what is open stays open, and what was typed stays there."""
    before, typed, since = desk.app.screen, texts(desk), time.process_time()
    for size in SLITS * ROUNDS:
        # What `Pilot.resize_terminal` does; that waits for each widget of the screen also.
        desk.app._driver._size = Size(*size)  # type: ignore[union-attr]
        desk.app.post_message(events.Resize(Size(*size), Size(*size)))
        await desk.quiet()
    assert desk.app.is_running
    assert desk.app.screen is before
    assert texts(desk) == typed, before
    assert_harmless(desk.app)
    tell(f"{len(SLITS) * ROUNDS} sizes of {type(before).__name__}", since)


async def paste(desk: Desk) -> None:
    """Into every field of the dialog that is open; what does not fit is said, what is there is harmless."""
    found = desk.app.screen.query("Input, TextArea")
    fields = [one for one in found if isinstance(one, OneLine | NoteArea) and one.focusable][:MOST]
    for number, field in enumerate(fields, 1):
        desk.app.clear_notifications()
        field.focus()
        await desk.quiet()
        since = time.process_time()
        field.post_message(events.Paste(BIG))
        await desk.quiet()
        tell(f"paste of {len(BIG)} into field {number} of {type(desk.app.screen).__name__}", since)
        text = field.text if isinstance(field, NoteArea) else field.value
        assert not {"\x1b", "\x07", "\u202e"} & set(text), desk.app.screen
        fits = isinstance(field, NoteArea) and field.most > len(BIG)
        told = any("Eingefügt sind" in toast for toast in desk.toasts)
        assert told is not fits, (desk.app.screen, field, desk.toasts)
        if field is not fields[-1]:  # the last one is looked at after the sizes
            assert_harmless(desk.app)


async def close(desk: Desk) -> None:
    """Leave dialogs, without what was typed."""
    while not isinstance(desk.app.screen, DeskScreen):
        desk.app.pop_screen()
        await desk.quiet()
    desk.app.clear_notifications()


async def test_every_screen_reads_foreign_text_at_every_size(office: Office, keys: dict[str, int]) -> None:
    async with at_desk(office, size=FULL) as desk:
        desk.app.notify(EVERYTHING, title=EVERYTHING, severity="error", timeout=600)
        await desk.says("[@click")
        await look(desk)
        desk.app.clear_notifications()
        for key in SCREENS:
            await go(desk, key, keys)
            await look(desk)
            for press in ("tab", "j", "l"):
                await desk.press(press)
                assert_harmless(desk.app)
            await resize(desk)


@pytest.mark.parametrize("part", range(2))
async def test_every_dialog_reads_foreign_text(office: Office, keys: dict[str, int], part: int) -> None:
    half, seen = len(WALKED) // 2, set()
    async with at_desk(office, size=FULL) as desk:
        for key, action, *presses, name in WALKED[half:] if part else WALKED[:half]:
            await go(desk, key, keys)
            await desk.app.screen.run_action(action)
            for press in presses:
                await desk.until(lambda: isinstance(desk.app.screen, Dialog))
                await desk.press(press)
            with alone(not LONG and key in seen):
                await through(desk, name)
            seen.add(key)
        for name, made in PUSHED.items() if part else ():
            desk.app.push_screen(made(desk))
            with alone(not LONG):
                await through(desk, name)


@contextmanager
def alone(so: bool) -> Iterator[None]:
    """Sizes reach only the dialog on top: a screen is squeezed under its first dialog, once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        if so:
            patch.setattr(DeskApp, "_background_screens", [])
        yield


async def through(desk: Desk, name: str) -> None:
    """Look at the dialog of a name once it is open, squeeze it, paste into it, and leave it."""
    await desk.until(lambda: type(desk.app.screen).__name__ == name)
    await look(desk)
    await paste(desk)
    await resize(desk)
    await close(desk)


@cache
def screens_of_the_source() -> set[str]:
    """The names of all dialogs of tui/, and of all screens; parts of screens are called otherwise."""
    bases: dict[str, list[str]] = {}
    for path in Path(ob_buero_tui.tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                heads = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
                bases[node.name] = [ast.unparse(head).rpartition(".")[2] for head in heads]

    def comes_from(name: str, base: str) -> bool:
        return base in bases.get(name, ()) or any(comes_from(one, base) for one in bases.get(name, ()))

    screens = {name for name in bases if name.endswith("Screen") and comes_from(name, "Screen")}
    return {name for name in bases if comes_from(name, "Dialog")} | screens - {"DeskScreen"}


def test_no_screen_and_no_dialog_is_left_out() -> None:
    """Whoever adds one adds a line to `hostile_paths`, or this fails."""
    shown = {type(screen()).__name__ for screen in SCREENS.values()}
    covered = shown | {name for *_, name in WALKED} | set(PUSHED) | BASES
    assert sorted(screens_of_the_source() - covered) == []


def test_a_screen_is_found_by_its_bases() -> None:
    assert {"InboxScreen", "Choose", "Told", "UnlockScreen"} <= screens_of_the_source()
