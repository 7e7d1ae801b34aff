"""How the app ends on a real terminal: by key, by signal, by a closed window, by a fault of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from launcher import STUCK
from pty_kit import CURSOR_BACK, LEFT_ALTERNATE, MOUSE_OFF, PATIENCE, QUIT, Terminal

from ob_buero_tui.config import folders

Start = Callable[..., Terminal]
Draft = Callable[[], dict[str, str] | None]


def assert_reset(terminal: Terminal) -> None:
    """The terminal is as it was: no alternate screen, no mouse, a cursor."""
    for sequence in (LEFT_ALTERNATE, MOUSE_OFF, CURSOR_BACK):
        assert sequence in terminal.raw, sequence


def type_note(terminal: Terminal, text: str) -> None:
    """Begin a note and do not save it."""
    terminal.send("c")
    terminal.shows("Notiz zu 2026-0001")
    terminal.send(text)
    terminal.shows(text)


def test_ctrl_q_ends_with_0(five: list[int], terminal: Start) -> None:
    desk = terminal(size=(80, 24))
    desk.shows("Sache 1")
    desk.send(QUIT)
    assert desk.ended() == 0
    assert_reset(desk)
    assert re.sub(rb"\x1b\[[?<>=]?[0-9;]*[a-z]", b"", desk.after).strip() == b"", "nothing is left to read"


def test_a_shutdown_while_typing_loses_nothing(five: list[int], terminal: Start, database: Path) -> None:
    desk = terminal()
    type_note(desk, "Frau Berger bittet um Rueckruf")
    os.kill(desk.child.pid, signal.SIGTERM)
    assert desk.ended() == 0
    assert_reset(desk)
    files = [path.name for path in database.parent.iterdir() if path.is_file()]
    assert files == ["buero.sqlite"], "no journal, no marker"
    again = terminal()
    again.send("c")
    again.shows("Frau Berger bittet um Rueckruf")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT])
def test_other_signals_end_it_in_order(
    five: list[int], terminal: Start, draft: Draft, number: signal.Signals
) -> None:
    desk = terminal()
    type_note(desk, "mitten im Wort")
    os.kill(desk.child.pid, number)
    assert desk.ended() == 0
    assert_reset(desk)
    assert draft() == {"text": "mitten im Wort"}


def test_a_closed_window_ends_it_and_loses_nothing(five: list[int], terminal: Start, draft: Draft) -> None:
    desk = terminal()
    type_note(desk, "mitten im Satz")
    desk.close_window()
    assert desk.child.ptyproc.wait() == 0
    assert draft() == {"text": "mitten im Satz"}


def test_a_loop_that_turns_no_more_is_ended_by_a_signal(five: list[int], terminal: Start) -> None:
    """The window of a busy terminal is closed: without this the process stays, with the office open."""
    desk = terminal(fault="stuck")
    desk.send("#")
    desk.until(lambda: STUCK in desk.raw)
    os.kill(desk.child.pid, signal.SIGHUP)
    assert desk.ended() == 0


def test_an_end_that_hangs_is_no_end_for_ever() -> None:
    code = (
        "from ob_buero_tui.tui.ending import end_for_sure; end_for_sure(0.05); import time; time.sleep(600)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=PATIENCE, check=False).returncode == 0


def test_an_end_that_came_does_not_cut_off_the_copy_that_follows() -> None:
    code = (
        "from ob_buero_tui.tui.ending import end_for_sure, ended; end_for_sure(0.05); ended();"
        " import os, signal, time; os.kill(os.getpid(), signal.SIGHUP); time.sleep(0.2); raise SystemExit(7)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=PATIENCE, check=False).returncode == 7


@pytest.mark.parametrize("fault", ["key", "worker", "draw", "app", "start"])
def test_a_fault_ends_with_one_german_sentence(five: list[int], terminal: Start, fault: str) -> None:
    desk = terminal(fault=fault, ready="" if fault == "start" else "Sache 1")
    if fault != "start":
        desk.send("#")
    assert desk.ended() == 1
    assert_reset(desk)
    told = desk.after.decode()
    assert told.count("OB-Büro musste sich beenden.") == 1
    for never in ("Traceback", "RuntimeError", "Geheimnis", "kaputt", "locals", "launcher.py"):
        assert never not in desk.raw.decode(), never
    log = (folders().log / "ob-buero.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "Geheimnis" not in log


def test_a_dying_keyboard_keeps_the_draft(five: list[int], terminal: Start, draft: Draft) -> None:
    desk = terminal(fault="keyboard")
    type_note(desk, "noch nicht fertig")
    desk.send("X")
    assert desk.ended() == 1
    assert_reset(desk)
    assert "Traceback" not in desk.raw.decode()
    assert desk.after.decode().count("OB-Büro musste sich beenden.") == 1
    assert draft() == {"text": "noch nicht fertig"}
