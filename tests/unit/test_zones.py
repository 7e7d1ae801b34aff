"""Wall time and UTC."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import existing, gap_told, is_known, to_local, to_utc, zone

BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Caracas", "UTC")


@pytest.mark.parametrize(
    ("local", "fold", "utc"),
    [
        (datetime(2026, 1, 15, 9, 0), 0, datetime(2026, 1, 15, 8, 0)),
        (datetime(2026, 7, 15, 9, 0), 0, datetime(2026, 7, 15, 7, 0)),
        (datetime(2026, 10, 25, 2, 30), 0, datetime(2026, 10, 25, 0, 30)),
        (datetime(2026, 10, 25, 2, 30), 1, datetime(2026, 10, 25, 1, 30)),
        (datetime(2026, 3, 29, 2, 30), 0, datetime(2026, 3, 29, 1, 30)),
        (datetime(2026, 3, 29, 2, 30), 1, datetime(2026, 3, 29, 1, 30)),
        (datetime(2026, 7, 15, 9, 0), 1, datetime(2026, 7, 15, 7, 0)),
        (datetime(2045, 7, 15, 9, 0), 0, datetime(2045, 7, 15, 7, 0)),
    ],
)
def test_wall_time_to_utc(local: datetime, fold: int, utc: datetime) -> None:
    """Summer, winter, both readings of the repeated hour, the skipped hour, and a year after 2038."""
    assert to_utc(local, BERLIN, fold) == utc.replace(tzinfo=UTC)


def test_skipped_hour_is_moved_forward() -> None:
    """02:30 on the day summer time starts is shown as 03:30."""
    assert existing(datetime(2026, 3, 29, 2, 30), BERLIN) == (datetime(2026, 3, 29, 3, 30), 0)
    assert existing(datetime(2026, 3, 29, 2, 30), BERLIN, 1) == (datetime(2026, 3, 29, 3, 30), 0)
    told = "02:30 Uhr gibt es am So 29.03.2026 nicht (Sommerzeit), es gilt 03:30 Uhr"
    assert gap_told(datetime(2026, 3, 29, 2, 30), BERLIN) == told
    for local in (datetime(2026, 10, 25, 2, 30), datetime(2026, 3, 29, 3, 0), datetime(2026, 3, 29, 1, 59)):
        assert gap_told(local, BERLIN) == ""


def test_fold_comes_back() -> None:
    """The second of two equal wall times is told from the first."""
    assert to_local(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN) == (datetime(2026, 10, 25, 2, 30), 1)
    assert to_local(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), BERLIN) == (datetime(2026, 10, 25, 2, 30), 0)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),
    st.sampled_from(ZONES),
)
def test_there_and_back(instant: datetime, tzid: str) -> None:
    """Every instant comes back from its wall time and fold."""
    utc = instant.replace(tzinfo=UTC)
    local, fold = to_local(utc, tzid)
    assert local.tzinfo is None
    assert local.fold == 0
    assert to_utc(local, tzid, fold) == utc


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), st.sampled_from(ZONES), st.integers(0, 1))
def test_existing_never_goes_back(local: datetime, tzid: str, fold: int) -> None:
    """A wall time stays or moves forward by at most a gap, and a second look changes nothing."""
    shown, shown_fold = existing(local, tzid, fold)
    assert timedelta(0) <= shown - local <= timedelta(hours=1)
    assert existing(shown, tzid, shown_fold) == (shown, shown_fold)


@pytest.mark.parametrize(
    "name", ["", "FOO", "W. Europe Standard Time", "../../etc/passwd", "/etc/passwd", "Europe", "a\x00b"]
)
def test_unknown_zone_is_refused(name: str) -> None:
    """A name that is no zone is refused in German, whatever the file system makes of it."""
    assert not is_known(name)
    with pytest.raises(Refusal, match="nicht bekannt"):
        zone(name)
    with pytest.raises(Refusal):
        to_utc(datetime(2026, 1, 1), name)
