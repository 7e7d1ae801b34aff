"""The command line in German: commands, options, help, and what is said about wrong use."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from ob_buero_tui import __version__
from ob_buero_tui.cli import safety_options
from ob_buero_tui.cli.printing import complain
from ob_buero_tui.cli.privacy_options import person_report_options, retention_options
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.visibility import Audience

PROGRAM = "ob-buero"
AUDIENCES = tuple(audience.value for audience in Audience)
FORMATS = ("ics", "json", "csv", "oparl", "eakte")
EXPORTED = ("requests", "events", "tasks", "people", "sessions")

_MESSAGES: tuple[tuple[str, str], ...] = (
    (r"unrecognized arguments: (.*)", "Das gehört nicht zum Befehl: {0}."),
    (r"the following arguments are required: (.*)", "Es fehlt: {0}."),
    (r"argument (.*): expected one argument", "Nach {0} fehlt eine Angabe."),
    (r"argument (.*): expected at least one argument", "Nach {0} fehlt mindestens eine Angabe."),
    (r"argument (.*): ignored explicit argument (.*)", "Zu {0} gehört keine Angabe wie {1}."),
    (r"argument (.*): not allowed with argument (.*)", "{0} und {1} schließen sich aus."),
    (r"argument BEFEHL: invalid choice: '(.*)' \(choose from .*", "„{0}“ ist kein Befehl."),
    (r"argument (.*): invalid choice: '(.*)' \(choose from (.*)\)", "Bei {0} steht „{1}“ nicht zur Wahl."),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks German and exits with 2 on wrong use."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options)
        self._positionals.title = "Angaben"
        self._optionals.title = "Optionen"
        self.add_argument("-h", "--help", action="help", help="zeigt diese Hilfe")

    def error(self, message: str) -> NoReturn:
        """Say in German what is wrong, and how to see the right use."""
        complain(_german(message))
        complain(f"Hilfe: {self.prog} --help")
        sys.exit(2)


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong use, with 0 after help or version.

    Returns:
        `command` (None for the app), `db`, and what belongs to the command.
    """
    options = _parser().parse_args(argv)
    options.db = Path(options.db) if options.db else None
    return options


def wrong_use(text: str) -> NoReturn:
    """End with a sentence about a value that makes no sense here: wrong use."""
    complain(text)
    sys.exit(2)


def _german(message: str) -> str:
    for pattern, sentence in _MESSAGES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return " ".join((sentence.format(*map(clean, found.groups())), _hint(pattern, found))).strip()
    return "Dieser Aufruf ist nicht zu verstehen."


def _hint(pattern: str, found: re.Match[str]) -> str:
    """What may have been meant."""
    if "BEFEHL" in pattern:
        near = difflib.get_close_matches(found[1], COMMANDS, n=1)
        return f"Gemeint ist vielleicht „{near[0]}“." if near else f"Es gibt {join(list(COMMANDS))}."
    if "invalid choice" in pattern:
        return f"Möglich: {found[3].replace(chr(39), '')}."
    return ""


def _database(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument(
        "--db",
        metavar="DATEI",
        default=default,
        help="die Datenbank; sonst die aus OB_BUERO_DB oder die eigene dieses Kontos",
    )
    parser.add_argument(
        "--password-fd",
        metavar="NUMMER",
        type=int,
        default=default,
        help="Dateideskriptor, aus dem das Kennwort einer verschlüsselten Datenbank gelesen wird",
    )


def _listing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="gibt ein JSON-Dokument für Programme aus")
    _audience(parser, "für wen die Liste ist")


def _audience(parser: argparse.ArgumentParser, meaning: str) -> None:
    parser.add_argument(
        "--audience",
        choices=AUDIENCES,
        metavar="KREIS",
        help=f"{meaning}: {join(list(AUDIENCES), 'oder')}; sonst wie in den Einstellungen",
    )


def _inbox(parser: argparse.ArgumentParser) -> None:
    _listing(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--split",
        metavar="STAPEL",
        help="nur dieser Stapel wie am Bildschirm, etwa neu, wartet oder grusswort",
    )
    which.add_argument("--all", action="store_true", help="auch Abgeschlossenes, das Neueste zuerst")


def _day(parser: argparse.ArgumentParser) -> None:
    _listing(parser)
    parser.add_argument(
        "date", metavar="TAG", nargs="*", help="etwa morgen, fr, 24.11., kw48 oder 2026-11-24"
    )


def _tasks(parser: argparse.ArgumentParser) -> None:
    _listing(parser)
    parser.add_argument("--all", action="store_true", help="auch Erledigtes, das Neueste zuerst")
    parser.add_argument("--until", metavar="TAG", help="nur was bis dahin fällig ist, etwa fr oder +3t")


def _sessions(parser: argparse.ArgumentParser) -> None:
    _listing(parser)
    parser.add_argument("--all", action="store_true", help="auch vergangene Sitzungen und solche ohne Termin")
    parser.add_argument(
        "--laender",
        metavar="TAG",
        help="stattdessen die Ladungsfristen aller Länder für eine Sitzung an diesem Tag, etwa 10.12.2026",
    )


def _stats(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="gibt ein JSON-Dokument für Programme aus")
    parser.add_argument(
        "--year", metavar="JAHR", type=int, help="dieses Jahr und das davor; sonst das laufende"
    )
    _audience(parser, "für wen gezählt wird")


def _free(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="gibt ein JSON-Dokument für Programme aus")
    parser.add_argument(
        "text", metavar="WUNSCH", nargs="*", help="etwa „60 Minuten, nächste Woche, vormittags, mit 1. BM“"
    )


def _search(parser: argparse.ArgumentParser) -> None:
    _listing(parser)
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help="Wortanfänge, die alle vorkommen sollen; Eingänge auch mit art:grusswort status:offen",
    )


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PFAD", nargs="+", type=Path, help="Dateien oder Ordner")
    parser.add_argument("--dry-run", action="store_true", help="sagt, was geschähe, und speichert nichts")
    parser.add_argument(
        "--accept-columns",
        action="store_true",
        help="nimmt die vorgeschlagenen Spalten einer unbekannten Liste (.csv, .xlsx, .ods) an",
    )
    parser.add_argument(
        "--zone",
        metavar="NAME=ZONE",
        action="append",
        help="was eine unbekannte Zeitzone meint, etwa „Amtszeit=Europe/Berlin“; das Büro merkt es sich",
    )


def _fetch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "url", metavar="ADRESSE", nargs="?", help="der OParl-Schnittstelle; sonst alle, die bekannt sind"
    )
    parser.add_argument("--full", action="store_true", help="holt alles, auch was schon da ist")
    parser.add_argument("--json", action="store_true", help="gibt ein JSON-Dokument für Programme aus")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "format",
        metavar="FORMAT",
        choices=FORMATS,
        help="ics (Kalender), csv (Tabelle), json, oparl (Ratsdaten, ein Ordner) oder eakte"
        " (abgeschlossene Eingänge, je ein Ordner)",
    )
    parser.add_argument(
        "numbers", metavar="NUMMER", nargs="*", help="bei eakte: welche Eingänge, etwa 2026-0147"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DATEI",
        type=Path,
        required=True,
        help="wohin geschrieben wird, bei oparl und eakte ein Ordner; - für die Standardausgabe",
    )
    parser.add_argument(
        "--only",
        choices=EXPORTED,
        metavar="WAS",
        help=f"nur das: {join(list(EXPORTED), 'oder')}; eine Tabelle zeigt sonst die Eingänge",
    )
    parser.add_argument(
        "--body", metavar="GREMIUM", help="nur dessen Sitzungen in die Kalenderdatei, etwa „Rat“"
    )
    parser.add_argument("--url", metavar="ADRESSE", help="unter der ein Ordner mit oparl im Web liegen wird")
    parser.add_argument("--calendar", metavar="KALENDER", help="nur die Termine dieses Kalenders, etwa ob")
    parser.add_argument("--from", dest="first", metavar="TAG", help="nur ab diesem Tag, etwa 1.1.2027")
    parser.add_argument("--to", dest="last", metavar="TAG", help="nur bis zu diesem Tag einschließlich")
    parser.add_argument("--force", action="store_true", help="ersetzt eine Datei, die es schon gibt")
    _audience(parser, "für wen die Datei ist")


def _calendars(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", metavar="AKTION", choices=("sync",), help="sync: einmal lesen und veröffentlichen"
    )
    parser.add_argument("--json", action="store_true", help="gibt ein JSON-Dokument für Programme aus")


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        metavar="AKTION",
        nargs="?",
        choices=("list", "show", "propose", "export"),
        default="list",
        help="list: alle Pläne, show: die Termine, propose: Varianten rechnen, export: in eine Datei",
    )
    parser.add_argument("year", metavar="JAHR", nargs="?", type=int, help="etwa 2027")
    parser.add_argument(
        "variant", metavar="VARIANTE", nargs="?", help="A oder B; sonst der beschlossene Plan"
    )
    parser.add_argument("--rounds", metavar="ZAHL", type=int, help="propose: wie viele Sitzungsfolgen")
    parser.add_argument(
        "--school",
        metavar="FERIEN",
        choices=("nie", "ungern", "egal"),
        default="nie",
        help="propose: ob in den Schulferien getagt wird: nie, ungern oder egal",
    )
    parser.add_argument(
        "-o", "--output", metavar="DATEI", type=Path, help="export: .pdf, .xlsx oder .txt; - für den Text"
    )
    parser.add_argument("--force", action="store_true", help="export: ersetzt eine Datei, die es schon gibt")
    _listing(parser)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--neu", action="store_true", help="beginnt die Demo von vorn")


def _check(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--repair",
        action="store_true",
        help="baut Suche, Terminübersicht und Nummernregister neu auf und nennt, was sonst nicht stimmt",
    )
    what.add_argument(
        "--retten",
        metavar="ORDNER",
        type=Path,
        help="rettet aus einer beschädigten Datenbank alles Lesbare in einen neuen Ordner",
    )


def _nothing(_parser: argparse.ArgumentParser) -> None:
    pass


COMMANDS: dict[str, tuple[str, Any]] = {
    "init": ("legt eine leere Datenbank an", _nothing),
    "import": ("übernimmt E-Mails, Listen, Scans, Kalender, Adressbücher und Ratsdaten", _import),
    "fetch": ("holt Sitzungen und Vorlagen von einer OParl-Schnittstelle", _fetch),
    "export": ("schreibt eine Datei für andere, ohne Vertrauliches", _export),
    "inbox": ("zeigt die offenen Eingänge", _inbox),
    "day": ("zeigt die Termine eines Tages", _day),
    "week": ("zeigt die Termine einer Woche", _day),
    "free": ("sucht freie Zeiten für einen Termin", _free),
    "calendars": ("gleicht die Kalender mit Dateien anderer Programme ab", _calendars),
    "sessions": ("zeigt die anstehenden Sitzungen mit ihren Fristen", _sessions),
    "plan": ("plant die Sitzungen eines Jahres und schreibt den Plan", _plan),
    "tasks": ("zeigt, was zu tun ist", _tasks),
    "search": ("sucht in allem", _search),
    "stats": ("zeigt, wie viel kam und was daraus wurde", _stats),
    "check": ("prüft die Datenbank", _check),
    "backup": ("sichert die Datenbank mit ihren Anlagen", safety_options.backup),
    "restore": ("kehrt zu einer Sicherung zurück", safety_options.restore),
    "tresor": ("verschlüsselt die Datenbank mit einem Kennwort", safety_options.tresor),
    "person-report": ("stellt zusammen, was über eine Person gespeichert ist", person_report_options),
    "retention": (
        "zeigt, was zu vernichten oder anzubieten ist, und vermerkt, was die E-Akte hat",
        retention_options,
    ),
    "demo": ("öffnet das Büro einer erfundenen Stadt", _demo),
}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        description="Der Arbeitsplatz im Büro der Oberbürgermeisterin oder des Oberbürgermeisters."
        " Ohne Befehl öffnet sich der Eingang.",
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"{PROGRAM} {__version__}",
        help="zeigt die Version",
    )
    _database(parser, None)
    commands = parser.add_subparsers(dest="command", metavar="BEFEHL", title="Befehle", parser_class=_Parser)
    for name, (summary, add) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        # A default here would overwrite what was given before the command.
        _database(command, argparse.SUPPRESS)
        add(command)
    return parser
