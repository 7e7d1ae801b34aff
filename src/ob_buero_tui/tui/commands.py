"""Every command of the desk, declared once: id, keys, German label, help, group and where it exists.

Footer, palette, help and Textual's own bindings are made from `COMMANDS`. The id of a command is the
name of its action (`accept` runs `action_accept`), and whether it is available now is decided in one
place: the `check_action` of the screen.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from textual.binding import Binding

from ob_buero_tui.tui.agenda_commands import AGENDA_AREAS
from ob_buero_tui.tui.ausfall_commands import SHOW_AUSFALL
from ob_buero_tui.tui.body_commands import BODY_AREAS
from ob_buero_tui.tui.calendar_commands import CALENDAR_MOVES
from ob_buero_tui.tui.command import (
    AUSFALL,
    EINGANG,
    GREMIEN,
    JAHRESPLAN,
    KALENDER,
    OB_VORLAGE,
    PERSONEN,
    SITZUNGEN,
    TAGESORDNUNG,
    THEMEN,
    VORLAGEN,
    WIEDERVORLAGEN,
    Command,
    Group,
)
from ob_buero_tui.tui.paper_commands import PAPER_AREAS
from ob_buero_tui.tui.plan_commands import PLAN_AREAS
from ob_buero_tui.tui.verbs import VERBS

__all__ = [
    "AUSFALL",
    "COMMANDS",
    "EINGANG",
    "GREMIEN",
    "JAHRESPLAN",
    "KALENDER",
    "OB_VORLAGE",
    "PERSONEN",
    "SITZUNGEN",
    "TAGESORDNUNG",
    "THEMEN",
    "VORLAGEN",
    "WIEDERVORLAGEN",
    "Command",
    "Group",
    "bindings_for",
    "bindings_of",
    "chords_for",
    "command",
    "commands_for",
    "find_command",
]


def _move(id: str, keys: tuple[str, ...], label: str, help: str, **more: object) -> Command:
    return Command(id=id, keys=keys, label=label, help=help, group=Group.BEWEGEN, palette=False, **more)  # type: ignore[arg-type]


MOVES: Final = (
    _move("move_down", ("j", "down"), "hinunter", "Eine Zeile oder einen Termin weiter."),
    _move("move_up", ("k", "up"), "hinauf", "Eine Zeile oder einen Termin zurück."),
    _move(
        "move_left",
        ("h", "left"),
        "nach links",
        "Nach links; im Kalender einen Tag zurück.",
        helps=((PERSONEN, "Zum vorigen Anfangsbuchstaben."),),
    ),
    _move(
        "move_right",
        ("l", "right"),
        "nach rechts",
        "Nach rechts; im Kalender einen Tag weiter.",
        helps=((PERSONEN, "Zum nächsten Anfangsbuchstaben."),),
    ),
    _move("page_down", ("pagedown",), "Seite hinunter", "Eine Bildschirmseite hinunter."),
    _move("page_up", ("pageup",), "Seite hinauf", "Eine Bildschirmseite hinauf."),
    _move("first", ("home",), "Anfang", "An den Anfang.", chord="g"),
    _move("last", ("G", "end"), "Ende", "Ans Ende."),
    _move("open", ("enter",), "öffnen", "Den Vorgang oder Termin unter dem Balken öffnen."),
    _move("back", ("escape", "q"), "zurück", "Zurück zum vorigen Bild."),
    _move("next_pane", ("tab",), "nächster Bereich", "In den nächsten Bereich des Bildes."),
    _move("previous_pane", ("shift+tab",), "voriger Bereich", "In den vorigen Bereich des Bildes."),
)

LISTS: Final = (
    EINGANG,
    SITZUNGEN,
    TAGESORDNUNG,
    THEMEN,
    WIEDERVORLAGEN,
    PERSONEN,
    OB_VORLAGE,
    AUSFALL,
    JAHRESPLAN,
    VORLAGEN,
)
"""The screens whose records can be marked."""

MARKS: Final = (
    Command(
        id="mark",
        keys=("space", "x"),
        label="markieren",
        help="Markieren und weitergehen.",
        group=Group.MARKIEREN,
        scope=LISTS,
        show=7,
    ),
    Command(
        id="mark_all",
        keys=("asterisk",),
        label="alle markieren",
        help="Alle Zeilen der Liste markieren.",
        group=Group.MARKIEREN,
        scope=LISTS,
    ),
    Command(
        id="unmark_all",
        keys=("minus",),
        label="Markierung aufheben",
        help="Alle Markierungen aufheben.",
        group=Group.MARKIEREN,
        scope=LISTS,
    ),
)

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

DATES: Final = (
    Command(
        id="today",
        keys=("0",),
        label="heute",
        help="Zum heutigen Tag.",
        group=Group.DATUM,
        show=2,
        scope=(KALENDER,),
    ),
    Command(
        id="go_date",
        label="Datum …",
        help="Zu einem Tag gehen: fr, +2w oder ein Datum.",
        group=Group.DATUM,
        chord="d",
    ),
    Command(
        id="previous_week",
        keys=("H",),
        label="Woche zurück",
        help="Eine Woche zurück; im Monat einen Monat, im Jahr ein Jahr.",
        group=Group.DATUM,
        show=4,
        scope=(KALENDER,),
        short="‹ Blatt",
    ),
    Command(
        id="next_week",
        keys=("L",),
        label="Woche weiter",
        help="Eine Woche weiter; im Monat einen Monat, im Jahr ein Jahr.",
        group=Group.DATUM,
        show=4,
        scope=(KALENDER,),
        short="Blatt ›",
    ),
)

FRAME: Final = (
    Command(
        id="go",
        keys=("g",),
        label="gehe zu",
        help="Danach der Buchstabe des Bildes: e Eingang, k Kalender …; d Datum, g Anfang.",
        group=Group.RAHMEN,
        palette=False,
        show=3,
    ),
    Command(
        id="palette",
        keys=("ctrl+p",),
        label="Befehle",
        help="Alle Befehle durchsuchen.",
        group=Group.RAHMEN,
        show=6,
        palette=False,
    ),
    Command(
        id="help",
        keys=("f1", "question_mark"),
        label="Hilfe",
        help="Die Tasten dieses Bildes.",
        group=Group.RAHMEN,
        show=1,
    ),
    Command(
        id="privacy",
        keys=("number_sign",),
        label="Sichtschutz",
        help="Namen und Titel überall verdecken, wenn jemand an den Tisch kommt; # zeigt sie wieder.",
        group=Group.RAHMEN,
        show=9,
    ),
    Command(
        id="switch_theme",
        label="Hell oder dunkel",
        help="Zwischen hellem und dunklem Bild wechseln.",
        group=Group.RAHMEN,
    ),
    Command(
        id="quit",
        keys=("ctrl+q",),
        label="Beenden",
        help="Das Programm verlassen; alles ist gespeichert.",
        group=Group.RAHMEN,
        show=9,
    ),
)

COMMANDS: Final[tuple[Command, ...]] = (*VERBS, *MOVES, *CALENDAR_MOVES, *MARKS, *AREAS, *DATES, *FRAME)
"""All commands in the order in which footer, palette and help show them."""

_BY_ID: Final = {command.id: command for command in COMMANDS}


def command(id: str) -> Command:
    """The command of this id; a number behind a dash, as bindings of digits have, is ignored."""
    return _BY_ID[id.partition("-")[0]]


def find_command(id: str | None) -> Command | None:
    """The command of this binding id, or None when the binding is not one of ours."""
    return _BY_ID.get((id or "").partition("-")[0])


@cache
def commands_for(screen_key: str) -> tuple[Command, ...]:
    """The commands of one screen in their order of display."""
    return tuple(each for each in COMMANDS if each.on(screen_key))


def bindings_for(screen_key: str) -> list[Binding]:
    """The bindings of one screen, for its `BINDINGS`."""
    return [binding for each in commands_for(screen_key) for binding in each.bindings(screen_key)]


def bindings_of(*ids: str) -> list[Binding]:
    """The bindings of single commands, for a widget or dialog that acts on them itself."""
    return [binding for id in ids for binding in command(id).bindings("")]


def chords_for(screen_key: str) -> dict[str, Command]:
    """What the letters after the prefix key `g` run on one screen."""
    chords = [each for each in commands_for(screen_key) if each.chord]
    # The second g, to the top, is known from elsewhere and comes last in the hint.
    return {each.chord: each for each in sorted(chords, key=lambda each: each.chord == "g")}
