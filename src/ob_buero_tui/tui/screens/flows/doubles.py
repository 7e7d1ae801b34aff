"""Merging requests that came twice: which ones, which of them stays, and what that will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.doubles import Double, request_doubles
from ob_buero_tui.services.requests.merging import (
    DecidedDifferently,
    Moving,
    merge_preview,
    merge_requests,
)
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ob_buero_tui.services.views import RowView
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen

SHOWN = 8
"""Requests of a question; a longer one says how many more there are."""


async def merge(screen: InboxScreen, batch: Batch) -> Done | None:
    """Merge the marked requests, or one of the proposals; which one stays is asked."""
    ids = batch.ids if len(batch.ids) > 1 else await _proposed(screen, batch.ids[0])
    if len(ids) < 2:
        return None
    rows = inbox.rows(screen.place, ids)
    text = "Schreiben, Anlagen, Aufgaben und Termine der anderen ziehen dorthin um."
    choices = [Choice(key=str(key), label=_told(rows, key)) for key in ids]
    chosen = await screen.app.push_screen_wait(Choose("Welcher Eingang bleibt?", choices, text=text))
    if chosen is None:
        return None
    keep, others = int(chosen), [key for key in ids if str(key) != chosen]
    moving = merge_preview(screen.place, others)
    if not await screen.app.push_screen_wait(
        Confirm(
            f"Zusammenführen mit {_told(rows, keep)}?",
            text=_what_moves(moving),
            yes="zusammenführen",
            no="lassen",
        )
    ):
        return None
    done = await _merged(screen, keep, others)
    if done is not None:
        screen.list.select(keep)
    return done


async def _merged(screen: InboxScreen, keep: int, others: Sequence[int]) -> Done | None:
    """Merge; where the requests were decided differently, ask which decision counts."""
    try:
        return await screen.desk.patiently(lambda place: merge_requests(place, keep, others))
    except DecidedDifferently as differing:
        labels = _outcomes(screen)
        choices = [
            Choice(key=str(key), label=f"{number}: {labels.get(outcome, outcome)}")
            for key, number, outcome in differing.choices
        ]
    chosen = await screen.app.push_screen_wait(Choose("Welche Entscheidung gilt?", choices))
    if chosen is None:
        return None
    return await screen.desk.act(lambda place: merge_requests(place, keep, others, int(chosen)))


def _outcomes(screen: InboxScreen) -> dict[str, str]:
    kinds = screen.place.catalog.active_kinds
    return {one.key: one.label for kind in kinds for one in kind.outcomes}


async def _proposed(screen: InboxScreen, here: int) -> tuple[int, ...]:
    """One of the proposals, that of the request under the cursor first."""
    found = await screen.desk.act(request_doubles, long=True)
    if not found:
        if found is not None:
            screen.notify("Keine doppelten Eingänge gefunden. Mit Leertaste markieren Sie selbst welche.")
        return ()
    current = next((place for place, one in enumerate(found) if here in one.ids), 0)
    chosen = await screen.app.push_screen_wait(
        Choose(
            "Welche Eingänge sind derselbe?",
            [_proposal(place, one) for place, one in enumerate(found)],
            current=str(current),
            text="Vorschläge; oder Esc, und mit der Leertaste selbst markieren.",
        )
    )
    return found[int(chosen)].ids if chosen is not None else ()


def _proposal(place: int, one: Double) -> Choice:
    sign = "" if one.sure else "? "
    first, *others = one.numbers
    numbers = f"{first} + {', '.join(others[:2])}{' …' if len(others) > 2 else ''}"
    return Choice(key=str(place), label=f"{numbers}  {shorten(one.label, 40)}", hint=f"{sign}{one.reason}")


def _told(rows: Mapping[int, RowView], key: int) -> str:
    row = rows.get(key)
    if row is None:
        return "nicht mehr vorhanden"
    received = f"{row.received_on:%d.%m.%Y}"
    return " · ".join(
        part for part in (row.number, shorten(row.subject, 40), clean(row.requester), received) if part
    )


def _what_moves(moving: Sequence[Moving]) -> str:
    lines = [
        f"{one.number} „{shorten(one.subject, 50)}“ geht darin auf"
        + (f": {', '.join(one.parts)} ziehen um." if one.parts else ".")
        for one in moving[:SHOWN]
    ]
    if len(moving) > SHOWN:
        lines.append(f"… und {len(moving) - SHOWN} weitere")
    lines.append("Leere Angaben werden ergänzt; was abweicht, steht danach in den Notizen.")
    return "\n".join(lines)
