"""The full check of an office: the file, the search index, the calendar, the attachments, the numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.file_findings import finding_text
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers.kept import ENDINGS
from ob_buero_tui.services.answers.outbox import left_over
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.naming import KINDS, record_name
from ob_buero_tui.services.requests.numbers import number_text
from ob_buero_tui.services.spoilt import spoilt_index, spoilt_records
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import backup, derived, occurrences, opening, search
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.calendar import Event, Occurrence, OccurrenceWindow
from ob_buero_tui.store.documents import Attachment, Document, DocumentState, ImportedFile
from ob_buero_tui.store.engine import WORKER_PATIENCE_MS, make_engine
from ob_buero_tui.store.opening import FileState
from ob_buero_tui.store.references import BrokenReference, broken_references
from ob_buero_tui.store.requests import Message, Request, RequestNumber
from ob_buero_tui.store.shape import lacking_text, missing_columns
from ob_buero_tui.store.unreadable import spoilt_values, unreadable_moments

NAMED = 20
"""How many findings of one sort are named; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What the check found, as German sentences: problems, and remarks that are none.

    Args:
        mendable: Whether some of it goes when what is derived is built anew.
    """

    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    mendable: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything there is to say, problems first."""
        return (*self.problems, *self.remarks)


def check_database(office_path: Path, place: Workplace | None) -> CheckReport:
    """Check an office in full; nothing is changed.

    Args:
        office_path: The database file.
        place: The open office; `None` where it could not be opened: then only the file is looked at.

    Raises:
        Refusal: another desk holds the lock, or the disk fails.
    """
    damaged = _file(office_path)
    if damaged or place is None:
        return CheckReport(problems=damaged)
    return _contents(office_path, place.engine, place.attachments, read_only=place.read_only, place=place)


def check_office(path: Path, *folders: Path) -> CheckReport:
    """Check a database that this process has not opened; nothing is changed.

    Args:
        folders: Where its copies lie, the folder beside it first.

    Raises:
        Refusal: there is no such file, or it is none of ours, newer, or visibly damaged.
    """
    seen = opening.look(path, *folders)
    if seen.state is FileState.MISSING:
        raise Refusal(
            f"Unter „{path}“ gibt es keine Datenbank.",
            "",
            "Prüfen Sie --db, oder legen Sie mit „ob-buero init“ eine an.",
        )
    with translated():
        found = backup.integrity_problems(path)
    if found:
        raise opening.damage(path, found[0], *folders)
    if seen.state is FileState.OLDER:
        known = "Die Datenbank ist von einem älteren Stand; das nächste Öffnen bringt sie auf den neuen."
        return CheckReport(remarks=(known,))
    read_only = seen.state is FileState.READ_ONLY
    engine = make_engine(path, read_only=read_only)
    try:
        return _contents(path, engine, AttachmentFolder(path), read_only=read_only, place=None)
    finally:
        engine.dispose()


def _contents(
    path: Path, engine: Engine, attachments: AttachmentFolder, *, read_only: bool, place: Workplace | None
) -> CheckReport:
    with translated():
        spoilt = spoilt_values(path)
        reports = [_index(engine, read_only=read_only)]
        connection = engine.connect().execution_options(patience=WORKER_PATIENCE_MS)
        with connection, connection.begin(), Session(bind=connection) as session:
            today = place.today if place else None
            spoilt += unreadable_moments(session.connection().exec_driver_sql)
            reports.append(CheckReport(problems=derived_faults(session, today)))
            reports.append(CheckReport(problems=spoilt_index(spoilt)))
            mendable = any(report.problems for report in reports) and not read_only
            reports.append(_attachments(session, attachments, place))
            reports.append(CheckReport(problems=_references(session, place)))
            reports.append(CheckReport(problems=spoilt_records(session.connection(), spoilt, place)))
            if place is not None:
                reports.append(_unready_letters(session, place))
    return CheckReport(
        problems=tuple(line for report in reports for line in some(report.problems)),
        remarks=tuple(line for report in reports for line in some(report.remarks)),
        mendable=mendable,
    )


def derived_faults(session: Session, today: date | None, *, quick: bool = False) -> tuple[str, ...]:
    """What is wrong with tables that are derived from the records; `services.repairing` mends it.

    Args:
        today: The office's day; `None` where no office is open.
        quick: Whether only what SQLite alone finds is looked for in the calendar, beside a desk that works.
    """
    lacking = derived.lacking(session.connection())
    if lacking:
        found: tuple[str, ...] = (f"Es fehlen Tabellen der Suche oder der Termine: {', '.join(lacking)}.",)
    else:
        found = (*_documents(session), *_calendar(session, today, quick=quick))
    return (*found, *_numbers(session), *_paper_numbers(session))


def unmendable(session: Session, place: Workplace | None) -> tuple[str, ...]:
    """What is wrong and takes a human: references that lead nowhere, and numbers that stand twice."""
    lines = (*_numbers(session), *_paper_numbers(session), *_references(session, place))
    return tuple(f"Nicht geändert: {line}" for line in lines)


def some(lines: tuple[str, ...]) -> tuple[str, ...]:
    rest = len(lines) - NAMED
    return (*lines[:NAMED], f"… und {plural(rest, 'weiterer', 'weitere')} dieser Art.") if rest > 0 else lines


def _file(path: Path) -> tuple[str, ...]:
    with translated():
        found = backup.integrity_problems(path)
        lacking = () if found else missing_columns(path)
    if lacking:
        return (f"Die Datenbank passt nicht zu diesem Programm. {lacking_text(lacking)}",)
    return tuple(f"Die Datenbank ist beschädigt: {finding_text(item)}." for item in found)


def _references(session: Session, place: Workplace | None) -> tuple[str, ...]:
    connection = session.connection()
    return tuple(reference_sentence(connection, one, place) for one in broken_references(connection))


def _documents(session: Session) -> tuple[str, ...]:
    wrong = search.differing(session.connection())
    return (
        (f"In der Suche fehlt oder steht zu viel: {plural(wrong, 'Eintrag', 'Einträge')}.",) if wrong else ()
    )


def reference_sentence(connection: Connection, one: BrokenReference, place: Workplace | None) -> str:
    """A reference that leads nowhere, with the names that a clerk knows both records by."""
    source = record_name(connection, one.table, one.row_id, place)
    gone = record_name(connection, one.parent, one.parent_id, place)
    kind = KINDS.get(one.parent, "Datensatz")
    # What the journal never knew has no name.
    named = f"{kind} Nr. {one.parent_id}" if gone == kind else f"{gone} (Nr. {one.parent_id})"
    return f"{source}: verweist auf {named}; diesen Datensatz gibt es nicht ({one.table}.{one.column})."


def _index(engine: Engine, *, read_only: bool) -> CheckReport:
    if read_only:
        known = "Der Suchindex wurde nicht geprüft: die Datenbank ist nur zum Lesen geöffnet."
        return CheckReport(remarks=(known,))
    connection = engine.connect().execution_options(writing=True, patience=WORKER_PATIENCE_MS)
    with connection, connection.begin() as begun:
        sound = search.sound(connection)
        begun.rollback()
    return CheckReport(problems=() if sound else ("Der Suchindex stimmt nicht mit den Datensätzen überein.",))


def _calendar(session: Session, today: date | None, *, quick: bool) -> tuple[str, ...]:
    """The window of occurrences is derived; what is wrong in it shows wrong days."""
    if session.scalar(select(OccurrenceWindow.id)) is None:
        return ()
    connection = session.connection()
    window = occurrences.filled_window(connection)
    if window is None:
        return ("Wie weit die Terminübersicht reicht, ist unlesbar.",)
    wrong = []
    first, last = window
    if first > last or (today and not first <= today <= last):
        span = f"{long_date(first)} bis {long_date(last)}"
        wrong.append(f"Die Terminübersicht reicht von {span}; das kann nicht stimmen.")
    strays = session.scalars(
        select(Occurrence.event_id)
        .outerjoin(Event, Event.id == Occurrence.event_id)
        .where(Event.id.is_(None) | Event.trashed_at.is_not(None))
        .distinct()
    ).all()
    if strays:
        gone = plural(len(strays), "gelöschten Termin", "gelöschte Termine")
        wrong.append(f"Die Terminübersicht zeigt {gone}.")
    if session.scalar(select(Occurrence.id).where(Occurrence.ends_at < Occurrence.starts_at).limit(1)):
        wrong.append("Die Terminübersicht zeigt Termine, die vor ihrem Anfang enden.")
    other = occurrences.missing(connection) if quick else occurrences.differing(connection)
    if other:
        events = plural(other, "Termin", "Terminen")
        wrong.append(f"In der Terminübersicht fehlen Tage, oder es sind andere, bei {events}.")
    return tuple(wrong)


def _attachments(session: Session, folder: AttachmentFolder, place: Workplace | None) -> CheckReport:
    """Every row has its bytes; a file without a row is left over from an undone import, which is no fault."""
    wrong, wanted = [], set()
    rows = session.execute(select(Attachment.id, Attachment.sha256, Attachment.size).order_by(Attachment.id))
    for row in rows.all():
        wanted.add(row.sha256)
        fault = _file_fault(folder.path(row.sha256), row.sha256, row.size)
        if fault:
            name = record_name(session.connection(), "attachment", row.id, place)
            wrong.append(f"{name}: {fault}.")
    letters = select(Message.request_id, Message.original_sha256).where(Message.original_sha256 != "")
    for request_id, sha256 in session.execute(letters.order_by(Message.id)).all():
        fault = "" if sha256 in wanted else _file_fault(folder.path(sha256), sha256, None)
        wanted.add(sha256)
        if fault:
            name = record_name(session.connection(), "request", request_id, place)
            wrong.append(f"{name}, die Nachricht, wie sie ankam: {fault}.")
    sent = select(Document.id, Document.sha256).where(Document.sha256 != "", Document.sent_how.in_(ENDINGS))
    for key, sha256 in session.execute(sent.order_by(Document.id)).all():
        fault = "" if sha256 in wanted else _file_fault(folder.path(sha256), sha256, None)
        wanted.add(sha256)
        if fault:
            name = record_name(session.connection(), "document", key, place)
            wrong.append(f"{name}, wie es hinausging: {fault}.")
    wanted |= set(session.scalars(select(ImportedFile.sha256)))
    left_over = (folder.path(item) for item in sorted(folder.known() - wanted))
    remarks = tuple(f"Übrig geblieben, von keinem Eingang genannt: „{path}“." for path in left_over)
    return CheckReport(problems=tuple(wrong), remarks=remarks)


def _file_fault(path: Path, sha256: str, size: int | None) -> str:
    """What is wrong with a file, "" for nothing; a size that nobody wrote down is not compared."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            found = file.tell()
    except OSError:
        return f"die Datei „{path}“ fehlt oder ist nicht lesbar"
    if size is not None and found != size:
        return f"die Datei „{path}“ hat {found} statt {size} Bytes"
    return "" if digest == sha256 else f"der Inhalt der Datei „{path}“ ist verändert"


def _unready_letters(session: Session, place: Workplace) -> CheckReport:
    """Letters whose file has not got its name: a process was ended while it sent them."""
    wrong = []
    for path in left_over(place.out_folder):
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            continue
        out = select(Document.id).where(
            Document.sha256 == digest, Document.state == DocumentState.HINAUS.value
        )
        key = session.scalar(out.limit(1))
        if key is None:
            wrong.append(f"„{path}“ ist nicht hinaus: Das Senden wurde unterbrochen. Löschen Sie die Datei.")
        else:
            name = record_name(session.connection(), "document", key, place)
            wrong.append(f"{name} gilt als hinaus, ihre Datei heißt noch „{path}“. Benennen Sie sie um.")
    return CheckReport(problems=tuple(wrong))


def _numbers(session: Session) -> tuple[str, ...]:
    """A number belongs to one request for ever; `vergeben` while that request is there."""
    entries = session.execute(
        select(RequestNumber.year, RequestNumber.serial, RequestNumber.state, Request.number)
        .outerjoin(Request, Request.id == RequestNumber.request_id)
        .order_by(RequestNumber.year, RequestNumber.serial)
    ).all()
    wrong, registered = [], set()
    for year, serial, state, number in entries:
        text = number_text(year, serial)
        registered.add(text)
        if number is None and state != "storniert":
            wrong.append(f"Die Nummer {text} ist vergeben, den Eingang gibt es nicht.")
        elif number is not None and (number != text or state != "vergeben"):
            wrong.append(f"Die Nummer {text} ist {state}, der Eingang heißt {clean(number)}.")
    numbers = session.scalars(select(Request.number).order_by(Request.id)).all()
    missing = (number for number in numbers if number not in registered)
    wrong += [f"Die Nummer {clean(number)} steht nicht im Register." for number in missing]
    return tuple(wrong)


def _paper_numbers(session: Session) -> tuple[str, ...]:
    from ob_buero_tui.services.council.paper_numbers import register_faults  # only a check maps the council

    return register_faults(session)
