"""Which of a marked batch a verb can do and which not, with the reason, before anything is written.

A use case refuses a whole batch at its first bad record. A screen asks here first, shows what is left out,
and hands the others to the use case as one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.states import CLOSED_STATES, RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.requests.deputations import pending
from ob_buero_tui.services.requests.stepping import may_enter
from ob_buero_tui.services.requests.waiting import reason_not_bound
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request

AT_ONCE = 500
"""Requests read in one go."""
GONE = "gibt es nicht mehr"
PERSONAL = "ist persönlich und gehört einem anderen Platz"
TRASHED = "liegt im Papierkorb"

Check = Callable[[Session, Workplace, Request], str]
"""Says why a verb cannot be done to a request: „ist abgeschlossen“; empty when it can. It writes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """A request that a verb leaves out, and why: the end of a sentence that begins with its number."""

    id: int
    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A batch before its verb: the keys it can be done to, in their order, and what is left out."""

    possible: tuple[int, ...]
    exempt: tuple[Exempt, ...] = ()

    def heading(self, doing: str, many: str = "Eingänge") -> str:
        """Return „12 Eingänge: 9 absagen; 3 nicht möglich“.

        Args:
            doing: What the verb does, in the infinitive.
            many: What several records are called.
        """
        whole = len(self.possible) + len(self.exempt)
        left = f"; {len(self.exempt)} nicht möglich" if self.exempt else ""
        return f"{whole} {many}: {len(self.possible)} {doing}{left}"

    def reasons(self, most: int = 8) -> str:
        """Return one line for each request that is left out, and how many more there are."""
        lines = [f"! {each.number} {each.reason}." for each in self.exempt[:most]]
        more = len(self.exempt) - most
        return "\n".join([*lines, *([f"  und {plural(more, 'weiterer', 'weitere')}"] if more > 0 else [])])


CHECKS: dict[str, Check] = {}
"""What each verb asks of a request besides that it is there, readable and not in the trash."""
FROM_TRASH = frozenset({"restore_request"})
"""Verbs that want what the others leave out."""


def dry_check(verb: str) -> Callable[[Check], Check]:
    """Register what a verb's use case refuses a request for, besides the common checks."""

    def register(check: Check) -> Check:
        CHECKS[verb] = check
        return check

    return register


def sort_out(place: Workplace, ids: Sequence[int], verb: str) -> Sorted:
    """Split a batch into what a verb can be done to and what not; nothing is written.

    Args:
        ids: The marked requests, in the order of the list.
        verb: The name of the use case, as in `CHECKS`.
    """
    possible: list[int] = []
    exempt: list[Exempt] = []
    with place.reading() as session:
        for key, row in _found(session, ids):
            reason = GONE if row is None else _why_not(session, place, row, verb)
            if reason:
                exempt.append(Exempt(id=key, number=_named(row), reason=clean(reason)))
            else:
                possible.append(key)
    return Sorted(possible=tuple(possible), exempt=tuple(exempt))


def _found(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, Request | None]]:
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_ONCE):
        piece = wanted[start : start + AT_ONCE]
        rows = {row.id: row for row in session.scalars(select(Request).where(Request.id.in_(piece)))}
        yield from ((key, rows.get(key)) for key in piece)


def _why_not(session: Session, place: Workplace, row: Request, verb: str) -> str:
    if place.sees(row.confidentiality, row.owner) is not View.FULL:
        return PERSONAL
    if verb in FROM_TRASH:
        return "" if row.trashed_at is not None else "liegt nicht im Papierkorb"
    if row.trashed_at is not None:
        return TRASHED
    check = CHECKS.get(verb)
    return check(session, place, row) if check is not None else ""


def _named(row: Request | None) -> str:
    return "Ein Eingang" if row is None else row.number


def not_into(place: Workplace, row: Request, state: RequestState) -> str:
    """Why a request cannot come into a state (domain.md 1.2); empty when it can, or is in it already."""
    old = RequestState(row.state)
    table = place.catalog.states
    if old is state or may_enter(table, row, state):
        return ""
    return "ist abgeschlossen" if old in CLOSED_STATES else f"ist „{table.label(old)}“"


def not_anew(place: Workplace, row: Request, state: RequestState) -> str:
    """As `not_into`, where being in the state already is a reason too: who decided would be overwritten."""
    if row.state == state:
        return f"ist schon „{place.catalog.states.label(state)}“"
    return not_into(place, row, state)


@dry_check("decline")
def _decline(_session: Session, place: Workplace, row: Request) -> str:
    return not_anew(place, row, RequestState.ABGESAGT)


@dry_check("accept")
def _accept(session: Session, place: Workplace, row: Request) -> str:
    if row.state == RequestState.ZUGESAGT:
        return "ist schon angenommen"
    if pending(session, row.id) is not None:
        return "wartet auf die Antwort einer Vertretung"
    return not_into(place, row, RequestState.ZUGESAGT)


@dry_check("finish")
def _finish(_session: Session, place: Workplace, row: Request) -> str:
    already = row.state == RequestState.ERLEDIGT.value
    return "ist schon erledigt" if already else not_into(place, row, RequestState.ERLEDIGT)


@dry_check("defer")
def _defer(_session: Session, _place: Workplace, row: Request) -> str:
    return "ist abgeschlossen" if row.closed else ""


@dry_check("defer_bound")
def _defer_bound(session: Session, place: Workplace, row: Request) -> str:
    return "ist abgeschlossen" if row.closed else reason_not_bound(session, place, row)
