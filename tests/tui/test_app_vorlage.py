"""The OB-Vorlage as a screen: put on, ordered, decided by one key, typed in from paper, carried out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.vorlage import selecting, verbs
from ob_buero_tui.services.vorlage.views import VorlageDecision as D
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm_list import ConfirmList
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.dialogs.votum import VotumDialog
from ob_buero_tui.tui.screens.vorlage import VorlageScreen
from office_fixtures import contents

Make = Callable[..., int]
EVENING = datetime.fromisoformat("2026-12-15T18:00")


@pytest.fixture
def three(make_request: Make, place: Workplace) -> list[int]:
    """Three invitations on the list of the next talk."""
    keys = [
        make_request(subject=f"Einladung {n}", kind="einladung", event_start=EVENING.replace(day=14 + n))
        for n in (1, 2, 3)
    ]
    verbs.put_on(place, keys, "zusage", "passt gut")
    return keys


def said(place: Workplace) -> list[D]:
    rows = selecting.rows(place, keys := selecting.ids(place, selecting.NEXT))
    return [rows[key].decision for key in keys]


async def go(desk: Desk) -> VorlageScreen:
    await desk.press("f7")
    screen = await desk.opened(VorlageScreen)
    await desk.until(lambda: screen._painted and screen.panel.line_count)
    return screen


async def test_o_puts_a_request_on_the_list_and_off_again(office: Office, make_request: Make) -> None:
    key = make_request(subject="Grußwort", kind="grusswort")
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.ids)
        await desk.press("o")
        dialog = await desk.opened(VotumDialog)
        assert "OB-Vorlage für Mo 30.11." in desk.text
        await desk.press("3")
        assert isinstance(dialog.focused, Input)
        await desk.type("zu spät, 2 Tage")
        await desk.press("enter")
        await desk.closed()
        await desk.says("auf der OB-Vorlage für Mo 30.11.2026")
        assert desk.record(key).state_label == "in der OB-Vorlage"
        assert selecting.present_votum(desk.app.patient, key) == ("absage", "zu spät, 2 Tage")
        await desk.press("o")
        await desk.says("von der OB-Vorlage genommen")
        assert desk.record(key).state_label == "neu"


async def test_a_batch_goes_on_with_those_that_can(office: Office, make_request: Make) -> None:
    for state in ("neu", "zugesagt", "neu"):
        make_request(state=state)
    async with at_desk(office) as desk:
        await desk.press("9")
        await desk.until(lambda: len(desk.ids) == 3)
        await desk.press("asterisk", "o")
        await desk.opened(VotumDialog)
        assert "2026-0002 ist „zugesagt“" in desk.text
        await desk.press("enter")
        await desk.closed()
        assert len(selecting.ids(desk.app.patient, selecting.NEXT)) == 2


async def test_one_key_says_it_and_the_cursor_goes_on(
    office: Office, place: Workplace, three: list[int]
) -> None:
    async with at_desk(office, size=(160, 40)) as desk:
        screen = await go(desk)
        assert "Gespräch Mo 30.11. 3" in desk.text
        assert "passt gut" in desk.text
        await desk.press("a", "n", "w")
        await desk.until(lambda: said(place) == [D.JA, D.NEIN, D.SPAETER])
        assert "✓ ja" in desk.text
        assert "✗ nein" in desk.text
        await desk.press("home")
        await desk.press("r")
        await desk.until(lambda: said(place)[0] is D.RUECKSPRACHE)
        await desk.press("k", "r")
        await desk.until(lambda: said(place)[0] is D.OFFEN)
        await desk.press("u")
        await desk.until(lambda: said(place)[0] is D.RUECKSPRACHE)
        assert screen.split == selecting.NEXT


async def test_who_stands_in_is_chosen_with_what_is_in_the_way(
    office: Office, place: Workplace, three: list[int], make_event: Make
) -> None:
    make_event(calendar="bm1", dtstart=EVENING.replace(day=15), dtend=EVENING.replace(day=15, hour=20))
    async with at_desk(office) as desk:
        await go(desk)
        await desk.press("v")
        await desk.opened(Choose)
        assert "Überschneidung" in desk.text
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: said(place)[0] is D.VERTRETUNG)
        await desk.shows("2. BM")


async def test_the_order_is_changed_and_each_step_taken_back(
    office: Office, place: Workplace, three: list[int]
) -> None:
    async with at_desk(office) as desk:
        screen = await go(desk)
        first, second, third = selecting.ids(place, selecting.NEXT)
        await desk.press("J", "J")
        await desk.until(lambda: selecting.ids(place, selecting.NEXT) == (second, third, first))
        await desk.until(lambda: screen.list.cursor == first)
        await desk.press("K")
        await desk.until(lambda: selecting.ids(place, selecting.NEXT) == (second, first, third))
        await desk.press("u")
        await desk.until(lambda: selecting.ids(place, selecting.NEXT) == (second, third, first))


async def test_the_printed_list_is_typed_in(office: Office, place: Workplace, three: list[int]) -> None:
    async with at_desk(office) as desk:
        await go(desk)
        await desk.press("i")
        await desk.opened(PromptLine)
        await desk.type("1a 2-9n")
        assert "Ja: 1" in desk.text
        assert "Eine Nummer 9 hat die Liste nicht." in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, PromptLine)
        await desk.press("backspace", "backspace")
        await desk.type("3n")
        assert "Ja: 1 · Nein: 2–3" in desk.text
        await desk.press("enter")
        await desk.closed()
        assert said(place) == [D.JA, D.NEIN, D.NEIN]


async def test_decisions_become_outcomes_and_one_step_takes_them_back(
    office: Office, place: Workplace, three: list[int]
) -> None:
    verbs.transfer(place, 1, {1: "ja", 2: "nein", 3: "spaeter"})
    before = contents(place)
    async with at_desk(office) as desk:
        await go(desk)
        await desk.press("e")
        await desk.opened(Choose)
        assert "aus welchem Grund" in desk.text
        await desk.press("1")
        await desk.opened(ConfirmList)
        assert "3 Entscheidungen" in desk.text
        assert "zusagen: Termin Di 15.12. 18:00" in desk.text
        await desk.press("j")
        await desk.closed()
        await desk.says("1 Zusage, 1 Absage, 1 später")
        assert [desk.record(key).state_label for key in three] == [
            "zugesagt",
            "abgesagt",
            "in der OB-Vorlage",
        ]
        await desk.press("3")
        await desk.until(lambda: "Einladung 1" in desk.text)
        await desk.press("u")
        await desk.until(lambda: contents(place) == before)


async def test_esc_before_the_end_changes_nothing(office: Office, place: Workplace, three: list[int]) -> None:
    verbs.transfer(place, 1, {2: "nein"})
    before = contents(place)
    async with at_desk(office) as desk:
        await go(desk)
        await desk.press("e")
        await desk.opened(Choose)
        await desk.press("escape")
        await desk.closed()
        assert contents(place) == before


async def test_the_list_is_shown_and_printed(
    office: Office, three: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("typst")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with at_desk(office) as desk:
        await go(desk)
        await desk.press("p")
        await desk.opened(Told)
        assert "vertraulich – nur für OB" in desk.text
        await desk.press("enter")
        await desk.closed()
        await desk.press("P")
        dialog = await desk.opened(PromptLine)
        dialog.query_one(Input).value = str(tmp_path / "aus")
        await desk.press("enter")
        await desk.says("ob-vorlage-2026-11-30.pdf")
        assert (tmp_path / "aus" / "ob-vorlage-2026-11-30.pdf").read_bytes().startswith(b"%PDF")


async def test_an_empty_list_says_what_to_do(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("g", "o")
        await desk.opened(VorlageScreen)
        await desk.shows("setzt o einen Eingang")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_it_is_readable_at_every_size(office: Office, three: list[int], size: tuple[int, int]) -> None:
    async with at_desk(office, size=size) as desk:
        await go_narrow(desk)
        assert "OB-Büro · OB-Vorlage" in desk.text or "OB-Vorlage" in desk.text
        assert "Einladung 1" in desk.text
        await desk.press("tab")
        await desk.shows("passt gut")


async def go_narrow(desk: Desk) -> None:
    await desk.press("f7")
    await desk.opened(VorlageScreen)
    await desk.shows("Einladung 1")
