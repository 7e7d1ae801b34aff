"""A blocking notice on a person shows on the greeting that is meant for them, with what must not be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ob_buero_tui.rules.checks import Level
from ob_buero_tui.rules.locks import Lock
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.people.editing import classify_contact, create_contact, set_locks
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.workplace import Workplace


def add(place: Workplace, lock: Lock | None, until: date | None = None) -> int:
    """Erika Beispiel with a notice."""
    key = create_contact(place, "person", {"given_name": "Erika", "family_name": "Beispiel"}).ids[0]
    if lock is not None:
        set_locks(place, key, {lock: until})
    return key


def told(place: Workplace, key: int) -> list[tuple[str, Level]]:
    """What the notices say of a request."""
    return [(one.text, one.level) for one in record(place, key).findings if one.key.startswith("sperre_")]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (Lock.WIDERSPRUCH_50_5, "Nicht gratulieren und nichts veröffentlichen"),
        (Lock.AUSKUNFTSSPERRE_51, "Nicht gratulieren, nichts veröffentlichen, niemandem Auskunft geben"),
        (Lock.SPERRVERMERK_52, "Die Anschrift nicht nennen"),
    ],
)
@pytest.mark.parametrize("values", [{"fields": {"person": "Frau Erika Beispiel"}}, {"requester_id": 1}])
def test_a_notice_shows_on_the_greeting(
    place: Workplace, make_request: Callable[..., int], lock: Lock, wanted: str, values: dict[str, Any]
) -> None:
    add(place, lock)
    ((text, level),) = told(place, make_request(kind="gratulation", **values))
    assert level is Level.WARN
    assert text.startswith("Erika Beispiel: ")
    assert wanted in text
    assert "BMG" in text


def test_who_asks_for_somebody_else_does_not_block_it(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = add(place, Lock.AUSKUNFTSSPERRE_51)
    values = {"requester_id": key, "fields": {"person": "Karl Muster"}}
    assert told(place, make_request(kind="gratulation", **values)) == []


def test_no_notice_no_greeting_or_a_closed_one_warns_of_nothing(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    add(place, None)
    greeting = {"kind": "gratulation", "fields": {"person": "Erika Beispiel"}}
    assert told(place, make_request(**greeting)) == []
    add(place, Lock.WIDERSPRUCH_50_5)
    assert told(place, make_request(**greeting | {"state": "erledigt", "closed": True})) == []
    assert told(place, make_request(kind="einladung", requester_id=2)) == []


def test_a_notice_past_its_last_day_is_to_be_asked_about(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    add(place, Lock.AUSKUNFTSSPERRE_51, date(2026, 11, 1))
    ((text, _),) = told(place, make_request(kind="gratulation", fields={"person": "Erika Beispiel"}))
    assert "galt bis So 1.11.2026" in text
    assert "Meldebehörde" in text


def test_a_namesake_is_to_be_checked(place: Workplace, make_request: Callable[..., int]) -> None:
    add(place, Lock.WIDERSPRUCH_50_5)
    add(place, None)
    ((text, _),) = told(place, make_request(kind="gratulation", fields={"person": "Erika Beispiel"}))
    assert "Bitte prüfen, ob diese Person gemeint ist." in text


def test_a_confidential_contact_is_warned_of_too(place: Workplace, make_request: Callable[..., int]) -> None:
    key = add(place, Lock.AUSKUNFTSSPERRE_51)
    classify_contact(place, "person", [key], Confidentiality.VERTRAULICH)
    assert told(place, make_request(kind="gratulation", fields={"person": "Erika Beispiel"}))
