"""Papers and topics come on an agenda, and go back to where they waited."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, View, strictest
from ob_buero_tui.services.council.agenda_order import agenda_items, editable_meeting, insert_items
from ob_buero_tui.services.council.late_items import ground_for
from ob_buero_tui.services.council.making import named
from ob_buero_tui.services.council.sittings import seats_of
from ob_buero_tui.services.council.stations import link_station, on_agenda, seat_station
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, Paper
from ob_buero_tui.store.council_topics import Topic

TITLE_LENGTH = 1000
TERM_LENGTH = 200
OPEN, PLACED = "offen", "eingeplant"
CALLED_OFF = "zurück in den Themenspeicher, die Sitzung ist abgesagt"
"""Why the items of a cancelled session are off its agenda; by it they come on again."""


@use_case("place_paper")
def place_paper(
    work: Work,
    paper_id: int,
    meeting_id: int,
    *,
    public: bool | None = None,
    general_name: str = "",
    late_note: str = "",
) -> Done:
    """Put a paper on a session's agenda, and link the station of its Beratungsfolge with the item.

    Args:
        public: The part; None: as public as the paper is.
        general_name: What the public reads of it in the other part; empty: the catalog's word for its title.
        late_note: Why it cannot wait, after the dispatch.

    Raises:
        Refusal: the agenda is not ours to change, the paper is on it already or cannot be, the ground for a
            late item is missing.
    """
    meeting = editable_meeting(work, meeting_id)
    item = put_paper(work, meeting, paper_id, public, general_name, late_note)
    work.tell(table="paper", ids=[paper_id], late=item.late)
    work.refer("meeting", meeting_id)
    paper = work.get(Paper, paper_id)
    name = clean(paper.reference) or f"„{shorten(paper.name, 40)}“"
    return Done(ids=(item.id,), text=f"{name}: TOP {item.number} {named(work, meeting)}")


@use_case("place_topics")
def place_topics(work: Work, topic_ids: Sequence[int], meeting_id: int, late_note: str = "") -> Done:
    """Put topics of the Themenspeicher on a session's agenda, each with its paper if it has one.

    Raises:
        Refusal: as `place_paper`, or a topic does not wait any more; then none is put on.
    """
    meeting = editable_meeting(work, meeting_id)
    topics = [work.get(Topic, key) for key in dict.fromkeys(topic_ids)]
    if not topics:
        raise Refusal("Es ist kein Thema ausgewählt.", "", "Wählen Sie ein Thema aus.")
    items = [_put_topic(work, meeting, topic, late_note) for topic in topics]
    work.tell(table="topic", ids=[topic.id for topic in topics], late=any(one.late for one in items))
    work.refer("meeting", meeting_id)
    where = named(work, meeting)
    what = (
        f"TOP {items[0].number} „{shorten(items[0].name, 40)}“"
        if len(items) == 1
        else plural(len(items), "Thema", "Themen")
    )
    return Done(ids=tuple(one.id for one in items), text=f"{what}: auf der Tagesordnung {where}")


def put_paper(
    work: Work, meeting: Meeting, paper_id: int, public: bool | None, general_name: str, late_note: str
) -> AgendaItem:
    """Put a paper on an agenda inside a use case; see `place_paper`."""
    paper = work.get(Paper, paper_id)
    _check(work, meeting, paper)
    is_open = paper.confidentiality == Confidentiality.OEFFENTLICH.value
    if public and not is_open:
        raise Refusal(
            f"{clean(paper.reference) or 'Die Vorlage'} kommt nicht in den öffentlichen Teil.",
            "Sie ist nicht öffentlich.",
            "Nehmen Sie sie in den nichtöffentlichen Teil, oder stufen Sie die Vorlage um.",
        )
    part = is_open if public is None else public
    item = put_item(work, meeting, paper.name, public=part, general_name=general_name, late_note=late_note)
    link_station(work, meeting, paper, item)
    waiting = select(Topic).where(Topic.paper_id == paper_id, Topic.state == OPEN)
    for topic in work.session.scalars(waiting.order_by(Topic.id).limit(1)):
        topic.state, topic.agenda_item_id = PLACED, item.id
    return item


def put_item(
    work: Work,
    meeting: Meeting,
    title: str,
    *,
    public: bool = True,
    general_name: str = "",
    late_note: str = "",
    standard: str = "",
    level: int = 0,
) -> AgendaItem:
    """Put one item on an agenda inside a use case, at the end of its part; late ones with their ground.

    Raises:
        Refusal: it has no title, or the ground for a late item is missing.
    """
    name = clean(title, limit=TITLE_LENGTH).strip()
    if not name:
        raise Refusal("Der Punkt wurde nicht aufgenommen.", "Er hat keinen Titel.", "Schreiben Sie einen.")
    late, ground = ground_for(work, meeting.id, late_note)
    term = clean(general_name, limit=TERM_LENGTH).strip()
    item = AgendaItem(
        name=name,
        public=public,
        general_name="" if public else term or agenda_rules(work.catalog).term_for(name),
        standard=standard,
        level=level,
        late=late,
        late_note=ground,
        extra={},
    )
    insert_items(work, meeting.id, [item])
    return item


def release_items(work: Work, meeting_id: int) -> int:
    """Let everything on a session's agenda wait for another one again; inside a use case.

    The items stay where they are as taken off. Each that is no standard item, was not taken off before and
    has no result becomes a topic again; its paper waits for another session of the same bodies.

    Returns:
        How many topics wait again.
    """
    items = [
        one
        for one in agenda_items(work.session, meeting_id)
        if not (one.standard or one.withdrawn or one.result)
    ]
    for item in items:
        wait_again(work, item, meeting_id)
        item.withdrawn, item.withdrawn_note = True, CALLED_OFF
    work.session.flush()
    return len(items)


def wait_again(work: Work, item: AgendaItem, meeting_id: int) -> Topic:
    """Let what an item is about wait in the Themenspeicher, and free the station of its paper.

    The topic still knows the item, so that it is no other one should the item come on again.
    """
    station = work.session.scalars(
        select(Consultation)
        .where(Consultation.agenda_item_id == item.id, Consultation.deleted.is_(False))
        .order_by(Consultation.position, Consultation.id)
    ).first()
    if station is not None:
        seat_station(work, station, meeting_id)
        station.meeting_id = station.agenda_item_id = None
    topic = work.session.scalars(
        select(Topic).where(Topic.agenda_item_id == item.id).order_by(Topic.id)
    ).first()
    if topic is None:
        seats = seats_of(work.session, [meeting_id]).get(meeting_id, [])
        topic = Topic(
            title=item.name,
            organization_id=seats[0].id if seats else None,
            paper_id=station.paper_id if station is not None else None,
            public=item.public is True,
            general_name=item.general_name,
            confidentiality=_level(work, meeting_id, station).value,
            agenda_item_id=item.id,
            state=OPEN,
        )
        work.session.add(topic)
    else:
        topic.state = OPEN
    return topic


def _level(work: Work, meeting_id: int, station: Consultation | None) -> Confidentiality:
    """What waits is as confidential as the session it was for and its paper, and never told outside."""
    levels = [Confidentiality.INTERN, Confidentiality(work.get(Meeting, meeting_id).confidentiality)]
    if station is not None and station.paper_id is not None:
        levels.append(Confidentiality(work.get(Paper, station.paper_id).confidentiality))
    # A topic belongs to no single desk: a personal one nobody could read.
    return strictest(levels) if Confidentiality.PERSOENLICH not in levels else Confidentiality.VERTRAULICH


def _put_topic(work: Work, meeting: Meeting, topic: Topic, late_note: str) -> AgendaItem:
    if topic.state != OPEN or work.place.sees(topic.confidentiality, "") is not View.FULL:
        raise Refusal(
            f"„{shorten(topic.title, 60)}“ wartet nicht mehr.",
            "Es steht schon auf einer Tagesordnung, oder es hat sich erledigt.",
            "Wählen Sie ein anderes Thema.",
        )
    if topic.paper_id is not None:
        public = False if not topic.public else None
        item = put_paper(work, meeting, topic.paper_id, public, topic.general_name, late_note)
    else:
        item = put_item(
            work,
            meeting,
            topic.title,
            public=topic.public,
            general_name=topic.general_name,
            late_note=late_note,
        )
    topic.state, topic.agenda_item_id = PLACED, item.id
    return item


def _check(work: Work, meeting: Meeting, paper: Paper) -> None:
    name = clean(paper.reference) or "Die Vorlage"
    why = ""
    if paper.deleted or work.place.sees(paper.confidentiality, "") is not View.FULL:
        why = "Sie ist gelöscht oder persönlich."
    elif paper.state == "zurueckgezogen":
        why = "Sie ist zurückgezogen."
    elif on_agenda(work.session, paper.id, meeting.id):
        why = "Sie steht schon auf dieser Tagesordnung."
    if why:
        raise Refusal(f"{name} wurde nicht aufgenommen.", why, "Wählen Sie eine andere Vorlage.")


@sentence("place_paper")
def _paper_placed(params: Params) -> str:
    return (
        "nachträglich auf eine Tagesordnung gesetzt"
        if params.get("late")
        else "auf eine Tagesordnung gesetzt"
    )


@sentence("place_topics")
def _topics_placed(params: Params) -> str:
    return (
        "nachträglich auf eine Tagesordnung gesetzt"
        if params.get("late")
        else "auf eine Tagesordnung gesetzt"
    )
