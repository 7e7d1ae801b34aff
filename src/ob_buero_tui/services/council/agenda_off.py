"""Items come off an agenda: withdrawn, back to the Themenspeicher, or struck out before anybody knows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.agenda_touched import (
    items_of,
    name_of,
    number_all,
    refuse_decided,
    told,
)
from ob_buero_tui.services.council.coming_back import back_on, waiting_topic
from ob_buero_tui.services.council.late_items import gone_out
from ob_buero_tui.services.council.placing import OPEN, PLACED, wait_again
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting
from ob_buero_tui.store.council_topics import Topic

NOTE_LENGTH = 500


@use_case("withdraw_agenda_items")
def withdraw(work: Work, item_ids: Sequence[int], note: str = "") -> Done:
    """Take items off an agenda; they keep place and number. Those that are all off come on again.

    Args:
        note: Why.
    """
    rows = items_of(work, item_ids)
    again = all(one.withdrawn for one, _ in rows)
    for one, meeting in rows:
        if again:
            back_on(work, one, meeting)
        else:
            refuse_decided(one, "absetzen")
            one.withdrawn, one.withdrawn_note = True, clean(note, limit=NOTE_LENGTH).strip()
    text = "wieder auf der Tagesordnung" if again else "abgesetzt"
    return told(work, [item for item, _ in rows], text)


@use_case("return_agenda_items")
def return_items(work: Work, item_ids: Sequence[int]) -> Done:
    """Let what items are about wait in the Themenspeicher again.

    Before the invitation goes out they leave the agenda; after that they stay on it as taken off.

    Raises:
        Refusal: one is a standard item, has a result, or waits already.
    """
    rows = items_of(work, item_ids)
    for item, meeting in rows:
        if item.standard:
            raise Refusal(
                f"„{name_of(item)}“ kommt nicht in den Themenspeicher.",
                "Es ist ein Standardpunkt.",
                "Mit D nehmen Sie ihn von der Tagesordnung.",
            )
        refuse_decided(item, "in den Themenspeicher zurückgeben")
        if item.withdrawn and waiting_topic(work, item) is not None:
            raise Refusal(f"„{name_of(item)}“ wartet schon im Themenspeicher.", "", "Dort steht es offen.")
        wait_again(work, item, meeting.id)
        _leave(work, item, meeting, "zurück in den Themenspeicher")
    number_all(work, rows)
    return told(work, [item for item, _ in rows], "wieder im Themenspeicher")


@use_case("remove_agenda_items")
def remove(work: Work, item_ids: Sequence[int]) -> Done:
    """Take items off an agenda for good; a topic waits again, a paper's station is free again.

    Raises:
        Refusal: the invitation has gone out: then an item can only be withdrawn; or it has a result.
    """
    rows = items_of(work, item_ids)
    for item, meeting in rows:
        out = gone_out(work.session, work.place, meeting.id)
        if out:
            raise Refusal(
                f"„{name_of(item)}“ lässt sich nicht mehr streichen.",
                out,
                "Setzen Sie ihn mit n ab; dann sieht man, dass er darauf stand.",
            )
        refuse_decided(item, "streichen")
        _free(work, item)
        item.deleted = True
    number_all(work, rows)
    return told(work, [item for item, _ in rows], "von der Tagesordnung gestrichen")


def _leave(work: Work, item: AgendaItem, meeting: Meeting, note: str) -> None:
    if gone_out(work.session, work.place, meeting.id):
        item.withdrawn, item.withdrawn_note = True, note
    else:
        item.deleted = True


def _free(work: Work, item: AgendaItem) -> None:
    stations = select(Consultation).where(
        Consultation.agenda_item_id == item.id, Consultation.deleted.is_(False)
    )
    for station in work.session.scalars(stations).all():
        station.meeting_id = station.agenda_item_id = None
    for topic in work.session.scalars(select(Topic).where(Topic.agenda_item_id == item.id)).all():
        topic.state = OPEN if topic.state == PLACED else topic.state
        topic.agenda_item_id = None
    work.session.flush()


@sentence("withdraw_agenda_items")
def _withdrawn(_params: Params) -> str:
    return "abgesetzt oder wieder aufgenommen"


@sentence("return_agenda_items")
def _returned(_params: Params) -> str:
    return "zurück in den Themenspeicher"


@sentence("remove_agenda_items")
def _removed(_params: Params) -> str:
    return "von der Tagesordnung gestrichen"
