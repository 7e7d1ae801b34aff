"""The frame of the screens: title, splits, footer, and the sentence of a terminal too small."""

from __future__ import annotations

import pytest
from textual.screen import Screen
from widgets_kit import SIZES, Bare, messages, screen_text, shown

from ob_buero_tui.services.views import SplitView
from ob_buero_tui.tui.commands import EINGANG, bindings_for
from ob_buero_tui.tui.widgets.footer_line import FooterLine
from ob_buero_tui.tui.widgets.split_bar import SplitBar, abbreviated
from ob_buero_tui.tui.widgets.title_line import Piece, TitleLine
from ob_buero_tui.tui.widgets.too_small import TooSmall

SPLITS = [
    SplitView(key=key, label=label, count=count)
    for key, label, count in [
        ("neu", "Neu", 12),
        ("sh", "Schirmherrschaft", 4),
        ("gw", "Grußwort", 6),
        ("gb", "Goldenes Buch", 2),
        ("ei", "Einladung", 9),
        ("an", "Anliegen", 5),
        ("pr", "Presse", 1),
        ("w", "Wartet", 8),
        ("alle", "Alle", 100_000),
    ]
]


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120, 200])
async def test_the_title_begins_with_office_and_screen(width: int) -> None:
    """At every width the line begins with office and screen; what matters least goes first."""
    title = TitleLine("Eingang")
    async with Bare(title).run_test(size=(width, 10)):
        title.show(
            middle=[Piece(text="Mi 25.11.2026", keep=2), Piece(text="KW 48", keep=6)],
            right=[Piece(text="3 überfällig", tone="error", keep=1), Piece(text="gespeichert", keep=7)],
        )
        (text,) = shown(title)
        assert text.strip().startswith("OB-Büro · Eingang")
        order = ["gespeichert", "KW 48", "Mi 25.11.2026", "3 überfällig"]
        there = [piece in text for piece in order]
        assert there == sorted(there), text
        if width >= 80:
            assert all(there)


async def test_splits_in_one_line_or_two() -> None:
    """Full names when wide; in 80 columns a second line instead of names cut beyond reading."""
    bar = SplitBar()
    async with Bare(bar).run_test(size=(200, 20)) as pilot:
        bar.show(SPLITS, "neu")
        await pilot.pause()
        assert len(shown(bar)) == 1
        assert "2 Schirmherrschaft 4" in shown(bar)[0]
        assert "9 Alle 100.000" in shown(bar)[0]
        await pilot.resize_terminal(80, 20)
        await pilot.pause()
        assert len(shown(bar)) == 2
        assert "2 Schirmherrschaft 4" in shown(bar)[0]
        await pilot.resize_terminal(24, 20)
        await pilot.pause()
        bar.show(SPLITS, "alle")
        await pilot.pause()
        assert len(shown(bar)) <= 2
        assert "9 " in "".join(shown(bar))


async def test_splits_are_clicked_and_picked_by_digit() -> None:
    """A click names the split, also in the second line; a digit finds it."""
    found, hook = messages(SplitBar.Chosen)
    bar = SplitBar()
    async with Bare(bar).run_test(size=(80, 20), message_hook=hook) as pilot:
        bar.show(SPLITS, "neu")
        await pilot.pause()
        lines = shown(bar)
        await pilot.click(bar, offset=(lines[0].index("Grußwort"), 0))
        await pilot.click(bar, offset=(lines[1].index("Presse"), 1))
        assert [message.key for message in found] == ["gw", "pr"]
        assert bar.key_at(9) == "alle"
        assert bar.key_at(0) is None
        bar.show(SPLITS[:2], "neu")
        assert bar.key_at(3) is None


class Desk(Screen[None]):
    """A screen with the bindings of the Eingang and some of its actions."""

    screen_key = EINGANG
    BINDINGS = bindings_for(EINGANG)

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.off: set[str] = set()
        self.quiet: set[str] = set()

    def compose(self):  # type: ignore[no-untyped-def]
        yield FooterLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action in self.quiet else action not in self.off

    def action_accept(self) -> None:
        self.done.append("accept")

    def action_help(self) -> None:
        self.done.append("help")


@pytest.mark.parametrize("width", [20, 40, 80, 120, 200])
async def test_the_footer_fits_and_keeps_what_matters(width: int) -> None:
    """Nothing runs over the edge, help stays longest of all, and more room shows more keys."""
    app = Bare()
    async with app.run_test(size=(width, 12)) as pilot:
        await app.push_screen(Desk())
        await pilot.pause()
        (text,) = shown(app.screen.query_one(FooterLine))
        assert "…" not in text
        assert "a annehmen" in text
        if width >= 40:
            assert "? Hilfe" in text
        assert ("u rückgängig" in text) == (width >= 200)
        assert text.index("a annehmen") < (text.index("n absagen") if "n absagen" in text else 999)


async def test_the_footer_asks_check_action_and_can_be_clicked() -> None:
    """False leaves a key out, None takes its click away, and a click presses the key."""
    app = Bare()
    async with app.run_test(size=(120, 12)) as pilot:
        desk = Desk()
        await app.push_screen(desk)
        await pilot.pause()
        footer = desk.query_one(FooterLine)
        (text,) = shown(footer)
        await pilot.click(footer, offset=(text.index("annehmen"), 0))
        await pilot.click(footer, offset=(text.index("Hilfe"), 0))
        await pilot.pause()
        assert desk.done == ["accept", "help"]
        desk.off, desk.quiet = {"decline"}, {"accept"}
        desk.refresh_bindings()
        await pilot.pause()
        (text,) = shown(footer)
        assert "absagen" not in text
        assert "annehmen" in text
        await pilot.click(footer, offset=(text.index("annehmen"), 0))
        await pilot.pause()
        assert desk.done == ["accept", "help"]
        footer.show_hint("g …  k Kalender")
        assert shown(footer)[0].strip() == "g …  k Kalender"


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_too_small_covers_everything(width: int, height: int) -> None:
    """Below 40 x 10 only the sentence is seen; above it nothing of it."""
    app = Bare(TitleLine("Eingang"), TooSmall())
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        small = width < 40 or height < 10
        assert ("zu klein" in " ".join(screen_text(app).split())) == small
        assert ("OB-Büro" in screen_text(app)) == (not small)


@pytest.mark.parametrize(
    ("name", "limit", "short"),
    [
        ("Goldenes Buch", 13, "Goldenes Buch"),
        ("Goldenes Buch", 10, "Gold. Buch"),
        ("Schirmherrschaft", 9, "Schirmh."),
        ("Kultur und Partnerschaften", 14, "Kult. u. Part."),
        ("Ausschuss für Schule und Sport", 4, "Auss"),
    ],
)
def test_long_names_of_splits_lose_their_longest_words_first(name: str, limit: int, short: str) -> None:
    """What is left can be told from its neighbours."""
    assert abbreviated(name, limit) == short


async def test_the_footer_gives_names_back_their_length_where_there_is_room() -> None:
    """80 columns hold eight keys with short names; wide, the same keys have their full ones."""
    app = Bare()
    async with app.run_test(size=(80, 12)) as pilot:
        await app.push_screen(Desk())
        await pilot.pause()
        footer = app.screen.query_one(FooterLine)
        (text,) = shown(footer)
        expected = "a annehmen n absagen v Vertr. w WV t Antwort e erledigt + neu ? Hilfe"
        assert " ".join(text.split()) == expected
        await pilot.resize_terminal(330, 12)
        await pilot.pause()
        (text,) = shown(footer)
        assert "w Wiedervorlage" in text
        assert "b bearbeiten" in text
