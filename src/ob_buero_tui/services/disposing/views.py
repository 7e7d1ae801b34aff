"""What the screen and the command of the Aussonderung show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.retention import RetentionClass, RetentionEnd
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.retention import DisposalState

TABLES = ("request", "event", "person")
"""The tables whose records are proposed, in the order of their numbers."""
_NOUNS = {
    "request": ("Vorgang", "Vorgänge"),
    "event": ("Termin", "Termine"),
    "person": ("Kontakt", "Kontakte"),
}
_STATES = {
    DisposalState.BEHALTEN: "behalten",
    DisposalState.ANGEBOTEN: "dem Archiv angeboten",
    DisposalState.UEBERNOMMEN: "vom Archiv übernommen",
    DisposalState.ABGELEHNT: "vom Archiv abgelehnt",
    DisposalState.VERNICHTET: "vernichtet",
}


def id_of(table: str, row_id: int) -> int:
    """One number for a record of any of the tables, as lists need it."""
    return row_id * len(TABLES) + TABLES.index(table)


def key_of(id: int) -> tuple[str, int]:
    """The table and the key behind such a number."""
    return TABLES[id % len(TABLES)], id // len(TABLES)


def given_out(place: Workplace, at: datetime) -> str:
    """German words on what left for the E-Akte and nobody has confirmed yet."""
    return (
        f"am {long_date(place.local(at).date())} für die E-Akte ausgegeben, die Übernahme ist nicht vermerkt"
    )


def came_after(place: Workplace, at: datetime) -> str:
    """German words on what left for the E-Akte and is not all of the record any more."""
    on = long_date(place.local(at).date())
    return f"seit der Ausgabe für die E-Akte am {on} kam etwas dazu; im Eingang mit P noch einmal ausgeben"


def several(ids: Collection[int]) -> str:
    """How many records of which kind these numbers are: „2 Termine“."""
    tables = {key_of(id)[0] for id in ids}
    one, many = _NOUNS[tables.pop()] if len(tables) == 1 else ("Datensatz", "Datensätze")
    return plural(len(ids), one, many)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One record whose retention is over, or about which something was decided.

    Args:
        name: What the record is called; covered where it is personal to another desk.
        begun_on: The day from which its retention counts.
        until: The last day on which it had to be kept.
        state: What was decided; None while nobody has.
        filed: It was given out for the E-Akte, and nobody has confirmed yet that the E-Akte has it, or has
            all of it.
        late: Something came after it was given out, so what the E-Akte has is not all of it.
        taken_over_on: The day on which somebody confirmed that; it is kept there from then on.
        decided: „angeboten am 2.11.2026 durch PS“, or "".
    """

    table: str
    row_id: int
    name: str
    begun_on: date
    until: date | None
    kept_as: RetentionClass | None
    state: DisposalState | None = None
    until_on: date | None = None
    decided: str = ""
    note: str = ""
    hidden: bool = False
    filed: str = ""
    late: bool = False
    taken_over_on: date | None = None

    @property
    def id(self) -> int:
        """The number of its row in lists."""
        return id_of(self.table, self.row_id)

    @property
    def must_be_offered(self) -> bool:
        """Whether the archive has to be asked before it may be destroyed."""
        answered = (DisposalState.UEBERNOMMEN, DisposalState.ABGELEHNT)
        offers = self.kept_as is not None and self.kept_as.then is RetentionEnd.ANBIETEN
        return offers and self.state not in answered and self.taken_over_on is None

    @property
    def step(self) -> str:
        """What is proposed next, or how it stands."""
        if self.state in (DisposalState.ANGEBOTEN, DisposalState.VERNICHTET):
            return _STATES[self.state]
        if self.late:
            return "noch einmal ausgeben"
        if self.filed:
            return "Übernahme vermerken"
        if self.state is DisposalState.BEHALTEN and self.until_on is not None:
            return f"behalten bis {self.until_on.day}.{self.until_on.month}.{self.until_on.year}"
        return "anbieten" if self.must_be_offered else "vernichten"

    @property
    def state_label(self) -> str:
        """What was decided, German."""
        return _STATES[self.state] if self.state is not None else ""
