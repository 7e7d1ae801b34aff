"""The verbs on a paper's Beratungsfolge: steps are added, moved, changed and taken out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ob_buero_tui.rules.beratungsfolge import ENTSCHEIDUNG, ROLES
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.paper_edit import named_paper, own_paper
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import (
    AgendaItem,
    Consultation,
    ConsultationOrganization,
    Meeting,
    MeetingOrganization,
    Paper,
)
from ob_buero_tui.store.people import Organization

_OTHER = "Wählen Sie eine andere."


@use_case("add_consultation")
def add_consultation(
    work: Work,
    paper_id: int,
    organization_id: int,
    role: str,
    *,
    authoritative: bool | None = None,
    meeting_id: int | None = None,
    before_id: int | None = None,
) -> Done:
    """Put a step into a paper's Beratungsfolge.

    Args:
        role: One of OParl's words: Vorberatung, Anhörung, Entscheidung, Kenntnisnahme.
        authoritative: Whether this body decides; None: as its role says.
        meeting_id: The session it shall come before; None: none yet.
        before_id: The step it is put in front of; None: at the end.

    Raises:
        Refusal: the paper is not ours to change, the session is not one of this body, or the role is none.
    """
    paper = own_paper(work, paper_id)
    body = work.get(Organization, organization_id)
    _check_role(role)
    _check_meeting(work, meeting_id, [organization_id])
    station = Consultation(
        paper_id=paper.id,
        meeting_id=meeting_id,
        role=role,
        authoritative=role == ENTSCHEIDUNG if authoritative is None else authoritative,
        extra={},
    )
    work.session.add(station)
    _put_in(work, station, before_id)
    work.session.add(ConsultationOrganization(consultation_id=station.id, organization_id=organization_id))
    work.tell(table="paper", ids=[paper.id], role=role)
    return Done(ids=(paper.id,), text=f"{named_paper(paper)}: {shorten(body.name, 40)}, {role}")


@use_case("change_consultation")
def change_consultation(
    work: Work,
    consultation_id: int,
    role: str | None = None,
    *,
    authoritative: bool | None = None,
    meeting_id: int | None = None,
    unset_meeting: bool = False,
) -> Done:
    """Change what a body does with a paper, or on which of its sessions.

    Args:
        role: None: as it is. A new role also says who decides, unless `authoritative` does.
        meeting_id: None: as it is.
        unset_meeting: It waits for a session again.

    Raises:
        Refusal: as `add_consultation`; or the step is on an agenda already, which must let it go first.
    """
    station, paper = _own(work, consultation_id)
    if role is not None:
        _check_role(role)
        station.role = role
        station.authoritative = role == ENTSCHEIDUNG if authoritative is None else authoritative
    elif authoritative is not None:
        station.authoritative = authoritative
    if (meeting_id is not None and meeting_id != station.meeting_id) or unset_meeting:
        _ensure_not_placed(work, station)
        _check_meeting(work, meeting_id, _bodies(work, station.id))
        station.meeting_id = None if unset_meeting else meeting_id
    work.tell(table="paper", ids=[paper.id])
    return Done(ids=(paper.id,), text=f"{named_paper(paper)}: Beratungsfolge geändert")


@use_case("move_consultation")
def move_consultation(work: Work, consultation_id: int, by: int) -> Done:
    """Move a step up or down in its paper's Beratungsfolge.

    Args:
        by: How many places; negative: towards the beginning. Past either end it stops there.
    """
    station, paper = _own(work, consultation_id)
    order = [one for one in _steps(work, paper.id) if one.id != station.id]
    here = [one.id for one in _steps(work, paper.id)].index(station.id)
    order.insert(max(0, min(len(order), here + by)), station)
    _number(order)
    work.tell(table="paper", ids=[paper.id])
    return Done(ids=(paper.id,), text=f"{named_paper(paper)}: Beratungsfolge umgestellt")


@use_case("drop_consultation")
def drop_consultation(work: Work, consultation_id: int) -> Done:
    """Take a step out of its paper's Beratungsfolge.

    Raises:
        Refusal: it is on an agenda, which must let it go first.
    """
    station, paper = _own(work, consultation_id)
    _ensure_not_placed(work, station)
    links = select(ConsultationOrganization).where(ConsultationOrganization.consultation_id == station.id)
    for link in work.session.scalars(links):
        work.session.delete(link)
    work.session.flush()
    if station.oparl_id is None:
        work.session.delete(station)
    else:  # the next file must not bring it back as new
        station.deleted = True
    work.session.flush()
    _number(_steps(work, paper.id))
    work.tell(table="paper", ids=[paper.id])
    return Done(ids=(paper.id,), text=f"{named_paper(paper)}: Station entfernt")


def _own(work: Work, consultation_id: int) -> tuple[Consultation, Paper]:
    station = work.get(Consultation, consultation_id)
    if station.paper_id is None or station.deleted:
        raise Refusal("Diese Station gibt es nicht mehr.", "", _OTHER)
    return station, own_paper(work, station.paper_id)


def _steps(work: Work, paper_id: int) -> Sequence[Consultation]:
    return work.session.scalars(
        select(Consultation)
        .where(Consultation.paper_id == paper_id, Consultation.deleted.is_(False))
        .order_by(Consultation.position, Consultation.id)
    ).all()


def _put_in(work: Work, station: Consultation, before_id: int | None) -> None:
    """Give a new step its place: in front of another one, or at the end."""
    order = [one for one in _steps(work, station.paper_id or 0) if one is not station]
    at = next((place for place, one in enumerate(order) if one.id == before_id), len(order))
    order.insert(at, station)
    _number(order)
    work.session.flush()


def _number(order: Sequence[Consultation]) -> None:
    for position, one in enumerate(order):
        if one.position != position:
            one.position = position


def _bodies(work: Work, consultation_id: int) -> list[int]:
    return list(
        work.session.scalars(
            select(ConsultationOrganization.organization_id).where(
                ConsultationOrganization.consultation_id == consultation_id
            )
        )
    )


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise Refusal(f"„{clean(role)}“ ist keine Zuständigkeit.", "", f"Möglich sind {', '.join(ROLES)}.")


def _check_meeting(work: Work, meeting_id: int | None, organization_ids: Sequence[int]) -> None:
    if meeting_id is None:
        return
    meeting = work.get(Meeting, meeting_id)
    seats = set(
        work.session.scalars(
            select(MeetingOrganization.organization_id).where(MeetingOrganization.meeting_id == meeting_id)
        )
    )
    if meeting.deleted or meeting.cancelled:
        raise Refusal("Diese Sitzung findet nicht statt.", "", _OTHER)
    if organization_ids and not seats & set(organization_ids):
        raise Refusal("In dieser Sitzung tagt das Gremium nicht.", "", _OTHER)


def _ensure_not_placed(work: Work, station: Consultation) -> None:
    item = work.session.get(AgendaItem, station.agenda_item_id) if station.agenda_item_id else None
    if item is None or item.deleted or item.withdrawn:
        return
    meeting = work.session.get(Meeting, item.meeting_id) if item.meeting_id else None
    on = f" vom {long_date(meeting.start.date())}" if meeting is not None and meeting.start else ""
    raise Refusal(
        "Die Station bleibt, wo sie ist.",
        f"Sie steht als TOP {clean(item.number) or '?'} auf der Tagesordnung{on}.",
        "Nehmen Sie dort zuerst den Punkt herunter oder auf eine andere Sitzung.",
    )


@sentence("add_consultation")
def _added(params: Params) -> str:
    return f"Station aufgenommen ({params.get('role', '')})"


@sentence("change_consultation")
def _changed(_params: Params) -> str:
    return "Beratungsfolge geändert"


@sentence("move_consultation")
def _moved(_params: Params) -> str:
    return "Beratungsfolge umgestellt"


@sentence("drop_consultation")
def _dropped(_params: Params) -> str:
    return "Station entfernt"
