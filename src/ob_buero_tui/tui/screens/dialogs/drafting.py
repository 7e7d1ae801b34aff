"""Dialogs whose typed text survives Esc, a crash and a closed window, or that say why it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from textual import work

from ob_buero_tui.services.drafts import drop_draft, load_draft, save_draft
from ob_buero_tui.tui.screens.dialogs.frame import Dialog, after_typing

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

Result = TypeVar("Result")
DRAFT_SECONDS: Final = 1.0
NOT_KEPT: Final = (
    "Der Text ließ sich gerade nicht als Entwurf sichern, weil ein anderer Arbeitsplatz speichert. "
    "Er steht noch hier. Versuchen Sie es gleich noch einmal; nach dem zweiten Mal ist er verloren."
)
CANNOT_KEEP: Final = (
    "Der Text lässt sich nicht aufheben: Die Datenbank ist nur zum Lesen geöffnet. "
    "Noch einmal Esc schließt, und der Text ist verloren."
)


class Drafting(Dialog[Result]):
    """A dialog that keeps what is typed; subclasses name the draft with `keep_as` and say `to_keep`."""

    _drafts_at: Workplace | None = None
    _draft_name = ""
    _saved: Mapping[str, str] = {}
    _told = False
    _given_up = False

    def keep_as(self, place: Workplace, name: str) -> dict[str, str]:
        """Name the draft, and return what was typed the last time.

        Raises:
            Refusal: the database could not be read just now; an empty form would write over the old draft.
        """
        self._drafts_at, self._draft_name = place, name
        self._saved = load_draft(place, name) or {}
        return dict(self._saved)

    def on_mount(self) -> None:
        """Keep a draft while one types."""
        if self._drafts_at is not None:
            self.set_interval(DRAFT_SECONDS, self.save_draft)

    def keep_at(self, draft: tuple[Workplace, str] | None) -> dict[str, str]:
        """The same for a dialog that keeps its text only where it is told to."""
        return self.keep_as(*draft) if draft is not None else {}

    def to_keep(self) -> dict[str, str]:
        """What was typed and differs from what stood there at first; nothing drops the draft."""
        raise NotImplementedError

    def save_draft(self) -> bool:
        """Keep what is typed so far; returns whether nothing would be lost now.

        A dialog that was answered may stand a moment longer; its text was saved or kept before.
        """
        if self._given_up or self._answered or self._drafts_at is None:
            return True
        return self._store(self._drafts_at, self.to_keep())

    def _store(self, place: Workplace, kept: dict[str, str]) -> bool:
        if kept == self._saved:
            return True
        name = self._draft_name
        if not (save_draft(place, name, kept) if kept else drop_draft(place, name)):
            return False
        self._saved = kept
        return True

    @after_typing
    def action_cancel(self) -> None:
        """Keep the draft and return nothing."""
        self._leave_by(partial(self.dismiss, None))

    @after_typing
    def action_leave(self) -> None:
        """Leave the program; what was typed stays as a draft."""
        self._leave_by(partial(self.app.exit, 0))

    def action_discard(self) -> None:
        """Forget what was typed."""
        self._given_up = True
        if self._drafts_at is not None and not self._store(self._drafts_at, {}):
            self._forget_patiently()
        else:
            self.dismiss(None)

    def _leave_by(self, end: Callable[[], object]) -> None:
        """End once the text is kept; where it cannot be, say so first and end when asked again."""
        if self.save_draft() or self._told:
            end()
        elif self._drafts_at is not None and self._drafts_at.read_only:
            self._told = True
            self.notify(CANNOT_KEEP, severity="warning", timeout=12)
        else:
            self._leave_patiently(end)

    def _patient(self) -> Workplace | None:
        return getattr(self.app, "patient", self._drafts_at)

    @work(exclusive=True, group="draft")
    async def _leave_patiently(self, end: Callable[[], object]) -> None:
        """Wait in a thread until the other desk is through; what was typed meanwhile counts too."""
        place, kept = self._patient(), self.to_keep()
        if place is not None and await asyncio.to_thread(self._store, place, kept):
            self._leave_by(end)
            return
        self._told = True
        self.notify(NOT_KEPT, severity="warning", timeout=12)

    @work(exclusive=True, group="draft")
    async def _forget_patiently(self) -> None:
        """The old draft goes as soon as the file is free; at worst it is offered once more."""
        place = self._patient()
        if place is not None:
            await asyncio.to_thread(self._store, place, {})
        self.dismiss(None)
