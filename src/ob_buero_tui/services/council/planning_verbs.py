"""The verbs on a year's plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ob_buero_tui.rules.year_plan import Round, SchoolDays
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work


def fix_date(
    work: Work, date_id: int, start: datetime | None = None, end: datetime | None = None, room: str = ""
) -> Done:
    """Fix a slot's date by hand: as it is, or at another beginning (verb `fix_plan_date`)."""
    raise NotImplementedError


def free_date(work: Work, date_id: int) -> Done:
    """Give a fixed or left-out slot back to the planner (verb `free_plan_date`)."""
    raise NotImplementedError


def leave_out(work: Work, date_id: int) -> Done:
    """Lay down that the body does not sit in this round (verb `leave_out_plan_date`)."""
    raise NotImplementedError


def set_rounds(work: Work, plan_id: int, rounds: Sequence[Round], school: SchoolDays | None = None) -> Done:
    """Change the rounds of a draft; the next planning uses them (verb `set_plan_rounds`)."""
    raise NotImplementedError


def accept(work: Work, plan_id: int) -> Done:
    """Decide a plan: all its dates become sessions, one undo step (verb `accept_plan`)."""
    raise NotImplementedError


def discard(work: Work, plan_id: int) -> Done:
    """Lay a draft aside as verworfen (verb `discard_plan`)."""
    raise NotImplementedError
