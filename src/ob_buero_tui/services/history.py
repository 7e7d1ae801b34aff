"""The journal in German: every sentence is rendered on reading, so erasure and masking reach it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.fetching import AMONG, fetch
from ob_buero_tui.services.naming import is_hidden, record_name
from ob_buero_tui.services.views import HistoryLine
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Desk
from ob_buero_tui.store.journal import REDO, UNDO, Action, ActionReference, Change
from ob_buero_tui.store.types import UNREADABLE_DAY, read_day

Params = Mapping[str, Any]

SPEAKING = (
    "intake.mails",
    "requests.verbs",
    "requests.editing",
    "requests.creating",
    "requests.declining",
    "tasks",
    "intake.papers",
    "intake.people",
    "intake.calendars",
    "answers.sending",
    "answers.writing",
    "ausfall.beginning",
    "ausfall.calling",
    "ausfall.deciding",
    "calendar.adding",
    "calendar.changing",
    "calendar.date_verbs",
    "calendar.documents",
    "calendar.moving",
    "calendar.deputizing",
    "calendar.verbs",
    "calendar.waiving",
    "calendars.feeding",
    "calendars.giving_way",
    "calendars.sending",
    "calendars.vanishing",
    "disposing.deciding",
    "disposing.taking_over",
    "erasing.erasing",
    "erasing.replay",
    "follow_ups.calls",
    "follow_ups.verbs",
    "council.fetch_batch",
    "council.leading",
    "council.changing",
    "council.making",
    "council.postponing",
    "council.attendance",
    "council.ladungsfrist",
    "council.minutes",
    "council.results",
    "council.agenda_edit",
    "council.agenda_moves",
    "council.agenda_off",
    "council.patterns",
    "council.placing",
    "council.plan_store",
    "council.planning_verbs",
    "council.planning_batches",
    "council.topics",
    "council.consultations",
    "council.paper_edit",
    "council.paper_files",
    "council.bodies",
    "council.body_terms",
    "council.member_verbs",
    "council.responsibility_verbs",
    "council.verbs",
    "export.case_folder",
    "intake.oparl",
    "intake.sheet_rows",
    "intake.sheets",
    "intake.zones",
    "people.belonging",
    "people.death",
    "people.editing",
    "people.merging",
    "requests.accepting",
    "requests.closing",
    "requests.deputizing",
    "requests.splits",
    "requests.inquiring",
    "requests.merging",
    "requests.moving",
    "requests.outcomes",
    "requests.voting",
    "vorlage.carrying_out",
    "vorlage.verbs",
)
"""The topics whose use cases say how they read.

Loaded one by one until a verb is explained that nobody has explained yet, so the commonest come first: how a
record came in, and what is done to requests every day.
"""

MANY = {
    "request": "Eingänge",
    "event": "Termine",
    "task": "Aufgaben",
    "meeting": "Sitzungen",
    "agenda_item": "Tagesordnungspunkte",
    "topic": "Themen",
    "year_plan": "Jahrespläne",
    "paper": "Vorlagen",
}
"""How several records of a table are called."""

SENTENCES: dict[str, Callable[[Params], str]] = {}
"""How an action of each verb reads, without the record's name; a topic adds its own beside its use cases."""


def sentence(verb: str) -> Callable[[Callable[[Params], str]], Callable[[Params], str]]:
    """Register how the actions of a verb read in the history."""

    def register(function: Callable[[Params], str]) -> Callable[[Params], str]:
        SENTENCES[verb] = function
        return function

    return register


def action_sentence(place: Workplace, connection: Connection, action_id: int) -> str:
    """An action as one German sentence with the record it is about, as this desk may read it."""
    return _told(place, connection, action_id)[0]


def _told(place: Workplace, connection: Connection, action_id: int) -> tuple[str, str]:
    """An action as a sentence, and the record in it."""
    row = connection.execute(
        select(Action.verb, Action.params, Action.target_id).where(Action.id == action_id)
    ).one()
    if row.verb in (UNDO, REDO) and row.target_id is not None:
        inner, about = _told(place, connection, row.target_id)
        return f"{'zurückgenommen' if row.verb == UNDO else 'wiederhergestellt'}: {inner}", about
    table, ids = row.params.get("table", ""), row.params.get("ids", [])
    hidden = any(is_hidden(connection, table, key, place) for key in ids)
    about = _about(place, connection, table, ids)
    text = _sentence(row.verb, {} if hidden else row.params)
    return (f"{about}: {text}" if about else text), about


def _touching() -> Select[Any]:
    table: Any = bindparam("of")
    changed = select(Change.action_id).where(Change.table_name == table, Change.row_id.in_(AMONG))
    named = select(ActionReference.action_id).where(
        ActionReference.table_name == table, ActionReference.row_id.in_(AMONG)
    )
    return (
        select(Action.id, Action.verb, Action.params, Action.at, Action.target_id)
        .add_columns(Action.undone_by_id, Desk.initials)
        .join(Desk, Desk.id == Action.desk_id)
        .where(Action.id.in_(changed.union(named)))
        .order_by(Action.id)
    )


_TOUCHING = _touching()
"""Made once: to put this statement together takes as long as to run it."""


def history_of(
    place: Workplace, session: Session, table: str, row_ids: Sequence[int]
) -> tuple[HistoryLine, ...]:
    """Everything that was done to some records of a table, oldest first."""
    if not row_ids:
        return ()
    rows = fetch(session, _TOUCHING, row_ids, of=table)
    verbs = {row.id: row for row in rows}
    return tuple(
        HistoryLine(
            at=place.local(row.at),
            desk=row.initials,
            text=_line(row, verbs),
            undone=row.undone_by_id is not None,
        )
        for row in rows
    )


def recent_actions(place: Workplace, limit: int = 200, *, account: str = "") -> tuple[HistoryLine, ...]:
    """The newest actions, newest first.

    Args:
        account: Of one desk; empty for all.
    """
    query = select(Action.id, Action.at, Action.verb, Action.undone_by_id, Desk.initials)
    query = query.join(Desk, Desk.id == Action.desk_id).order_by(Action.id.desc()).limit(limit)
    if account:
        query = query.where(Desk.account == account)
    with place.reading() as session:
        rows = session.execute(query).all()
        connection = session.connection()
        told = {row.id: _told(place, connection, row.id) for row in rows}
        return tuple(
            HistoryLine(
                at=place.local(row.at),
                desk=row.initials,
                text=told[row.id][0],
                undone=row.undone_by_id is not None,
                action_id=0 if row.verb in (UNDO, REDO) else row.id,
                about=told[row.id][1],
            )
            for row in rows
        )


def day_text(value: str | None) -> str:
    """A date kept in an action's parameters, as it is shown; as it stands where a byte of it is wrong."""
    if not value:
        return ""
    day = read_day(value)
    return value if day is UNREADABLE_DAY else german.short_date(day)


def long_day_text(value: str) -> str:
    """A date kept in an action's parameters with its year; as it stands where a byte of it is wrong."""
    day = read_day(value)
    return value if day is UNREADABLE_DAY else german.long_date(day)


def moment_text(value: str | None) -> str:
    """A wall time kept in an action's parameters, as it is shown; as it stands where it is none."""
    if not value:
        return ""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{german.short_date(moment.date())} {german.clock(moment)}"


def _line(row: Any, verbs: Mapping[int, Any]) -> str:
    if row.verb in (UNDO, REDO):
        target = verbs.get(row.target_id)
        inner = _sentence(target.verb, target.params) if target is not None else "ein Schritt"
        return f"{'zurückgenommen' if row.verb == UNDO else 'wiederhergestellt'}: {inner}"
    return _sentence(row.verb, row.params)


def _sentence(verb: str, params: Params) -> str:
    for topic in SPEAKING:
        if verb in SENTENCES:
            break
        import_module(f"ob_buero_tui.services.{topic}")
    render = SENTENCES.get(verb)
    return clean(render(params) + _consequences(params)) if render else verb


def _consequences(params: Params) -> str:
    """What an action did to Wiedervorlagen beside what its verb says."""
    woken, counted = len(params.get("woken", ())), len(params.get("recounted", ()))
    back = f"; {german.plural(woken, 'Wiedervorlage', 'Wiedervorlagen')} zurück" if woken else ""
    anew = f"; {german.plural(counted, 'Wiedervorlage', 'Wiedervorlagen')} neu gerechnet" if counted else ""
    return back + anew


def _about(place: Workplace, connection: Connection, table: str, ids: Sequence[int]) -> str:
    """What an action is about: one record by its name, several by their number."""
    if len(ids) == 1:
        return record_name(connection, table, ids[0], place)
    many = MANY.get(table, "Datensätze")
    return f"{len(ids)} {many}" if ids else ""
