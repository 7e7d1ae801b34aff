"""Start, memory and keys: the product and the bare table app in turn on a real terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from benchmarks.big_office import open_desk
from benchmarks.results import Line
from benchmarks.terminal import Terminal
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.workplace import Workplace

BARE = Path(__file__).with_name("bare_app.py")
START_ROWS, KEY_ROWS = 50, 200
RECOGNISED = 20
"""So many letters of a subject fit on the screen in every list and tell a row from its neighbours."""
IDLE_SECONDS = 3.0
KEY_PAUSE = 0.12
HELD_PAUSE = 1 / 30
HOME = "\x1b[H"


class Programs:
    """The two programs that are compared, on one database.

    Args:
        database: The large office.
        home: A folder for settings, cache and log of the measured desk.
    """

    def __init__(self, database: Path, home: Path) -> None:
        self.database = database
        names = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
        self._environment = {name: str(home / name) for name in names}
        office = open_desk(database)
        try:
            keys = [split.key for split in inbox.splits(office.place)]
            self.all_key = str(keys.index(inbox.ALL) + 1)
            self.first_of_all = self._subjects(office.place, inbox.ALL, KEY_ROWS)
        finally:
            office.close()

    def ours(self) -> Terminal:
        """`ob-buero` on the large office."""
        program = Path(sys.executable).with_name("ob-buero")
        return Terminal([str(program), "--db", str(self.database)], self._environment)

    def bare(self, rows: int) -> Terminal:
        """The bare app with the first rows of the same office."""
        return Terminal([sys.executable, str(BARE), str(self.database), str(rows)], self._environment)

    @staticmethod
    def _subjects(place: Workplace, split: str, count: int) -> list[str]:
        keys = inbox.ids(place, split)[:count]
        rows = inbox.rows(place, keys)
        return [rows[key].subject[:RECOGNISED] for key in keys]

    def first_row(self) -> str:
        """How the first row of the screen that the product opens on begins, on the machine's own day."""
        office = open_desk(self.database)
        try:
            place = replace(office.place, clock=lambda: datetime.now(UTC))
            return self._subjects(place, inbox.NEW, 1)[0]
        finally:
            office.close()


def measure_start(programs: Programs, rounds: int) -> list[Line]:
    """Start to the first rows, and the memory held once the program has nothing more to do."""
    wanted = programs.first_row()
    made: dict[str, tuple[list[float], list[float], list[float]]] = {}
    for number in range(rounds + 1):
        for name, text in (("ours", wanted), ("bare", programs.first_of_all[0])):
            with programs.ours() if name == "ours" else programs.bare(START_ROWS) as terminal:
                shown = terminal.wait_for(text) - terminal.started
                used = terminal.cpu_seconds()
                _idle(terminal)
                memory = terminal.memory_mb()
            if number:  # the first round fills the caches of disk and interpreter
                kept = made.setdefault(name, ([], [], []))
                for values, value in zip(kept, (shown * 1000, used * 1000, memory), strict=True):
                    values.append(value)
    ours, bare = made["ours"], made["bare"]
    return [
        Line(what="start to the first rows", ours=ours[0], base=bare[0], against="bare app", most_ratio=1.25),
        Line(what="  its processor time", ours=ours[1], base=bare[1], against="bare app"),
        Line(
            what="memory after start",
            ours=ours[2],
            base=bare[2],
            against="bare app",
            unit="MB",
            most_ratio=1.3,
        ),
    ]


def _idle(terminal: Terminal) -> None:
    """Wait until the program has done what it does after its first paint."""
    before = -1.0
    while terminal.cpu_seconds() - before > 0.1:
        before = terminal.cpu_seconds()
        terminal.settle(IDLE_SECONDS, longest=IDLE_SECONDS)


def measure_keys(programs: Programs, rounds: int) -> list[Line]:
    """From writing `j` until the next row is painted as the cursor's, with pauses and with the key held."""
    lines = []
    for what, press in (("key to paint in the list", _single), ("key to paint, key held", _held)):
        ours: list[float] = []
        bare: list[float] = []
        for _ in range(rounds):
            with programs.ours() as terminal:
                terminal.wait_for(programs.first_row())
                terminal.settle(1.0)
                terminal.press(programs.all_key)
                _idle(terminal)
                terminal.press("j")
                terminal.settle(KEY_PAUSE)
                terminal.press(HOME)  # the cursor had stayed on its request
                terminal.wait_for(programs.first_of_all[0])
                _idle(terminal)
                ours += press(terminal, programs.first_of_all)
            with programs.bare(KEY_ROWS) as terminal:
                terminal.wait_for(programs.first_of_all[0])
                terminal.settle(1.0)
                bare += press(terminal, programs.first_of_all)
        lines.append(
            Line(what=what, ours=ours, base=bare, against="200 bare rows", most_ratio=1.5, most_p95=50)
        )
    return lines


def _single(terminal: Terminal, rows: Sequence[str]) -> list[float]:
    """One key after the other, each when the last one's work is done."""
    taken = []
    for text in rows[1:100]:
        pressed = terminal.press("j")
        taken.append((terminal.wait_for(text) - pressed) * 1000)
        terminal.settle(KEY_PAUSE)
    return taken


def _held(terminal: Terminal, rows: Sequence[str]) -> list[float]:
    """Thirty keys a second, as a keyboard repeats them."""
    taken = []
    for text in rows[1:100]:
        pressed = terminal.press("j")
        spent = terminal.wait_for(text) - pressed
        taken.append(spent * 1000)
        sleep(max(0.0, HELD_PAUSE - spent))
    return taken
