"""The commands of the Sicherungen."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import SICHERUNGEN, Command, Group

_HERE: Final = (SICHERUNGEN,)

BACKUP_VERBS: Final = (
    Command(
        id="backup_now",
        keys=("plus",),
        label="jetzt sichern",
        help="Eine Sicherung anlegen, auch wenn seit der letzten nichts geschehen ist.",
        group=Group.VERBEN,
        scope=_HERE,
        show=1,
        short="sichern",
    ),
    Command(
        id="backup_try",
        keys=("Q",),
        label="erproben",
        help="Die Sicherung probeweise zurückholen und vergleichen; an der Datenbank ändert sich nichts.",
        group=Group.VERBEN,
        scope=_HERE,
        show=1,
    ),
    Command(
        id="backup_return",
        keys=("R",),
        label="zurückkehren",
        help="Zu dieser Sicherung zurückkehren, nach einer Frage; die jetzige Datenbank bleibt daneben.",
        group=Group.VERBEN,
        scope=_HERE,
        show=1,
        short="zurück zu",
    ),
)
"""What acts on a copy."""

BACKUP_AREAS: Final = (
    Command(
        id="show_backups",
        label="Sicherungen",
        help="Zu den Sicherungen der Datenbank: was darin ist, erproben, zurückkehren.",
        group=Group.BEREICHE,
        chord="b",
    ),
)
"""The way to the screen."""
