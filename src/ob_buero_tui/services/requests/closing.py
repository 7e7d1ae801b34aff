"""Closing a request: what is still open is ticked, falls away, or keeps it from being closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.deputations import pending
from ob_buero_tui.services.requests.inquiries import close_inquiries, open_inquiries
from ob_buero_tui.services.requests.taking_back import drop_tasks
from ob_buero_tui.services.requests.verbs import Done, enter_state, load, told
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import DeputyAnswer
from ob_buero_tui.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """What keeps some requests from being closed: open questions, and deputies who have not answered."""

    inquiries: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.inquiries or self.deputies)


def still_open(place: Workplace, ids: Sequence[int]) -> StillOpen:
    """What besides tasks is still open, as words for the dialog; the tasks have keys of their own."""
    with place.reading() as session:
        asked = [inquiry.name for key in ids for inquiry in open_inquiries(session, key)]
        found = [one for key in ids if (one := pending(session, key)) is not None]
        deputies = [place.catalog.calendar_short(one.calendar) for one in found]
    return StillOpen(inquiries=tuple(asked), deputies=tuple(deputies))


@use_case("finish")
def finish(work: Work, ids: Sequence[int], *, tick: Sequence[int] = (), drop_tasks: bool = False) -> Done:
    """Close requests (z. d. A.); open tasks must be done or fall away first (domain.md 10.7).

    Args:
        tick: Keys of open tasks that are done; ticked off in the same step.
        drop_tasks: Let everything else that is open fall away in the same step: tasks, unanswered
            questions, and the question to a deputy.
    """
    rows = load(work, ids)
    for row in rows:
        close(work, row, tick, drop=drop_tasks)
    return told(rows, "erledigt")


def close(work: Work, row: Request, tick: Sequence[int], *, drop: bool) -> None:
    """Close one request inside another step; what `finish` says of open things holds here too."""
    left = []
    for task in open_tasks(work.session, row.id):
        if task.id in tick:
            task.done_at, task.done_by = work.at, work.desk.initials
            work.refer("event", task.event_id)
        else:
            left.append(task)
    deputy = pending(work.session, row.id)
    if not drop:
        _refuse_open(work, row, [task.label for task in left], tick)
    drop_tasks(work, left)
    close_inquiries(work, row)
    if deputy is not None:
        deputy.answer, deputy.answered_on = DeputyAnswer.ZURUECKGENOMMEN.value, work.today
    enter_state(work, row, RequestState.ERLEDIGT)


def _refuse_open(work: Work, row: Request, tasks: Sequence[str], tick: Sequence[int]) -> None:
    # Whoever ticks the reminder of a question says that nothing more is expected.
    inquiries = [one for one in open_inquiries(work.session, row.id) if one.task_id not in tick]
    parts = [plural(len(tasks), "offene Aufgabe", "offene Aufgaben")] if tasks else []
    parts += [plural(len(inquiries), "offene Rückfrage", "offene Rückfragen")] if inquiries else []
    parts += ["eine Vertretung ohne Antwort"] if pending(work.session, row.id) is not None else []
    if parts:
        first = f": „{tasks[0]}“" if tasks else ""
        raise Refusal(
            f"{row.number} wurde nicht abgeschlossen.",
            f"Es gibt noch {join(parts)}{first}.",
            "Haken Sie die Aufgaben ab, oder lassen Sie sie entfallen.",
        )


@sentence("finish")
def _finished(_params: Params) -> str:
    return "erledigt (z. d. A.)"
