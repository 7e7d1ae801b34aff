"""The commands of the Jahresplan: one key for each thing that becomes of a date or of the plan."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import JAHRESPLAN, Command, Group

_HERE: Final = (JAHRESPLAN,)


def _verb(id: str, key: str, label: str, help: str, show: int, **more: object) -> Command:
    return Command(
        id=id,
        keys=(key,) if key else (),
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        scope=_HERE,
        **more,  # type: ignore[arg-type]
    )


PLAN_VERBS: Final = (
    _verb("plan_move", "m", "verschieben", "Den Termin auf einen getippten Tag setzen; dort bleibt er.", 1),
    _verb(
        "plan_fix",
        "a",
        "festsetzen",
        "Den Termin festhalten: Das Rechnen lässt ihn, wo er ist. Noch einmal: wieder frei.",
        1,
        short="fest",
    ),
    _verb("plan_leave_out", "n", "entfällt", "Das Gremium tagt in dieser Runde nicht; a gibt sie frei.", 2),
    _verb(
        "plan_pattern",
        "b",
        "Vorgaben",
        "Wochentage, Uhrzeit, Raum, Runden und Abstände dieses Gremiums ändern.",
        2,
    ),
    _verb(
        "plan_compute",
        "R",
        "rechnen",
        "Alle freien Termine dieses Plans neu setzen; was fest ist, bleibt. Esc bricht ab.",
        1,
    ),
    _verb(
        "plan_new",
        "plus",
        "neuer Plan",
        "Ein Jahr planen: die Varianten A und B in einem Schritt.",
        3,
        short="neu",
    ),
    _verb(
        "plan_accept",
        "E",
        "beschließen",
        "Den Plan als beschlossen übernehmen: Alle seine Termine werden Sitzungen.",
        3,
    ),
    _verb("plan_discard", "D", "verwerfen", "Den Entwurf beiseitelegen.", 6),
    _verb(
        "plan_rounds",
        "",
        "Runden ändern …",
        "Anfang und Ende der Runden, und ob in den Ferien getagt wird.",
        0,
    ),
    _verb("plan_preview", "p", "Vorschau", "Den Plan als Text zeigen.", 5),
    _verb("plan_print", "P", "drucken", "Den Plan als PDF, Tabelle oder Text in eine Datei schreiben.", 5),
)
"""What acts on a date of a year's plan, and on the plan."""

PLAN_AREAS: Final = (
    Command(
        id="show_year_plan",
        label="Jahresplan",
        help="Zum Plan der Sitzungen eines Jahres.",
        group=Group.BEREICHE,
        chord="j",
    ),
    Command(
        id="plan_previous",
        keys=("H",),
        label="voriger Plan",
        help="Zum Plan davor, etwa von Variante B zu A.",
        group=Group.BEREICHE,
        scope=_HERE,
        show=7,
        short="‹ Plan",
    ),
    Command(
        id="plan_next",
        keys=("L",),
        label="nächster Plan",
        help="Zum nächsten Plan, etwa von Variante A zu B.",
        group=Group.BEREICHE,
        scope=_HERE,
        show=7,
        short="Plan ›",
    ),
)
"""To the Jahresplan, and from plan to plan."""
