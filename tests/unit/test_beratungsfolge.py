"""A paper's way through the bodies: order, who decides, what is out of reach (domain.md 3.3, 10.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.beratungsfolge import (
    ANHOERUNG,
    ENTSCHEIDUNG,
    KENNTNISNAHME,
    VORBERATUNG,
    Station,
    findings,
)

NOW = datetime.fromisoformat("2026-11-25T09:42")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


BAU = Station(id=1, body="Bau und Verkehr", start=at("2026-12-01T17:00"), role=VORBERATUNG)
HA = Station(id=2, body="Hauptausschuss", start=at("2026-12-03T17:00"), role=VORBERATUNG)
RAT = Station(id=3, body="Stadtrat", start=at("2026-12-10T17:00"), role=ENTSCHEIDUNG, authoritative=True)


def change(one: Station, **values: object) -> Station:
    return replace(one, **values)  # type: ignore[arg-type]


def texts(*stations: Station, decided: bool = True, deadline: date | None = None) -> list[str]:
    return [one.text for one in findings(stations, NOW, decided=decided, deadline=deadline)]


def test_a_way_in_order_with_the_council_last_lacks_nothing() -> None:
    assert texts(BAU, HA, RAT) == []


def test_a_session_before_that_of_the_step_before_is_named() -> None:
    assert texts(HA, BAU, RAT) == ["Bau und Verkehr (Di 1.12.) liegt nicht nach Hauptausschuss (Do 3.12.)"]
    same = change(HA, start=BAU.start)
    assert texts(BAU, same, RAT) == ["Hauptausschuss (Di 1.12.) liegt nicht nach Bau und Verkehr (Di 1.12.)"]
    later_that_day = change(HA, start=at("2026-12-01T19:00"))
    assert texts(BAU, later_that_day, RAT) == []


def test_the_deciding_body_comes_last() -> None:
    after = change(BAU, start=at("2026-12-15T17:00"))
    assert texts(RAT, after) == [
        "Bau und Verkehr (Di 15.12.) kommt nach der Entscheidung in Stadtrat (Do 10.12.)"
    ]
    hint = findings([RAT, change(after, role=KENNTNISNAHME)], NOW, decided=True)
    assert [one.serious for one in hint] == [False], "who only takes note may come later"
    heard = findings([RAT, change(after, role=ANHOERUNG)], NOW, decided=True)
    assert [one.serious for one in heard] == [True]


def test_who_decides() -> None:
    assert texts(BAU, HA) == ["kein Gremium entscheidet"]
    assert texts(BAU, HA, decided=False) == []
    assert (
        texts(change(HA, authoritative=True), RAT)
        == [
            "mehrere Gremien entscheiden: Hauptausschuss (Do 3.12.) und Stadtrat (Do 10.12.)",
            "Stadtrat (Do 10.12.) kommt nach der Entscheidung in Stadtrat (Do 10.12.)",
        ][:1]
    )
    put_off = change(RAT, id=9, start=at("2026-11-05T17:00"), result="vertagt")
    assert texts(put_off, RAT) == [], "a body that put it off decides again"
    role_alone = change(RAT, authoritative=None)
    assert texts(BAU, role_alone) == []
    assert texts(BAU, change(RAT, authoritative=False)) == ["kein Gremium entscheidet"]


def test_a_step_is_reached_while_its_invitation_has_not_gone_out() -> None:
    rule = "Ladungsfrist 7 volle Kalendertage (§ 5 GeschO)"
    late = change(BAU, dispatch=date(2026, 11, 24), rule=rule)
    assert texts(late, RAT) == [
        "Bau und Verkehr (Di 1.12.): Versand war am Di 24.11."
        " (Ladungsfrist 7 volle Kalendertage (§ 5 GeschO)); nur noch als Nachtrag"
    ]
    assert texts(change(late, placed=True), RAT) == []
    assert texts(change(late, dispatch=NOW.date()), RAT) == []


def test_steps_without_a_session_and_without_a_result() -> None:
    assert texts(change(BAU, start=None), RAT) == ["Bau und Verkehr: noch keine Sitzung"]
    assert texts(change(BAU, cancelled=True), RAT) == ["Bau und Verkehr (Di 1.12.): die Sitzung ist abgesagt"]
    held = change(BAU, start=at("2026-11-10T17:00"))
    (open_,) = findings([held, RAT], NOW, decided=True)
    assert (open_.text, open_.serious) == ("Bau und Verkehr (Di 10.11.): Ergebnis fehlt", False)
    assert texts(change(held, result="empfohlen"), RAT) == []


def test_a_decision_after_its_last_day_is_named() -> None:
    assert texts(BAU, RAT, deadline=date(2026, 12, 10)) == []
    assert texts(BAU, RAT, deadline=date(2026, 12, 9)) == [
        "Stadtrat (Do 10.12.) entscheidet nach dem Mi 9.12.2026, bis zu dem zu entscheiden ist"
    ]


@settings(max_examples=60, deadline=None)
@given(days=st.lists(st.integers(1, 60), min_size=1, max_size=6), decides=st.integers(0, 5))
def test_only_strictly_ascending_ways_with_the_decision_last_pass(days: list[int], decides: int) -> None:
    """Any other order has at least one finding (10.5)."""
    decides %= len(days)
    way = [
        Station(
            id=number,
            body=f"Gremium {number}",
            start=NOW + timedelta(days=day),
            role=ENTSCHEIDUNG if number == decides else VORBERATUNG,
        )
        for number, day in enumerate(days)
    ]
    ascending = all(left < right for left, right in pairwise(days))
    assert (not findings(way, NOW, decided=True)) == (ascending and decides == len(days) - 1)
