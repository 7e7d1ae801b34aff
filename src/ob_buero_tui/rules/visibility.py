"""Who sees how much of a record: one table for level and audience."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Confidentiality(StrEnum):
    """How confidential a record is, from open to strictest."""

    OEFFENTLICH = "oeffentlich"
    INTERN = "intern"
    VERTRAULICH = "vertraulich"
    PERSOENLICH = "persoenlich"


class Audience(StrEnum):
    """Who looks at it: the desk, a deputy, the press or everyone."""

    INTERN = "intern"
    DEPUTY = "deputy"
    PRESS = "press"
    PUBLIC = "public"


OUTSIDE: Final = (Audience.PRESS, Audience.PUBLIC)
"""Who is told nothing of the office's own work, nor of what nobody called public."""


class View(StrEnum):
    """How much is shown: everything, only that the time is taken, or nothing."""

    FULL = "full"
    BELEGT = "belegt"
    NOTHING = "nothing"


_LABELS: Mapping[Confidentiality, str] = MappingProxyType(
    {
        Confidentiality.OEFFENTLICH: "öffentlich",
        Confidentiality.INTERN: "intern",
        Confidentiality.VERTRAULICH: "vertraulich",
        Confidentiality.PERSOENLICH: "persönlich",
    }
)
_STRICTNESS = {level: rank for rank, level in enumerate(Confidentiality)}
_OUTSIDE = {
    Confidentiality.OEFFENTLICH: View.FULL,
    Confidentiality.INTERN: View.NOTHING,
    Confidentiality.VERTRAULICH: View.NOTHING,
    Confidentiality.PERSOENLICH: View.NOTHING,
}
TABLE: Mapping[Audience, Mapping[Confidentiality, View]] = MappingProxyType(
    {
        Audience.INTERN: {
            Confidentiality.OEFFENTLICH: View.FULL,
            Confidentiality.INTERN: View.FULL,
            Confidentiality.VERTRAULICH: View.FULL,
            Confidentiality.PERSOENLICH: View.BELEGT,
        },
        Audience.DEPUTY: {
            Confidentiality.OEFFENTLICH: View.FULL,
            Confidentiality.INTERN: View.FULL,
            Confidentiality.VERTRAULICH: View.BELEGT,
            Confidentiality.PERSOENLICH: View.BELEGT,
        },
        Audience.PRESS: _OUTSIDE,
        Audience.PUBLIC: _OUTSIDE,
    }
)


def view(level: Confidentiality, audience: Audience, *, owner: bool = False) -> View:
    """Say how much of a record an audience sees.

    Args:
        level: The record's level.
        audience: Who looks.
        owner: Whether the desk that looks owns the record; it counts only for the office itself.
    """
    if owner and audience is Audience.INTERN:
        return View.FULL
    return TABLE[audience][level]


def strictest(levels: Iterable[Confidentiality]) -> Confidentiality:
    """Return the strictest of some levels; without any, what is not known to be open is intern."""
    return max(levels, key=_STRICTNESS.__getitem__, default=Confidentiality.INTERN)


def label(level: Confidentiality) -> str:
    """Return the German word for a level."""
    return _LABELS[level]
