"""Merging requests: one matter that came twice becomes one record; nothing of either is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import join, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.merge_parts import (
    is_decided,
    move_parts,
    take_decision,
    take_level,
    take_values,
)
from ob_buero_tui.services.requests.merge_states import one_deputy, standing_of, take_open_state
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.verbs import Done, load, refuse_hidden
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Deputation, Inquiry, VorlageItem
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.requests import Message, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

NOT_MERGED = "Es wurde nichts zusammengeführt."
_MOVING = (
    (Message, "Schreiben", "Schreiben"),
    (Attachment, "Anlage", "Anlagen"),
    (RequestEvent, "Termin", "Termine"),
    (Document, "Antwort", "Antworten"),
    (Task, "Aufgabe", "Aufgaben"),
    (Note, "Notiz", "Notizen"),
    (Inquiry, "Rückfrage", "Rückfragen"),
    (Deputation, "Vertretung", "Vertretungen"),
    (VorlageItem, "Punkt der OB-Vorlage", "Punkte der OB-Vorlage"),
)


class DecidedDifferently(Refusal):
    """Two of the requests were decided differently; a person says which decision counts.

    Args:
        choices: Key, number and outcome of each request that was decided.
    """

    def __init__(self, choices: tuple[tuple[int, str, str], ...]) -> None:
        told = join([f"{number}: {outcome}" for _, number, outcome in choices])
        super().__init__(NOT_MERGED, f"Sie wurden verschieden entschieden ({told}).", "Sagen Sie, was gilt.")
        self.choices = choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What a merging would move: number and subject of a request that goes, and its parts in words."""

    number: str
    subject: str
    parts: tuple[str, ...]


def merge_preview(place: Workplace, other_ids: Sequence[int]) -> tuple[Moving, ...]:
    """What belongs to the requests that would go into another.

    Raises:
        Refusal: one is personal to another desk.
    """
    found = []
    with place.reading() as session:
        for key in other_ids:
            request = session.get(Request, key)
            if request is None:
                continue
            refuse_hidden(place, request)
            counts = [
                (session.scalar(select(func.count()).where(row_class.request_id == key)) or 0, one, many)
                for row_class, one, many in _MOVING
            ]
            parts = tuple(plural(count, one, many) for count, one, many in counts if count)
            found.append(Moving(number=request.number, subject=request.subject, parts=parts))
    return tuple(found)


@use_case("merge_requests")
def merge_requests(work: Work, keep_id: int, other_ids: Sequence[int], decided_id: int | None = None) -> Done:
    """Merge requests into one; letters, tasks, appointments and answers move, gaps are filled.

    The others leave the lists for good: their numbers stay and lead to the kept one.

    Args:
        keep_id: The request that stays.
        other_ids: Those that go into it.
        decided_id: The one whose decision counts, where they were decided differently.

    Raises:
        DecidedDifferently: two decisions differ and nobody said which counts.
        Refusal: one is personal to another desk, in the trash, or was merged before.
    """
    others_wanted = [key for key in dict.fromkeys(other_ids) if key != keep_id]
    if not others_wanted:
        raise Refusal(
            NOT_MERGED,
            "Es ist kein zweiter Eingang ausgewählt.",
            "Markieren Sie mit der Leertaste auch den, der in diesem aufgehen soll.",
        )
    _refuse_merged(work, [keep_id, *others_wanted])
    keep, *others = load(work, [keep_id, *others_wanted])
    states = [RequestState(row.state) for row in (keep, *others)]
    deputies = standing_of(work, _settle_decision(keep, others, decided_id).id)
    take_open_state(keep, states)
    numbers = []
    for other in others:
        _merge(work, keep, other)
        numbers.append(other.number)
        work.refer("request", other.id)
    one_deputy(work, keep, deputies)
    recount(work, keep)
    work.refer("request", keep.id)  # also where it had no gap to fill
    work.tell(ids=[keep.id], others=[row.id for row in others], numbers=numbers)
    gone = plural(len(others), "Eingang", "Eingänge")
    return Done(ids=(keep.id,), text=f"{keep.number}: {gone} zusammengeführt ({join(numbers)})")


def _refuse_merged(work: Work, keys: Sequence[int]) -> None:
    for key in keys:
        row = work.get(Request, key)
        if row.merged_into_id is not None:
            kept = work.get(Request, row.merged_into_id)
            raise Refusal(NOT_MERGED, f"{row.number} ist schon in {kept.number} aufgegangen.")


def _settle_decision(keep: Request, others: Sequence[Request], decided_id: int | None) -> Request:
    """Say whose decision counts, before anything moves; the kept one's where nobody decided."""
    decided = [row for row in (keep, *others) if is_decided(row)]
    if len({row.outcome for row in decided}) > 1:
        counting = next((row for row in decided if row.id == decided_id), None)
        if counting is None:
            raise DecidedDifferently(tuple((row.id, row.number, row.outcome) for row in decided))
    else:
        counting = keep if is_decided(keep) or not decided else decided[0]
    if counting is not keep:
        take_decision(keep, counting)
    return counting


def _merge(work: Work, keep: Request, other: Request) -> None:
    """Let one request go into the kept one."""
    differing = take_values(work, keep, other)
    move_parts(work, keep, other)
    take_level(work, keep, other)
    received = short_date(work.place.local(other.received_at).date())
    told = f"Zusammengeführt mit {other.number} „{shorten(other.subject, 80)}“ (eingegangen {received})."
    if differing:
        told += f" Dort stand: {'; '.join(differing)}."
    note = Note(request_id=keep.id, text=told, written_by=work.desk.initials, written_at=work.at)
    work.session.add(note)
    other.merged_into_id, other.trashed_at = keep.id, work.at
    other.double_of_id = None
    other.intake_notes = [*other.intake_notes, f"In {keep.number} aufgegangen."]
    if keep.double_of_id == other.id:
        keep.double_of_id = None
    work.session.flush()


@sentence("merge_requests")
def _merged(params: Params) -> str:
    numbers = [str(one) for one in params.get("numbers", ())]
    return f"mit {join(numbers)} zusammengeführt" if numbers else "zusammengeführt"
