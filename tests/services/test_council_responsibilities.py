"""Who is responsible on a day, also after an office was reorganised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from body_kit import member, person
from council_kit import add_body

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import responsibilities
from ob_buero_tui.services.council.responsibility_verbs import (
    ResponsibilityEntry,
    add_responsibility,
    edit_responsibility,
    end_responsibility,
)
from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.workplace import Workplace

FIRST, SECOND = date(2024, 1, 1), date(2026, 7, 1)


def who(place: Workplace, subject: str, day: date) -> list[str]:
    with place.reading() as session:
        return [one.who for one in responsibilities.responsible_at(session, [subject], day)]


def test_a_new_entry_ends_the_one_before_and_old_days_keep_theirs(place: Workplace) -> None:
    schulamt, bildung = add_body(place, "Schulamt"), add_body(place, "Amt für Bildung")
    ahrens, brand = person(place, "Ahrens"), person(place, "Brand")
    add_responsibility(
        place, ResponsibilityEntry(subject="Schulen", organization_id=schulamt, person_id=ahrens, start=FIRST)
    )
    add_responsibility(
        place, ResponsibilityEntry(subject="schulen ", organization_id=bildung, person_id=brand, start=SECOND)
    )
    assert who(place, "Schulen", date(2026, 6, 30)) == ["Schulamt · Kim Ahrens"]
    assert who(place, "SCHULEN", SECOND) == ["Amt für Bildung · Kim Brand"]
    assert who(place, "Schulen", date(2023, 12, 31)) == []
    with place.reading() as session:
        told = responsibilities.told_at(place, session, ["Schulen", "Bau"], date(2026, 1, 5))
    assert told == ("Schulen: Schulamt · Kim Ahrens (am Mo 5.01.2026)",)


def test_an_end_and_a_correction(place: Workplace) -> None:
    ahrens = person(place, "Ahrens")
    (key,) = add_responsibility(place, ResponsibilityEntry(subject="OB", person_id=ahrens, start=FIRST)).ids
    with pytest.raises(Refusal, match="beginnt erst am Mo"):
        end_responsibility(place, key, date(2023, 12, 31))
    end_responsibility(place, key, date(2026, 10, 31))
    assert (who(place, "OB", date(2026, 10, 31)), who(place, "OB", date(2026, 11, 1))) == (["Kim Ahrens"], [])
    edit_responsibility(place, key, ResponsibilityEntry(subject="OB", person_id=ahrens, start=SECOND))
    assert (who(place, "OB", FIRST), who(place, "OB", date(2026, 11, 1))) == ([], ["Kim Ahrens"])


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"subject": " "}, "fehlt, wofür"),
        ({"subject": "OB", "person_id": None}, "fehlt, wer"),
        ({"subject": "OB", "start": SECOND, "end": FIRST}, "liegt vor dem ersten"),
    ],
)
def test_what_is_missing_is_named(place: Workplace, values: dict[str, object], why: str) -> None:
    ahrens = person(place, "Ahrens")
    with pytest.raises(Refusal, match=why):
        add_responsibility(place, ResponsibilityEntry(**({"person_id": ahrens} | values)))  # type: ignore[arg-type]


def test_two_beginnings_on_one_day_are_refused(place: Workplace) -> None:
    entry = ResponsibilityEntry(subject="OB", person_id=person(place, "Ahrens"), start=FIRST)
    add_responsibility(place, entry)
    with pytest.raises(Refusal, match="schon jemand eingetragen"):
        add_responsibility(place, entry)


def test_who_led_an_office_is_what_was_entered_else_its_head(place: Workplace) -> None:
    schulamt, bauamt, leer = (add_body(place, name) for name in ("Schulamt", "Bauamt", "Leeramt"))
    ahrens, brand = person(place, "Ahrens"), person(place, "Brand")
    member(place, schulamt, brand, "Amtsleiterin")
    member(place, bauamt, brand, "Amtsleiterin", start_date=SECOND)
    add_responsibility(
        place, ResponsibilityEntry(subject="Schulen", organization_id=schulamt, person_id=ahrens)
    )
    with place.reading() as session:
        found = responsibilities.led_at(session, [schulamt, bauamt, leer], SECOND)
    assert found == {schulamt: "Kim Ahrens", bauamt: "Kim Brand"}


def test_an_old_decision_shows_who_decided_then(place: Workplace, make_request: Callable[..., int]) -> None:
    # Received long ago, decided before the office changed hands.
    key = make_request(kind="grusswort", received_at=datetime(2026, 6, 1, 8, tzinfo=UTC))
    decline(place, [key], "Terminkonflikt", "", Decision(decider="ob", on=date(2026, 6, 30)))
    assert record(place, key).decided == "entschieden durch OB am Di 30.06.2026, eingetragen PS"
    for family, start in (("Ahrens", FIRST), ("Brand", SECOND)):
        add_responsibility(
            place, ResponsibilityEntry(subject="ob", person_id=person(place, family), start=start)
        )
    assert record(place, key).decided.startswith("entschieden durch OB (Kim Ahrens) am Di 30.06.2026")
