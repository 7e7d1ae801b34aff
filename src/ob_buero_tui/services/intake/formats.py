"""What reads which format: bytes of one file become records, or the German reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from ob_buero_tui.exchange.mbox import Bytes
from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules.german import number, plural
from ob_buero_tui.services.calendar.brought_clashes import brought_clashes
from ob_buero_tui.services.erasing.erased_uids import stand_ins_of
from ob_buero_tui.services.intake.calendar_changes import CalendarPlan
from ob_buero_tui.services.intake.calendar_plan import plan_calendar
from ob_buero_tui.services.intake.calendars import import_calendar
from ob_buero_tui.services.intake.event_rows import EventRows
from ob_buero_tui.services.intake.keeping import store
from ob_buero_tui.services.intake.mail_plan import place_mail, prepare_mail
from ob_buero_tui.services.intake.mailboxes import mailbox_text, read_mailbox
from ob_buero_tui.services.intake.mails import import_mail, import_mails
from ob_buero_tui.services.intake.oparl import counted, import_oparl
from ob_buero_tui.services.intake.oparl_counts import council_text
from ob_buero_tui.services.intake.oparl_plan import plan_council
from ob_buero_tui.services.intake.papers import import_scan, prepare_scan
from ob_buero_tui.services.intake.people import import_vcard
from ob_buero_tui.services.intake.people_plan import plan_people
from ob_buero_tui.services.intake.report import Counts, Status, event_counts, people_counts
from ob_buero_tui.services.intake.sheet_rows import import_sheet
from ob_buero_tui.services.intake.source import Source
from ob_buero_tui.services.intake.zone_names import aliases_of
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
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How files are read.

    Args:
        dry_run: Write nothing; say what would become of the file.
        accept_columns: Take the proposed columns of an unknown list as confirmed.
        zones: IANA names by names of zones that are explained just for this.
    """

    dry_run: bool = False
    accept_columns: bool = False
    zones: Mapping[str, str] = field(default_factory=dict)


def _mail(place: Workplace, data: bytes, source: Source, terms: Terms) -> Became:
    from ob_buero_tui.exchange.mail import read_mail

    return _letter(place, read_mail(data), data, source, terms)


def _outlook(place: Workplace, data: bytes, source: Source, terms: Terms) -> Became:
    from ob_buero_tui.exchange.msg import read_msg

    return _letter(place, read_msg(data), data, source, terms)


def _letter(place: Workplace, mail: MailRecord, data: bytes, source: Source, terms: Terms) -> Became:
    """One letter, with the bytes it came as."""
    prepared = prepare_mail(place.catalog, mail, place.clock(), place.zone)
    counts = Counts(requests=1)
    with place.reading() as session:
        plan = place_mail(session, prepared)
    if plan.place.same_as:
        return Became(status=Status.KNOWN, text=f"bekannt: dieselbe Nachricht wie {plan.place.same_as}")
    if terms.dry_run:
        return Became(status=Status.NEW, text=f"wäre neu: {prepared.label}", counts=counts, notes=plan.notes)
    # Written ahead, so that no other desk waits for the disk while the database is locked.
    original = store(place.attachments, mail.attachments, data)
    done = import_mail(place, prepared.lightened(original), source)
    return Became(
        status=Status.NEW,
        text=f"neu: {done.number} {prepared.label}",
        counts=counts,
        ids=(done.request_id,),
        notes=done.plan.notes,
    )


def _mailbox(place: Workplace, data: Bytes, source: Source, terms: Terms) -> Became:
    box = read_mailbox(place, data, dry_run=terms.dry_run)
    taken: Sequence[object] = box.letters
    ids: tuple[int, ...] = ()
    if box.letters and not terms.dry_run:
        taken = done = import_mails(place, box.letters, source)
        ids = tuple(one.request_id for one in done)
    counts = Counts(requests=len(taken), skipped=len(box.problems), unchanged_requests=box.known)
    return Became(
        status=_status(counts),
        text=_with_problems(mailbox_text(taken, box), counts.skipped, box.problems),
        counts=counts,
        ids=ids,
        problems=tuple(box.problems),
        notes=box.notes,
    )


def _calendar(place: Workplace, data: bytes, source: Source, terms: Terms) -> Became:
    from ob_buero_tui.exchange.ics import read_calendar

    file = read_calendar(data, place.zone, aliases_of(place) | dict(terms.zones))
    if terms.dry_run:
        rows = EventRows.of(place.catalog, place.desk.account, file, source.name)
        with place.reading() as session:
            plan = plan_calendar(place, session, file, rows)
    else:
        with suppress(OSError), place.reading() as session:  # then the plan says so
            stand_ins_of(place, session)  # read ahead, so that no other desk waits for it
        plan = import_calendar(place, file, source)
    return replace(_told(plan, brought_clashes(place, plan.written)), zones=file.guessed_zones)


def _told(plan: CalendarPlan, clashes: Sequence[str] = ()) -> Became:
    """A calendar's line: „3 Termine neu, 1 ersetzt, 2 unverändert; 1 übersprungen: …“."""
    counts = plan.counts
    text = event_counts(counts) or "keine Termine"
    if plan.problems:
        text = _with_problems(text, counts.skipped, plan.problems)
    elif plan.notes and not event_counts(counts):
        text = " ".join(plan.notes[:NAMED])
    if clashes:
        text = f"{text}; Konflikte: {'; '.join(clashes)}"
    return Became(
        status=_status(counts),
        text=text,
        counts=counts,
        problems=tuple(plan.problems),
        notes=(*plan.notes, *plan.followed),
    )


def _cards(place: Workplace, data: bytes, source: Source, terms: Terms) -> Became:
    from ob_buero_tui.exchange.vcard import read_cards

    file = read_cards(data)
    if terms.dry_run:
        with place.reading() as session:
            plan = plan_people(session, file, source.name, place.today)
    else:
        plan = import_vcard(place, file, source)
    text = people_counts(plan.counts) or "keine Personen"
    return Became(
        status=_status(plan.counts),
        text=_with_problems(text, plan.counts.skipped, plan.problems),
        counts=plan.counts,
        problems=tuple(plan.problems),
        notes=tuple(plan.notes),
    )


def _council(place: Workplace, data: bytes, source: Source, terms: Terms) -> Became:
    from ob_buero_tui.exchange.oparl import read_oparl

    file = read_oparl(data, place.zone)
    if terms.dry_run:
        with place.reading() as session:
            plan = plan_council(session, place.catalog, file)
        objects = counted(plan)
    else:
        plan, objects = import_oparl(place, file, source)
    counts = Counts(council=objects, skipped=len(plan.problems))
    text = _with_problems(council_text(objects) or "nichts Neues", counts.skipped, plan.problems)
    return Became(
        status=_status(counts),
        text=text,
        counts=counts,
        problems=tuple(plan.problems),
        notes=tuple(plan.notes),
    )


def _sheet(place: Workplace, data: bytes, source: Source, terms: Terms) -> Became:
    from ob_buero_tui.services.intake.sheet_reading import read_sheet

    read = read_sheet(place, data, source, accept=terms.accept_columns, dry_run=terms.dry_run)
    if read.waiting:
        return Became(status=Status.WAITING, text=read.text, problems=(read.text,), notes=read.notes)
    ids: tuple[int, ...] = ()
    brought = len(read.rows)
    if read.rows and not terms.dry_run:
        ids = import_sheet(place, read.rows, source)
        brought = len(ids)
    counts = Counts(requests=brought, skipped=len(read.problems), unchanged_requests=read.known)
    told = (
        f"{plural(brought, 'Eingang', 'Eingänge')} neu" if brought else "",
        f"{read.known} bekannt" if read.known else "",
    )
    return Became(
        status=_status(counts),
        text=_with_problems(", ".join(filter(None, told)) or "keine Zeilen", counts.skipped, read.problems),
        counts=counts,
        ids=ids,
        problems=tuple(read.problems),
        notes=read.notes,
    )


def _scan(place: Workplace, data: bytes, source: Source, terms: Terms) -> Became:
    from ob_buero_tui.exchange.scan import read_scan

    prepared = prepare_scan(place, read_scan(data, f".{source.format}"), data, source.name)
    counts = Counts(requests=1)
    if terms.dry_run:
        text = f"wäre neu: {prepared.label}"
        return Became(status=Status.NEW, text=text, counts=counts, notes=prepared.notes)
    done = import_scan(place, prepared, source)
    text = f"neu: {done.number} {prepared.label}"
    return Became(status=Status.NEW, text=text, counts=counts, ids=(done.request_id,), notes=prepared.notes)


def _with_problems(text: str, skipped: int, problems: Sequence[str]) -> str:
    """A line with the first reasons why parts of a file were left out."""
    if not problems:
        return text
    named = " ".join(problems[:NAMED])
    more = f" und {number(len(problems) - NAMED)} weitere" if len(problems) > NAMED else ""
    return f"{text}; {number(skipped)} übersprungen: {named}{more}"


def _status(counts: Counts) -> Status:
    if counts.new:
        return Status.NEW
    if counts.changed:
        return Status.CHANGED
    known = counts.unchanged or counts.known_people or counts.council.unchanged or counts.unchanged_requests
    return Status.REFUSED if counts.skipped and not known else Status.UNCHANGED


FORMATS: dict[str, Callable[[Workplace, Any, Source, Terms], Became]] = {
    ".csv": _sheet,
    ".docx": _scan,
    ".eml": _mail,
    ".mbox": _mailbox,
    ".msg": _outlook,
    ".ods": _sheet,
    ".xlsx": _sheet,
    ".ics": _calendar,
    ".jpeg": _scan,
    ".jpg": _scan,
    ".json": _council,
    ".pdf": _scan,
    ".png": _scan,
    ".tif": _scan,
    ".tiff": _scan,
    ".vcf": _cards,
}
"""What reads which format, by the ending of the file's name in lower case."""
