"""What is under the cursor of the Ausfall: the appointment, whom to call, and the deputies by rank."""

from __future__ import annotations

from functools import partial

from ob_buero_tui.rules.german import clock, duration, long_date
from ob_buero_tui.services.ausfall.views import AusfallCard, AusfallLine, CallLine
from ob_buero_tui.services.calendar.contacts import NOBODY
from ob_buero_tui.services.requests.proposing_deputies import DeputyChoice
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import pair

PERSONAL = "Dieser Termin ist persönlich und nur am Platz zu lesen und zu regeln, dem er gehört."
OUTSIDE = "Die Abwesenheit reicht nicht mehr bis hierher; e lässt den Termin stehen wie vorher."


def card_lines(card: AusfallCard, width: int) -> list[Line]:
    """An appointment as lines for a width in cells; its texts are cleaned here."""
    row = card.line
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(row.summary), width)]
    lines += pair("Wann", when_text(row), width)
    if row.hidden:
        return [*lines, (), *(((text, "quiet"),) for text in wrap(PERSONAL, width))]
    lines += pair("Wird", line(row.said) or "offen", width, "strong" if row.said else "warning")
    lines += pair("Kontakt", line(row.contact.name), width)
    lines += pair("Telefon", line(row.contact.phone) or "keins hinterlegt", width, "strong")
    for name, value in (
        ("Wo", row.location),
        ("Vorgang", card.request),
        ("Veranstalter", card.organizer),
        ("Fahrer", card.driver.text),
        ("Presse", card.press),
        ("Rede", duration(card.speech_min) if card.speech_min else ""),
    ):
        lines += pair(name, line(value), width)
    if row.outside:
        lines += [(), *(((text, "warning"),) for text in wrap(OUTSIDE, width))]
    return lines + _deputies(card, width)


def when_text(row: AusfallLine) -> str:
    """When it is: „Do 26.11.2026, 11:00–12:00“."""
    day = long_date(row.start.date())
    return f"{day}, ganztägig" if row.all_day else f"{day}, {clock(row.start)}–{clock(row.end)}"


def call_lines(call: CallLine, width: int) -> list[Line]:
    """A call as lines: whom, the number, what is to be said."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(call.who.name), width)]
    lines += pair("Telefon", line(call.who.phone) or "keins hinterlegt", width, "strong")
    if call.again:
        lines += [(("! war schon angerufen, jetzt gilt etwas anderes", "warning"),)]
    lines += [()]
    for text in call.what:
        first, *rest = wrap(line(text), max(1, width - 2))
        lines += [(("· " + first, ""),), *((("  " + part, ""),) for part in rest)]
    if call.done:
        at = f"{clock(call.done_at)} {call.done_by}" if call.done_at is not None else call.done_by
        lines += [(), *pair("Erledigt", f"{at}: {line(call.result)}", width, "success")]
    return lines


def _deputies(card: AusfallCard, width: int) -> list[Line]:
    if card.proposal is None:
        return []
    phones = dict(card.phones)
    lines: list[Line] = []
    number = 0
    for chain in card.proposal.chains:
        lines += [(), ((line(chain.label), "quiet"),)]
        for one in chain.deputies:
            number += 1
            phone = phones.get(one.calendar, NOBODY)
            told = line(" · ".join(part for part in (one.label, phone.phone) if part))
            first, *rest = wrap(told, max(1, width - 3))
            lines += [((f"{number}  ", "accent"), (first, "")), *((("   " + part, ""),) for part in rest)]
            lines += _state(one, card.proposal.year, width)
    return lines


def _state(one: DeputyChoice, year: int, width: int) -> list[Line]:
    stood = f"{year}: {one.stood}× vertreten" + (f", {one.asked} angefragt" if one.asked else "")
    said = f"{one.said} · " if one.said else ""
    if not one.conflicts:
        return [((f"   ✓ frei · {said}{stood}", "quiet"),)]
    lines: list[Line] = []
    for text in one.conflicts:
        lines += [((f"   {part}", "error"),) for part in wrap(f"! {line(text)}", max(1, width - 3))]
    return [*lines, ((f"   {said}{stood}", "quiet"),)]


class AusfallPanel(LinesView):
    """The panel beside the list of an Ausfall."""

    DEFAULT_CSS = """
    AusfallPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    def show_card(self, card: AusfallCard | None, *, empty: str = "Kein Termin ausgewählt.") -> None:
        """Show an appointment, or a calm sentence when there is none."""
        if card is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        self.border_title = label(card.line.name)
        self.show(partial(card_lines, card))

    def show_call(self, call: CallLine) -> None:
        """Show a call."""
        self.border_title = "Anruf"
        self.show(partial(call_lines, call))
