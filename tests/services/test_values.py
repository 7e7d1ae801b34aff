"""Field values between what is typed and what is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.requests.record import field_text
from ob_buero_tui.services.requests.values import parse_date, parse_value, typed_value

TODAY = date(2026, 11, 25)
CALENDAR = WorkCalendar(holidays={}, closed={}, first=date(2024, 1, 1), last=date(2029, 12, 31))


def spec(type_: FieldType, **more: Any) -> FieldSpec:
    return FieldSpec(key="feld", label="Feld", type=type_, **more)


def parse(type_: FieldType, typed: str, **more: Any) -> Any:
    return parse_value(spec(type_, **more), typed, TODAY, CALENDAR)


CHOICES = ("schriftlich", "mündlich", "Video", "Videokonferenz")


@pytest.mark.parametrize(
    ("type_", "typed", "stored"),
    [
        (FieldType.TEXT, "  Festakt ", "Festakt"),
        (FieldType.TEXT, "zwei\nZeilen", "zwei Zeilen"),
        (FieldType.TEXT, "\x1b]52;c;x\x07", "\ufffd]52;c;x\ufffd"),
        (FieldType.LANGTEXT, "zwei\nZeilen", "zwei\nZeilen"),
        (FieldType.ZAHL, "1500", 1500),
        (FieldType.ZAHL, "1.500", 1500),
        (FieldType.ZAHL, "-3", -3),
        (FieldType.BETRAG, "250", 250.0),
        (FieldType.BETRAG, "1.250,5 €", 1250.5),
        (FieldType.BETRAG, "12,34 Euro", 12.34),
        (FieldType.DATUM, "24.12.", "2026-12-24"),
        (FieldType.DATUM, "1.2.", "2027-02-01"),
        (FieldType.DATUM, "1.2.2025", "2025-02-01"),
        (FieldType.DATUM, "2026-12-24", "2026-12-24"),
        (FieldType.DATUM, "morgen", "2026-11-26"),
        (FieldType.DATUMZEIT, "14.12. 12 Uhr", "2026-12-14T12:00:00"),
        (FieldType.DATUMZEIT, "14.12.2026 9:30", "2026-12-14T09:30:00"),
        (FieldType.DATUMZEIT, "14.12.", "2026-12-14"),
        (FieldType.DATUMZEIT, "fr 18.30", "2026-11-27T18:30:00"),
        (FieldType.ZEIT, "14", "14:00"),
        (FieldType.ZEIT, "9.05 Uhr", "09:05"),
        (FieldType.JANEIN, "ja", True),
        (FieldType.JANEIN, "J", True),
        (FieldType.JANEIN, "x", True),
        (FieldType.JANEIN, "Nein", False),
        (FieldType.JANEIN, "n", False),
        (FieldType.AUSWAHL, "schrift", "schriftlich"),
        (FieldType.AUSWAHL, "MÜNDLICH", "mündlich"),
        (FieldType.AUSWAHL, "video", "Video"),
        (FieldType.PERSON, "Anna von der Au", "Anna von der Au"),
        (FieldType.ORT, "Marktplatz", "Marktplatz"),
    ],
)
def test_what_is_typed_is_understood(type_: FieldType, typed: str, stored: Any) -> None:
    value = parse(type_, typed, choices=CHOICES)
    assert value == stored
    assert type(value) is type(stored)


@pytest.mark.parametrize("type_", FieldType)
def test_nothing_typed_is_nothing_stored_and_nothing_shown(type_: FieldType) -> None:
    assert parse(type_, "  \t ", choices=CHOICES) is None
    assert typed_value(spec(type_), None) == ""
    assert field_text(spec(type_), None) == ""


@pytest.mark.parametrize(
    ("type_", "typed", "why"),
    [
        (FieldType.ZAHL, "viele", "keine ganze Zahl"),
        (FieldType.ZAHL, "1.5", "keine ganze Zahl"),
        (FieldType.ZAHL, "1,5", "keine ganze Zahl"),
        (FieldType.ZAHL, "1500 Stück", "keine ganze Zahl"),
        (FieldType.BETRAG, "12,345", "kein Betrag"),
        (FieldType.BETRAG, "zwölf", "kein Betrag"),
        (FieldType.DATUM, "31.2.2027", "gibt es nicht"),
        (FieldType.DATUM, "irgendwann", "nicht als Tag verstanden"),
        (FieldType.DATUMZEIT, "14.12. bald", "nicht als Tag verstanden"),
        (FieldType.ZEIT, "25:00", "keine Uhrzeit"),
        (FieldType.JANEIN, "vielleicht", "weder ja noch nein"),
        (FieldType.AUSWAHL, "telefonisch", "Möglich: schriftlich, mündlich, Video oder Videokonferenz"),
        (FieldType.AUSWAHL, "vide", "steht nicht zur Wahl"),
    ],
)
def test_what_does_not_fit_is_refused_and_names_the_field(type_: FieldType, typed: str, why: str) -> None:
    with pytest.raises(Refusal, match=r"^„Feld“ wurde nicht übernommen") as refused:
        parse(type_, typed, choices=CHOICES)
    assert why in str(refused.value)


def test_a_number_may_carry_its_unit() -> None:
    assert parse(FieldType.ZAHL, "1.500 Zeichen", unit="Zeichen") == 1500


def test_a_text_that_is_too_long_is_refused_and_never_cut() -> None:
    assert len(parse(FieldType.TEXT, "x" * 500)) == 500
    assert len(parse(FieldType.LANGTEXT, "x" * 20_000)) == 20_000
    for type_, size in ((FieldType.TEXT, 501), (FieldType.ORT, 9_000), (FieldType.LANGTEXT, 20_001)):
        with pytest.raises(Refusal, match=r"„Feld“ wurde nicht übernommen: Er ist zu lang\."):
            parse(type_, "x" * size)


def test_a_date_far_away_is_taken_for_a_slip() -> None:
    with pytest.raises(Refusal, match="Jahreszahl"):
        parse(FieldType.DATUM, "24.12.2062")


def test_a_day_without_a_year_is_the_coming_one_and_a_full_date_may_be_past() -> None:
    assert parse_date("1.2.", TODAY, CALENDAR) == date(2027, 2, 1)
    assert parse_date("24.11.2026", TODAY, CALENDAR) == date(2026, 11, 24)
    with pytest.raises(Refusal):
        parse_date("24.13.", TODAY, CALENDAR)


@given(st.sampled_from(["tag", "zeit"]), st.dates(date(2026, 11, 25), date(2036, 11, 1)), st.times())
def test_a_stored_moment_comes_back_from_its_own_form(which: str, on: date, at: Any) -> None:
    at = at.replace(second=0, microsecond=0, tzinfo=None)
    stored = on.isoformat() if which == "tag" else f"{on.isoformat()}T{at:%H:%M}:00"
    field = spec(FieldType.DATUMZEIT)
    assert parse_value(field, typed_value(field, stored), TODAY, CALENDAR) == stored


@given(st.integers(-(10**9), 10**9))
def test_a_stored_number_comes_back_from_its_own_form(value: int) -> None:
    field = spec(FieldType.ZAHL, unit="Stück")
    assert parse_value(field, typed_value(field, value), TODAY, CALENDAR) == value


@given(st.integers(-(10**9), 10**9))
def test_a_stored_amount_comes_back_from_its_own_form(cents: int) -> None:
    field = spec(FieldType.BETRAG)
    assert parse_value(field, typed_value(field, cents / 100), TODAY, CALENDAR) == cents / 100


@pytest.mark.parametrize(
    ("type_", "stored", "shown"),
    [
        (FieldType.JANEIN, False, "nein"),
        (FieldType.ZAHL, 0, "0 Stück"),
        (FieldType.ZAHL, 1500, "1.500 Stück"),
        (FieldType.DATUM, "2026-12-24", "Do 24.12.2026"),
        (FieldType.DATUMZEIT, "2026-12-24T12:00:00", "Do 24.12.2026 12:00"),
        (FieldType.DATUM, "kein Datum", "kein Datum"),
    ],
)
def test_stored_values_are_shown_in_german(type_: FieldType, stored: Any, shown: str) -> None:
    assert field_text(spec(type_, unit="Stück"), stored) == shown


@pytest.mark.parametrize("stored", ["kein Datum", "", "2026-99-99", 20261224])
def test_a_value_of_another_type_never_breaks_the_form(stored: Any) -> None:
    for type_ in FieldType:
        assert isinstance(typed_value(spec(type_), stored), str)
        assert isinstance(field_text(spec(type_), stored), str)
