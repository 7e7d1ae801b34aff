"""The commands of what comes of a session: who was there, the minutes, and the Ladungsfrist that counts."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import SITZUNGEN, TAGESORDNUNG, Command, Group

_SESSION: Final = (SITZUNGEN, TAGESORDNUNG)


def _verb(id: str, key: str, label: str, help: str, show: int, scope: tuple[str, ...], short: str) -> Command:
    return Command(
        id=id, keys=(key,), label=label, help=help, group=Group.VERBEN, show=show, scope=scope, short=short
    )


RESULT_VERBS: Final = (
    _verb(
        "attendance",
        "X",
        "Anwesenheit",
        "Wer da ist, wer fehlt, wer vertritt; mit der Beschlussfähigkeit.",
        4,
        _SESSION,
        "anwesend",
    ),
    _verb(
        "minutes",
        "N",
        "Niederschrift",
        "Ergebnisse der Punkte, Verlauf, Vorschau, PDF und Text, ganz oder nur der öffentliche Teil.",
        4,
        _SESSION,
        "Niederschr.",
    ),
    _verb(
        "ladungsfrist",
        "M",
        "Ladungsfrist",
        "Die Frist des Gremiums bestätigen oder wählen; eine eilige Sitzung mit verkürzter Frist laden.",
        6,
        (SITZUNGEN,),
        "Frist",
    ),
)
"""What acts on a session that takes place."""
