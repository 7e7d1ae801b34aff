"""Deciding: accept, decline, finish, trash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests import accepting, closing, declining, inbox, verbs
from ob_buero_tui.services.requests.exceptions import sort_out
from ob_buero_tui.services.requests.proposing_deputies import deputies_of
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.tasks import open_task_views
from ob_buero_tui.services.views import TaskView
from ob_buero_tui.tui.screens.dialogs.accept import AcceptDialog, draft_name
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.decided import ChooseAndDecide, ConfirmAndDecide
from ob_buero_tui.tui.screens.dialogs.prompt_line import NO_REASON, PromptLine, not_empty
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows import deputy
from ob_buero_tui.tui.screens.flows.batch import Look, previewed
from ob_buero_tui.tui.screens.flows.event_clashes import acted

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen

OTHER = "andere"
DROP = "drop"


async def accept(screen: InboxScreen, batch: Batch) -> Done | None:
    """Where a deputy is asked, the deputy has said yes; otherwise the mayor goes."""
    asked = [each for each in deputies_of(screen.place, batch.ids).values() if not each.promised]
    if len(asked) == len(batch.ids):
        return await deputy.promised(screen, batch)
    return await accept_self(screen, batch)


async def accept_self(screen: InboxScreen, batch: Batch) -> Done | None:
    """Show appointment, travel, conflicts and tasks in one dialog; Enter does all as one action."""
    if batch.many:
        return await _accept_many(screen, batch)
    view = record(screen.place, batch.ids[0])
    dialog = AcceptDialog(screen.place, accepting.propose(screen.place, view.id), votum=view.votum)
    # The dialog itself tells what is in the way of the time typed in it.
    dialog.decider_line.tell(view.findings, without=("konflikt", "vertretung"))
    plan = await screen.app.push_screen_wait(dialog)
    if plan is None:
        return None
    decision = dialog.decision
    done = await acted(
        screen.desk,
        lambda place, reason: accepting.accept(place, [plan], decision, reason),
        f"request:{plan.request_id}",
    )
    if done is not None:
        drop_draft(screen.desk.patient, draft_name(plan.request_id))
    return done


async def _accept_many(screen: InboxScreen, batch: Batch) -> Done | None:
    """One look at what all acceptances make, what clashes, and what is left out."""
    found = await screen.desk.patiently(lambda place: sort_out(place, batch.ids, "accept"), long=batch.many)
    if not found.possible:
        await screen.app.push_screen_wait(Told(found.heading("annehmen"), found.reasons()))
        return None
    proposals, summary = await screen.desk.patiently(
        lambda place: _proposed(place, found.possible), long=True
    )
    text = "\n".join(part for part in (summary, found.reasons()) if part)
    dialog = ConfirmAndDecide(screen.place, found.heading("annehmen"), text=text, yes="annehmen")
    if not await screen.app.push_screen_wait(dialog):
        return None
    plans, decision = [proposal.plan for proposal in proposals], dialog.decision
    done = await acted(
        screen.desk,
        lambda place, reason: accepting.accept(place, plans, decision, reason),
        f"requests:{batch.ids[0]}",
        long=True,
    )
    for plan in plans if done is not None else ():
        drop_draft(screen.desk.patient, draft_name(plan.request_id))
    return done


async def decline(screen: InboxScreen, batch: Batch) -> Done | None:
    """Where a deputy is asked or has promised, ask first who says no."""
    standing = deputy.standing_deputy(screen, batch)
    if standing is not None:
        chosen = await deputy.refused_or_declined(screen, batch, standing)
        if chosen != deputy.DECLINE:
            return await deputy.refused(screen, batch) if chosen is not None else None
    return await turn_down(screen, batch)


async def turn_down(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask for the reason: one of the kind's, or the office's own words; a line takes more for the file."""
    reasons = _reasons(screen, batch)
    form = f"decline:request:{batch.ids[0]}"
    choices = [Choice(key=reason, label=reason) for reason in reasons]
    choices.append(Choice(key=OTHER, label="anderer Grund …"))
    view = None if batch.many else record(screen.place, batch.ids[0])
    dialog = ChooseAndDecide(
        screen.place,
        f"{batch.name} absagen: aus welchem Grund?",
        choices,
        current=reasons[0],
        votum=view.votum if view is not None else "",
        remark="Begründung für die Akte, darf fehlen",
        draft=(screen.place, f"{form}:remark"),
    )
    dialog.decider_line.tell(view.findings if view is not None else ())
    reason = await screen.app.push_screen_wait(dialog)
    if reason == OTHER:
        reason = await screen.app.push_screen_wait(
            PromptLine(
                f"{batch.name} absagen: Grund",
                understand=not_empty(NO_REASON),
                draft=(screen.place, form),
            )
        )
    if reason is None:
        return None
    chosen, text, decision = reason, dialog.remark, dialog.decision
    look = Look(verb="decline", doing="absagen")
    done = await screen.carry_out(
        lambda place, ids: declining.decline(place, ids, chosen, text, decision), batch, look
    )
    if done is not None:
        drop_draft(screen.desk.patient, form)
        drop_draft(screen.desk.patient, f"{form}:remark")
    return done


async def finish(screen: InboxScreen, batch: Batch) -> Done | None:
    """Close; where tasks are open, ask which are done and which fall away, and do all as one action."""
    looked_at = await previewed(screen, batch, Look(verb="finish", doing="ablegen"))
    if looked_at is None:
        return None
    batch = looked_at
    tasks = open_task_views(screen.place, batch.ids)
    more = closing.still_open(screen.place, batch.ids)
    done: list[int] = []
    drop = False
    if more and not tasks:
        drop = await screen.app.push_screen_wait(
            Confirm(f"{batch.name} ablegen", text=_open_text(0, more), yes="entfällt, ablegen")
        )
        if not drop:
            return None
    while not drop and (left := [task for task in tasks if task.id not in done]):
        answer = await _about_tasks(screen, batch, left, len(done), more)
        if answer is None:
            return None
        drop = answer == DROP
        if not drop:
            done.append(int(answer))
    return await screen.desk.act(lambda place: closing.finish(place, batch.ids, tick=done, drop_tasks=drop))


async def trash(screen: InboxScreen, batch: Batch) -> Done | None:
    """Into the trash; one record at once, a batch after a look at how many."""
    look = Look(verb="trash", doing="in den Papierkorb legen", harmless=False)
    return await screen.carry_out(verbs.trash, batch, look)


async def _about_tasks(
    screen: InboxScreen, batch: Batch, tasks: Sequence[TaskView], done: int, more: closing.StillOpen
) -> str | None:
    choices = [
        Choice(key=str(task.id), label=f"„{task.label}“ ist erledigt", hint=task.due_text)
        for task in tasks[:8]
    ]
    rest = "übrige" if done else "offene"
    choices.append(Choice(key=DROP, label=f"{rest} Aufgaben entfallen, jetzt ablegen"))
    text = _open_text(len(tasks), more)
    if done:
        text += f" {done} abgehakt; gespeichert wird mit dem Ablegen, Esc lässt alles, wie es war."
    return await screen.app.push_screen_wait(
        Choose(
            f"{batch.name} ablegen",
            choices,
            current=choices[0].key,
            text=text,
        )
    )


def _open_text(tasks: int, more: closing.StillOpen) -> str:
    """What is still open: tasks, questions, deputies."""
    parts = [plural(tasks, "offene Aufgabe", "offene Aufgaben")] if tasks else []
    text = f"Es gibt noch {parts[0]}." if parts else ""
    if more.inquiries:
        text += f" Ohne Antwort: Rückfrage an {join(list(more.inquiries))}."
    if more.deputies:
        text += f" Angefragt und ohne Antwort: {join(list(more.deputies))}."
    return text.strip()


def _reasons(screen: InboxScreen, batch: Batch) -> tuple[str, ...]:
    """The reasons of the kind, where all these requests are of one."""
    signs = {row.sign for row in inbox.rows(screen.place, batch.ids).values()}
    same = record(screen.place, batch.ids[0]).kind if len(signs) == 1 else ""
    kind = screen.place.catalog.kinds.get(same)
    outcome = kind.outcome("absage") if kind is not None else None
    return outcome.reasons if outcome is not None and outcome.reasons else declining.REASONS


def _proposed(place: Workplace, ids: Sequence[int]) -> tuple[list[accepting.Proposal], str]:
    """What each of many acceptances makes, and all of it in a few lines; for a thread."""
    proposals = [accepting.propose(place, key) for key in ids]
    return proposals, _summary(place, proposals)


def _summary(place: Workplace, proposals: Sequence[accepting.Proposal]) -> str:
    dated = [proposal for proposal in proposals if proposal.plan.event is not None]
    clashing = [proposal for proposal in dated if proposal.conflicts]
    tasks = sum(len(proposal.plan.tasks) for proposal in proposals)
    lines = [
        f"{plural(len(dated), 'Termin', 'Termine')}, {plural(tasks, 'Aufgabe', 'Aufgaben')} werden angelegt."
    ]
    if len(dated) < len(proposals):
        lines.append(f"{len(proposals) - len(dated)} ohne Datum: nur zugesagt, kein Termin.")
    lines += [f"! {proposal.number}: {proposal.conflicts[0]}" for proposal in clashing[:6]]
    lines += _among_each_other(place, dated)[:6]
    return "\n".join(lines)


def _among_each_other(place: Workplace, dated: Sequence[accepting.Proposal]) -> list[str]:
    """Which of the planned appointments overlap, travel included; none of them is in the calendar yet."""
    spans = [
        (proposal.number, accepting.busy_span(place, proposal.plan.event))
        for proposal in dated
        if proposal.plan.event is not None
    ]
    spans.sort(key=lambda each: each[1].busy_from)
    found: list[str] = []
    longest = spans[0] if spans else None
    # In the order of time each is compared with the one before it that ends last: no pair of all.
    for name, span in spans[1:]:
        if longest is not None and span.busy_from < longest[1].busy_to:
            found.append(f"! {longest[0]} und {name} überschneiden sich.")
        if longest is None or span.busy_to > longest[1].busy_to:
            longest = name, span
    return found
