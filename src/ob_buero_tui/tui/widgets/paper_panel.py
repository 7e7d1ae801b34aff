"""The paper under the cursor in full: its facts, its way through the bodies, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, join, long_date, short_date
from ob_buero_tui.services.council.paper_views import PaperRecord, StationLine
from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import block, pair

LED_BY_RIS = "Das Ratsinformationssystem führt sie; hier lässt sie sich lesen."
LEVEL_WORDS = {"oeffentlich": "öffentlich", "persoenlich": "persönlich"}


def paper_lines(view: PaperRecord, width: int) -> list[Line]:
    """A paper as lines for a width in cells; its texts are cleaned here."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(view.name, limit=1000), width)]
    lines += _facts(view, width)
    if not view.ours:
        lines += [((text, "quiet"),) for text in wrap(LED_BY_RIS, width)]
    lines += _lacks(view.lacks, width)
    lines += way_lines(view, width)
    lines += block("Verweise", "strong", [f"{word} {name}" for word, _key, name in view.relations], width)
    lines += block("Dateien", "strong", [f"{kind}: {name}" for kind, name in view.files], width)
    notes = [text for part in view.note.split("\n") if (text := clean(part, limit=4000))]
    lines += block("Notiz", "strong", notes, width)
    history = [f"{short_date(one.at.date())} {clock(one.at)} {one.desk}  {one.text}" for one in view.history]
    return lines + block("Verlauf", "strong", history, width)


def _facts(view: PaperRecord, width: int) -> list[Line]:
    office = " · ".join(part for part in (line(view.office), line(view.led)) if part)
    level = LEVEL_WORDS.get(view.confidentiality, view.confidentiality)
    kind = " · ".join(part for part in (line(view.kind_label), line(view.state_label), level) if part)
    facts = (
        ("Art", kind),
        ("Federführung", office),
        ("Urheber", join([line(one) for one in view.originators])),
        ("Verfasser", line(view.author)),
        ("Aktenzeichen", line(view.file_reference)),
        ("vom", long_date(view.on) if view.on else ""),
        ("bis", long_date(view.deadline_on) if view.deadline_on else ""),
    )
    return [one for name, value in facts for one in pair(name, value, width)]


def _lacks(texts: Iterable[str], width: int) -> list[Line]:
    found: list[Line] = []
    for text in texts:
        first, *rest = wrap(line(text), max(1, width - 2)) or [""]
        found += [(("! ", "error"), (first, "")), *((("  " + part, ""),) for part in rest)]
    return [(), (("Es fehlt", "strong"),), *found] if found else []


def way_lines(view: PaperRecord, width: int) -> list[Line]:
    """The Beratungsfolge: each step with its session, and below it what is wrong with it."""
    lines: list[Line] = [(), (("Beratungsfolge", "strong"),)]
    if not view.stations:
        return [*lines, (("  noch keine", "quiet"),)]
    for number, one in enumerate(view.stations, start=1):
        lines += _station(number, one, width)
    return lines


def station_text(one: StationLine) -> str:
    """A step in a line: „Bau und Verkehr · Vorberatung · Di 1.12. · TOP Ö 5 · empfohlen“."""
    parts = (
        line(one.body) or "ohne Gremium",
        line(one.role) or ("Entscheidung" if one.decides else ""),
        short_date(one.start.date()) if one.start else "ohne Sitzung",
        f"TOP {line(one.number, limit=12)}" if one.number else "",
        line(one.result),
    )
    return " · ".join(part for part in parts if part)


def _station(number: int, one: StationLine, width: int) -> list[Line]:
    room = max(1, width - 4)
    first, *rest = wrap(station_text(one), room)
    sign = ("! ", "error") if one.problems else ("» ", "accent") if one.decides else ("  ", "")
    lines: list[Line] = [((f"{number:2}", "quiet"), sign, (first, "strong" if one.decides else ""))]
    lines += [(("    " + text, "strong" if one.decides else ""),) for text in rest]
    for text in one.problems:
        lines += [(("    " + part, "error"),) for part in wrap(line(text), room)]
    for text in one.remarks:
        lines += [(("    " + part, "quiet"),) for part in wrap(line(text), room)]
    return lines


class PaperPanel(LinesView):
    """The panel beside the list of papers."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("open")]

    DEFAULT_CSS = """
    PaperPanel { padding: 0 0 0 1; }
    """

    class Opened(Message):
        """Enter on a paper that is read already."""

    def action_open(self) -> None:
        """Ask where to go from here."""
        self.post_message(self.Opened())

    def show_paper(self, view: PaperRecord | None, *, empty: str) -> None:
        """Show a paper, or a calm sentence when there is none."""
        if view is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        self.border_title = label(view.reference or "ohne Nummer")
        self.show(partial(paper_lines, view))
