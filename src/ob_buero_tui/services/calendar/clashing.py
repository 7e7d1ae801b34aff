"""The door to conflicts: what an appointment clashes with, and the refusal to save one without a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.candidates import Candidate, CandidateDate, candidate_of, stored_candidate
from ob_buero_tui.services.calendar.clash_changes import changed_events, matters
from ob_buero_tui.services.calendar.clash_finding import Clash, clashes_of
from ob_buero_tui.services.calendar.clash_texts import bounded
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride

__all__ = [
    "Candidate",
    "CandidateDate",
    "Clash",
    "Clashing",
    "candidate_of",
    "check",
    "clashes_of",
    "stored_candidate",
]


class Clashing(Refusal):
    """An appointment clashes, and nobody said why it should stand nevertheless.

    Args:
        clashes: What it clashes with.
    """

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__(
            f"Der Termin hat {plural(len(clashes), 'Konflikt', 'Konflikte')}.",
            " ".join(f"{text.removesuffix('.')}." for text in bounded(sentences(clashes))),
            "Wählen Sie eine andere Zeit, oder nennen Sie den Grund, aus dem er stehen bleibt.",
        )


def sentences(clashes: Iterable[Clash]) -> tuple[str, ...]:
    """The sentences of conflicts, each once."""
    return tuple(dict.fromkeys(clash.text for clash in clashes))


def check(
    work: Work, event: Event, override: EventOverride | None = None, reason: str = ""
) -> tuple[Clash, ...]:
    """See to it that an appointment just written clashes with nothing, or keep the reason why it may.

    Where this action changed nothing that conflicts depend on, nothing is asked. Dates that are over are
    not looked at.

    Args:
        override: The one date of the series that was changed; None for all of it.
        reason: Why its conflicts stand.

    Returns:
        The conflicts that were excused.

    Raises:
        Clashing: there are conflicts that nobody has excused, and no reason.
    """
    work.session.flush()
    if not matters(work, event, override):
        return ()
    only = override.recurrence_id if override is not None else None
    candidate = stored_candidate(work.session, work.place, event.id, only)
    clashes = clashes_of(work.session, work.place, candidate, anew=changed_events(work))
    if not clashes:
        return ()
    reason = clean(reason).strip()
    if not reason:
        raise Clashing(clashes)
    excuse(work, event.id, clashes, reason)
    return clashes


def excuse(work: Work, event_id: int, clashes: Iterable[Clash], reason: str) -> None:
    """Keep why conflicts of an appointment stand; an older reason for the same is replaced.

    Args:
        reason: Cleaned and not empty.
    """
    from ob_buero_tui.store.appointments import EventWaiver

    present = select(EventWaiver).where(EventWaiver.event_id == event_id)
    old = {
        (row.recurrence_id, row.other_id, row.other_recurrence_id, row.kind): row
        for row in work.session.scalars(present)
    }
    for clash in clashes:
        named = (clash.recurrence_id, clash.other_id, clash.other_recurrence_id, clash.kind.value)
        row = old.get(named)
        if row is None:
            row = EventWaiver(
                event_id=event_id,
                recurrence_id=clash.recurrence_id,
                other_id=clash.other_id,
                other_recurrence_id=clash.other_recurrence_id,
                kind=clash.kind.value,
            )
            work.session.add(row)
        row.spans, row.reason = clash.spans, reason
        row.given_by, row.given_at = work.desk.initials, work.at
        work.refer("event", clash.other_id)
