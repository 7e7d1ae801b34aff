"""What the verbs of the Wiedervorlagen ask and do: on tasks here, on requests as in the Eingang."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.task_line import EXAMPLE, AmbiguousTask, TaskLine, parse_task
from ob_buero_tui.services.council.verbs import note_meeting
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.follow_ups import verbs
from ob_buero_tui.services.follow_ups.steps import meetings_of, tick_steps
from ob_buero_tui.services.follow_ups.views import FollowUpView
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood
from ob_buero_tui.tui.screens.flows.deferring import ask_initials, ask_until
from ob_buero_tui.tui.widgets.asked_line import Meaning
from ob_buero_tui.tui.widgets.task_panel import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.follow_ups import FollowUpScreen

DRAFT = "add:task"
FREE = "frei"


async def tick(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Tick off; nothing is asked."""
    return await screen.carry_out(verbs.tick_tasks, batch)


async def reopen(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Open again what was ticked off."""
    return await screen.carry_out(lambda place, ids: verbs.tick_tasks(place, ids, done=False), batch)


async def tick_deadline(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Tick a step of sessions; the keys of the rows change with it, so there is nothing to repeat."""
    return await screen.carry_out(tick_steps, batch)


async def put_off(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Ask for the day, and put off to it."""
    day = await ask_until(screen, f"{batch.name} verschieben")
    if day is None:
        return None
    return await screen.carry_out(lambda place, ids: verbs.defer_tasks(place, ids, day), batch)


async def assign(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Ask who does it."""
    initials = await ask_initials(screen, batch.name)
    if initials is None:
        return None
    return await screen.carry_out(lambda place, ids: verbs.assign_tasks(place, ids, initials), batch)


async def note(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Ask for a remark to the record of a task."""
    record = screen.current_record()
    if not batch.many and record is not None and record.opens is None:
        raise Refusal(
            "Diese Aufgabe gehört zu keinem Eingang oder Termin.",
            "Eine Notiz hätte hier keinen Ort.",
            "Legen Sie mit + eine Aufgabe an.",
        )
    return await _remark(screen, batch, verbs.note_tasks)


async def note_deadline(screen: FollowUpScreen, batch: Batch) -> Done | None:
    """Ask for a remark to the session of a deadline."""
    return await _remark(
        screen, batch, lambda place, ids, text: note_meeting(place, meetings_of(place, ids), text)
    )


async def _remark(
    screen: FollowUpScreen, batch: Batch, write: Callable[[Workplace, Sequence[int], str], Done]
) -> Done | None:
    form = f"note:{screen.table_of(screen.split)}:{batch.ids[0]}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, f"Notiz zu {batch.name}"))
    if text is None:
        return None
    done = await screen.carry_out(lambda place, ids: write(place, ids, text), batch)
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def add(screen: FollowUpScreen) -> Done | None:
    """Ask for a new task in one line, and then whether it is for the record under the cursor."""
    made = await ask_task_line(screen, "Neue Aufgabe")
    if made is None:
        return None
    behind = _behind(screen.current_record())
    if behind is not None:
        name = shorten(behind.heading, 50)
        choices = [
            Choice(key=FREE, label="ohne Eingang"),
            Choice(key="hier", label=f"zu {name}", hint=shorten(behind.title, 30)),
        ]
        asked = Choose(f"„{shorten(made.label, 40)}“: wozu?", choices, current=FREE)
        chosen = await screen.app.push_screen_wait(asked)
        if chosen is None:
            return None
        behind = None if chosen == FREE else behind
    table, key = behind.opens if behind is not None and behind.opens is not None else ("", 0)
    request_id, event_id = (key if table == wanted else None for wanted in ("request", "event"))
    done = await screen.desk.act(
        lambda place: verbs.add_task(
            place, made.label, made.due_on, made.due_time, request_id=request_id, event_id=event_id
        )
    )
    if done is not None:
        drop_draft(screen.desk.patient, DRAFT)
    return done


async def ask_task_line(screen: DeskScreen, title: str, draft: str = DRAFT) -> TaskLine | None:
    """The task as it was typed in one line; what was typed and not saved is kept as a draft.

    Args:
        draft: The draft's name; whoever makes the task drops it.
    """
    today, calendar = screen.place.today, office_calendar(screen.place)

    def understand(typed: str) -> Understood:
        if not typed.strip():
            return Understood(EXAMPLE, ok=False)
        try:
            return Understood(f"→ {parse_task(typed, today, calendar).text}")
        except AmbiguousTask as asked:
            options = zip(asked.lines, asked.choices, strict=True)
            meanings = tuple(Meaning(text=text, label=one.text) for text, one in options)
            return Understood(f"{asked.what} {asked.why}".strip(), ok=False, options=meanings)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)

    typed = await screen.app.push_screen_wait(
        PromptLine(title, understand=understand, max_length=200, draft=(screen.place, draft))
    )
    return None if typed is None else parse_task(typed, today, calendar)


def _behind(record: FollowUpView | None) -> FollowUpView | None:
    """The record on the screen, if a task can belong to what it opens."""
    if record is None or record.opens is None or record.opens[0] not in ("request", "event"):
        return None
    return record


async def copy(screen: FollowUpScreen, view: FollowUpView) -> None:
    """Choose which value to copy into the terminal's clipboard."""
    values = dict((*view.copies, (NAMES[view.table], view.title)))
    choices = [Choice(key=name, label=name, hint=clean(value, limit=40)) for name, value in values.items()]
    chosen = await screen.app.push_screen_wait(Choose("Was soll kopiert werden?", choices))
    if chosen is not None:
        screen.app.copy_to_clipboard(clean(values[chosen], multiline=True, limit=100_000))
        screen.notify(f"{chosen} kopiert.")
