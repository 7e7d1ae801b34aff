"""Searching: to what was found, to all of it as a pile, and keeping that pile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests import own_splits, splits
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty
from ob_buero_tui.tui.screens.dialogs.search import Pile, Search

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.own_splits import OwnSplit
    from ob_buero_tui.tui.screens.base import DeskScreen

NAMING = "split:neu"
NO_NAME = "Der Stapel braucht einen Namen."


async def search(screen: DeskScreen) -> None:
    """Ask what is looked for; open a record, or show what was found as a pile of the Eingang."""
    from ob_buero_tui.tui.places import HOME_OF

    found = await screen.app.push_screen_wait(Search(screen.place, HOME_OF))
    if found is None:
        return
    if not isinstance(found, Pile):
        await screen.desk.open_record(found.type, found.id)
        return
    key = await _kept(screen, found.query) if found.keep else own_splits.searched(found.query)
    if key:
        await screen.desk.show_pile(key)


async def _kept(screen: DeskScreen, query: str) -> str:
    """Ask for the name of a pile and save it; the key of the pile, empty when it was not saved."""
    name = await screen.app.push_screen_wait(
        PromptLine(
            "Als Stapel merken: Name",
            understand=not_empty(NO_NAME),
            text=query,
            draft=(screen.place, NAMING),
            max_length=splits.LONGEST_LABEL,
        )
    )
    if name is None:
        return ""
    done = await screen.desk.act(lambda place: splits.save_split(place, name, query))
    if done is None:
        return ""
    drop_draft(screen.desk.patient, NAMING)
    screen.notify(f"{done.text} · u nimmt es zurück")
    screen.desk.data_changed()
    return f"{own_splits.OWN}{done.ids[0]}"


async def rename(screen: DeskScreen, own: OwnSplit) -> None:
    """Ask for another name of an own pile."""
    name = await screen.app.push_screen_wait(
        PromptLine(
            "Stapel umbenennen",
            value=own.label,
            understand=not_empty(NO_NAME),
            max_length=splits.LONGEST_LABEL,
        )
    )
    if name is None:
        return
    done = await screen.desk.act(lambda place: splits.rename_split(place, own.id, name))
    if done is not None:
        screen.notify(f"{done.text} · u nimmt es zurück")
        screen.desk.data_changed()


async def remove(screen: DeskScreen, own: OwnSplit) -> bool:
    """Remove an own pile, which undo brings back; whether it is gone."""
    done = await screen.desk.act(lambda place: splits.remove_split(place, own.id))
    if done is not None:
        screen.notify(f"{done.text} · u nimmt es zurück")
    return done is not None
