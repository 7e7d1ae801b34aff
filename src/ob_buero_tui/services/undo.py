"""Takes back the newest action of this desk, or brings it back: `u` and `U`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.history import action_sentence
from ob_buero_tui.services.naming import is_hidden, record_name
from ob_buero_tui.services.work import Work, transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.journal import REDO, UNDO, Action, ActionReference, Change
from ob_buero_tui.store.retention import Erasure
from ob_buero_tui.store.undoing import ChangedSince, StoredChange, changes_of, revert

FINAL = ("erase_person", "destroy_record", "replay_erasures")
"""The verbs of steps that cannot be taken back: nothing is left of what was there."""
_NAMED = "genannt"
"""Stands in the parameters of an action that sent something out, once its desk was told so."""
_DECIDING = frozenset(("state", "outcome", "reason", "event_start", "event_place", "handed_to"))
"""What of a request a letter tells."""
_TAKEN_OVER = frozenset(("sync_calendar", "remove_vanished"))
"""Steps that make a calendar say what Outlook says; without them it would differ from there unmarked."""
COUNTED_UP_TO = 1000
"""Counting all changes of an import would take as long as what the count is to avoid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverted:
    """What was taken back or brought back: the action, its German sentence, the records it concerns."""

    action_id: int
    sentence: str
    records: tuple[tuple[str, int], ...]


class LeftHouse(Refusal):
    """What went out cannot be taken back; a correction is offered as a task.

    Args:
        action_id: The action that sent it out.
        what: What went out, in German.
        held_id: The step that stays because of it, where that is another one.
    """

    def __init__(self, action_id: int, what: str, *, held_id: int = 0) -> None:
        super().__init__(
            "Das lässt sich nicht zurücknehmen.",
            f"{what} hat das Haus schon verlassen.",
            "Legen Sie stattdessen eine Aufgabe für eine Richtigstellung an.",
        )
        self.action_id = action_id
        self.gone_out = what
        self.held_id = held_id or action_id


class Erased(LeftHouse):
    """What was erased is gone for good, and so is every earlier step on it.

    Args:
        why: German, what keeps the step.
    """

    def __init__(self, action_id: int, why: str) -> None:
        super().__init__(action_id, "")
        self.why, self.now = why, "Ältere Schritte nimmt ein weiteres u zurück."
        self.args = (self.what, self.why, self.now)


class NothingToUndo(Refusal):
    """There is nothing of this desk left to take back or to bring back."""


def undo(place: Workplace) -> Reverted:
    """Take back the newest action of this desk that is not yet undone.

    What left the house is named once (`remember_named`); after that, undo goes on to what is older.

    Raises:
        Refusal: nothing is left, a record was changed since, or something left the house.
    """
    with transaction(place, UNDO) as work:
        held: list[LeftHouse] = []
        for target in _not_undone(work):
            try:
                done = _undo(work, target)
            except LeftHouse as refusal:
                if not _was_named(work, refusal.action_id):
                    raise
                held.append(refusal)
            except Refusal as refusal:
                if not _because_of(work, held, refusal):
                    raise
            else:
                stayed = dict.fromkeys(one.gone_out for one in held if one.gone_out)
                kept = "".join(f"; {one} bleibt, schon hinaus" for one in stayed)
                return replace(done, sentence=f"{done.sentence}{kept}")
        raise NothingToUndo(
            "Es gibt nichts zurückzunehmen.",
            "Was noch steht, ist schon hinaus oder gehört dazu."
            if held
            else "Alle Schritte dieses Platzes sind schon zurückgenommen.",
        )


def remember_named(place: Workplace, action_id: int) -> None:
    """Keep that a desk was told of what its step sent out, so that its next undo goes on to older steps.

    It stands with the action and outlives a restart; a database that does not take it now asks again.
    """
    if place.read_only:
        return
    try:
        with translated():
            connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
            with connection, connection.begin():
                params = connection.scalar(select(Action.params).where(Action.id == action_id))
                if params is not None:
                    told = update(Action).where(Action.id == action_id)
                    connection.execute(told.values(params={**params, _NAMED: True}))
    except Refusal:
        return


def take_back(place: Workplace, action_id: int) -> Reverted:
    """Take back a step that was stored as gone out and did not go: its mail program never opened.

    Raises:
        Refusal: a record was changed since.
    """
    with transaction(place, UNDO) as work:
        target = work.get(Action, action_id)
        reverted = _revert(work, target, target)
        _set_undone(work, target, work.action_id)
        return reverted


def undo_action(place: Workplace, action_id: int) -> Reverted:
    """Take back one action from the history, also another desk's; the screen asks first.

    Raises:
        Refusal: it does not stand any more, a record was changed since, something left the house, it
            concerns what is personal to another desk (design 7), or it only took over what Outlook says.
    """
    with transaction(place, UNDO) as work:
        target = work.session.get(Action, action_id)
        if target is None or target.verb in (UNDO, REDO) or target.undone_by_id is not None:
            raise Refusal("Dieser Schritt ist schon zurückgenommen.")
        _refuse_hidden(work, target)
        _refuse_taken_over(target)
        return _undo(work, target)


def redo(place: Workplace) -> Reverted:
    """Bring back what this desk undid last, unless it did something new since.

    Raises:
        Refusal: nothing is left to bring back, or a record was changed since.
    """
    with transaction(place, REDO) as work:
        undone = _last_undo(work)
        if undone is None or undone.target_id is None:
            raise NothingToUndo(
                "Es gibt nichts wiederherzustellen.",
                "Nichts ist mehr zurückgenommen, oder danach kam etwas Neues dazu.",
            )
        target = work.get(Action, undone.target_id)
        reverted = _revert(work, undone, target)
        _set_undone(work, target, None)
        # A record that was gone until now has its name again only afterwards.
        return replace(reverted, sentence=action_sentence(place, work.session.connection(), target.id))


def size_of_undo(place: Workplace, action_id: int | None = None) -> int:
    """How many changes an undo will take back, so that a screen knows whether to wait for it.

    Args:
        action_id: The action; without it the newest one of this desk that still stands.
    """
    with place.reading() as session:
        if action_id is None:
            action_id = session.scalar(
                select(func.max(Action.id)).where(
                    Action.desk_id == place.desk.id,
                    Action.verb.not_in((UNDO, REDO)),
                    Action.undone_by_id.is_(None),
                )
            )
        return _size(session, action_id)


def size_of_redo(place: Workplace) -> int:
    """How many changes a redo will bring back."""
    with place.reading() as session:
        newest = select(func.max(Action.id)).where(Action.desk_id == place.desk.id, Action.verb == UNDO)
        return _size(session, session.scalar(newest))


def _size(session: Session, action_id: int | None) -> int:
    some = select(Change.id).where(Change.action_id == action_id).limit(COUNTED_UP_TO).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _refuse_hidden(work: Work, target: Action) -> None:
    connection = work.session.connection()
    concerned = {(change.table_name, change.row_id) for change in changes_of(connection, target.id)}
    if any(is_hidden(connection, table, key, work.place) for table, key in sorted(concerned)):
        raise Refusal(
            "Dieser Schritt betrifft Persönliches.",
            "Zurücknehmen kann ihn nur der Platz, dem es gehört.",
            "Wenden Sie sich an die Kollegin oder den Kollegen.",
        )


def _refuse_taken_over(target: Action) -> None:
    if target.verb in _TAKEN_OVER:
        raise Refusal(
            "Das lässt sich hier nicht zurücknehmen.",
            "Der Schritt hat nur übernommen, was in Outlook steht, und dort steht es weiter so.",
            "Ändern Sie den Termin in Outlook, oder ändern Sie ihn hier; dann geht er mit O nach Outlook.",
        )


def _undo(work: Work, target: Action) -> Reverted:
    if target.verb in FINAL:
        raise Erased(target.id, "Was gelöscht ist, ist nirgends mehr aufgehoben.")
    if target.left_house:
        raise LeftHouse(target.id, target.left_house)
    _refuse_answered(work, target)
    reverted = _revert(work, target, target)
    _set_undone(work, target, work.action_id)
    return reverted


def _revert(work: Work, source: Action, target: Action) -> Reverted:
    """Write the inverse of `source`: the target itself for an undo, the undo for a redo."""
    connection = work.session.connection()
    sentence = action_sentence(work.place, connection, target.id)
    changes = changes_of(connection, source.id)
    _refuse_erased(connection, target, changes)
    try:
        revert(connection, work.recorder, changes)
    except ChangedSince as error:
        step = "zurückgenommen" if source is target else "wiederhergestellt"
        name = record_name(connection, error.table_name, error.row_id, work.place)
        raise _refusal(name, sentence, step) from error
    work.references |= _references_of(connection, target)
    records = tuple(dict.fromkeys((change.table_name, change.row_id) for change in changes))
    return Reverted(action_id=target.id, sentence=sentence, records=records)


def _refuse_erased(connection: Connection, target: Action, changes: Sequence[StoredChange]) -> None:
    """A step on what was erased since is not taken back: its values are gone from the journal too."""
    erased = connection.execute(
        select(Erasure.table_name, Erasure.row_id).where(Erasure.at >= target.at).distinct()
    )
    gone = {(row.table_name, row.row_id) for row in erased}
    if any((change.table_name, change.row_id) in gone for change in changes):
        raise Erased(target.id, "Der Schritt betrifft Daten, die inzwischen gelöscht wurden.")


def _references_of(connection: Connection, action: Action) -> set[tuple[str, int]]:
    """What the step concerned without changing it: its undo belongs into the same histories."""
    named = select(ActionReference.table_name, ActionReference.row_id)
    rows = connection.execute(named.where(ActionReference.action_id == action.id))
    return {(row.table_name, row.row_id) for row in rows}


def _set_undone(work: Work, target: Action, undone_by: int | None) -> None:
    connection = work.session.connection()
    connection.execute(update(Action).where(Action.id == target.id).values(undone_by_id=undone_by))
    connection.execute(update(Action).where(Action.id == work.action_id).values(target_id=target.id))


def _not_undone(work: Work) -> Iterator[Action]:
    """The actions of this desk that stand, the newest first."""
    before = work.action_id
    while True:
        found = work.session.scalars(
            select(Action)
            .where(
                Action.desk_id == work.desk.id,
                Action.verb.not_in((UNDO, REDO)),
                Action.undone_by_id.is_(None),
                Action.id < before,
            )
            .order_by(Action.id.desc())
            .limit(1)
        ).one_or_none()
        if found is None:
            return
        yield found
        before = found.id


def _was_named(work: Work, action_id: int) -> bool:
    return bool(work.get(Action, action_id).params.get(_NAMED))


def _because_of(work: Work, held: Sequence[LeftHouse], refusal: Refusal) -> bool:
    """Whether a step cannot be taken back because a later one, which left the house, stays."""
    cause = refusal.__cause__
    if not isinstance(cause, ChangedSince):
        return False
    touched = select(Change.id).where(
        Change.action_id.in_([each for one in held for each in (one.action_id, one.held_id)]),
        Change.table_name == cause.table_name,
        Change.row_id == cause.row_id,
    )
    return work.session.scalar(touched.limit(1)) is not None


def _refuse_answered(work: Work, target: Action) -> None:
    """A decision whose letter is out is not taken back silently: the letter is named."""
    changes = [one for one in changes_of(work.session.connection(), target.id) if one.table_name == "request"]
    decided = [
        one.row_id
        for one in changes
        if one.operation == "insert" or _DECIDING & {**(one.before or {}), **(one.after or {})}.keys()
    ]
    for some in range(0, len(decided), 500):
        sent = work.session.scalars(
            select(Action)
            .join(Change, Change.action_id == Action.id)
            .join(Document, Document.id == Change.row_id)
            .where(
                Action.id > target.id,
                Action.left_house != "",
                Action.undone_by_id.is_(None),
                Change.table_name == "document",
                Document.request_id.in_(decided[some : some + 500]),
                Document.state == DocumentState.HINAUS.value,
            )
            .order_by(Action.id.desc())
            .limit(1)
        ).one_or_none()
        if sent is not None:
            raise LeftHouse(sent.id, sent.left_house, held_id=target.id)


def _last_undo(work: Work) -> Action | None:
    """This desk's newest undo that still stands, with nothing new of this desk after it."""
    session, desk = work.session, work.desk.id
    newest = session.scalar(
        select(func.max(Action.id)).where(
            Action.desk_id == desk, Action.verb.not_in((UNDO, REDO)), Action.id < work.action_id
        )
    )
    # What did not go out after all (`take_back`) is sent again, not brought back.
    target = select(Action.undone_by_id).where(Action.undone_by_id.is_not(None), Action.left_house == "")
    return session.scalars(
        select(Action)
        .where(Action.desk_id == desk, Action.verb == UNDO, Action.id.in_(target), Action.id > (newest or 0))
        .order_by(Action.id.desc())
        .limit(1)
    ).one_or_none()


def _refusal(name: str, sentence: str, step: str) -> Refusal:
    return Refusal(
        f"Nicht {step}: {sentence}.",
        f"{name} wurde danach geändert.",
        "Sehen Sie im Verlauf nach, wer was geändert hat, und ändern Sie den Datensatz von Hand.",
    )
