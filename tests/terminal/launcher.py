"""Starts the real app on a database, with a clock that stands still and, if asked for, one fault built in."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.cli.logbook import keep_log
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.tui import app, ending, keyboard
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.inbox import InboxScreen

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
SECRET = "Geheimnis-4711"
STUCK = b"steckt"


def fail(*_args: object) -> NoReturn:
    """Fall over as a programming mistake does, with a value that must not be printed."""
    betreff = SECRET
    raise RuntimeError(f"kaputt: '{betreff}'")


def stick(*_args: object) -> NoReturn:
    """Wait for a terminal that takes nothing more, as Textual's `write` does; the loop turns no more."""
    ending.end_for_sure.__defaults__ = (0.2,)
    os.write(1, STUCK)
    while True:
        threading.Event().wait()


async def fail_later(*_args: object) -> None:
    """The same inside a worker."""
    fail()


def on_keyboard(decoder: keyboard.KeyboardDecoder, data: bytes, final: bool = False) -> str:
    """A keyboard thread that dies of the letter X."""
    if b"X" in data:
        fail()
    return decoder._utf8.decode(data, final)


FAULTS: dict[str, Callable[[], Any]] = {
    "none": lambda: None,
    "stuck": lambda: setattr(DeskScreen, "action_privacy", stick),
    "key": lambda: setattr(DeskScreen, "action_privacy", fail),
    "worker": lambda: setattr(
        DeskScreen, "action_privacy", lambda screen: screen.run_worker(fail_later(), exclusive=True)
    ),
    "draw": lambda: setattr(
        DeskScreen,
        "action_privacy",
        lambda screen: (setattr(screen.footer, "render_line", fail), screen.footer.refresh()),
    ),
    "app": lambda: setattr(DeskScreen, "action_privacy", lambda screen: screen.app.call_later(fail)),
    "start": lambda: setattr(InboxScreen, "on_mount", fail),
    "keyboard": lambda: setattr(keyboard.KeyboardDecoder, "decode", on_keyboard),
}


def main(database: str, fault: str, account: str) -> int:
    """Open the office and run the desk of an account, as the command does."""
    FAULTS[fault]()
    keep_log()
    office = open_office(
        Path(database), Settings(), catalog=load_catalog(), clock=lambda: NOW, account=account
    )
    try:
        return app.run_app(office)
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
