"""Items that come after the dispatch: since when that is, and the ground they need."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.chain import chains_of
from ob_buero_tui.services.council.sittings import read_sittings
from ob_buero_tui.services.council.views import Light
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting

DISPATCH = "versand"
NOTE_LENGTH = 500


def late_because(session: Session, place: Workplace, meeting_id: int) -> str:
    """Why an item that is put on a session's agenda now is late, in German; empty where it is not.

    It is once the invitation has gone out, once the last day for that has passed, and once the session began.
    """
    found = read_sittings(session, Meeting.id == meeting_id)
    if not found or found[0].start is None:
        return ""
    (sitting,) = found
    if found[0].start <= place.now.replace(tzinfo=None):
        return "Die Sitzung hat schon begonnen."
    chain = chains_of(session, place, [sitting])[meeting_id]
    step = next((one for one in chain if one.kind == DISPATCH), None)
    if step is None:
        return ""
    if step.light is Light.DONE:
        on = f" (am {long_date(step.done_on)} abgehakt)" if step.done_on else ""
        return f"Die Einladung ist schon hinaus{on}."
    if step.light is Light.LATE:
        return f"Der letzte Tag für den Versand war {long_date(step.on)}."
    return ""


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
