"""The commands that lead somewhere: to a screen, a pile, a name, or what a search finds."""

from __future__ import annotations

from typing import Final

from ob_buero_tui.tui.agenda_commands import AGENDA_AREAS
from ob_buero_tui.tui.ausfall_commands import SHOW_AUSFALL
from ob_buero_tui.tui.backup_commands import BACKUP_AREAS
from ob_buero_tui.tui.body_commands import BODY_AREAS
from ob_buero_tui.tui.command import (
    EINGANG,
    KALENDER,
    OB_VORLAGE,
    PERSONEN,
    SITZUNGEN,
    WIEDERVORLAGEN,
    Command,
    Group,
)
from ob_buero_tui.tui.paper_commands import PAPER_AREAS
from ob_buero_tui.tui.plan_commands import PLAN_AREAS
from ob_buero_tui.tui.privacy_commands import PRIVACY_AREAS

AREAS: Final = (
    Command(
        id="split",
        keys=tuple("123456789"),
        label="Stapel",
        labels=((KALENDER, "Ansicht"),),
        help="Den Stapel oder die Ansicht mit dieser Ziffer.",
        helps=((KALENDER, "1 Tag, 2 Woche; 2 noch einmal: mit oder ohne Wochenende."),),
        group=Group.BEREICHE,
        numbered=True,
        palette=False,
    ),
    Command(
        id="show_inbox",
        keys=("f2",),
        label="Eingang",
        help="Zum Eingang.",
        group=Group.BEREICHE,
        chord="e",
        leads_to=EINGANG,
        show=4,
    ),
    Command(
        id="show_calendar",
        keys=("f3",),
        label="Kalender",
        help="Zum Kalender.",
        group=Group.BEREICHE,
        chord="k",
        leads_to=KALENDER,
        show=5,
    ),
    Command(
        id="show_meetings",
        keys=("f4",),
        label="Sitzungen",
        help="Zu den Sitzungen mit ihren Fristen.",
        group=Group.BEREICHE,
        chord="s",
        leads_to=SITZUNGEN,
        show=5,
    ),
    Command(
        id="show_follow_ups",
        keys=("f5",),
        label="Wiedervorlagen",
        help="Zu dem, was wann zu tun ist.",
        group=Group.BEREICHE,
        chord="w",
        leads_to=WIEDERVORLAGEN,
        show=5,
    ),
    Command(
        id="show_people",
        keys=("f6",),
        label="Personen",
        help="Zu Personen, Organisationen und Gremien.",
        group=Group.BEREICHE,
        chord="p",
        leads_to=PERSONEN,
        show=5,
    ),
    Command(
        id="show_vorlage",
        keys=("f7",),
        label="OB-Vorlage",
        help="Zur Liste für das nächste OB-Gespräch.",
        group=Group.BEREICHE,
        chord="o",
        leads_to=OB_VORLAGE,
        show=6,
    ),
    SHOW_AUSFALL,
    *AGENDA_AREAS,
    *BODY_AREAS,
    *PLAN_AREAS,
    *PAPER_AREAS,
    *BACKUP_AREAS,
    *PRIVACY_AREAS,
    Command(
        id="sort",
        keys=("s",),
        label="sortieren",
        help="Die Liste nach Frist, Eingang, Termin, Art, Absender oder Zuständigkeit ordnen.",
        group=Group.BEREICHE,
        scope=(EINGANG,),
        show=8,
    ),
    Command(
        id="choose_pile",
        label="Stapel wählen …",
        help="Zu einem Stapel durch seinen Namen, auch zu einem eigenen ohne Ziffer.",
        group=Group.BEREICHE,
        scope=(EINGANG,),
    ),
    Command(
        id="rename_split",
        label="Eigenen Stapel umbenennen …",
        help="Den gezeigten eigenen Stapel anders nennen.",
        group=Group.BEREICHE,
        scope=(EINGANG,),
    ),
    Command(
        id="remove_split",
        label="Eigenen Stapel entfernen",
        help="Den gezeigten eigenen Stapel entfernen; seine Eingänge bleiben.",
        group=Group.BEREICHE,
        scope=(EINGANG,),
    ),
    Command(
        id="show_numbers",
        label="Zahlen",
        help="Was kam, was daraus wurde und wie lange es dauerte, dieses und voriges Jahr.",
        group=Group.BEREICHE,
        chord="z",
    ),
    Command(
        id="show_trash",
        label="Papierkorb zeigen",
        help="Was im Papierkorb liegt; dort holt D es zurück.",
        group=Group.BEREICHE,
    ),
    Command(
        id="show_history",
        label="Verlauf aller Schritte",
        help="Wer wann was getan hat; Enter nimmt einen Schritt zurück.",
        group=Group.BEREICHE,
    ),
    Command(
        id="show_drop_folder",
        label="Eingangskorb zeigen",
        help="Was im überwachten Ordner wartet, und was abgewiesen wurde, mit dem Grund.",
        group=Group.BEREICHE,
    ),
    Command(
        id="show_event",
        label="Im Kalender zeigen",
        help="Zum Eintrag der Sitzung im Kalender.",
        group=Group.BEREICHE,
        scope=(SITZUNGEN,),
    ),
    Command(
        id="show_requester",
        label="Zur Person",
        help="Zu der Person oder Organisation, von der dieser Eingang kommt.",
        group=Group.BEREICHE,
        scope=(EINGANG,),
    ),
    Command(
        id="go_name",
        label="Name …",
        help="Zu einem Namen der Liste, durch seinen Anfang.",
        group=Group.BEREICHE,
        scope=(PERSONEN,),
        chord="n",
    ),
    Command(
        id="search", keys=("slash",), label="suchen", help="Alles durchsuchen.", group=Group.BEREICHE, show=2
    ),
)
