"""A folder of .ics that another program rewrites every second for a minute while the app is used.

Run with the project's Python: `python benchmarks/rewriting.py [seconds]`. The app runs in a pseudo terminal,
keys are pressed all the time, and at the end every appointment stands in the database exactly once.
"""

from __future__ import annotations

import os
import pty
import select
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

FILES, EACH = 6, 8
KEYS = (b"j", b"k", b"l", b"h", b"L", b"H", b"2", b"1", b"0")
CALENDAR = """\
[[calendars]]
key = "ob"
label = "Oberbürgermeisterin"
short = "OB"
role = "ob"
leads = "outlook"
source = "{source}"
every_min = 1

[[calendars]]
key = "rat"
label = "Rat"
short = "Rat"
role = "rat"
"""


def vevent(number: int, turn: int) -> str:
    """An appointment that says something else at every turn."""
    day, hour = 1 + number % 28, 8 + turn % 9
    return "\r\n".join((
        "BEGIN:VEVENT", f"UID:{number}@outlook.example.org", "DTSTAMP:20261101T080000Z",
        f"SUMMARY:Termin {number} Fassung {turn}", f"DTSTART;TZID=Europe/Berlin:202612{day:02}T{hour:02}0000",
        f"DTEND;TZID=Europe/Berlin:202612{day:02}T{hour:02}3000", "END:VEVENT",
    ))  # fmt: skip


def rewrite(folder: Path, turn: int) -> None:
    """Write all files anew, badly: in place and in two halves, or deleted first."""
    for file in range(FILES):
        path = folder / f"{file}.ics"
        events = [vevent(file * EACH + one, turn) for one in range(EACH)]
        text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""))
        if file % 3 == 0:
            path.unlink(missing_ok=True)
        half = len(text) // 2
        with path.open("w", newline="") as stream:
            stream.write(text[:half])
            stream.flush()
            time.sleep(0.01)
            stream.write(text[half:])


def use(command: list[str], env: dict[str, str], seconds: float) -> int:
    """Run the app in a pseudo terminal and press keys; returns how many."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, env)  # noqa: S606 the benchmark starts the product itself
    pressed, end = 0, time.monotonic() + seconds
    wait_for(terminal, 4)
    os.write(terminal, b"\x1bOR")  # F3
    while time.monotonic() < end:
        wait_for(terminal, 0.12)
        os.write(terminal, KEYS[pressed % len(KEYS)])
        pressed += 1
        if pressed % 40 == 0:
            os.write(terminal, b"\x10")
            wait_for(terminal, 0.5)
            os.write(terminal, b"kalender jetzt\r")
    os.write(terminal, b"\x11")
    wait_for(terminal, 3)
    os.close(terminal)
    os.waitpid(pid, 0)
    return pressed


def wait_for(terminal: int, seconds: float) -> None:
    """Take what is painted, so that the app never waits for us."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                if not os.read(terminal, 65536):
                    return
            except OSError:
                return


def main() -> int:
    """Rewrite and use, then count."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    home = Path(tempfile.mkdtemp(prefix="umschreiben-"))
    source, catalog = home / "outlook", home / "office" / "catalog"
    source.mkdir()
    catalog.mkdir(parents=True)
    (catalog / "representation.toml").write_text(CALENDAR.format(source=source), encoding="utf-8")
    config = home / ".config" / "ob-buero"
    config.mkdir(parents=True)
    (config / "einstellungen.toml").write_text(f'office_folder = "{home / "office"}"\n', encoding="utf-8")
    own = {"HOME": str(home), "TERM": "xterm-256color", "XDG_CONFIG_HOME": str(home / ".config")}
    env = {**os.environ, **own}
    program = [sys.executable, "-m", "ob_buero_tui"]
    database = home / "büro" / "buero.sqlite"
    database.parent.mkdir()
    subprocess.run([*program, "init", "--db", str(database)], env=env, check=True, capture_output=True)
    stop, turns = threading.Event(), [0]

    def outlook() -> None:
        while not stop.wait(1.0):
            turns[0] += 1
            rewrite(source, turns[0])

    rewrite(source, 0)
    writer = threading.Thread(target=outlook)
    writer.start()
    pressed = use([*program, "--db", str(database)], env, seconds)
    stop.set()
    writer.join()
    for _ in range(2):
        subprocess.run([*program, "calendars", "sync", "--db", str(database)], env=env, check=False)
    return report(database, turns[0], pressed, home)


def report(database: Path, turns: int, pressed: int, home: Path) -> int:
    """Say what stands there; 0 when nothing is lost and nothing doubled."""
    with sqlite3.connect(database) as store:
        rows = store.execute("SELECT uid, summary FROM event WHERE trashed_at IS NULL").fetchall()
        trashed = store.execute("SELECT count(*) FROM event WHERE trashed_at IS NOT NULL").fetchone()[0]
        steps = store.execute("SELECT count(*) FROM action WHERE verb = 'sync_calendar'").fetchone()[0]
    wanted = {f"{number}@outlook.example.org" for number in range(FILES * EACH)}
    newest = sum(summary.endswith(f"Fassung {turns}") for _, summary in rows)
    lost, doubled = wanted - {uid for uid, _ in rows}, len(rows) - len({uid for uid, _ in rows})
    print(f"umgeschrieben {turns}-mal, {pressed} Tasten, {steps} Schritte des Abgleichs")
    print(f"Termine {len(rows)} von {len(wanted)}, neueste Fassung {newest}, im Papierkorb {trashed}")
    print(f"verloren {len(lost)}, doppelt {doubled}")
    shutil.rmtree(home, ignore_errors=True)
    return 0 if not lost and not doubled and newest == len(wanted) and not trashed else 1


if __name__ == "__main__":
    sys.exit(main())
