"""Deciding: accept, decline, finish, trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests import accepting, verbs
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.tasks import open_task_views, tick_task
from ob_buero_tui.services.views import TaskView
from ob_buero_tui.tui.screens.dialogs.accept import AcceptDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen

REASONS = ("Terminkonflikt", "Kriterien nicht erfüllt", "Neutralität", "Frist", "sonst.")
OTHER = "andere"


async def accept(screen: InboxScreen, batch: Batch) -> Done | None:
    """Show appointment, travel, conflicts and tasks in one dialog; Enter does all as one action."""
    try:
        proposals = [accepting.propose(screen.place, key) for key in batch.ids]
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return None
    plans: Sequence[accepting.Plan]
    if batch.many:
        if not await screen.app.push_screen_wait(
            Confirm(f"{batch.name} annehmen?", text=_summary(proposals), yes="annehmen")
        ):
            return None
        plans = [proposal.plan for proposal in proposals]
    else:
        plan = await screen.app.push_screen_wait(AcceptDialog(screen.place, proposals[0]))
        if plan is None:
            return None
        plans = [plan]
    return await screen.desk.act(lambda place: accepting.accept(place, plans))


async def decline(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask for the reason: one of the kind's, or the office's own words."""
    reasons = _reasons(screen)
    choices = [Choice(key=reason, label=reason) for reason in reasons]
    choices.append(Choice(key=OTHER, label="anderer Grund …"))
    reason = await screen.app.push_screen_wait(
        Choose(f"{batch.name} absagen: aus welchem Grund?", choices, current=reasons[0])
    )
    if reason == OTHER:
        reason = await screen.app.push_screen_wait(
            PromptLine(f"{batch.name} absagen: Grund", understand=_not_empty)
        )
    if reason is None:
        return None
    chosen = reason
    return await screen.carry_out(lambda place, ids: verbs.decline(place, ids, chosen), batch)


async def finish(screen: InboxScreen, batch: Batch) -> Done | None:
    """Close; where tasks are still open, tick them off one by one or let them fall away."""
    while tasks := open_task_views(screen.place, batch.ids):
        answer = await _about_tasks(screen, batch, tasks)
        if answer is None:
            return None
        if answer == "drop":
            return await screen.desk.act(lambda place: verbs.finish(place, batch.ids, drop_tasks=True))
        if await screen.desk.act(_tick(int(answer))) is None:
            return None
        screen.desk.data_changed()
    return await screen.desk.act(lambda place: verbs.finish(place, batch.ids))


async def trash(screen: InboxScreen, batch: Batch) -> Done | None:
    """Into the trash; one record at once, a batch after a look at how many."""
    if batch.many and not await screen.app.push_screen_wait(
        Confirm(
            f"{batch.name} in den Papierkorb?",
            text="Dort bleiben sie 30 Tage; u holt sie zurück.",
            enter_is_yes=False,
        )
    ):
        return None
    return await screen.desk.act(lambda place: verbs.trash(place, batch.ids))


def _tick(task_id: int) -> Callable[[Workplace], bool]:
    return lambda place: tick_task(place, task_id)


async def _about_tasks(screen: InboxScreen, batch: Batch, tasks: Sequence[TaskView]) -> str | None:
    choices = [
        Choice(key=str(task.id), label=f"„{task.label}“ ist erledigt", hint=task.due_text)
        for task in tasks[:8]
    ]
    choices.append(Choice(key="drop", label="offene Aufgaben entfallen, jetzt ablegen"))
    return await screen.app.push_screen_wait(
        Choose(
            f"{batch.name} ablegen",
            choices,
            current="drop",
            text=f"Es gibt noch {plural(len(tasks), 'offene Aufgabe', 'offene Aufgaben')}.",
        )
    )


def _reasons(screen: InboxScreen) -> tuple[str, ...]:
    view = screen.current_record()
    kind = screen.place.catalog.kinds.get(view.kind if view is not None else "")
    outcome = kind.outcome("absage") if kind is not None else None
    return outcome.reasons if outcome is not None and outcome.reasons else REASONS


def _not_empty(text: str) -> Understood:
    return Understood("") if text.strip() else Understood("Eine Absage braucht einen Grund.", ok=False)


def _summary(proposals: Sequence[accepting.Proposal]) -> str:
    dated = [proposal for proposal in proposals if proposal.plan.event is not None]
    clashing = [proposal for proposal in dated if proposal.conflicts]
    tasks = sum(len(proposal.plan.tasks) for proposal in proposals)
    lines = [
        f"{plural(len(dated), 'Termin', 'Termine')}, {plural(tasks, 'Aufgabe', 'Aufgaben')} werden angelegt."
    ]
    if len(dated) < len(proposals):
        lines.append(f"{len(proposals) - len(dated)} ohne Datum: nur zugesagt, kein Termin.")
    lines += [f"! {proposal.number}: {proposal.conflicts[0]}" for proposal in clashing[:6]]
    return "\n".join(lines)
