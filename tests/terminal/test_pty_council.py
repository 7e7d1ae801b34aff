"""A council year on a real terminal: planned, fixed, moved, an agenda of it, postponed, and all undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from pty_kit import ENTER, QUIT, Terminal

from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.services.council.planning_views import PatternForm

Start = Callable[..., Terminal]
Look = Callable[[], Any]
Dump = Callable[[Any], dict[str, Any]]
SESSIONS, WEEK_LATER, ESCAPE = "\x1bOS", "\x1b[5~", "\x1b"
ROUNDS = "11.1.-5.3., 12.4.-28.5."
HABITS = (("Bauausschuss", 1, 1), ("Stadtrat", 3, 2))


def step(desk: Terminal, *keys: tuple[str, str]) -> None:
    """Keys, each followed by what the screen says then."""
    for pressed, says in keys:
        desk.send(pressed)
        desk.shows(says)


def quiet(desk: Terminal) -> None:
    """Read until the app has no more to draw: a step says so before its cursor has moved on."""
    calm = 0
    while calm < 5:
        seen = len(desk.raw)
        desk.read()
        calm = calm + 1 if len(desk.raw) == seen else 0


def two_bodies(make_meeting: Callable[..., int], place: Any) -> None:
    """A committee and a council with habits, as the planner needs them."""
    for name, weekday, stage in HABITS:
        make_meeting(body=name, start=datetime.fromisoformat("2026-10-01T17:00"))
        form = PatternForm(weekdays=(weekday,), start=time(17), room="Ratssaal", step=stage, gap_days=7)
        edit_pattern(place, stage, form)


def test_a_council_year_and_back(
    five: list[int], make_meeting: Callable[..., int], terminal: Start, look: Look, dump: Dump
) -> None:
    assert len(five) == 5
    place = look()
    two_bodies(make_meeting, place)
    before = dump(place)
    desk = terminal(size=(120, 36))
    step(desk, ("g", "g …"), ("j", "Noch ist kein Jahr geplant"), ("+", "Welches Jahr"))
    step(
        desk, (ENTER, "Die Sitzungsfolgen 2027"), ("\x15", "Es fehlt wenigstens"), (ROUNDS, "Runde 2: 12.04.")
    )
    step(
        desk,
        (ENTER, "Und die Schul"),
        (ENTER, "Jahresplan 2027: 4 Termine"),
        ("a", "festgelegt · u"),
        ("j", "▸ Do 21.01."),
        ("m", "auf welchen Tag"),
    )
    step(desk, (ENTER, "2 fest"), ("R", "Jahresplan 2027 A: 4 Termine"), ("E", "beschließen?"))
    step(desk, (ENTER, "4 Sitzungen angelegt"), (SESSIONS, "Kommende 4"), ("m", "Esc abbrechen"))
    step(desk, (WEEK_LATER, "Versand bis"), (ENTER, "verschoben · u"))
    quiet(desk)
    step(desk, (ENTER, "Fristen"))
    quiet(desk)
    step(desk, (ENTER, "Noch kein"))
    step(desk, ("I", "Standardpunkte aufgenommen"), ("+", "Neuer Punkt"), ("Radweg", "→ „Radweg“"))
    step(desk, (ENTER, "„Ö 4 Radweg“"), (ESCAPE, "+ neu"), (ESCAPE, "Kommende 4"), ("m", "Esc abbrechen"))
    step(desk, ("+2w", "2 Wochen nach"), (ENTER, "verschoben · u"))
    steps = 0
    while (now := dump(place)) != before:
        desk.send("u")
        desk.until(lambda now=now: dump(place) != now)
        quiet(desk)
        steps += 1
    assert steps == 9, "each step is taken back by one key"
    desk.send(QUIT)
    assert desk.ended() == 0
