"""Aussonderung: proposed when its time is over, decided by a human, destroyed only when nothing keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from erasing_kit import bytes_left

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.disposing import proposing
from ob_buero_tui.services.disposing.deciding import archive_answered, destroy, keep_record, offer_to_archive
from ob_buero_tui.services.disposing.views import id_of
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.undo import Erased, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.retention import DisposalState
from office_fixtures import Clock


def at(clock: Clock, day: str) -> None:
    """Set the office's clock to the morning of a day."""
    clock.now = datetime.fromisoformat(f"{day}T08:00:00+00:00")


def split(place: Workplace, name: str) -> list[tuple[str, str]]:
    """What a split shows: table and next step."""
    found = proposing.rows(place, proposing.ids(place, name))
    return [(one.table, one.step) for one in found.values()]


def test_a_closed_request_is_proposed_after_its_years_and_destroyed(
    place: Workplace, clock: Clock, make_request: Callable[..., int], database: Path
) -> None:
    key = make_request(subject="Kegelbahn Zwetschgenhain", kind="einladung")
    note(place, [key], "Zwetschgenhain ruft zurück.")
    make_request(kind="einladung")  # open, so never proposed
    finish(place, [key])
    at(clock, "2028-12-31")
    assert proposing.ids(place, proposing.DUE) == []
    with pytest.raises(Refusal, match="läuft noch"):
        destroy(place, [id_of("request", key)])
    at(clock, "2029-01-01")
    assert split(place, proposing.DUE) == [("request", "vernichten")]
    done = destroy(place, [id_of("request", key)])
    assert "nicht zurücknehmen" in done.text
    assert split(place, proposing.GONE) == [("request", "vernichtet")]
    assert bytes_left(database.parent, [b"zwetschgenhain"]) == {}
    with place.reading() as session:
        row = session.get_one(Request, key)
        assert (row.subject, row.kind, row.closed_on) == ("[gelöscht]", "einladung", date(2026, 11, 25))
    with pytest.raises(Erased):
        undo(place)


def test_what_has_archival_value_is_offered_first(
    place: Workplace, clock: Clock, make_request: Callable[..., int]
) -> None:
    key = make_request(kind="grusswort")
    finish(place, [key])
    at(clock, "2037-01-02")
    number = [id_of("request", key)]
    assert split(place, proposing.DUE) == [("request", "anbieten")]
    with pytest.raises(Refusal, match="Archiv anzubieten"):
        destroy(place, number)
    with pytest.raises(Refusal, match="nicht angeboten"):
        archive_answered(place, number, DisposalState.ABGELEHNT)
    offer_to_archive(place, number)
    assert split(place, proposing.OFFERED) == [("request", "dem Archiv angeboten")]
    archive_answered(place, number, DisposalState.ABGELEHNT)
    assert split(place, proposing.DUE) == [("request", "vernichten")]
    undo(place)
    assert split(place, proposing.OFFERED) == [("request", "dem Archiv angeboten")]
    archive_answered(place, number, DisposalState.UEBERNOMMEN)
    destroy(place, number)
    assert split(place, proposing.GONE) == [("request", "vernichtet")]


def test_what_is_kept_on_comes_back_after_its_day(
    place: Workplace, clock: Clock, make_event: Callable[..., int]
) -> None:
    key = make_event()
    at(clock, "2032-03-01")
    number = [id_of("event", key)]
    with pytest.raises(Refusal, match="Zukunft"):
        keep_record(place, number, date(2032, 3, 1))
    keep_record(place, number, date(2033, 1, 1), "Festschrift")
    assert split(place, proposing.KEPT) == [("event", "behalten bis 1.1.2033")]
    with pytest.raises(Refusal, match="behalten"):
        destroy(place, number)
    at(clock, "2033-01-02")
    assert split(place, proposing.DUE) == [("event", "anbieten")]


def test_a_contact_nobody_needs_any_more_is_proposed(place: Workplace, clock: Clock, database: Path) -> None:
    key = create_contact(place, "person", {"family_name": "Holunderfeld", "email": "h@example.org"}).ids[0]
    at(clock, "2030-01-01")
    assert split(place, proposing.DUE) == [("person", "vernichten")]
    destroy(place, [id_of("person", key)])
    assert bytes_left(database.parent, [b"holunderfeld", b"h@example.org"]) == {}


def test_a_reopened_request_is_no_longer_proposed(
    place: Workplace, clock: Clock, make_request: Callable[..., int]
) -> None:
    key = make_request(kind="einladung")
    finish(place, [key])
    undo(place)
    at(clock, "2040-01-01")
    assert proposing.ids(place, proposing.DUE) == []
