"""Sessions that are postponed or do not take place: the old date stays, papers and room are not forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.changing import load_meeting, stored
from ob_buero_tui.services.council.leading import WIR, led_by_of
from ob_buero_tui.services.council.making import check_meeting, named
from ob_buero_tui.services.council.new_day import begin_anew
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.oparl_sessions import Sessions
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import Meeting

NOTE_LENGTH: Final = 500


@use_case("postpone_meeting")
def postpone_meeting(work: Work, meeting_id: int, start: datetime, note: str = "") -> Done:
    """Put a session off to another time; its agenda and its papers go with it.

    The first beginning and the remark stay; a session that goes back to it is postponed no more. Members are
    invited anew, so Versand, Zugang and Bekanntmachung are open again, and no Ladungsfrist is shortened.

    Args:
        start: The new beginning, wall time; it stays as long as it was.

    Raises:
        Refusal: it has taken place, is cancelled, has no day yet, or another session is there.
    """
    row = load_meeting(work, meeting_id)
    old = _movable(work, row, start)
    sessions = Sessions(work)
    looks = sessions.stored([row.id])
    back = start == row.moved_from
    row.start = start
    row.end = row.end + (start - old) if row.end is not None else None
    again = begin_anew(work, row, old)
    row.moved_from = None if back else row.moved_from or old
    row.moved_note = "" if back else _note(note) or row.moved_note
    work.session.flush()
    sessions.follow(looks)
    work.tell(before=old.isoformat(), after=start.isoformat(), again=bool(again))
    told = f"auf {long_date(start.date())}, {clock(start)} Uhr verschoben"
    return Done(ids=(row.id,), text=f"{_short(work, row, old)} {told}{again}")


def _movable(work: Work, row: Meeting, start: datetime) -> datetime:
    """The beginning of a session that can go to another one; a refusal where it cannot."""
    name, old, now = named(work, row), row.start, work.now
    if old is None or row.cancelled:
        raise Refusal(
            f"{name} lässt sich nicht verschieben.",
            "Die Sitzung ist abgesagt." if row.cancelled else "Sie hat noch keinen Tag.",
            "Mit n findet sie doch statt." if row.cancelled else "Tragen Sie den Tag mit b ein.",
        )
    if old <= now:
        raise Refusal(f"{name} war schon.", "", "Eine falsche Angabe ändern Sie mit b.")
    if start == old:
        raise Refusal("Die Sitzung bleibt, wo sie ist.", "Es ist derselbe Beginn.", "")
    if start <= now:
        raise Refusal("Dieser Tag ist schon vorbei.", "", "Wählen Sie einen späteren.")
    values = stored(work.session, row)
    if values is not None and values.organization_ids:
        check_meeting(work, replace(values, start=start, end=None), row.id)
    return old


@use_case("cancel_meeting")
def cancel_meeting(work: Work, meeting_ids: Sequence[int], note: str = "") -> Done:
    """Sessions do not take place: their room is free, the calendar knows, what was to be dealt with waits.

    Where the council information system leads, it also says where the items go.

    Raises:
        Refusal: one is cancelled already or has taken place.
    """
    from ob_buero_tui.services.council.placing import release_items

    rows = [load_meeting(work, key) for key in dict.fromkeys(meeting_ids)]
    for row in rows:
        if row.cancelled:
            raise Refusal(f"{named(work, row)} ist schon abgesagt.", "", "Mit n findet sie doch statt.")
        if row.start is not None and row.start <= work.now:
            raise Refusal(
                f"{named(work, row)} lässt sich nicht absagen.",
                "Die Sitzung war schon.",
                "Eine falsche Angabe ändern Sie mit b.",
            )
    work.tell(ids=[row.id for row in rows])
    sessions = Sessions(work)
    looks = sessions.stored([row.id for row in rows])
    leading = led_by_of(work.session, work.catalog, [row.id for row in rows])
    released = 0
    for row in rows:
        row.cancelled, row.cancelled_note = True, _note(note)
        if leading[row.id] == WIR:
            released += release_items(work, row.id)
    work.session.flush()
    sessions.follow(looks)
    work.tell(released=released)
    many = f"{len(rows)} Sitzungen" if len(rows) != 1 else named(work, rows[0])
    return Done(ids=tuple(row.id for row in rows), text=f"{many} abgesagt{_waiting(released, ' · ')}")


@use_case("reinstate_meeting")
def reinstate_meeting(work: Work, meeting_id: int) -> Done:
    """A session that was cancelled takes place after all, at its old time, with what still waits for it.

    Raises:
        Refusal: it is not cancelled, or another session of its body is there now.
    """
    from ob_buero_tui.services.council.coming_back import restore_items

    row = load_meeting(work, meeting_id)
    if not row.cancelled:
        raise Refusal(f"{named(work, row)} ist nicht abgesagt.", "", "")
    now = stored(work.session, row)
    if now is not None and now.organization_ids:
        check_meeting(work, now, row.id)
    sessions = Sessions(work)
    looks = sessions.stored([row.id])
    row.cancelled, row.cancelled_note = False, ""
    again = restore_items(work, row)
    work.session.flush()
    sessions.follow(looks)
    return Done(ids=(row.id,), text=f"{named(work, row)} findet doch statt{again}")


def _waiting(count: int, before: str) -> str:
    return f"{before}{plural(count, 'Punkt', 'Punkte')} wieder im Themenspeicher" if count else ""


def _note(text: str) -> str:
    return clean(text, limit=NOTE_LENGTH).strip()


def _short(work: Work, row: Meeting, old: datetime) -> str:
    """The session by its body and the day it was on."""
    return named(work, row).partition(" am ")[0] + f" vom {short_date(old.date())}"


@sentence("postpone_meeting")
def _postponed(params: Params) -> str:
    try:
        before, after = (datetime.fromisoformat(str(params[name])) for name in ("before", "after"))
    except (KeyError, ValueError):
        return "verschoben"
    days = f"von {short_date(before.date())} {clock(before)} auf {short_date(after.date())} {clock(after)}"
    return f"verschoben {days}"


@sentence("cancel_meeting")
def _cancelled(params: Params) -> str:
    return f"abgesagt{_waiting(int(params.get('released', 0)), ', ')}"


@sentence("reinstate_meeting")
def _reinstated(_params: Params) -> str:
    return "findet doch statt"
