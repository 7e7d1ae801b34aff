"""`python -m benchmarks.letters`: twenty letters by keyboard alone, from arrival to an answer that is out.

The product runs on a real terminal with an empty office. The demo's first twenty letters are dropped into
its Eingangskorb; each is then decided and answered by keys, until the mail's file lies in the Ausgangskorb.
Printed are the keys and the seconds of each letter, the answers of the program included, and then what `u`
gives back. It sends no key that a clerk would not press, and reads nothing but the screen and two folders.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import run
from time import perf_counter

import pyte

from benchmarks.terminal import COLUMNS, ROWS, Terminal
from ob_buero_tui.catalog.folders import data_folder

LETTERS = 20
PROGRAM = [sys.executable, "-m", "ob_buero_tui"]
ENTER, ANSWER_LAST, OUT = "\r", "\x14", "Strg+T"
PLANS = {
    "annehmen": (("a", "Aufgaben anlegen"), (ENTER, OUT)),
    "absagen": (("n", "welchem Grund"), ("1", OUT)),
    "abgeben": (("Z", "welches Amt"), ("66", "Amt 66"), (ENTER, "mit Rückmeldung"), (ENTER, OUT)),
    "Bescheid": (),
}
"""How letters are worked on, in turn: keys, and what the screen says when the next may follow."""
STEPS = (
    ("womit antworten", ENTER),
    ("darf hinaus ·", "j"),
    ("öffnet sich als ungesendet", ENTER),
)
"""What an answer may ask on its way out, and the key that a clerk gives."""
MISSING = "Das fehlt noch für den Text"
FACTS = {"Termin": "15.5.2027 15 Uhr", "Ort": "Rathaus", "Frist": "30.4.2027", "Rückmeldung": "30.4.2027"}
"""What is typed where a letter does not say it."""
PATIENCE = 30.0


@dataclass(slots=True)
class Letter:
    """What one letter took."""

    number: int
    plan: str
    keys: int = 0
    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)


class Desk(Terminal):
    """The product on a terminal whose screen is read."""

    def __init__(self, database: Path, home: Path) -> None:
        names = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
        self._screen_read = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen_read)
        self.keys = 0
        super().__init__(
            [*PROGRAM, "--db", str(database)], {**{name: str(home) for name in names}, "BROWSER": "true"}
        )

    def give(self, keys: str) -> None:
        """Press keys, counted."""
        self.keys += len(keys)
        self.press(keys)

    def text(self) -> str:
        """What stands on the screen once it is quiet."""
        while self._read(0.06):
            if self._raw:
                self._stream.feed(bytes(self._raw).replace(b"\x1b[>", b"\x1b[?"))
                self._raw.clear()
        return "\n".join(self._screen_read.display)

    def shows(self, *texts: str) -> str:
        """The first of these texts that appears.

        Raises:
            TimeoutError: none did.
        """
        limit = perf_counter() + PATIENCE
        while perf_counter() < limit:
            seen = self.text()
            for text in texts:
                if text in seen:
                    return text
        raise TimeoutError(f"none of {texts} on the screen:\n{self.text()}")


def work_through(desk: Desk, out: Path) -> list[Letter]:
    """Decide and answer one letter after the other."""
    done: list[Letter] = []
    for number in range(1, LETTERS + 1):
        plan = list(PLANS)[(number - 1) % len(PLANS)]
        letter = Letter(number=number, plan=plan)
        desk.keys, began = 0, perf_counter()
        before = files(out)
        for keys, says in PLANS[plan]:
            desk.give(keys)
            desk.shows(says)
        desk.give(ANSWER_LAST if PLANS[plan] else "t")
        _answer(desk, letter, out, before)
        letter.keys, letter.seconds = desk.keys, perf_counter() - began
        done.append(letter)
    return done


def _answer(desk: Desk, letter: Letter, out: Path, before: int) -> None:
    """Go through what the answer asks until its file is there."""
    last, limit = "", perf_counter() + PATIENCE
    while files(out) == before:
        seen = desk.text()
        found = next((text for text in (*dict(STEPS), MISSING) if text != last and text in seen), "")
        if perf_counter() > limit:
            raise TimeoutError(f"letter {letter.number} does not leave:\n{seen}")
        if not found:
            continue
        last = found
        letter.asked.append(found)
        if found == MISSING:
            _fill(desk)
        else:
            desk.give(dict(STEPS)[found])


def _fill(desk: Desk) -> None:
    """Type what is missing, field by field, at the pace of a hand."""
    lines = desk.text().partition(MISSING)[2].splitlines()[1:]
    labels = [label for line in lines for label in FACTS if f"│ {label} " in line]
    for place, label in enumerate(labels):
        for key in ("\t" if place else "") + FACTS[label]:
            desk.give(key)
        desk.text()
    desk.give(ENTER)


def files(folder: Path) -> int:
    """How many files have left so far."""
    return sum(1 for path in folder.glob("*.eml")) if folder.is_dir() else 0


def take_back(desk: Desk) -> list[str]:
    """Two more steps that stay in the house, and what `u` says to them and to the letter before them."""
    for keys, says in (("n", "welchem Grund"), ("1", OUT), ("!", "wichtig")):
        desk.give(keys)
        desk.shows(says)
    said = []
    for _ in range(2):
        desk.give("u")
        desk.shows("Zurückgenommen")
        said.append(_said(desk, "Zurückgenommen"))
    desk.give("u")
    desk.shows("lässt sich nicht zurücknehmen")
    said.append(_said(desk, "lässt sich nicht zurücknehmen"))
    desk.give("\x1b")
    return said


def _said(desk: Desk, part: str) -> str:
    """What a toast or a dialog says, beginning with a text, as one line."""
    lines = desk.text().splitlines()
    first = next(place for place, line in enumerate(lines) if part in line)
    left = lines[first].rfind("│", 0, lines[first].find(part))
    left = left if left >= 0 else lines[first].rfind("┌", 0, lines[first].find(part))
    found = []
    for line in lines[first:]:
        if "└" in line[left : left + 2] or (found and line[left : left + 1] != "│"):
            break
        found.append(line[left + 1 :].partition("│")[0].strip("│─┌┐ ") if "┐" not in line else part)
    return " ".join(" ".join(found).split())


def main() -> int:
    """Run it and print the table."""
    folder = Path(tempfile.mkdtemp(prefix="ob-buero-letters-"))
    try:
        database, drop, out = folder / "buero.sqlite", folder / "eingangskorb", folder / "ausgangskorb"
        run([*PROGRAM, "--db", str(database), "init"], check=True, capture_output=True)
        drop.mkdir()
        mails = sorted((data_folder() / "demo" / "mail").glob("*.eml"))[:LETTERS]
        with Desk(database, folder / "home") as desk:
            desk.shows("1 Neu 0")
            began = perf_counter()
            for mail in mails:
                shutil.copy(mail, drop / mail.name)
            desk.shows(f"1 Neu {LETTERS}")
            print(f"{LETTERS} letters taken in from the Eingangskorb: {perf_counter() - began:.1f} s")
            done = work_through(desk, out)
            print("\n| letter | worked on | keys | seconds |\n|---|---|---|---|")
            for letter in done:
                print(f"| {letter.number} | {letter.plan} | {letter.keys} | {letter.seconds:.1f} |")
            keys = sum(letter.keys for letter in done) / len(done)
            seconds = sum(letter.seconds for letter in done) / len(done)
            print(
                f"| mean | | {keys:.1f} | {seconds:.1f} |\n\n{files(out)} files in the Ausgangskorb; then u:"
            )
            for line in take_back(desk):
                print(f"- {line}")
        return 0 if files(out) == LETTERS else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
