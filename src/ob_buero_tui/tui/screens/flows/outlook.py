"""What of ours Outlook does not show yet: sent from the appointment or from a list, or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.calendars.giving_way import take_theirs
from ob_buero_tui.services.calendars.outstanding import Outstanding, outstanding
from ob_buero_tui.services.calendars.sending import send_to_outlook
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.calendar_feeds import CalendarFeeds

ALL = "alle"
NOTHING = "Alles Eigene steht auch in Outlook."
NOT_LED = "Kein Kalender wird von Outlook geführt. Die IT stellt das in representation.toml ein."


async def send(screen: CalendarFeeds) -> None:
    """Send the appointment under the cursor, or choose from what is still to go."""
    waiting = outstanding(screen.place)
    current = screen.grid.current
    here = next((one for one in waiting if current is not None and one.event_id == current.event_id), None)
    if here is not None:
        await _send(screen, [here])
        return
    await choose(screen, waiting)


async def choose(screen: CalendarFeeds, waiting: tuple[Outstanding, ...] | None = None) -> None:
    """Show what is still to go; Enter sends one, the first line all that have no draft."""
    found = outstanding(screen.place) if waiting is None else waiting
    if not found:
        led = any(spec.leads is Leader.OUTLOOK for spec in screen.place.catalog.calendars.values())
        screen.notify(NOTHING if led else NOT_LED)
        return
    unsent = [one for one in found if one.sent_at is None]
    lines = [Choice(key=str(one.event_id), label=one.text) for one in found]
    if len(unsent) > 1:
        drafts = plural(len(unsent), "Entwurf", "Entwürfe")
        lines.insert(0, Choice(key=ALL, label=f"alle ohne Entwurf senden ({drafts})"))
    asked = Choose("Noch nicht in Outlook", lines, text="Enter schreibt den Entwurf in den Ausgangskorb.")
    key = await screen.app.push_screen_wait(asked)
    if key is not None:
        wanted = unsent if key == ALL else [one for one in found if str(one.event_id) == key]
        await _send(screen, wanted)


async def _send(screen: CalendarFeeds, wanted: list[Outstanding]) -> None:
    before = next((one for one in wanted if one.sent_at is not None), None)
    if before is not None:
        asked = Confirm(
            "Noch einen Entwurf schreiben?",
            text=f"„{clean(before.summary, limit=60)}“: Ein Entwurf liegt schon im Ausgangskorb.",
            enter_is_yes=False,
        )
        if not await screen.app.push_screen_wait(asked):
            return
    ids = [one.event_id for one in wanted]
    done = await screen.desk.act(lambda place: send_to_outlook(place, ids))
    if done is not None:
        screen.notify(done.text)
        screen.desk.data_changed(tuple(("event", key) for key in ids[:1]))


async def give_way(screen: CalendarFeeds) -> None:
    """Take what Outlook shows instead of our change, after a question."""
    current = screen.grid.current
    if current is None:
        return
    asked = Confirm(f"„{clean(current.summary, limit=60)}“ so nehmen, wie Outlook ihn zeigt?")
    if not await screen.app.push_screen_wait(asked):
        return
    done = await screen.desk.act(lambda place: take_theirs(place, current.event_id))
    if done is not None:
        screen.notify(f"{done.text} · u nimmt es zurück")
        screen.desk.data_changed((("event", current.event_id),))
