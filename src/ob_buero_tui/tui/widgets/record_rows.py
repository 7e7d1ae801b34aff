"""The rows of a list that are known just now: fetched by the screenful, forgotten when too many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

Fetch: TypeAlias = Callable[[Sequence[int]], Mapping[int, Any]]
"""Gets the rows of some ids; an id that is missing from the answer is shown as gone."""

_LIMIT = 600
_LOOK_AHEAD = 8


def no_rows(_ids: Sequence[int]) -> Mapping[int, Any]:
    """What an empty list fetches."""
    return {}


class RowCache:
    """Rows by id, with one fetch for all that a screenful lacks."""

    def __init__(self, ids: Sequence[int] = (), fetch: Fetch = no_rows) -> None:
        self._ids = ids
        self._fetch = fetch
        self._rows: dict[int, Any] = {}

    def row(self, index: int, top: int, height: int) -> Any:
        """The row at a place, None when it no longer exists.

        Args:
            index: Place in the list.
            top: First visible place.
            height: Visible rows; they are fetched together.
        """
        id = self._ids[index]
        if id not in self._rows:
            self._load(min(top, index), max(top + height, index + 1))
        return self._rows.get(id)

    def _load(self, top: int, bottom: int) -> None:
        if len(self._rows) > _LIMIT:
            self._rows.clear()
        window = self._ids[max(0, top - _LOOK_AHEAD) : bottom + _LOOK_AHEAD]
        missing = [id for id in window if id not in self._rows]
        found = self._fetch(missing)
        self._rows.update((id, found.get(id)) for id in missing)
