"""The commands of data protection: the report to a person, erasure, and the Aussonderung."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import AUSSONDERUNG, PERSONEN, Command, Group


def _verb(id: str, key: str, label: str, help: str, show: int, scope: str, short: str = "") -> Command:
    return Command(
        id=id,
        keys=(key,),
        label=label,
        help=help,
        group=Group.VERBEN,
        scope=(scope,),
        show=show,
        short=short,
    )


PRIVACY_VERBS: Final = (
    _verb(
        "person_report",
        "p",
        "Auskunft",
        "Alles zusammenstellen, was über die Person gespeichert ist (Art. 15 DSGVO); ansehen oder ablegen.",
        4,
        PERSONEN,
    ),
    _verb(
        "erase_person",
        "D",
        "löschen",
        "Die Person überall löschen (Art. 17 DSGVO): erst zeigt es jede Stelle, dann bestätigt der Name.",
        4,
        PERSONEN,
    ),
    _verb(
        "disposal_keep",
        "w",
        "behalten bis",
        "Länger aufbewahren; am Tag danach wird es wieder vorgeschlagen.",
        1,
        AUSSONDERUNG,
        "behalten",
    ),
    _verb(
        "disposal_offer",
        "Z",
        "dem Archiv anbieten",
        "Vermerken, dass es dem Archiv angeboten ist; dessen Antwort wird abgewartet.",
        1,
        AUSSONDERUNG,
        "anbieten",
    ),
    _verb(
        "disposal_taken",
        "a",
        "ist übernommen",
        "Das Archiv hat es; unter „Für die E-Akte“: sie hat den Ordner, die Aufbewahrung hier endet.",
        2,
        AUSSONDERUNG,
        "übernommen",
    ),
    _verb(
        "disposal_refused",
        "n",
        "nicht übernommen",
        "Das Archiv will es nicht; unter „Für die E-Akte“: der Ordner kam dort nicht an.",
        2,
        AUSSONDERUNG,
    ),
    _verb(
        "disposal_destroy",
        "D",
        "vernichten",
        "Endgültig vernichten, mit Schreiben, Anlagen und Verlauf; Nummer und Tage bleiben.",
        1,
        AUSSONDERUNG,
    ),
)
"""What acts on a person or a proposal."""

PRIVACY_AREAS: Final = (
    Command(
        id="show_disposal",
        label="Aussonderung",
        help="Was nach seiner Aufbewahrung zu vernichten oder dem Archiv anzubieten ist.",
        group=Group.BEREICHE,
        chord="x",
    ),
)
"""The way to the screen."""
