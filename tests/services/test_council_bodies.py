"""Several bodies in one session, and bodies that their source has deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from council_kit import add_body, write

from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.sessions import bodies, meeting_rows
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization

Make = Callable[..., int]


def test_in_a_joint_session_the_strictest_ladungsfrist_counts_and_is_named(
    place: Workplace, make_meeting: Make
) -> None:
    lead = add_body(place, "Stadtrat")
    strict = add_body(place, "Hauptausschuss", short_name="HA", ladungsfrist="nw_mettmann")
    joint, alone = make_meeting(body=lead, seats=[strict]), make_meeting(body=strict, seats=[lead])
    rows = meeting_rows(place, [joint, alone])
    zugang = {key: next(one for one in row.deadlines if one.kind == "zugang") for key, row in rows.items()}
    assert {one.on for one in zugang.values()} == {date(2026, 11, 29)}
    assert zugang[joint].text.endswith(" · Frist von HA")
    assert "Frist von" not in zugang[alone].text
    assert meeting(place, joint).ladungsfrist == "Muster Mettmann: 10 volle Tage (HA)"
    assert meeting(place, alone).ladungsfrist == "Muster Mettmann: 10 volle Tage"


def test_a_body_that_its_source_has_deleted_is_no_choice(place: Workplace, make_meeting: Make) -> None:
    def delete(work: Work) -> None:
        work.get(Organization, gone).extra = {"oparl": {"deleted": True}}

    gone = add_body(place, "Alter Ausschuss")
    key = make_meeting(body=gone)
    assert [one.label for one in bodies(place)] == ["Alter Ausschuss"]
    write(place, delete)
    assert bodies(place) == ()
    assert meeting_rows(place, [key])[key].organization == "Alter Ausschuss"


def test_of_each_step_the_earliest_day_of_all_bodies_counts(place: Workplace, make_meeting: Make) -> None:
    """Also where the Zugang is the same and one of them must send days before; the order decides nothing."""
    swift = add_body(place, "Alpha", short_name="A", ladungsfrist="nw_duesseldorf")
    slow = add_body(place, "Beta", short_name="B", ladungsfrist="sh")
    start = datetime.fromisoformat("2027-02-18 17:00")

    def days(*bodies: int) -> dict[str, date]:
        key = make_meeting(body=bodies[0], seats=list(bodies[1:]), start=start)
        return {one.kind: one.on for one in meeting(place, key).row.deadlines}

    alone, both = (days(swift), days(slow)), days(swift, slow)
    assert both == days(slow, swift)
    assert both == {kind: min(one[kind] for one in alone if kind in one) for kind in both}
    assert both["versand"] == date(2027, 2, 5)
    key = make_meeting(body=swift, seats=[slow], start=start)
    told = {one.kind: one.text for one in meeting(place, key).row.deadlines}
    assert [kind for kind, text in told.items() if "Frist von B" in text] == [
        kind for kind in told if both[kind] != alone[0].get(kind)
    ]
