"""Answers as they left, opened from the record's section of answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.services.answers.kept import ENDINGS, open_sent
from ob_buero_tui.services.answers.views import HOW_LABELS, How
from ob_buero_tui.tui import outside
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose

if TYPE_CHECKING:
    from ob_buero_tui.services.views import RecordView
    from ob_buero_tui.tui.screens.base import DeskScreen


async def show_sent(screen: DeskScreen, view: RecordView) -> None:
    """Open an answer as it left; of several the newest is offered first.

    Raises:
        Refusal: it is gone, or nothing here can show it.
    """
    left = [one for one in view.answers if one.sent_how in ENDINGS and one.sent_at is not None]
    if not left:
        screen.notify("Hier ist noch keine Antwort als Datei hinausgegangen; t schreibt eine.")
        return
    key: str | None = "0"
    if len(left) > 1:
        choices = [
            Choice(
                key=str(place),
                label=one.title,
                hint=f"{HOW_LABELS[How(one.sent_how)]} {short_date(one.sent_at.date())} {clock(one.sent_at)}"
                if one.sent_at is not None
                else "",
            )
            for place, one in enumerate(left)
        ]
        key = await screen.app.push_screen_wait(
            Choose(f"{view.number}: welche Antwort?", choices, current="0")
        )
    if key is None:
        return
    place, document = screen.desk.patient, left[int(key)].id
    path = await asyncio.to_thread(lambda: open_sent(place, document, outside.COPIES.folder))
    await asyncio.to_thread(outside.open_outside, path)
    screen.notify(f"„{clean(path.name, limit=80)}“ wird geöffnet, wie es hinausging, nur zum Lesen.")
