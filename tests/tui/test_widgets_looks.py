"""What an eye needs at every width: signs with words, names cut readably, keys in sight."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widget import Widget
from textual.widgets import Input, Static
from widgets_kit import TODAY, Bare, row, screen_text, shown

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.tui.command import EINGANG, KALENDER, PERSONEN
from ob_buero_tui.tui.commands import chords_for
from ob_buero_tui.tui.keys import Prefix
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.kind_picker import FOLDED, KindPicker
from ob_buero_tui.tui.widgets.record_columns import draw_request
from ob_buero_tui.tui.widgets.split_bar import SplitBar

PILES = ("Neu", "Schirmherrschaft", "Grußwort", "Goldenes Buch", "Einladung", "Anliegen", "Presse", "Wartet")


@pytest.mark.parametrize("width", [76, 88, 140])
def test_what_came_back_early_has_its_sign_and_in_wide_lists_the_word(width: int) -> None:
    text = "".join(piece for piece, _ in draw_request(row(1, woken="Antwort da"), width, False, TODAY))
    assert "« " in text
    assert "Sache 1" in text
    assert ("Antwort da" in text) == (width >= 88)
    assert "«" not in "".join(piece for piece, _ in draw_request(row(1), width, False, TODAY))


async def test_long_names_of_piles_are_cut_behind_consonants_and_only_as_far_as_needed() -> None:
    bar = SplitBar()
    counts = (60, 6, 12, 6, 12, 13, 3, 0, 60)
    named = zip((*PILES, "Alle"), counts, strict=True)
    splits = [SplitView(key=name, label=name, count=count) for name, count in named]
    async with Bare(bar).run_test(size=(120, 20)) as pilot:
        bar.show(splits, "Neu")
        await pilot.pause()
        (text,) = shown(bar)
        assert "2 Schirmh. 6  3 Grußwort 12  4 Gold. Buch 6  5 Einladung 12" in text


@pytest.mark.parametrize("screen", [EINGANG, KALENDER, PERSONEN])
@pytest.mark.parametrize("width", [60, 79, 119, 199])
def test_the_line_of_the_prefix_key_is_never_cut_inside_a_name(screen: str, width: int) -> None:
    chords = chords_for(screen)
    text = Prefix(chords).hint(width)
    assert cell_len(text) <= width
    letters = {letter for letter in chords if f" {letter} " in text}
    assert letters == set(chords) or width < 119
    assert letters >= {letter for letter, each in chords.items() if not each.keys} or width < 79
    assert "d Datum" in text
    assert "Ausfall" in text


class Tall(Dialog[None]):
    """A dialog that needs more lines than a small window has."""

    def body(self) -> list[Widget]:
        """Thirty lines and a field."""
        return [Input(), *(Static(f"Zeile {at}", classes="dialog-text") for at in range(30))]


@pytest.mark.parametrize("height", [24, 90])
async def test_the_line_of_keys_stays_in_sight(height: int) -> None:
    """Also in a window that is too low for the rest."""
    app = Bare(Static("unten"))
    async with app.run_test(size=(80, height)) as pilot:
        await app.push_screen(Tall("Hoch", keys="Enter weiter · Esc abbrechen"))
        await pilot.pause()
        await pilot.pause()
        lines = screen_text(app).splitlines()
        assert any("Enter weiter · Esc abbrechen" in line for line in lines)


async def test_in_a_low_window_the_kinds_give_way_to_the_form() -> None:
    """All kinds while one is picked, afterwards the chosen one in one line."""
    kinds = load_catalog().active_kinds
    picker, field = KindPicker(kinds, "einladung"), Input()
    async with Bare(picker, field).run_test(size=(80, 24)) as pilot:
        picker.focus()
        await pilot.pause()
        assert len(shown(picker)) > 4
        field.focus()
        await pilot.pause()
        (text,) = shown(picker)
        assert text.strip() == f"● Einladung{FOLDED}"
        await pilot.resize_terminal(80, 40)
        await pilot.pause()
        assert len(shown(picker)) > 4
