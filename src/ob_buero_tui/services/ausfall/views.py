"""The frozen values of an Ausfall: its lines, the card beside them, and the calls to make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ob_buero_tui.rules.german import clock, plural, short_date, short_range
from ob_buero_tui.services.calendar.contacts import NOBODY, Contact
from ob_buero_tui.services.requests.proposing_deputies import DeputyProposal
from ob_buero_tui.store.ausfall import AusfallOutcome, AusfallState, CallRole
from ob_buero_tui.store.decisions import DeputyAnswer

__all__ = [
    "AusfallCard",
    "AusfallLine",
    "AusfallOutcome",
    "AusfallState",
    "AusfallView",
    "CallLine",
    "CallRole",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AusfallLine:
    """One appointment that is hit, local wall time.

    Args:
        id: The stored item; negative for one that has come since the Ausfall began.
        key: The date in the calendar, as `DayEvent.id`.
        outcome: What was decided; empty while it is open.
        answer: What the deputy who was asked said; empty where nobody was asked.
        said: What was decided, in words.
        hidden: Personal to another desk: only its time is told, and nothing is decided here.
        outside: The absence no longer reaches it.
    """

    id: int
    key: str
    event_id: int
    recurrence_id: str
    summary: str
    start: datetime
    end: datetime
    all_day: bool = False
    location: str = ""
    sign: str = ""
    outcome: AusfallOutcome = AusfallOutcome.OFFEN
    answer: str = ""
    deputy: str = ""
    said: str = ""
    open: bool = True
    contact: Contact = NOBODY
    request_id: int | None = None
    number: str = ""
    session: bool = False
    hidden: bool = False
    outside: bool = False

    @property
    def new(self) -> bool:
        """Whether it has come since the Ausfall began."""
        return self.id < 0

    @property
    def asked(self) -> bool:
        """Whether a deputy was asked and has not answered."""
        return self.answer == DeputyAnswer.ANGEFRAGT

    @property
    def name(self) -> str:
        """What dialogs call it: „14:00 Jubiläum“."""
        at = "ganztägig" if self.all_day else clock(self.start)
        return f"{short_date(self.start.date())} {at} {self.summary}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AusfallCard:
    """One appointment with all that helps to decide.

    Args:
        proposal: The deputies by rank, with what is in each one's way; None where nobody can be asked.
        phones: The telephone of each deputy, by the key of the calendar.
        conflicts: What its line clashes with besides the absence.
    """

    line: AusfallLine
    organizer: str = ""
    driver: Contact = NOBODY
    press: str = ""
    request: str = ""
    remark: str = ""
    speech_min: int | None = None
    proposal: DeputyProposal | None = None
    phones: tuple[tuple[str, Contact], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One call: one person, whatever the number of appointments.

    Args:
        id: Its key in the list, made of its first line and the role.
        items: The lines it is about.
        what: What is to be said, a line for each appointment.
        again: There was a call already, and something else has to be said now.
    """

    id: int
    role: CallRole
    who: Contact
    items: tuple[int, ...]
    what: tuple[str, ...]
    told: tuple[str, ...] = ()
    done: bool = False
    again: bool = False
    result: str = ""
    done_by: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AusfallView:
    """An Ausfall as its screen shows it.

    Args:
        text: The absence in full: „Krank: Mi 25.11.2026 bis Fr 27.11.2026, 3 Tage“.
    """

    id: int
    event_id: int
    reason: str
    start: datetime
    end: datetime
    text: str
    state: AusfallState = AusfallState.OFFEN
    lines: tuple[AusfallLine, ...] = ()
    calls: tuple[CallLine, ...] = ()

    @property
    def open(self) -> int:
        """How many appointments are not decided."""
        return sum(1 for line in self.lines if line.open and not line.hidden)

    @property
    def waiting(self) -> int:
        """How many deputies have not answered."""
        return sum(1 for line in self.lines if line.asked)

    @property
    def to_call(self) -> int:
        """How many calls are to be made."""
        return sum(1 for call in self.calls if not call.done)

    @property
    def counts(self) -> str:
        """How far it is: „9 Termine, 3 offen, 1 Vertretung angefragt, 4 Anrufe“."""
        if not self.lines:
            return "kein Termin betroffen"
        parts = [plural(len(self.lines), "Termin", "Termine")]
        parts.append(f"{self.open} offen" if self.open else "alle entschieden")
        parts += [f"{self.waiting} angefragt"] if self.waiting else []
        parts += [plural(self.to_call, "Anruf", "Anrufe")] if self.to_call else []
        return ", ".join(parts)

    @property
    def title(self) -> str:
        """The name of its pile: „Krank ab 25.11.“."""
        first, last = self.start.date(), (self.end - timedelta(minutes=1)).date()
        return f"{self.reason or 'Abwesend'} {short_range(first, last)}"
