"""What was entered before for drivers, cars, rooms and the like, the most frequent first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import EMPTY

MOST: Final = 200
COLUMNS: Final[Mapping[str, Any]] = {
    "driver": Event.driver,
    "car": Event.car,
    "room": Event.room,
    "dress": Event.dress,
    "gift": Event.gift,
    "press": Event.press,
}


def known_values(place: Workplace, name: str) -> tuple[str, ...]:
    """The values of one field in all appointments that are not personal; a form asks once for each.

    Args:
        name: A key of `COLUMNS`, or `attendee`: the mayor and whoever stands in.
    """
    if name == "attendee":
        return ("OB", *(spec.short for spec in place.catalog.calendars.values() if spec.short != "OB"))
    column = COLUMNS[name]
    with place.reading() as session:
        rows = session.scalars(
            select(column)
            .where(column != EMPTY, Event.trashed_at.is_(None))
            .where(Event.confidentiality != Confidentiality.PERSOENLICH.value)
            .group_by(column)
            .order_by(func.count().desc(), column)
            .limit(MOST)
        ).all()
    return tuple(clean(str(row), limit=200) for row in rows)
