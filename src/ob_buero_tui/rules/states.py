"""The states of a request and of an event, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
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

# What can happen from outside at any time: the requester withdraws or moves, the occasion falls through.
_SIDEWAYS = frozenset({_R.ZURUECKGEZOGEN, _R.VERSCHOBEN, _R.AUSGEFALLEN})
# A concern or a press question is answered and closed without a decision of the mayor.
_FROM_OPEN = DECIDED | _SIDEWAYS | {_R.WARTET, _R.VERTAGT, _R.VORLAGE, _R.VERFRISTET, _R.ERLEDIGT}
_AFTER_DECISION = _SIDEWAYS | {_R.ERLEDIGT}
_ANSWERS = frozenset({_R.ZUGESAGT, _R.VERTRETUNG, _R.ABGESAGT})

# Nothing decided or closed leads back to NEU: only undo does. Source: domain facts 1.2.
TRANSITIONS: Mapping[RequestState, frozenset[RequestState]] = MappingProxyType(
    {
        _R.NEU: _FROM_OPEN,
        _R.WARTET: (_FROM_OPEN | {_R.NEU}) - {_R.WARTET},
        _R.VERTAGT: (_FROM_OPEN | {_R.NEU}) - {_R.VERTAGT},
        _R.VERSCHOBEN: _FROM_OPEN - {_R.VERSCHOBEN},
        _R.VORLAGE: (_FROM_OPEN | {_R.NEU}) - {_R.VORLAGE},
        _R.ZUGESAGT: (_AFTER_DECISION | _ANSWERS) - {_R.ZUGESAGT},
        _R.VERTRETUNG: (_AFTER_DECISION | _ANSWERS) - {_R.VERTRETUNG},
        _R.ABGESAGT: (_AFTER_DECISION | _ANSWERS) - {_R.ABGESAGT},
        _R.ABGEGEBEN: _AFTER_DECISION,
        _R.ZURUECKGEZOGEN: frozenset({_R.ERLEDIGT}),
        _R.AUSGEFALLEN: frozenset({_R.ERLEDIGT}),
        _R.VERFRISTET: frozenset({_R.ERLEDIGT}),
        _R.ERLEDIGT: frozenset(),
    }
)

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


def may(old: RequestState, new: RequestState) -> bool:
    """Tell whether a request may go from one state to another; staying is no transition."""
    return new in TRANSITIONS[old]


def is_open(state: RequestState) -> bool:
    """Tell whether a request in this state still waits for a decision."""
    return state in OPEN_STATES


def label(state: RequestState | EventStatus) -> str:
    """Return the German word for a state."""
    return _LABELS[state]
