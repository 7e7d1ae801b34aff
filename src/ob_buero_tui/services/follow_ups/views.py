"""The frozen values of the Wiedervorlagen: rows, panel, and the tasks that the command lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time

    from ob_buero_tui.services.views import TaskView

Pairs = tuple[tuple[str, str], ...]
"""Labels with their values, in the order to show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """One task or request as a row: when, what, of which record, who.

    Args:
        number: Of the request.
        about: Subject of the request, or day and name of the appointment; empty for a free task. Of a request
            that waits the next step, or who asks.
        done_on: The day it was ticked off.
    """

    id: int
    sign: str = ""
    on: date | None = None
    at: time | None = None
    overdue: bool = False
    important: bool = False
    what: str
    number: str = ""
    about: str = ""
    who: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpView:
    """One task, or one request that waits, with everything its panel draws.

    Args:
        table: Where it is stored: "task" or "request".
        title: What is to be done.
        facts: Its own dates and who does it.
        heading: What the record behind it is called.
        about: The head of that record: who asks, telephone, event, state.
        tasks: The other tasks of the same record.
        opens: Table and key of that record, for Enter; None for a free task.
        copies: What may be copied: number, telephone, address.
        full: False when it is personal to another desk.
    """

    table: str
    id: int
    title: str
    facts: Pairs = ()
    heading: str = ""
    about: Pairs = ()
    tasks: tuple[TaskView, ...] = ()
    notes: tuple[str, ...] = ()
    opens: tuple[str, int] | None = None
    copies: Pairs = ()
    overdue: bool = False
    done: bool = False
    full: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTask:
    """One task of a list for the commands; with `full` false only that it is there is told."""

    id: int
    label: str
    due_on: date | None = None
    due_time: time | None = None
    due_text: str = ""
    overdue: bool = False
    number: str = ""
    subject: str = ""
    assigned_to: str = ""
    done: bool = False
    full: bool = True
