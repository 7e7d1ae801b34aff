"""The commands of the screen Gremien: on bodies, on the places in them, and on the day it shows."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import GREMIEN, PERSONEN, Command, Group

_HERE: Final = (GREMIEN,)


def _verb(id: str, key: str, label: str, help: str, show: int, **more: object) -> Command:
    return Command(
        id=id,
        keys=(key,) if key else (),
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        **({"scope": _HERE} | more),  # type: ignore[arg-type]
    )


BODY_VERBS: Final = (
    _verb(
        "body_new",
        "plus",
        "neu",
        "Ein Gremium anlegen; in der Liste der Mitglieder ein Mitglied, unter 5 eine Zuständigkeit.",
        1,
    ),
    _verb(
        "body_edit",
        "b",
        "bearbeiten",
        "Das Gremium, die Zuständigkeit oder die Mitgliedschaft ändern; ab einem Tag bleibt, was vorher war.",
        1,
        short="bearb.",
    ),
    _verb(
        "body_end",
        "e",
        "beenden",
        "Den letzten Tag eintragen: der Mitgliedschaft, des Gremiums oder der Zuständigkeit.",
        1,
    ),
    _verb(
        "body_substitute",
        "v",
        "Vertretung",
        "Eintragen, wer das Mitglied unter dem Balken vertritt.",
        2,
        short="Vertr.",
    ),
    _verb("body_drop", "D", "herausnehmen", "Eine versehentlich eingetragene Mitgliedschaft.", 5),
    _verb(
        "body_fraction",
        "",
        "Fraktionswechsel …",
        "Das Mitglied unter dem Balken ab einem Tag in allen Gremien einer anderen Fraktion zuordnen.",
        0,
    ),
)
"""What acts on bodies and their members."""

BODY_AREAS: Final = (
    Command(
        id="show_bodies",
        label="Gremien",
        help="Zu Gremien, Fraktionen und Ämtern mit ihren Mitgliedern an einem Tag.",
        group=Group.BEREICHE,
        chord="m",
    ),
    Command(
        id="body_today",
        keys=("0",),
        label="heute",
        help="Gremien und Mitglieder am heutigen Tag.",
        group=Group.DATUM,
        show=3,
        scope=_HERE,
    ),
    Command(
        id="places_at",
        label="Mitgliedschaften am …",
        help="In welchen Gremien jemand an einem Tag war, mit Rolle und Fraktion.",
        group=Group.BEREICHE,
        scope=(PERSONEN, GREMIEN),
    ),
)
"""The ways to the screen and on it."""
