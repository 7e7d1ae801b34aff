"""Every command of the desk, declared once: id, keys, German label, help, group and where it exists.

Footer, palette, help and Textual's own bindings are made from `COMMANDS`. The id of a command is the
name of its action (`accept` runs `action_accept`), and whether it is available now is decided in one
place: the `check_action` of the screen.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from textual.binding import Binding

from ob_buero_tui.tui.area_commands import AREAS
from ob_buero_tui.tui.calendar_commands import CALENDAR_MOVES
from ob_buero_tui.tui.command import (
    AUSFALL,
    AUSSONDERUNG,
    EINGANG,
    GREMIEN,
    JAHRESPLAN,
    KALENDER,
    OB_VORLAGE,
    PERSONEN,
    SICHERUNGEN,
    SITZUNGEN,
    TAGESORDNUNG,
    THEMEN,
    VORLAGEN,
    WIEDERVORLAGEN,
    Command,
    Group,
)
from ob_buero_tui.tui.verbs import VERBS

__all__ = [
    "AUSFALL",
    "AUSSONDERUNG",
    "COMMANDS",
    "EINGANG",
    "GREMIEN",
    "JAHRESPLAN",
    "KALENDER",
    "OB_VORLAGE",
    "PERSONEN",
    "SICHERUNGEN",
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
    _move("back", ("escape", "q"), "zurück", "Schließen, was offen ist, und zurück zur Liste."),
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
    AUSSONDERUNG,
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
        label="Blatt zurück",
        help="Eine Woche zurück; im Monat einen Monat, im Jahr ein Jahr.",
        group=Group.DATUM,
        show=4,
        scope=(KALENDER,),
        short="‹ Blatt",
    ),
    Command(
        id="next_week",
        keys=("L",),
        label="Blatt weiter",
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
        id="repair",
        label="Reparieren",
        help="Suche, Terminübersicht und Nummernregister neu aufbauen; vorher wird gesichert und gefragt.",
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


@cache
def commands_by_id(screen_key: str) -> dict[str, Command]:
    """The same by their ids; not to be changed."""
    return {each.id: each for each in commands_for(screen_key)}


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
