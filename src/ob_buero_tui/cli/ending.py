"""What follows the app: a copy if something has changed, or the return to one that was asked for."""

from __future__ import annotations

from dataclasses import replace

from ob_buero_tui.cli.printing import complain
from ob_buero_tui.office import Office, reopened, restore_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.keeping import is_due, keep_copy
from ob_buero_tui.services.backups.looking import view_of


def keep_at_end(office: Office) -> None:
    """Make a copy if one is due, and say that it takes a moment; what goes wrong is told, never raised."""
    there = office.place.backups
    if there is None or office.place.read_only:
        return
    try:
        if is_due(there):
            complain("Die Sicherung wird angelegt …")  # nobody may be there any more to read it
        for sentence in keep_copy(there, office.place.clock()).told:
            complain(sentence)
    except Refusal as refusal:
        complain(str(refusal))


def gone_back(office: Office) -> Office:
    """Go back to the copy that the closed office was to go back to, and open it again, whatever came of it.

    Raises:
        Refusal: what stands there now cannot be opened.
    """
    place = office.place
    try:
        done = restore_office(
            office.path,
            office.settings,
            office.going_back[0],
            catalog=place.catalog,
            clock=place.clock,
            account=place.desk.account,
        )
    except Refusal as refusal:
        return reopened(office, (str(refusal),))
    there, copy = place.backups, office.going_back[0]
    view = view_of(copy, there) if there is not None else None
    told = f"Zur Sicherung{f' vom {view.name}' if view is not None else ''} zurückgekehrt."
    if done.kept is not None:
        told += (
            " Die Datenbank von vorher liegt daneben; sie steht bei den Sicherungen (g b) als „vor einer"
            " Rückkehr“."
        )
    # One message: several would lie over the list, and over each other on a small screen.
    return reopened(office, (" ".join((told, *replace(done, kept=None).lines)),))
