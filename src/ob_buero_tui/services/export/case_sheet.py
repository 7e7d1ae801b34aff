"""The sheet of a closed request: everything the office knows of it, on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.case_out import CaseFileOut, CaseOut
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.whole_text import pieces
from ob_buero_tui.services.calendar.levels import levels_beside
from ob_buero_tui.services.export.case_levels import stricter_events
from ob_buero_tui.services.export.wanted import BUSY, Wanted
from ob_buero_tui.services.requests.record import field_text
from ob_buero_tui.services.requests.record_decision import decision_parts
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Message, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

TEMPLATE = "vorgang.typ"
SHEET = "Vorgang.pdf"
_WORDS = {"Begruendung": "Begründung", "Federfuehrung": "Federführung", "EMail": "E-Mail"}

Section = tuple[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    """What stands on a sheet: facts by name, and sections of lines."""

    number: str
    title: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def sections_of(place: Workplace, session: Session, request: Request, case: CaseOut) -> list[Section]:
    """What stands below the facts, without what is empty; checks stay, for they speak of other records."""
    kind = place.catalog.kinds.get(request.kind or "")
    specs = kind.fields_for(request.fields) if kind is not None else ()
    values = ((spec.label, field_text(spec, request.fields.get(spec.key))) for spec in specs)
    parts = decision_parts(place, session, request)
    stricter = stricter_events(session, request)
    found: list[Section] = [
        (
            "Entscheidung",
            [f"{_WORDS.get(name, name)}: {text}" for name, text in case.decision.items() if text],
        ),
        ("Angaben", [*_when(request), *(f"{name}: {text}" for name, text in values if text)]),
        ("Vertretung", parts["deputies"]),
        ("Rückfragen und Stellungnahmen", parts["inquiries"]),
        ("Termine", list(_events(place, session, request))),
        ("Aufgaben", list(_tasks(session, request, stricter))),
        ("Vermerke", list(_notes(place, session, request, stricter))),
        ("Nachricht", list(_letter(session, request))),
        ("Verlauf", [f"{short_date(at.date())} {clock(at)} {who}: {text}" for at, who, text in case.history]),
    ]
    return [(heading, lines) for heading, lines in found if lines]


def case_sheet(
    place: Workplace, case: CaseOut, sections: list[Section], office: str, files: Sequence[CaseFileOut]
) -> CaseFileOut:
    """The sheet as a file, with the list of the others."""
    ended = long_date(case.ended) if case.ended else ""
    facts = [(_WORDS.get(name, name), text) for name, text in (*case.general.items(), *case.sender.items())]
    facts += [("Beginn", long_date(case.begun)), ("Abschluss", ended)]
    listed = [f"{one.path}{'' if one.data is not None else ' (fehlt beim Büro)'}" for one in files]
    told = [*sections, *([("Dateien", listed)] if listed else [])]
    title = case.general.get("Betreff") or case.number
    sheet = SheetText(number=case.number, title=title, facts=facts, sections=told)
    data = sheet_pdf(place, sheet, office)
    return CaseFileOut(
        path=SHEET, kind="Vorgangsblatt", title=case.number, media_type="application/pdf", data=data
    )


def sheet_pdf(place: Workplace, sheet: SheetText, office: str) -> bytes:
    """A sheet of the E-Akte as PDF/A.

    Args:
        office: What the office calls itself.

    Raises:
        Refusal: the library for PDF files or the template is missing.
    """
    from ob_buero_tui.exchange.typst_pdf import make_pdf

    template = template_of(place.catalog, TEMPLATE, "Der Ordner für die E-Akte wurde nicht geschrieben.")
    now = place.now
    data = {
        "title": clean(sheet.title, limit=300) or sheet.number,
        "number": sheet.number,
        "office": office,
        "caution": "nur für den Dienstgebrauch",
        "printed": f"{long_date(now.date())} {clock(now)}",
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "facts": [
            [name if first else "", part]
            for name, text in sheet.facts
            if text
            for first, part in _parts(text)
        ],
        "sections": [
            {"heading": heading, "lines": [part for line in lines for _, part in _parts(line)]}
            for heading, lines in sheet.sections
        ],
    }
    return make_pdf(template, data, at=place.clock())


def _parts(text: str) -> list[tuple[bool, str]]:
    """A text in paragraphs, none of it cut, each with whether it is the first."""
    return [(number == 0, part) for number, part in enumerate(pieces(text))]


def _when(request: Request) -> list[str]:
    """When and where the event is that was asked for."""
    start = request.event_start
    day = f"{long_date(start.date())} {clock(start)}" if start is not None else ""
    told = ", ".join(part for part in (day, request.event_place) if part)
    return [f"Wann, wo: {told}"] if told else []


def _events(place: Workplace, session: Session, request: Request) -> Iterator[str]:
    """The appointments of the request; one that is stricter than the file is only taken."""
    wanted = Wanted()
    rows = session.scalars(
        select(Event)
        .join(RequestEvent, RequestEvent.event_id == Event.id)
        .where(RequestEvent.request_id == request.id, Event.trashed_at.is_(None))
        .order_by(Event.starts_at)
    ).all()
    beside = levels_beside(session, [row.id for row in rows])
    for row in rows:
        full = wanted.sees(row.confidentiality, *beside.get(row.id, ())) is View.FULL
        start = place.local(row.starts_at)
        at = "" if row.all_day else f" {clock(start)}"
        name = ", ".join(part for part in (row.summary, row.location) if part) if full else BUSY
        yield f"{long_date(start.date())}{at}: {name}"


def _tasks(session: Session, request: Request, stricter: frozenset[int]) -> Iterator[str]:
    rows = session.scalars(select(Task).where(Task.request_id == request.id).order_by(Task.id))
    for row in rows:
        if row.event_id in stricter:
            continue
        done = f"erledigt von {row.done_by}" if row.done_at else "offen"
        due = f", bis {long_date(row.due_on)}" if row.due_on else ""
        yield f"{row.label}{due}: {done}"


def _notes(place: Workplace, session: Session, request: Request, stricter: frozenset[int]) -> Iterator[str]:
    for row in session.scalars(select(Note).where(Note.request_id == request.id).order_by(Note.id)):
        if row.event_id in stricter:
            continue
        at = place.local(row.written_at)
        yield f"{short_date(at.date())} {clock(at)} {row.written_by}: {row.text}"
    yield from request.intake_notes


def _letter(session: Session, request: Request) -> Iterator[str]:
    for row in session.scalars(select(Message).where(Message.request_id == request.id).order_by(Message.id)):
        yield f"Von: {' '.join(part for part in (row.sender_name, row.sender_address) if part)}"
        yield from (part for part in row.body.split("\n\n") if part.strip())
