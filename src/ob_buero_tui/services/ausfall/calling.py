"""Ticks a call: who was reached and what was said; a deputy's answer on the telephone counts at once."""

from __future__ import annotations

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.ausfall.beginning import load_ausfall
from ob_buero_tui.services.ausfall.calls import calls_of
from ob_buero_tui.services.ausfall.deciding import said
from ob_buero_tui.services.ausfall.reading import found_lines
from ob_buero_tui.services.ausfall.views import CallLine
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.ausfall import AusfallCall, CallRole

REACHED = "erreicht"
LABELS = {
    CallRole.VERANSTALTER: "Veranstalter",
    CallRole.FAHRER: "Fahrer",
    CallRole.VERTRETUNG: "Vertretung",
    CallRole.PRESSE: "Presse",
}
"""Who is called, as lists name it."""


@use_case("tick_ausfall_call")
def tick_call(
    work: Work, ausfall_id: int, call_id: int, result: str = REACHED, accepted: bool | None = None
) -> Done:
    """Tick a call with its result, or take the tick away from one that is done.

    Args:
        call_id: The call in the list of the Ausfall.
        result: What came of it, in words.
        accepted: What a deputy who was asked has answered; None for every other call.

    Raises:
        Refusal: there is no such call any more.
    """
    row = load_ausfall(work, ausfall_id)
    found = found_lines(work.session, work.place, row)
    call = next((one for one in calls_of(work.session, work.place, found) if one.id == call_id), None)
    if call is None:
        raise Refusal("Dieser Anruf steht nicht mehr in der Liste.", "", "Sehen Sie den neuen Stand an.")
    result = clean(result, limit=200).strip() or REACHED
    work.tell(table="event", ids=[row.event_id], role=call.role.value, done=not call.done)
    _write(work, call, result)
    if accepted is not None and not call.done:
        by_id = {one.line.id: one for one in found}
        for key in call.items:
            one = by_id[key]
            if one.item is not None and one.line.asked:
                said(work, one, one.item, accepted)
    work.refer("event", row.event_id)
    text = f"{call.who.name}: {result}" if not call.done else f"{call.who.name}: wieder offen"
    return Done(ids=(call_id,), text=text)


def _write(work: Work, call: CallLine, result: str) -> None:
    """One row for each line that the call was about."""
    for item_id, told in zip(call.items, call.told, strict=True):
        row = work.session.scalars(
            select(AusfallCall)
            .where(AusfallCall.item_id == item_id, AusfallCall.role == call.role.value)
            .order_by(AusfallCall.id.desc())
            .limit(1)
        ).first()
        if row is None:
            row = AusfallCall(item_id=item_id, role=call.role.value)
            work.session.add(row)
        row.name, row.phone = clean(call.who.name, limit=200), clean(call.who.phone, limit=100)
        row.done_at = None if call.done else work.at
        row.done_by = "" if call.done else work.desk.initials
        row.result, row.told = "" if call.done else result, told
    work.session.flush()


@sentence("tick_ausfall_call")
def _ticked(params: Params) -> str:
    who = LABELS.get(CallRole(params.get("role", CallRole.VERANSTALTER)), "")
    return f"Anruf {who} {'erledigt' if params.get('done') else 'wieder offen'}"
