"""What an answer says: which occasions a request in a state has, and which tasks an answer settles."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ob_buero_tui.rules.states import RequestState


class Occasion(StrEnum):
    """What an answer is about: an outcome, or a word in between."""

    EINGANGSBESTAETIGUNG = "eingangsbestaetigung"
    RUECKFRAGE = "rueckfrage"
    ZWISCHENBESCHEID = "zwischenbescheid"
    ZUSAGE = "zusage"
    VERTRETUNG = "vertretung"
    ABSAGE = "absage"
    ABGABE = "abgabe"
    VERTAGUNG = "vertagung"
    VERSCHIEBUNG = "verschiebung"
    RUECKZUG = "rueckzug"
    AUSFALL = "ausfall"
    ERLEDIGT = "erledigt"
    DANK = "dank"
    SCHREIBEN = "schreiben"


_O, _R = Occasion, RequestState

_BETWEEN = (_O.ZWISCHENBESCHEID, _O.RUECKFRAGE, _O.EINGANGSBESTAETIGUNG)
_OF_STATE: Mapping[RequestState, tuple[Occasion, ...]] = MappingProxyType(
    {
        _R.NEU: (_O.EINGANGSBESTAETIGUNG, _O.RUECKFRAGE, _O.ZWISCHENBESCHEID),
        _R.WARTET: _BETWEEN,
        _R.VERTAGT: (_O.VERTAGUNG, *_BETWEEN),
        _R.VORLAGE: _BETWEEN,
        _R.VERSCHOBEN: (_O.VERSCHIEBUNG, *_BETWEEN),
        _R.ZUGESAGT: (_O.ZUSAGE, _O.RUECKFRAGE, _O.VERSCHIEBUNG, _O.DANK),
        _R.VERTRETUNG: (_O.VERTRETUNG, _O.RUECKFRAGE, _O.VERSCHIEBUNG, _O.DANK),
        _R.ABGESAGT: (_O.ABSAGE,),
        _R.ABGEGEBEN: (_O.ABGABE,),
        _R.ZURUECKGEZOGEN: (_O.RUECKZUG,),
        _R.AUSGEFALLEN: (_O.AUSFALL,),
        _R.VERFRISTET: (_O.ABSAGE,),
        _R.ERLEDIGT: (_O.ERLEDIGT, _O.DANK),
    }
)
DECISIVE: frozenset[Occasion] = frozenset(
    (
        _O.ZUSAGE, _O.VERTRETUNG, _O.ABSAGE, _O.ABGABE, _O.VERTAGUNG, _O.VERSCHIEBUNG, _O.RUECKZUG,
        _O.AUSFALL, _O.ERLEDIGT,
    )
)  # fmt: skip
"""Occasions that tell a decision: they fit only a request that has it."""
_FIRST_BY_OUTCOME = frozenset({_R.ERLEDIGT, _R.WARTET, _R.VERTAGT})
"""States that several outcomes lead to: what was decided says more than where it stands."""

_RECEIPT = ("eingangsbestaetigung",)
_DECIDED = (
    *_RECEIPT, "antwort", "bestaetigen", "endantwort", "bescheid", "bescheid_senden", "ablehnung", "senden",
    "senden_ohne_frist",
)  # fmt: skip
_SETTLES: Mapping[Occasion, tuple[str, ...]] = MappingProxyType(
    {
        _O.EINGANGSBESTAETIGUNG: _RECEIPT,
        _O.RUECKFRAGE: _RECEIPT,
        _O.ZWISCHENBESCHEID: (*_RECEIPT, "zwischenbescheid", "zwischenbescheid_senden"),
        _O.ZUSAGE: _DECIDED,
        _O.VERTRETUNG: _DECIDED,
        _O.ABSAGE: _DECIDED,
        _O.ERLEDIGT: _DECIDED,
        _O.ABGABE: (*_RECEIPT, "abgabenachricht"),
        _O.VERTAGUNG: _RECEIPT,
        _O.VERSCHIEBUNG: _RECEIPT,
        _O.RUECKZUG: _RECEIPT,
        _O.AUSFALL: _RECEIPT,
        _O.DANK: ("dank",),
        _O.SCHREIBEN: ("schreiben", "versand"),
    }
)


def occasions_of(state: RequestState, outcome: str = "", *, promised: bool = True) -> tuple[Occasion, ...]:
    """What may be answered to a request, the most fitting first.

    Args:
        outcome: The key of its outcome; an office's own key counts by the state it leads to.
        promised: Whether the deputy has promised; while she is only asked, the sender is told nothing of her
            (domain.md 10.8).
    """
    found = _OF_STATE[state]
    if not promised and _O.VERTRETUNG in found:
        return (*_BETWEEN, *(one for one in found if one not in (_O.VERTRETUNG, _O.DANK, *_BETWEEN)))
    decided = Occasion(outcome) if outcome in frozenset(Occasion) and state in _FIRST_BY_OUTCOME else None
    return tuple(dict.fromkeys((*([decided] if decided else []), *found)))


def settled_tasks(occasion: Occasion) -> tuple[str, ...]:
    """The keys of the catalog's tasks that are done when an answer of this occasion is out."""
    return _SETTLES[occasion]
