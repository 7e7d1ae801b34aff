"""One item of the OB-Vorlage in short: what the mayor needs to know to decide it."""

from __future__ import annotations

from ob_buero_tui.rules.checks import Level
from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests.inquiries import InquiryView, stellungnahmen
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.views import RecordView
from ob_buero_tui.services.vorlage import selecting, wording
from ob_buero_tui.services.vorlage.views import VorlageCard, VorlageDecision, VorlageRow
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import VorlageItem
from ob_buero_tui.store.requests import Request

HISTORY_RULE = "vorgeschichte"


def card(place: Workplace, item_id: int) -> VorlageCard:
    """An item for the panel and for paper; what is personal to another desk is no more than there.

    Raises:
        Refusal: it is no longer on a list.
    """
    row = selecting.rows(place, [item_id]).get(item_id)
    if row is None:
        raise Refusal("Dieser Punkt steht auf keiner Liste mehr.", "", "Wählen Sie einen anderen.")
    if row.hidden:
        return VorlageCard(row=row)
    view = record(place, row.request_id)
    with place.reading() as session:
        request = session.get(Request, row.request_id)
        item = session.get(VorlageItem, item_id)
        asked = stellungnahmen(session, row.request_id)
        if request is None or item is None:
            raise Refusal("Dieser Punkt steht auf keiner Liste mehr.", "", "Wählen Sie einen anderen.")
        votum_text, votum_by = request.votum_text, request.votum_by
        reason, remark = item.reason, item.remark
    return VorlageCard(
        row=row,
        kind=view.kind_label,
        when=_when(view),
        where=view.event_place,
        due=f"{short_date(view.due_on)}{f' {clock(view.due_time)}' if view.due_time else ''}"
        if view.due_on
        else "",
        votum_text=f"{votum_text} ({votum_by})" if votum_text and votum_by else votum_text,
        stellungnahmen=tuple((one.name, _answer(one)) for one in asked),
        history=next((one.text for one in view.findings if _is_history(one.rule, one.level)), ""),
        warnings=tuple(one for one in view.findings if one.level is Level.WARN),
        decision=_decision(row, reason),
        remark=remark,
    )


def _is_history(rule: str, level: Level) -> bool:
    return rule == HISTORY_RULE and level is Level.INFO


def _when(view: RecordView) -> str:
    start, end = view.event_start, view.event_end
    if start is None:
        return ""
    text = f"{long_date(start.date())} {clock(start)}"
    if end is None:
        return text
    until = clock(end) if end.date() == start.date() else f"{long_date(end.date())} {clock(end)}"
    return f"{text}–{until}"


def _answer(one: InquiryView) -> str:
    if one.answered_on is not None:
        return one.answer or "hat geantwortet"
    return f"steht aus, bis {short_date(one.due_on)}" if one.due_on else "steht aus"


def _decision(row: VorlageRow, reason: str) -> str:
    said = wording.decision(row.decision)
    if row.decision is VorlageDecision.VERTRETUNG and row.deputy:
        return f"{said}: {row.deputy}"
    return f"{said}: {reason}" if reason else said
