"""Call-backs: who comes first, attempts counted, closed with the result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.follow_ups.calls import call_card, count_attempt, finish_call, is_mayor
from ob_buero_tui.services.follow_ups.rows import rows
from ob_buero_tui.services.follow_ups.selecting import CALLS, ids, splits
from ob_buero_tui.services.requests.creating import Captured, create_request
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import defer
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace


def call(place: Workplace, name: str, **fields: str) -> int:
    """A call taken down."""
    given = {"rueckruf": "erbeten", "rueckruf_durch": "Büro", **fields}
    captured = Captured(
        kind="telefonnotiz",
        channel="Telefon",
        subject=f"Anliegen {name}",
        name=name,
        tel="0555 4711",
        fields=given,
    )
    return create_request(place, captured).ids[0]


def test_the_mayors_come_first_then_what_is_promised_soonest(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    later = call(place, "Anna Beispiel", rueckruf_bis="27.11.2026")
    soon = call(place, "Bert Beispiel", rueckruf_bis="26.11.2026")
    mayor = call(place, "Carla Beispiel", rueckruf_durch="OB", rueckruf_bis="30.11.2026")
    call(place, "Dora Beispiel", rueckruf="ruft wieder an")
    make_request(kind="grusswort")
    assert ids(place, CALLS) == (mayor, soon, later)
    assert next(view.count for view in splits(place) if view.key == CALLS) == 3
    row = rows(place, CALLS, [mayor])[mayor]
    assert (row.what, row.who, row.on) == ("Carla Beispiel · 0555 4711", "OB", date(2026, 11, 30))
    assert row.about.startswith("seit Mi 25.11. · Anliegen Carla")


@pytest.mark.parametrize(
    ("who", "mayor"),
    [
        ("OB", True),
        ("Oberbürgermeister", True),
        ("Bürgermeisterin selbst", True),
        ("ob", True),
        ("Obermaier", False),
        ("PS", False),
        ("", False),
    ],
)
def test_who_is_the_mayor(who: str, mayor: bool) -> None:
    assert is_mayor(who) is mayor


def test_attempts_are_counted_and_taken_back(place: Workplace) -> None:
    key = call(place, "Anna Beispiel", erreichbar="werktags ab 16 Uhr")
    count_attempt(place, [key])
    assert count_attempt(place, [key]).text.endswith(": 2 Versuche")
    facts = dict(call_card(place, key).facts)
    assert facts["Versuche"] == "2, zuletzt Mi 25.11. 09:42 PS"
    assert (facts["Erreichbar"], facts["Nummer"]) == ("werktags ab 16 Uhr", "0555 4711")
    assert "werktags ab 16 Uhr · 2 Versuche" in rows(place, CALLS, [key])[key].about
    undo(place)
    assert dict(call_card(place, key).facts)["Versuche"].startswith("1, ")


def test_a_call_made_is_closed_with_its_result_and_its_task(place: Workplace) -> None:
    key = call(place, "Anna Beispiel", rueckruf_bis="26.11.2026")
    assert [task.label for task in record(place, key).tasks] == ["Zurückrufen"]
    unsaid = call(place, "Otto Beispiel", rueckruf="", rueckruf_durch="")
    assert set(ids(place, CALLS)) == {key, unsaid}
    finish_call(place, [unsaid])
    finish_call(place, [key], "kommt am Freitag")
    view = record(place, key)
    assert (view.state_label, [task.done for task in view.tasks]) == ("erledigt", [True])
    assert ("Ergebnis", "kommt am Freitag") in view.fields
    assert ids(place, CALLS) == ()
    undo(place)
    assert ids(place, CALLS) == (key,)


def test_only_calls_are_counted_and_what_waits_for_a_day_is_not_shown(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    letter = make_request(kind="grusswort")
    for use_case in (count_attempt, finish_call):
        with pytest.raises(Refusal, match="kein offener Rückruf"):
            use_case(place, [letter])
    key = call(place, "Anna Beispiel")
    defer(place, [key], date(2026, 11, 30))
    assert ids(place, CALLS) == ()


def test_what_is_personal_to_another_desk_says_no_name(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(
        kind="telefonnotiz",
        fields={"rueckruf": "erbeten", "anrufer": "Anna", "nummer": "0555"},
        confidentiality="persoenlich",
        owner="jemand",
    )
    row = rows(place, CALLS, [key])[key]
    assert "Anna" not in f"{row}"
    assert not call_card(place, key).full
