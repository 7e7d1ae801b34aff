"""What every decision on a request records: the outcome, who decided, when, and who wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.history import Params
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.requests import Request

HANDED_OVER = "abgabe"
LOOKED_BACK = 500
"""Steps of the office among which the desk's last decision is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided, and on which day.

    Args:
        decider: A key of the catalog's deciders; empty where nobody said who.
        on: The day of the decision; None for today.
    """

    decider: str = ""
    on: date | None = None


BY_DEFAULT = Decision()


def decide(work: Work, request: Request, outcome: str, decision: Decision, reason: str = "") -> None:
    """Write down how a request was decided; its state is entered by the caller.

    Args:
        outcome: A key such as `zusage`.
        reason: Why; empty for what needs none.

    Raises:
        Refusal: the decider is not known, or the day lies ahead or before the receipt.
    """
    on = decision.on or work.today
    if on > work.today:
        raise Refusal(
            f"{request.number}: Die Entscheidung wurde nicht gespeichert.",
            f"{long_date(on)} liegt in der Zukunft.",
            "Nennen Sie den Tag, an dem entschieden wurde.",
        )
    received = work.place.local(request.received_at).date()
    if on < received:
        raise Refusal(
            f"{request.number}: Die Entscheidung wurde nicht gespeichert.",
            f"{long_date(on)} liegt vor dem Eingang am {long_date(received)}.",
            "Nennen Sie den Tag, an dem entschieden wurde.",
        )
    if outcome != HANDED_OVER and request.handed_to:
        request.handed_to, request.handed_until = "", None
    request.outcome, request.reason = outcome, clean(reason).strip()
    request.decider = known_decider(work.place, decision.decider)
    request.decided_on, request.decided_by = on, work.desk.initials
    work.tell(decided=outcome, decider=request.decider, by=decider_label(work.place, request.decider))


def decision_words(params: Params) -> str:
    """How a history sentence goes on after the verb: „ durch OB“; empty for a step of older years."""
    return f" durch {params['by']}" if params.get("by") else ""


def undecide(request: Request) -> None:
    """Take the decision off a request that is to be decided anew."""
    request.outcome, request.reason, request.decider = "", "", ""
    request.decided_on, request.decided_by = None, ""
    request.handed_to, request.handed_until = "", None


def known_decider(place: Workplace, key: str) -> str:
    """The key of a decider, or empty where none is named.

    Raises:
        Refusal: the catalog has no such decider.
    """
    if key and key not in place.catalog.deciders:
        raise Refusal(
            "Die Entscheidung wurde nicht gespeichert.",
            f"Wer „{clean(key)}“ ist, steht nicht in deciders.toml.",
            "Wählen Sie, wer entschieden hat, oder ergänzen Sie die Datei.",
        )
    return key


def decider_label(place: Workplace, key: str) -> str:
    """What follows „durch“; a decider that the catalog no longer has is called by its key."""
    found = place.catalog.deciders.get(key)
    return found.label if found is not None else key


def last_decider(place: Workplace) -> str:
    """The decider that this desk named last, else the catalog's first: what a dialog starts from."""
    with place.reading() as session:
        newest = select(Action.id).order_by(Action.id.desc()).limit(LOOKED_BACK).scalar_subquery()
        told = session.scalars(
            select(Action.params)
            .where(Action.id.in_(newest), Action.desk_id == place.desk.id)
            .order_by(Action.id.desc())
        )
        for params in told:
            if params.get("decider") in place.catalog.deciders:
                return str(params["decider"])
    return next(iter(place.catalog.deciders), "")
