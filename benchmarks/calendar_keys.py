"""`python -m benchmarks.calendar_keys`: a life of an appointment by keyboard alone, and all of it undone.

On a real terminal with the demo office: make one in a line, move it across midnight, shorten it, make it a
series, change one date, this and the following ones, all of them, delete one, and take every step back. What
`ob-buero day --json` says of each day concerned is compared before and after. Printed are keys and seconds.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.ausfall_keys import CALENDAR, ENTER, Desk, Part

DOWN, HOME, CHOOSE, SAVE = "\x1b[B", "\x1b[H", "\x12", "\x13"
FIRST, DAYS = date(2027, 3, 2), 50
"""A Tuesday on which the demo has room at night, and the days that the series can touch."""
Step = tuple[str, tuple[tuple[str, str], ...]]
SCOPE = "1 5 9 oder"
STEPS: tuple[Step, ...] = (
    (
        "anlegen in einer Zeile",
        (
            ("+", "Neuer Termin"),
            ("23 Uhr Besuch der Nachtschicht", r"→ Di 2\.\d+\.2027,? 23:00"),
            (ENTER, "eingetragen Di"),
        ),
    ),
    (
        "über Mitternacht verschieben",
        (
            ("m", "Verschieben"),
            ("J", r"→ Mi 3\.\d+\.2027, 00:00"),
            (DOWN, "00:15–"),
            (ENTER, "verschoben auf Mi"),
        ),
    ),
    ("verkürzen", (("m", "Verschieben"), ("--", r"\(30 Min\.\)"), (ENTER, "verkürzt bis"))),
    (
        "zur Serie machen",
        (
            ("b", "Strg.S speichern"),
            (CHOOSE, "In Worten"),
            ("jeden mi bis 14.4.2027", "→ jeden Mittwoch"),
            (SAVE, "Strg.R Serie"),
            (SAVE, "geändert"),
        ),
    ),
    (
        "einen ändern",
        (
            ("L", r"Mittwoch, 10\."),
            (HOME, "Nachtschicht"),
            ("m", "Verschieben"),
            (DOWN, "00:30–"),
            (ENTER, SCOPE),
            (ENTER, "verschoben auf Mi"),
        ),
    ),
    (
        "diesen und die folgenden ändern",
        (
            ("L", r"Mittwoch, 17\."),
            (HOME, "Nachtschicht"),
            ("m", "Verschieben"),
            (DOWN, "00:30–"),
            (ENTER, SCOPE),
            ("5", r"→ \d+ Termine"),
            (ENTER, "verschoben auf"),
        ),
    ),
    (
        "alle ändern",
        (
            ("L", r"Mittwoch, 24\."),
            (HOME, "Nachtschicht"),
            ("m", "Verschieben"),
            (DOWN, "00:45–"),
            (ENTER, SCOPE),
            ("9", r"→ \d+ Termine"),
            (ENTER, "verschoben auf Mi"),
        ),
    ),
    (
        "einen löschen",
        (
            ("L", r"Mittwoch, 31\."),
            (HOME, "Nachtschicht"),
            ("D", SCOPE),
            (ENTER, "u nimmt es"),
        ),
    ),
)
"""What is done: keys, and what the screen says when the next may follow."""


def arrive(desk: Desk) -> Part:
    """From the Eingang to the day."""
    desk.shows("Eingang", 300)
    desk.keys, began = 0, perf_counter()
    desk.give(CALENDAR)
    desk.shows("Kalender · KW")
    desk.give("g")
    desk.shows("g …")
    desk.give("d")
    desk.shows("Zu welchem Tag")
    desk.give(f"{FIRST:%d.%m.%Y}")
    desk.shows("→ Di")
    desk.give(ENTER)
    desk.shows(r"Dienstag, 2\.")
    return Part("zum Tag gehen", desk.keys, perf_counter() - began)


def take(desk: Desk, name: str, keys: tuple[tuple[str, str], ...]) -> Part:
    """One step."""
    desk.keys, began = 0, perf_counter()
    for pressed, says in keys:
        desk.give(pressed)
        desk.shows(says)
    return Part(name, desk.keys, perf_counter() - began)


def undo_all(desk: Desk) -> Part:
    """Take back every step; each one says so with its own sentence."""
    desk.keys, began, said = 0, perf_counter(), ""
    for _ in STEPS:
        desk.give("u")
        # Steps may begin alike, so the whole message counts, with what stands below it.
        while (told := desk.shows("Zurückgenommen:").partition("Zurückgenommen:")[2]) == said:
            pass
        said = told
    return Part("jeden Schritt zurück", desk.keys, perf_counter() - began, len(STEPS))


def days_of(database: Path) -> list[str]:
    """What `ob-buero day --json` says of each day concerned."""
    program = [sys.executable, "-m", "ob_buero_tui", "--db", str(database), "day", "--json"]
    told = []
    for offset in range(DAYS):
        on = FIRST + timedelta(days=offset)
        if offset > 1 and on.weekday() not in (1, 2):
            continue
        run = subprocess.run([*program, f"{on:%d.%m.%Y}"], capture_output=True, text=True, check=True)
        told.append(run.stdout)
    return told


def main() -> int:
    """Work through the steps, take them back, and compare."""
    with tempfile.TemporaryDirectory(prefix="ob-buero-kalender-") as folder:
        with Desk(Path(folder)) as desk:
            parts = [arrive(desk)]
            database = next(Path(folder).rglob("*.sqlite"))
            before = days_of(database)
            parts += [take(desk, name, keys) for name, keys in STEPS]
            between = days_of(database)
            parts.append(undo_all(desk))
        after = days_of(database)
    for part in parts:
        print(f"{part.name:<34}{part.keys:>5} Tasten {part.seconds:>7.1f} s")
    print(f"zusammen {sum(part.keys for part in parts)} Tasten")
    print(f"ob-buero day --json: {'gleich' if before == after else 'VERSCHIEDEN'} vorher und nachher")
    return 0 if before == after != between else 1


if __name__ == "__main__":
    sys.exit(main())
