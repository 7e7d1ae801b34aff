"""The pictures of the council's year: Sitzungen, Jahresplan, Vorlagen and Tagesordnung of the demo office."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from make_screenshots import Terminal


def council(terminal: Terminal, take: Callable[[str], None]) -> None:
    """Walk through the council's year as docs/handbuch-sitzungen.md does."""
    terminal.press("f4")
    terminal.wait_for("Diese Woche fällig")
    terminal.press("j")
    take("sitzungen")
    year(terminal, take)
    paper(terminal, take)
    agenda(terminal, take)


def year(terminal: Terminal, take: Callable[[str], None]) -> None:
    """Plan 2027 and fix one date."""
    terminal.press("g", "j")
    terminal.wait_for("Noch ist kein Jahr geplant")
    terminal.press("+")
    for asked in ("Welches Jahr planen?", "von wann bis wann?", "Und die Schulferien?"):
        terminal.wait_for(asked)
        terminal.press("enter")
    terminal.wait_for("2027 B")
    terminal.wait_for("u nimmt es zurück", gone=True)
    terminal.press("j", "j", "a")
    terminal.wait_for("fest ")
    terminal.wait_for("u nimmt es zurück", gone=True)
    terminal.press("k")
    take("jahresplan")


def paper(terminal: Terminal, take: Callable[[str], None]) -> None:
    """A paper of our own with two steps, the second one too early."""
    terminal.press("g", "v")
    terminal.wait_for("OB-Büro · Vorlagen")
    terminal.press("+")
    terminal.wait_for("Neue Vorlage")
    terminal.press("Radweg an der Hafenstraße", "tab", "tab", "66", "save")
    terminal.wait_for("Aktenzeichen 66")
    terminal.wait_for("u nimmt es zurück", gone=True)
    terminal.press("C")
    terminal.wait_for("Noch keine Station")
    for body, role in (("2", "1"), ("9", "2")):
        terminal.press("+")
        terminal.wait_for("Ausschuss für Planung")
        terminal.press(body)
        terminal.wait_for("Wozu liegt sie")
        terminal.press(role)
        terminal.wait_for("In welcher Sitzung?")
        terminal.press("1")
        terminal.wait_for("In welcher Sitzung?", gone=True)
    terminal.wait_for("liegt nicht nach")
    terminal.press("esc")
    take("vorlagen")


def agenda(terminal: Terminal, take: Callable[[str], None]) -> None:
    """An agenda that the office leads."""
    terminal.press("f4")
    terminal.wait_for("OB-Büro · Sitzungen")
    terminal.press("j")
    terminal.wait_for("Bau und Verkehr · Di 12.01.")
    terminal.press("S")
    terminal.wait_for("Wer führt")
    terminal.press("1")
    terminal.wait_for("führt das")
    terminal.press("g", "i")
    terminal.wait_for("OB-Büro · Tagesordnung")
    terminal.press("+")
    terminal.wait_for("Neuer Punkt")
    for text in (
        "Sachstand Ostheimer Landstraße",
        "- Bericht der Verwaltung",
        "N Ankauf Hafenstr. 3 | Grundstücksangelegenheit",
    ):
        terminal.press(text, "enter")
        terminal.wait_for("auf der Tagesordnung")
    terminal.press("esc")
    terminal.wait_for("u nimmt es zurück", gone=True)
    take("tagesordnung")
