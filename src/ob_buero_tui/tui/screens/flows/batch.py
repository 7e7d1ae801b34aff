"""What a verb acts on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The records of one verb: one under the cursor, or all marked ones.

    Args:
        ids: Their keys in the order of the list.
        name: What the dialog calls them: a number, or how many.
    """

    ids: tuple[int, ...]
    name: str

    @property
    def many(self) -> bool:
        """Whether these are marked records."""
        return len(self.ids) > 1
