"""An appointment's life on a real terminal: made, moved, a series, changed in three ways, deleted, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pty_kit import ENTER, QUIT, SAVE, Terminal

from ob_buero_tui.services.calendar.day import day

Start = Callable[..., Terminal]
Look = Callable[[], Any]
CALENDAR, DOWN = "\x1bOR", "\x1b[B"
ASKED = "1 5 9 oder"
"""The line of keys of the question how far a change reaches; the message after it names the answer, too."""
DAYS = ("2026-12-01", "2026-12-02", "2026-12-09", "2026-12-16", "2026-12-23")


def times(place: Any) -> list[list[str]]:
    """When the appointments of each day begin and end."""
    return [
        [f"{one.start:%H:%M}–{one.end:%H:%M}" for one in day(place, date.fromisoformat(on)).events]
        for on in DAYS
    ]


def step(desk: Terminal, *keys: tuple[str, str]) -> None:
    """Keys, each followed by what the screen says then."""
    for pressed, says in keys:
        desk.send(pressed)
        desk.shows(says)


def test_a_life_of_an_appointment_and_back(five: list[int], terminal: Start, look: Look) -> None:
    assert len(five) == 5
    place = look()
    before = times(place)
    desk = terminal(size=(80, 24))
    step(desk, (CALENDAR, "Kalender · KW"), ("g", "g …"), ("d", "Zu welchem Tag"), ("1.12.2026", "→ Di"))
    step(desk, (ENTER, "Dienstag, 1.12.2026"), ("+", "Neuer Termin"), ("23 Uhr Nachtschicht", "→ Di 1.12."))
    step(desk, (ENTER, "eingetragen Di"))
    step(desk, ("m", "Verschieben"), ("J", "→ Mi 2.12.2026, 00:00"), (DOWN, "00:15–01:15"))
    step(desk, ("--", "00:15–00:45"), (ENTER, "verschoben auf Mi"))
    step(desk, ("b", "Strg+S speichern"), ("\x12", "In Worten"), ("jeden mi bis 23.12.", "→ jeden Mittwoch"))
    step(desk, (SAVE, "Strg+R Serie"), (SAVE, "geändert"))
    step(desk, ("L", "Mittwoch, 9.12."), ("m", "Verschieben"), (DOWN, "00:30–"))
    step(desk, (ENTER, ASKED), (ENTER, "verschoben auf Mi"))
    step(desk, ("L", "Mittwoch, 16.12."), ("m", "Verschieben"), ("+", "00:15–01:00"))
    step(desk, (ENTER, ASKED), ("5", "2 Termine"), (ENTER, "verlängert bis"))
    desk.hides("Verschieben ·")
    assert times(place) == [[], ["00:15–00:45"], ["00:30–01:00"], ["00:15–01:00"], ["00:15–01:00"]]
    step(desk, ("D", ASKED), (ENTER, "kein Termin"))
    steps = 0
    while (now := times(place)) != before:
        desk.send("u")
        desk.until(lambda now=now: times(place) != now)
        steps += 1
    assert steps == 6, "each step is taken back by one key"
    desk.send(QUIT)
    assert desk.ended() == 0
