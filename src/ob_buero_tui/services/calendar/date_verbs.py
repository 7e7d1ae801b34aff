"""Calling off, confirming and throwing away: one date, this and the following ones, or the whole series."""

from __future__ import annotations

from dataclasses import dataclass

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.changing import ensure_override, scope_words
from ob_buero_tui.services.calendar.clash_changes import changed_events
from ob_buero_tui.services.calendar.clashing import check
from ob_buero_tui.services.calendar.date_rows import cancel_row, fell_with_series, stand_row
from ob_buero_tui.services.calendar.deputizing import promise_pending
from ob_buero_tui.services.calendar.forms import hidden
from ob_buero_tui.services.calendar.letting_go import deputies_beside, end_deputies, let_go
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.preparing import make_preparation
from ob_buero_tui.services.calendar.scopes import LABELS, Scope, dates_from
from ob_buero_tui.services.calendar.series_changes import drop_overrides
from ob_buero_tui.services.calendar.series_rows import overrides_of
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.calendar.splitting import is_first, split
from ob_buero_tui.services.calendar.writable import refuse_unwritable
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.history import Params, moment_text, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event, EventOverride

SHE_GOES, THROWN_AWAY = "OB kommt selbst", "Termin gelöscht"
"""Why a deputy's entry ends, as it stays in that calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The row that a verb acts on: an event, or with `date` one date of it.

    Args:
        scope: How far it reaches in the end.
    """

    event: Event
    date: EventOverride | None
    scope: Scope


@use_case("cancel_dates")
def cancel_dates(work: Work, key: str, scope: Scope, reason: str) -> Done:
    """Call dates off; they stay in the calendar as abgesagt, with the reason.

    Args:
        key: The date, as `DayEvent.id` names it.
        scope: Which dates of a series are meant.
        reason: Required, and kept.
    """
    reason = clean(reason, limit=300).strip()
    if not reason:
        raise Refusal(
            "Der Termin wurde nicht abgesagt.",
            "Es fehlt der Grund.",
            "Schreiben Sie ein paar Worte, oder Esc.",
        )
    found = _found(work, key)
    reached = _reach(work, found, Scope(scope))
    event = reached.event
    told = end_deputies(work, deputies_beside(work, event, reached.date), reason)
    if reached.date is not None:
        cancel_row(reached.date, reason)
    else:
        for override in overrides_of(work.session, event.id):
            if override.status != EventStatus.CANCELLED:
                cancel_row(override, reason, with_series=True)
        cancel_row(event, reason)
    told += let_go(work, found, event, whole=reached.date is None)
    return _done(work, found, reached, ", ".join((f"abgesagt: {reason}", *told)))


@use_case("confirm_dates")
def confirm_dates(work: Work, key: str, scope: Scope, reason: str = "") -> Done:
    """Make dates binding, with the tasks that prepare for a single one; what was called off stands again.

    Args:
        key: The date, as `DayEvent.id` names it.
        scope: Which dates of a series are meant.
        reason: Why it stands although it clashes.

    Raises:
        Clashing: what was called off clashes now, and no reason is given.
    """
    found = _found(work, key)
    reached = _reach(work, found, Scope(scope))
    event, tasks = reached.event, 0
    others = [one for one in deputies_beside(work, event, reached.date) if one.row in (reached.date, event)]
    told = end_deputies(work, others, SHE_GOES)
    if reached.date is not None:
        stand_row(event, reached.date)
        told += _unprepared(work, event)
    else:
        for override in overrides_of(work.session, event.id):
            alike = override.status == event.status != EventStatus.CANCELLED
            if alike or fell_with_series(override):
                stand_row(event, override)
        stand_row(event, event)
        work.session.flush()
        promise_pending(work, event.id)
        tasks = make_preparation(work, event)
    work.tell(tasks=tasks)
    more = (plural(tasks, "Aufgabe", "Aufgaben"),) if tasks else ()
    return _done(work, found, reached, ", ".join(("bestätigt", *more, *told)), reason)


def _unprepared(work: Work, event: Event) -> tuple[str, ...]:
    """One date of a series has no tasks of its own: somebody has to think of them."""
    kind = work.catalog.event_kinds.get(event.kind or "")
    return ("Vorbereitung der Serie bitte selbst planen",) if kind is not None and kind.tasks else ()


@use_case("trash_dates")
def trash_dates(work: Work, key: str, scope: Scope) -> Done:
    """Throw dates away: one of a series is left out for good, more go into the trash.

    Args:
        key: The date, as `DayEvent.id` names it.
        scope: Which dates of a series are meant.
    """
    found = _found(work, key)
    scope = Scope(scope)
    if scope is Scope.DIESER and found.original is not None and not _is_last_left(found):
        others = deputies_beside(work, found.event, found.override) if found.override is not None else ()
        told = end_deputies(work, others, THROWN_AWAY)
        _leave_out(work, found)
        told += let_go(work, found, found.event, whole=False)
        reached = Reached(event=found.event, date=None, scope=scope)
        return _done(work, found, reached, ", ".join(("aus der Serie genommen", *told)))
    if scope is Scope.DIESER:
        scope = Scope.SERIE
    reached = _reach(work, found, scope)
    told = end_deputies(work, deputies_beside(work, reached.event, None), THROWN_AWAY)
    reached.event.trashed_at = work.at
    told += let_go(work, found, reached.event, whole=True)
    return _done(work, found, reached, ", ".join(("in den Papierkorb gelegt", *told)))


def _is_last_left(found: OneDate) -> bool:
    """Whether a series has no other date than this one."""
    return len(dates_from(found)[:2]) < 2


def _leave_out(work: Work, found: OneDate) -> None:
    """Let a series run without one of its dates (EXDATE)."""
    event, original = found.event, found.original
    assert original is not None  # noqa: S101 only dates of a series come here
    if found.override is not None:
        drop_overrides(work, [found.override])
    text = original.date().isoformat() if event.all_day else original.isoformat()
    event.exdates = [*event.exdates, text]


def _found(work: Work, key: str) -> OneDate:
    """The date with this key, if this desk may act on it; sessions may be called off here too."""
    found = find_date(work.session, work.place.zone, key)
    if seen_of(work.place, found.event, found.override) is not View.FULL:
        raise hidden()
    return found


def _reach(work: Work, found: OneDate, scope: Scope) -> Reached:
    """The row that stands for the dates that are meant; a series is cut where only later ones are."""
    refuse_trashed(found)
    event = found.event
    if found.original is None:
        return Reached(event=event, date=None, scope=scope)
    if scope is Scope.DIESER:
        return Reached(event=event, date=ensure_override(work, found), scope=scope)
    if scope is Scope.FOLGENDE and not is_first(found):
        refuse_unwritable(work, found, "Die Serie wurde nicht geteilt.")
        return Reached(event=split(work, found), date=None, scope=scope)
    return Reached(event=event, date=None, scope=Scope.SERIE)


def refuse_trashed(found: OneDate) -> None:
    """What lies in the trash is taken out of it first."""
    if found.event.trashed_at is not None:
        raise Refusal(
            f"„{clean(found.event.summary, limit=80)}“ liegt im Papierkorb.",
            "",
            "Holen Sie den Termin mit u oder aus dem Verlauf aller Schritte zurück.",
        )


def _done(work: Work, found: OneDate, reached: Reached, text: str, reason: str = "") -> Done:
    """Count the change, tell the history, and say what was done."""
    row = reached.date if reached.date is not None else reached.event
    work.session.flush()
    if reached.event.id in changed_events(work):
        touched(work, row, reached.event)
    check(work, reached.event, reached.date, reason)
    repeating = found.original is not None
    work.tell(table="event", ids=[reached.event.id], scope=reached.scope.value if repeating else "")
    if repeating and reached.scope is Scope.DIESER:
        work.tell(on=found.starts.isoformat())
    work.refer("event", found.event.id)
    name = f"„{shorten(found.event.summary, 60)}“"
    if not repeating:
        return Done(ids=(reached.event.id,), text=f"{name}: {text}")
    on = long_date(found.starts.date()) + ("" if found.all_day else f" {clock(found.starts)}")
    reach = on if reached.scope is Scope.DIESER else LABELS[reached.scope]
    return Done(ids=(reached.event.id,), text=f"{name} ({reach}): {text}")


def _which(params: Params) -> str:
    on = params.get("on")
    return f" ({moment_text(on)})" if on else scope_words(params)


@sentence("cancel_dates")
def _cancelled(params: Params) -> str:
    return f"abgesagt{_which(params)}"


@sentence("confirm_dates")
def _confirmed(params: Params) -> str:
    tasks = params.get("tasks")
    more = f", {plural(tasks, 'Aufgabe', 'Aufgaben')}" if tasks else ""
    return f"bestätigt{_which(params)}{more}"


@sentence("trash_dates")
def _trashed(params: Params) -> str:
    leaves = params.get("scope") == Scope.DIESER
    return f"{'aus der Serie genommen' if leaves else 'in den Papierkorb gelegt'}{_which(params)}"
