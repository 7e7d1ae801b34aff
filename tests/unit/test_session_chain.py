"""The chain of a session: dates in order, each with its rule and its count."""

from __future__ import annotations

from datetime import date, datetime, time

from ob_buero_tui.rules.deadlines import Offset, Unit
from ob_buero_tui.rules.ladungsfrist import LadungsfristRule, Urgent
from ob_buero_tui.rules.session_chain import ChainDate, ChainStep, chain
from ob_buero_tui.rules.workdays import WorkCalendar

CAL = WorkCalendar(
    holidays={date(2026, 12, 25): "Erster Weihnachtstag"},
    closed={date(2026, 12, 24): "Heiligabend"},
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)
RULE = LadungsfristRule(
    key="rp",
    label="Rheinland-Pfalz",
    text="{n} volle Kalendertage",
    norm="§ 34 Abs. 3 GemO RP",
    source="Gesetz",
    n=4,
    urgent=Urgent(hint_required=True),
)


def step(
    key: str, amount: int, basis: str, unit: Unit = Unit.KALENDERTAGE, *, unconfirmed: bool = False
) -> ChainStep:
    """A step that is counted."""
    offset = Offset(amount=amount, unit=unit, basis=basis)
    return ChainStep(
        key=key, label=key.capitalize(), offset=offset, source="Hausregel", unconfirmed=unconfirmed
    )


STEPS = (
    step("antragsschluss", -5, "frist:vorlagenschluss", Unit.ARBEITSTAGE),
    step("vorlagenschluss", -10, "frist:versand"),
    step("bekanntmachung", 0, "frist:versand"),
    ChainStep(key="versand", label="Versand"),
    ChainStep(key="zugang", label="Zugang"),
    step("niederschrift", 14, "termin", unconfirmed=True),
)
START = datetime.fromisoformat("2026-12-10T17:00")


def dates(found: tuple[ChainDate, ...]) -> dict[str, str]:
    return {one.step.key: one.on.isoformat() for one in found}


def test_the_chain_of_a_session_in_rhineland_palatinate() -> None:
    found = chain(STEPS, RULE, START, CAL)
    assert dates(found) == {
        "antragsschluss": "2026-11-17",
        "vorlagenschluss": "2026-11-24",
        "bekanntmachung": "2026-12-04",
        "versand": "2026-12-04",
        "zugang": "2026-12-05",
        "niederschrift": "2026-12-23",
    }
    assert list(dates(found)) == [one.key for one in STEPS]
    by_key = {one.step.key: one for one in found}
    assert [(one.rule, one.text) for one in found] == [
        ("5 Arbeitstage vor Vorlagenschluss", "5 Arbeitstage vor Vorlagenschluss Di 24.11."),
        ("10 Kalendertage vor Versand", "10 Kalendertage vor Versand Fr 4.12."),
        ("am selben Tag wie Versand", "Versand Fr 4.12."),
        (
            "Ladungsfrist 4 volle Kalendertage (§ 34 Abs. 3 GemO RP)",
            "am Tag des Zugangs Sa 5.12.; Versand spätestens Fr 4.12., von Sa 5.12. vorgezogen (Samstag)",
        ),
        (
            "Ladungsfrist 4 volle Kalendertage (§ 34 Abs. 3 GemO RP)",
            "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 34 Abs. 3 GemO RP)",
        ),
        (
            "14 Kalendertage nach Sitzung",
            "14 Kalendertage nach Sitzung Do 10.12., von Do 24.12. vorgezogen (Heiligabend)",
        ),
    ]
    assert by_key["zugang"].urgent == ("in dringenden Fällen kürzer; die Einladung muss darauf hinweisen")
    assert by_key["niederschrift"].unconfirmed
    assert not by_key["versand"].unconfirmed


def test_without_a_ladungsfrist_only_what_counts_from_the_session_is_left() -> None:
    assert dates(chain(STEPS, None, START, CAL)) == {"niederschrift": "2026-12-23"}


def test_a_session_at_the_end_of_time_has_the_dates_there_are() -> None:
    assert dates(chain(STEPS, RULE, datetime.fromisoformat("0001-01-03T10:00"), CAL)) == {
        "niederschrift": "0001-01-17"
    }
    late = dates(chain(STEPS, RULE, datetime.fromisoformat("9999-12-30T10:00"), CAL))
    assert "niederschrift" not in late
    assert late["zugang"] == "9999-12-25"


def test_hours_before_the_session_give_a_time_of_day() -> None:
    found = chain((step("nachtrag", -24, "termin", Unit.STUNDEN),), None, START, CAL)
    assert (found[0].on, found[0].at) == (date(2026, 12, 9), time(17, 0))


def test_an_unconfirmed_rule_says_what_to_do() -> None:
    from dataclasses import replace

    found = chain(STEPS, replace(RULE, unconfirmed=True, hint="Geschäftsordnung eintragen"), START, CAL)
    zugang = next(one for one in found if one.step.key == "zugang")
    assert zugang.unconfirmed
    assert zugang.text.endswith("(§ 34 Abs. 3 GemO RP) · Geschäftsordnung eintragen")


def test_a_step_after_the_session_is_known() -> None:
    assert [one.key for one in STEPS if one.after_session] == ["niederschrift"]
