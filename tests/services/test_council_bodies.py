"""Several bodies in one session, and bodies that their source has deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
