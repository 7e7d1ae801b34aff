"""What the panel of a request tells of its decision: Votum, who decided, deputies, questions."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import long_date, short_date
from ob_buero_tui.services.requests.decider_then import decider_then
from ob_buero_tui.services.requests.decision import decider_label
from ob_buero_tui.services.requests.deputations import deputations_of
from ob_buero_tui.services.requests.deputy_words import deputy_states, state_words
from ob_buero_tui.services.requests.inquiries import InquiryView, inquiries
from ob_buero_tui.services.requests.outcomes import VERTAGUNG, department_label
from ob_buero_tui.services.requests.proposing_deputies import ANSWERED
from ob_buero_tui.services.requests.voting import VOTES
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.store.requests import Request


def decision_parts(place: Workplace, session: Session, request: Request) -> dict[str, Any]:
    """The fields of a `RecordView` that belong to the decision."""
    return {
        "state_label": state_words(
            place, request.state, deputy_states(session, [request.id]).get(request.id, "")
        ),
        "votum": votum_text(request),
        "decided": decided_text(place, session, request),
        "deputies": tuple(_deputy(place, one) for one in deputations_of(session, request.id)),
        "inquiries": tuple(_inquiry(one) for one in inquiries(session, request.id)),
    }


def votum_text(request: Request) -> str:
    """The office's advice: „Zusage: passt zum Sportjahr (PS 24.11.)“; empty where there is none."""
    if not request.votum:
        return ""
    why = f": {request.votum_text}" if request.votum_text else ""
    on = f" {short_date(request.votum_on)}" if request.votum_on else ""
    return f"{VOTES.get(request.votum, request.votum)}{why} ({request.votum_by}{on})"


def decided_text(place: Workplace, session: Session, request: Request) -> str:
    """Who decided, when, and who wrote it down; empty while nothing is decided.

    Behind the decider stands who that was on that day, where it is entered under Gremien.
    """
    if not request.outcome:
        return ""
    done = "vertagt" if request.outcome == VERTAGUNG else "entschieden"
    by = f" durch {decider_label(place, request.decider)}" if request.decider else ""
    if by and request.decided_on:
        then = decider_then(session, decider_label(place, request.decider), request.decided_on)
        by += f" ({then})" if then else ""
    on = f" am {long_date(request.decided_on)}" if request.decided_on else ""
    wrote = f", eingetragen {request.decided_by}" if request.decided_by else ""
    handed = f", an {department_label(place, request.handed_to)}" if request.handed_to else ""
    until = f" bis {short_date(request.handed_until)}" if request.handed_to and request.handed_until else ""
    return f"{done}{by}{on}{handed}{until}{wrote}" if by or on else ""


def _deputy(place: Workplace, row: Deputation) -> str:
    on = row.answered_on or row.asked_on
    spec = place.catalog.calendars.get(row.calendar)
    name = spec.label if spec is not None else row.calendar
    return f"{name}: {ANSWERED[row.answer]} {short_date(on)} (angefragt {row.asked_by})"


def _inquiry(view: InquiryView) -> str:
    until = f" bis {short_date(view.due_on)}" if view.due_on else ""
    head = f"{short_date(view.asked_on)} {view.asked_by} an {view.name}{until}: {view.question}"
    if view.answered_on is None:
        return f"{head} – noch keine Antwort"
    return f"{head} – Antwort {short_date(view.answered_on)}: {view.answer}"
