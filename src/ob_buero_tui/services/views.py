"""The frozen values that services hand to screens: columns to draw, never entity graphs.

Widgets draw exactly these. Every text in them may come from outside the office; a widget passes it
through `clean()` again before it is drawn. Dates and times are local wall time of the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from ob_buero_tui.rules.checks import Finding
    from ob_buero_tui.rules.states import EventStatus, RequestState
    from ob_buero_tui.rules.visibility import Confidentiality
    from ob_buero_tui.services.answers.views import AnswerView
    from ob_buero_tui.services.calendar.detail_views import EventDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitView:
    """One split of the inbox with its count, in the order the digits pick them."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One request as a row of a list."""

    id: int
    number: str
    subject: str
    sign: str = ""
    """Two letters of its kind, empty while the kind is unknown."""
    state: RequestState
    due_on: date | None = None
    due_time: time | None = None
    overdue: bool = False
    wiedervorlage_on: date | None = None
    """The day it comes back, while it waits for it."""
    important: bool = False
    marked: bool = False
    received_on: date
    requester: str = ""
    state_label: str = ""
    """The word for its state; empty for the usual one."""
    deputy_open: bool = False
    """A deputy is asked or sought, and nobody has promised yet."""
    woken: str = ""
    """Why it came back before its day, in two words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """One file that came with a message; size in bytes."""

    name: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One task of a request; `due_text` says how its date was counted."""

    id: int
    label: str
    due_on: date | None = None
    due_text: str = ""
    done: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedEvent:
    """A calendar entry that belongs to a request, as one line."""

    id: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """What was done to a record: local time, initials of the desk, German sentence.

    `action_id` is the step to take back, 0 for one that can only be read: an undo or a redo.
    `about` is the record that `text` begins with, where it names one.
    """

    at: datetime
    desk: str
    text: str
    undone: bool = False
    action_id: int = 0
    about: str = ""

    @property
    def done_first(self) -> str:
        """The sentence with what was done before what it was done to, for a line that is cut at its end."""
        before, found, done = self.text.partition(f"{self.about}: ")
        return f"{before}{done} · {self.about}" if self.about and found else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One request with everything its panel draws."""

    id: int
    number: str
    kind: str = ""
    kind_label: str = ""
    sign: str = ""
    proposed: bool = False
    """True while the kind is only a proposal of the product."""
    subject: str
    state_label: str
    received_on: date
    channel: str = ""
    due_on: date | None = None
    due_time: time | None = None
    due_text: str = ""
    wiedervorlage_on: date | None = None
    assigned_to: str = ""
    requester: str = ""
    organization: str = ""
    contact: str = ""
    event_start: datetime | None = None
    event_end: datetime | None = None
    event_place: str = ""
    important: bool = False
    confidentiality: Confidentiality
    fields: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    body: str = ""
    attachments: tuple[AttachmentView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    events: tuple[LinkedEvent, ...] = ()
    thread: tuple[tuple[int, str], ...] = ()
    """Other requests of the same exchange of letters: id and label."""
    precedents: tuple[tuple[int, str], ...] = ()
    """Earlier requests of the same people or event: id and what became of them, newest first."""
    notes: tuple[str, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    answers: tuple[AnswerView, ...] = ()
    """What was written back, the newest first."""
    votum: str = ""
    """The office's advice with who gave it and when."""
    decided: str = ""
    """Who decided, when, and who wrote it down."""
    deputies: tuple[str, ...] = ()
    inquiries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEvent:
    """One occurrence of an event on one day.

    `id` names the occurrence (`17` or `17@2026-11-25T09:00`), `event_id` the stored event. `end` is
    exclusive; an all-day event runs from midnight to midnight. With `view` "belegt" the texts are
    already taken out and only the time is shown. Travel is in minutes.
    """

    id: str
    event_id: int
    uid: str = ""
    summary: str
    start: datetime
    end: datetime
    all_day: bool = False
    location: str = ""
    status: EventStatus
    confidentiality: Confidentiality
    attendee: str = ""
    travel_before_min: int = 0
    travel_after_min: int = 0
    conflicts: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    """Why other conflicts stand on purpose."""
    away: bool = False
    """An absence of the mayor: the days it covers are drawn as such."""
    length_min: int = 0
    """How long it really lasts, also in a night in which the clocks change."""
    kind_sign: str = ""
    request_id: int | None = None
    request_number: str = ""
    """Its number, in lists that show it."""
    meeting_id: int | None = None
    """The session whose entry this is, where the year names it."""
    view: str = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One day of the calendar; notes are names of holidays and the like.

    `free` says that the office is closed for a holiday or a day of its own, `school` that schools are,
    `election` that people vote.
    """

    date: date
    events: tuple[DayEvent, ...] = ()
    notes: tuple[str, ...] = ()
    free: bool = False
    school: bool = False
    election: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One appointment with everything its panel draws; `day` holds what the grid shows of it."""

    day: DayEvent
    kind_label: str = ""
    organizer: str = ""
    description: str = ""
    series: str = ""
    """How a series goes on, or why its rule is not expanded; empty for a single appointment."""
    cancel_reason: str = ""
    meeting_id: int | None = None
    """The session whose entry this is."""
    conflicts: tuple[str, ...] = ()
    requests: tuple[tuple[int, str], ...] = ()
    tasks: tuple[TaskView, ...] = ()
    notes: tuple[str, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    details: EventDetails | None = None
    """What was arranged for it; None for one shown as belegt."""
