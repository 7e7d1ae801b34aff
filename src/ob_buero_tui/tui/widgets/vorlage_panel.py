"""What is under the cursor of the OB-Vorlage: the matter in short, Votum, Stellungnahmen, warnings."""

from __future__ import annotations

from functools import partial

from ob_buero_tui.services.vorlage.views import VorlageCard
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.finding_list import finding_lines, label_column
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import pair

PERSONAL = "Dieser Eingang ist persönlich und nur am Platz zu lesen, an dem er so eingestuft wurde."


def card_lines(card: VorlageCard, width: int) -> list[Line]:
    """An item as lines for a width in cells; its texts are cleaned here."""
    row = card.row
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(row.subject), width)]
    if row.hidden:
        return [*lines, (), *(((text, "quiet"),) for text in wrap(PERSONAL, width))]
    lines.append(())
    lines += pair("OB sagt", line(card.decision), width, "strong")
    lines += pair("Bemerkung", line(card.remark), width)
    for name, value in (
        ("Art", card.kind),
        ("Wann", card.when),
        ("Wo", card.where),
        ("Wer", row.who),
        ("Antwort bis", card.due),
        ("Vorgang", row.number),
    ):
        lines += pair(name, line(value), width)
    lines += [(), (("Votum", "strong"),)]
    lines += _votum(card, width)
    if card.stellungnahmen:
        lines += [(), (("Stellungnahmen", "strong"),)]
        for name, answer in card.stellungnahmen:
            lines += pair(line(name), line(answer, limit=2000), width)
    if card.history:
        lines += [(), (("Vorgeschichte", "strong"),)]
        lines += [((text, ""),) for text in wrap(line(card.history, limit=1000), width)]
    if card.warnings:
        lines += [(), (("Prüfung", "strong"),)]
        column = label_column(card.warnings, width)
        for finding in card.warnings:
            lines += finding_lines(finding, width, column, with_source=True)
    return lines


def _votum(card: VorlageCard, width: int) -> list[Line]:
    if not card.row.votum and not card.votum_text:
        return [(("ohne Votum", "quiet"),)]
    text = ": ".join(part for part in (line(card.row.votum), line(card.votum_text, limit=2000)) if part)
    return [((part, ""),) for part in wrap(text, width)]


class VorlagePanel(LinesView):
    """The panel beside the mayor's list."""

    DEFAULT_CSS = """
    VorlagePanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    def show_card(self, card: VorlageCard | None, *, empty: str = "Nichts ausgewählt.") -> None:
        """Show an item, or a calm sentence when there is none."""
        if card is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        self.border_title = label(f"Nummer {card.row.position} · {card.row.number}")
        self.show(partial(card_lines, card))
