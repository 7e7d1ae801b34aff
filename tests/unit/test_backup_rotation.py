"""The rule of thinning: two days all, then 12 daily, 10 weekly, 9 monthly, and never the last good one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.backup_rotation import CopyAge, superfluous


def at(text: str) -> datetime:
    """A wall time."""
    return datetime.fromisoformat(text)


NOW = at("2026-11-25T09:42")  # a Wednesday


def copies(*texts: str, good: bool = True) -> list[CopyAge]:
    return [CopyAge(key=text, made=datetime.fromisoformat(text), good=good) for text in texts]


def kept(found: Sequence[CopyAge], now: datetime = NOW) -> set[str]:
    return {copy.key for copy in found} - superfluous(found, now)


def days(first: int, last: int, hour: int = 16) -> list[str]:
    """A copy each day, so many days ago."""
    return [(NOW - timedelta(days=ago)).strftime(f"%Y-%m-%dT{hour:02}:00") for ago in range(first, last)]


D = days(3, 15)
"""Twelve days before the two last: 11 to 22 November."""

TABLE: tuple[tuple[str, list[str], list[str]], ...] = (
    ("nothing", [], []),
    ("the only one", ["2020-01-01T10:00"], []),
    ("all of today", ["2026-11-25T08:00", "2026-11-25T08:30", "2026-11-25T09:00"], []),
    ("all of two days", ["2026-11-25T09:00", "2026-11-23T09:42", "2026-11-23T10:00"], []),
    ("a minute over two days", ["2026-11-23T09:42", "2026-11-23T09:41"], ["2026-11-23T09:41"]),
    ("the last of an older day", ["2026-11-20T08:00", "2026-11-20T16:00"], ["2026-11-20T08:00"]),
    ("twelve days", D, []),
    ("days may be far apart", days(3, 200)[::15], []),
    ("the thirteenth day of one week", [*D, "2026-11-10T07:00"], ["2026-11-10T07:00"]),
    ("the last of the week before", [*D, "2026-11-08T16:00", "2026-11-07T16:00"], ["2026-11-07T16:00"]),
    ("each week one", [*D, "2026-11-02T16:00", "2026-10-26T16:00", "2026-10-25T16:00"], []),
    ("two years of one week", [*D, "2026-11-04T16:00", "2025-11-05T16:00"], []),
    ("a week over the year", [*days(3, 15), "2026-01-01T10:00", "2025-12-31T10:00"], ["2025-12-31T10:00"]),
    ("ten weeks and their month", [*D, *days(17, 88)[::7], "2026-08-31T16:00"], ["2026-08-31T16:00"]),
    ("ten weeks, then months", [*D, *days(17, 87)[::7], "2026-08-29T16:00", "2026-07-31T16:00"], []),
    ("a leap day", ["2024-02-29T10:00", "2024-02-29T11:00", "2024-03-01T10:00"], ["2024-02-29T10:00"]),
    ("summer time ends", ["2026-10-25T02:30", "2026-10-25T03:30"], ["2026-10-25T02:30"]),
    ("the future stays", ["2027-01-01T10:00", "2027-01-01T11:00", "2026-11-20T10:00"], []),
)


@pytest.mark.parametrize(("found", "gone"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_table(found: list[str], gone: list[str]) -> None:
    assert superfluous(copies(*found), NOW) == set(gone)


def test_of_two_years_of_days_twelve_ten_and_nine_stay() -> None:
    found = copies(*days(3, 730))
    left = sorted(kept(found), reverse=True)
    assert len(left) == 12 + 10 + 9
    assert left[:12] == D
    weeks = [datetime.fromisoformat(text).isocalendar()[:2] for text in left[11:22]]
    assert weeks == sorted(set(weeks), reverse=True)
    assert [text[:7] for text in left[22:]] == [
        *("2026-08", "2026-07", "2026-06", "2026-05", "2026-04", "2026-03", "2026-02", "2026-01", "2025-12")
    ]


def test_three_years_of_half_hours() -> None:
    """The office works from 8 to 18; the rule runs in the morning and in the evening."""
    now, found, most = at("2024-01-01T08:00"), list[CopyAge](), 0
    while now < at("2027-01-01"):
        found.append(CopyAge(key=now.isoformat(), made=now))
        if (now.hour, now.minute) in ((8, 0), (18, 0)):
            gone = superfluous(found, now)
            found = [copy for copy in found if copy.key not in gone]
            most = max(most, sum(copy.made < now - timedelta(days=2) for copy in found))
            assert found[-1].made == now
        now += timedelta(minutes=30) if now.hour < 18 else timedelta(hours=14)
    assert most == 31
    assert timedelta(days=330) < now - found[0].made < timedelta(days=400)


def test_without_a_good_one_all_stay() -> None:
    assert superfluous(copies(*days(0, 100), good=False), NOW) == frozenset()


def test_the_last_good_one_stays_behind_any_number_of_bad_ones() -> None:
    old, bad = copies("2020-01-01T10:00"), copies(*days(0, 100), good=False)
    assert kept([*old, *bad]) == {"2020-01-01T10:00", *days(0, 3)}
    # Bad ones take no good one's place.
    assert kept([*copies(*D), *copies(*days(3, 15, 17), good=False)]) == set(D)


def test_the_newest_step_stays_though_the_clock_said_it_was_old() -> None:
    """The clock stood at 2000 for a day, and the work of that day is in no other copy."""
    wrong = [
        CopyAge(key=f"2000-01-01T{hour:02}:00", made=at(f"2000-01-01T{hour:02}:00"), step=900 + hour)
        for hour in (9, 10)
    ]
    others = [CopyAge(key=copy.key, made=copy.made, step=100) for copy in copies(*days(3, 400))]
    assert "2000-01-01T10:00" in kept([*others, *wrong])


moments = st.datetimes(at("2023-01-01"), at("2026-12-31")).map(lambda moment: moment.replace(microsecond=0))
some = st.lists(
    st.builds(
        lambda moment, good: CopyAge(key=moment.isoformat(), made=moment, good=good),
        moments,
        st.booleans() | st.just(True),
    ),
    max_size=90,
    unique_by=lambda copy: copy.key,
)


@settings(max_examples=60)
@given(some, moments, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_clock_set_back_finds_nothing_more_to_remove(
    found: list[CopyAge], now: datetime, back: timedelta
) -> None:
    left = [copy for copy in found if copy.good and copy.key not in superfluous(found, now)]
    assert superfluous(left, now) == frozenset()
    assert superfluous(left, now - back) == frozenset()


@settings(max_examples=60)
@given(some, moments)
def test_what_always_holds(found: list[CopyAge], now: datetime) -> None:
    gone = superfluous(found, now)
    good = [copy for copy in found if copy.good]
    assert all(now - copy.made > timedelta(days=2) for copy in found if copy.key in gone)
    if good:
        assert max(good, key=lambda copy: copy.made).key not in gone
    old = [copy for copy in found if copy.key not in gone and copy.made < now - timedelta(days=2)]
    assert len(old) <= 31 + 2 or not good


def test_the_longest_life_of_a_copy_is_what_the_concept_of_erasure_says() -> None:
    found, oldest = [], timedelta()
    for day in range(800):
        now = NOW + timedelta(days=day)
        if now.weekday() > 4:  # the office is closed
            continue
        found.append(CopyAge(key=str(day), made=now, step=day))
        gone = superfluous(found, now)
        found = [copy for copy in found if copy.key not in gone]
        oldest = max(oldest, now - found[0].made)
    concept = Path(__file__).parents[2] / "docs" / "datenschutz" / "loeschkonzept.md"
    said = re.search(r"höchstens (\d+) Tage", concept.read_text(encoding="utf-8"))
    assert said
    assert oldest.days <= int(said[1]) <= oldest.days + 2
