"""Erases again what was erased before: after a restore, and what broke off before its end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.erasing import carrying_out
from ob_buero_tui.services.erasing.words import words_of
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import erasure_list
from ob_buero_tui.store.erasure_list import ErasureGroup, Step
from ob_buero_tui.store.retention import ErasureGround


def replay_erasures(place: Workplace, path: Path) -> int:
    """Erase from this database what its list says was erased, where the database does not know it yet.

    Called after a restore, and at every start: a copy may also have been laid here by hand.

    Args:
        path: The database file.

    Returns:
        How many records were erased again; 0 where nothing was to do.

    Raises:
        Refusal: another desk holds the file, or the list cannot be read.
    """
    groups = _groups(path)
    if not groups or place.read_only:
        return 0
    with place.reading() as session:
        known = carrying_out.known_tokens(session.connection())
        origin = carrying_out.origin_of(session.connection())
    groups = [group for group in groups if group.origin == origin]
    if any(one.step is Step.BEGONNEN and one.token not in known for one in groups):
        _give_up_broken_off(place, path, origin)
    missing = [one for one in groups if one.token not in known and one.step in (Step.GILT, Step.FERTIG)]
    # What the database knows was erased, whatever a desk that saw it half done wrote about it.
    unfinished = [one for one in groups if one.token in known and one.step is not Step.FERTIG]
    count = _replay(place, missing) if missing else 0
    if missing or unfinished:
        carrying_out.clean_up(place, path, [*missing, *unfinished])
    return count


def _give_up_broken_off(place: Workplace, path: Path, origin: str) -> None:
    """Mark what was begun and never stored; another desk's erasure is no such thing while it is under way.

    An erasure holds the write lock from before its entry in the list until its commit. Who has the lock sees
    none under way; who does not get it leaves this to the next start.
    """
    with suppress(Refusal), translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        with connection, connection.begin():
            known = carrying_out.known_tokens(connection)
            begun = [one for one in _groups(path) if one.step is Step.BEGONNEN and one.origin == origin]
            tokens = [one.token for one in begun if one.token not in known]
            erasure_list.mark(path, tokens, Step.VERWORFEN, place.attachments.file_mode)


def _groups(path: Path) -> list[ErasureGroup]:
    try:
        return erasure_list.read_groups(path)
    except OSError as error:
        raise Refusal(
            "Die Löschliste neben der Datenbank ist nicht zu lesen.",
            "Nach ihr wird gelöscht, was eine Sicherung zurückbrachte.",
            "Bitten Sie die IT, den Zugriff auf die Datei zu prüfen.",
        ) from error


@use_case("replay_erasures")
def _replay(work: Work, groups: Sequence[ErasureGroup]) -> int:
    """Erase these steps again, each with the words that this copy has of its person."""
    count = 0
    for group in groups:
        connection = work.session.connection()
        words = words_of(work.place.catalog, connection, group.person_id) if group.person_id else None
        ground = ErasureGround(group.ground) if group.ground in tuple(ErasureGround) else ErasureGround.ART_17
        carrying_out.erase_rows(work, group.rows, words, ground)
        count += len(group.rows)
    work.tell(tokens=[group.token for group in groups], count=count)
    return count


@sentence("replay_erasures")
def _told(params: Params) -> str:
    number = plural(int(params.get("count", 0)), "Datensatz", "Datensätze")
    return f"nach der Löschliste noch einmal gelöscht: {number}"
