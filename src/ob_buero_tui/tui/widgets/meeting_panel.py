"""The session under the cursor in full: when and where, its chain of dates in words, and the agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, join, long_date, plural, short_date
from ob_buero_tui.services.council.views import AgendaRow, MeetingView
from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, fit, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.meeting_chain import chain_lines

_NUMBER = 6


def meeting_lines(view: MeetingView, width: int) -> list[Line]:
    """A session as lines for a width in cells; its texts are cleaned here."""
    lines = _head(view, width)
    lines += _chain(view, width)
    lines += _agenda(view.agenda, width)
    lines += _block("Den Vorlagen fehlt noch", [f"! {text}" for text in view.lacks], width)
    lines += _block("Dateien", [f"{kind}: {name}" for kind, name in view.files], width)
    lines += _block("Notiz", [view.note] if view.note else [], width)
    history = [f"{short_date(one.at.date())} {clock(one.at)} {one.desk}  {one.text}" for one in view.history]
    return lines + _block("Verlauf", history, width)


def _head(view: MeetingView, width: int) -> list[Line]:
    row = view.row
    bodies = join([line(name) for name in view.organizations]) or line(row.organization)
    lines: list[Line] = [((text, "strong"),) for text in wrap(bodies or line(row.name), width)]
    if row.name and line(row.name) not in bodies:
        lines += [((text, ""),) for text in wrap(line(row.name), width)]
    state = " · ".join(
        part
        for part in (
            line(row.state_label),
            "" if view.mayor_attends else "ohne OB",
            line(view.facts.confidentiality),
            "Tagesordnung im RIS" if view.facts.led_by == "ris" else "",
            plural(view.unresolved, "Verweis offen", "Verweise offen") if view.unresolved else "",
        )
        if part
    )
    lines += [((text, "quiet"),) for text in wrap(_when(view), width)]
    lines += [((text, "quiet"),) for told in _officers(view) for text in wrap(told, width)]
    if state:
        lines += [((text, "error" if row.cancelled else "quiet"),) for text in wrap(state, width)]
    lines += [((text, "warning"),) for told in _changed(view) for text in wrap(told, width)]
    return lines


def _officers(view: MeetingView) -> list[str]:
    """Who leads and who writes, in one line as far as it is known."""
    facts = view.facts
    parts = (("Leitung", facts.chair), ("Schriftführung", facts.clerk))
    told = " · ".join(f"{role} {line(name)}" for role, name in parts if name)
    return [told] if told else []


def _changed(view: MeetingView) -> list[str]:
    """What to know first: what lacks, where it was postponed from, why it does not take place."""
    facts, told = view.facts, []
    if view.lacks:
        count = plural(len(view.lacks), "Vorlage ist", "Vorlagen sind")
        told.append(f"! {count} nicht vollständig (unten)")
    if facts.moved_from is not None:
        when = f"{long_date(facts.moved_from.date())}, {clock(facts.moved_from)} Uhr"
        told.append(_because(f"> verschoben vom {when}", facts.moved_note))
    if view.row.cancelled and facts.cancelled_note:
        told.append(_because("Grund", facts.cancelled_note))
    return told


def _because(what: str, why: str) -> str:
    return f"{what}: {line(why, limit=500)}" if why else what


def _when(view: MeetingView) -> str:
    row = view.row
    if row.start is None:
        return "Tag noch offen"
    end = f"–{clock(row.end)}" if row.end and row.end.date() == row.start.date() else ""
    return " · ".join(
        part
        for part in (long_date(row.start.date()), f"{clock(row.start)}{end} Uhr", line(row.place))
        if part
    )


def _chain(view: MeetingView, width: int) -> list[Line]:
    row = view.row
    lines: list[Line] = [(), (("Fristen", "strong"),)]
    lines += chain_lines(row.deadlines, width)
    if row.remark:
        lines += [(("   " + text, "quiet"),) for text in wrap(line(row.remark), max(1, width - 3))]
    if view.ladungsfrist and row.deadlines:
        told = f"Ladungsfrist: {line(view.ladungsfrist)}"
        lines += [(("   " + text, "quiet"),) for text in wrap(told, max(1, width - 3))]
    return lines if len(lines) > 2 else []


def _agenda(agenda: Sequence[AgendaRow], width: int) -> list[Line]:
    if not agenda:
        return [(), (("Tagesordnung", "strong"),), (("  noch keine", "quiet"),)]
    lines: list[Line] = []
    part: bool | None = None
    for place, item in enumerate(agenda):
        public = item.public is not False
        if place == 0 or public != part:
            part = public
            lines += [(), (("Öffentlich" if public else "Nichtöffentlich", "strong"),)]
        lines += _item(item, width)
    return lines


def _item(item: AgendaRow, width: int) -> list[Line]:
    room = max(1, width - _NUMBER - 2)
    first, *rest = wrap(line(item.name, limit=600) or "(ohne Titel)", room)
    lines: list[Line] = [((" " + fit(line(item.number, limit=12), _NUMBER) + " ", "quiet"), (first, ""))]
    lines += [((" " * (_NUMBER + 2) + text, ""),) for text in rest]
    more = " · ".join(
        part for part in (line(item.paper_reference), line(item.role), line(item.result)) if part
    )
    return lines + [((" " * (_NUMBER + 2) + text, "quiet"),) for text in wrap(more, room)]


def _block(heading: str, texts: Iterable[str], width: int) -> list[Line]:
    lines: list[Line] = []
    for text in texts:
        for part in wrap(clean(text, multiline=True, limit=4000), max(1, width - 2)):
            lines.append((("  " + part, ""),))
    return [(), ((heading, "strong"),), *lines] if lines else []


class MeetingPanel(LinesView):
    """The panel beside the list of sessions."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("open")]

    DEFAULT_CSS = """
    MeetingPanel { padding: 0 0 0 1; }
    """

    class Opened(Message):
        """Enter on a session that is read already."""

    def action_open(self) -> None:
        """Ask for one of its papers."""
        self.post_message(self.Opened())

    def show_meeting(self, view: MeetingView | None, *, empty: str) -> None:
        """Show a session, or a calm sentence when there is none."""
        if view is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        start = view.row.start
        when = f" · {long_date(start.date())}" if start else ""
        self.border_title = label(f"{view.row.organization or view.row.name}{when}")
        self.show(partial(meeting_lines, view))
