"""What becomes of the items that the mayor has decided, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import clock, plural, short_date
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.requests.accepting import Plan, Proposal, busy_span, propose
from ob_buero_tui.services.requests.declining import REASONS
from ob_buero_tui.services.requests.deputizing import DeputyPlan
from ob_buero_tui.services.requests.proposing_deputies import DeputyChoice, propose_deputies
from ob_buero_tui.services.vorlage.selecting import LATEST, WAITS
from ob_buero_tui.services.vorlage.views import VorlageDecision
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import VorlageItem
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

TALK = "ob_ruecksprache"
"""The template of the task that a Rücksprache leaves."""
_D = VorlageDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPlan:
    """What is to become of one item; the versions are those it was planned from."""

    item_id: int
    version: int
    request_id: int
    request_version: int
    decision: VorlageDecision
    accept: Plan | None = None
    deputy: DeputyPlan | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One item before it is carried out.

    Args:
        name: Number on the list and number of the request.
        text: What becomes of it, in German.
        conflicts: What its appointment overlaps.
        reasons: What a refusal may be for, the default first; empty where none is to be asked.
        deputies: Who could stand in, where nobody was named yet.
    """

    plan: ItemPlan
    name: str
    subject: str
    text: str
    conflicts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    deputies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Everything one carrying out would do; `clashes` are appointments that overlap each other."""

    outcomes: tuple[Outcome, ...]
    clashes: tuple[str, ...] = ()

    @property
    def plans(self) -> tuple[ItemPlan, ...]:
        """What to hand to the use case."""
        return tuple(each.plan for each in self.outcomes)


def prepare(
    place: Workplace,
    item_ids: Sequence[int],
    *,
    reasons: Mapping[int, str] | None = None,
    deputies: Mapping[int, str] | None = None,
) -> Preparation:
    """What becomes of those of some items that are decided and not carried out yet.

    Args:
        reasons: What refusals are for, by item, as just asked.
        deputies: Who stands in, as the key of a calendar, likewise.
    """
    with place.reading() as session:
        pairs = _decided(session, place, item_ids)
    asked, named = reasons or {}, deputies or {}
    proposals: dict[int, Proposal] = {}
    found: list[Outcome] = []
    for item, request in pairs:
        said = _D(item.decision)
        if said is _D.JA:
            proposals[item.id] = propose(place, request.id)
            found.append(_accepted(item, request, proposals[item.id]))
        elif said is _D.NEIN:
            found.append(_refused(place, item, request, asked.get(item.id, "") or item.reason))
        elif said is _D.VERTRETUNG:
            found.append(_deputized(place, item, request, named.get(item.id, "") or item.deputy))
        else:
            found.append(_left(item, request, said))
    return Preparation(outcomes=tuple(found), clashes=_among_each_other(place, list(proposals.values())))


def _decided(
    session: Session, place: Workplace, item_ids: Sequence[int]
) -> list[tuple[VorlageItem, Request]]:
    talked = select(Task.id).where(
        Task.request_id == Request.id, Task.template == TALK, Task.done_at.is_(None)
    )
    rows = session.execute(
        select(VorlageItem, Request)
        .join(Request, Request.id == VorlageItem.request_id)
        .where(VorlageItem.id.in_(item_ids), VorlageItem.decision != "", WAITS, LATEST)
        # What waits for its Rücksprache has its task already.
        .where((VorlageItem.decision != _D.RUECKSPRACHE.value) | ~talked.exists())
        .order_by(VorlageItem.vorlage_id, VorlageItem.position)
    )
    return [(row[0], row[1]) for row in rows if place.sees(row[1].confidentiality, row[1].owner) is View.FULL]


def _plan(
    item: VorlageItem,
    request: Request,
    *,
    accept: Plan | None = None,
    deputy: DeputyPlan | None = None,
    reason: str = "",
) -> ItemPlan:
    return ItemPlan(
        item_id=item.id,
        version=item.version,
        request_id=request.id,
        request_version=request.version,
        decision=_D(item.decision),
        accept=accept,
        deputy=deputy,
        reason=reason,
    )


def _outcome(plan: ItemPlan, item: VorlageItem, request: Request, text: str) -> Outcome:
    name = f"{item.position} · {request.number}"
    return Outcome(plan=plan, name=name, subject=request.subject, text=text)


def _accepted(item: VorlageItem, request: Request, proposal: Proposal) -> Outcome:
    event, tasks = proposal.plan.event, len(proposal.plan.tasks)
    when = f"Termin {short_date(event.start.date())} {clock(event.start)}" if event else "kein Termin"
    text = f"zusagen: {when}, {plural(tasks, 'Aufgabe', 'Aufgaben')}"
    made = _outcome(_plan(item, request, accept=proposal.plan), item, request, text)
    return _with(made, conflicts=proposal.conflicts)


def _refused(place: Workplace, item: VorlageItem, request: Request, reason: str) -> Outcome:
    kind = place.catalog.kinds.get(request.kind or "")
    outcome = kind.outcome("absage") if kind is not None else None
    known = outcome.reasons if outcome is not None and outcome.reasons else REASONS
    made = _outcome(_plan(item, request, reason=reason), item, request, f"absagen: {reason or 'Grund fehlt'}")
    return _with(made, reasons=() if reason else known)


def _deputized(place: Workplace, item: VorlageItem, request: Request, calendar: str) -> Outcome:
    proposal = propose_deputies(place, request.id)
    choices = [(chain.key, choice) for chain in proposal.chains for choice in chain.deputies]
    found = next((pair for pair in choices if pair[1].calendar == calendar), None)
    if found is None:
        made = _outcome(_plan(item, request), item, request, "Vertretung: noch niemand genannt")
        return _with(made, deputies=tuple((choice.calendar, _told(choice)) for _, choice in choices))
    chain, choice = found
    plan = DeputyPlan(
        request_id=request.id,
        version=request.version,
        calendar=calendar,
        chain=chain,
        event=proposal.event,
    )
    made = _outcome(_plan(item, request, deputy=plan), item, request, f"Vertretung: {choice.label} anfragen")
    return _with(made, conflicts=choice.conflicts)


def _told(choice: DeputyChoice) -> str:
    return f"{choice.label}: {choice.conflicts[0]}" if choice.conflicts else f"{choice.label}: frei"


def _left(item: VorlageItem, request: Request, said: VorlageDecision) -> Outcome:
    if said is _D.SPAETER:
        text = "auf die Liste des nächsten Gesprächs"
    else:
        text = "Rücksprache: bleibt stehen, mit einer Aufgabe"
    return _outcome(_plan(item, request), item, request, text)


def _with(
    outcome: Outcome,
    *,
    conflicts: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
    deputies: tuple[tuple[str, str], ...] = (),
) -> Outcome:
    return replace(outcome, conflicts=conflicts, reasons=reasons, deputies=deputies)


def _among_each_other(place: Workplace, proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """Which of the new appointments overlap, travel included; none of them is in the calendar yet."""
    spans = [
        (each.number, busy_span(place, each.plan.event)) for each in proposals if each.plan.event is not None
    ]
    return tuple(
        f"{one} und {other} überschneiden sich."
        for (one, a), (other, b) in combinations(spans, 2)
        if a.busy_from < b.busy_to and b.busy_from < a.busy_to
    )
