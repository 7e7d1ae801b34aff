"""The orders a list of requests can be in; the first one is each list's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """One order: its key, its name, and what it goes by before the due date."""

    key: str
    label: str
    columns: Callable[[], tuple[Any, ...]]


def by_due() -> tuple[Any, ...]:
    """By the day the answer is due; without one last."""
    undated, untimed = Request.due_on.is_(None), Request.due_time.is_(None)
    return (undated, Request.due_on, untimed, Request.due_time, Request.received_at, Request.id)


def _sender() -> tuple[Any, ...]:
    body = select(Organization.name).where(Organization.id == Request.organization_id).scalar_subquery()
    person = (
        select(Person.family_name + " " + Person.given_name)
        .where(Person.id == Request.requester_id)
        .scalar_subquery()
    )
    name = func.lower(func.coalesce(body, person, ""))
    return (name == "", name)


SORTINGS: Final = (
    Sorting(key="", label="wie der Stapel (Frist)", columns=tuple),
    Sorting(key="frist", label="Frist", columns=tuple),
    Sorting(key="eingang", label="Eingang, Neues zuerst", columns=lambda: (Request.received_at.desc(),)),
    Sorting(
        key="termin", label="Termin", columns=lambda: (Request.event_start.is_(None), Request.event_start)
    ),
    Sorting(key="art", label="Art", columns=lambda: (Request.kind.is_(None), Request.kind)),
    Sorting(key="absender", label="Absender", columns=_sender),
    Sorting(
        key="zustaendig",
        label="Zuständig",
        columns=lambda: (Request.assigned_to == "", func.lower(Request.assigned_to)),
    ),
    Sorting(key="wichtig", label="Wichtiges zuerst", columns=lambda: (Request.important.desc(),)),
)
"""In the order in which they are offered; the empty key leaves a list as it is."""
_BY_KEY: Final = {each.key: each for each in SORTINGS}


def sorting(key: str) -> Sorting:
    """The order of this key.

    Raises:
        Refusal: there is none.
    """
    found = _BY_KEY.get(key)
    if found is None:
        raise Refusal(f"Nach „{key}“ wird nicht sortiert.")
    return found


def order(key: str) -> tuple[Any, ...]:
    """What a list is ordered by; equal ones by their due date."""
    return (*sorting(key).columns(), *by_due())
