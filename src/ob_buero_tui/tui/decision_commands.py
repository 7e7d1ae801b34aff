"""The commands of deciding beside „annehmen“ and „absagen“."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import EINGANG, Command, Group


def _verb(id: str, key: str, label: str, help: str, show: int, short: str = "") -> Command:
    return Command(
        id=id,
        keys=(key,) if key else (),
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        short=short,
        scope=(EINGANG,),
    )


DECISION_VERBS: Final = (
    _verb(
        "deputize",
        "v",
        "Vertretung",
        "Eine Vertretung anfragen; verbindlich wird sie mit ihrer Zusage (a).",
        2,
        "Vertr.",
    ),
    _verb(
        "inquire",
        "r",
        "Rückfrage",
        "Nachfragen, beim Amt um Stellungnahme bitten, oder die Antwort eintragen.",
        2,
        "Rückfr.",
    ),
    _verb("hand_over", "Z", "abgeben", "An ein Amt abgeben, mit oder ohne Rückmeldung.", 4),
    _verb("move_date", "m", "Termin verschieben", "Den Termin verlegen; neu entscheiden.", 5, "versch."),
    _verb(
        "other_outcome",
        "E",
        "anderer Ausgang …",
        "Alle Ausgänge zur Wahl: Vertagung, Rückzug, Ausfall, verfristet und weitere.",
        4,
        "Ausgang",
    ),
    _verb("vote", "", "Votum eintragen …", "Was die Büroleitung zur Entscheidung rät.", 0),
)
"""Vertretung, Rückfrage, Abgabe, Verschiebung and the rest."""
DECIDING: Final = frozenset(each.id for each in DECISION_VERBS)
"""Their names, for the screen that has them."""
