"""The Themenspeicher: what waits for a session is noted, changed, done with or dropped."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import join, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.topic_line import TopicLine
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council.placing import OPEN, PLACED, TERM_LENGTH, TITLE_LENGTH
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import MeetingOrganization, Paper
from ob_buero_tui.store.council_topics import Topic
from ob_buero_tui.store.people import Organization

DONE, DROPPED = "erledigt", "entfallen"
WHO_LENGTH = 200


@use_case("new_topic")
def new_topic(work: Work, typed: TopicLine) -> Done:
    """Note a topic; the number of a paper in place of a title means that paper.

    Raises:
        Refusal: there is no title, or no single body is meant by what was typed for it.
    """
    topic = Topic(**_columns(work, typed), state=OPEN, confidentiality=Confidentiality.INTERN.value)
    work.session.add(topic)
    work.session.flush()
    return _told(work, [topic], "im Themenspeicher")


@use_case("edit_topic")
def edit_topic(work: Work, topic_id: int, typed: TopicLine) -> Done:
    """Change a topic that waits.

    Raises:
        Refusal: as `new_topic`, or it stands on an agenda already.
    """
    (topic,) = _topics(work, [topic_id])
    if topic.state == PLACED:
        raise Refusal(
            f"„{shorten(topic.title, 60)}“ steht schon auf einer Tagesordnung.",
            "Dort wird es geändert.",
            "Enter geht dorthin.",
        )
    for column, value in _columns(work, typed).items():
        if column == "paper_id" and value is None:
            continue  # a paper that was linked stays, whatever the title is now
        if getattr(topic, column) != value:
            setattr(topic, column, value)
    return _told(work, [topic], "geändert")


@use_case("finish_topics")
def finish_topics(work: Work, topic_ids: Sequence[int]) -> Done:
    """Tick topics off that need no session any more; those that are all ticked wait again."""
    return _settle(work, topic_ids, DONE, "erledigt")


@use_case("drop_topics")
def drop_topics(work: Work, topic_ids: Sequence[int]) -> Done:
    """Drop topics that nobody wants to deal with any more; those that are all dropped wait again."""
    return _settle(work, topic_ids, DROPPED, "entfallen")


@use_case("note_topics")
def note_topics(work: Work, topic_ids: Sequence[int], text: str) -> Done:
    """Add a remark to topics, with day and initials before it."""
    told = clean(text, multiline=True, limit=20_000).strip()
    if not told:
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    rows = _topics(work, topic_ids)
    line = f"{short_date(work.today)} {work.desk.initials}: {told}"
    for row in rows:
        row.note = f"{row.note}\n{line}" if row.note else line
    return _told(work, rows, "Notiz gespeichert")


def find_body(session: Session, typed: str) -> Organization:
    """The body that is meant by its short name or the beginning of a word of its name.

    Raises:
        Refusal: none is, or several are.
    """
    wanted = clean(typed).strip().casefold()
    # Bodies that sit; offices and fractions have no agenda.
    sits = select(MeetingOrganization.organization_id)
    rows = session.scalars(
        select(Organization).where(Organization.id.in_(sits)).order_by(Organization.name)
    ).all()
    exact = [one for one in rows if wanted in (one.short_name.casefold(), one.name.casefold())]
    found = exact or [
        one
        for one in rows
        if one.short_name.casefold().startswith(wanted)
        or any(word.startswith(wanted) for word in one.name.casefold().split())
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        known = join([clean(one.short_name or one.name) for one in rows[:12]])
        raise Refusal(f"Ein Gremium „{clean(typed)}“ gibt es nicht.", f"Es tagen {known}." if known else "")
    several = join([clean(one.short_name or one.name) for one in found[:6]], "oder")
    raise Refusal(f"„{clean(typed)}“ kann mehreres heißen.", "", f"Meinen Sie {several}?")


def _columns(work: Work, typed: TopicLine) -> dict[str, object]:
    title = clean(typed.title, limit=TITLE_LENGTH).strip()
    if not title:
        raise Refusal("Das Thema wurde nicht gespeichert.", "Es hat keinen Titel.", "Schreiben Sie einen.")
    paper = work.session.scalar(
        select(Paper).where(
            Paper.reference != "", func.lower(Paper.reference) == title.lower(), Paper.deleted.is_(False)
        )
    )
    body = find_body(work.session, typed.body) if typed.body else None
    term = clean(typed.general_name, limit=TERM_LENGTH).strip()
    name = paper.name if paper is not None else title
    public = typed.public and (paper is None or paper.confidentiality == Confidentiality.OEFFENTLICH.value)
    return {
        "title": name,
        "organization_id": body.id if body is not None else None,
        "paper_id": paper.id if paper is not None else None,
        "earliest_on": typed.earliest_on,
        "latest_on": typed.latest_on,
        "contributor": clean(typed.contributor, limit=WHO_LENGTH).strip(),
        "public": public,
        "general_name": "" if public else term or agenda_rules(work.catalog).term_for(name),
    }


def _settle(work: Work, ids: Sequence[int], state: str, word: str) -> Done:
    rows = _topics(work, ids)
    again = all(one.state == state for one in rows)
    for one in rows:
        if one.state == PLACED:
            raise Refusal(
                f"„{shorten(one.title, 60)}“ steht auf einer Tagesordnung.",
                "Erst wenn es dort nicht mehr steht, wartet es wieder.",
                "Enter geht dorthin.",
            )
        one.state = OPEN if again else state
    return _told(work, rows, "wartet wieder" if again else word)


def _topics(work: Work, ids: Sequence[int]) -> list[Topic]:
    if not ids:
        raise Refusal("Es ist kein Thema ausgewählt.", "", "Wählen Sie ein Thema aus.")
    rows = [work.get(Topic, key) for key in dict.fromkeys(ids)]
    for one in rows:
        if work.place.sees(one.confidentiality, "") is not View.FULL:
            raise Refusal("Dieses Thema ist persönlich.", "", "Wählen Sie ein anderes.")
    return rows


def _told(work: Work, rows: Sequence[Topic], text: str) -> Done:
    work.tell(table="topic", ids=[one.id for one in rows], what=text)
    name = f"„{shorten(rows[0].title, 60)}“" if len(rows) == 1 else f"{len(rows)} Themen"
    return Done(ids=tuple(one.id for one in rows), text=f"{name}: {text}")


@sentence("new_topic")
def _noted(_params: Params) -> str:
    return "in den Themenspeicher aufgenommen"


@sentence("edit_topic")
def _edited(_params: Params) -> str:
    return "geändert"


@sentence("finish_topics")
def _finished(params: Params) -> str:
    return str(params.get("what", "erledigt"))


@sentence("drop_topics")
def _dropped(params: Params) -> str:
    return str(params.get("what", "entfallen"))


@sentence("note_topics")
def _remarked(_params: Params) -> str:
    return "Notiz hinzugefügt"
