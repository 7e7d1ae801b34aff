"""The pictures of the safety chapter: Sicherungen, Aussonderung, and the preview of an erasure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from make_screenshots import Terminal

OLD = (
    "4.6.2018 15-16 Uhr Besuch Feuerwehr",
    "5.6.2018 15-16 Uhr Besuch Schule",
    "3.5.2019 11-12 Uhr Spatenstich",
)


def safety(terminal: Terminal, take: Callable[[str], None]) -> None:
    """Walk through docs/handbuch-sicherheit.md."""
    copies(terminal, take)
    disposal(terminal, take)
    erasure(terminal, take)


def copies(terminal: Terminal, take: Callable[[str], None]) -> None:
    """A copy by hand beside the one of the start, and the older one tried out."""
    terminal.press("g", "b")
    terminal.wait_for("laufend")
    terminal.press("+")
    terminal.wait_for("von Hand")
    terminal.wait_for("Gesichert und geprüft")
    terminal.wait_for("Gesichert und geprüft", gone=True)
    terminal.press("Q")
    terminal.wait_for("kamen zurück")
    take("sicherungen")
    terminal.wait_for("kamen zurück", gone=True)


def disposal(terminal: Terminal, take: Callable[[str], None]) -> None:
    """Old appointments whose retention is over."""
    terminal.press("f3")
    terminal.wait_for("OB-Büro · Kalender")
    for line in OLD:
        terminal.press("+")
        terminal.wait_for("Neuer Termin")
        terminal.press(line)
        terminal.wait_for("→")
        terminal.press("enter")
        terminal.wait_for("u nimmt es zurück")
        terminal.wait_for("u nimmt es zurück", gone=True)
    terminal.press("g", "x")
    terminal.wait_for("Besuch Feuerwehr")
    take("aussonderung")


def erasure(terminal: Terminal, take: Callable[[str], None]) -> None:
    """What is shown before a person is erased."""
    terminal.press("f6")
    terminal.wait_for("OB-Büro · Personen")
    terminal.press("g", "n")
    terminal.wait_for("Enter")
    terminal.press("Dörne")
    terminal.wait_for("Dörnemann, Käthe")
    terminal.press("enter", "D")
    terminal.wait_for("Wo „")
    take("loeschen")
    terminal.press("esc")
