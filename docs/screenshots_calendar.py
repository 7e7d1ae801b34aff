"""The walk through the Kalender and the Ausfall for `make_screenshots.py`: each view and dialog once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Take = Callable[[str], None]


class Driven(Protocol):
    """The part of a terminal that a walk needs."""

    columns: int

    def press(self, *keys: str) -> None:
        """Press keys one by one."""

    def wait_for(self, text: str, *, gone: bool = False) -> None:
        """Wait until a text stands on the screen."""


def calendar(terminal: Driven, take: Take) -> None:
    """All views, then the dialogs from a new line to the calls of an Ausfall; the demo office is as new."""
    terminal.press("f3")
    terminal.wait_for("OB-Büro · Kalender")
    terminal.wait_for("Richtfest Kita")
    views(terminal, take)
    entering(terminal, take)
    conflicts(terminal, take)
    ausfall(terminal, take)


def go_to(terminal: Driven, day: str, shown: str) -> None:
    """Show a day by `g d`."""
    terminal.press("g", "d")
    terminal.wait_for("Zu welchem Tag?")
    terminal.press(day, "enter")
    terminal.wait_for(shown)


def views(terminal: Driven, take: Take) -> None:
    """Day, week, month, list and year, then the list of calendars and a sheet as text."""
    for key, heading, what in (
        ("1", "Mittwoch, 25.11.2026", "tag"),
        ("2", "KW 48 · 23.", "woche"),
        ("3", "November 2026 ─", "monat"),
        ("4", "┌─ Termine ", "liste"),
        ("5", "S Sitzung", "jahr"),
    ):
        terminal.press(key)
        terminal.wait_for(heading)
        take(f"kalender-{what}")
    terminal.press("1")
    terminal.wait_for("Mittwoch, 25.11.2026")
    terminal.press("g", "l")
    terminal.wait_for("Kalender ein- und ausblenden")
    take("kalender-auswahl")
    terminal.press("esc", "p")
    terminal.wait_for("Tagesblatt")
    terminal.press("1")
    terminal.wait_for("Vorschau: ")
    take("kalender-vorschau")
    terminal.press("esc")


def entering(terminal: Driven, take: Take) -> None:
    """A new appointment in one line, its form, the move with a conflict in the way, and a series."""
    terminal.press("+")
    terminal.wait_for("Neuer Termin")
    terminal.press("11.12. 11-12 Uhr Spatenstich Kita Nord, Hafenstr. 3")
    terminal.wait_for("Art Spatenstich")
    take("kalender-neu")
    terminal.press("enter")
    terminal.wait_for("11:00–12:00 Spatenstich")
    terminal.wait_for("nimmt", gone=True)
    terminal.press("b")
    terminal.wait_for("Pflicht")
    take("kalender-formular")
    terminal.press("esc", "m")
    terminal.wait_for("kein Konflikt")
    terminal.press("K")
    terminal.wait_for("10:00–11:00")
    terminal.wait_for("! Überschneidung")
    take("kalender-verschieben")
    terminal.press("esc", "+")
    terminal.wait_for("Neuer Termin")
    terminal.press("jeden 2. di im monat bis 30.6. 11-11:30 Uhr Rücksprache Schulamt")
    terminal.wait_for("Serie: jeden 2. Dienstag")
    terminal.press("tab")
    terminal.wait_for("Pflicht")
    terminal.press("\x12")
    terminal.wait_for("In Worten")
    take("kalender-serie")
    terminal.press("esc", "esc", "esc")


def conflicts(terminal: Driven, take: Take) -> None:
    """How far a change of a series reaches, a conflict with the question for its reason, and free times."""
    go_to(terminal, "27.11.", "27.11.2026")
    terminal.wait_for("Morgenlage")
    terminal.press("D")
    terminal.wait_for("dieser und folgende")
    terminal.press("5")
    terminal.wait_for("Termine, Fr 27.11.")
    take("kalender-reichweite")
    terminal.press("esc", "0")
    terminal.wait_for("Richtfest Kita")
    terminal.press(">")
    terminal.wait_for("Konflikt 2 von")
    terminal.press("<")
    terminal.wait_for("Konflikt 1 von")
    terminal.press("B")
    terminal.wait_for("Warum bleibt es dabei?")
    take("kalender-konflikt")
    terminal.press("esc", "F")
    terminal.wait_for("Freie Zeiten suchen")
    terminal.press("60 Minuten, nächste drei Wochen, vormittags, mit 1. BM", "enter")
    terminal.wait_for("freie Zeiten ·")
    take("kalender-frei")
    terminal.press("esc", "esc")


def ausfall(terminal: Driven, take: Take) -> None:
    """An absence of a day: one appointment called off, one deputy asked, so that calls stand in the list."""
    go_to(terminal, "26.11.", "26.11.2026")
    terminal.press("V")
    terminal.wait_for("abwesend Do 26.11.2026")
    terminal.press("enter")
    terminal.wait_for("Betroffene Termine")
    terminal.wait_for("Morgenlage")
    terminal.press("n")
    terminal.wait_for("OB verhindert")
    terminal.press("enter")
    terminal.wait_for("✗ abgesagt")
    terminal.press("v")
    terminal.wait_for("wer vertritt?")
    terminal.press("1")
    terminal.wait_for("BM angefragt")
    terminal.wait_for("nimmt", gone=True)
    take("ausfall")
    terminal.press("f2")
    terminal.wait_for("OB-Büro · Eingang")
