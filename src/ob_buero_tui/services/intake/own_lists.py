"""Lists that this program wrote itself: Eingänge come back as they are, other lists another way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ob_buero_tui.rules.columns import Column, bare_head
from ob_buero_tui.rules.refusals import Refusal

_REQUESTS: Mapping[str, Column] = {
    "nummer": Column.NUMMER,
    "art": Column.ART,
    "stand": Column.STATUS,
    "betreff": Column.BETREFF,
    "eingang": Column.EINGANG,
    "antwort bis": Column.FRIST,
    "zustaendig": Column.ZUSTAENDIG,
    "von": Column.NAME,
    "organisation": Column.ORGANISATION,
    "beginn": Column.TERMIN,
    "ende": Column.ENDE,
    "ort": Column.TERMINORT,
    "eingangsweg": Column.EINGANGSWEG,
    "aktenzeichen": Column.AKTENZEICHEN,
}
"""The columns of our list of Eingänge that a row keeps as its own; the others stay a note."""

_SIGN = frozenset(("nummer", "art", "stand", "antwort bis", "wiedervorlage", "entschieden von"))
_OTHERS: Mapping[frozenset[str], tuple[str, str]] = {
    frozenset(("kalender", "titel", "beginn", "uid")): ("Termine", "Bitte Termine als .ics ausgeben."),
    frozenset(("aufgabe", "frist", "vorgang", "erledigt am")): (
        "Aufgaben",
        "Aufgaben entstehen mit ihren Eingängen.",
    ),
    frozenset(("was", "namenszusatz", "mandat", "sperrvermerke")): (
        "Personen",
        "Bitte Kontakte als .vcf ausgeben.",
    ),
    frozenset(("gremium", "sitzung", "beginn", "ort")): (
        "Sitzungen",
        "Bitte Sitzungen als OParl-Datei (.json) ausgeben.",
    ),
}


def own_columns(heads: Sequence[str]) -> dict[int, Column] | None:
    """What the columns hold where this is our own list of Eingänge, None for any other list.

    Raises:
        Refusal: it is our own list of something else, which would become nonsense as Eingänge.
    """
    bare = [bare_head(head) for head in heads]
    if set(bare) >= _SIGN:
        return {place: _REQUESTS[head] for place, head in enumerate(bare) if head in _REQUESTS}
    for sign, (what, instead) in _OTHERS.items():
        if set(bare) >= sign:
            raise Refusal(f"Die Liste enthält {what}, keine Eingänge.", "Sie stammt aus ob-buero.", instead)
    return None
