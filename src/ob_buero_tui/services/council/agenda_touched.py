"""Items of agendas as the verbs load them and tell of them."""

from __future__ import annotations

from collections.abc import Sequence

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.agenda_order import editable_meeting, number_anew
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import AgendaItem, Meeting

ItemRow = tuple[AgendaItem, Meeting]


def items_of(work: Work, ids: Sequence[int]) -> list[ItemRow]:
    """The items with these keys and their sessions; what is not ours to change is refused."""
    if not ids:
        raise Refusal("Es ist kein Punkt ausgewählt.", "", "Wählen Sie einen Punkt aus.")
    found = []
    for key in dict.fromkeys(ids):
        item = work.get(AgendaItem, key)
        if item.deleted or item.meeting_id is None:
            raise Refusal("Diesen Punkt gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
        found.append((item, editable_meeting(work, item.meeting_id)))
    return found


def refuse_decided(item: AgendaItem, verb: str) -> None:
    """Refuse to let an item go that has a result.

    Args:
        verb: What cannot be done, in German: „absetzen“.
    """
    if item.result:
        raise Refusal(
            f"„{name_of(item)}“ lässt sich nicht {verb}.",
            "Er hat schon ein Ergebnis.",
            "Nehmen Sie zuerst das Ergebnis weg.",
        )


def number_all(work: Work, rows: Sequence[ItemRow]) -> None:
    """Number the agendas of these items anew."""
    for key in dict.fromkeys(meeting.id for _, meeting in rows):
        number_anew(work, key)


def name_of(item: AgendaItem) -> str:
    """Number and title of an item, short enough for a sentence."""
    return shorten(f"{item.number} {item.name}".strip(), 60)


def told(work: Work, items: Sequence[AgendaItem], text: str) -> Done:
    """What a verb on items did, for the screen and for the history of their sessions."""
    work.tell(table="agenda_item", ids=[one.id for one in items])
    for key in dict.fromkeys(one.meeting_id for one in items):
        work.refer("meeting", key)
    name = f"„{name_of(items[0])}“" if len(items) == 1 else f"{len(items)} Punkte"
    return Done(ids=tuple(one.id for one in items), text=f"{name}: {text}")
