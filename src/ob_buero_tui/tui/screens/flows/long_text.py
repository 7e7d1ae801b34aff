"""A stored text is changed; where another desk changed it meanwhile, one is asked which of the two counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ob_buero_tui.services.conflicts import BothValues, with_authors
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.long_text import LongText

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.base import DeskScreen

THEIRS_COUNTS = "Es gilt der Text vom anderen Platz."


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """A text of a record, and how it is read and written.

    Args:
        form: The draft's name.
        label: What the text is called.
        read: Says how it stands now.
        store: Writes it: the text, and the one that was shown.
    """

    form: str
    title: str
    label: str
    table: str
    row_id: int
    column: str
    read: Callable[[], str]
    store: Callable[[Workplace, str, str], Done]


async def change_text(screen: DeskScreen, one: StoredText) -> Done | None:
    """Ask for the text and store it; returns None where nothing was stored."""
    shown = one.read()
    while True:
        dialog = LongText(screen.place, one.form, one.title, value=shown)
        text = await screen.app.push_screen_wait(dialog)
        if text is None:
            return None
        now = one.read()
        if (dialog.outdated or now != shown) and text.strip() != now:
            mine = await _ask(screen, one, text, now)
            if mine is None:
                shown = now
                continue
            if not mine:
                drop_draft(screen.desk.patient, one.form)
                screen.notify(THEIRS_COUNTS)
                return None
        chosen, before = text, now
        done = await screen.desk.act(lambda place: one.store(place, chosen, before))  # noqa: B023 awaited here
        if done is not None:
            drop_draft(screen.desk.patient, one.form)
        return done


async def _ask(screen: DeskScreen, one: StoredText, text: str, now: str) -> bool | None:
    """Whether the text of here counts; None goes back to it."""
    both = BothValues(name=one.column, label=one.label, mine=text, theirs=now)
    clashes = with_authors(screen.place, one.table, one.row_id, (both,), {})
    title = f"{one.label}: an zwei Plätzen geändert"
    answer = await screen.app.push_screen_wait(BothValuesDialog(title, clashes))
    return answer[one.column] if answer is not None else None
