"""`python -m benchmarks.council_keys`: a council year by keyboard alone, and all of it undone.

On a real terminal with the demo office: plan 2027, fix two dates, plan anew, accept, move a session by a week
under the eyes of its chain and its conflicts, build an agenda of fourteen items with three papers, postpone
that session, and take every step back. What `ob-buero sessions --all --json` says and every row of the tables
concerned are compared before and after. Printed are keys and seconds, and how long the screen took to answer.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks.ausfall_keys import ENTER, PATIENCE, Desk, Part

SESSIONS, WEEK_LATER, ESCAPE = "\x1bOS", "\x1b[5~", "\x1b"
ITEMS = 14
TABLES = (
    "organization",
    "meeting",
    "meeting_organization",
    "agenda_item",
    "consultation",
    "year_plan",
    "year_plan_date",
    "event",
)
Keys = tuple[tuple[str, str], ...]
FREE, MOVED = "a free date", "a session with conflicts"
ROWS = {FREE: r"▌ .*\d:\d\d  (?!.* (fest|steht) )", MOVED: r"▌ .*Bau und Verkehr +Di 12\.01\."}
"""What is gone to by the arrow keys, and how its row reads."""
PLANNED = r"Jahresplan 2027 A: \d+ Termine, \d+ Punkte"
PAPERS = ("BV 2026 0455", "BV 2026 0449", "BV 2026 0452")
LINES = ("Radverkehr in der Innenstadt", "Bericht über laufende Bauvorhaben", "N Verkauf Am Hafen 3")


def _typed(line: str) -> Keys:
    """One line of the agenda; the dialog says what was taken and asks for the next."""
    title = line.removeprefix("N ")
    return ((line, rf"→ (Vorlage {line}|„{title}“)"), (ENTER, "(?s)Leer.*│  Titel oder Nummer"))


STEPS: tuple[tuple[str, int, Keys], ...] = (
    (
        "Jahr planen",
        1,
        (
            ("g", "g …"),
            ("j", "Noch ist kein Jahr geplant"),
            ("+", "Welches Jahr planen"),
            (ENTER, "Die Sitzungsfolgen 2027"),
            (ENTER, "Und die Schulferien"),
            (ENTER, r"Jahresplan 2027: \d+ Termine"),
        ),
    ),
    ("einen Termin festsetzen", 1, ((FREE, ""), ("a", r"2027, \d+:\d+ Uhr festgelegt"))),
    (
        "einen anderen über seinen Tag",
        1,
        ((FREE, ""), ("m", "auf welchen Tag"), (ENTER, r"2027, \d+:\d+ Uhr festgelegt")),
    ),
    ("neu rechnen", 1, (("R", PLANNED),)),
    ("beschließen", 1, (("E", r"beschließen\?"), (ENTER, r"beschlossen: \d+ Sitzungen angelegt"))),
    (
        "Sitzung eine Woche verschieben",
        1,
        (
            (SESSIONS, "Kommende"),
            (MOVED, r"Bau und Verkehr · Di 12\.01\."),
            ("m", "Bau und Verkehr Di 12.01.* verschieben"),
            (WEEK_LATER, r"(?s)→ Di 19.01.*Versand bis.*! gleichzeitig mit Schule und Sport"),
            (ENTER, "auf Di 19.01.2027, 17:00 Uhr verschoben"),
        ),
    ),
    ("Tagesordnung führt das Büro", 1, (("S", "Wer führt"), ("1", "führt das *│? *\n?.*Büro"))),
    (
        "Standardpunkte",
        1,
        (
            (ENTER, "Fristen"),
            (ENTER, r"Tagesordnung .*"),
            ("3", "Noch kein Punkt"),
            ("I", "8 Standardpunkte aufgenommen"),
        ),
    ),
    (
        "drei Punkte und drei Vorlagen",
        6,
        (("+", "Neuer Punkt"), *(key for line in (*LINES, *PAPERS) for key in _typed(line)), (ESCAPE, "N 4")),
    ),
    (
        "diese Sitzung verschieben",
        1,
        (
            (ESCAPE, "Sitzungen"),
            ("m", r"Bau und Verkehr Di 9.03.* verschieben"),
            ("+2w", "→ Di 23.03.2027"),
            (ENTER, "auf Di 23.03.2027, 17:00 Uhr verschoben"),
        ),
    ),
)
"""What is done: a name, how many steps of undo it makes, keys, and what the screen says then."""


def take(desk: Desk, name: str, keys: Keys, slowest: dict[str, float]) -> Part:
    """One step; the slowest answers of the screen are remembered."""
    desk.keys, began = 0, perf_counter()
    for pressed, says in keys:
        if pressed in ROWS:
            go_to(desk, ROWS[pressed])
            pressed = ""
        since = perf_counter()
        desk.give(pressed)
        desk.shows(says)
        slowest[f"{name}: {says}"] = perf_counter() - since
    return Part(name, desk.keys, perf_counter() - began)


def go_to(desk: Desk, row: str) -> None:
    """To the first row of the list that reads so, by its keys."""
    lines = [line[:72] for line in desk.text().splitlines()]
    head = next(number for number, line in enumerate(lines) if re.search("Gremium  ", line))
    below = next(number for number, line in enumerate(lines[head + 1 :]) if re.search(row, line))
    desk.give("g")
    desk.shows("g …")
    desk.give("g" + "j" * below)


def undo_all(desk: Desk, database: Path) -> Part:
    """Take back every step; each one changes the tables, and none is left."""
    desk.keys, began, steps = 0, perf_counter(), 0
    now = rows(database)
    while steps < sum(many for _, many, _ in STEPS):
        before = now
        desk.give("u")
        limit = perf_counter() + PATIENCE
        while (now := rows(database)) == before and perf_counter() < limit:
            desk.text()
        steps += now != before
        desk.shows("Zurückgenommen:")
        if now == before:
            raise TimeoutError(f"u took nothing back:\n{desk.text()}")
    desk.give("u")
    desk.shows("Es gibt nichts zurückzunehmen")
    return Part("jeden Schritt zurück", desk.keys, perf_counter() - began, steps)


def sessions(database: Path) -> str:
    """What `ob-buero sessions --all --json` says."""
    program = [sys.executable, "-m", "ob_buero_tui", "--db", str(database), "sessions", "--all", "--json"]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables concerned, but for the counters of their changes."""
    found = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for table in TABLES:
            names = [
                row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "version"
            ]
            asked = f"SELECT {', '.join(names)} FROM {table} ORDER BY id"  # noqa: S608 our own tables
            found[table] = connection.execute(asked).fetchall()
    return found


def agenda(database: Path) -> int:
    """How many items the agenda of the postponed session has."""
    asked = (
        "SELECT count(*) FROM agenda_item JOIN meeting ON meeting.id = meeting_id"
        " WHERE meeting.start LIKE '2027-03-23%' AND agenda_item.deleted = 0"
    )
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return int(connection.execute(asked).fetchone()[0])


def main() -> int:
    """Work through the steps, take them back, and compare."""
    slowest: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="ob-buero-rat-") as folder:
        with Desk(Path(folder)) as desk:
            desk.shows("Eingang", 300)
            desk.text()
            database = next(one for one in Path(folder).rglob("*.sqlite") if one.parent.name == "arbeit")
            before = sessions(database), rows(database)
            parts = [take(desk, name, keys, slowest) for name, _, keys in STEPS]
            between, items = (sessions(database), rows(database)), agenda(database)
            parts.append(undo_all(desk, database))
        after = sessions(database), rows(database)
    for part in parts:
        print(f"{part.name:<36}{part.keys:>5} Tasten {part.seconds:>7.1f} s")
    print(f"zusammen {sum(part.keys for part in parts)} Tasten, {sum(part.seconds for part in parts):.0f} s")
    for name, seconds in sorted(slowest.items(), key=lambda one: -one[1])[:6]:
        print(f"  {seconds * 1000:>6.0f} ms bis {name}")
    print(f"Tagesordnung: {items} Punkte (Ziel {ITEMS})")
    print(f"ob-buero sessions --all --json: {'gleich' if before[0] == after[0] else 'VERSCHIEDEN'}")
    for name in TABLES:
        print(f"  {name}: {'gleich' if before[1][name] == after[1][name] else 'VERSCHIEDEN'}")
    return 0 if before == after != between and items == ITEMS else 1


if __name__ == "__main__":
    sys.exit(main())
