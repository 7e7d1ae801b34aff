"""Items come on an agenda again: what waited since they went off waits no more."""

from __future__ import annotations

from sqlalchemy import select

from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.council.agenda_order import agenda_items
from ob_buero_tui.services.council.placing import CALLED_OFF, OPEN, PLACED
from ob_buero_tui.services.council.stations import link_station, on_agenda
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import AgendaItem, Meeting, Paper
from ob_buero_tui.store.council_topics import Topic


def waiting_topic(work: Work, item: AgendaItem) -> Topic | None:
    """The topic that waits since this item went off its agenda; None where it has gone elsewhere."""
    return work.session.scalars(
        select(Topic).where(Topic.agenda_item_id == item.id, Topic.state == OPEN).order_by(Topic.id)
    ).first()


def back_on(work: Work, item: AgendaItem, meeting: Meeting) -> bool:
    """Put an item on again with what waits for it: its topic, and the station of its paper.

    Returns:
        Whether something waited.
    """
    item.withdrawn, item.withdrawn_note = False, ""
    topic = waiting_topic(work, item)
    if topic is None:
        return False
    topic.state = PLACED
    paper = work.session.get(Paper, topic.paper_id) if topic.paper_id is not None else None
    if paper is not None and not on_agenda(work.session, paper.id, meeting.id):
        link_station(work, meeting, paper, item)
    return True


def restore_items(work: Work, meeting: Meeting) -> str:
    """Put on again what the cancelling of a session let wait and what still waits.

    Returns:
        What is on again and what is not, in German, to go on a sentence; empty where nothing was let go.
    """
    items = agenda_items(work.session, meeting.id)
    let_go = [one for one in items if one.withdrawn and one.withdrawn_note == CALLED_OFF]
    waiting = [one for one in let_go if waiting_topic(work, one) is not None]
    for item in waiting:
        back_on(work, item, meeting)
    gone = len(let_go) - len(waiting)
    told = f" · {plural(len(waiting), 'Punkt', 'Punkte')} wieder auf der Tagesordnung" if waiting else ""
    if gone == 1:
        told += " · 1 Punkt bleibt abgesetzt: er steht jetzt woanders oder ist erledigt"
    elif gone:
        told += f" · {gone} Punkte bleiben abgesetzt: sie stehen jetzt woanders oder sind erledigt"
    return told
