"""How an item of an agenda and a topic are laid out in their lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.services.council.topic_list import TopicRow
from ob_buero_tui.services.council.views import AgendaRow
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit

_NUMBER = 9
_WIDE = 74


@dataclass(frozen=True, slots=True)
class ItemColumns:
    """Widths in cells, 0 for a column that is left out."""

    title: int
    paper: int
    result: int


def item_columns(width: int) -> ItemColumns:
    """The columns of a list of items that is `width` cells wide inside its border."""
    paper = 15 if width >= 56 else 0
    result = 22 if width >= _WIDE else 10 if width >= 42 else 0
    return ItemColumns(max(1, width - 3 - _NUMBER - paper - result), paper, result)


def item_heading(width: int) -> Line:
    """The names of the columns."""
    cols = item_columns(width)
    text = " " * 3 + fit("TOP", _NUMBER) + fit("Titel", cols.title)
    text += fit(" Vorlage", cols.paper) if cols.paper else ""
    text += fit(" Stand", cols.result) if cols.result else ""
    return ((fit(text, width), "quiet"),)


def draw_item(row: AgendaRow, width: int, marked: bool, today: date | None) -> list[Run]:  # noqa: ARG001
    """One item as runs for a width in cells; its texts are cleaned here."""
    cols = item_columns(width)
    closed = row.public is False
    tone = "struck" if row.withdrawn else "quiet" if row.standard else ""
    runs: list[Run] = [
        ("▌" if closed else " ", "warning" if closed else ""),
        ("x " if marked else "  ", "accent"),
        (fit(line(row.number, limit=16), _NUMBER), "quiet" if closed else "strong"),
        (fit("  " * row.level + (line(row.name, limit=400) or "(ohne Titel)"), cols.title), tone),
    ]
    if cols.paper:
        runs.append((" " + fit(line(row.paper_reference, limit=40), cols.paper - 1), "quiet"))
    if cols.result:
        told, shade = item_state(row)
        runs.append((" " + fit(told, cols.result - 1), shade))
    return runs


def item_state(row: AgendaRow) -> tuple[str, str]:
    """How an item stands, in a word, and the tone of it."""
    if row.withdrawn:
        return "abgesetzt", "quiet"
    if row.result:
        return line(row.result), "success"
    return ("! Nachtrag", "warning") if row.late else ("", "")


@dataclass(frozen=True, slots=True)
class TopicColumns:
    """Widths in cells, 0 for a column that is left out."""

    title: int
    body: int
    days: int
    who: int
    paper: int


def topic_columns(width: int) -> TopicColumns:
    """The columns of a list of topics that is `width` cells wide inside its border."""
    body, days = 16 if width >= 64 else 9, 20 if width >= 54 else 9
    who = 14 if width >= 84 else 0
    paper = 14 if width >= 70 else 0
    return TopicColumns(max(1, width - 3 - body - days - who - paper), body, days, who, paper)


def topic_heading(width: int) -> Line:
    """The names of the columns."""
    cols = topic_columns(width)
    text = " " * 3 + fit("Gremium", cols.body) + fit("Thema", cols.title)
    text += fit(" Vorlage", cols.paper) if cols.paper else ""
    text += fit(" von", cols.who) if cols.who else ""
    text += fit(" wann", cols.days)
    return ((fit(text, width), "quiet"),)


def draw_topic(row: TopicRow, width: int, marked: bool, today: date | None) -> list[Run]:  # noqa: ARG001
    """One topic as runs for a width in cells; its texts are cleaned here."""
    cols = topic_columns(width)
    when, tone = topic_when(row)
    runs: list[Run] = [
        (" " if row.public else "▌", "" if row.public else "warning"),
        ("x " if marked else "  ", "accent"),
        (fit(line(row.organization, limit=40) or "–", cols.body - 1) + " ", "quiet"),
        (
            fit(line(row.title, limit=400) or "(ohne Titel)", cols.title),
            "struck" if row.state == "entfallen" else "",
        ),
    ]
    if cols.paper:
        runs.append((" " + fit(line(row.paper_reference, limit=40), cols.paper - 1), "quiet"))
    if cols.who:
        runs.append((" " + fit(line(row.contributor, limit=60), cols.who - 1), "quiet"))
    runs.append((" " + fit(when, cols.days - 1), tone))
    return runs


def topic_when(row: TopicRow) -> tuple[str, str]:
    """When a topic may come on, or where it stands, and the tone of it."""
    if row.placed:
        return line(row.placed), "success"
    if row.state != "offen":
        return line(row.state), "quiet"
    if row.overdue and row.latest_on is not None:
        return f"! bis {_day(row.latest_on)}", "error"
    parts = [f"ab {_day(row.earliest_on)}"] if row.earliest_on else []
    parts += [f"bis {_day(row.latest_on)}"] if row.latest_on else []
    return " ".join(parts), ""


def _day(day: date) -> str:
    return short_date(day).split(" ", 1)[-1]
