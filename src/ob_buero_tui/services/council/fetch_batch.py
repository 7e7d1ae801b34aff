"""What was fetched and is not written yet, and the use case that writes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ob_buero_tui.exchange.oparl import merged
from ob_buero_tui.exchange.oparl_defects import defects
from ob_buero_tui.exchange.oparl_records import OparlFile, OparlRecord
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.council.endpoints import VERB, Endpoint, note, remember
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.oparl import counted, take_in, told_counts
from ob_buero_tui.services.intake.oparl_counts import CouncilCounts, council_text
from ob_buero_tui.services.intake.oparl_plan_items import CouncilPlan
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace

NAMED = 50
NAMES = ("Body", "System")
"""Whose name an endpoint goes by, the better one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What one batch brought.

    Args:
        written: Whether anything was; otherwise the mark was not kept either.
    """

    plan: CouncilPlan
    counts: CouncilCounts
    mark: Endpoint
    written: bool


@use_case(VERB)
def bring_fetched(work: Work, file: OparlFile, mark: Endpoint) -> Brought:
    """Bring in what was fetched, and keep how far the fetch is with it.

    Args:
        mark: How far the fetch is once these objects are in.
    """
    plan, writing = take_in(work, file)
    counts = counted(plan, writing)
    written = work.recorder.count > 0
    if written:
        mark = note(work.session.connection(), mark)
        work.tell(endpoint=mark.id, counts=told_counts(counts))
    return Brought(plan=plan, counts=counts, mark=mark, written=written)


@dataclass(slots=True)
class Batch:
    """Collects whole pages, and what became of those that are written."""

    counts: CouncilCounts = field(default_factory=CouncilCounts)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _records: dict[tuple[str, str], OparlRecord] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many objects wait to be written."""
        return len(self._records)

    @property
    def name(self) -> str:
        """What the endpoint calls itself; "" where it does not say."""
        return next((self._names[type_] for type_ in NAMES if self._names.get(type_)), "")

    def add(self, file: OparlFile) -> None:
        """Add a page; an object that came before becomes one with it."""
        for record in file.records:
            key = (record.type, record.id)
            known = self._records.get(key)
            self._records[key] = record if known is None else merged(known, record)
            if record.type in NAMES and not record.deleted:
                self._names.setdefault(record.type, record.values.get("name", ""))
        self._tell(self.problems, file.problems)
        # What objects lack is counted once over all pages.
        counted_here = defects(file.records)
        self._tell(self.notes, [note for note in file.notes if note not in counted_here])

    def bring(self, place: Workplace, mark: Endpoint) -> Endpoint:
        """Write what waits; returns the mark with its key."""
        file = OparlFile(records=tuple(self._records.values()))
        brought = bring_fetched(place, file, mark)
        self._tell(self.notes, defects(file.records))
        self._records.clear()
        self.counts += brought.counts
        self._tell(self.problems, brought.plan.problems)
        self._tell(self.notes, brought.plan.notes)
        return brought.mark if brought.written else remember(place, mark)

    def _tell(self, told: list[str], more: object) -> None:
        for text in more if isinstance(more, list | tuple) else ():
            if text not in told and len(told) < NAMED:
                told.append(clean(text))


@sentence(VERB)
def _fetched(params: Params) -> str:
    told = council_text(CouncilCounts(**params.get("counts", {})))
    return (
        f"aus dem Ratsinformationssystem geholt: {told}" if told else "aus dem Ratsinformationssystem geholt"
    )
