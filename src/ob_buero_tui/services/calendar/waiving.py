"""Letting a conflict that already stands stand on purpose, and no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.candidates import date_candidate
from ob_buero_tui.services.calendar.clash_finding import Clash, clashes_of
from ob_buero_tui.services.calendar.clashing import excuse
from ob_buero_tui.services.calendar.verbs import load
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event


def clashes_on(place: Workplace, key: str, on: date) -> tuple[Clash, ...]:
    """What one date clashes with, also what somebody has excused.

    Args:
        key: The date, as `DayEvent.id` names it.
        on: A day it touches.
    """
    with place.reading() as session:
        return clashes_of(session, place, date_candidate(session, key, on), excused=True)


@use_case("waive")
def waive(work: Work, key: str, on: date, reason: str) -> Done:
    """Let the conflicts of one date stand; a reason is required and kept.

    Args:
        key: The date, as `DayEvent.id` names it.
        on: A day it touches.
    """
    event, found = _found(work, key, on)
    reason = clean(reason).strip()
    if not reason:
        raise Refusal(
            "Der Konflikt bleibt offen.", "Es fehlt der Grund.", "Schreiben Sie ein paar Worte, oder Esc."
        )
    standing = [clash for clash in found if clash.excuse is None]
    if not standing:
        raise Refusal(f"„{shorten(event.summary, 60)}“ hat keinen offenen Konflikt.")
    excuse(work, event.id, standing, reason)
    work.tell(count=len(standing))
    return _done(event, f"{plural(len(standing), 'Konflikt', 'Konflikte')} begründet: {reason}")


@use_case("unwaive")
def unwaive(work: Work, key: str, on: date) -> Done:
    """Take back the reasons for which conflicts of one date stand: they are open again.

    Args:
        key: The date, as `DayEvent.id` names it.
        on: A day it touches.
    """
    from ob_buero_tui.store.appointments import EventWaiver

    event, found = _found(work, key, on)
    excused = [clash.excuse.waiver_id for clash in found if clash.excuse is not None]
    if not excused:
        raise Refusal(f"Für „{shorten(event.summary, 60)}“ ist kein Konflikt begründet.")
    for clash in found:
        if clash.excuse is not None:
            work.refer("event", clash.other_id)
    for row_id in dict.fromkeys(excused):
        work.session.delete(work.get(EventWaiver, row_id))
    work.tell(count=len(excused))
    return _done(event, f"{plural(len(excused), 'Konflikt', 'Konflikte')} wieder offen")


def _found(work: Work, key: str, on: date) -> tuple[Event, Sequence[Clash]]:
    number = key.partition("@")[0]
    event = load(work, [int(number) if number.isdecimal() else 0])[0]
    candidate = date_candidate(work.session, key, on)
    return event, clashes_of(work.session, work.place, candidate, excused=True)


def _done(event: Event, text: str) -> Done:
    return Done(ids=(event.id,), text=f"„{shorten(event.summary, 60)}“: {text}")


@sentence("waive")
def _waived(params: Params) -> str:
    return f"{plural(params.get('count', 1), 'Konflikt', 'Konflikte')} begründet"


@sentence("unwaive")
def _unwaived(params: Params) -> str:
    return f"{plural(params.get('count', 1), 'Konflikt', 'Konflikte')} wieder offen"
