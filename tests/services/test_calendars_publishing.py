"""A calendar that the office leads is put where others read it, after each change and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from calendars_kit import touch
from ob_buero_tui.catalog.representation import CalendarSpec
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.calendar.verbs import mark_event_important
from ob_buero_tui.services.calendars import publishing as publishing_module
from ob_buero_tui.services.calendars.publishing import Published, Publisher, publish
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.requests import Request, RequestEvent
from office_fixtures import Clock

Make = Callable[..., int]


def publishing(place: Workplace, folder: Path, audience: Audience = Audience.INTERN) -> Workplace:
    calendars = dict(place.catalog.calendars)
    calendars["ob"] = replace(calendars["ob"], publish=str(folder), publish_audience=audience)
    return replace(place, catalog=replace(place.catalog, calendars=calendars))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "veröffentlicht"
    folder.mkdir()
    return folder


def titles(out: Path) -> list[str]:
    file = read_calendar((out / "ob.ics").read_bytes(), "Europe/Berlin")
    return sorted(record.summary for record in file.events)


def test_a_change_is_published_once_it_rests(place: Workplace, make_event: Make, out: Path) -> None:
    key = make_event(summary="Empfang")
    make_event(summary="Messe", calendar="bm1")
    publisher = Publisher(publishing(place, out))
    assert publisher.poll() == ()
    assert titles(out) == ["Empfang"]
    touch(place, key, {"summary": "Empfang im Foyer"})
    publisher.poll()
    assert titles(out) == ["Empfang"], "somebody may still be typing"
    publisher.poll()
    assert titles(out) == ["Empfang im Foyer"]


def test_what_says_the_same_stays_as_it_lies_there(
    place: Workplace, make_event: Make, out: Path, clock: Clock
) -> None:
    key = make_event(summary="Empfang")
    there = publishing(place, out)
    Publisher(there).poll()
    os.utime(out / "ob.ics", ns=(1, 1))
    publisher = Publisher(there)
    publisher.poll()
    clock.advance(minutes=5)
    mark_event_important(place, [key])
    publisher.poll(at_once=True)
    assert (out / "ob.ics").stat().st_mtime_ns == 1
    assert [path.name for path in out.iterdir()] == ["ob.ics"], "nothing unfinished is left"


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (Audience.INTERN, ["Empfang", "Fest"]),
        (Audience.DEPUTY, ["Empfang", "Fest"]),
        (Audience.PUBLIC, ["Fest"]),
    ],
)
def test_an_audience_reads_what_it_may(
    place: Workplace, make_event: Make, out: Path, audience: Audience, told: list[str]
) -> None:
    make_event(summary="Empfang")
    make_event(summary="Fest", confidentiality="oeffentlich")
    make_event(summary="Personalsache", confidentiality="vertraulich")
    Publisher(publishing(place, out, audience)).poll()
    assert "Personalsache" not in (out / "ob.ics").read_text(encoding="utf-8")
    assert [title for title in titles(out) if title != "belegt"] == told


def test_a_folder_that_is_not_there_is_told_once_and_costs_nothing(
    place: Workplace, make_event: Make, out: Path
) -> None:
    make_event(summary="Empfang")
    publisher = Publisher(publishing(place, out / "fehlt"))
    assert "der Ort ist nicht zu finden" in publisher.poll()[0]
    make_event(summary="Messe")
    publisher.poll()
    assert publisher.poll() == ()
    (out / "fehlt").mkdir()
    make_event(summary="Presse")
    publisher.poll(at_once=True)
    assert titles(out / "fehlt") == ["Empfang", "Messe", "Presse"]


def test_only_the_calendars_that_a_change_shows_in_are_written(
    place: Workplace,
    make_event: Make,
    make_request: Make,
    make_meeting: Make,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calendars = {key: replace(spec, publish=str(out)) for key, spec in place.catalog.calendars.items()}
    there = replace(place, catalog=replace(place.catalog, calendars=calendars))
    keys = {name: make_event(calendar=name, rrule="FREQ=DAILY;COUNT=5") for name in ("ob", "bm1", "rat")}
    request, meeting = make_request(), make_meeting(event_id=keys["rat"])
    written: list[str] = []

    def noted(place: Workplace, spec: CalendarSpec) -> Published:
        written.append(spec.key)
        return publish(place, spec)

    monkeypatch.setattr(publishing_module, "publish", noted)
    publisher = Publisher(there)
    publisher.poll()
    assert set(written) == set(calendars)

    def after(*rows: Any) -> list[str]:
        written.clear()
        with transaction(place, "test_change") as work:
            for row in rows:
                row(work.session)
        publisher.poll(at_once=True)
        return sorted(written)

    start = datetime.fromisoformat("2026-12-02T10:00")
    override = EventOverride(
        event_id=keys["bm1"],
        recurrence_id=start,
        dtstart=start,
        dtend=start,
        tzid=place.zone,
        summary="Anders",
    )
    link = RequestEvent(request_id=request, event_id=keys["ob"])
    assert after(lambda s: setattr(s.get_one(Event, keys["ob"]), "summary", "Neu")) == ["ob"]
    assert after(lambda s: s.add(override)) == ["bm1"]
    assert after(lambda s: setattr(s.get_one(EventOverride, override.id), "summary", "Neu")) == ["bm1"]
    assert after(lambda s: s.delete(s.get_one(EventOverride, override.id))) == ["bm1"]
    assert after(lambda s: s.add(link)) == ["ob"]
    assert after(lambda s: setattr(s.get_one(Request, request), "subject", "Anders")) == []
    assert after(lambda s: setattr(s.get_one(Request, request), "confidentiality", "vertraulich")) == ["ob"]
    assert after(lambda s: setattr(s.get_one(Meeting, meeting), "event_id", keys["bm1"])) == ["bm1", "rat"]
    assert after(lambda s: setattr(s.get_one(Event, keys["ob"]), "calendar", "bm2")) == ["bm2", "ob"]


def test_what_failed_is_tried_again_with_any_change(
    place: Workplace, make_event: Make, make_request: Make, out: Path
) -> None:
    make_event(summary="Empfang")
    publisher = Publisher(publishing(place, out / "fehlt"))
    assert publisher.poll() != ()
    (out / "fehlt").mkdir()
    make_request()
    assert publisher.poll(at_once=True) == ()
    assert titles(out / "fehlt") == ["Empfang"]


def test_what_somebody_linked_there_is_not_followed(place: Workplace, make_event: Make, out: Path) -> None:
    make_event(summary="Empfang")
    (out / "anderes.txt").write_text("wichtig")
    (out / "ob.ics").symlink_to(out / "anderes.txt")
    assert "keine gewöhnliche Datei" in Publisher(publishing(place, out)).poll()[0]
    assert (out / "anderes.txt").read_text() == "wichtig"


def test_a_calendar_without_appointments_is_a_calendar(place: Workplace, out: Path) -> None:
    spec = replace(place.catalog.calendars["bm1"], publish=str(out))
    assert publish(place, spec).written
    text = (out / "bm1.ics").read_text()
    assert "X-WR-CALNAME:" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "BEGIN:VEVENT" not in text
    assert not publish(place, spec).written
