"""The states of a request and of an event; which may follow which is laid down in the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class RequestState(StrEnum):
    """Where a request stands; a Wiedervorlage is a date beside it, not a state."""

    NEU = "neu"
    WARTET = "wartet"
    VERTAGT = "vertagt"
    VERSCHOBEN = "verschoben"
    VORLAGE = "vorlage"
    ZUGESAGT = "zugesagt"
    VERTRETUNG = "vertretung"
    ABGESAGT = "abgesagt"
    ABGEGEBEN = "abgegeben"
    ZURUECKGEZOGEN = "zurueckgezogen"
    AUSGEFALLEN = "ausgefallen"
    VERFRISTET = "verfristet"
    ERLEDIGT = "erledigt"


class EventStatus(StrEnum):
    """How firm an event is, in the words of RFC 5545."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


_R = RequestState

OPEN_STATES = frozenset({_R.NEU, _R.WARTET, _R.VERTAGT, _R.VERSCHOBEN, _R.VORLAGE})
DECIDED = frozenset({_R.ZUGESAGT, _R.VERTRETUNG, _R.ABGESAGT, _R.ABGEGEBEN})
CLOSED_STATES = frozenset({_R.ZURUECKGEZOGEN, _R.AUSGEFALLEN, _R.VERFRISTET, _R.ERLEDIGT})

_LABELS: Mapping[RequestState | EventStatus, str] = MappingProxyType(
    {
        _R.NEU: "neu",
        _R.WARTET: "wartet auf Antwort",
        _R.VERTAGT: "vertagt",
        _R.VERSCHOBEN: "verschoben",
        _R.VORLAGE: "in der OB-Vorlage",
        _R.ZUGESAGT: "zugesagt",
        _R.VERTRETUNG: "zugesagt mit Vertretung",
        _R.ABGESAGT: "abgesagt",
        _R.ABGEGEBEN: "abgegeben",
        _R.ZURUECKGEZOGEN: "zurückgezogen",
        _R.AUSGEFALLEN: "ausgefallen",
        _R.VERFRISTET: "verfristet",
        _R.ERLEDIGT: "erledigt",
        EventStatus.TENTATIVE: "vorgemerkt",
        EventStatus.CONFIRMED: "bestätigt",
        EventStatus.CANCELLED: "abgesagt",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTable:
    """What the office calls the states of a request, and which may follow which (domain.md 1.2).

    Args:
        labels: The German word for each state; one that is missing has the usual word.
        follows: For each state those that may come next; nothing follows one that is missing.
        reopen: Templates of tasks that are open again when a date is moved after they were done.
    """

    labels: Mapping[RequestState, str] = field(default_factory=dict)
    follows: Mapping[RequestState, frozenset[RequestState]] = field(default_factory=dict)
    reopen: tuple[str, ...] = ()

    def may(self, old: RequestState, new: RequestState) -> bool:
        """Tell whether a request may go from one state to another; staying is no transition."""
        return new in self.follows.get(old, frozenset())

    def label(self, state: RequestState) -> str:
        """Return the office's word for a state."""
        return self.labels.get(state) or label(state)


def is_open(state: RequestState) -> bool:
    """Tell whether a request in this state still waits for a decision."""
    return state in OPEN_STATES


def label(state: RequestState | EventStatus) -> str:
    """Return the usual German word for a state; an office may have its own (`StateTable.label`)."""
    return _LABELS[state]
