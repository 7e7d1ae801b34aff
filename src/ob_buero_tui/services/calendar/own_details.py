"""What holds on one date: the value of the changed date where it has one, else that of its series."""

from __future__ import annotations

from typing import Any

from ob_buero_tui.store.calendar import OWN_DETAILS, Event, EventOverride


def own(event: Event, override: EventOverride | None, name: str) -> Any:
    """The value of one of `OWN_DETAILS` on a date.

    Args:
        override: The changed date, or None for one that runs as the series does.
        name: Name of a column of `event`.
    """
    if override is not None and name in override.details:
        return override.details[name]
    return getattr(event, name)


def own_details(event: Event, override: EventOverride | None) -> dict[str, Any]:
    """All of `OWN_DETAILS` on a date, by name."""
    return {name: own(event, override, name) for name in OWN_DETAILS}
