"""What becomes of appointments that are hit: a deputy goes, called off, moved, or they stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.ausfall import following
from ob_buero_tui.services.ausfall.beginning import items_for, load_ausfall
from ob_buero_tui.services.ausfall.hits import goes
from ob_buero_tui.services.ausfall.reading import Found, found_lines
from ob_buero_tui.services.calendar.clashing import check
from ob_buero_tui.services.calendar.date_rows import move_back, move_to, stand_again
from ob_buero_tui.services.calendar.deputizing import settle
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.standing_in import (
    call_off_both,
    chain_of,
    enter_deputation,
    give_back,
    hand_to,
    take_back,
)
from ob_buero_tui.services.history import Params, moment_text, sentence
from ob_buero_tui.services.requests.deputations import STANDING
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.ausfall import AusfallItem, AusfallOutcome, AusfallState
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer

_O = AusfallOutcome
REASON = "OB verhindert"
"""The reason that is proposed: it tells nobody why."""


@use_case("ausfall_ask")
def ask_deputy(work: Work, ausfall_id: int, ids: Sequence[int], calendar: str) -> Done:
    """Ask a deputy for appointments; each is tentative in the deputy's calendar until the promise.

    Args:
        ids: Lines of the Ausfall.
        calendar: The key of the deputy's calendar.

    Raises:
        Refusal: the calendar belongs to no deputy, or this one is asked already.
    """
    chain = chain_of(work, calendar)
    short = work.catalog.calendar_short(calendar)
    lines = _load(work, ausfall_id, ids)
    for found, item in lines:
        date = _date(work, found)
        present = _deputation(work, item)
        if present is not None and present.answer in STANDING and present.calendar == calendar:
            raise Refusal(f"{found.line.name}: {short} ist schon angefragt.", "", "Mit a kommt die Zusage.")
        _remember(item, date, present)
        take_back(work, present)
        entry = hand_to(work, date, calendar, present)
        row = following.depute(work, found, entry, calendar, chain)
        if row is None:
            row = enter_deputation(work, date, entry, calendar, chain, remind=False)
        item.outcome, item.deputation_id = _O.VERTRETUNG.value, row.id
    work.tell(deputy=short)
    return _done(work, lines, f"{short} angefragt")


@use_case("ausfall_deputy")
def deputy_said(work: Work, ausfall_id: int, ids: Sequence[int], accepted: bool) -> Done:
    """Deputies have said yes or no; after a no the appointment is open again."""
    lines = _load(work, ausfall_id, ids, closed=True)
    names = set()
    for found, item in lines:
        names.add(work.catalog.calendar_short(said(work, found, item, accepted).calendar))
    who = names.pop() if len(names) == 1 else "Vertretung"
    work.tell(deputy=who, accepted=accepted)
    return _done(work, lines, f"{who} hat {'zugesagt' if accepted else 'abgelehnt'}")


def said(work: Work, found: Found, item: AusfallItem, accepted: bool) -> Deputation:
    """One deputy's answer inside any step."""
    row = _deputation(work, item)
    if row is None or row.answer not in STANDING:
        raise Refusal(
            f"{found.line.name}: Es ist niemand angefragt.", "", "Mit v fragen Sie eine Vertretung an."
        )
    settle(work, row, accepted, remind=False)
    if not accepted:
        item.outcome = _O.OFFEN.value
    return row


@use_case("ausfall_cancel")
def cancel_lines(work: Work, ausfall_id: int, ids: Sequence[int], reason: str) -> Done:
    """Call appointments off; a reason is required and kept, a series loses only this date."""
    reason = clean(reason, limit=200).strip()
    if not reason:
        raise Refusal(
            "Der Termin wurde nicht abgesagt.", "Es fehlt der Grund.", "Schreiben Sie ein paar Worte."
        )
    lines = _load(work, ausfall_id, ids)
    for found, item in lines:
        _refuse_session(found, "abgesagt")
        date, present = _date(work, found), _deputation(work, item)
        _remember(item, date, present)
        call_off_both(work, date, present, reason)
        work.session.flush()
        following.decline(work, found, reason)
        _free(work, item, present)
        item.outcome = _O.ABSAGEN.value
    return _done(work, lines, f"abgesagt: {reason}")


@use_case("ausfall_move")
def move_line(
    work: Work, ausfall_id: int, line: int, start: datetime, end: datetime, reason: str = ""
) -> Done:
    """Move one appointment, of a series only this date; it is tentative until it is confirmed.

    Args:
        start, end: Wall time of the office.
        reason: Why it stands although it clashes.

    Raises:
        Clashing: it clashes with something, and no reason is given.
        Refusal: it would lie in the absence still.
    """
    lines = _load(work, ausfall_id, [line])
    found, item = lines[0]
    _refuse_session(found, "verschoben")
    if end <= start:
        raise Refusal("Der Termin wurde nicht verschoben.", "Das Ende liegt nicht nach dem Beginn.")
    present = _deputation(work, item)
    _remember(item, _date(work, found), present)
    if present is not None:
        give_back(work, _date(work, found), present, _before(item))
        _free(work, item, present)
    date = _date(work, found)
    if not following.move(work, found, start, end):
        move_to(work, date, start, end)
    work.session.flush()
    moved = _date(work, found)
    check(work, moved.event, moved.override, reason)
    item.outcome = _O.VERSCHIEBEN.value
    work.tell(start=start.isoformat())
    when = long_date(start.date()) + ("" if date.all_day else f" {clock(start)}")
    return _done(work, lines, f"verschoben auf {when}")


@use_case("ausfall_keep")
def keep_lines(work: Work, ausfall_id: int, ids: Sequence[int]) -> Done:
    """Let appointments stay as they are: the mayor goes nevertheless, or nobody needs to do anything.

    What was called off or moved here stands again when and as sure as it did.

    Raises:
        Refusal: a request was moved with it, so that its answer is open again.
    """
    lines = _load(work, ausfall_id, ids)
    for found, item in lines:
        date, present = _date(work, found), _deputation(work, item)
        called = found.line.outcome is _O.ABSAGEN and item.outcome == _O.ABSAGEN
        if found.line.outcome is _O.VERSCHIEBEN:
            _move_back(work, found, item, date)
        elif not following.keep(work, found, date) and (present is not None or called):
            _as_before(work, found, item, date, present)
        _free(work, item, present)
        item.outcome = _O.BLEIBT.value
    return _done(work, lines, "bleibt")


def _as_before(
    work: Work, found: Found, item: AusfallItem, date: OneDate, present: Deputation | None
) -> None:
    """The mayor's own entry stands again; a deputy's ends."""
    if present is not None:
        give_back(work, date, present, _before(item))
    else:
        stand_again(work, date, _before(item))
    work.refer("event", found.line.event_id)


def _move_back(work: Work, found: Found, item: AusfallItem, date: OneDate) -> None:
    """What was moved takes place when it was to."""
    moved = following.moved_along(work, found)
    if moved or item.start_before is None or item.end_before is None:
        why = (
            f"Auch {moved} ist verschoben und neu zu entscheiden."
            if moved
            else "Er wurde im Kalender verschoben."
        )
        raise Refusal(
            f"{found.line.name}: Der Termin steht nicht mehr an seinem alten Platz.",
            why,
            "u nimmt die Verschiebung zurück, m wählt eine andere Zeit.",
        )
    move_back(work, date, item.start_before, item.end_before, _before(item))
    work.refer("event", found.line.event_id)


def _remember(item: AusfallItem, date: OneDate, present: Deputation | None) -> None:
    """How a date stands before something is decided about it."""
    shown = date.override if date.override is not None else date.event
    decided = item.outcome not in (_O.OFFEN, _O.BLEIBT) or (
        present is not None and not goes(date.event, date.override)
    )
    if not decided and shown.status != EventStatus.CANCELLED:
        item.status_before = shown.status
        item.start_before, item.end_before = date.starts.replace(fold=0), date.ends.replace(fold=0)


def _before(item: AusfallItem) -> EventStatus:
    return EventStatus(item.status_before or EventStatus.CONFIRMED.value)


def _free(work: Work, item: AusfallItem, present: Deputation | None) -> None:
    """Nobody stands in; one who had said no by himself needs no call about it."""
    if present is not None and present.answer not in STANDING:
        ended = present.answer == DeputyAnswer.ZURUECKGENOMMEN and item.outcome == _O.VERTRETUNG
        item.deputation_id = item.deputation_id if ended else None
    take_back(work, present)


def _load(
    work: Work, ausfall_id: int, ids: Sequence[int], *, closed: bool = False
) -> list[tuple[Found, AusfallItem]]:
    """The lines with their items, made for those that have come since the Ausfall began.

    Args:
        closed: Whether a closed Ausfall will do: an answer may come later.

    Raises:
        Refusal: the Ausfall is closed; a line is gone, or personal to another desk.
    """
    row = load_ausfall(work, ausfall_id)
    if row.state == AusfallState.ABGESCHLOSSEN and not closed:
        raise Refusal(
            "Dieser Ausfall ist abgeschlossen.",
            "In ihm wird nichts mehr entschieden.",
            "Ändern Sie den Termin im Kalender, oder beginnen Sie den Ausfall mit V neu.",
        )
    wanted = list(dict.fromkeys(ids))
    lines = {one.line.id: one for one in found_lines(work.session, work.place, row)}
    if not wanted or any(key not in lines for key in wanted):
        raise Refusal("Dieser Termin gehört nicht mehr zum Ausfall.", "", "Sehen Sie den neuen Stand an.")
    chosen = [lines[key] for key in wanted]
    for one in chosen:
        if one.line.hidden:
            raise Refusal(
                "Der Termin ist persönlich.",
                "Lesen und ändern kann ihn nur der Platz, dem er gehört.",
                "Wenden Sie sich an die Kollegin oder den Kollegen.",
            )
    new = [one for one in chosen if one.item is None]
    if new:
        items_for(work, row, new)
        again = {one.line.key: one for one in found_lines(work.session, work.place, row)}
        chosen = [again[one.line.key] for one in chosen]
    return [(one, one.item) for one in chosen if one.item is not None]


def _date(work: Work, found: Found) -> OneDate:
    return find_date(work.session, work.place.zone, found.line.key)


def _deputation(work: Work, item: AusfallItem) -> Deputation | None:
    return work.session.get(Deputation, item.deputation_id) if item.deputation_id is not None else None


def _refuse_session(found: Found, what: str) -> None:
    if found.line.session:
        raise Refusal(
            f"{found.line.name}: Eine Sitzung wird hier nicht {what}.",
            "Sie wird im Ratsinformationssystem geführt.",
            "v fragt eine Vertretung für den Vorsitz an, e lässt sie stehen.",
        )


def _done(work: Work, lines: Sequence[tuple[Found, AusfallItem]], text: str) -> Done:
    """What was done; the action stands in the history of each appointment."""
    ids = [found.line.event_id for found, _ in lines]
    work.tell(table="event", ids=list(dict.fromkeys(ids)))
    for key in ids:
        work.refer("event", key)
    name = lines[0][0].line.name if len(lines) == 1 else f"{len(lines)} Termine"
    return Done(ids=tuple(item.id for _, item in lines), text=f"{name}: {text}")


@sentence("ausfall_ask")
def _asked(params: Params) -> str:
    return f"Vertretung angefragt: {params.get('deputy', '')}"


@sentence("ausfall_deputy")
def _answered(params: Params) -> str:
    return f"{params.get('deputy', 'Vertretung')} hat {'zugesagt' if params.get('accepted') else 'abgelehnt'}"


@sentence("ausfall_cancel")
def _cancelled(_params: Params) -> str:
    return "wegen Ausfalls abgesagt"


@sentence("ausfall_move")
def _moved(params: Params) -> str:
    return f"wegen Ausfalls verschoben auf {moment_text(params.get('start'))}"


@sentence("ausfall_keep")
def _kept(_params: Params) -> str:
    return "bleibt trotz Ausfalls"
