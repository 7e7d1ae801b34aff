"""Makes the pictures of the documentation: the real program on the demo office, in a real terminal.

    .venv/bin/python docs/make_screenshots.py [--calendar | --council | --safety] [FOLDER]

Every picture comes in two sizes and both looks, drawn cell by cell from what the program wrote.
`--calendar` makes only those of the Kalender and the Ausfall, `--council` only those of the council's year,
`--safety` only those of copies and data protection.
Needs the `dev` extra and the font DejaVu Sans Mono.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte
from PIL import Image, ImageDraw, ImageFont
from screenshots_calendar import calendar
from screenshots_council import council
from screenshots_safety import safety

SIZES = ((120, 36), (80, 24))
LOOKS = ("hell", "dunkel")
DECIDING_IN = {"120x36-hell", "80x24-dunkel"}
"""What deciding and answering look like is shown once large and light, once small and dark."""
POINTS = 16
QUIET, PATIENCE = 0.4, 90.0
PAPER, INK = "#fafaf8", "#22272c"
NAMED = {
    "black": "#000000",
    "red": "#b3261e",
    "green": "#2a6b3c",
    "brown": "#7d5100",
    "blue": "#1f5a96",
    "magenta": "#8d4a80",
    "cyan": "#1f7278",
    "white": "#d5d9dd",
}
KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "save": "\x13",
    "quit": "\x11",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
}
EIGHTHS = "▁▂▃▄▅▆▇█"
LINES = {"─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ur", "┘": "lu"}
# What a terminal answers or ignores, and pyte cannot parse: DCS and OSC strings, private sequences.
UNREAD = re.compile(
    rb"\x1b[PX^_\]].*?(?:\x1b\\|\x07)|\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]", re.DOTALL
)


class Terminal:
    """The program in a pty, and everything it wrote so far.

    Args:
        columns, rows: Size of the terminal in cells.
        home: Folder that stands in for the account's own, so that nobody's settings show.
    """

    def __init__(self, columns: int, rows: int, home: Path) -> None:
        self.columns, self.rows = columns, rows
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._unfed = b""
        own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        environment = {
            **os.environ,
            **own,
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        environment.pop("NO_COLOR", None)
        command = ["-m", "ob_buero_tui", "demo", "--neu"]
        self._child = pexpect.spawn(
            sys.executable, command, dimensions=(rows, columns), env=environment, timeout=PATIENCE
        )

    def read(self, quiet: float = QUIET) -> None:
        """Read until the program has been quiet for so many seconds; a blinking cursor never is."""
        until = time.monotonic() + 3 * quiet
        while time.monotonic() < until:
            try:
                self._feed(self._child.read_nonblocking(65536, timeout=quiet))
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF as ended:
                raise SystemExit(f"The program ended early:\n{self.text()}") from ended

    def wait_for(self, text: str, *, gone: bool = False) -> None:
        """Read until a text stands on the screen, or does no more, and a little longer."""
        until = time.monotonic() + PATIENCE
        while (text in self.text()) is gone:
            if time.monotonic() > until:
                raise SystemExit(f"„{text}“ never came:\n{self.text()}")
            self.read(0.1)
        self.read()

    def press(self, *keys: str) -> None:
        """Press keys one by one: a name of `KEYS`, otherwise the text is typed letter by letter."""
        for key in keys:
            for part in [KEYS[key]] if key in KEYS else key:
                self._child.send(part)
                self.read(0.15)
        self.read()

    def _feed(self, written: bytes) -> None:
        """Hand on what was written; a sequence that may be cut off waits for its rest."""
        whole = self._unfed + written
        begun = whole.rfind(b"\x1b", max(0, len(whole) - 64))
        end = len(whole) if begun < 0 else begun
        self._unfed = whole[end:]
        self._stream.feed(UNREAD.sub(b"", whole[:end]))

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.screen.display)

    def close(self) -> None:
        """Leave the program as a user does."""
        self._child.send(KEYS["quit"])
        self._child.expect(pexpect.EOF)
        self._child.close()


def fonts() -> tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont]:
    """The regular and the bold font."""
    try:
        names = ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf")
        regular, bold = (ImageFont.truetype(name, POINTS) for name in names)
    except OSError as error:
        raise SystemExit(
            "The font DejaVu Sans Mono is missing. Install it (on Debian: fonts-dejavu-core) and try again."
        ) from error
    return regular, bold


def draw(screen: pyte.Screen, path: Path) -> None:
    """Draw a screen into a PNG file."""
    regular, bold = fonts()
    width, height = round(regular.getlength("M")), sum(regular.getmetrics())
    image = Image.new("RGB", (width * screen.columns, height * screen.lines), PAPER)
    canvas = ImageDraw.Draw(image)
    for y in range(screen.lines):
        for x in range(screen.columns):
            cell = screen.buffer[y][x]
            ink, paper = colour(cell.fg, INK), colour(cell.bg, PAPER)
            if cell.reverse:
                ink, paper = paper, ink
            left, top = x * width, y * height
            canvas.rectangle((left, top, left + width - 1, top + height - 1), fill=paper)
            shapes = drawn(cell.data, left, top, width, height)
            for shape in shapes:
                canvas.rectangle(shape, fill=ink)
            if cell.data.strip() and not shapes:
                canvas.text((left, top), cell.data, font=bold if cell.bold else regular, fill=ink)
            if cell.underscore:
                canvas.line((left, top + height - 2, left + width - 1, top + height - 2), fill=ink)
    image.quantize(256, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def drawn(sign: str, left: int, top: int, width: int, height: int) -> list[tuple[int, int, int, int]]:
    """The rectangles of a line or block, which must touch its neighbours; none for a sign of the font."""
    right, bottom = left + width - 1, top + height - 1
    across, down = left + width // 2, top + height // 2
    parts = {
        "l": (left, down, across, down),
        "r": (across, down, right, down),
        "u": (across, top, across, down),
        "d": (across, down, across, bottom),
    }
    if sign in LINES:
        return [parts[part] for part in LINES[sign]]
    if sign == "▌":
        return [(left, top, across - 1, bottom)]
    if sign and sign in EIGHTHS:
        return [(left, bottom + 1 - height * (EIGHTHS.index(sign) + 1) // 8, right, bottom)]
    return []


def colour(name: str, default: str) -> str:
    """A colour of pyte as Pillow wants it."""
    if name == "default":
        return default
    return NAMED.get(name, f"#{name}" if re.fullmatch(r"[0-9a-fA-F]{6}", name) else default)


def pictures(terminal: Terminal, folder: Path, name: str, walk: str = "") -> None:
    """Walk through the demo office as docs/handbuch.md does, and take the pictures on the way."""

    def take(what: str) -> None:
        draw(terminal.screen, folder / f"{what}-{name}.png")

    terminal.wait_for("1 Neu 60")
    terminal.wait_for("Prüfung" if terminal.columns >= 100 else "AB Anregung")
    if walk:
        {"calendar": calendar, "council": council, "safety": safety}[walk](terminal, take)
        return
    take("eingang")
    edit_and_accept(terminal, take)
    other_screens(terminal, take)
    if name in DECIDING_IN:
        deciding(terminal, take)
        at_the_talk(terminal, take)


def edit_and_accept(terminal: Terminal, take: Callable[[str], None]) -> None:
    """Find the Richtfest, enter its day, and accept it."""
    terminal.press("/")
    terminal.wait_for("Suche")
    terminal.press("richtfest")
    terminal.wait_for("Einladung zum Richtfest")
    take("suche")
    terminal.press("esc", "/", "2026-0004")
    terminal.wait_for("Einladung zum Richtfest")
    terminal.press("enter")
    terminal.wait_for("2026-0004")
    terminal.press("b")
    terminal.wait_for("Strg+S")
    for text in ("11.12.", "11:00", "12:30"):
        terminal.press("tab")
        terminal.press(text)
        terminal.wait_for(f" {text} ")
    take("bearbeiten")
    terminal.press("save")
    terminal.wait_for("u nimmt es zurück")
    terminal.wait_for("u nimmt es zurück", gone=True)
    terminal.press("a")
    terminal.wait_for("Aufgabe")
    take("annehmen")
    terminal.press("enter")
    terminal.wait_for("u nimmt es zurück")
    terminal.wait_for("u nimmt es zurück", gone=True)


def other_screens(terminal: Terminal, take: Callable[[str], None]) -> None:
    """The other screens, a call, and the help."""
    for key, title, what in (
        ("f3", "OB-Büro · Kalender", "kalender"),
        ("f4", "OB-Büro · Sitzungen", "sitzungen"),
        ("f5", "OB-Büro · Wiedervorlagen", "wiedervorlagen"),
        ("f6", "OB-Büro · Personen", "personen"),
    ):
        terminal.press(key)
        terminal.wait_for(title)
        if what == "sitzungen":
            terminal.press("j")
        take(what)
    terminal.press("f2")
    terminal.wait_for("OB-Büro · Eingang")
    terminal.press("T")
    terminal.wait_for("Telefonnotiz")
    take("telefonnotiz")
    terminal.press("esc", "?")
    terminal.wait_for("Hilfe ·")
    take("hilfe")
    terminal.press("esc")


def deciding(terminal: Terminal, take: Callable[[str], None]) -> None:
    """Search with keys, then a Wiedervorlage, a deputy, an answer and a new letter."""
    terminal.press("/")
    terminal.wait_for("Suche")
    terminal.press("art:grußwort frist:<15.12.")
    terminal.wait_for("Grußwort zur Ausstellungseröffn")
    take("suche-schluessel")
    terminal.press("esc", "3")
    for key, title, what in (
        ("w", "auf Wiedervorlage", "wiedervorlage-setzen"),
        ("v", "wer vertritt?", "vertretung"),
        ("t", "womit antworten?", ""),
    ):
        terminal.press(key)
        terminal.wait_for(title)
        if what:
            take(what)
            terminal.press("esc")
    terminal.press("1")
    terminal.wait_for("Ziffer/Enter hinaus")
    take("antwort")
    terminal.press("esc", "+", "3")
    terminal.wait_for("Neuer Eingang")
    terminal.press("g")
    terminal.wait_for("Vor- und Nachname")
    take("neuer-eingang")
    terminal.press("esc", "g", "z")
    terminal.wait_for("Zahlen ─")
    terminal.wait_for("Grußwort")
    take("zahlen")
    terminal.press("esc")


def at_the_talk(terminal: Terminal, take: Callable[[str], None]) -> None:
    """Put some requests on the mayor's list, one with each Votum."""
    terminal.press("2")
    for digit in "134":
        terminal.press("o")
        terminal.wait_for("auf die OB-Vorlage für")
        terminal.press(digit, "enter")
        terminal.wait_for("u nimmt es zurück")
    terminal.press("f7")
    terminal.wait_for("OB-Büro · OB-Vorlage")
    terminal.wait_for("u nimmt es zurück", gone=True)
    take("ob-vorlage")


def printed_list(home: Path, target: Path) -> None:
    """The mayor's list of the last demo office as it is printed."""
    os.environ["XDG_CACHE_HOME"] = str(home / "cache")
    from ob_buero_tui.demo import demo_office
    from ob_buero_tui.exchange.typst_pdf import make_pages
    from ob_buero_tui.services.vorlage import paper

    office = demo_office()
    data = paper.paper(office.place, 1, office.settings.office_name)
    target.write_bytes(make_pages(office.place.catalog.templates[paper.TEMPLATE], data, ppi=80)[0])
    office.close()


def main() -> None:
    """Make all pictures; each walk begins with a new demo office."""
    named = [each for each in sys.argv[1:] if not each.startswith("-")]
    known = ("calendar", "council", "safety")
    walks = [walk for walk in known if f"--{walk}" in sys.argv] or ["", *known]
    folder = Path(named[0]) if named else Path(__file__).parent / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    fonts()
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        (home / "config" / "ob-buero").mkdir(parents=True)
        for look in LOOKS:
            settings = home / "config" / "ob-buero" / "einstellungen.toml"
            settings.write_text(f'theme = "{look}"\n', encoding="utf-8")
            for columns, rows in SIZES:
                for walk in walks:
                    if walk in ("council", "safety") and columns < 100:
                        continue
                    terminal = Terminal(columns, rows, home)
                    pictures(terminal, folder, f"{columns}x{rows}-{look}", walk)
                    terminal.close()
                sys.stdout.write(f"{columns}x{rows} {look}\n")
        if "" in walks:
            printed_list(home, folder / "ob-vorlage-gedruckt.png")


if __name__ == "__main__":
    main()
