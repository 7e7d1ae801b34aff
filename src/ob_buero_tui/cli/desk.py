"""Opens the app: on the office's database, created on the first start after one question, or on the demo."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from ob_buero_tui.cli.logbook import keep_log
from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.cli.unhandled import keep_unhandled
from ob_buero_tui.cli.unlocking import try_password, unlocked_file
from ob_buero_tui.config import load_settings
from ob_buero_tui.office import Office, create_office, missing, open_office, refuse_unfit
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.opening import Damaged

YES = frozenset({"", "j", "ja", "y"})


def run_desk(options: Namespace) -> int:
    """Open the app on the office's database; a missing one is created after one question."""
    path = unlocked_file(options, _ask_on_screen)
    loaded = load_settings()
    if not _at_terminal():
        refuse_unfit(path, loaded.settings)  # a file that cannot be opened is worse news than no terminal
    gone = None if path.exists() else missing(path, loaded.settings)
    if gone is not None and not isinstance(gone, Damaged) and not _may_create(path):
        complain("Es wurde nichts angelegt.")
        return 1
    _require_terminal()
    try:
        if gone is not None and not isinstance(gone, Damaged):
            create_office(path, loaded.settings)
        office = open_office(path, loaded.settings)
    except Damaged as damaged:
        from ob_buero_tui.cli.damaged import ask_what_to_do

        office = ask_what_to_do(path, loaded.settings, damaged)
    told = tuple(str(problem) for problem in loaded.problems)
    return _run(replace(office, notices=(*told, *office.notices)))


def run_demo(options: Namespace) -> int:
    """Open the app on the demo office."""
    from ob_buero_tui.demo import demo_office, demo_ready

    _require_terminal()
    if not demo_ready():
        say("Das Demobüro wird eingerichtet …")
    return _run(demo_office(options.neu))


def _run(office: Office) -> int:
    from ob_buero_tui.tui.app import run_app

    keep_log()
    keep_unhandled()
    while True:
        try:
            status = run_app(office)
            if not office.going_back:
                from ob_buero_tui.cli.ending import keep_at_end  # what ends the desk is no part of its start

                keep_at_end(office)
        finally:
            office.close()
        if not office.going_back:
            return status
        from ob_buero_tui.cli.ending import gone_back

        say("Die Sicherung wird zurückgeholt …")
        office = gone_back(office)


def _ask_on_screen(path: Path) -> str:
    """Ask for the password on a screen of its own until it fits."""
    from ob_buero_tui.config import schluesselbund
    from ob_buero_tui.tui.unlocking import ask_password

    _require_terminal()
    keep_log()
    found = ask_password(
        path,
        lambda password: try_password(path, password),
        can_keep=schluesselbund.available(),
        theme=load_settings().settings.theme,
    )
    if found is None:
        raise Refusal("Es wurde nichts geöffnet.")
    password, keep = found
    if keep and not schluesselbund.remember(path, password):
        complain("Der Schlüsselbund hat das Kennwort nicht angenommen; es wird weiter gefragt.")
    return password


def _may_create(path: Path) -> bool:
    """Ask once whether to create the database; without a terminal nobody can answer."""
    if not _at_terminal():
        raise Refusal(
            f"Unter „{path}“ gibt es noch keine Datenbank.",
            "Ohne Terminal lässt sich nicht fragen, ob sie angelegt werden soll.",
            "Legen Sie sie mit „ob-buero init“ an, oder prüfen Sie --db.",
        )
    say(f"Unter „{path}“ gibt es noch keine Datenbank.")
    try:
        answer = input("Neue Datenbank anlegen? [J/n] ")
    except EOFError:
        say("")
        return False
    return answer.strip().casefold() in YES


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _require_terminal() -> None:
    if not _at_terminal():
        raise Refusal(
            "Der Arbeitsplatz lässt sich hier nicht öffnen.",
            "Er braucht ein Terminal.",
            "Ohne Terminal gibt es die Listen als Text, zum Beispiel mit „ob-buero inbox“.",
        )
