"""Carrying the mayor's decisions out: every item becomes its outcome, all as one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests import accepting, declining, deputizing
from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.services.requests.verbs import Done, add_note, readable
from ob_buero_tui.services.vorlage.outcomes import TALK, ItemPlan
from ob_buero_tui.services.vorlage.selecting import LATEST, WAITS
from ob_buero_tui.services.vorlage.talks import add_item, list_for, talk_day
from ob_buero_tui.services.vorlage.views import VorlageDecision
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.decisions import Vorlage, VorlageItem, VorlageState
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

MAYOR = "ob"
"""Who decides on these lists, a key of deciders.toml; without that key it is the first there."""
_D = VorlageDecision


@use_case("carry_out_vorlage")
def carry_out_vorlage(work: Work, plans: Sequence[ItemPlan]) -> Done:
    """Make outcomes of decisions: promises, refusals, deputies; the rest stays or goes to the next list.

    Raises:
        Refusal: nothing is decided, a reason or deputy is missing, or somebody changed an item or its request
            since the plans were made; they are named, and nothing is carried out.
    """
    if not plans:
        raise Refusal(
            "Es ist noch nichts entschieden.",
            "",
            "Tragen Sie zuerst ein, was gesagt wurde: a, n, v, r oder w, oder i für die ganze Liste.",
        )
    items = {plan.item_id: work.get(VorlageItem, plan.item_id) for plan in plans}
    rows = {row.id: row for row in readable(work, [plan.request_id for plan in plans])}
    _refuse_stale(plans, items, rows)
    _refuse_incomplete(plans, items)
    for plan in plans:
        item, request = items[plan.item_id], rows[plan.request_id]
        _carry_out(work, plan, item, request, _decision(work, item, request))
    work.session.flush()
    for key in dict.fromkeys(item.vorlage_id for item in items.values()):
        _close(work, work.get(Vorlage, key))
    work.tell(table="request", ids=list(rows), **_counts(plans))
    return Done(ids=tuple(items), text=f"OB-Vorlage übernommen: {_summary(_counts(plans))}")


def _decision(work: Work, item: VorlageItem, request: Request) -> Decision:
    """By the mayor, in the talk: on its day, which may be past, but not before the request came."""
    deciders = work.catalog.deciders
    received = work.place.local(request.received_at).date()
    talked = min(work.get(Vorlage, item.vorlage_id).talk_on, work.today)
    decider = MAYOR if MAYOR in deciders else next(iter(deciders), "")
    return Decision(decider=decider, on=max(talked, received))


def _refuse_stale(plans: Sequence[ItemPlan], items: dict[int, VorlageItem], rows: dict[int, Request]) -> None:
    stale = [
        rows[plan.request_id].number
        for plan in plans
        if items[plan.item_id].version != plan.version
        or rows[plan.request_id].version != plan.request_version
        or rows[plan.request_id].state != RequestState.VORLAGE.value
    ]
    if stale:
        verb = "wurde" if len(stale) == 1 else "wurden"
        raise Refusal(
            "Es wurde nichts übernommen.",
            f"{join(stale)} {verb} inzwischen geändert.",
            "Sehen Sie den neuen Stand an und übernehmen Sie dann noch einmal.",
        )


def _refuse_incomplete(plans: Sequence[ItemPlan], items: dict[int, VorlageItem]) -> None:
    for plan in plans:
        missing = ""
        if plan.decision is _D.NEIN and not plan.reason.strip():
            missing = "Es fehlt der Grund der Absage"
        elif plan.decision is _D.VERTRETUNG and plan.deputy is None:
            missing = "Es fehlt, wer vertritt"
        if missing:
            raise Refusal(
                "Es wurde nichts übernommen.",
                f"{missing} zu Nummer {items[plan.item_id].position}.",
                "Tragen Sie es ein und übernehmen Sie dann noch einmal.",
            )


def _carry_out(work: Work, plan: ItemPlan, item: VorlageItem, request: Request, decision: Decision) -> None:
    if plan.decision is _D.JA and plan.accept is not None:
        accepting.carry_out(work, plan.accept, decision)
    elif plan.decision is _D.NEIN:
        item.reason = plan.reason
        declining.turn_down(work, request.id, plan.reason, "", decision)
    elif plan.decision is _D.VERTRETUNG and plan.deputy is not None:
        item.deputy = plan.deputy.calendar
        deputizing.stand_in(work, request.id, plan.deputy, decision)
    elif plan.decision is _D.RUECKSPRACHE:
        _talk(work, item, request)
        return
    elif plan.decision is _D.SPAETER:
        vorlage = work.get(Vorlage, item.vorlage_id)
        later = list_for(work, max(work.today, vorlage.talk_on + timedelta(days=1)))
        add_item(work, later, request.id).remark = item.remark
        return
    _tick_talk(work, request)
    if item.remark:
        add_note(work, request, f"OB im Gespräch: {item.remark}")


def _talk(work: Work, item: VorlageItem, request: Request) -> None:
    """The task that keeps a Rücksprache in mind, for the talk after this one."""
    vorlage = work.get(Vorlage, item.vorlage_id)
    work.session.add(
        Task(
            label="Rücksprache OB",
            template=TALK,
            request_id=request.id,
            due_on=_talk_after(work, vorlage.talk_on),
            due_text="bis zum nächsten Gespräch",
            assigned_to=request.assigned_to or work.desk.initials,
        )
    )


def _talk_after(work: Work, day: date) -> date:
    start = max(work.today, day + timedelta(days=1))
    return talk_day(work.catalog.talk_weekday, work.calendar, start)


def _tick_talk(work: Work, request: Request) -> None:
    """What was decided needs no Rücksprache any more."""
    waiting = select(Task).where(Task.request_id == request.id, Task.template == TALK, Task.done_at.is_(None))
    for task in work.session.scalars(waiting):
        task.done_at, task.done_by = work.at, work.desk.initials


def _close(work: Work, vorlage: Vorlage) -> None:
    """A list is through after its talk, or once nothing on it is left to say."""
    open_ones = (
        select(VorlageItem.id)
        .join(Request, Request.id == VorlageItem.request_id)
        .where(VorlageItem.vorlage_id == vorlage.id, WAITS, LATEST)
    )
    left = work.session.scalars(open_ones.limit(1)).first() is not None
    if vorlage.state == VorlageState.OFFEN.value and (not left or vorlage.talk_on <= work.today):
        vorlage.state, vorlage.decided_on = VorlageState.ENTSCHIEDEN.value, work.today


def _counts(plans: Sequence[ItemPlan]) -> dict[str, int]:
    return {
        said.value: count
        for said in _D
        if said is not _D.OFFEN and (count := sum(plan.decision is said for plan in plans))
    }


def _summary(counts: Params) -> str:
    words = (
        (_D.JA, "Zusage", "Zusagen"),
        (_D.NEIN, "Absage", "Absagen"),
        (_D.VERTRETUNG, "Vertretung", "Vertretungen"),
        (_D.RUECKSPRACHE, "Rücksprache", "Rücksprachen"),
        (_D.SPAETER, "später", "später"),
    )
    return ", ".join(plural(counts[said], one, many) for said, one, many in words if counts.get(said))


@sentence("carry_out_vorlage")
def _carried_out(params: Params) -> str:
    return f"OB-Vorlage übernommen: {_summary(params)}"
