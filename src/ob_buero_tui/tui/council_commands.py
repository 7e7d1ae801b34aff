"""The commands of the Sitzungen that no other screen has."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import SITZUNGEN, Command, Group

_HERE: Final = (SITZUNGEN,)


def _verb(id: str, key: str, label: str, help: str, show: int, **more: object) -> Command:
    return Command(
        id=id,
        keys=(key,),
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        scope=_HERE,
        **more,  # type: ignore[arg-type]
    )


COUNCIL_VERBS: Final = (
    _verb(
        "new_meeting",
        "plus",
        "neue Sitzung",
        "Eine Sitzung anlegen, auch mehrerer Gremien zusammen; sie steht dann im Kalender.",
        3,
        short="neu",
    ),
    _verb(
        "postpone_meeting",
        "m",
        "verschieben",
        "Auf einen anderen Tag: Tagesordnung und Vorlagen gehen mit, der alte Tag bleibt vermerkt.",
        1,
    ),
    _verb(
        "cancel_meeting",
        "n",
        "absagen",
        "Die Sitzung entfällt, der Kalender erfährt es. Noch einmal: sie findet doch statt.",
        2,
    ),
    _verb(
        "choose_leader",
        "S",
        "Büro oder RIS",
        "Wer Tagesordnungen und Vorlagen dieses Gremiums führt: das Büro oder das Ratsinformationssystem.",
        7,
    ),
    _verb(
        "show_weeks",
        "W",
        "Jahr in Wochen",
        "Alle Gremien nach Wochen, wie an einem Wandkalender; noch einmal: die Liste.",
        4,
        short="Wochen",
    ),
    Command(
        id="fetch_council",
        label="Ratsdaten holen",
        help="Sitzungen und Vorlagen von der OParl-Schnittstelle des Ratsinformationssystems holen.",
        group=Group.BEREICHE,
        scope=_HERE,
    ),
)
"""What acts on sessions and their bodies."""

COUNCIL_PAGES: Final = (
    _verb("year_before", "H", "voriges Jahr", "In den Wochen: ein Jahr zurück.", 0),
    _verb("year_after", "L", "nächstes Jahr", "In den Wochen: ein Jahr weiter.", 0),
)
"""What turns the page of the weeks."""
