"""Numbers of requests: counted per year, never given out twice."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from ob_buero_tui.services.work import Work
from ob_buero_tui.store.requests import RequestNumber


def next_serial(work: Work, year: int) -> int:
    """The next free serial of a year; numbers of undone requests stay taken."""
    highest = work.session.scalar(select(func.max(RequestNumber.serial)).where(RequestNumber.year == year))
    return (highest or 0) + 1


def number_text(year: int, serial: int) -> str:
    """A number as it is written on the file: `2026-0147`."""
    return f"{year}-{serial:04}"


def register(work: Work, year: int, serials: dict[int, int]) -> None:
    """Enter given-out numbers into the register, outside the journal.

    Args:
        serials: Request keys by serial.
    """
    rows = [
        {"year": year, "serial": serial, "request_id": key, "state": "vergeben"}
        for serial, key in serials.items()
    ]
    if rows:
        work.session.connection().execute(insert(RequestNumber), rows)
