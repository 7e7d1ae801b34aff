"""The frame of every use case: one call, one transaction, one action in the journal, one undo step."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Table, insert, update
from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.faults import damaged_refusal, translated
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import derived
from ob_buero_tui.store.journal import Action, ActionReference
from ob_buero_tui.store.recording import JournalSession, Recorder, attach, record_rows

P = ParamSpec("P")
R = TypeVar("R")


class Work:
    """What a use case works with: the session, the time, the desk and the catalog.

    Args:
        place: The desk that acts.
        session: The session of the one transaction.
        recorder: The journal's pen for the one action.
        at: The instant of the action, aware UTC.
    """

    def __init__(self, place: Workplace, session: Session, recorder: Recorder, at: datetime) -> None:
        self.place = place
        self.session = session
        self.recorder = recorder
        self.at = at
        self.catalog = place.catalog
        self.desk = place.desk
        self.now = place.local(at)
        self.params: dict[str, Any] = {}
        self.references: set[tuple[str, int]] = set()
        self.gone_out = ""
        self.fresh_rows = False
        self.taken_over = False
        """Whether this step takes over what another calendar says, so that nothing of it must go there."""

    @property
    def today(self) -> date:
        """The office's date."""
        return self.now.date()

    @property
    def calendar(self) -> WorkCalendar:
        """The office's open days."""
        return work_calendar(self.session, self.place)

    @property
    def action_id(self) -> int:
        """The action being written."""
        return self.recorder.action_id

    def tell(self, **params: Any) -> None:
        """Keep what the history's sentence needs; values must be JSON."""
        self.params.update(params)

    def refer(self, table: str, row_id: int | None) -> None:
        """Let this action appear in the history of a record that it does not change."""
        if row_id is not None:
            self.references.add((table, row_id))

    def left_house(self, what: str) -> None:
        """Name what went out; such an action cannot be taken back."""
        self.gone_out = what

    def get(self, row_class: type[R], row_id: int) -> R:
        """A row by its key, or a refusal that it is gone."""
        row = self.session.get(row_class, row_id)
        if row is None:
            raise Refusal(
                "Das ist nicht mehr möglich.",
                "Den Datensatz gibt es nicht mehr.",
                "Vielleicht wurde sein Eingang zurückgenommen; mit U holen Sie ihn wieder.",
            )
        return row

    def insert_rows(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert many rows by Core through the journal; the way of imports."""
        return record_rows(self.session.connection(), self.recorder, table, rows)


@dataclass(frozen=True, slots=True)
class UseCase(Generic[P, R]):
    """A registered use case: its verb, and the function without the frame."""

    verb: str
    function: Callable[Concatenate[Work, P], R]
    run: Callable[Concatenate[Workplace, P], R]


USE_CASES: dict[str, UseCase[..., Any]] = {}
"""Every use case by its verb; the undo tests walk it."""


def use_case(
    verb: str,
) -> Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Workplace, P], R]]:
    """Make a function the use case of this verb.

    The function takes a `Work` first; callers pass their `Workplace` instead. Leaving by an exception rolls
    everything back; an action that changed nothing leaves no trace in the journal.
    """

    def decorate(function: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Workplace, P], R]:
        @functools.wraps(function)
        def run(place: Workplace, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction(place, verb) as work:
                done = function(work, *args, **kwargs)
                _follow(work)
                return done

        if verb in USE_CASES:
            raise ValueError(f"two use cases are called {verb}")
        USE_CASES[verb] = UseCase(verb, function, run)
        return run

    return decorate


@contextmanager
def transaction(place: Workplace, verb: str) -> Iterator[Work]:
    """One locked transaction with its action; used by `use_case` and by undo."""
    import ob_buero_tui.store.tables  # noqa: F401 a flush follows foreign keys into every table

    if place.damaged:
        raise damaged_refusal()
    at = place.clock().astimezone(UTC).replace(microsecond=0)
    with translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        session = JournalSession(bind=connection, expire_on_commit=False)
        with connection, connection.begin() as begun, session:
            action = insert(Action).values(verb=verb, at=at, desk_id=place.desk.id, params={}, left_house="")
            recorder = Recorder(connection.execute(action.returning(Action.id)).scalar_one())
            attach(session, recorder)
            recorder.veiled = place.veil is not None
            work = Work(place.unveiled, session, recorder, at)
            yield work
            session.flush()
            if recorder.count == 0 and not work.gone_out:
                begun.rollback()
                return
            derived.refresh(connection, recorder.touched, fresh=work.fresh_rows)
            _finish(work)
            # Before the commit: the lock makes the number ours, and the watcher may look right afterwards.
            place.written.add(recorder.action_id)


def _follow(work: Work) -> None:
    """Let what waits for an appointment follow its changes, whoever made them; undo needs no such step."""
    from ob_buero_tui.services.calendars.noting import note_changes
    from ob_buero_tui.services.requests.waking import follow

    follow(work)
    note_changes(work)


def _finish(work: Work) -> None:
    connection = work.session.connection()
    connection.execute(
        update(Action).where(Action.id == work.action_id).values(params=work.params, left_house=work.gone_out)
    )
    rows = [
        {"action_id": work.action_id, "table_name": table, "row_id": row_id}
        for table, row_id in sorted(work.references)
    ]
    if rows:
        connection.execute(insert(ActionReference), rows)
