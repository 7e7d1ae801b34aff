"""The drop folder on the screen: what waits or was refused, with reason and a way on, and what came in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.intake.drop_listing import DropEntry, listing, taken_in, try_again
from ob_buero_tui.services.undo import size_of_undo, undo_action
from ob_buero_tui.tui import drop_watch
from ob_buero_tui.tui.screens.dialogs.choose import Choice
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.drop_list import IMPORT, DropList
from ob_buero_tui.tui.screens.dialogs.told import Told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ob_buero_tui.services.views import HistoryLine
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.frame_commands import FrameCommands

TITLE = "Eingangskorb"


async def show_drop_folder(screen: FrameCommands) -> None:
    """List the drop folder until somebody leaves it."""
    desk = screen.desk
    folder = screen.place.drop_folder
    if folder is None:
        await desk.push_screen_wait(Told(TITLE, _missing(screen)))
        return
    current = None
    while True:
        parked = desk.drop.parked() if desk.drop is not None else {}
        try:
            entries, imports = await asyncio.to_thread(_read, folder, parked, desk.patient)
        except Refusal as refusal:
            desk.refuse(refusal)
            return
        if not (entries or imports):
            text = f"Der Eingangskorb ist leer, und nichts wurde abgewiesen.\n\nOrdner: {folder}"
            await desk.push_screen_wait(Told(TITLE, text))
            return
        current = await _choose(screen, entries, imports, current)
        if current is None:
            return
        if current.startswith(IMPORT):
            await _take_back(screen, next(one for one in imports if _key(one) == current))
        else:
            await _deal_with(screen, entries[int(current)])


def _read(
    folder: Path, parked: Mapping[str, str], place: Workplace
) -> tuple[tuple[DropEntry, ...], tuple[HistoryLine, ...]]:
    """What waits and what came in; for a thread, as the folder may lie in the network."""
    return listing(folder, parked), taken_in(place)


async def _choose(
    screen: FrameCommands,
    entries: tuple[DropEntry, ...],
    imports: tuple[HistoryLine, ...],
    current: str | None,
) -> str | None:
    choices = [
        Choice(
            key=str(place),
            label=f"{'! ' if one.failed else ''}{one.shown}",
            help=clean(one.reason, limit=200),
            hint="abgewiesen" if one.failed else "wartet",
        )
        for place, one in enumerate(entries)
    ]
    choices += [
        Choice(
            key=_key(one), label=f"{short_date(one.at.date())} {clock(one.at)}  {one.text}", hint="eingelesen"
        )
        for one in imports
    ]
    refused = sum(one.failed for one in entries)
    text = f"{len(entries) - refused} warten, {refused} abgewiesen. Ordner: {screen.place.drop_folder}"
    return await screen.app.push_screen_wait(DropList(TITLE, choices, current=current, text=text))


def _key(line: HistoryLine) -> str:
    return f"{IMPORT}{line.action_id}"


async def _take_back(screen: FrameCommands, line: HistoryLine) -> None:
    """Take an import back after a question; the file stays in „erledigt“."""
    asked = Confirm(
        "Diesen Import zurücknehmen?",
        text=f"{line.text}.\n\nDie Datei bleibt in „erledigt“ liegen.",
        yes="zurücknehmen",
        enter_is_yes=True,
    )
    if await screen.app.push_screen_wait(asked):
        key = line.action_id
        await screen.desk.revert(
            lambda place: undo_action(place, key), "Zurückgenommen", lambda place: size_of_undo(place, key)
        )


async def _deal_with(screen: FrameCommands, entry: DropEntry) -> None:
    """Say the whole reason, and offer what can be done about it."""
    if not entry.failed:
        from ob_buero_tui.tui.screens.flows.reading_in import confirm_columns, has_columns

        if has_columns(entry.path):
            if await confirm_columns(screen, entry.path) and screen.desk.drop is not None:
                screen.desk.drop.recheck()
                drop_watch.look(screen.desk)
            return
        await screen.app.push_screen_wait(Told(entry.shown, f"Wartet: {entry.reason}."))
        return
    asked = Confirm(
        f"„{entry.shown}“ noch einmal einlesen?",
        text=entry.reason,
        yes="noch einmal",
        no="liegen lassen",
        enter_is_yes=False,
    )
    folder = screen.place.drop_folder
    if folder is not None and await screen.app.push_screen_wait(asked):
        try:
            await asyncio.to_thread(try_again, folder, entry.name)
        except Refusal as refusal:
            screen.desk.refuse(refusal)


def _missing(screen: FrameCommands) -> str:
    beside = screen.desk.office.path.parent
    return (
        "Es gibt noch keinen Eingangskorb. Legen Sie neben der Datenbank einen Ordner „eingangskorb“ an, "
        "oder nennen Sie in den Einstellungen einen anderen (drop_folder). Nach dem nächsten Start wird "
        f"alles, was dort liegt, von selbst eingelesen.\n\nOrdner der Datenbank: {beside}"
    )
