"""What is done to an agenda: items are typed, come from the catalog, are changed and taken off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.rules.agenda_line import TypedItem
from ob_buero_tui.rules.agenda_numbers import with_below
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.agenda_order import (
    agenda_items,
    editable_meeting,
    insert_items,
    number_anew,
    places_of,
)
from ob_buero_tui.services.council.agenda_touched import items_of, name_of, told
from ob_buero_tui.services.council.making import named
from ob_buero_tui.services.council.placing import TERM_LENGTH, TITLE_LENGTH, put_item, put_paper
from ob_buero_tui.services.council.waiting import paper_numbered
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, MeetingOrganization, Paper
from ob_buero_tui.store.people import Organization


@use_case("add_agenda_item")
def add_item(work: Work, meeting_id: int, typed: TypedItem, late_note: str = "") -> Done:
    """Put an item on an agenda; the number of a paper in place of a title puts that paper on.

    Raises:
        Refusal: the agenda is not ours to change, or the ground for a late item is missing.
    """
    meeting = editable_meeting(work, meeting_id)
    paper = paper_numbered(work.session, typed.title)
    if paper is not None:
        public = None if typed.public else False
        item = put_paper(work, meeting, paper.id, public, typed.general_name, late_note)
    else:
        item = put_item(
            work,
            meeting,
            typed.title,
            public=typed.public,
            general_name=typed.general_name,
            late_note=late_note,
            level=1 if typed.below else 0,
        )
    return told(work, [item], "auf der Tagesordnung")


@use_case("add_standard_items")
def add_standard(work: Work, meeting_id: int) -> Done:
    """Put the items on an agenda that stand on every agenda of its body and are not on it yet.

    They need no ground: nobody has to prepare for them.

    Raises:
        Refusal: the agenda is not ours to change, or has all of them.
    """
    meeting = editable_meeting(work, meeting_id)
    before = agenda_items(work.session, meeting_id)
    known = {one.standard for one in before} | {one.name for one in before}
    body = _leading(work, meeting)
    named_so = (body.name, body.classification) if body is not None else ("", "")
    wanted = agenda_rules(work.catalog).standard_for(*named_so)
    specs = [one for one in wanted if one.key not in known and one.title not in known]
    if not specs:
        raise Refusal("Alle Standardpunkte stehen schon da.", "", "Mit + kommt ein weiterer Punkt dazu.")
    new = [
        AgendaItem(
            name=one.title,
            public=one.public,
            general_name="" if one.public else one.title,
            standard=one.key,
            extra={},
        )
        for one in specs
    ]
    insert_items(work, meeting_id, new)
    # What opens an agenda stands first, whatever is on it already.
    first = [one for one in new if not agenda_rules(work.catalog).closing(one.standard)]
    _to_the_top(work, meeting_id, [one.id for one in first])
    work.tell(table="meeting", ids=[meeting_id], count=len(new))
    count = plural(len(new), "Standardpunkt", "Standardpunkte")
    return Done(ids=tuple(one.id for one in new), text=f"{named(work, meeting)}: {count} aufgenommen")


@use_case("edit_agenda_item")
def edit_item(work: Work, item_id: int, title: str, general_name: str = "") -> Done:
    """Change the title of an item, and what the public reads instead of it in the non-public part.

    Raises:
        Refusal: it has no title then, or the agenda is not ours to change.
    """
    ((item, _meeting),) = items_of(work, [item_id])
    name = clean(title, limit=TITLE_LENGTH).strip()
    if not name:
        raise Refusal("Der Punkt wurde nicht geändert.", "Er hätte keinen Titel.", "Schreiben Sie einen.")
    item.name = name
    term = clean(general_name, limit=TERM_LENGTH).strip()
    item.general_name = "" if item.public else term or agenda_rules(work.catalog).term_for(name)
    return told(work, [item], "geändert")


@use_case("set_agenda_part")
def set_part(work: Work, item_ids: Sequence[int]) -> Done:
    """Bring items with what is below them into the other part of their agenda.

    Raises:
        Refusal: they stand in both parts, a paper on one of them is not public, or the agenda is not ours
            to change.
    """
    rows = items_of(work, item_ids)
    public = rows[0][0].public is False
    if any((item.public is False) != public for item, _ in rows):
        raise Refusal(
            "Die Punkte wurden nicht in den anderen Teil gebracht.",
            "Einige stehen im öffentlichen, andere im nichtöffentlichen Teil.",
            "Markieren Sie nur Punkte eines Teils.",
        )
    rules = agenda_rules(work.catalog)
    for item, meeting in rows:
        before = agenda_items(work.session, meeting.id)
        keys = set(with_below(places_of(work.catalog, before), item.id))
        for one in [one for one in before if one.id in keys]:
            if public:
                _refuse_secret_paper(work, one)
            one.public = public
            if not public and not one.general_name:
                one.general_name = rules.term_for(one.name)
        number_anew(work, meeting.id)
    return told(work, [item for item, _ in rows], "öffentlich" if public else "nichtöffentlich")


def _to_the_top(work: Work, meeting_id: int, keys: Sequence[int]) -> None:
    """Bring new items before all others of their parts, in their order."""
    items = agenda_items(work.session, meeting_id)
    opening = [one for one in items if one.standard and one.id not in keys]
    rules = agenda_rules(work.catalog)
    order = {one.key: place for place, one in enumerate(rules.standard)}
    first = sorted(
        [one for one in items if one.id in keys]
        + [one for one in opening if not rules.closing(one.standard)],
        key=lambda one: order.get(one.standard, 0),
    )
    rest = [one for one in items if one not in first]
    for position, one in enumerate([*first, *rest]):
        if one.position != position:
            one.position = position
    number_anew(work, meeting_id)


def _refuse_secret_paper(work: Work, item: AgendaItem) -> None:
    paper = work.session.scalar(
        select(Paper)
        .join(Consultation, Consultation.paper_id == Paper.id)
        .where(Consultation.agenda_item_id == item.id, Consultation.deleted.is_(False))
        .where(Paper.confidentiality != "oeffentlich", Paper.deleted.is_(False))
        .limit(1)
    )
    if paper is not None:
        raise Refusal(
            f"„{name_of(item)}“ kommt nicht in den öffentlichen Teil.",
            f"Die Vorlage {clean(paper.reference)} ist nicht öffentlich.".replace("  ", " "),
            "Stufen Sie zuerst die Vorlage um.",
        )


def _leading(work: Work, meeting: Meeting) -> Organization | None:
    return work.session.scalar(
        select(Organization)
        .join(MeetingOrganization, MeetingOrganization.organization_id == Organization.id)
        .where(MeetingOrganization.meeting_id == meeting.id)
        .order_by(MeetingOrganization.position, MeetingOrganization.id)
        .limit(1)
    )


@sentence("add_agenda_item")
def _added(_params: Params) -> str:
    return "auf die Tagesordnung gesetzt"


@sentence("add_standard_items")
def _standard_added(params: Params) -> str:
    return f"{plural(params.get('count', 0), 'Standardpunkt', 'Standardpunkte')} aufgenommen"


@sentence("edit_agenda_item")
def _edited(_params: Params) -> str:
    return "geändert"


@sentence("set_agenda_part")
def _part_set(_params: Params) -> str:
    return "in den anderen Teil der Tagesordnung gesetzt"
