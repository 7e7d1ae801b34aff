"""Answering marked requests with the same text: what cannot go is named first, the others are one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.exchange.mail_out import is_address
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers.composing import compose, offers
from ob_buero_tui.services.answers.sending import Order
from ob_buero_tui.services.answers.views import Draft, How, Offer
from ob_buero_tui.services.answers.writing import answer_of
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows.answer import choose_text, send

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch

_SHOWN = 8


async def answer_many(screen: DeskScreen, batch: Batch) -> Done | None:
    """Send e-mail drafts with one text to all marked requests that it is whole for, as one step."""
    # Marked records may be many: they are read in a thread.
    shared = await screen.desk.patiently(lambda place: _shared(place, batch), long=True)
    if not shared:
        raise Refusal(
            "Für diese Eingänge gibt es keinen gemeinsamen Text.",
            "Sie stehen verschieden oder sind verschiedener Art.",
            "Markieren Sie solche, die gleich entschieden sind.",
        )
    chosen = await choose_text(screen, f"{batch.name}: womit antworten?", shared)
    if chosen is None:
        return None
    whole, left_out = await screen.desk.patiently(lambda place: _sorted(place, batch, chosen), long=True)
    heading = f"{batch.name}: {len(whole)} beantworten" + (
        f"; {len(left_out)} nicht möglich" if left_out else ""
    )
    lines = left_out[:_SHOWN]
    if len(left_out) > _SHOWN:
        lines.append(f"  und {plural(len(left_out) - _SHOWN, 'weiterer', 'weitere')}")
    if not whole:
        await screen.app.push_screen_wait(Told(heading, "\n".join(lines)))
        return None
    told = f"„{chosen.label}“ als E-Mail-Entwurf in den Ausgangskorb. Was hinaus ist, nimmt u nicht zurück."
    question = Confirm(
        heading, text="\n\n".join([told, *(["\n".join(lines)] if lines else [])]), yes="hinaus"
    )
    if not await screen.app.push_screen_wait(question):
        return None
    sent = await send(screen, tuple(Order(answer=answer_of(one), how=How.EMAIL) for one in whole))
    return None if sent is None else Done(ids=tuple(one.request_id for one in sent.gone), text=sent.text)


def _shared(place: Workplace, batch: Batch) -> tuple[Offer, ...]:
    """The texts that fit each of the marked requests, in the order of the first one that can be read."""
    lists = []
    for key in batch.ids:
        try:
            lists.append([one for one in offers(place, key) if one.occasion is not None])
        except Refusal:
            continue
    common = set.intersection(*({one.key for one in each} for each in lists)) if lists else set()
    return tuple(one for one in lists[0] if one.key in common) if lists else ()


def _sorted(place: Workplace, batch: Batch, chosen: Offer) -> tuple[list[Draft], list[str]]:
    """The answers that are whole, and one line for each request that has to be answered alone."""
    whole: list[Draft] = []
    left_out: list[str] = []
    for key in batch.ids:
        try:
            draft = compose(place, key, chosen.key)
        except Refusal as refusal:
            left_out.append(f"! {refusal.what}")
            continue
        missing = [one.label for one in draft.questions]
        if not is_address(draft.recipient.email):
            missing.append("E-Mail-Adresse")
        if missing:
            left_out.append(f"! {draft.number}: es fehlt {join(missing)}.")
        else:
            whole.append(draft)
    return whole, left_out
