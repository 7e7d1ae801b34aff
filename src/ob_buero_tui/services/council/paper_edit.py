"""The verbs on papers that this office leads: new, changed, supplemented, released, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from ob_buero_tui.catalog.papers import PaperKind, office_number, paper_rules
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council.leading import WIR, led_by
from ob_buero_tui.services.council.paper_checks import DIRECTION
from ob_buero_tui.services.council.paper_numbers import give_number, give_supplement
from ob_buero_tui.services.council.paper_stations import PaperSteps, bodies_of, read_steps, station_rows
from ob_buero_tui.services.council.sittings import seats_of
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import (
    PAPER_STATES,
    AgendaItem,
    Body,
    Consultation,
    ConsultationOrganization,
    Meeting,
    Paper,
    PaperParty,
    PaperRelation,
)
from ob_buero_tui.store.people import Organization

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


ORIGINAL = "superordinated_paper"
"""The role of a supplement's relation to what it supplements, OParl's property in snake case."""
STATE_WORDS = {
    "": "ohne Stand",
    "entwurf": "Entwurf",
    "mitzeichnung": "Mitzeichnung",
    "freigegeben": "freigegeben",
    "beschlossen": "beschlossen",
    "zurueckgezogen": "zurückgezogen",
}
"""How far a paper is, in German, in the order of its way."""
TITLE_LENGTH, TEXT_LENGTH, NOTE_LENGTH = 1000, 200, 20_000
_AGAIN = "Prüfen Sie die Angaben."


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperValues:
    """What the office writes down about a paper.

    Args:
        name: Its title.
        kind: Key of the catalog's kind.
        office_id: The office that is responsible (Federführung).
        author: Who wrote it, initials or a name.
        file_reference: The Aktenzeichen.
        on: The day it bears; None: today.
        deadline_on: By when it must be decided.
        number: A number laid down by hand; empty: the next one. Only for a paper without one.
    """

    name: str
    kind: str
    office_id: int | None = None
    author: str = ""
    file_reference: str = ""
    on: date | None = None
    deadline_on: date | None = None
    confidentiality: Confidentiality = Confidentiality.OEFFENTLICH
    note: str = ""
    number: str = ""


@use_case("create_paper")
def create_paper(work: Work, values: PaperValues) -> Done:
    """Make a paper with its number.

    Raises:
        Refusal: it has no title or no kind, or its number was given out before.
    """
    kind = _kind(work, values.kind)
    paper = _new(work, values, kind)
    reference = give_number(work, paper, kind, _office(work, values.office_id), values.number)
    work.tell(table="paper", ids=[paper.id])
    return Done(ids=(paper.id,), text=f"{clean(reference)} „{shorten(paper.name, 40)}“ angelegt")


@use_case("supplement_paper")
def supplement_paper(work: Work, paper_id: int, values: PaperValues) -> Done:
    """Make a supplement to a paper: its number with /n, and the same way through the bodies from here on.

    Raises:
        Refusal: as `create_paper`, or the paper has no number.
    """
    base = _seen(work, paper_id)
    kind = _kind(work, values.kind)
    paper = _new(work, values, kind)
    reference = give_supplement(work, paper, kind, _root(work, base))
    root = _root(work, base)
    work.session.add(PaperRelation(paper_id=paper.id, other_id=root.id, role=ORIGINAL))
    _same_way(work, base, paper)
    work.tell(table="paper", ids=[paper.id])
    work.refer("paper", root.id)
    return Done(ids=(paper.id,), text=f"{clean(reference)} ergänzt {clean(root.reference)}")


@use_case("edit_paper")
def edit_paper(work: Work, paper_id: int, values: PaperValues, version: int | None = None) -> Done:
    """Change what is written down about a paper; its number stays once it has one.

    Args:
        version: That of the paper when the form was opened; None: whatever it is now.

    Raises:
        Refusal: the council information system leads it, another desk changed it meanwhile, it has no title
            or no kind.
    """
    paper = own_paper(work, paper_id)
    if version is not None and version != paper.version:
        raise Refusal(
            f"{named_paper(paper)} wurde inzwischen an einem anderen Platz geändert.",
            "Ihr Text steht noch im Formular und bleibt als Entwurf.",
            "Schließen Sie es mit Esc, sehen Sie die Vorlage an, und öffnen Sie es wieder.",
        )
    kind = _kind(work, values.kind)
    _write(work, paper, values, kind)
    if not paper.reference:
        give_number(work, paper, kind, _office(work, values.office_id), values.number)
    elif values.number and clean(values.number).strip() != paper.reference:
        raise Refusal(
            f"{clean(paper.reference)} behält die Nummer.",
            "Eine vergebene Nummer wird nicht geändert.",
            "Ziehen Sie die Vorlage zurück, und legen Sie eine neue an.",
        )
    work.tell(table="paper", ids=[paper.id])
    return Done(ids=(paper.id,), text=f"{named_paper(paper)}: geändert{_still_public(work, paper)}")


def _still_public(work: Work, paper: Paper) -> str:
    """That a paper which is not public stands in the public part of an agenda to come; else nothing."""
    if paper.confidentiality == Confidentiality.OEFFENTLICH.value:
        return ""
    found = work.session.scalar(
        select(AgendaItem.number)
        .join(Consultation, Consultation.agenda_item_id == AgendaItem.id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Consultation.paper_id == paper.id, Consultation.deleted.is_(False))
        .where(AgendaItem.public.is_(True), AgendaItem.deleted.is_(False), AgendaItem.withdrawn.is_(False))
        .where(Meeting.start >= work.now, Meeting.cancelled.is_(False), Meeting.deleted.is_(False))
        .limit(1)
    )
    if found is None:
        return ""
    return f" · TOP {clean(found)} steht noch im öffentlichen Teil, nach außen nur mit allgemeinem Begriff"


@use_case("set_paper_state")
def set_paper_state(work: Work, paper_ids: Sequence[int], state: str) -> Done:
    """Say how far papers are on their way through the house.

    Raises:
        Refusal: there is no such state, or the council information system leads one of them.
    """
    if state not in PAPER_STATES:
        raise Refusal(f"Den Stand „{clean(state)}“ gibt es nicht.", "", "Wählen Sie einen anderen.")
    papers = [own_paper(work, key) for key in dict.fromkeys(paper_ids)]
    if not papers:
        raise Refusal("Es ist keine Vorlage ausgewählt.", "", "Wählen Sie eine Vorlage aus.")
    for paper in papers:
        paper.state = state
    work.tell(table="paper", ids=[paper.id for paper in papers], state=state)
    what = named_paper(papers[0]) if len(papers) == 1 else f"{len(papers)} Vorlagen"
    return Done(ids=tuple(paper.id for paper in papers), text=f"{what}: {STATE_WORDS[state]}")


@use_case("note_paper")
def note_paper(work: Work, paper_ids: Sequence[int], text: str) -> Done:
    """Add a remark to papers, with day and initials before it; also to those that come from elsewhere."""
    text = clean(text, multiline=True, limit=NOTE_LENGTH).strip()
    if not text:
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    papers = [_seen(work, key) for key in dict.fromkeys(paper_ids)]
    written = f"{short_date(work.today)} {work.desk.initials}: {text}"
    for paper in papers:
        paper.note = f"{paper.note}\n{written}" if paper.note else written
    work.tell(table="paper", ids=[paper.id for paper in papers])
    what = named_paper(papers[0]) if len(papers) == 1 else f"{len(papers)} Vorlagen"
    return Done(ids=tuple(paper.id for paper in papers), text=f"{what}: Notiz gespeichert")


def own_paper(work: Work, paper_id: int) -> Paper:
    """A paper that this office may change.

    Raises:
        Refusal: it is gone or personal, or the council information system leads it.
    """
    paper = _seen(work, paper_id)
    if not leads_paper(work.session, work.place, paper):
        raise Refusal(
            f"{named_paper(paper)} führt das Ratsinformationssystem.",
            "Hier lässt sie sich lesen; was Sie hier ändern, käme dort nicht an.",
            "Ändern Sie sie dort, oder legen Sie unter Sitzungen fest, dass das Büro ihre Gremien führt.",
        )
    return paper


def leads_paper(session: Session, place: Workplace, paper: Paper, steps: PaperSteps | None = None) -> bool:
    """Whether this office leads a paper: it made it, or it leads all bodies the paper is put before.

    Args:
        steps: Of the paper, where they were read already.
    """
    if paper.oparl_id is None:
        return True
    known = steps or read_steps(session, place, [paper.id])
    keys = {key for named in known.bodies.values() for key, _ in named}
    keys |= {seat.id for seats in known.seats.values() for seat in seats}
    bodies = [session.get(Organization, key) for key in sorted(keys)]
    return bool(bodies) and all(one is not None and led_by(place.catalog, one) == WIR for one in bodies)


def named_paper(paper: Paper) -> str:
    """What sentences call a paper: its number, else its title."""
    return clean(paper.reference) or f"„{shorten(paper.name, 40) or 'Vorlage'}“"


def _seen(work: Work, paper_id: int) -> Paper:
    paper = work.get(Paper, paper_id)
    if paper.deleted or work.place.sees(paper.confidentiality, "") is not View.FULL:
        why = "Das Ratsinformationssystem hat sie gelöscht." if paper.deleted else "Sie ist persönlich."
        raise Refusal("Diese Vorlage lässt sich nicht ändern.", why, "Wählen Sie eine andere.")
    return paper


def _kind(work: Work, key: str) -> PaperKind:
    kind = paper_rules(work.catalog).kinds.get(key)
    if kind is None:
        raise Refusal(
            f"Die Art „{clean(key)}“ gibt es nicht." if key else "Die Vorlage hat keine Art.",
            "",
            "Die Arten stehen in papers.toml.",
        )
    return kind


def _office(work: Work, office_id: int | None) -> Organization | None:
    return work.get(Organization, office_id) if office_id is not None else None


def _new(work: Work, values: PaperValues, kind: PaperKind) -> Paper:
    paper = Paper(extra={}, state="entwurf", body_id=_only_body(work))
    paper.date = values.on or work.today
    work.session.add(paper)
    _write(work, paper, values, kind)
    paper.file_reference = paper.file_reference or _proposed_reference(work, values.office_id)
    return paper


def _proposed_reference(work: Work, office_id: int | None) -> str:
    """The Aktenzeichen by the office's pattern; empty where a part of it is not known."""
    pattern, office = paper_rules(work.catalog).file_reference, _office(work, office_id)
    names = (office.short_name, office.name) if office is not None else ()
    parts = {"{AMT}": office_number(work.catalog, *names), "{KUERZEL}": work.desk.initials}
    if any(token in pattern and not value for token, value in parts.items()):
        return ""
    for token, value in parts.items():
        pattern = pattern.replace(token, value)
    return pattern


def _write(work: Work, paper: Paper, values: PaperValues, kind: PaperKind) -> None:
    name = clean(values.name, limit=TITLE_LENGTH).strip()
    if not name:
        raise Refusal("Die Vorlage wurde nicht gespeichert.", "Sie hat keinen Titel.", _AGAIN)
    paper.name, paper.kind = name, kind.key
    if paper.oparl_id is None:
        paper.paper_type = kind.label
    paper.author = clean(values.author, limit=TEXT_LENGTH).strip()
    paper.file_reference = clean(values.file_reference, limit=TEXT_LENGTH).strip()
    paper.date = values.on or paper.date
    paper.deadline_on = values.deadline_on
    paper.confidentiality = values.confidentiality.value
    paper.note = clean(values.note, multiline=True, limit=NOTE_LENGTH).strip()
    work.session.flush()
    _set_office(work, paper, values.office_id)


def _set_office(work: Work, paper: Paper, office_id: int | None) -> None:
    """The one office that is responsible; who else a file named stays where nothing changes."""
    rows = work.session.scalars(
        select(PaperParty).where(PaperParty.paper_id == paper.id, PaperParty.role == DIRECTION)
    ).all()
    if [row.organization_id for row in rows][:1] == ([office_id] if office_id is not None else []):
        return
    for row in rows:
        work.session.delete(row)
    if office_id is not None:
        _office(work, office_id)
        work.session.add(PaperParty(paper_id=paper.id, organization_id=office_id, role=DIRECTION))


def _only_body(work: Work) -> int | None:
    """The municipality, where there is but one."""
    keys = work.session.scalars(select(Body.id).where(Body.deleted.is_(False)).limit(2)).all()
    return keys[0] if len(keys) == 1 else None


def _root(work: Work, paper: Paper) -> Paper:
    """What a supplement supplements: the paper itself, or the one that it supplements in turn."""
    above = work.session.scalar(
        select(PaperRelation.other_id).where(
            PaperRelation.paper_id == paper.id, PaperRelation.role == ORIGINAL
        )
    )
    return work.session.get(Paper, above) or paper if above is not None else paper


def _same_way(work: Work, base: Paper, paper: Paper) -> None:
    """A supplement goes where its paper still has to go; it is not on those agendas yet."""
    ahead = [
        row for row in station_rows(work.session, [base.id]) if row.start is None or row.start > work.now
    ]
    bodies = bodies_of(work.session, [row.id for row in ahead])
    seats = seats_of(work.session, [row.meeting_id for row in ahead if row.meeting_id is not None])
    for position, row in enumerate(ahead):
        station = Consultation(
            paper_id=paper.id,
            meeting_id=row.meeting_id,
            position=position,
            role=row.role,
            authoritative=row.authoritative,
            extra={},
        )
        work.session.add(station)
        work.session.flush()
        keys = [key for key, _ in bodies.get(row.id, ())] or [one.id for one in seats.get(row.meeting_id, ())]
        work.session.add_all(
            ConsultationOrganization(consultation_id=station.id, organization_id=key) for key in keys
        )


@sentence("create_paper")
def _created(_params: Params) -> str:
    return "angelegt"


@sentence("supplement_paper")
def _supplemented(_params: Params) -> str:
    return "als Ergänzung angelegt"


@sentence("edit_paper")
def _edited(_params: Params) -> str:
    return "geändert"


@sentence("set_paper_state")
def _state_set(params: Params) -> str:
    return f"Stand: {STATE_WORDS.get(str(params.get('state', '')), '')}"


@sentence("note_paper")
def _noted(_params: Params) -> str:
    return "Notiz hinzugefügt"
