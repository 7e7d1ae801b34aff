"""Answering: choose a text, ask what is missing, look at it, and let it leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers.composing import begun, compose, offers
from ob_buero_tui.services.answers.guarding import Overtaken
from ob_buero_tui.services.answers.sending import AskFirst, NotOpened, Order, Sent, send_answers
from ob_buero_tui.services.answers.speeches import clear_word
from ob_buero_tui.services.answers.views import Draft, How, Offer
from ob_buero_tui.services.answers.writing import answer_of, release_answer, save_answer
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.answer import AnswerDialog, Step, Wanted, draft_name
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.questions import QuestionsDialog

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch

OUT = "hinaus; u bietet eine Richtigstellung an"


async def answer(screen: DeskScreen, batch: Batch) -> Done | None:
    """Answer the request under the cursor, or all marked ones with the same text."""
    if batch.many:
        from ob_buero_tui.tui.screens.flows.answer_many import answer_many

        return await answer_many(screen, batch)
    offered = offers(screen.place, batch.ids[0])
    chosen = await choose_text(screen, f"{batch.name}: womit antworten?", offered)
    if chosen is None:
        return None
    if chosen.document_id is not None:
        return await _write(screen, begun(screen.place, chosen.document_id))
    return await answer_with(screen, batch.ids[0], chosen.key)


async def answer_with(screen: DeskScreen, request_id: int, module: str) -> Done | None:
    """Answer a request with a text module, such as `rueckfrage`; what is missing is asked first."""
    draft = await composed(screen, request_id, module)
    return None if draft is None else await _write(screen, draft)


async def choose_text(screen: DeskScreen, title: str, offered: tuple[Offer, ...]) -> Offer | None:
    """Let one of the offered texts be chosen; Enter takes the first."""
    choices = [Choice(key=str(place), label=one.label, hint=one.hint) for place, one in enumerate(offered)]
    picked = await screen.app.push_screen_wait(Choose(title, choices, current="0"))
    return None if picked is None else offered[int(picked)]


async def composed(screen: DeskScreen, request_id: int, module: str) -> Draft | None:
    """Compose an answer; whatever it lacks is asked in one dialog until it is whole."""
    given: Mapping[str, str] = {}
    draft = compose(screen.place, request_id, module)
    while draft.questions:
        wrong = "\n".join(draft.notices) if given else ""
        typed = await screen.app.push_screen_wait(
            QuestionsDialog(f"{draft.number}: {draft.label}", draft.questions, text=wrong)
        )
        if typed is None:
            return None
        given = {**given, **typed}
        draft = compose(screen.place, request_id, module, given)
    return draft


async def _write(screen: DeskScreen, draft: Draft) -> Done | None:
    """Show the answer until it is saved, out or put aside; a refusal keeps everything typed."""
    while True:
        wanted = await screen.app.push_screen_wait(AnswerDialog(screen.place, draft))
        if wanted is None:
            return None
        draft = wanted.draft
        try:
            done = await _carry_out(screen, wanted)
        except Overtaken as refusal:
            screen.desk.refuse(refusal)
            return await _anew(screen, draft)
        except Refusal as refusal:
            screen.desk.refuse(refusal)
            if isinstance(refusal, NotOpened) and draft.document_id is not None:
                draft = replace(draft, version=begun(screen.place, draft.document_id).version)
            continue
        if isinstance(done, Draft):
            draft = done
            continue
        if done is not None:
            drop_draft(screen.desk.patient, draft_name(draft))
            if wanted.step in frozenset(How):
                clear_word(screen.desk.patient, draft)
            return done


async def _anew(screen: DeskScreen, draft: Draft) -> Done | None:
    """Offer the texts that fit now; what was typed into the overtaken one stays as its draft."""
    offered = offers(screen.place, draft.request_id)
    chosen = await choose_text(screen, f"{draft.number}: womit jetzt antworten?", offered)
    if chosen is None:
        return None
    if chosen.document_id is not None:
        return await _write(screen, begun(screen.place, chosen.document_id))
    return await answer_with(screen, draft.request_id, chosen.key)


async def _carry_out(screen: DeskScreen, wanted: Wanted) -> Done | Draft | None:
    """Do what is wanted; a text that came back from Word is shown again."""
    draft, step = wanted.draft, wanted.step
    if step in (Step.TO_WORD, Step.FROM_WORD):
        from ob_buero_tui.tui.screens.flows.speech import from_word, to_word

        return await (to_word if step is Step.TO_WORD else from_word)(screen, draft)
    if step in (Step.SAVE, Step.RELEASE):
        use_case = save_answer if step is Step.SAVE else release_answer
        saved = await screen.desk.patiently(lambda place: use_case(place, answer_of(draft)))
        return Done(ids=(saved.request_id,), text=saved.text)
    how = How.EMAIL if step is Step.ENCLOSE else How(step)
    order = Order(answer=answer_of(draft), how=how, enclose=step is Step.ENCLOSE)
    sent = await send(screen, (order,))
    if sent is None:
        return None
    if how is How.KOPIERT:
        screen.app.copy_to_clipboard(sent.gone[0].text)
    return Done(ids=(draft.request_id,), text=sent.text)


async def send(screen: DeskScreen, orders: tuple[Order, ...]) -> Sent | None:
    """Let answers leave; what is vertraulich or persönlich is asked once more by name.

    Raises:
        Refusal: nothing has left.
    """
    from ob_buero_tui.tui.outside import open_address

    for _ in range(2):
        step = partial(send_answers, orders=orders, open_address=open_address)
        # A mail program, a letter and a file take their time: only a copied text is there at once.
        slow = any(one.how is not How.KOPIERT for one in orders)
        try:
            return await screen.desk.patiently(step, long=slow or len(orders) > 1)
        except AskFirst as refusal:
            question = Confirm(
                refusal.what,
                text=f"{refusal.why} {refusal.now}",
                yes="darf hinaus",
                no="bleibt hier",
                enter_is_yes=False,
            )
            if not await screen.app.push_screen_wait(question):
                return None
            orders = tuple(replace(one, confirmed=True) for one in orders)
    return None
