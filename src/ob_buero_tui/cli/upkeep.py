"""`init` and `check`: a new database, and whether an existing one is sound."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.cli.unlocking import unlocked_file
from ob_buero_tui.config import database_file, load_settings
from ob_buero_tui.office import backup_place, create_office
from ob_buero_tui.services.checking import check_office
from ob_buero_tui.store.opening import Damaged


def run_init(options: Namespace) -> int:
    """Create an empty office database; asks nothing, and refuses where a file stands."""
    path = database_file(options.db)
    create_office(path, load_settings().settings)
    say(f"Angelegt: „{path}“.")
    return 0


def run_check(options: Namespace) -> int:
    """Check the database and its attachments in full; exit status 0 when both are sound."""
    path = unlocked_file(options)
    try:
        return _check(options, path)
    except Damaged as damaged:
        complain(str(damaged))
        if path.exists() and path.stat().st_size > 0:
            complain(
                "Was noch lesbar ist, rettet „ob-buero check --retten ORDNER“; sie bleibt dabei, wie sie ist."
            )
        return 1


def _check(options: Namespace, path: Path) -> int:
    if options.retten is not None:
        from ob_buero_tui.cli.mending import save_readable

        return save_readable(path, options.retten)
    if options.repair:
        from ob_buero_tui.cli.mending import repair_derived

        return repair_derived(path)
    found = check_office(path, *backup_place(path, load_settings().settings).folders)
    for remark in found.remarks:
        say(remark)
    for problem in found.problems:
        complain(problem)
    if found.mendable:
        say("Suche, Terminübersicht und Nummernregister baut „ob-buero check --repair“ neu auf.")
    if found.problems:
        return 1
    say(f"„{path}“ ist in Ordnung.")
    return 0


COMMANDS: dict[str, Callable[[Namespace], int]] = {"init": run_init, "check": run_check}
