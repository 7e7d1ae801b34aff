"""Dates written out in letters: what is found, with which times, and what is none."""

from __future__ import annotations

import pytest

from ob_buero_tui.rules.written_dates import written_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sonntag, 4. Juli 2027, 17:00 Uhr", "2027-07-04 17:00"),
        ("Mittwoch, 25.11.2026, zwischen 16:00 und 18:00 Uhr", "2026-11-25 16:00 18:00"),
        ("Lindenau, den 12. November 2026", "2026-11-12"),
        ("am 5.3.27 um 14 Uhr", "2027-03-05 14:00"),
        ("2026-11-25", "2026-11-25"),
        ("2026-11-25T09:30:00", "2026-11-25 09:30"),
        ("25.11.2026 09:30", "2026-11-25 09:30"),
        ("25.11.2026 9.30 Uhr", "2026-11-25 09:30"),
        ("1. März 2027 bis 31. Dezember 2029", "2027-03-01; 2029-12-31"),
        ("24. Dez. 2026, 14-16 Uhr", "2026-12-24 14:00 16:00"),
        ("31.02.2026", ""),
        ("Rufnummer 0221 4710 530", ""),
        ("12.11.2026 2 Personen", "2026-11-12"),
        ("12.11.2026 25:00 Uhr", "2026-11-12"),
        ("im Mai 2027", ""),
    ],
)
def test_dates_are_found_with_their_times(text: str, expected: str) -> None:
    told = [
        " ".join([one.day.isoformat(), *(f"{at:%H:%M}" for at in (one.start, one.end) if at is not None)])
        for one in written_dates(text)
    ]
    assert "; ".join(told) == expected
