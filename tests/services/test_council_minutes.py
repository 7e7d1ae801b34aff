"""The minutes: in full for the office, without names, titles and words that are nobody's business outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from council_kit import add_item, write

from ob_buero_tui.rules.attendance import Attendance, Mark
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.rules.votes import Votes
from ob_buero_tui.services.council.attendance import record_attendance
from ob_buero_tui.services.council.minutes import (
    minutes,
    minutes_as_text,
    minutes_text,
    save_minutes,
    write_minutes,
)
from ob_buero_tui.services.council.results import note_item, record_result, write_resolution
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Membership, Organization, Person

Make = Callable[..., int]


@pytest.fixture
def held(place: Workplace, make_meeting: Make) -> int:
    """A session that was held: two members, one of them late, a public and a hidden item with results."""
    key = make_meeting(body="Stadtrat")

    def fill(work: object) -> list[int]:
        session = work.session  # type: ignore[attr-defined]
        body = session.query(Organization).one()
        body.voting_member_count = 3
        people = [Person(given_name="Erika", family_name=name) for name in ("Vorsitz", "Spät", "Feder")]
        session.add_all(people)
        session.flush()
        for one, role in zip(people, ("Vorsitzende", "Mitglied", "Schriftführerin"), strict=True):
            session.add(Membership(person_id=one.id, organization_id=body.id, role=role))
        return [one.id for one in people]

    people = write(place, fill)
    shown = add_item(place, key, 0, "Haushalt 2027", number="Ö 1", public=True)
    hidden = add_item(
        place, key, 1, "Kauf Hafenstraße 7", number="N 1", public=False, general_name="Grundstückssache"
    )
    add_item(place, key, 2, "Geheimer Rest", number="X")
    there = Mark(attendance=Attendance.ANWESEND)
    late = Mark(attendance=Attendance.ANWESEND, came_at=time(17, 20))
    record_attendance(place, key, {people[0]: there, people[1]: late, people[2]: there})
    record_result(place, [shown], "mehrheitlich", Votes(yes=1, no=1))
    write_resolution(place, shown, "Der Rat beschließt den Haushalt.\nEr tritt am 1.1. in Kraft.")
    note_item(place, shown, "lebhafte Aussprache")
    record_result(place, [hidden], "einstimmig", Votes(yes=2))
    write_resolution(place, hidden, "Preis 400.000 Euro")
    write_minutes(place, key, "Herr B. rügt den Saal.")
    return key


def test_in_full_everything_stands_in_them(place: Workplace, held: int) -> None:
    told = minutes_as_text(minutes(place, held, "Büro OB"))
    for part in (
        "nur für den Dienstgebrauch",
        "Do 10.12.2026, 17:00",
        "3 anwesend",
        "Stadtrat: 2 stimmberechtigt anwesend, beschlussfähig",
        "Erika Spät, ab 17:20",
        "Öffentlicher Teil",
        "Ö 1  Haushalt 2027",
        "Er tritt am 1.1. in Kraft.",
        "Ergebnis: mehrheitlich beschlossen (1 Ja, 1 Nein, 0 Enthaltungen)",
        "lebhafte Aussprache",
        "Nichtöffentlicher Teil",
        "N 1  Kauf Hafenstraße 7",
        "Preis 400.000 Euro",
        "Herr B. rügt den Saal.",
        "Erika Vorsitz, Vorsitz",
        "Erika Feder, Schriftführung",
    ):
        assert part in told, part


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PRESS])
def test_outside_the_hidden_part_is_a_general_term(place: Workplace, held: int, audience: Audience) -> None:
    told = minutes_as_text(minutes(place, held, "Büro OB", audience))
    for part in ("Ö 1  Haushalt 2027", "mehrheitlich beschlossen", "N 1  Grundstückssache", "3 anwesend"):
        assert part in told, part
    for secret in ("Hafenstraße", "400.000", "Herr B.", "lebhaft", "Erika", "Geheimer", "Dienstgebrauch"):
        assert secret not in told, secret


def test_a_confidential_session_has_none_outside(place: Workplace, held: int) -> None:
    write(place, lambda work: setattr(work.get(Meeting, held), "confidentiality", "vertraulich"))
    with pytest.raises(Refusal):
        minutes(place, held, "Büro OB", Audience.PUBLIC)


def test_they_are_written_to_files_that_nobody_replaces(place: Workplace, held: int, tmp_path: Path) -> None:
    full = minutes(place, held, "Büro OB")
    first = save_minutes(place, full, tmp_path, pdf=False)
    second = save_minutes(place, full, tmp_path, pdf=False)
    assert (first.name, second.name) == ("niederschrift-2026-12-10.txt", "niederschrift-2026-12-10-2.txt")
    assert first.stat().st_mode & 0o077 == 0
    public = minutes(place, held, "Büro OB", Audience.PUBLIC)
    pdf = save_minutes(place, public, tmp_path, pdf=True)
    assert pdf.name == "niederschrift-2026-12-10-oeffentlich.pdf"
    from pypdf import PdfReader

    told = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "Haushalt 2027" in told
    assert "Hafenstraße" not in told


def test_the_free_text_is_changed_and_undone(place: Workplace, held: int) -> None:
    write_minutes(place, held, "Neu")
    assert minutes_text(place, held) == "Neu"
    undo(place)
    assert minutes_text(place, held) == "Herr B. rügt den Saal."
    write(place, lambda work: setattr(work.get(Meeting, held), "confidentiality", "persoenlich"))
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        minutes_text(place, held)
