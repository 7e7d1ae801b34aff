"""A death: what was meant for the person stops at once (domain.md 1.4 H, 2.3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.names import joined
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.people.named import (
    Naming,
    best,
    field_texts,
    folded_words,
    name_of,
    namesakes,
)
from ob_buero_tui.services.people.seeing import load_person
from ob_buero_tui.services.requests.taking_back import cancel_events
from ob_buero_tui.services.requests.verbs import enter_state
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

REASON = "verstorben"
REPORTED = ("bundespraesident_melden", "land_melden")
"""Tasks by which a jubilee was reported elsewhere; who was told of it must be told of the death at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deceased:
    """What a death changed: a sentence, and one for everything that was stopped or is to be checked."""

    text: str
    stopped: tuple[str, ...]


@use_case("mark_deceased")
def mark_deceased(work: Work, person_id: int, on: date) -> Deceased:
    """Note a death, and stop what is under way for the person; one step to undo.

    Args:
        on: The day of the death, not after today.
    """
    person = load_person(work, person_id)
    if on > work.today:
        raise Refusal(
            "Das wurde nicht gespeichert.",
            f"{long_date(on)} liegt in der Zukunft.",
            "Geben Sie den Tag des Todes ein, heute oder früher.",
        )
    person.deceased_on = on
    stopped = stop_greetings(work, person)
    work.tell(table="person", ids=[person.id])
    name = joined(person.given_name, person.family_name) or "Die Person"
    return Deceased(text=f"{name}: verstorben am {long_date(on)}", stopped=stopped)


def stop_greetings(work: Work, person: Person) -> tuple[str, ...]:
    """Close what is meant for a dead person and take it from all distribution lists; says what was done."""
    told = []
    for request, naming in greetings_for(work.session, work.catalog, person):
        if work.place.sees(request.confidentiality, request.owner) is not View.FULL:
            continue  # Not even that there is one may be told.
        if naming is Naming.YES:
            told.append(_stop(work, request))
        else:
            told.append(f"{request.number} kann dieselbe Person meinen; bitte prüfen, er bleibt offen.")
    told += _others(work, person)
    if person.categories:
        count = plural(len(person.categories), "Verteiler", "Verteilern")
        told.append(f"Aus {count} genommen.")
        person.categories = []
    return tuple(told)


def greetings_for(
    session: Session, catalog: Catalog, person: Person, doubles: Collection[int] = ()
) -> tuple[tuple[Request, Naming], ...]:
    """Open requests of kinds that end with a death and are, or may be, meant for this person.

    Args:
        doubles: Keys of entries that are the same person.
    """
    own = {person.id, *doubles}
    ending = [key for key, kind in catalog.kinds.items() if kind.ends_with_death]
    rows = session.scalars(
        select(Request)
        .where(Request.kind.in_(ending), Request.closed.is_(False), Request.trashed_at.is_(None))
        .order_by(Request.id)
    ).all()
    name = name_of(person)
    found = []
    for request in rows:
        texts = field_texts(catalog.kinds[request.kind or ""], request)
        if texts:
            naming = best(name.in_text(folded_words(text)) for text in texts)
        else:
            # Nobody is named: then it is for whoever stands as the requester.
            naming = Naming.YES if request.requester_id in own else Naming.NO
        if naming is not Naming.NO:
            found.append((request, naming))
    if any(request.requester_id not in own for request, _ in found) and namesakes(session, person, doubles):
        found = [
            (request, naming if request.requester_id in own else Naming.PERHAPS) for request, naming in found
        ]
    return tuple(found)


def _stop(work: Work, request: Request) -> str:
    """Close one request: its tasks fall away, its appointment is called off."""
    reported = _reported(work, request)
    enter_state(work, request, RequestState.AUSGEFALLEN)
    request.reason = REASON
    cancel_events(work, request, REASON)
    tasks = open_tasks(work.session, request.id)
    for task in tasks:
        work.session.delete(task)
    for task in reported:
        work.session.add(
            Task(
                label=f"Tod sofort mitteilen (gemeldet war: {task.label})"[:200],
                template="tod_mitteilen",
                request_id=request.id,
                due_on=work.today,
                due_text="sofort",
                assigned_to=work.desk.initials,
            )
        )
    fell = f", {plural(len(tasks), 'Aufgabe entfällt', 'Aufgaben entfallen')}" if tasks else ""
    more = "; den Tod heute noch der Stelle mitteilen, bei der das Jubiläum gemeldet ist" if reported else ""
    return f"{request.number} ist beendet: {REASON}{fell}{more}."


def _reported(work: Work, request: Request) -> Sequence[Task]:
    done = select(Task).where(
        Task.request_id == request.id, Task.template.in_(REPORTED), Task.done_at.is_not(None)
    )
    return work.session.scalars(done.order_by(Task.id)).all()


def _others(work: Work, person: Person) -> list[str]:
    """What else is open for the person, for somebody to look at."""
    rows = work.session.scalars(
        select(Request)
        .where(Request.requester_id == person.id, Request.closed.is_(False), Request.trashed_at.is_(None))
        .order_by(Request.id)
    )
    ending = {key for key, kind in work.catalog.kinds.items() if kind.ends_with_death}
    numbers = [
        row.number
        for row in rows
        if row.kind not in ending and work.place.sees(row.confidentiality, row.owner) is View.FULL
    ]
    if not numbers:
        return []
    shown = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
    return [f"Noch offen von dieser Person, bitte prüfen: {shown}."]


@sentence("mark_deceased")
def _died(_params: Params) -> str:
    return "als verstorben vermerkt"
