"""The day on paper: what stands on which sheet, and for whom."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.tagesmappe import Lack
from ob_buero_tui.services.paper.printing import default_folder, write_sheet
from ob_buero_tui.services.paper.sheets import (
    day_sheet,
    deputy_sheet,
    driver_sheet,
    drivers_on,
    look_ahead,
    sheet_text,
    week_sheet,
)
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventPerson
from ob_buero_tui.store.calendar import EventOverride

Make = Callable[..., int]
DAY = date(2026, 12, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-12-01T{text}")


@use_case("test_paper_rows")
def _rows(work: Work, *rows: object) -> None:
    work.session.add_all(rows)


@pytest.fixture
def full_day(place: Workplace, make_event: Make) -> dict[str, int]:
    """A speech away, a round inside, a secret talk, a personal one, a deputy's, a cancelled one."""
    keys = {
        "rede": make_event(
            summary="Richtfest Kita Nord",
            dtstart=at("09:30"),
            dtend=at("10:30"),
            location="Hafenstraße 3",
            travel_before_min=20,
            travel_after_min=20,
            driver="Herr Brandt",
            speech_min=5,
            gift="Brot und Salz",
        ),
        "runde": make_event(
            summary="Büroleitung",
            kind="jour_fixe",
            dtstart=at("11:00"),
            dtend=at("12:00"),
            location="Rathaus",
        ),
        "geheim": make_event(
            summary="Gespräch Personalie",
            dtstart=at("13:00"),
            dtend=at("14:00"),
            location="Rathaus",
            confidentiality="vertraulich",
            car="Dienstwagen 1",
        ),
        "privat": make_event(
            summary="Zahnarzt",
            dtstart=at("15:00"),
            dtend=at("15:30"),
            confidentiality="persoenlich",
            owner="jemand.anders",
        ),
        "vertreten": make_event(
            summary="Weihnachtsfeier TSV",
            dtstart=at("18:00"),
            dtend=at("19:00"),
            location="Vereinsheim",
            attendee=place.catalog.calendar_short("bm1"),
        ),
        "aus": make_event(summary="Abgesagtes", dtstart=at("16:00"), dtend=at("17:00"), status="CANCELLED"),
    }
    _rows(place, EventPerson(event_id=keys["rede"], person_id=None, name="Dr. Iden", part="begleitung"))
    return keys


def test_the_day_sheet_has_everything_for_the_mayor(place: Workplace, full_day: dict[str, int]) -> None:
    text = sheet_text(day_sheet(place, DAY))
    assert "09:30–10:30  Richtfest Kita Nord" in text
    assert "Abfahrt 09:10 (20 Min.), zurück 10:50" in text
    assert "Mit: Dr. Iden" in text
    assert "Rede: 5 Min., Text fehlt noch" in text
    assert "Geschenk: Brot und Salz" in text
    assert "! Es fehlt: Kontakt vor Ort, Rede" in text or "! Es fehlt: Rede, Kontakt vor Ort" in text
    assert "Gespräch Personalie" in text
    assert "15:00–15:30  belegt" in text
    for hidden in ("Zahnarzt", "Weihnachtsfeier", "Abgesagtes"):
        assert hidden not in text


def test_the_look_ahead_names_only_what_lacks_something(place: Workplace, full_day: dict[str, int]) -> None:
    (row,) = look_ahead(place, DAY)
    assert row.id == str(full_day["rede"])
    assert set(row.lacks) == {Lack.REDE, Lack.KONTAKT}


def test_the_deputy_gets_what_the_deputy_does(place: Workplace, full_day: dict[str, int]) -> None:
    text = sheet_text(deputy_sheet(place, DAY, "bm1"))
    assert "Weihnachtsfeier TSV" in text
    assert "Richtfest" not in text
    with pytest.raises(Refusal, match="keiner Vertretung"):
        deputy_sheet(place, DAY, "rat")


def test_the_driver_learns_when_and_where_but_no_secret(place: Workplace, full_day: dict[str, int]) -> None:
    text = sheet_text(driver_sheet(place, DAY))
    assert "Abfahrt 09:10" in text
    assert "Hafenstraße 3" in text
    assert "13:00–14:00  belegt" in text
    assert "Für: OB" in text
    assert drivers_on(place, DAY) == ("Herr Brandt",)
    for hidden in ("Personalie", "Brot und Salz", "Rede", "Büroleitung"):
        assert hidden not in text
    assert "Richtfest" in sheet_text(driver_sheet(place, DAY, "herr brandt"))
    assert "belegt" not in sheet_text(driver_sheet(place, DAY, "herr brandt"))


def test_a_changed_date_of_a_series_brings_its_own_details(place: Workplace, make_event: Make) -> None:
    key = make_event(
        summary="Sprechstunde", dtstart=at("08:00"), dtend=at("09:00"), rrule="FREQ=DAILY;COUNT=3", driver="A"
    )
    changed = EventOverride(
        event_id=key,
        recurrence_id=datetime.fromisoformat("2026-12-02T08:00"),
        dtstart=datetime.fromisoformat("2026-12-02T08:00"),
        dtend=datetime.fromisoformat("2026-12-02T09:00"),
        tzid=place.zone,
        summary="Sprechstunde im Stadtteil",
        details={"driver": "B", "travel_before_min": 30},
    )
    _rows(place, changed)
    first, second = (sheet_text(day_sheet(place, date(2026, 12, day))) for day in (1, 2))
    assert "Fahrt: A" in first
    assert "Fahrt: B" in second
    assert "Abfahrt 07:30 (30 Min.)" in second
    assert "Sprechstunde im Stadtteil" in second


def test_the_week_sheet_leaves_out_an_empty_weekend(place: Workplace, full_day: dict[str, int]) -> None:
    sheet = week_sheet(place, DAY)
    assert sheet.title == "KW 49, 30.11.–6.12.2026"
    assert [one.date.weekday() for one in sheet.days] == [0, 1, 2, 3, 4]
    assert "Richtfest Kita Nord, Hafenstraße 3" in sheet_text(sheet)


@pytest.mark.parametrize("make", [day_sheet, week_sheet, driver_sheet])
def test_each_sheet_becomes_a_pdf_file_for_this_account(
    place: Workplace, full_day: dict[str, int], make: Callable[[Workplace, date], object]
) -> None:
    pytest.importorskip("typst")
    pypdf = pytest.importorskip("pypdf")
    sheet = make(place, DAY)
    first, second = (write_sheet(place, sheet, "Büro 01", default_folder(place)) for _ in range(2))
    assert first != second
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(first.read_bytes())).pages)
    assert "Richtfest Kita Nord" in " ".join(text.split())
    assert "Büro 01" in text
    assert "Zahnarzt" not in text


def test_a_folder_that_cannot_be_written_is_said(
    place: Workplace, full_day: dict[str, int], tmp_path: Path
) -> None:
    pytest.importorskip("typst")
    wrong = tmp_path / "datei"
    wrong.write_text("keine", encoding="utf-8")
    with pytest.raises(Refusal, match="lässt sich nicht schreiben"):
        write_sheet(place, day_sheet(place, DAY), "Büro 01", wrong)


def test_a_missing_template_is_said(place: Workplace, full_day: dict[str, int], tmp_path: Path) -> None:
    templates = dict(place.catalog.templates)
    del templates["tagesblatt.typ"]
    from dataclasses import replace

    poor = replace(place, catalog=replace(place.catalog, templates=templates))
    with pytest.raises(Refusal, match=r"tagesblatt\.typ"):
        write_sheet(poor, day_sheet(poor, DAY), "Büro 01", tmp_path)
