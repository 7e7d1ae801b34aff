"""`check --repair` and `check --retten`: builds anew what is derived, and saves what is readable."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.cli.logbook import keep_log
from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.config import load_settings
from ob_buero_tui.office import backup_folder, backup_place, file_mode, machine_clock, open_office
from ob_buero_tui.rules.german import plural
from ob_buero_tui.store.opening import Damaged, FileState, look


def repair_derived(path: Path) -> int:
    """Repair an office; exit status 0 when nothing is wrong afterwards."""
    from ob_buero_tui.services.checking import check_database
    from ob_buero_tui.services.repairing import repair

    keep_log()
    settings = load_settings().settings
    office = open_office(path, settings)
    try:
        for line in repair(office.place, path, backup_folder(path), file_mode(settings)).lines:
            say(line)
        rest = check_database(path, office.place)
    finally:
        office.close()
    for problem in rest.problems:
        complain(problem)
    if rest.problems:
        return 1
    say(f"„{path}“ ist in Ordnung.")
    return 0


def save_readable(path: Path, folder: Path) -> int:
    """Save what is readable of a database; exit status 0 when nothing was lost."""
    from ob_buero_tui.services.rescuing import rescue_all
    from ob_buero_tui.store.sealed import is_sealed

    keep_log()
    there = backup_place(path, load_settings().settings)
    try:
        if look(path, *there.folders, now=machine_clock()).state is FileState.MISSING:
            complain(f"Unter „{path}“ gibt es keine Datenbank.")
            return 1
    except Damaged as damaged:
        say(f"{damaged.what} {damaged.why}")
    saved = rescue_all(path, folder, good=there.good_copy)
    say(f"Gerettet: {plural(saved.rows, 'Zeile', 'Zeilen')} in „{folder}“.")
    for line in saved.brought_back:
        say(line)
    for loss in saved.losses:
        complain(loss)
    say(
        f"„{saved.copy}“ ist eine ganze Datenbank daraus; dazu liegt jede Tabelle als .csv und .json da."
        " Auch Vertrauliches und Persönliches ist dabei: Der Ordner ist nur für die IT."
    )
    if is_sealed(saved.copy):
        complain(
            f"„{saved.copy.name}“ ist verschlüsselt wie das Original. Die .csv- und .json-Dateien"
            " sind es nicht: Sie kann jeder lesen, der den Ordner hat. Löschen Sie sie, sobald Sie können."
        )
    if saved.losses:
        return 1
    say("Es ging nichts verloren.")
    return 0
