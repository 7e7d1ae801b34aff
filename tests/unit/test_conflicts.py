"""Events conflict when the time they take up overlaps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.conflicts import Slot, conflicts

EIGHT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def slot(key: str, start: int, end: int, *, travel: int = 0, blocking: bool = True) -> Slot:
    """A slot in minutes after eight, with its travel before and after."""
    begins, ends = EIGHT + timedelta(minutes=start), EIGHT + timedelta(minutes=end)
    way = timedelta(minutes=travel)
    return Slot(
        key=key, starts=begins, ends=ends, busy_from=begins - way, busy_to=ends + way, blocking=blocking
    )


def test_overlapping_events_name_each_other_in_order_of_time() -> None:
    found = conflicts([slot("c", 50, 70), slot("a", 0, 60), slot("b", 30, 90), slot("d", 200, 210)])
    assert found == {"a": ("b", "c"), "b": ("a", "c"), "c": ("a", "b")}


def test_touching_is_no_conflict_but_the_way_counts() -> None:
    assert conflicts([slot("a", 0, 60), slot("b", 60, 90)]) == {}
    assert conflicts([slot("a", 0, 60), slot("b", 60, 90, travel=20)]) == {"a": ("b",), "b": ("a",)}


def test_what_does_not_block_is_in_no_conflict() -> None:
    assert conflicts([slot("a", 0, 60), slot("b", 10, 20, blocking=False)]) == {}


def test_an_event_without_length_conflicts_only_inside_another() -> None:
    assert conflicts([slot("a", 0, 60), slot("b", 30, 30)]) == {"a": ("b",), "b": ("a",)}
    assert conflicts([slot("a", 0, 60), slot("b", 0, 0)]) == {}
    assert conflicts([slot("b", 0, 0), slot("c", 0, 0)]) == {}


def test_an_occurrence_does_not_conflict_with_itself() -> None:
    assert conflicts([slot("a", 0, 60), slot("a", 0, 60)]) == {}


SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20), st.booleans()), max_size=25)


@given(SPANS)
def test_the_same_as_comparing_all_pairs(spans: list[tuple[int, int, bool]]) -> None:
    slots = [slot(f"{i:02}", s, s + n, blocking=b) for i, (s, n, b) in enumerate(spans)]
    expected: dict[str, set[str]] = {}
    for a in slots:
        for b in slots:
            both = a.blocking and b.blocking and a.key != b.key
            if both and a.busy_from < b.busy_to and b.busy_from < a.busy_to:
                expected.setdefault(a.key, set()).add(b.key)
    assert {key: set(others) for key, others in conflicts(slots).items()} == expected
