"""Which letter answers a question to the sender, and which only brings the request back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.requests.inquiring import Question, inquire, inquiries
from ob_buero_tui.services.requests.verbs import defer
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from office_fixtures import Clock

TODAY, DUE = date(2026, 11, 25), date(2026, 12, 10)
ASKED = "e@tsv.example.org"


def letter(
    folder: Path, number: str, day: str, extra: str = "", sender: str = ASKED, subject: str = "Re: Fest"
) -> Path:
    """Write a mail; all but the first refer to the first."""
    cites = "" if number == "1" else "In-Reply-To: <1@tsv.example.org>\nReferences: <1@tsv.example.org>\n"
    path = folder / f"{number}.eml"
    path.write_text(
        f"From: Erika <{sender}>\nTo: ob@stadt.example.org\nSubject: {subject}\nDate: {day}\n"
        f"Message-ID: <{number}@tsv.example.org>\n{extra}{cites}\nHallo\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def asked(place: Workplace, tmp_path: Path) -> int:
    """A request whose sender was asked something."""
    path = letter(tmp_path, "1", "Wed, 18 Nov 2026 10:00:00 +0100", subject="Fest")
    (key,) = import_files(place, [path]).lines[0].ids
    inquire(place, [key], Question(text="Wann?", due_on=DUE))
    return key


def state(place: Workplace, key: int) -> tuple[bool, str, date | None]:
    """Whether the question is answered, what woke the request, and until when it rests."""
    with place.reading() as session:
        row = session.get(Request, key)
        assert row is not None
        (inquiry,) = inquiries(session, key)
        return inquiry.answered_on is not None, row.woken_by, row.wiedervorlage_on


NOW = "Wed, 25 Nov 2026 09:30:00 +0100"


@pytest.mark.parametrize(
    ("extra", "sender", "subject", "woken"),
    [
        ("Auto-Submitted: auto-replied\n", ASKED, "Re: Fest", False),
        ("", ASKED, "Abwesenheitsnotiz: Fest", False),
        ("List-Unsubscribe: <https://tsv.example.org/ab>\n", ASKED, "Rundbrief", False),
        ("", "ob@stadt.example.org", "WG: Fest", True),
        ("", "amt40@stadt.example.org", "WG: Fest", True),
    ],
)
def test_only_the_asked_address_answers_in_person(
    place: Workplace, tmp_path: Path, asked: int, extra: str, sender: str, subject: str, woken: bool
) -> None:
    import_files(place, [letter(tmp_path, "2", NOW, extra, sender, subject)])
    assert state(place, asked) == ((False, "antwort", TODAY) if woken else (False, "", DUE))


@pytest.mark.parametrize("day", [NOW, "Sat, 01 Jan 2005 10:00:00 +0100", "Thu, 01 Jan 2099 10:00:00 +0100"])
def test_the_asked_address_answers_whatever_its_clock_says(
    place: Workplace, tmp_path: Path, asked: int, day: str
) -> None:
    import_files(place, [letter(tmp_path, "2", day, sender=ASKED.upper())])
    assert state(place, asked) == (True, "antwort", TODAY)
    undo(place)
    assert state(place, asked) == (False, "", DUE)


def test_an_older_letter_that_comes_in_late_answers_nothing(
    place: Workplace, tmp_path: Path, asked: int
) -> None:
    import_files(place, [letter(tmp_path, "2", "Fri, 20 Nov 2026 10:00:00 +0100")])
    assert state(place, asked)[0] is False


@pytest.mark.parametrize("days", [15, 20])
def test_an_answer_on_the_due_day_or_later_counts(
    place: Workplace, tmp_path: Path, asked: int, clock: Clock, days: int
) -> None:
    clock.advance(days=days)
    day = f"{place.today:%a, %d %b %Y} 08:00:00 +0100"
    import_files(place, [letter(tmp_path, "2", day)])
    assert state(place, asked) == (True, "antwort", place.today)


def test_what_nobody_shall_wake_is_answered_anyhow(place: Workplace, tmp_path: Path, asked: int) -> None:
    defer(place, [asked], DUE, wakes=False)
    import_files(place, [letter(tmp_path, "2", NOW)])
    assert state(place, asked)[:2] == (True, "")
