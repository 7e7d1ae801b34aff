"""Both looks: every colour name is there, text can be read, and signs do not need colour."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from textual.color import Color
from textual.theme import Theme
from widgets_kit import TODAY, Bare, row, shown

from ob_buero_tui.tui import theme
from ob_buero_tui.tui.widgets.drawing import Toned
from ob_buero_tui.tui.widgets.record_list import RecordList

TEXT = ("quiet", "strong", "foreground", "accent", "error", "warning", "success")
PAPER = (
    "background",
    "panel",
    "cursor-row",
    "cursor-row-blurred",
    "mark-row",
    "block-busy",
    "block-tentative",
)


def colour(look: Theme, name: str) -> Color:
    """A colour of a look by its name in stylesheets."""
    found = look.variables.get(name) or getattr(look, name)
    return Color.parse(found)


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio of WCAG 2.1, from 1 to 21."""

    def luminance(each: Color) -> float:
        parts = [part / 255 for part in (each.r, each.g, each.b)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", theme.THEMES, ids=lambda look: look.name)
def test_all_text_can_be_read_on_all_paper(look: Theme) -> None:
    """Every tone has a contrast of at least 4.5 on every ground (WCAG 2.1 AA)."""
    weak = [
        (text, paper, round(contrast(colour(look, text), colour(look, paper)), 2))
        for text in TEXT
        for paper in PAPER
        if contrast(colour(look, text), colour(look, paper)) < 4.5
    ]
    assert weak == []


def test_both_looks_know_the_same_names() -> None:
    """A stylesheet that works in one look works in the other and before a look is set."""
    light, dark = theme.THEMES
    assert set(light.variables) == set(dark.variables) == set(theme.variable_defaults())
    assert theme.other_theme(light.name) == dark.name
    assert theme.other_theme(dark.name) == light.name


def test_kind_colours_are_steady() -> None:
    """The same sign has the same bar everywhere; foreign signs stay in range."""
    assert theme.kind_colour("Gw") == 0
    assert theme.kind_colour("Pr") == theme.kind_colour("Pt") != theme.kind_colour("Ko")
    assert theme.kind_colour("Zz") == theme.kind_colour("Zz")
    assert all(0 <= theme.kind_colour(sign) < theme.KIND_COLOURS for sign in ("", "Ä", "漢字", "[/", "Xy"))


async def test_the_cursor_is_seen_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR the row under the cursor is reversed and the overdue row still has its sign."""
    monkeypatch.setenv("NO_COLOR", "1")
    the_list = RecordList()
    async with Bare(the_list).run_test(size=(60, 8)) as pilot:
        the_list.show([1, 2], lambda ids: {id: row(id, overdue=id == 2) for id in ids}, today=TODAY)
        the_list.focus()
        await pilot.pause()
        assert all(segment.style and segment.style.reverse for segment in the_list.render_line(0))
        assert not any(segment.style and segment.style.reverse for segment in the_list.render_line(1))
        assert shown(the_list)[1].startswith("▌!")


def alike(drawn: RichColor | None, wanted: Color) -> bool:
    """Whether two colours are the same but for rounding."""
    assert drawn is not None
    assert drawn.triplet is not None
    return all(abs(one - other) <= 1 for one, other in zip(drawn.triplet, wanted.rgb, strict=True))


async def test_a_tone_is_worked_out_when_it_is_drawn_and_follows_look_and_focus() -> None:
    toned, other = Toned(), RecordList()
    toned.can_focus = True
    async with Bare(toned, other).run_test() as pilot:
        app = pilot.app
        assert "tone--warning" not in toned._component_styles
        for look in (theme.LIGHT, theme.DARK):
            app.theme = look
            await pilot.pause()
            names = {each.name: each for each in theme.THEMES}[look]
            assert alike(toned.style_of("warning").color, colour(names, "warning"))
            for widget, ground in ((other, "cursor-row-blurred"), (toned, "cursor-row")):
                app.screen.set_focus(widget)
                await pilot.pause()
                assert alike(toned.style_of(ground="cursor").bgcolor, colour(names, ground))
        assert set(toned._component_styles) == {"tone--warning", "ground--paper", "ground--cursor"}
        with pytest.raises(KeyError, match="tone--nirgends"):
            toned.style_of("nirgends")
