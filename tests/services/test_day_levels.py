"""What a date that is only „belegt“ keeps to itself, and dates that are stricter than their series."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from intake_samples import calendar, event, rows

from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.slots import Proposed, clashes
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.search import search
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

Make = Callable[..., int]
NEXT = date(2026, 12, 8)
SERIES = event(summary="Runde", rrule="FREQ=WEEKLY;COUNT=4")


def changed(**values: str) -> str:
    """The second date of the series, with words of its own."""
    given = {
        "recurrence_id": ";TZID=Europe/Berlin:20261208T100000",
        "dtstart": ";TZID=Europe/Berlin:20261208T100000",
        "dtend": ";TZID=Europe/Berlin:20261208T110000",
        "summary": "Nachtigall",
        "location": "Nachtigall",
        "description": "Nachtigall",
    }
    return event(**(given | values))


def drawn(place: Workplace, audience: Audience = Audience.INTERN) -> str:
    """All that is told of the second date."""
    shown = day(place, NEXT, audience)
    span = Proposed(
        busy_from=datetime(2026, 12, 8, 9, tzinfo=UTC), busy_to=datetime(2026, 12, 8, 10, tzinfo=UTC)
    )
    with place.reading() as session:
        clashing = clashes(session, place, span) if audience is Audience.INTERN else ()
    panels = [event_record(place, one) for one in shown.events]
    return repr([shown, panels, clashing, search(place, "nachtigall", audience=audience)])


@pytest.mark.parametrize(
    ("said", "own", "others", "deputy"),
    [
        ("PRIVATE", True, False, False),
        ("CONFIDENTIAL", True, True, False),
        ("PUBLIC", True, True, True),
        ("", True, True, True),
    ],
)
def test_one_date_of_a_series_may_be_stricter(
    *,
    place: Workplace,
    other_place: Workplace,
    tmp_path: Path,
    said: str,
    own: bool,
    others: bool,
    deputy: bool,
) -> None:
    import_files(place, [calendar(tmp_path, SERIES, changed(**{"class": said}))])
    assert ("Nachtigall" in drawn(place)) is own
    assert ("Nachtigall" in drawn(other_place)) is others
    assert ("Nachtigall" in drawn(place, Audience.DEPUTY)) is deputy
    assert [one.summary for one in day(place, date(2026, 12, 1), Audience.DEPUTY).events] == ["Runde"]


@pytest.mark.parametrize(("said", "found"), [("PRIVATE", 0), ("CONFIDENTIAL", 0), ("PUBLIC", 1)])
def test_a_stricter_date_lends_its_series_no_words_to_be_found_by(
    place: Workplace, tmp_path: Path, said: str, found: int
) -> None:
    import_files(place, [calendar(tmp_path, SERIES, changed(**{"class": said}))])
    assert len(search(place, "nachtigall")) == found
    assert len(search(place, "runde")) == 1


def test_a_newer_version_never_lowers_a_date(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [calendar(tmp_path, SERIES, changed(**{"class": "PRIVATE"}))])
    import_files(
        place, [calendar(tmp_path, changed(sequence="5", summary="Nachtigall, neu"), name="neu.ics")]
    )
    columns = "SELECT summary, confidentiality, owner FROM event_override"
    assert rows(place, columns) == [("Nachtigall, neu", "persoenlich", place.desk.account)]


def test_a_level_of_the_series_covers_dates_that_say_nothing(
    place: Workplace, other_place: Workplace, tmp_path: Path
) -> None:
    private = event(summary="Runde", rrule="FREQ=WEEKLY;COUNT=4", **{"class": "PRIVATE"})
    import_files(place, [calendar(tmp_path, private, changed(**{"class": "PUBLIC"}))])
    assert "Nachtigall" in drawn(place)
    assert "Nachtigall" not in drawn(other_place)


@pytest.mark.parametrize("status", ["CONFIRMED", "TENTATIVE"])
@pytest.mark.parametrize("level", [Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH])
def test_what_is_taken_tells_nothing_but_its_time(
    place: Workplace, make_event: Make, status: str, level: Confidentiality
) -> None:
    start = datetime(2026, 12, 1, 10)
    make_event(summary="Presse", dtstart=start, dtend=start + timedelta(hours=1))
    make_event(
        summary="Klinik", dtstart=start, dtend=start + timedelta(hours=1), status=status,
        confidentiality=level.value, owner=place.desk.account, travel_before_min=25, travel_after_min=40,
    )  # fmt: skip
    (taken,) = (one for one in day(place, start.date(), Audience.DEPUTY).events if one.view == "belegt")
    assert (taken.start, taken.end) == (start, start + timedelta(hours=1))
    assert (taken.status, taken.confidentiality) == ("CONFIRMED", Confidentiality.INTERN)
    assert (taken.travel_before_min, taken.travel_after_min, taken.conflicts) == (0, 0, ())


def test_what_is_called_off_is_not_even_taken(place: Workplace, make_event: Make) -> None:
    make_event(summary="Klinik", confidentiality="vertraulich", status="CANCELLED")
    assert day(place, date(2026, 12, 1), Audience.DEPUTY).events == ()
    assert len(day(place, date(2026, 12, 1)).events) == 1


def clashing(place: Workplace, start: datetime, end: datetime) -> tuple[str, ...]:
    with place.reading() as session:
        return clashes(session, place, Proposed(busy_from=start, busy_to=end))


def test_a_clash_on_another_day_names_its_date(place: Workplace, make_event: Make) -> None:
    make_event(summary="Ball", dtstart=datetime(2026, 11, 30, 20), dtend=datetime(2026, 12, 1, 2))
    early = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    assert clashing(place, early, early + timedelta(hours=1)) == (
        "Überschneidung mit „Ball“ Mo 30.11. 20:00–02:00",
    )
    late = datetime(2026, 11, 30, 20, tzinfo=UTC)
    assert clashing(place, late, late + timedelta(hours=8)) == ("Überschneidung mit „Ball“ 20:00–02:00",)


def test_a_changed_date_clashes_as_the_whole_day_that_it_became(place: Workplace, tmp_path: Path) -> None:
    whole = changed(dtstart=";VALUE=DATE:20261208", dtend=";VALUE=DATE:20261209")
    import_files(place, [calendar(tmp_path, SERIES, whole)])
    noon = datetime(2026, 12, 8, 11, tzinfo=UTC)
    (told,) = clashing(place, noon, noon + timedelta(hours=1))
    assert told.startswith("Überschneidung mit „Nachtigall“, ganztägig ")


def test_a_date_that_stood_alone_stays_confidential_in_its_series(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [calendar(tmp_path, changed())])
    with transaction(place, "test_level") as work:
        work.get(Event, 1).confidentiality = "vertraulich"
    import_files(place, [calendar(tmp_path, SERIES, name="serie.ics")])
    assert rows(place, "SELECT summary, confidentiality FROM event_override") == [
        ("Nachtigall", "vertraulich")
    ]
    assert "Nachtigall" not in drawn(place, Audience.DEPUTY)
