"""Items change their place: up and down, deeper and higher, and to another session."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ob_buero_tui.rules.agenda_numbers import Agenda, indented, moved, with_below
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.agenda_order import (
    agenda_items,
    editable_meeting,
    insert_items,
    lay_out,
    places_of,
)
from ob_buero_tui.services.council.agenda_touched import (
    ItemRow,
    items_of,
    name_of,
    number_all,
    refuse_decided,
    told,
)
from ob_buero_tui.services.council.coming_back import back_on
from ob_buero_tui.services.council.late_items import gone_out, ground_for
from ob_buero_tui.services.council.making import named
from ob_buero_tui.services.council.stations import seat_station
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import AgendaItem, Consultation, ConsultationOrganization, Meeting
from ob_buero_tui.store.council_topics import Topic


@use_case("move_agenda_item")
def move_item(work: Work, item_id: int, by: int) -> Done:
    """Bring an item with its sub-items past the one before or after it.

    Args:
        by: 1 for down, -1 for up.

    Raises:
        Refusal: it stands at the end of its part.
    """
    ((item, meeting),) = items_of(work, [item_id])
    items = agenda_items(work.session, meeting.id)
    before = places_of(work.catalog, items)
    after = moved(before, item_id, by)
    if after == before:
        raise Refusal(f"„{name_of(item)}“ steht schon {'unten' if by > 0 else 'oben'} in seinem Teil.")
    return _placed(work, item, items, after)


@use_case("indent_agenda_item")
def indent_item(work: Work, item_id: int, by: int) -> Done:
    """Make an item a sub-item of the one before it, or bring it out again, with all below it.

    Args:
        by: 1 for deeper, -1 for higher.

    Raises:
        Refusal: there is nothing it could belong to, or it is no sub-item.
    """
    ((item, meeting),) = items_of(work, [item_id])
    items = agenda_items(work.session, meeting.id)
    before = places_of(work.catalog, items)
    after = indented(before, item_id, by)
    if after == before:
        why = "Darüber steht kein Punkt, zu dem er gehören könnte." if by > 0 else "Er ist kein Unterpunkt."
        raise Refusal(f"„{name_of(item)}“ bleibt, wo er ist.", why)
    return _placed(work, item, items, after)


@use_case("move_items_to")
def move_items_to(work: Work, item_ids: Sequence[int], meeting_id: int, late_note: str = "") -> Done:
    """Bring items, with their papers and sub-items, to another session, where all of them are dealt with.

    Once the invitation of the old one has gone out, they stay on its agenda as taken off, and the papers get
    a new station.

    Args:
        late_note: Why they cannot wait, where the new session's invitation has gone out.

    Raises:
        Refusal: one of the agendas is not ours to change, an item has a result already, or the ground for
            late items is missing.
    """
    target = editable_meeting(work, meeting_id)
    late, ground = ground_for(work, meeting_id, late_note)
    rows = _with_below(work, items_of(work, item_ids))
    if any(meeting.id == meeting_id for _, meeting in rows):
        raise Refusal("Der Punkt steht schon auf dieser Tagesordnung.", "", "Wählen Sie eine andere Sitzung.")
    for item, _ in rows:
        refuse_decided(item, "in eine andere Sitzung verschieben")
    brought = []
    for item, meeting in rows:
        kept = gone_out(work.session, work.place, meeting.id)
        one = _copy(item) if kept else item
        one.late, one.late_note = late, ground
        brought.append(one)
        work.refer("meeting", meeting.id)
        if kept:
            item.withdrawn, item.withdrawn_note = True, f"verschoben auf {named(work, target)}"
        else:
            _stations_follow(work, item, target)
    insert_items(work, meeting_id, brought)
    for (item, _), one in zip(rows, brought, strict=True):
        if one is not item:
            _new_stations(work, item, one, target)
        back_on(work, one, target)
    number_all(work, rows)
    return told(work, brought, f"auf der Tagesordnung {named(work, target)}")


def _placed(work: Work, item: AgendaItem, items: Sequence[AgendaItem], after: Agenda) -> Done:
    lay_out(items, after)
    return told(work, [item], "verschoben")


def _with_below(work: Work, rows: Sequence[ItemRow]) -> list[ItemRow]:
    """These items and what is below them, each once, in their order."""
    found: dict[int, ItemRow] = {}
    for item, meeting in rows:
        items = {one.id: one for one in agenda_items(work.session, meeting.id)}
        for key in with_below(places_of(work.catalog, list(items.values())), item.id):
            found.setdefault(key, (items[key], meeting))
    return list(found.values())


def _copy(item: AgendaItem) -> AgendaItem:
    return AgendaItem(
        name=item.name,
        public=item.public,
        level=item.level,
        general_name=item.general_name,
        standard=item.standard,
        late=False,
        late_note="",
        extra={},
    )


def _stations_of(work: Work, item: AgendaItem) -> Sequence[Consultation]:
    return work.session.scalars(
        select(Consultation)
        .where(Consultation.agenda_item_id == item.id, Consultation.deleted.is_(False))
        .order_by(Consultation.position, Consultation.id)
    ).all()


def _stations_follow(work: Work, item: AgendaItem, target: Meeting) -> None:
    for station in _stations_of(work, item):
        station.meeting_id = target.id


def _new_stations(work: Work, item: AgendaItem, new: AgendaItem, target: Meeting) -> None:
    """The papers of an item that stayed as taken off get a further station; so does its topic."""
    for station in _stations_of(work, item):
        more = Consultation(
            paper_id=station.paper_id,
            meeting_id=target.id,
            agenda_item_id=new.id,
            position=station.position,
            authoritative=station.authoritative,
            role=station.role,
            extra={},
        )
        work.session.add(more)
        work.session.flush()
        bodies = select(ConsultationOrganization.organization_id).where(
            ConsultationOrganization.consultation_id == station.id
        )
        for body in work.session.scalars(bodies).all():
            work.session.add(ConsultationOrganization(consultation_id=more.id, organization_id=body))
        work.session.flush()
        seat_station(work, more, target.id)
    for topic in work.session.scalars(select(Topic).where(Topic.agenda_item_id == item.id)).all():
        topic.agenda_item_id = new.id
    work.session.flush()


@sentence("move_agenda_item")
def _moved(_params: Params) -> str:
    return "auf der Tagesordnung verschoben"


@sentence("indent_agenda_item")
def _indented(_params: Params) -> str:
    return "eingerückt oder ausgerückt"


@sentence("move_items_to")
def _moved_to(_params: Params) -> str:
    return "auf eine andere Tagesordnung gesetzt"
