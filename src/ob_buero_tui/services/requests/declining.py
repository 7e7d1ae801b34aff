"""Turning a request down: a reason by its code, more in own words, and what was promised ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.decision import BY_DEFAULT, Decision, decide, decision_words
from ob_buero_tui.services.requests.deputations import ASKING, end_deputation
from ob_buero_tui.services.requests.follow_ups import make_outcome_tasks
from ob_buero_tui.services.requests.inquiries import close_inquiries
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.taking_back import (
    RECEIPT_NOTICE,
    cancel_events,
    drop_decided_tasks,
    drop_templates,
)
from ob_buero_tui.services.requests.verbs import Done, add_note, enter_state, load, readable, told
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.requests import Request

ABSAGE = "absage"
REASONS: Final = ("Terminkonflikt", "Kriterien nicht erfüllt", "Neutralität", "Frist", "Sonstiges")
"""The reasons where the kind names none (domain.md 1.2), in the words of the catalog."""


@use_case("decline")
def decline(
    work: Work, ids: Sequence[int], reason: str, text: str = "", decision: Decision = BY_DEFAULT
) -> Done:
    """Turn requests down, with what an acceptance made; a reason is required (domain.md 1.2).

    The reason stands in the record alone: the journal keeps no words of a letter.

    Args:
        reason: One of the kind's reasons, or the office's own words.
        text: More about it, for the file.
    """
    rows = load(work, ids)
    for row in rows:
        turn_down(work, row.id, reason, text, decision)
    return told(rows, f"abgesagt: {clean(reason).strip()}")


def turn_down(work: Work, request_id: int, reason: str, text: str, decision: Decision) -> Request:
    """Turn one request down inside any step; what an acceptance or a deputy promised ends."""
    reason = clean(reason).strip()
    if not reason:
        raise Refusal(
            "Die Absage wurde nicht gespeichert.",
            "Es fehlt der Grund.",
            "Wählen Sie einen Grund oder schreiben Sie ihn.",
        )
    request = readable(work, [request_id])[0]
    enter_state(work, request, RequestState.ABGESAGT, again=False)
    decide(work, request, ABSAGE, decision, reason)
    end_deputation(work, request)
    cancel_events(work, request, reason)
    drop_decided_tasks(work, request)
    drop_templates(work, request, RECEIPT_NOTICE, *ASKING)
    close_inquiries(work, request)
    recount(work, request)
    make_outcome_tasks(work, request, ABSAGE)
    add_note(work, request, text)
    return request


@sentence("decline")
def _declined(params: Params) -> str:
    return f"abgesagt{decision_words(params)}"
