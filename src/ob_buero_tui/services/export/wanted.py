"""What an export is to hold, who reads it, and how much of a record may leave the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Generic, TypeVar

from ob_buero_tui.rules.visibility import OUTSIDE, TABLE, Audience, Confidentiality, View

T = TypeVar("T")

BUSY = "belegt"

_LEAVES: Mapping[Audience, Mapping[Confidentiality, View]] = MappingProxyType(
    {
        audience: MappingProxyType({**levels, Confidentiality.VERTRAULICH: View.NOTHING})
        for audience, levels in TABLE.items()
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to export.

    Args:
        first, last: Only what is dated between these days, both included; None for no bound.
        calendar: Only the events of this calendar; "" for all.
        body: Only the sessions of this body, by its key; 0 for everything.
    """

    audience: Audience = Audience.INTERN
    first: date | None = None
    last: date | None = None
    calendar: str = ""
    body: int = 0

    @property
    def outside(self) -> bool:
        """Whether it leaves the house."""
        return self.audience in OUTSIDE

    def within(self, day: date | None) -> bool:
        """Whether a day lies inside the bounds; without a day only where there are none."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def sees(self, *levels: str | None) -> View:
        """How much of a record leaves for this audience: as much as the strictest of its levels lets out.

        In an export nobody counts as the owner, and what is vertraulich stays: a file has no desk.

        Args:
            levels: Its own level and those of what it belongs to; None for none.
        """
        leaves = _LEAVES[self.audience]
        views = [leaves[Confidentiality(level)] for level in levels if level is not None]
        return next(view for view in (View.NOTHING, View.BELEGT, View.FULL) if view in views)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(Generic[T]):
    """What was found of one table.

    Args:
        left_out: How many records stay because of their level.
        busy: How many of the rows say no more than that they are there.
    """

    rows: tuple[T, ...]
    left_out: int = 0
    busy: int = 0
