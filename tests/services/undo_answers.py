"""What the undo tests call the verbs on answers with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.services.answers.sending import Order
from ob_buero_tui.services.answers.views import ANSWER, SPEECH, How, Recipient
from ob_buero_tui.services.answers.writing import Answer
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]


def _answer(world: Any) -> Answer:
    document = world.pick(None, world.one(Document))
    request = world.one(Request)
    if document is not None:
        with world.place.reading() as session:
            row = session.get(Document, document)
            request = row.request_id if row is not None and row.request_id else request
    return Answer(
        request_id=request,
        title=world.text(),
        text=world.text(),
        kind=world.pick(ANSWER, SPEECH),
        recipient=Recipient(name="Erika Beispiel", email="e@example.org", address="Am Platz 1\n59990 Ort"),
        document_id=document,
        given={"termin": world.pick("", "21.12. 14 Uhr"), "ort": world.text()},
    )


def _send(world: Any) -> Arguments:
    """What is out cannot be taken back: only refusals are drawn here, the rest is in test_answers_sending."""
    answer = Answer(request_id=world.one(Request), title="x", text=world.text(), recipient=Recipient())
    return ([Order(answer=answer, how=world.pick(How.EMAIL, How.MAILTO, How.DOCX, How.PDF))], [], {})


ANSWERS: dict[str, Callable[[Any], Arguments]] = {
    "save_answer": lambda world: (_answer(world),),
    "release_answer": lambda world: (_answer(world),),
    "send_answers": _send,
    "drop_answer": lambda world: (world.one(Document),),
}
