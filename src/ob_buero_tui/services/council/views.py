"""The frozen values of the Sitzungen screen and of the command `sessions`.

Every text in them may come from outside the office; a widget passes it through `clean()` again before it is
drawn. Dates and times are local wall time of the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from ob_buero_tui.services.views import HistoryLine


class Light(StrEnum):
    """How a step of a session's chain of dates stands."""

    DONE = "done"
    DUE = "due"
    LATE = "late"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """One step of a session's chain of dates.

    Args:
        kind: The step's key: `antragsschluss`, `vorlagenschluss`, `bekanntmachung`, `versand`, `zugang`,
            `niederschrift`, or one of the office's own.
        on: Its day: of `zugang` the legal one, of all others an open day.
        rule: The count without dates, in German.
        text: The count in words, in German.
        unconfirmed: True while nobody has confirmed the rule.
        done_on: When it was ticked; None also where only the council information system shows it as done.
        done_by: Initials of who ticked it.
    """

    kind: str
    label: str
    on: date
    at: time | None = None
    rule: str
    text: str
    source: str = ""
    unconfirmed: bool = False
    light: Light
    done_on: date | None = None
    done_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One session as a row of a list.

    Args:
        organization: Short name of the leading body.
        state: The word of OParl: `terminiert`, `eingeladen`, `durchgeführt`, or what the file said.
        state_label: How it stands, in German.
        moved: Whether it was postponed.
        deadlines: The chain in the order of dates; empty for a cancelled session and one without a beginning.
        remark: Why there is no chain, or what it lacks, in German; empty where all is well.
    """

    id: int
    organization: str
    name: str
    start: datetime | None = None
    end: datetime | None = None
    place: str = ""
    state: str = ""
    state_label: str = ""
    cancelled: bool = False
    moved: bool = False
    deadlines: tuple[DeadlineView, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One item of an agenda with the paper it is about; `public` is None where nobody said.

    Args:
        level: How far it is indented: 0 for „10“, 1 for „10.1“.
        general_name: What the public reads instead of the name in the non-public part.
        standard: Key of the catalog's standard item it came from.
        late, late_note: Put on after the dispatch, and why.
        withdrawn, withdrawn_note: Taken off, and why; it keeps its place and number.
        votes: How the votes were counted, in words; empty where nobody counted.
    """

    id: int
    number: str
    name: str
    public: bool | None = None
    paper_id: int | None = None
    paper_reference: str = ""
    paper_name: str = ""
    role: str = ""
    result: str = ""
    level: int = 0
    general_name: str = ""
    standard: str = ""
    late: bool = False
    late_note: str = ""
    withdrawn: bool = False
    withdrawn_note: str = ""
    votes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """The office's own side of a session.

    Args:
        moved_from: The beginning it was postponed from, wall time; `moved_note` why.
        cancelled_note: Why it does not take place.
        chair, clerk: Names of who leads and writes it, its own or else those of the leading body.
        led_by: `wir` or `ris`: who leads agenda and papers.
        confidentiality: Its level in German; empty where it is public.
    """

    moved_from: datetime | None = None
    moved_note: str = ""
    cancelled_note: str = ""
    chair: str = ""
    clerk: str = ""
    led_by: str = ""
    confidentiality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """One session with everything its panel draws.

    Args:
        organizations: All bodies that sit, the leading one first.
        organization_id: Key of the leading body; None without one.
        ladungsfrist: How the rule of the leading body is called, in German.
        mayor_attends: Whether the session takes up the mayor's time.
        files: German word for what a file is, and its name.
        unresolved: How many references of the session and its agenda wait for objects that have not come.
        facts: The office's own side of it.
        lacks: What its papers still lack, in German; of a session that is over nothing.
    """

    row: MeetingRow
    organizations: tuple[str, ...] = ()
    organization_id: int | None = None
    ladungsfrist: str = ""
    mayor_attends: bool = True
    agenda: tuple[AgendaRow, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    note: str = ""
    event_id: int | None = None
    unresolved: int = 0
    history: tuple[HistoryLine, ...] = ()
    facts: MeetingFacts = MeetingFacts()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyChoice:
    """A body whose sessions can be listed by themselves, with their number."""

    id: int
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationLine:
    """One station of a paper: the session it was on, if known, and the line that says what happened."""

    meeting_id: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """One paper with its way through the bodies."""

    id: int
    reference: str
    name: str
    type: str = ""
    date: date | None = None
    consultations: tuple[ConsultationLine, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """A Ladungsfrist to choose for a body; an empty key is the one of the Land."""

    key: str
    label: str
    source: str = ""
    unconfirmed: bool = False
    chosen: bool = False
