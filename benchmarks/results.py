"""What was measured, as a table: medians, the slow end, the ratio to the baseline, and the budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table.

    Args:
        ours: What the product took, one value per run, in `unit`.
        base: What the baseline took, likewise.
        most_ratio: The budget for the ratio of the medians.
        most_p95: The budget for the slow end of `ours`, in `unit`.
    """

    what: str
    ours: Sequence[float]
    base: Sequence[float]
    against: str
    unit: str = "ms"
    most_ratio: float | None = None
    most_p95: float | None = None

    @property
    def ratio(self) -> float:
        """Median by median."""
        return median(self.ours) / median(self.base)

    @property
    def reached(self) -> bool:
        """Whether every budget of the line is kept."""
        ratio_ok = self.most_ratio is None or self.ratio <= self.most_ratio
        return ratio_ok and (self.most_p95 is None or p95(self.ours) <= self.most_p95)

    @property
    def budget(self) -> str:
        """The budget in words."""
        parts = []
        if self.most_p95 is not None:
            parts.append(f"p95 ≤ {self.most_p95:g} {self.unit}")
        if self.most_ratio is not None:
            parts.append(f"≤ {self.most_ratio:g} ×")
        return ", ".join(parts) or "none"

    @property
    def verdict(self) -> str:
        """Reached or not; lines without a budget are only told."""
        if self.most_ratio is None and self.most_p95 is None:
            return ""
        return "ok" if self.reached else "MISSED"


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed; of a few values the highest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def table(lines: Iterable[Line]) -> str:
    """The lines as text in columns."""
    head = ("what", "n", "median", "p95", "baseline: median, p95", "ratio", "budget", "")
    rows = [head] + [
        (
            line.what,
            str(len(line.ours)),
            f"{median(line.ours):.1f} {line.unit}",
            f"{p95(line.ours):.1f} {line.unit}",
            f"{median(line.base):.1f} {line.unit}, {p95(line.base):.1f} {line.unit} {line.against}",
            f"{line.ratio:.2f}",
            line.budget,
            line.verdict,
        )
        for line in lines
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    shown = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in shown)
