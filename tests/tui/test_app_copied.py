"""What verbs copy: of the record under the cursor, and of an agenda the public part alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from app_kit import at_desk
from people_kit import at_people, three_people

from ob_buero_tui.office import Office
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem
from ob_buero_tui.tui.screens.council import CouncilScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.people import PeopleScreen


async def test_of_a_contact_whose_panel_lags_behind_the_cursor_the_right_one_is_copied(
    office: Office, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = three_people(place)
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        monkeypatch.setattr(PeopleScreen, "show_record", lambda _screen: None)
        await desk.press("j")
        assert screen.list.cursor == people.first
        assert screen.contact is not None
        assert screen.contact.id == people.anna
        await desk.press("y")
        dialog = await desk.opened(Choose)
        await desk.shows("karl@example.org")
        assert not [each for each in dialog._choices if "Marktplatz" in each.label]


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ((None, False), "2 Punkte fehlen: nicht als öffentlich gekennzeichnet."),
        ((None,), "1 Punkt fehlt: nicht als öffentlich gekennzeichnet."),
        ((), "Tagesordnung kopiert."),
    ],
)
async def test_of_an_agenda_only_what_is_known_to_be_public_is_copied(
    office: Office,
    make_meeting: Callable[..., int],
    left_out: tuple[bool | None, ...],
    said: str,
) -> None:
    key = make_meeting(body="Stadtrat")
    with transaction(office.place, "note") as work:
        items = [("Haushalt", True), *((f"Grundstück {n}", one) for n, one in enumerate(left_out))]
        for name, public in items:
            work.session.add(AgendaItem(meeting_id=key, name=name, public=public, extra={}))
    async with at_desk(office) as desk:
        await desk.press("f4")
        await desk.opened(CouncilScreen)
        await desk.press("y")
        await desk.opened(Choose)
        await desk.shows("Tagesordnung")
        await desk.press("end", "enter")
        await desk.says(said)
        assert "Haushalt" in desk.app.clipboard
        assert "Grundstück" not in desk.app.clipboard
