"""`python -m benchmarks.ausfall_keys`: the Ausfall of a full day of the demo office, by keyboard alone.

The mayor is ill on the day of the demo, with eight appointments still to come. On a real terminal every one
is decided in turn (a deputy, called off, moved, stays), every call of the list is ticked with its result, and
the Ausfall is closed. Printed are keys and seconds of each part and, as a clerk needs time on the telephone,
the minutes with so many seconds for each call. It reads nothing but the screen.
"""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pyte

from benchmarks.terminal import COLUMNS, ROWS, Terminal

PROGRAM = [sys.executable, "-m", "ob_buero_tui", "demo", "--neu"]
ENTER, CALENDAR, TAB = "\r", "\x1bOR", "\t"
PLANS: dict[str, tuple[tuple[str, str], ...]] = {
    "Vertretung 1": (("v", "wer vertritt?"), ("1", "")),
    "absagen": (("n", "Absagen: "), (ENTER, "")),
    "bleibt": (("e", ""),),
    "Vertretung 2": (("v", "wer vertritt?"), ("2", "")),
    "verschieben": (("m", "Verschieben: "), ("16.12. 7:00", "→ Mi 16.12.2026"), (ENTER, "")),
}
"""How appointments are worked on, in turn: keys, and what the screen says when the next may follow."""
LEAST = 8
BUDGET_MINUTES = 10
CALL_SECONDS = 40
"""What a call takes that says a date is off, or who comes instead; an assumption, printed with the result."""
PATIENCE = 60.0


@dataclass(slots=True)
class Part:
    """What one part took."""

    name: str
    keys: int
    seconds: float
    count: int = 1


class Desk(Terminal):
    """The demo on a terminal whose screen is read."""

    def __init__(self, home: Path) -> None:
        names = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
        self._screen_read = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen_read)
        self.keys = 0
        super().__init__(PROGRAM, {name: str(home) for name in names})

    def give(self, keys: str) -> None:
        """Press keys, one count for each letter; a function key is one."""
        self.keys += 1 if keys.startswith("\x1b") else len(keys)
        self.press(keys)

    def text(self) -> str:
        """What stands on the screen once it is quiet."""
        while self._read(0.06):
            if self._raw:
                self._stream.feed(bytes(self._raw).replace(b"\x1b[>", b"\x1b[?"))
                self._raw.clear()
        return "\n".join(self._screen_read.display)

    def shows(self, pattern: str, patience: float = PATIENCE) -> str:
        """The text of the screen once a pattern is on it.

        Raises:
            TimeoutError: it never was.
        """
        limit = perf_counter() + patience
        while perf_counter() < limit:
            if re.search(pattern, seen := self.text()):
                return seen
        raise TimeoutError(f"{pattern!r} never came:\n{self.text()}")


def begin(desk: Desk) -> Part:
    """From the Eingang to the list of what is hit."""
    desk.shows("Eingang", 300)
    desk.keys, began = 0, perf_counter()
    desk.give(CALENDAR)
    desk.shows("Kalender · KW")
    desk.give("V")
    desk.shows("→ Krank")
    desk.give(ENTER)
    desk.shows(r"\d+ Termine, \d+ offen")
    return Part("Ausfall eintragen", desk.keys, perf_counter() - began)


def decide(desk: Desk) -> Part:
    """Decide every appointment of the list."""
    found = re.search(r"(\d+) Termine, (\d+) offen", desk.text())
    many = int(found[2]) if found else 0
    desk.keys, began = 0, perf_counter()
    for number in range(many):
        for keys, says in list(PLANS.values())[number % len(PLANS)]:
            desk.give(keys)
            desk.shows(re.escape(says) if says else _left(many - number - 1))
    return Part("Termine entscheiden", desk.keys, perf_counter() - began, many)


def _left(many: int) -> str:
    return rf"Termine, {many} offen" if many else "alle entschieden"


def call(desk: Desk) -> Part:
    """Tick every call with its result; a deputy who is asked says yes."""
    desk.keys, began, count = 0, perf_counter(), 0
    desk.give(TAB)
    desk.give(TAB)
    desk.shows("─ Anruf ─")
    while (left := re.search(r"Anrufe (\d+)", desk.text())) is not None:
        desk.give("e")
        seen = desk.shows("hat zugesagt|: Ergebnis")
        deputy = "hat abgelehnt" in seen
        desk.give("1" if deputy else ENTER)
        # A deputy's answer may bring as many calls as it ends; any other call is one less.
        desk.shows("sagt zu" if deputy else rf"Anrufe (?!{left[1]}\b)\d+|alle erledigt")
        count += 1
    return Part("Anrufe abhaken", desk.keys, perf_counter() - began, count)


def close(desk: Desk) -> Part:
    """Put the Ausfall away."""
    desk.keys, began = 0, perf_counter()
    desk.give("E")
    desk.shows("Ausfall abgeschlossen|abgeschlossen")
    return Part("Ausfall abschließen", desk.keys, perf_counter() - began)


def main() -> int:
    """Work through the day and print what it took.

    Returns:
        0 when it was a full day, done within the budget.
    """
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
        parts = [step(desk) for step in (begin, decide, call, close)]
    for part in parts:
        print(f"{part.name:22} {part.count:3}×  {part.keys:4} Tasten  {part.seconds:6.1f} s")
    keys, seconds = sum(part.keys for part in parts), sum(part.seconds for part in parts)
    many, calls = parts[1].count, parts[2].count
    minutes = (seconds + calls * CALL_SECONDS) / 60
    print(f"\n{many} Termine, {calls} Anrufe: {keys} Tasten, {seconds / 60:.1f} Minuten am Bildschirm,")
    print(f"{minutes:.1f} Minuten mit {CALL_SECONDS} s je Anruf (Ziel unter {BUDGET_MINUTES}).")
    return 0 if many >= LEAST and minutes < BUDGET_MINUTES else 1


if __name__ == "__main__":
    sys.exit(main())
