"""A year's plan for tests of what is drawn and written, without the solver."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from ob_buero_tui.rules.year_plan import SchoolDays, Wish
from ob_buero_tui.services.council.planning_views import (
    CompromiseView,
    CostView,
    DateView,
    PlanView,
    RoundView,
)

DEAR = CompromiseView(wish=Wish.WOCHENTAG, cost=20, text="Kein Dienstag.")


def slot(id: int, body: int, round: int, start: str | None, **values: Any) -> DateView:
    """A slot of a plan; bodies are called „Gremium 1“, or by `name`."""
    begins = datetime.fromisoformat(start) if start else None
    given = {
        "organization_id": body,
        "organization": values.pop("name", f"Gremium {body}"),
        "step": body,
        "room": "Ratssaal",
        "fixed": False,
    } | values
    return DateView(
        id=id, round=round, start=begins, end=begins + timedelta(hours=2) if begins else None, **given
    )


def plan_of(*dates: DateView, **values: Any) -> PlanView:
    """A plan of two rounds."""
    given: dict[str, Any] = {
        "id": 1,
        "year": 2027,
        "variant": "A",
        "name": "",
        "state": "entwurf",
        "state_label": "Entwurf",
        "school": SchoolDays.NIE,
        "rounds": (
            RoundView(number=1, first=date(2027, 1, 11), last=date(2027, 2, 19)),
            RoundView(number=2, first=date(2027, 4, 12), last=date(2027, 5, 21)),
        ),
        "costs": (CostView(wish=Wish.WOCHENTAG, label="Wochentag", count=1, cost=20),),
        "cost": 20,
        "proven": True,
        "changed": False,
        "contradiction": (),
        "accepted": 0,
    }
    return PlanView(**(given | values), dates=dates)


def at(day: str, hour: int = 17) -> datetime:
    """An hour of a day."""
    return datetime.combine(date.fromisoformat(day), time(hour))
