"""Ladungsfristen: the worked examples with their sentences, and what holds for every rule and every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.ladungsfrist import (
    FristUnit,
    LadungsfristRule,
    Urgent,
    ladung,
)
from ob_buero_tui.rules.ladungsfrist_urgent import shortened
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar

DAY = date(2026, 12, 10)
HOLIDAYS = {
    date(year, month, day): name
    for year in range(2023, 2033)
    for month, day, name in (
        (1, 1, "Neujahr"),
        (5, 1, "Erster Mai"),
        (10, 3, "Tag der Deutschen Einheit"),
        (12, 25, "Erster Weihnachtstag"),
        (12, 26, "Zweiter Weihnachtstag"),
    )
}
CLOSED = {date(year, 12, day): "Betriebsruhe" for year in range(2023, 2033) for day in (24, 31)}
CAL = WorkCalendar(holidays=HOLIDAYS, closed=CLOSED, first=date(2023, 1, 1), last=date(2032, 12, 31))
FULL = "{n} volle Kalendertage"


def rule(n: int, text: str = FULL, norm: str = "Norm", **values: object) -> LadungsfristRule:
    """A rule of n days."""
    base = LadungsfristRule(key="probe", label="Probe", text=text, norm=norm, source="Probe", n=n)
    return replace(base, **values)  # type: ignore[arg-type]


RP = rule(4, norm="§ 34 Abs. 3 GemO RP")
TH = rule(4, norm="§ 35 Abs. 2 ThürKO")
HE = rule(3, "{n} Tage zwischen Zugang und Sitzungstag", "§ 58 Abs. 1 HGO")
SH = rule(1, "eine volle Woche", "§ 34 GO SH", unit=FristUnit.WOCHEN)
NI = rule(1, "eine volle Woche", "GO, § 59 NKomVG", unit=FristUnit.WOCHEN)
HILDEN = rule(
    9, "{n} Tage einschließlich Sitzungstag", "GO Rat Hilden", count_receipt_day=True, count_session_day=True
)
METTMANN = rule(10, "{n} volle Tage", "GO Rat Mettmann")
DUESSELDORF = rule(7, "mindestens {n} Tage", "GO Rat Düsseldorf")


@pytest.mark.parametrize(
    ("example", "receipt", "sentence"),
    [
        (
            RP,
            date(2026, 12, 5),
            "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 34 Abs. 3 GemO RP)",
        ),
        (
            TH,
            date(2026, 12, 5),
            "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 35 Abs. 2 ThürKO)",
        ),
        (
            HE,
            date(2026, 12, 6),
            "3 Tage zwischen Zugang und Sitzungstag: Mo 7. bis Mi 9.12.; Zugang spätestens So 6.12."
            " (§ 58 Abs. 1 HGO)",
        ),
        (
            SH,
            date(2026, 12, 2),
            "eine volle Woche: Do 3. bis Mi 9.12.; Zugang spätestens Mi 2.12. (§ 34 GO SH)",
        ),
        (
            NI,
            date(2026, 12, 2),
            "eine volle Woche: Do 3. bis Mi 9.12.; Zugang spätestens Mi 2.12. (GO, § 59 NKomVG)",
        ),
        (
            HILDEN,
            date(2026, 12, 2),
            "9 Tage einschließlich Sitzungstag: Mi 2. bis Do 10.12.; Zugang spätestens Mi 2.12., dem 1. Tag"
            " (GO Rat Hilden)",
        ),
        (
            METTMANN,
            date(2026, 11, 29),
            "10 volle Tage: Mo 30.11. bis Mi 9.12.; Zugang spätestens So 29.11. (GO Rat Mettmann)",
        ),
        (
            DUESSELDORF,
            date(2026, 12, 2),
            "mindestens 7 Tage: Do 3. bis Mi 9.12.; Zugang spätestens Mi 2.12. (GO Rat Düsseldorf)",
        ),
    ],
    ids=["RP", "TH", "HE", "SH", "NI", "Hilden", "Mettmann", "Düsseldorf"],
)
def test_the_worked_examples(example: LadungsfristRule, receipt: date, sentence: str) -> None:
    counted = ladung(example, DAY, CAL)
    assert counted.receipt == receipt
    assert counted.receipt_text == sentence


@pytest.mark.parametrize(
    ("example", "session", "dispatch", "sentence"),
    [
        (
            replace(RP, dispatch_days=1, dispatch_note="Spielraum des Büros"),
            DAY,
            date(2026, 12, 4),
            "1 Kalendertag vor dem Zugang Sa 5.12. (Spielraum des Büros); Versand spätestens Fr 4.12.",
        ),
        (
            RP,
            DAY,
            date(2026, 12, 4),
            "am Tag des Zugangs Sa 5.12.; Versand spätestens Fr 4.12., von Sa 5.12. vorgezogen (Samstag)",
        ),
        (
            replace(SH, dispatch_days=4, dispatch_note="Zugangsfiktion"),
            DAY,
            date(2026, 11, 27),
            "4 Kalendertage vor dem Zugang Mi 2.12. (Zugangsfiktion); Versand spätestens Fr 27.11.,"
            " von Sa 28.11. vorgezogen (Samstag)",
        ),
        (
            replace(RP, dispatch_days=3, dispatch_unit=FristUnit.WERKTAGE),
            date(2027, 1, 4),
            date(2026, 12, 23),
            "3 Werktage vor dem Zugang Mi 30.12.; Versand spätestens Mi 23.12.,"
            " von Do 24.12. vorgezogen (Betriebsruhe)",
        ),
    ],
)
def test_dispatch_moves_back_to_an_open_day_and_says_so(
    example: LadungsfristRule, session: date, dispatch: date, sentence: str
) -> None:
    counted = ladung(example, session, CAL)
    assert counted.dispatch == dispatch
    assert counted.dispatch_text == sentence


def test_the_count_names_the_year_where_it_changes() -> None:
    assert ladung(RP, date(2027, 1, 3), CAL).receipt_text == (
        "4 volle Kalendertage: Mi 30.12.2026 bis Sa 2.01.2027; Zugang spätestens Di 29.12.2026"
        " (§ 34 Abs. 3 GemO RP)"
    )


def test_one_day_is_no_span() -> None:
    one = rule(1, "{n} voller Tag")
    assert ladung(one, DAY, CAL).receipt_text == "1 voller Tag: Mi 9.12.; Zugang spätestens Di 8.12. (Norm)"


def test_werktage_leave_out_sundays_and_holidays() -> None:
    counted = ladung(rule(5, "{n} Werktage", unit=FristUnit.WERKTAGE), date(2026, 12, 29), CAL)
    # Mo 28., Do 24., Mi 23., Di 22., Mo 21.: neither the 25. and 26. nor Sunday 27. count.
    assert (counted.first, counted.last) == (date(2026, 12, 21), date(2026, 12, 28))
    assert counted.receipt == date(2026, 12, 20)


def test_a_session_day_that_does_not_count_is_not_the_last() -> None:
    both = rule(
        3, "{n} Arbeitstage", unit=FristUnit.ARBEITSTAGE, count_session_day=True, count_receipt_day=True
    )
    assert ladung(both, date(2026, 12, 13), CAL).last == date(2026, 12, 11)


def test_days_beyond_the_known_holidays_say_so() -> None:
    counted = ladung(rule(5, "{n} Werktage", unit=FristUnit.WERKTAGE), date(2040, 6, 14), CAL)
    assert "Feiertage nur 2023 bis 2032 bekannt" in counted.receipt_text


def test_the_beginning_of_the_calendar_is_refused() -> None:
    with pytest.raises(OverflowError):
        ladung(RP, date(1, 1, 3), CAL)


EVENING = datetime.fromisoformat("2026-12-10T17:00")


@pytest.mark.parametrize(
    ("example", "sentence"),
    [
        (
            replace(TH, urgent=Urgent(n=1, hint_required=True, council_determines=True)),
            "in dringenden Fällen kürzer: Zugang bis Di 8.12.; die Einladung muss darauf hinweisen;"
            " das Gremium stellt die Dringlichkeit vor der Tagesordnung fest",
        ),
        (
            replace(
                HE,
                urgent=Urgent(n=0, hint_required=True),
                always_full_for=("Wahlen", "Änderung der Hauptsatzung"),
            ),
            "in dringenden Fällen kürzer: Zugang bis Mi 9.12.; die Einladung muss darauf hinweisen;"
            " nie bei Wahlen und Änderung der Hauptsatzung",
        ),
        (
            replace(NI, urgent=Urgent(n=24, unit=FristUnit.STUNDEN)),
            "in dringenden Fällen kürzer: Zugang bis Mi 9.12. 17:00",
        ),
        (
            replace(DUESSELDORF, urgent=Urgent(note="nur in besonders dringenden Fällen")),
            "in dringenden Fällen kürzer; nur in besonders dringenden Fällen",
        ),
        (replace(HILDEN, urgent=Urgent(n=3)), "in dringenden Fällen kürzer: Zugang bis Di 8.12."),
    ],
    ids=["TH", "HE", "NI", "Düsseldorf", "Hilden"],
)
def test_the_urgent_form(example: LadungsfristRule, sentence: str) -> None:
    found = shortened(example, EVENING, CAL)
    assert found is not None
    assert found.text == sentence


def test_without_an_urgent_form_nothing_is_said() -> None:
    assert shortened(METTMANN, EVENING, CAL) is None


RULES = st.builds(
    rule,
    st.integers(2, 21),
    unit=st.sampled_from([unit for unit in FristUnit if unit is not FristUnit.STUNDEN]),
    count_receipt_day=st.booleans(),
    count_session_day=st.booleans(),
    dispatch_days=st.integers(0, 6),
    dispatch_unit=st.sampled_from([FristUnit.KALENDERTAGE, FristUnit.WERKTAGE, FristUnit.ARBEITSTAGE]),
)
# Leap days, both changes of the clocks, every new year.
DAYS = st.dates(date(2024, 1, 1), date(2032, 6, 30)) | st.sampled_from(
    [date(2024, 2, 29), date(2028, 3, 1), date(2027, 3, 28), date(2026, 10, 25), date(2027, 1, 1)]
)


def counting(unit: FristUnit) -> DayKind:
    """The days that a unit counts."""
    return DayKind.KALENDERTAGE if unit is FristUnit.WOCHEN else DayKind(unit.value)


@given(RULES, DAYS)
def test_exactly_n_days_lie_between_receipt_and_session(example: LadungsfristRule, session: date) -> None:
    counted = ladung(example, session, CAL)
    first = counted.receipt if example.count_receipt_day else counted.receipt + timedelta(days=1)
    last = session if example.count_session_day else session - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    kind = counting(example.unit)
    wanted = example.n * 7 if example.unit is FristUnit.WOCHEN else example.n
    counting_days = [day for day in days if CAL.counts(day, kind)]
    assert len(counting_days) == wanted
    assert (counted.first, counted.last) == (counting_days[0], counting_days[-1])
    assert counted.receipt < session


@given(RULES, DAYS)
def test_a_day_later_is_too_late(example: LadungsfristRule, session: date) -> None:
    counted = ladung(example, session, CAL)
    kind = counting(example.unit)
    late = counted.receipt + timedelta(days=1)
    first = late if example.count_receipt_day else late + timedelta(days=1)
    last = session if example.count_session_day else session - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(CAL.counts(day, kind) for day in days) < (
        example.n * 7 if example.unit is FristUnit.WOCHEN else example.n
    )


@given(RULES, DAYS)
def test_dispatch_is_an_open_day_not_after_receipt(example: LadungsfristRule, session: date) -> None:
    counted = ladung(example, session, CAL)
    assert counted.dispatch <= counted.dispatch_wanted <= counted.receipt
    assert CAL.is_open(counted.dispatch)
    assert ("vorgezogen" in counted.dispatch_text) == (counted.dispatch != counted.dispatch_wanted)


@given(RULES, DAYS, st.integers(1, 40))
def test_a_later_session_never_has_earlier_dates(
    example: LadungsfristRule, session: date, later: int
) -> None:
    now, then = ladung(example, session, CAL), ladung(example, session + timedelta(days=later), CAL)
    assert now.receipt <= then.receipt
    assert now.dispatch <= then.dispatch


@given(RULES, DAYS)
def test_the_sentence_names_rule_dates_and_norm(example: LadungsfristRule, session: date) -> None:
    counted = ladung(example, session, CAL)
    assert counted.receipt_text.startswith(f"{example.n} volle Kalendertage: ")
    assert f"{counted.receipt.day}.{counted.receipt.month:02}." in counted.receipt_text
    assert counted.receipt_text.endswith(f"({example.norm})")
