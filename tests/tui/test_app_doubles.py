"""d in the Eingang: a proposal with its reason, which one stays, and what that does."""

from __future__ import annotations

from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Message
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm


async def test_a_proposal_is_merged_by_keys_and_taken_back(
    office: Office, place: Workplace, five: list[int]
) -> None:
    with transaction(place, "note") as work:
        for key in five[:2]:
            letter = Message(request_id=key, message_id="<1@x.example.org>", references=[], recipients=[])
            work.session.add(letter)
    async with at_desk(office) as desk:
        await desk.press("d")
        await desk.opened(Choose)
        await desk.shows("dieselbe E-Mail kam zweimal")
        await desk.press("enter")
        await desk.shows("Welcher Eingang bleibt?")
        await desk.press("1")
        await desk.opened(Confirm)
        await desk.shows("geht darin auf: 1 Schreiben ziehen um.")
        await desk.press("j")
        await desk.says("2026-0001: 1 Eingang zusammengeführt (2026-0002)")
        await desk.until(lambda: set(desk.ids) == {five[0], *five[2:]})
        assert desk.cursor == five[0]
        await desk.press("u")
        await desk.says("Zurückgenommen")
        await desk.until(lambda: desk.ids == five)


async def test_marked_ones_decided_differently_ask_which_decision_counts(
    office: Office, make_request: object, five: list[int]
) -> None:
    from ob_buero_tui.services.work import USE_CASES

    accepted = USE_CASES["test_create_request"].run(
        office.place, {"kind": "grusswort", "state": "zugesagt", "outcome": "zusage"}
    )
    declined = USE_CASES["test_create_request"].run(
        office.place, {"kind": "grusswort", "state": "vertretung", "outcome": "vertretung"}
    )
    async with at_desk(office) as desk:
        await desk.app.open_record("request", accepted)
        await desk.until(lambda: desk.cursor == accepted)
        desk.inbox.list._marked |= {accepted, declined}
        await desk.press("d")
        await desk.shows("Welcher Eingang bleibt?")
        await desk.press("1")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.shows("Welche Entscheidung gilt?")
        await desk.shows("Vertretung")
        await desk.press("2")
        await desk.says("zusammengeführt")
