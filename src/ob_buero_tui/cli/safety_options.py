"""What the commands for copies and encryption understand."""

from __future__ import annotations

import argparse
from pathlib import Path


def backup(parser: argparse.ArgumentParser) -> None:
    """Options of `backup`."""
    parser.add_argument(
        "place",
        metavar="ORT",
        nargs="?",
        help="Ordner für die Kopie, sonst der übliche; mit --pruefen die Datei, die erprobt wird",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="zeigt die vorhandenen Sicherungen")
    what.add_argument(
        "--pruefen",
        action="store_true",
        help="holt eine Sicherung probeweise zurück und vergleicht; ohne ORT die neueste jedes Ordners",
    )
    parser.add_argument("--json", action="store_true", help="mit --list: ein JSON-Dokument für Programme")
    parser.add_argument(
        "--schluessel", metavar="DATEI", type=Path, help="mit --pruefen: öffnet dazu eine .age-Sicherung"
    )


def restore(parser: argparse.ArgumentParser) -> None:
    """Options of `restore`."""
    parser.add_argument("file", metavar="DATEI", help="die Sicherung; „letzte“ ist die neueste brauchbare")
    parser.add_argument("--ja", action="store_true", help="fragt nicht nach")
    parser.add_argument(
        "--schluessel", metavar="DATEI", type=Path, help="die Schlüsseldatei, die eine .age-Sicherung öffnet"
    )


def tresor(parser: argparse.ArgumentParser) -> None:
    """Options of `tresor`."""
    parser.add_argument(
        "action",
        metavar="AKTION",
        nargs="?",
        choices=("stand", "ein", "aus", "aendern", "merken", "vergessen", "schluessel"),
        default="stand",
        help="stand: was verschlüsselt ist, ein, aus, aendern: das Kennwort, merken und vergessen: im"
        " Schlüsselbund, schluessel: eine Datei, die verschlüsselte Sicherungen öffnet",
    )
    parser.add_argument("file", metavar="DATEI", nargs="?", type=Path, help="schluessel: die neue Datei")
