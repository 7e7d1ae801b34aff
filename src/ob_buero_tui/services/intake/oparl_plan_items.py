"""What a file of OParl objects is to change, as values: found before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ob_buero_tui.exchange.oparl_records import OparlRecord
from ob_buero_tui.services.intake.oparl_changes import Step
from ob_buero_tui.services.intake.oparl_rows import Row


@dataclass(slots=True, kw_only=True)
class Item:
    """A record, its stored version, and the columns to change in that one."""

    record: OparlRecord
    table: str
    step: Step
    stored: Row | None = None
    changes: Row = field(default_factory=dict)
    left: tuple[str, ...] = ()
    """Columns that stay as the office has them, though the object says something else now."""
    joined: bool = False
    """The stored version came from elsewhere, as a person or what the office made; OParl brings it now."""
    led: bool = False
    """The office leads the session it is or belongs to, or the paper: links of its own stay."""

    @property
    def known(self) -> Row:
        """The stored version; only asked where there is one."""
        assert self.stored is not None  # noqa: S101 new ones have none
        return self.stored

    @property
    def whole(self) -> bool:
        """Whether it is a newer version that says all there is, and not only what it was named with."""
        return self.step is Step.NEWER and self.record.modified is not None and not self.record.inherited


@dataclass(slots=True, kw_only=True)
class CouncilPlan:
    """What a file of OParl objects is to change.

    Args:
        items: All records in the order of `TABLES`.
        problems: German sentences on what is left out.
        notes: German sentences on what was repaired, guessed or left as it is.
        mark: Of the office, by which it knows the addresses of its own export.
    """

    items: list[Item]
    problems: list[str]
    notes: list[str]
    mark: str = ""

    def of(self, *steps: Step) -> list[Item]:
        """The items of these steps."""
        return [item for item in self.items if item.step in steps]

    @property
    def new(self) -> Counter[str]:
        """How many new objects there are, by table."""
        return Counter(item.table for item in self.items if item.step is Step.NEW)
