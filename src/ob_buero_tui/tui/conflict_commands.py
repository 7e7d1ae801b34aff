"""The commands about conflicts and free times in the Kalender."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import KALENDER, Command, Group

CONFLICT_COMMANDS: Final[tuple[Command, ...]] = (
    Command(
        id="next_conflict",
        keys=("greater_than_sign",),
        label="nächster Konflikt",
        help="Zum nächsten Konflikt der kommenden 90 Tage.",
        group=Group.DATUM,
        scope=(KALENDER,),
    ),
    Command(
        id="previous_conflict",
        keys=("less_than_sign",),
        label="voriger Konflikt",
        help="Zum Konflikt davor.",
        group=Group.DATUM,
        scope=(KALENDER,),
    ),
    Command(
        id="waive_conflict",
        keys=("B",),
        label="Konflikt begründen",
        help="Einen Konflikt mit Grund stehen lassen, oder den Grund zurücknehmen.",
        group=Group.VERBEN,
        scope=(KALENDER,),
        show=7,
        short="begründen",
    ),
    Command(
        id="free_times",
        keys=("F",),
        label="freie Zeiten suchen",
        help="60 Minuten, nächste drei Wochen, vormittags, mit Frau X und Raum Y, 30 Minuten Fahrt.",
        group=Group.DATUM,
        scope=(KALENDER,),
    ),
)
"""Walking through conflicts, letting one stand, and looking for free times."""
