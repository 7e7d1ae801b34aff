"""Piles that a desk made from a search: kept, renamed, removed; and a search that is looked at as a pile."""

from __future__ import annotations

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.query import parse_query
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.query import understand
from ob_buero_tui.services.requests.sorting import sorting
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.lists import SavedSplit

MOST = 20
LONGEST_LABEL = 24
LONGEST_QUERY = 300


@use_case("save_split")
def save_split(work: Work, label: str, query: str, sort: str = "") -> Done:
    """Keep a search as a pile of this desk.

    Raises:
        Refusal: it has no name, one that is taken, or the query makes no sense.
    """
    known = _own(work)
    if len(known) >= MOST:
        raise Refusal("Der Stapel wurde nicht gespeichert.", f"Mehr als {MOST} eigene gehen nicht.")
    parsed = parse_query(query[:LONGEST_QUERY])
    if not parsed.terms:
        raise Refusal(
            "Der Stapel wurde nicht gespeichert.", "Die Suche ist leer.", "Zum Beispiel: art:grusswort"
        )
    understand(work.place, work.session, parsed)
    row = SavedSplit(
        desk_id=work.desk.id,
        label=_label(label, known),
        query=str(parsed),
        sort=sorting(sort).key,
        position=max((each.position for each in known), default=0) + 1,
    )
    work.session.add(row)
    work.session.flush()
    return Done(ids=(row.id,), text=f"Stapel „{row.label}“ gespeichert")


@use_case("rename_split")
def rename_split(work: Work, split_id: int, label: str) -> Done:
    """Call a pile of this desk something else."""
    row = _mine(work, split_id)
    row.label = _label(label, [each for each in _own(work) if each.id != row.id])
    return Done(ids=(row.id,), text=f"Der Stapel heißt jetzt „{row.label}“")


@use_case("remove_split")
def remove_split(work: Work, split_id: int) -> Done:
    """Remove a pile of this desk; its requests stay where they are."""
    row = _mine(work, split_id)
    work.session.delete(row)
    return Done(ids=(row.id,), text=f"Stapel „{row.label}“ entfernt, die Eingänge bleiben")


def _own(work: Work) -> list[SavedSplit]:
    return list(work.session.scalars(select(SavedSplit).where(SavedSplit.desk_id == work.desk.id)))


def _mine(work: Work, split_id: int) -> SavedSplit:
    row = work.session.get(SavedSplit, split_id)
    if row is None or row.desk_id != work.desk.id:
        raise Refusal("Diesen eigenen Stapel gibt es nicht.")
    return row


def _label(label: str, others: list[SavedSplit]) -> str:
    name = " ".join(clean(label).split())[:LONGEST_LABEL].strip()
    if not name:
        raise Refusal("Der Stapel braucht einen Namen.", "", "Zum Beispiel: Grußworte im Dezember")
    if fold(name) in {fold(each.label) for each in others}:
        raise Refusal(f"Einen Stapel „{name}“ gibt es schon.", "", "Bitte einen anderen Namen wählen.")
    return name


@sentence("save_split")
def _saved(_params: Params) -> str:
    return "eigener Stapel gespeichert"


@sentence("rename_split")
def _renamed(_params: Params) -> str:
    return "eigener Stapel umbenannt"


@sentence("remove_split")
def _removed(_params: Params) -> str:
    return "eigener Stapel entfernt"
