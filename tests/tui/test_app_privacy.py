"""Aussonderung by keys, and a person reported and erased from Personen after the preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Event

import pytest
from app_kit import Desk, at_desk
from people_kit import add

from legible_kit import locked
from ob_buero_tui.office import Office
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Note
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.erasure_preview import ErasurePreview
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.disposal import DisposalScreen
from ob_buero_tui.tui.screens.flows import privacy
from ob_buero_tui.tui.screens.people import PeopleScreen
from office_fixtures import Clock

LONG_AGO = date(2001, 5, 1)


def _closed(place: Workplace, key: int) -> None:
    """A request that was closed long ago."""
    finish(place, [key])
    with transaction(place, "note") as work:
        work.get(Request, key).closed_on = LONG_AGO


async def test_what_is_due_is_kept_offered_answered_and_destroyed(
    office: Office, make_request: Callable[..., int]
) -> None:
    place = office.place
    for kind, subject in (("grusswort", "Alte Rede"), ("einladung", "Altes Fest")):
        _closed(place, make_request(subject=subject, kind=kind))
    async with at_desk(office, size=(120, 36)) as desk:
        await desk.press("g", "x")
        screen = await desk.opened(DisposalScreen)
        await desk.shows("! vernichten")
        await desk.shows("Vom Büro noch nicht bestätigt")
        await desk.press("D")
        await desk.opened(PromptLine)
        await desk.press("enter")  # nothing typed: nothing happens
        await desk.type("vernichten")
        await desk.press("enter")
        await desk.says("1 Vorgang vernichtet. Das lässt sich nicht zurücknehmen")
        await desk.shows("Alte Rede")
        await desk.press("D")  # refused before anything is typed
        await desk.says("vorher dem Archiv anzubieten")
        assert desk.app.screen is screen
        await desk.press("Z")
        await desk.says("1 Vorgang dem Archiv angeboten")
        await desk.shows("Keine Aufbewahrung ist abgelaufen")
        await desk.press("2", "n")
        await desk.says("1 Vorgang vom Archiv abgelehnt")
        await desk.press("1")
        await desk.shows("! vernichten")
        await desk.press("w")
        await desk.opened(PromptLine)
        await desk.press("enter")
        await desk.says("behalten bis")
        assert screen.check_action("disposal_destroy", ()) is False
        await desk.press("4")
        await desk.shows("[gelöscht]")


async def test_a_person_is_reported_and_erased_after_the_preview(
    office: Office, make_request: Callable[..., int], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = office.place
    add(place, "Zander", "Ute")
    found = Event()
    monkeypatch.setattr(privacy, "find_person", lambda *which: found.wait(60) and find_person(*which))
    person = add(place, "Quittenbaum", "Hülya", email="h.q@example.org")
    own = make_request(subject="Bank am Weg", requester_id=person, kind="anliegen")
    other, third = make_request(subject="Fest"), make_request(subject="Markt")
    note(place, [make_request(subject="Chor")], "Hülya Quittenbaum hört zu.")  # open, so it cannot be ticked
    note(place, [other], "Frau Quittenbaum backt.")
    note(place, [third], "Hülya Quittenbaum singt.")
    place.attachments.store(locked())
    async with at_desk(office, size=(120, 36)) as desk:
        await desk.press("f6")
        screen = await desk.opened(PeopleScreen)
        await desk.shows("Quittenbaum")
        await desk.press("p")
        await desk.shows("läuft …")
        await desk.press("down", "D")  # the bar moves on; the other verb is refused
        await desk.says("„D“ wurde nicht ausgeführt")
        found.set()
        await desk.opened(Choose)
        assert screen.list.cursor == person  # what is asked about
        await desk.shows("3 Nennungen im Text")
        await desk.press("1")
        await desk.opened(Told)
        await desk.shows("h.q@example.org")
        await desk.press("enter", "escape", "p")  # one Esc too many leads to no other screen
        await desk.opened(Choose)
        await desk.press("3")
        await desk.says("Abgelegt:")
        written = list((place.out_folder / "auskunft").iterdir())
        assert [path.suffix for path in written] == [".txt"]
        await desk.press("D")
        await desk.says("ist noch nicht abgeschlossen")
        _closed(place, own)
        _closed(place, other)
        _closed(place, third)
        await _erase(desk)
    _is_erased(place, person, written[0])
    assert clock.now == datetime.fromisoformat("2026-11-25T08:42:00+00:00")


async def _erase(desk: Desk) -> None:
    await desk.press("D")
    await desk.opened(ErasurePreview)
    await desk.shows("dieselbe Person?")
    await desk.shows("0 von 4")
    await desk.press("end", "up")
    await desk.shows("Mit Kennwort, beschädigt oder zu groß")
    await desk.press("up", "up", "up")
    await desk.shows("Nicht löschbar")
    await desk.press("asterisk")
    await desk.shows("3 von 4")  # nobody knows whom the locked file is about
    await desk.press("minus", "space", "down")
    await desk.shows("Hülya Quittenbaum singt")
    await desk.press("space")
    await desk.shows("1 von 4")
    await desk.press("enter")
    await desk.opened(PromptLine)
    await desk.type("Quittenbaum")
    await desk.press("enter")
    await desk.says("Das lässt sich nicht zurücknehmen")


def _is_erased(place: Workplace, person: int, report: Path) -> None:
    """The ticked note is cleared, the one of somebody else is as it was, and the report was asked for too."""
    with place.reading() as session:
        assert session.get(Person, person) is None
        texts = sorted(row.text for row in session.query(Note))
    assert texts == ["Frau Quittenbaum backt.", "Hülya Quittenbaum hört zu.", "[gelöscht] singt."]
    assert report.exists()
