"""What is under the cursor of the Tagesordnung and of the Themenspeicher, in full."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.services.council.agenda_page import AgendaPage
from ob_buero_tui.services.council.topic_list import TopicRow
from ob_buero_tui.services.council.views import AgendaRow
from ob_buero_tui.services.views import HistoryLine
from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import pair

STATES = {
    "offen": "wartet",
    "eingeplant": "auf einer Tagesordnung",
    "erledigt": "erledigt",
    "entfallen": "entfallen",
}


def agenda_lines(page: AgendaPage, item: AgendaRow | None, width: int) -> list[Line]:
    """A session and the item under the cursor as lines for a width in cells."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(page.title, limit=300), width)]
    where = " · ".join(part for part in (page.when, line(page.place)) if part)
    lines += [((text, "quiet"),) for text in wrap(where, width)]
    if page.locked:
        lines += [((text, "warning"),) for text in wrap(f"! {page.locked}", width)]
    elif page.late:
        told = f"! {page.late} Was jetzt dazukommt, ist ein Nachtrag und braucht einen Grund."
        lines += [((text, "warning"),) for text in wrap(told, width)]
    if item is None:
        return lines
    lines.append(())
    head = " ".join(part for part in (line(item.number, limit=16), line(item.name, limit=1000)) if part)
    lines += [((text, "strong"),) for text in wrap(head, width)]
    part = "nicht gesagt, ob öffentlich"
    if item.public is not None:
        part = "öffentlich" if item.public else "nichtöffentlich"
    lines += pair("Teil", part, width)
    if item.public is False:
        lines += pair("Nach außen", line(item.general_name), width)
    paper = " ".join(one for one in (line(item.paper_reference), line(item.paper_name, limit=400)) if one)
    for name, value in (
        ("Vorlage", paper),
        ("Beratung", line(item.role)),
        ("Ergebnis", line(item.result)),
        ("Stimmen", item.votes),
        ("Nachtrag", line(item.late_note, limit=600) if item.late else ""),
        ("Abgesetzt", (line(item.withdrawn_note, limit=600) or "ohne Grund") if item.withdrawn else ""),
    ):
        lines += pair(name, value, width)
    return lines


def topic_lines(row: TopicRow, history: Sequence[HistoryLine], width: int) -> list[Line]:
    """A topic as lines for a width in cells."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(row.title, limit=1000), width)]
    lines.append(())
    days = " ".join(
        f"{word} {long_date(day)}" for word, day in (("ab", row.earliest_on), ("bis", row.latest_on)) if day
    )
    for name, value in (
        ("Stand", row.placed or STATES.get(row.state, row.state)),
        ("Gremium", row.organization or "offen"),
        ("Sitzung", days or "jede"),
        ("Von", row.contributor),
        ("Vorlage", row.paper_reference),
        ("Teil", "öffentlich" if row.public else "nichtöffentlich"),
        ("Nach außen", row.general_name),
    ):
        lines += pair(name, line(value, limit=400), width)
    if row.note:
        lines += [(), (("Notiz", "strong"),)]
        note = clean(row.note, multiline=True, limit=4000)
        lines += [
            ((f"  {part}", ""),) for text in note.splitlines() for part in wrap(text, max(1, width - 2))
        ]
    if history:
        lines += [(), (("Verlauf", "strong"),)]
        told = [f"{short_date(one.at.date())} {clock(one.at)} {one.desk}  {one.text}" for one in history]
        lines += [
            ((f"  {part}", ""),) for text in told for part in wrap(line(text, limit=300), max(1, width - 2))
        ]
    return lines


class AgendaPanel(LinesView):
    """The panel beside an agenda or the topics."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("open")]
    DEFAULT_CSS = """
    AgendaPanel { padding: 0 0 0 1; }
    """

    class Opened(Message):
        """Enter on what is read already."""

    def action_open(self) -> None:
        """Ask for what lies behind it."""
        self.post_message(self.Opened())

    def show_item(self, page: AgendaPage | None, item: AgendaRow | None, *, empty: str) -> None:
        """Show a session and an item, or a calm sentence without a session."""
        if page is None:
            self._calm(empty)
            return
        self.border_title = label(item.number if item is not None and item.number else "Sitzung")
        self.show(partial(agenda_lines, page, item))

    def show_topic(self, row: TopicRow | None, history: Sequence[HistoryLine], *, empty: str) -> None:
        """Show a topic, or a calm sentence when there is none."""
        if row is None:
            self._calm(empty)
            return
        self.border_title = label("Thema")
        self.show(partial(topic_lines, row, tuple(history)))

    def _calm(self, empty: str) -> None:
        self.border_title = ""
        self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
