"""Numbers of papers: every pattern found in German councils, and never the same number twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.paper_number import (
    CountedBy,
    NumberParts,
    NumberScheme,
    base_of,
    fault_of,
    missing_parts,
    next_number,
    read,
    series_of,
    written,
)

ART, JAHR, WP, AMT = CountedBy.ART, CountedBy.JAHR, CountedBy.WAHLPERIODE, CountedBy.AMT

KNOWN = [
    # what domain.md 3.3 found: pattern, counted by, parts, count, supplement, the number
    ("{ART} {JJJJ} {NNNN}", (ART, JAHR), {"art": "M", "year": 2023}, 693, 0, "M 2023 0693"),
    ("{ART} {JJJJ} {NNNN}", (ART, JAHR), {"art": "BV", "year": 2022}, 359, 0, "BV 2022 0359"),
    ("{ART} {JJJJ} {NNNN}", (ART, JAHR), {"art": "BV", "year": 2022}, 359, 1, "BV 2022 0359/1"),
    ("{ART} {JJJJ} {NNNN}", (ART, JAHR), {"art": "BV", "year": 2022}, 314, 4, "BV 2022 0314/4"),
    ("{AMT}/{__N}/{JJJJ}", (AMT, JAHR), {"art": "", "year": 2018, "amt": "01"}, 70, 0, "01/ 70/2018"),
    ("{JJ}/SVV/{NNNN}", (JAHR,), {"art": "", "year": 2024}, 811, 0, "24/SVV/0811"),
    ("{JJ}/SVV/{NNNN}", (JAHR,), {"art": "A", "year": 2022}, 370, 0, "22/SVV/0370"),
    ("{N}/{JJJJ}", (JAHR,), {"art": "", "year": 2016}, 19, 0, "19/2016"),
    ("{NNN}/{JJJJ}", (JAHR,), {"art": "", "year": 2018}, 73, 0, "073/2018"),
    ("{N}/{WP}", (WP,), {"art": "", "year": 2018, "wahlperiode": "V"}, 1536, 0, "1536/V"),
    ("SVV/{NNNN}/{JJJJ}", (JAHR,), {"art": "", "year": 2011}, 532, 0, "SVV/0532/2011"),
    ("VO/{N}/{JJ}", (WP,), {"art": "", "year": 2025, "wahlperiode": "7"}, 3364, 0, "VO/3364/25"),
    ("{JJJJ}/{N}", (JAHR,), {"art": "", "year": 2022}, 346, 0, "2022/346"),
    ("{NNNN}/{JJJJ}", (JAHR,), {"art": "", "year": 2014}, 1234, 0, "1234/2014"),
]


@pytest.mark.parametrize(("template", "counted", "values", "serial", "supplement", "number"), KNOWN)
def test_every_known_pattern_is_configuration(
    template: str,
    counted: tuple[CountedBy, ...],
    values: dict[str, object],
    serial: int,
    supplement: int,
    number: str,
) -> None:
    scheme = NumberScheme(key="x", template=template, counted_by=counted)
    parts = NumberParts(**values)  # type: ignore[arg-type]
    assert fault_of(scheme) == ""
    assert missing_parts(scheme, parts) == ()
    assert written(scheme, parts, serial, supplement) == number
    assert read(scheme, parts, number) == (serial, supplement)
    base = written(scheme, parts, serial)
    assert base_of(scheme, number) == (base, supplement)


@pytest.mark.parametrize(
    ("template", "counted", "supplement", "wanted"),
    [
        ("{ART} {JJJJ}", (ART, JAHR), "/{n}", "genau einmal die laufende Nummer"),
        ("{NN} {N}", (), "/{n}", "genau einmal die laufende Nummer"),
        ("{ART} {NNNN}", (ART, JAHR), "/{n}", "{JJJJ} oder {JJ} im Muster"),
        ("{JJJJ} {NNNN}", (ART, JAHR), "/{n}", "{ART} im Muster"),
        ("{AMT}{N}/{JJ}", (JAHR,), "/{n}", "ein Trennzeichen vor und nach {AMT}"),
        ("{N}{WP}", (WP,), "/{n}", "ein Trennzeichen vor und nach {AMT}"),
        ("{ORT} {N}", (), "/{n}", "nur die Platzhalter"),
        ("{N} }", (), "/{n}", "nur die Platzhalter"),
        ("{N}/{JJ}", (JAHR,), "{n}", "als Ergänzung"),
        ("{N}/{JJ}", (JAHR,), "-", "als Ergänzung"),
    ],
)
def test_a_pattern_that_cannot_tell_numbers_apart_is_named(
    template: str, counted: tuple[CountedBy, ...], supplement: str, wanted: str
) -> None:
    scheme = NumberScheme(key="x", template=template, counted_by=counted, supplement=supplement)
    assert wanted in fault_of(scheme)


def test_what_the_pattern_did_not_write_is_not_read() -> None:
    scheme = NumberScheme(key="x", template="{ART} {JJJJ} {NNNN}")
    parts = NumberParts(art="BV", year=2026)
    for foreign in ("BV 2025 0359", "M 2026 0359", "BV 2026 359", "BV 2026 0359/01", "BV 2026 0359/", ""):
        assert read(scheme, parts, foreign) is None
    assert read(scheme, parts, "BV 2026 12345") == (12345, 0)


def test_kinds_that_share_a_count_are_read_together() -> None:
    scheme = NumberScheme(key="x", template="{ART} {JJJJ} {NNNN}", counted_by=(JAHR,))
    parts = NumberParts(art="BV", year=2026)
    assert read(scheme, parts, "M 2026 0402", ("BV", "M")) == (402, 0)
    assert read(scheme, parts, "A 2026 0017", ("BV", "M")) is None


def test_a_missing_part_is_named() -> None:
    scheme = NumberScheme(key="x", template="{AMT}/{N}/{WP}", counted_by=(AMT, WP))
    lacks = missing_parts(scheme, NumberParts(art="BV", year=2026))
    assert lacks == ("das federführende Amt", "die Wahlperiode")


def test_a_slash_of_the_pattern_is_no_supplement() -> None:
    scheme = NumberScheme(key="x", template="{N}/{JJ}", counted_by=(JAHR,))
    assert base_of(scheme, "19/26") == ("19/26", 0)
    assert base_of(scheme, "19/26/2") == ("19/26", 2)
    assert base_of(scheme, "etwas/anderes/2") == ("etwas/anderes/2", 0)


SCHEMES = [
    NumberScheme(key="x", template=template, counted_by=counted)
    for template, counted in {row[0]: row[1] for row in KNOWN}.items()
]
PARTS = st.builds(
    NumberParts,
    art=st.sampled_from(["BV", "M", "A"]),
    year=st.integers(2000, 2099),
    amt=st.sampled_from(["01", "1", "10", "66.1"]),
    wahlperiode=st.sampled_from(["V", "VI", "12"]),
)


@settings(max_examples=60, deadline=None)
@given(
    scheme=st.sampled_from(SCHEMES),
    given_out=st.lists(st.tuples(PARTS, st.booleans(), st.integers(0, 2)), min_size=2, max_size=12),
)
def test_numbers_are_unique_and_never_reused(
    scheme: NumberScheme, given_out: list[tuple[NumberParts, bool, int]]
) -> None:
    """An undone number stays in the register, so no later one of its series is ever the same (10.6)."""
    register: dict[str, list[int]] = {}
    seen: set[tuple[str, str]] = set()
    for parts, _undone, supplements in given_out:
        series = series_of(scheme, parts)
        serial = next_number(register.get(series, []), scheme.first)
        register.setdefault(series, []).append(serial)
        for n in range(supplements + 1):
            number = written(scheme, parts, serial, n)
            assert (series, number) not in seen
            assert read(scheme, parts, number) == (serial, n)
            seen.add((series, number))
    for serials in register.values():
        assert serials == list(range(scheme.first, scheme.first + len(serials)))  # no gaps


@settings(max_examples=60, deadline=None)
@given(
    scheme=st.sampled_from([one for one in SCHEMES if one.template != "VO/{N}/{JJ}"]),
    left=st.tuples(PARTS, st.integers(1, 20_000), st.integers(0, 3)),
    right=st.tuples(PARTS, st.integers(1, 20_000), st.integers(0, 3)),
)
def test_two_places_of_a_register_are_two_numbers(
    scheme: NumberScheme, left: tuple[NumberParts, int, int], right: tuple[NumberParts, int, int]
) -> None:
    """Whatever is counted apart reads apart; a year of two digits comes again after a hundred years."""
    places = {(series_of(scheme, parts), serial, n) for parts, serial, n in (left, right)}
    numbers = {written(scheme, parts, serial, n) for parts, serial, n in (left, right)}
    if len(places) == 2:
        assert len(numbers) == 2
