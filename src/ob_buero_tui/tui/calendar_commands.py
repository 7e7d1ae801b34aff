"""The commands that only the Kalender has; the verbs it shares with other screens stand in `verbs`."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.command import KALENDER, Command, Group
from ob_buero_tui.tui.conflict_commands import CONFLICT_COMMANDS

_HERE: Final = (KALENDER,)


def _verb(id: str, keys: tuple[str, ...], label: str, help: str, show: int, **more: object) -> Command:
    return Command(
        id=id,
        keys=keys,
        label=label,
        help=help,
        group=Group.VERBEN,
        show=show,
        **({"scope": _HERE} | more),  # type: ignore[arg-type]
    )


CALENDAR_VERBS: Final[tuple[Command, ...]] = (
    _verb(
        "add_event",
        ("plus",),
        "neuer Termin",
        "Einen Termin in einer Zeile eintragen, wo der Balken steht: 14-15 Uhr Spatenstich, Hafenstr. 3.",
        2,
        short="neu",
    ),
    _verb(
        "move_event",
        ("m",),
        "verschieben",
        "Mit den Pfeilen oder durch Tippen verschieben, verlängern, verkürzen: do 14.",
        1,
    ),
    _verb(
        "copy_event",
        ("i",),
        "Kopie anlegen",
        "Den Termin zu einer anderen Zeit noch einmal eintragen.",
        4,
        short="Kopie",
    ),
    _verb(
        "show_event_trash",
        (),
        "Papierkorb der Termine",
        "Termine im Papierkorb ansehen und zurückholen.",
        0,
    ),
    _verb(
        "send_to_outlook",
        ("O",),
        "nach Outlook",
        "Die eigene Änderung als Entwurf in den Ausgangskorb legen; markiert, bis Outlook sie zeigt.",
        7,
    ),
    _verb(
        "show_outstanding",
        (),
        "Noch nicht in Outlook zeigen",
        "Alle eigenen Änderungen, die Outlook noch nicht zeigt; von dort senden.",
        0,
    ),
    _verb(
        "take_theirs",
        (),
        "Stand aus Outlook übernehmen",
        "Die eigene Änderung aufgeben und den Termin so nehmen, wie Outlook ihn zeigt.",
        0,
    ),
    _verb("paper_preview", ("p",), "Vorschau", "Tagesblatt, Woche, Fahrten oder Vertretung als Text.", 6),
    _verb("paper_print", ("P",), "drucken", "Tagesblatt, Woche, Fahrten oder Vertretung als PDF.", 5),
    _verb(
        "look_ahead",
        (),
        "Tagesmappe: was fehlt morgen?",
        "Welcher Termin von morgen noch Rede, Anfahrt oder Kontakt braucht; freitags bis Montag.",
        0,
    ),
)
"""What acts on the appointment under the cursor, and on the day that is shown."""

CALENDAR_MOVES: Final[tuple[Command, ...]] = (
    Command(
        id="hour_on",
        keys=("J",),
        label="Stunde später",
        help="Eine Stunde weiter am selben Tag, auch auf leere Zeit.",
        group=Group.BEWEGEN,
        scope=_HERE,
        palette=False,
    ),
    Command(
        id="hour_back",
        keys=("K",),
        label="Stunde früher",
        help="Eine Stunde zurück am selben Tag, auch auf leere Zeit.",
        group=Group.BEWEGEN,
        scope=_HERE,
        palette=False,
    ),
    Command(
        id="choose_calendars",
        label="Kalender ein- und ausblenden",
        help="Welche Kalender, Feiertage und Feste gezeigt werden; Konflikte zählen immer alle.",
        group=Group.DATUM,
        scope=_HERE,
        chord="l",
    ),
    Command(
        id="read_calendars",
        label="Kalender jetzt lesen",
        help="Die Kalender, die Outlook führt, sofort lesen und die eigenen veröffentlichen.",
        group=Group.DATUM,
        scope=_HERE,
    ),
    Command(
        id="weekend",
        label="Wochenende ein oder aus",
        help="Die Woche von Montag bis Freitag oder bis Sonntag; auch mit der Ziffer der Woche noch einmal.",
        group=Group.DATUM,
        scope=_HERE,
    ),
    *CONFLICT_COMMANDS,
)
"""What moves about the Kalender, to its conflicts and free times too."""
