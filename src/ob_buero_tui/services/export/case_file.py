"""A closed request as the E-Akte takes it: its sheet, its letters as they came and left, its metadata."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui import __version__
from ob_buero_tui.exchange.case_out import CaseFileOut, CaseOut, case_json, case_tree, case_xml, checksums
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Confidentiality, View, label
from ob_buero_tui.services.answers.outbox import file_name
from ob_buero_tui.services.export.case_letters import Letter, letters_of
from ob_buero_tui.services.export.case_sheet import case_sheet, sections_of, sheet_pdf
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.requests.record_decision import decided_text, votum_text
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request

HIDDEN = (Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """The folder of one request, not yet written.

    Args:
        read_at: The newest step of the journal that is in it.
        name: What the folder is called.
        files: Paths with `/` and contents.
        lost: Files that the office no longer has, by title.
        left_out: What stays because it is vertraulich or persönlich, in German.
    """

    request_id: int
    read_at: int
    number: str
    name: str
    files: dict[str, bytes]
    lost: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def case_file(place: Workplace, request_id: int, office: str) -> CaseFile:
    """Put together what leaves of a request.

    Args:
        office: What the office calls itself.

    Raises:
        Refusal: it is open, in the trash, vertraulich or persönlich, or the library for PDF files is missing.
    """
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None:
            raise Refusal("Diesen Eingang gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
        refuse_unfit(place, request)
        read_at = session.scalar(select(func.max(Action.id))) or 0
        case = _case(place, session, request, office)
        letters, stays = letters_of(place, session, request)
        sections = sections_of(place, session, request, case)
    # Files are read and set after the state is let go: another desk must not wait for a PDF file.
    left_out = tuple(stays)
    told = [_filled(place, one, office) for one in letters]
    files = [case_sheet(place, case, sections, office, told), *told]
    tree = case_tree(replace(case, left_out=left_out), files)
    data = {one.path: one.data for one in files if one.data is not None}
    data |= {"metadaten.json": case_json(tree), "metadaten.xml": case_xml(tree)}
    data["pruefsummen.sha256"] = checksums(data)
    return CaseFile(
        request_id=request_id,
        read_at=read_at,
        number=request.number,
        name=file_name(request.number, request.subject, ""),
        files=data,
        lost=tuple(one.title for one in files if one.data is None),
        left_out=left_out,
    )


def refuse_unfit(place: Workplace, request: Request) -> None:
    """Refuse what does not belong into the E-Akte, with the reason.

    Raises:
        Refusal: it is open, in the trash, or its level keeps it in the office.
    """
    level = Confidentiality(request.confidentiality)
    what = f"{request.number} geht nicht in die E-Akte."
    if place.sees(request.confidentiality, request.owner) is not View.FULL or level in HIDDEN:
        how = "Stufen Sie ihn niedriger ein, wenn er in die E-Akte gehört."
        raise Refusal(what, f"Der Eingang ist {label(level)}; so verlässt er das Büro nicht.", how)
    if request.trashed_at is not None:
        raise Refusal(what, "Der Eingang liegt im Papierkorb.", "Holen Sie ihn zuerst zurück.")
    if not request.closed:
        raise Refusal(what, "Der Eingang ist noch nicht abgeschlossen.", "Schließen Sie ihn mit e ab.")


def _filled(place: Workplace, letter: Letter, office: str) -> CaseFileOut:
    """A file with its bytes; without them where the office has lost them."""
    if letter.sheet is not None:
        return replace(letter.file, data=sheet_pdf(place, letter.sheet, office))
    try:
        return replace(letter.file, data=place.attachments.read(letter.sha256))
    except OSError:
        return letter.file


def _case(place: Workplace, session: Session, request: Request, office: str) -> CaseOut:
    kind = place.catalog.kinds.get(request.kind or "")
    steps = history_of(place, session, "request", [request.id])
    return CaseOut(
        number=request.number,
        general={
            "Betreff": request.subject,
            "Kennzeichen": request.number,
            "Aktenzeichen": request.file_reference,
            "Vorgangsart": kind.label if kind is not None else (request.kind or ""),
            "Status": place.catalog.states.label(RequestState(request.state)),
            "Eingangsweg": request.channel,
            "Bearbeitung": request.assigned_to,
            "Vertraulichkeitsstufe": label(Confidentiality(request.confidentiality)),
            "Federfuehrung": office,
        },
        begun=place.local(request.received_at).date(),
        ended=request.closed_on,
        sender=dict(_sender(session, request)),
        decision={
            "Ausgang": request.outcome,
            "Begruendung": request.reason,
            "Entschieden": decided_text(place, session, request),
            "Votum": votum_text(request),
        },
        history=tuple((one.at, one.desk, f"{one.text}{' (zurückgenommen)' * one.undone}") for one in steps),
        left_out=(),
        made=place.now,
        program=f"ob-buero {__version__}",
    )


def _sender(session: Session, request: Request) -> Iterator[tuple[str, str]]:
    """Who asked, as far as their own level lets them out."""
    wanted = Wanted()
    person = session.get(Person, request.requester_id) if request.requester_id else None
    body = session.get(Organization, request.organization_id) if request.organization_id else None
    if person is not None and wanted.sees(person.confidentiality) is View.FULL:
        name = full_name(person.honorific_prefix, person.given_name, person.affix, person.family_name)
        yield "Name", name
        yield "EMail", person.email or ""
    if body is not None and wanted.sees(body.confidentiality) is View.FULL:
        yield "Organisation", body.name
