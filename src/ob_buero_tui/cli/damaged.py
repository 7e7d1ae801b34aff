"""What a desk is asked when its database is damaged or gone: go back to a copy, only look, or nothing."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.config import Settings
from ob_buero_tui.office import (
    Office,
    backup_place,
    machine_clock,
    open_office,
    open_readable,
    restore_office,
)
from ob_buero_tui.rules import german
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.backup.listing import BackupCopy
from ob_buero_tui.store.opening import Damaged
from ob_buero_tui.store.way_back import CopyPlaces

BACK, LOOK = "1", "2"


def ask_what_to_do(path: Path, settings: Settings, damaged: Damaged) -> Office:
    """Say what is wrong, ask what to do, and do it.

    Returns:
        The office as it is now: a copy of it, or what is readable for looking only.

    Raises:
        Refusal: nothing was chosen, or what was chosen did not work.
    """
    there = backup_place(path, settings)
    back = CopyPlaces(path=path, folders=there.folders, now=machine_clock()).way_back()
    copy = back.copy if back.copy is not None and not back.copy.sealed else None
    readable = path.exists() and path.stat().st_size > 0
    if copy is None and not readable:
        raise damaged  # what it says names the copy that only the key file opens
    complain(f"{damaged.what} {damaged.why}")
    if copy is not None:
        made = there.local(copy.made)
        when = f"{german.long_date(made.date())}, {german.clock(made)}"
        say(f"{BACK}  zurück zur Sicherung vom {when}{_holds(copy)}")
        left = "; die beschädigte Datei bleibt daneben liegen" if path.exists() else ""
        say(f"   Was danach eingegeben wurde, fehlt dann{left}.")
    else:
        say(back.sentence)
    if readable:
        say(f"{LOOK}  ansehen, was lesbar ist; ändern lässt sich dabei nichts")
    say("Enter  nichts tun")
    answer = _answer()
    if answer == BACK and copy is not None:
        for line in restore_office(path, settings, copy.path).lines:
            say(line)
        return open_office(path, settings)
    if answer == LOOK and readable:
        return open_readable(path, settings)
    raise Refusal("Es wurde nichts geöffnet und nichts verändert.")


def _holds(copy: BackupCopy) -> str:
    """Of what kind it is, and what is in it."""
    kind = f"{copy.kind}: " if copy.label else ""
    if copy.contents is None:
        return f" ({copy.kind})" if copy.label else ""
    requests = german.plural(copy.contents.requests, "Eingang", "Eingänge")
    events = german.plural(copy.contents.events, "Termin", "Termine")
    return f" ({kind}{requests}, {events})"


def _answer() -> str:
    try:
        return input("Ihre Wahl: ").strip()
    except EOFError:
        say("")
        return ""
