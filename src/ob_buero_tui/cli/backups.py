"""`backup` and `restore`: copies of the office made, listed, tried out, and brought back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from ob_buero_tui.cli.logbook import keep_log
from ob_buero_tui.cli.printing import complain, print_json, print_table, say
from ob_buero_tui.cli.unlocking import identity_of, unlock_copy, unlocked_file
from ob_buero_tui.config import Settings, database_file, load_settings
from ob_buero_tui.office import backup_place, machine_clock, refuse_unfit, restore_office
from ob_buero_tui.rules.german import clock, number, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.keeping import BY_HAND, keep_copy
from ob_buero_tui.services.backups.looking import (
    CopyView,
    find_copy,
    list_copies,
    loss_of,
    size_text,
    view_of,
)
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.backups.restoring import refuse_if_open
from ob_buero_tui.services.backups.trying import Tried, note_tried, try_copy

YES = frozenset({"j", "ja", "y"})


def run_backup(options: Namespace) -> int:
    """Make a copy now, list the copies, or try them out; exit status 1 where one is no good."""
    keep_log()
    settings = _settings()
    if options.list or _only_bytes(options):  # no password is needed to list names or to compare bytes
        there = backup_place(database_file(options.db), settings)
        return _list(there, as_json=options.json) if options.list else _try(there, options)
    path = unlocked_file(options)
    there = backup_place(path, settings)
    if options.pruefen:
        return _try(there, options)
    if not path.exists():
        raise _missing(path)
    refuse_unfit(path, settings)
    if options.place is not None:
        there = _with_named(there, Path(options.place).expanduser().absolute())
    named = options.place is not None  # somebody's own archive, in which we thin nothing
    kept = keep_copy(there, machine_clock(), label=BY_HAND, forced=True, thinned=not named)
    for sentence in kept.told:
        complain(sentence)
    away = there.second / f"{kept.copy.name}.age" if named and there.second and kept.copy else None
    if away is not None and away.exists():
        say(f"Gesichert und verschlüsselt: „{away}“.")
    say(f"Gesichert: „{kept.copy}“.")
    return 1 if kept.told else 0


def _only_bytes(options: Namespace) -> bool:
    """Whether a copy is tried out that is encrypted to a key which is not told."""
    return bool(options.pruefen and str(options.place).endswith(".age") and options.schluessel is None)


def _with_named(there: BackupPlace, folder: Path) -> BackupPlace:
    """The place for a copy in a folder named for once; with a public key, nothing plain goes there."""
    if there.recipient and folder != there.folder:
        return replace(there, second=folder)
    return replace(there, folder=folder, second=None)


def run_restore(options: Namespace) -> int:
    """Go back to a copy after one question; `--ja` answers it."""
    keep_log()
    path, settings = unlocked_file(options), _settings()
    there = backup_place(path, settings)
    copy = find_copy(there, options.file, machine_clock())
    refuse_if_open(path)
    if copy.suffix != ".age":
        return _go_back(options, copy, there, settings)
    from ob_buero_tui.services.backups.age_copies import opened_copy

    with opened_copy(copy, there, identity_of(options, copy)) as opened:
        return _go_back(options, opened, there, settings, named=copy)


def _go_back(
    options: Namespace, copy: Path, there: BackupPlace, settings: Settings, *, named: Path | None = None
) -> int:
    """Go back; `named` is the file that somebody gave where the copy was opened out of it."""
    named = named or copy
    unlock_copy(options, copy, there.path)
    say(f"Sicherung: „{named}“.")
    for line in _what_it_is(copy, there):
        say(line)
    if not options.ja and not _agreed():
        complain("Es wurde nichts verändert.")
        return 1
    done = restore_office(there.path, settings, copy)
    say(f"Zurückgekehrt zu „{named.name}“.")
    for line in done.lines:
        say(line)
    return 0


def _settings() -> Settings:
    loaded = load_settings()
    for problem in loaded.problems:
        complain(str(problem))
    return loaded.settings


def _list(there: BackupPlace, *, as_json: bool) -> int:
    found = list_copies(there)
    if as_json:
        print_json([_document(view) for view in found])
        return 0
    if not found:
        say(f"In „{there.folder}“ liegt noch keine Sicherung.")
        return 0
    heads = (
        "Gemacht",
        "Anlass",
        "Eingänge",
        "Termine",
        "Personen",
        "Letzter Schritt",
        "Größe",
        "Erprobt",
        "Wo",
        "Datei",
    )
    say(f"Ordner: „{there.folder}“")
    if there.second is not None:
        say(f"Zweiter Ordner: „{there.second}“")
    spare = ("Größe", "Erprobt", "Personen", "Termine", "Letzter Schritt", "Eingänge", "Wo", "Anlass")
    print_table(heads, [_row(view) for view in found], spare=spare)
    for view in found:
        if view.fault:
            complain(f"„{view.path}“: {view.fault}.")
    return 0


def _row(view: CopyView) -> Sequence[str]:
    known = view.contents
    counts = (known.requests, known.events, known.people) if known else ()
    when = f"{short_date(view.last_step.date())} {clock(view.last_step)}" if view.last_step else ""
    return (
        f"{view.made:%Y-%m-%d %H:%M}",
        view.label,
        *([number(count) for count in counts] or ["?"] * 3),
        when,
        size_text(view.size),
        short_date(view.checked.date()) if view.checked else "",
        _where(view),
        view.path.name,
    )


def _where(view: CopyView) -> str:
    if view.kept_until is not None:
        until = f"{short_date(view.kept_until.date())} {clock(view.kept_until)}"
        return f"neben der Datenbank, bis {until}"
    return "zweiter Ordner" if view.second else ""


def _document(view: CopyView) -> dict[str, Any]:
    known = view.contents
    return {
        "file": str(view.path),
        "made": view.made.isoformat(),
        "label": view.label,
        "second_folder": view.second,
        "size": view.size,
        "requests": known.requests if known else None,
        "events": known.events if known else None,
        "people": known.people if known else None,
        "attachments": len(known.attachments) if known else None,
        "last_step": view.last_step.isoformat() if view.last_step else None,
        "tried": view.checked.isoformat() if view.checked else None,
        "fault": view.fault,
        "kept_until": view.kept_until.isoformat() if view.kept_until else None,
    }


def _try(there: BackupPlace, options: Namespace) -> int:
    """Try out one copy, or the newest of each folder."""
    if options.place is not None:
        chosen = [find_copy(there, options.place, machine_clock())]
        if chosen[0].suffix != ".age":
            unlock_copy(options, chosen[0], there.path)
    else:
        tomorrow = there.local(machine_clock()) + timedelta(days=1)
        found = [view for view in list_copies(there) if view.made < tomorrow and not view.kept_until]
        newest = (next((one for one in found if one.second is second), None) for second in (False, True))
        chosen = [view.path for view in newest if view is not None]
    if not chosen:
        raise Refusal(f"In „{there.folder}“ liegt noch keine Sicherung.", "", "„ob-buero backup“ macht eine.")
    status = 0
    for path in chosen:
        tried = _tried(path, there, options)
        tell: Callable[[str], None] = complain if tried.fault else say
        tell(tried.sentence)
        status = status or (1 if tried.fault else 0)
    return status


def _tried(copy: Path, there: BackupPlace, options: Namespace) -> Tried:
    """Try a copy out; one that is encrypted to a key is opened where its key file was named."""
    if copy.suffix != ".age" or options.schluessel is None:
        return try_copy(copy, there, machine_clock())
    from ob_buero_tui.services.backups.age_copies import opened_copy

    with opened_copy(copy, there, identity_of(options, copy)) as opened:
        unlock_copy(options, opened, there.path)
        tried = try_copy(opened, there, machine_clock(), mending=False)
    note_tried(copy, tried, machine_clock())
    return replace(tried, copy=copy)


def _what_it_is(copy: Path, there: BackupPlace) -> list[str]:
    """What is in the copy, and what going back would cost."""
    view = view_of(copy, there)
    lines = []
    if view is not None and view.contents is not None:
        known = view.contents
        counted = ", ".join(
            (
                plural(known.requests, "Eingang", "Eingänge"),
                plural(known.events, "Termin", "Termine"),
                plural(known.people, "Person", "Personen"),
            )
        )
        lines.append(
            f"Gemacht {short_date(view.made.date())}{view.made.year} um {clock(view.made)}: {counted}."
            f" Anlass: {view.label}."
        )
    loss = loss_of(copy, view.contents if view else None, there) if there.path.exists() else None
    if loss is not None:
        lines.append(loss.sentence)
    elif there.path.exists():
        lines.append("Was seither geschah, lässt sich nicht zählen: Die jetzige Datenbank ist nicht lesbar.")
    return lines


def _agreed() -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refusal(
            "Es wurde nicht zur Sicherung zurückgekehrt.",
            "Ohne Terminal lässt sich nicht fragen.",
            "Mit --ja geht es ohne Frage.",
        )
    try:
        answer = input(
            "Zu dieser Sicherung zurückkehren? Die jetzige Datenbank bleibt daneben liegen. [j/N] "
        )
    except EOFError:
        say("")
        return False
    return answer.strip().casefold() in YES


def _missing(path: Path) -> Refusal:
    return Refusal(
        f"Unter „{path}“ gibt es keine Datenbank.",
        "",
        "Prüfen Sie --db, oder holen Sie eine Sicherung zurück.",
    )


COMMANDS: dict[str, Callable[[Namespace], int]] = {"backup": run_backup, "restore": run_restore}
