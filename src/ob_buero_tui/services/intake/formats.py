"""What reads which format: bytes of one file become records, or the German reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ob_buero_tui.rules.german import number
from ob_buero_tui.services.intake.calendar_changes import CalendarPlan
from ob_buero_tui.services.intake.calendar_plan import plan_calendar
from ob_buero_tui.services.intake.calendars import import_calendar
from ob_buero_tui.services.intake.event_rows import EventRows
from ob_buero_tui.services.intake.mail_plan import place_mail, prepare_mail
from ob_buero_tui.services.intake.mails import import_mail
from ob_buero_tui.services.intake.report import Counts, Status, event_counts
from ob_buero_tui.services.intake.source import Source
from ob_buero_tui.services.workplace import Workplace

NAMED = 3
"""How many left-out parts a line of the report spells out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of a file's content."""

    status: Status
    text: str
    counts: Counts = field(default_factory=Counts)
    ids: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _mail(place: Workplace, data: bytes, source: Source, dry_run: bool) -> Became:
    from ob_buero_tui.exchange.mail import read_mail

    prepared = prepare_mail(place.catalog, read_mail(data), place.clock(), place.zone)
    counts = Counts(requests=1)
    if dry_run:
        with place.reading() as session:
            plan = place_mail(session, prepared)
        return Became(status=Status.NEW, text=f"wäre neu: {prepared.label}", counts=counts, notes=plan.notes)
    for attachment in prepared.mail.attachments:
        # Written ahead, so that no other desk waits for the disk while the database is locked.
        place.attachments.store(attachment.data)
    done = import_mail(place, prepared, source)
    return Became(
        status=Status.NEW,
        text=f"neu: {done.number} {prepared.label}",
        counts=counts,
        ids=(done.request_id,),
        notes=done.plan.notes,
    )


def _calendar(place: Workplace, data: bytes, source: Source, dry_run: bool) -> Became:
    from ob_buero_tui.exchange.ics import read_calendar

    file = read_calendar(data, place.zone)
    if dry_run:
        rows = EventRows.of(place.catalog, place.desk.account, file, source.name)
        with place.reading() as session:
            plan = plan_calendar(session, file, rows, place.zone)
    else:
        plan = import_calendar(place, file, source)
    return _told(plan)


def _told(plan: CalendarPlan) -> Became:
    """A calendar's line: „3 Termine neu, 1 ersetzt, 2 unverändert; 1 übersprungen: …“."""
    counts = plan.counts
    text = event_counts(counts) or "keine Termine"
    if plan.problems:
        named = " ".join(plan.problems[:NAMED])
        more = f" und {number(len(plan.problems) - NAMED)} weitere" if len(plan.problems) > NAMED else ""
        text += f"; {number(counts.skipped)} übersprungen: {named}{more}"
    elif plan.notes and not event_counts(counts):
        text = " ".join(plan.notes[:NAMED])
    return Became(
        status=_status(counts),
        text=text,
        counts=counts,
        problems=tuple(plan.problems),
        notes=tuple(plan.notes),
    )


def _status(counts: Counts) -> Status:
    if counts.new:
        return Status.NEW
    if counts.changed:
        return Status.CHANGED
    return Status.REFUSED if counts.skipped and not counts.unchanged else Status.UNCHANGED


FORMATS: dict[str, Callable[[Workplace, bytes, Source, bool], Became]] = {".eml": _mail, ".ics": _calendar}
"""What reads which format, by the ending of the file's name in lower case."""
