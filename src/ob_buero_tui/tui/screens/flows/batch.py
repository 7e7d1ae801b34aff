"""What a verb acts on, and the one look before a marked batch is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.exceptions import Sorted
    from ob_buero_tui.tui.screens.base import DeskScreen


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The records of one verb: one under the cursor, or all marked ones.

    Args:
        ids: Their keys in the order of the list.
        name: What the dialog calls them: a number, or how many.
    """

    ids: tuple[int, ...]
    name: str

    @property
    def many(self) -> bool:
        """Whether these are marked records."""
        return len(self.ids) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The look before a verb on a marked batch.

    Args:
        verb: The name of the use case (`services.requests.exceptions`).
        doing: What it does, in the infinitive: „absagen“.
        harmless: Whether Enter goes on.
        always: Whether to show it also where nothing is left out.
    """

    verb: str
    doing: str
    harmless: bool = True
    always: bool = True


async def previewed(screen: DeskScreen, batch: Batch, look: Look, text: str = "") -> Batch | None:
    """Show what a verb will do to a marked batch and what it leaves out; return what it can be done to.

    A single record is returned as it is: its use case says itself what is wrong.

    Args:
        text: What else happens, in full sentences.
    """
    from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

    if not batch.many:
        return batch
    found = await _sorted_out(screen, batch, look.verb)
    if not found.possible:
        from ob_buero_tui.tui.screens.dialogs.told import Told

        await screen.app.push_screen_wait(Told(found.heading(look.doing), found.reasons()))
        return None
    if not (look.always or found.exempt):
        return batch
    lines = "\n\n".join(part for part in (text, found.reasons()) if part)
    yes = look.doing.split()[-1]
    if not await screen.app.push_screen_wait(
        Confirm(found.heading(look.doing), text=lines, yes=yes, enter_is_yes=look.harmless)
    ):
        return None
    return only(batch, found)


def only(batch: Batch, found: Sorted) -> Batch:
    """What of a batch a verb can be done to, named by its number."""
    many = len(found.possible)
    return replace(batch, ids=found.possible, name=f"{many} Eingänge" if many > 1 else "1 Eingang")


async def _sorted_out(screen: DeskScreen, batch: Batch, verb: str) -> Sorted:
    """Look at the batch in a thread: marked records may be thousands."""
    from ob_buero_tui.services.requests.exceptions import sort_out

    return await screen.desk.patiently(lambda place: sort_out(place, batch.ids, verb), long=True)
