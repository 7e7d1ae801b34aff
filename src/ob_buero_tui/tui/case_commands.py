"""The command that hands a closed request to the E-Akte."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import EINGANG, Command, Group

CASE_VERBS: Final = (
    Command(
        id="file_case",
        keys=("P",),
        label="für die E-Akte ausgeben",
        help="Abgeschlossene Eingänge als Ordner mit PDF, Schreiben und Metadaten für die E-Akte schreiben.",
        group=Group.VERBEN,
        scope=(EINGANG,),
        show=8,
        short="E-Akte",
    ),
)
"""What leaves the office for good."""
