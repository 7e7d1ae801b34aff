"""The commands of the Ausfall: one key for each thing that can become of an appointment."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import AUSFALL, KALENDER, Command, Group

_HERE: Final = (AUSFALL,)


def _verb(id: str, key: str, label: str, help: str, show: int, **more: object) -> Command:
    return Command(
        id=id,
        keys=(key,),
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        **({"scope": _HERE} | more),  # type: ignore[arg-type]
    )


AUSFALL_VERBS: Final = (
    _verb(
        "begin_ausfall",
        "V",
        "Ausfall",
        "Eine Abwesenheit in einer Zeile eintragen und alle betroffenen Termine regeln: krank bis fr.",
        6,
        scope=(KALENDER,),
    ),
    _verb(
        "event_deputy",
        "v",
        "Vertretung",
        "Eine Vertretung anfragen, oder eintragen, was sie geantwortet hat.",
        3,
        scope=(KALENDER,),
        short="Vertr.",
    ),
    _verb(
        "ausfall_deputy",
        "v",
        "Vertretung",
        "Eine Vertretung anfragen: nach Rang, mit Überschneidungen; eine Ziffer wählt.",
        1,
        short="Vertr.",
    ),
    _verb(
        "ausfall_promised",
        "a",
        "hat zugesagt",
        "Die angefragte Vertretung hat zugesagt.",
        1,
        short="zugesagt",
    ),
    _verb(
        "ausfall_cancel",
        "n",
        "absagen",
        "Den Termin absagen, mit Grund; war jemand angefragt: hat abgelehnt.",
        1,
    ),
    _verb("ausfall_move", "m", "verschieben", "Den Termin auf einen getippten Tag verschieben.", 1),
    _verb("ausfall_keep", "e", "bleibt", "Der Termin bleibt, wie er ist.", 1),
    _verb(
        "ausfall_tick", "e", "Anruf erledigt", "Den Anruf mit seinem Ergebnis abhaken.", 1, short="erledigt"
    ),
    _verb(
        "ausfall_change",
        "b",
        "Dauer ändern",
        "Die Abwesenheit verkürzen oder verlängern: wieder da ab do, bis mo.",
        2,
        short="Dauer",
    ),
    _verb(
        "ausfall_new",
        "plus",
        "neuer Ausfall",
        "Eine weitere Abwesenheit in einer Zeile eintragen.",
        4,
        short="neu",
    ),
    _verb("ausfall_close", "E", "abschließen", "Den Ausfall abschließen, wenn alles geregelt ist.", 3),
)
"""What acts on an appointment that an absence hits, and on the absence."""

SHOW_AUSFALL: Final = Command(
    id="show_ausfall",
    label="Ausfall der Oberbürgermeisterin …",
    help="Eine Abwesenheit eintragen und alle betroffenen Termine regeln.",
    group=Group.BEREICHE,
    chord="a",
)
"""From every screen."""
