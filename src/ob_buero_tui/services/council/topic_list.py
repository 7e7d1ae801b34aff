"""What waits in the Themenspeicher, as its screen lists it, and the sessions it may come on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.topic_line import TopicLine, written_topic
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.council.late_items import late_because
from ob_buero_tui.services.council.leading import WIR, led_by_of
from ob_buero_tui.services.council.placing import OPEN, PLACED
from ob_buero_tui.services.council.sittings import among, read_sittings, seats_of, seen
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.views import HistoryLine, SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Meeting, MeetingOrganization, Paper
from ob_buero_tui.store.council_topics import Topic
from ob_buero_tui.store.people import Organization

WAITING, ON_AGENDA, SETTLED, BODY = "wartet", "eingeplant", "erledigt", "gremium:"
BODIES = 6
"""How many bodies have a digit of their own."""
OFFERED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """One topic as a row.

    Args:
        placed: Session and item it stands on, such as „Rat Do 10.12. Ö 4“; empty while it waits.
        meeting_id: That session.
        overdue: Whether its last day has passed while it waits.
    """

    id: int
    title: str
    organization: str = ""
    earliest_on: date | None = None
    latest_on: date | None = None
    contributor: str = ""
    paper_id: int | None = None
    paper_reference: str = ""
    public: bool = True
    general_name: str = ""
    state: str = OPEN
    placed: str = ""
    meeting_id: int | None = None
    item_id: int | None = None
    overdue: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOffer:
    """A session that topics may come on.

    Args:
        remark: What speaks against it, in German.
        late: Why they would be late on it, in German.
    """

    id: int
    label: str
    remark: str = ""
    late: str = ""


def splits(place: Workplace) -> tuple[SplitView, ...]:
    """What waits, what stands on an agenda, what is settled, and the bodies with the most that waits."""
    with place.reading() as session:
        states = select(Topic.state, func.count()).where(_seen(place)).group_by(Topic.state)
        counts: dict[str, int] = dict(session.execute(states).all())
        bodies = session.execute(
            select(Organization.id, Organization.short_name, Organization.name, func.count().label("waiting"))
            .join(Topic, Topic.organization_id == Organization.id)
            .where(Topic.state == OPEN, _seen(place))
            .group_by(Organization.id)
            .order_by(func.count().desc(), Organization.name)
            .limit(BODIES)
        ).all()
    settled = sum(count for state, count in counts.items() if state not in (OPEN, PLACED))
    return (
        SplitView(key=WAITING, label="Wartet", count=counts.get(OPEN, 0)),
        SplitView(key=ON_AGENDA, label="Eingeplant", count=counts.get(PLACED, 0)),
        SplitView(key=SETTLED, label="Erledigt", count=settled),
        *(
            SplitView(key=f"{BODY}{row.id}", label=row.short_name or row.name, count=row.waiting)
            for row in bodies
        ),
    )


def ids(place: Workplace, split: str) -> list[int]:
    """The keys of a split: what must come first stands first, what must wait longest last."""
    query: Select[Any] = select(Topic.id).where(_seen(place))
    if split.startswith(BODY):
        query = query.where(Topic.organization_id == int(split.removeprefix(BODY)), Topic.state == OPEN)
    elif split == SETTLED:
        query = query.where(Topic.state.not_in((OPEN, PLACED)))
    else:
        query = query.where(Topic.state == (PLACED if split == ON_AGENDA else OPEN))
    order = (Topic.latest_on.is_(None), Topic.latest_on, func.coalesce(Topic.earliest_on, date.min), Topic.id)
    with place.reading() as session:
        return list(session.scalars(query.order_by(*order)))


def waiting_for(place: Workplace, meeting_id: int) -> tuple[TopicRow, ...]:
    """The topics that may come on a session: of its bodies or of none, in its time; the first first."""
    with place.reading() as session:
        start = session.scalar(select(Meeting.start).where(Meeting.id == meeting_id))
        seats = [seat.id for seat in seats_of(session, [meeting_id]).get(meeting_id, [])]
    on = start.date() if start is not None else date.max
    with place.reading() as session:
        keys = list(
            session.scalars(
                select(Topic.id)
                .where(Topic.state == OPEN, _seen(place))
                .where(Topic.organization_id.is_(None) | Topic.organization_id.in_(seats))
                .where(Topic.earliest_on.is_(None) | (Topic.earliest_on <= on))
                .order_by(
                    Topic.latest_on.is_(None), Topic.latest_on, Topic.organization_id.is_(None), Topic.id
                )
            )
        )
    found = rows(place, keys)
    return tuple(found[key] for key in keys if key in found)


def rows(place: Workplace, keys: Sequence[int]) -> dict[int, TopicRow]:
    """The topics with these keys as rows; keys that are gone are left out."""
    with place.reading() as session:
        found = session.execute(
            select(Topic, Organization.short_name, Organization.name, Paper.reference)
            .add_columns(AgendaItem.id.label("item_id"), AgendaItem.number)
            .add_columns(AgendaItem.meeting_id, Meeting.start)
            .outerjoin(Organization, Organization.id == Topic.organization_id)
            .outerjoin(Paper, Paper.id == Topic.paper_id)
            # A topic that waits again still knows the item it was; only one that is on an agenda has a place.
            .outerjoin(AgendaItem, (AgendaItem.id == Topic.agenda_item_id) & (Topic.state == PLACED))
            .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(Topic.id.in_(among(keys)), _seen(place))
        ).all()
        seats = seats_of(session, [row.meeting_id for row in found if row.meeting_id is not None])
        return {row.Topic.id: _row(place, row, seats) for row in found}


def line_of(place: Workplace, topic_id: int) -> str:
    """A topic as the line that it could have been typed as.

    Raises:
        Refusal: it is gone.
    """
    one = rows(place, [topic_id]).get(topic_id)
    if one is None:
        raise Refusal("Dieses Thema gibt es nicht mehr.", "", "Wählen Sie ein anderes.")
    return written_topic(
        TopicLine(
            title=one.title,
            body=one.organization,
            contributor=one.contributor,
            earliest_on=one.earliest_on,
            latest_on=one.latest_on,
            public=one.public,
            general_name=one.general_name,
        )
    )


def topic_history(place: Workplace, topic_id: int) -> tuple[HistoryLine, ...]:
    """What was done to a topic."""
    with place.reading() as session:
        return history_of(place, session, "topic", [topic_id])


def sessions_for(place: Workplace, topic_ids: Sequence[int]) -> tuple[SessionOffer, ...]:
    """The coming sessions that these topics may come on: of their body, led by us, not before their day."""
    chosen = list(rows(place, topic_ids).values())
    with place.reading() as session:
        bodies = set(session.scalars(select(Topic.organization_id).where(Topic.id.in_(among(topic_ids))))) - {
            None
        }
        earliest = max((one.earliest_on for one in chosen if one.earliest_on), default=place.today)
        latest = min((one.latest_on for one in chosen if one.latest_on), default=None)
        conditions: list[ColumnElement[bool]] = [
            seen(place, Audience.INTERN),
            Meeting.cancelled.is_(False),
            Meeting.start >= datetime.combine(max(earliest, place.today), time.min),
        ]
        for body in bodies:
            sits = select(MeetingOrganization.meeting_id).where(MeetingOrganization.organization_id == body)
            conditions.append(Meeting.id.in_(sits))
        sittings = read_sittings(session, *conditions)
        led = led_by_of(session, place.catalog, [one.id for one in sittings])
        ours = [one for one in sittings if led[one.id] == WIR and one.start is not None][:OFFERED]
        return tuple(
            SessionOffer(
                id=one.id,
                label=f"{one.leading.short_name if one.leading else one.name} {short_date(one.start.date())}",
                remark=f"nach dem {_day(latest)}" if latest is not None and one.start.date() > latest else "",
                late=late_because(session, place, one.id),
            )
            for one in ours
            if one.start is not None
        )


def _day(day: date) -> str:
    return f"{day.day}.{day.month}."


def _row(place: Workplace, row: Any, seats: dict[int, list[Any]]) -> TopicRow:
    topic: Topic = row.Topic
    placed = ""
    if row.meeting_id is not None:
        sitting = seats.get(row.meeting_id, [])
        on = f" {short_date(row.start.date())}" if row.start is not None else ""
        placed = f"{sitting[0].short_name if sitting else 'Sitzung'}{on} {row.number}"
    return TopicRow(
        id=topic.id,
        title=topic.title,
        organization=row.short_name or row.name or "",
        earliest_on=topic.earliest_on,
        latest_on=topic.latest_on,
        contributor=topic.contributor,
        paper_id=topic.paper_id,
        paper_reference=row.reference or "",
        public=topic.public,
        general_name=topic.general_name,
        state=topic.state,
        placed=placed,
        meeting_id=row.meeting_id,
        item_id=row.item_id,
        overdue=topic.state == OPEN and topic.latest_on is not None and topic.latest_on < place.today,
        note=topic.note,
    )


def _seen(place: Workplace) -> ColumnElement[bool]:
    levels = [level.value for level in Confidentiality if place.sees(level, "") is View.FULL]
    return Topic.confidentiality.in_(levels)
