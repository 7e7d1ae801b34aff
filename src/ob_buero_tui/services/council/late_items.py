"""Items that come after the dispatch: since when that is, and the ground they need."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.chain import chains_of
from ob_buero_tui.services.council.sittings import read_sittings
from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting

DISPATCH = "versand"
NOTE_LENGTH = 500


def late_because(session: Session, place: Workplace, meeting_id: int) -> str:
    """Why an item that is put on a session's agenda now is late, in German; empty where it is not.

    It is once the invitation has gone out, once the last day for that has passed, and once the session began.
    """
    out = gone_out(session, place, meeting_id)
    if out:
        return out
    step = _dispatch(session, place, meeting_id)
    if step is not None and step.light is Light.LATE:
        return f"Der letzte Tag für den Versand war {long_date(step.on)}."
    return ""


def gone_out(session: Session, place: Workplace, meeting_id: int) -> str:
    """Why the agenda is known outside already, in German; empty where it is not."""
    start = session.scalar(select(Meeting.start).where(Meeting.id == meeting_id))
    if start is not None and start <= place.now.replace(tzinfo=None):
        return "Die Sitzung hat schon begonnen."
    step = _dispatch(session, place, meeting_id)
    if step is None or step.light is not Light.DONE:
        return ""
    on = f" (am {long_date(step.done_on)} abgehakt)" if step.done_on else ""
    return f"Die Einladung ist schon hinaus{on}."


def _dispatch(session: Session, place: Workplace, meeting_id: int) -> DeadlineView | None:
    found = read_sittings(session, Meeting.id == meeting_id)
    chain = chains_of(session, place, found).get(meeting_id, ())
    return next((one for one in chain if one.kind == DISPATCH), None)


def ground_for(work: Work, meeting_id: int, ground: str) -> tuple[bool, str]:
    """Whether an item put on now is late, and its ground in one line.

    Raises:
        Refusal: it is late and nobody gave a ground.
    """
    why = late_because(work.session, work.place, meeting_id)
    told = clean(ground, limit=NOTE_LENGTH).strip()
    if not why:
        return False, ""
    if not told:
        raise Refusal(
            "Der Punkt wurde nicht aufgenommen.",
            why,
            "Geben Sie den Grund an, aus dem er nicht warten kann.",
        )
    return True, told
