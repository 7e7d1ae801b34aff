"""Random keys at the desk: nothing crashes, and whatever they did is taken back step by step.

`OB_BUERO_MONKEY=20x500` gives the seeds and the keys of each; `python -m benchmarks.trust monkey` asks for
that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random
from typing import Final

import pytest
from app_kit import Desk, at_desk
from widgets_kit import assert_harmless

from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.undo import LeftHouse, undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import contents
from whole_office import fill

Make = Callable[..., int]
SEEDS, KEYS = map(int, os.environ.get("OB_BUERO_MONKEY", "1x80").split("x"))
_NAMES: Final = """
    enter escape tab shift+tab up down left right pageup pagedown home end backspace delete
    f1 f2 f3 f4 f5 f6 f7 f8 ctrl+s ctrl+p ctrl+d ctrl+z
"""
PRESSED: Final = (*"abcdefhijklmnopqrstuvwxyzABCDEFGHILMNOPTUVW0123456789!+-.,*/?#äöüß ", *_NAMES.split())
"""All keys but Ctrl+Q, which leaves; letters after `g` are chords."""


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_a_monkey_breaks_nothing_and_loses_nothing(
    office: Office, place: Workplace, make_request: Make, make_event: Make, make_meeting: Make, seed: int
) -> None:
    before = contents(place)
    fill(place, make_request, make_event, make_meeting)
    dice = Random(seed)  # noqa: S311 the same keys each time
    async with at_desk(office) as desk:
        for _ in range(KEYS):
            key = dice.choice(PRESSED)
            await desk.press(*(("g", dice.choice("ektswpvoambjd")) if dice.random() < 0.06 else (key,)))
            assert desk.app.is_running, key
        assert_harmless(desk.app)
        await finish(desk)
    if take_back(place):
        after = contents(place)
        assert [name for name, rows in before.items() if after[name] != rows] == []


async def finish(desk: Desk) -> None:
    """Let what is still being done end, whatever it is."""
    while len(desk.app.screen_stack) > 1:
        desk.app.pop_screen()
        await desk.quiet()
    await desk.until(lambda: not desk.app.waiting)


def take_back(place: Workplace) -> bool:
    """Undo until nothing is left, the first step included; False where something stays: it went out."""
    while True:
        try:
            undo(place)
        except LeftHouse:
            return False
        except Refusal:
            return True
