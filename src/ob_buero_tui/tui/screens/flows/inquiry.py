"""Rückfrage: whom to ask, what, until when; and the answer once it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.catalog.decisions import DepartmentKind
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import When, parse_day
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests import inquiring
from ob_buero_tui.services.requests.inquiring import InquiryProposal, Question, propose_inquiry
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.inquiry import InquiryDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.flows.batch import Batch, Look
from ob_buero_tui.tui.screens.flows.departments import ask_department
from ob_buero_tui.tui.widgets.date_input import understood_day

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.verb_list import VerbList

SENDER, AMT, DEZERNAT, NEW = "absender", "amt", "dezernat", "neu"


async def inquire(screen: VerbList, batch: Batch) -> Done | None:
    """Ask anew, or write the answer down where somebody was asked already."""
    proposal = propose_inquiry(screen.place, batch.ids[0])
    if not batch.many and proposal.waiting:
        chosen = await _which(screen, batch, proposal)
        if chosen is None:
            return None
        if chosen != NEW:
            return await _answer(screen, batch, int(chosen))
    whom = await _whom(screen, batch, proposal)
    return await _ask(screen, batch, proposal, whom) if whom is not None else None


async def _which(screen: VerbList, batch: Batch, proposal: InquiryProposal) -> str | None:
    choices = [
        Choice(
            key=str(one.id),
            label=f"Antwort von {shorten(one.name, 40)} eintragen",
            hint=f"bis {short_date(one.due_on)}" if one.due_on else "",
        )
        for one in proposal.waiting[:8]
    ]
    choices.append(Choice(key=NEW, label="noch jemanden fragen …"))
    return await screen.app.push_screen_wait(
        Choose(f"{batch.name} wartet auf Antwort", choices, current=choices[0].key)
    )


async def _answer(screen: VerbList, batch: Batch, inquiry_id: int) -> Done | None:
    form = f"answer:inquiry:{inquiry_id}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, f"Antwort zu {batch.name}"))
    if text is None:
        return None
    done = await screen.desk.act(lambda place: inquiring.answer_inquiry(place, inquiry_id, text))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def _whom(screen: VerbList, batch: Batch, proposal: InquiryProposal) -> str | None:
    """Return the key of a department, "" for the sender, or None."""
    choices = [
        Choice(key=SENDER, label="die anfragende Stelle", hint="" if batch.many else proposal.sender),
        Choice(key=AMT, label="ein Amt um Stellungnahme …"),
        Choice(key=DEZERNAT, label="ein Dezernat …"),
    ]
    chosen = await screen.app.push_screen_wait(Choose(f"{batch.name}: wen fragen?", choices, current=SENDER))
    if chosen in (None, SENDER):
        return None if chosen is None else ""
    kind = DepartmentKind.DEZERNAT if chosen == DEZERNAT else DepartmentKind.AMT
    title = "Welches Dezernat?" if chosen == DEZERNAT else "Welches Amt?"
    return await ask_department(screen, f"{batch.name}: {title}", kind=kind)


async def _ask(screen: VerbList, batch: Batch, proposal: InquiryProposal, whom: str) -> Done | None:
    today, calendar = screen.place.today, office_calendar(screen.place)

    def read(typed: str) -> When:
        found = parse_day(typed, today, calendar)
        if found.day <= today:
            raise Refusal(f"{found.text} liegt nicht in der Zukunft.")
        return found

    short = next((one.short for one in screen.place.catalog.departments if one.key == whom), "")
    form = f"inquiry:request:{batch.ids[0]}:{whom}"
    proposed = proposal.question if not (whom or batch.many) else ""
    if whom:
        proposed = "Wir bitten um Ihre Stellungnahme."
    typed = await screen.app.push_screen_wait(
        InquiryDialog(
            screen.place,
            form,
            f"{batch.name}: Rückfrage an {short or 'die anfragende Stelle'}",
            question=proposed,
            due=proposal.due_on,
            understand=understood_day(read),
        )
    )
    if typed is None:
        return None
    question = Question(text=typed[0], due_on=read(typed[1]).day, department=whom)
    done = await screen.carry_out(
        lambda place, ids: inquiring.inquire(place, ids, question),
        batch,
        Look(verb="inquire", doing="nachfragen"),
    )
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done
