"""The verbs on several dates of a plan at once, each one undo step; and moving one where it was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import planning_verbs
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import USE_CASES, Work, use_case
from ob_buero_tui.services.workplace import Workplace

FIX, FREE, LEAVE_OUT = "fix_plan_date", "free_plan_date", "leave_out_plan_date"


def move_date(place: Workplace, date_id: int, start: datetime, end: datetime) -> Done:
    """Fix a date where it was typed."""
    run: Callable[..., Done] = planning_verbs.fix_date
    return run(place, date_id, start, end)


def fix_dates(place: Workplace, ids: Sequence[int]) -> Done:
    """Fix dates where they are."""
    return _run(place, FIX, ids)


def free_dates(place: Workplace, ids: Sequence[int]) -> Done:
    """Give fixed or left-out dates back to the planner."""
    return _run(place, FREE, ids)


def leave_out_dates(place: Workplace, ids: Sequence[int]) -> Done:
    """Lay down that bodies do not sit in these rounds."""
    return _run(place, LEAVE_OUT, ids)


def _run(place: Workplace, verb: str, ids: Sequence[int]) -> Done:
    if len(ids) == 1:
        done: Done = USE_CASES[verb].run(place, ids[0])
        return done
    return change_dates(place, verb, ids)


@use_case("change_plan_dates")
def change_dates(work: Work, verb: str, ids: Sequence[int]) -> Done:
    """Do one verb to several dates.

    Args:
        verb: That of one date.
    """
    if verb not in USE_CASES:
        raise Refusal("Das geht nicht mit mehreren Terminen.", "", "Wählen Sie einen einzelnen.")
    for date_id in ids:
        USE_CASES[verb].function(work, date_id)
    work.params.clear()
    work.tell(table="year_plan_date", ids=list(ids), what=verb)
    return Done(ids=tuple(ids), text=f"{plural(len(ids), 'Termin', 'Termine')} {_WORDS[verb]}")


_WORDS = {FIX: "festgesetzt", FREE: "wieder frei", LEAVE_OUT: "ausgelassen"}


@sentence("change_plan_dates")
def _changed(params: Params) -> str:
    count = len(params.get("ids", ()))
    return f"{plural(count, 'Termin', 'Termine')} {_WORDS.get(str(params.get('what')), 'geändert')}"
