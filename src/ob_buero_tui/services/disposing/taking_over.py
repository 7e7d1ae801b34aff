"""What somebody confirms about closed requests that were given out: the E-Akte has them, or it has not."""

from __future__ import annotations

from collections.abc import Sequence

from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.disposing.late import came_late
from ob_buero_tui.services.erasing.file_search import waiting_case
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done, load
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.requests import Request


@use_case("take_over")
def take_over(work: Work, ids: Sequence[int], *, taken: bool = True) -> Done:
    """Note that the E-Akte has requests, which ends their retention here, or that it has not got them.

    Args:
        ids: Keys of requests that were given out.
        taken: False where nothing arrived there: then it is as if they had never been given out.

    Raises:
        Refusal: one was not given out, or something came since, or it is noted already.
    """
    rows = load(work, list(dict.fromkeys(ids)))
    late = came_late(work.session.connection(), [row.id for row in rows])
    for row in rows:
        _refuse_unfit(work, row, late=row.id in late, taken=taken)
        if taken:
            row.taken_over_at = work.at
        else:
            row.filed_at = row.taken_over_at = None
    work.tell(taken=taken)
    many = rows[0].number if len(rows) == 1 else plural(len(rows), "Vorgang", "Vorgänge")
    if not taken:
        return Done(ids=tuple(ids), text=f"{many} gilt nicht mehr als ausgegeben")
    lying = [folder for row in rows if (folder := waiting_case(work.place, row.number))]
    still = f". Im Ausgangskorb liegt noch {', '.join(lying[:3])}: dort löschen" if lying else ""
    return Done(ids=tuple(ids), text=f"{many} von der E-Akte übernommen{still}")


def _refuse_unfit(work: Work, row: Request, *, late: bool, taken: bool) -> None:
    what = f"Zu {row.number} wurde nichts vermerkt."
    if row.filed_at is None:
        raise Refusal(what, "Er ist nicht für die E-Akte ausgegeben.", "Das geht im Eingang mit P.")
    if late and taken:
        on = long_date(work.place.local(row.filed_at).date())
        why = f"Seit der Ausgabe am {on} kam etwas dazu, das die E-Akte nicht hat."
        raise Refusal(what, why, "Geben Sie ihn im Eingang mit P noch einmal aus.")
    if row.taken_over_at is not None and not late:
        raise Refusal(what, "Die Übernahme ist schon vermerkt.")


@sentence("take_over")
def _told(params: Params) -> str:
    return "von der E-Akte übernommen" if params.get("taken", True) else "nicht von der E-Akte übernommen"
