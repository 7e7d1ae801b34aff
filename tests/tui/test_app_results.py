"""What comes of a session, by keys: attendance with its quorum, results, tasks, the Ladungsfrist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.rules.attendance import Attendance, Mark
from ob_buero_tui.services.council.attendance import attendance, record_attendance
from ob_buero_tui.services.council.ladungsfrist import body_rule, urgent_note
from ob_buero_tui.services.council.minutes import minutes_text, write_minutes
from ob_buero_tui.services.council.result_views import item_result
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.tui.screens.council import CouncilScreen
from ob_buero_tui.tui.screens.dialogs.attendance import AttendanceDialog
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.long_text import LongText
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told

NAMES = ("Ahorn", "Buche", "Esche")


@pytest.fixture
def rat(make_meeting: Callable[..., int], place: Workplace) -> dict[str, int]:
    """A session of a council of three with one who stands in, and two items."""
    key = make_meeting(body="Stadtrat")
    found = {"meeting": key}
    with transaction(place, "note") as work:
        body = work.session.query(Organization).one()
        body.voting_member_count, body.ladungsfrist = 3, "nw_hilden"
        found["body"] = body.id
        rows: list[Any] = []
        for name in (*NAMES, "Fichte"):
            person = Person(given_name="Erika", family_name=name)
            work.session.add(person)
            work.session.flush()
            found[name] = person.id
            stands_in = rows[1].id if name == "Fichte" else None
            given = {"person_id": person.id, "organization_id": body.id, "substitute_for_id": stands_in}
            rows.append(Membership(role="Mitglied", **given))
            work.session.add(rows[-1])
            work.session.flush()
        for place_at, (number, name) in enumerate((("Ö 1", "Haushalt"), ("Ö 2", "Radweg"))):
            item = AgendaItem(
                meeting_id=key, number=number, name=name, public=True, position=place_at, extra={}
            )
            work.session.add(item)
            work.session.flush()
            found[name] = item.id
    return found


async def at_council(desk: Desk) -> CouncilScreen:
    """Go to the Sitzungen."""
    await desk.press("f4")
    screen = await desk.opened(CouncilScreen)
    await desk.until(lambda: screen.list.cursor is not None)
    return screen


async def test_who_is_there_is_marked_by_letters(office: Office, rat: dict[str, int]) -> None:
    def marks() -> dict[int, str]:
        people = attendance(office.place, rat["meeting"]).people
        return {one.person_id: one.mark.text for one in people if one.mark.text != "offen"}

    async with at_desk(office, size=(120, 36)) as desk:
        await at_council(desk)
        await desk.press("X")
        dialog = await desk.opened(AttendanceDialog)
        await desk.shows("0 stimmberechtigt anwesend von 3 Sitzen: nicht beschlussfähig")
        await desk.press("a", "v")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.until(lambda: len(dialog.marks) == 3)
        await desk.press("down", "k")
        await desk.opened(PromptLine)
        await desk.type("17:20")
        await desk.press("enter")
        await desk.shows("3 stimmberechtigt anwesend von 3 Sitzen: beschlussfähig")
        await desk.press("escape")
        await desk.closed()
        assert marks() == {}, "not stored yet"
        await desk.press("X")
        await desk.opened(AttendanceDialog)
        await desk.shows("anwesend ab 17:20")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: len(marks()) == 4)
        assert marks() == {
            rat["Ahorn"]: "anwesend",
            rat["Buche"]: "entschuldigt",
            rat["Esche"]: "anwesend ab 17:20",
            rat["Fichte"]: "anwesend",
        }
        await desk.says("3 anwesend, Stadtrat beschlussfähig")
        await desk.press("u")
        await desk.until(lambda: marks() == {})


async def test_results_are_entered_one_after_the_other(office: Office, rat: dict[str, int]) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await at_council(desk)
        await desk.press("N")
        await desk.shows("2 Punkte, 2 ohne Ergebnis")
        await desk.press("e")
        await desk.shows("Ergebnis: welcher Punkt?")
        await desk.press("enter")
        await desk.shows("Ö 1: Ergebnis")
        await desk.press("m")
        await desk.opened(PromptLine)
        await desk.type("2 1")
        await desk.shows("2 Ja, 1 Nein, 0 Enthaltungen")
        await desk.press("enter")
        await desk.until(
            lambda: item_result(office.place, rat["Haushalt"]).result == "mehrheitlich beschlossen"
        )
        await desk.shows("Ergebnis: welcher Punkt?")
        await desk.press("enter")
        await desk.shows("Ö 2: Ergebnis")
        await desk.press("z")
        await desk.opened(PromptLine)
        await desk.type("Kosten ermitteln 15.12.")
        await desk.press("enter")
        await desk.until(lambda: len(item_result(office.place, rat["Radweg"]).tasks) == 1)
        await desk.shows("Ergebnis: welcher Punkt?")
        await desk.press("escape")
        await desk.closed()
        await desk.shows("mehrheitlich beschlossen")


async def test_minutes_are_written_and_looked_at(office: Office, rat: dict[str, int]) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await at_council(desk)
        await desk.press("N", "b")
        await desk.opened(LongText)
        await desk.type("Der Rat tagt im Foyer.")
        await desk.press("ctrl+s")
        await desk.until(lambda: minutes_text(office.place, rat["meeting"]) == "Der Rat tagt im Foyer.")
        await desk.closed()
        await desk.press("N", "p")
        await desk.opened(Told)
        await desk.shows("Die Anwesenheit ist nicht eingetragen.")


async def test_two_desks_at_the_minutes_are_asked_with_both_texts(
    office: Office, other_place: Workplace, rat: dict[str, int]
) -> None:
    """Also where one left the text as a draft before the other desk wrote."""
    key = rat["meeting"]
    async with at_desk(office, size=(120, 36)) as desk:
        await at_council(desk)
        await desk.press("N", "b")
        await desk.opened(LongText)
        await desk.type("kurz")
        await desk.press("escape")
        await desk.closed()
        write_minutes(other_place, key, "Zwei Stunden Mitschrift")
        await desk.press("N", "b")
        await desk.opened(LongText)
        await desk.press("ctrl+s")
        await desk.opened(BothValuesDialog)
        await desk.shows("Zwei Stunden Mitschrift")
        await desk.press("escape")
        await desk.opened(LongText)
        await desk.press("ctrl+s")
        await desk.opened(BothValuesDialog)
        await desk.press("a", "enter")
        await desk.says("Es gilt der Text vom anderen Platz.")
        await desk.closed()
        assert minutes_text(office.place, key) == "Zwei Stunden Mitschrift"
        await desk.press("X")
        dialog = await desk.opened(AttendanceDialog)
        await desk.press("e", "escape")
        await desk.closed()
        record_attendance(other_place, key, {rat["Ahorn"]: Mark(attendance=Attendance.ANWESEND)})
        await desk.press("X")
        dialog = await desk.opened(AttendanceDialog)
        await desk.shows("Inzwischen am anderen Platz eingetragen: Erika Ahorn")
        assert [one.text for one in dialog.marks.values()] == ["anwesend"]


async def test_the_ladungsfrist_is_confirmed_and_shortened(office: Office, rat: dict[str, int]) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await at_council(desk)
        await desk.press("M")
        await desk.shows("9 Tage einschließlich Sitzungstag")
        await desk.press("1")
        await desk.until(lambda: body_rule(office.place, rat["body"]).confirmed_by == "PS")
        await desk.closed()
        await desk.press("M")
        await desk.shows("Bestätigt Mi 25.11.2026 von PS.")
        await desk.press("3")
        await desk.opened(PromptLine)
        await desk.type("Sturmschaden")
        await desk.press("enter")
        await desk.until(lambda: urgent_note(office.place, rat["meeting"]) == "Sturmschaden")
        await desk.shows("verkürzt (Sturmschaden)")
