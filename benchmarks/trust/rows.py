"""One line of the table of docs/reliability.md: what a long test reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one long test reached.

    Args:
        test: The number in the table of tests, as `1` or `31`.
        name: What was done.
        target: What is to be reached.
        reached: What was reached, in figures.
        seconds: How long it took.
        ok: Whether the target was reached.
    """

    test: str
    name: str
    target: str
    reached: str
    seconds: float
    ok: bool


def table(rows: Iterable[Row]) -> str:
    """The rows as a markdown table."""
    head = ("| # | what | target | reached | s | |", "|---|---|---|---|---|---|")
    lines = (
        f"| {row.test} | {row.name} | {row.target} | {row.reached} | {row.seconds:.0f} | "
        f"{'ok' if row.ok else 'MISSED'} |"
        for row in rows
    )
    return "\n".join((*head, *lines))
