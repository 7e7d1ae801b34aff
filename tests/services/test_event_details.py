"""What the panel of an appointment is told beyond the grid: people, ways, documents, excused conflicts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ob_buero_tui.rules.clashing import ClashKind
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.views import EventView
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventPerson, EventWaiver, Part, PartStat
from ob_buero_tui.store.calendar import EventOverride

MOMENT = datetime.fromisoformat
TEN_TO_ELEVEN = "2026-12-01T09:00:00Z/2026-12-01T10:00:00Z"


def shown(place: Workplace, on: str, key: int) -> EventView:
    """The record of an appointment as the panel gets it on a day."""
    view = day(place, MOMENT(on).date())
    return event_record(place, next(one for one in view.events if one.event_id == key))


def add(place: Workplace, *rows: Any) -> None:
    """Store rows in one action."""
    with transaction(place, "test_add") as work:
        work.session.add_all(rows)


def test_everything_the_office_arranged_is_told(place: Workplace, make_event: Callable[..., int]) -> None:
    other = make_event(summary="Kita-Richtfest")
    key = make_event(
        driver="Kay Fromm", car="LW-OB 1", room="Ratssaal", dress="dunkler Anzug", gift="Stadtbuch",
        speech_min=5, press="Lokalzeitung", host="dritte", contact_name="Ute Brand",
        contact_phone="0999 123", moved_from=MOMENT("2026-11-30T09:00"), important=True,
    )  # fmt: skip
    add(
        place,
        EventPerson(event_id=key, name="Olaf Stein", part=Part.BEGLEITUNG, partstat=PartStat.ACCEPTED),
        EventPerson(event_id=key, name="Inge Kern", part=Part.GESPRAECH),
        EventWaiver(
            event_id=key, other_id=other, kind=ClashKind.TERMIN, reason="nur Grußwort", given_by="PS",
            given_at=place.clock(), spans=f"{TEN_TO_ELEVEN} {TEN_TO_ELEVEN}",
        ),
    )  # fmt: skip
    more = shown(place, "2026-12-01", key).details
    assert more is not None
    assert (more.driver, more.car, more.room) == ("Kay Fromm", "LW-OB 1", "Ratssaal")
    assert (more.host, more.speech_min, more.important) == ("Dritte", 5, True)
    assert more.companions == ("Olaf Stein (zugesagt)",)
    assert more.met == ("Inge Kern",)
    assert more.moved_from == MOMENT("2026-11-30T09:00")
    assert more.waived == (
        "Überschneidung mit „Kita-Richtfest“ 10:00–11:00, begründet: nur Grußwort (PS, Mi 25.11.)",
    )


def test_a_changed_date_of_a_series_tells_its_own_driver_and_where_it_came_from(
    place: Workplace, make_event: Callable[..., int]
) -> None:
    key = make_event(summary="Jour fixe", rrule="FREQ=WEEKLY;COUNT=3", driver="Kay Fromm")
    moved = MOMENT("2026-12-09T10:00")
    add(
        place,
        EventOverride(
            event_id=key, recurrence_id=MOMENT("2026-12-08T10:00"), dtstart=moved,
            dtend=MOMENT("2026-12-09T11:00"), tzid=place.zone, summary="Jour fixe (Mittwoch)",
            description="im kleinen Saal", details={"driver": "Ina Wolff"},
        )
    )  # fmt: skip
    view = shown(place, "2026-12-09", key)
    assert view.description == "im kleinen Saal"
    assert view.details is not None
    assert view.details.driver == "Ina Wolff"
    assert view.details.moved_from == MOMENT("2026-12-08T10:00")
    assert view.details.next_dates == (
        "Di 1.12.2026, 10:00",
        "Mi 9.12.2026, 10:00",
        "Di 15.12.2026, 10:00",
    )
    usual = shown(place, "2026-12-15", key).details
    assert usual is not None
    assert (usual.driver, usual.moved_from) == ("Kay Fromm", None)
