"""Moving an appointment in the grid, and entering it once more at another time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.when import When, written
from ob_buero_tui.services.calendar.move_reading import Mover, Span
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.move_mode import HEIGHT, MoveMode
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.flows.event_clashes import acted
from ob_buero_tui.tui.screens.flows.event_scopes import ask_scope
from ob_buero_tui.tui.widgets.date_input import understood_day
from ob_buero_tui.tui.widgets.ghost import Ghost

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.views import DayEvent
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing


async def move(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Let somebody move it over the grid; then ask how far that reaches, and save it."""
    from ob_buero_tui.services.calendar.moving import move_event

    mover = Mover(screen.place, event.id)
    begun, span = screen.date, await _moved(screen, mover, event)
    if span is None or span == mover.span:
        if begun is not None and begun != screen.date:
            screen.show_day(begun)
        screen.grid.select(event.id)
        return None
    scope = await ask_scope(screen.desk, event.id, f"{_named(event)} verschieben")
    done = None
    if scope is not None:
        done = await acted(
            screen.desk,
            lambda place, reason: move_event(
                place, event.id, span.start, span.end, scope, reason, all_day=span.all_day
            ),
            event.id,
        )
    if done is None and begun is not None:
        screen.show_day(begun)
        screen.grid.select(event.id)
    return done


async def _moved(screen: CalendarEditing, mover: Mover, event: DayEvent) -> Span | None:
    """Where it was set down; the grid draws it there meanwhile, with room for the lines at the foot."""
    form = mover.form

    def show(span: Span, clashes: tuple[str, ...]) -> None:
        screen.draw_ghost(
            Ghost(
                id=event.id,
                summary=event.summary,
                start=span.start,
                end=span.end,
                all_day=span.all_day,
                travel_before_min=form.travel_before_min,
                travel_after_min=form.travel_after_min,
                conflicts=clashes,
            )
        )

    work = screen.query_one("#work")
    work.styles.margin = (0, 0, HEIGHT - 1, 0)
    screen.held = True
    try:
        return await screen.app.push_screen_wait(MoveMode(mover, show, clean(event.summary, limit=60)))
    finally:
        work.styles.margin = 0
        screen.held = False
        screen.draw_ghost(None)


async def copy(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Ask when it takes place once more; proposed is the same time a week later."""
    from ob_buero_tui.services.calendar.adding import copy_event

    mover = Mover(screen.place, event.id)
    here, draft = mover.span, f"copy:event:{event.id}"
    later = here.start.replace(fold=0) + timedelta(days=7)
    proposed = When(day=later.date(), start=None if here.all_day else later.time(), exact=True, text="")
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{_named(event)} noch einmal eintragen: wann?",
            value=written(proposed),
            understand=understood_day(lambda text: mover.read(text, here), "Zum Beispiel do 14 oder 15.1."),
            draft=(screen.place, draft),
        )
    )
    if typed is None:
        return None
    start: datetime = mover.there(mover.read(typed, here), here).start
    done = await acted(
        screen.desk, lambda place, reason: copy_event(place, event.id, start, reason), event.id
    )
    if done is not None:
        drop_draft(screen.desk.patient, draft)
        screen.date = start.date()
    return done


def _named(event: DayEvent) -> str:
    return f"„{clean(event.summary, limit=40)}“"
