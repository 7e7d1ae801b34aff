"""Vertretung: whom to ask, and what the deputy said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.requests import deputizing
from ob_buero_tui.services.requests.deputizing import DeputyPlan
from ob_buero_tui.services.requests.exceptions import sort_out
from ob_buero_tui.services.requests.proposing_deputies import (
    DeputyProposal,
    StandingDeputy,
    deputies_of,
    propose_deputies,
)
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.decided import ChooseAndDecide
from ob_buero_tui.tui.screens.dialogs.deputy import DeputyDialog
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows.batch import Batch, Look

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.verb_list import VerbList

REFUSED, DECLINE = "kann nicht", "absagen"


async def deputize(screen: VerbList, batch: Batch) -> Done | None:
    """Ask whom; a digit asks the deputy, and the appointment is tentative until the promise."""
    if batch.many:
        return await _deputize_many(screen, batch)
    proposal = propose_deputies(screen.place, batch.ids[0])
    view = record(screen.place, batch.ids[0])
    dialog = DeputyDialog(screen.place, proposal, votum=view.votum)
    dialog.decider_line.tell(view.findings, without=("vertretung",))
    chosen = await screen.app.push_screen_wait(dialog)
    if chosen is None:
        return None
    plan, decision = plan_of(proposal, *chosen), dialog.decision
    return await screen.desk.act(lambda place: deputizing.deputize(place, [plan], decision))


def plan_of(proposal: DeputyProposal, chain: str, calendar: str) -> DeputyPlan:
    """What is to be asked, from what was proposed and chosen."""
    return DeputyPlan(
        request_id=proposal.request_id,
        version=proposal.version,
        calendar=calendar,
        chain=chain,
        event=proposal.event,
    )


async def promised(screen: VerbList, batch: Batch) -> Done | None:
    """The deputy has said yes: nothing more is asked."""
    look = Look(verb="deputy_promised", doing="als zugesagt eintragen")
    return await screen.carry_out(deputizing.promised, batch, look)


async def refused_or_declined(screen: VerbList, batch: Batch, deputy: StandingDeputy) -> str | None:
    """Ask what „nein“ means where a deputy is asked: the deputy's, or the office's to whoever asked."""
    says = "kann doch nicht" if deputy.promised else "hat abgelehnt"
    choices = [
        Choice(key=REFUSED, label=f"{deputy.short} {says}, andere Vertretung suchen"),
        Choice(key=DECLINE, label="der anfragenden Stelle absagen …"),
    ]
    return await screen.app.push_screen_wait(Choose(f"{batch.name}: wer sagt ab?", choices, current=REFUSED))


async def refused(screen: VerbList, batch: Batch) -> Done | None:
    """Write the refusal down, and offer the next deputy."""
    done = await screen.desk.act(lambda place: deputizing.refused(place, batch.ids))
    if done is None:
        return None
    return await deputize(screen, batch) or done


async def _deputize_many(screen: VerbList, batch: Batch) -> Done | None:
    """One deputy for all marked requests, after one look at clashes and at what is left out."""
    found = await screen.desk.patiently(lambda place: sort_out(place, batch.ids, "deputize"), long=batch.many)
    if not found.possible:
        await screen.app.push_screen_wait(Told(found.heading("vertreten lassen"), found.reasons()))
        return None
    proposals = await screen.desk.patiently(
        lambda place: [propose_deputies(place, key) for key in found.possible], long=True
    )
    choices = []
    for chain in proposals[0].chains:
        for one in chain.deputies:
            busy = sum(1 for each in proposals if _is_busy(each, one.calendar))
            clash = plural(busy, "Überschneidung", "Überschneidungen") if busy else "frei"
            hint = f"{clash} · {one.stood}×"
            choices.append(Choice(key=f"{chain.key} {one.calendar}", label=one.label, hint=hint))
    dialog = ChooseAndDecide(
        screen.place, found.heading("vertreten lassen"), choices, text=found.reasons() or "Durch wen?"
    )
    chosen = await screen.app.push_screen_wait(dialog)
    if chosen is None:
        return None
    plans, decision = [plan_of(each, *chosen.split(" ")) for each in proposals], dialog.decision
    return await screen.desk.act(lambda place: deputizing.deputize(place, plans, decision))


def _is_busy(proposal: DeputyProposal, calendar: str) -> bool:
    return any(
        one.conflicts for chain in proposal.chains for one in chain.deputies if one.calendar == calendar
    )


def standing_deputy(screen: VerbList, batch: Batch) -> StandingDeputy | None:
    """Who is asked or has promised for the one request."""
    return deputies_of(screen.place, batch.ids).get(batch.ids[0]) if not batch.many else None
