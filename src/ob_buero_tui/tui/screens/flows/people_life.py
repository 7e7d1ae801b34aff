"""The stronger verbs on contacts: merging doubles, a death, blocking notices; each says what it will do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.locks import Lock, label
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import When, parse_day
from ob_buero_tui.services.people.death import mark_deceased
from ob_buero_tui.services.people.doubles import Proposal, duplicates
from ob_buero_tui.services.people.editing import known_locks, set_locks
from ob_buero_tui.services.people.listing import contacts_like
from ob_buero_tui.services.people.merging import merge_contacts
from ob_buero_tui.services.people.preview import Kept, death_preview, merge_preview
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows.people import told
from ob_buero_tui.tui.widgets.date_input import understood_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.people import PeopleScreen

NOTHING_ENDS = "Es läuft kein Glückwunsch an diese Person; nichts muss enden."
SHOWN = 8
"""Lines of a question; a longer one says how many more there are."""


# Doubles


async def merge(screen: PeopleScreen, batch: Batch) -> Done | None:
    """Merge the marked contacts, or one of the proposals; which one stays is asked."""
    ids = batch.ids if batch.many else await _proposed(screen, batch.ids[0])
    if not ids:
        return None
    table = screen.table
    rows = contacts_like(screen.place, table, ids)
    choices = [Choice(key=str(key), label=told(rows.get(key))) for key in ids]
    chosen = await screen.app.push_screen_wait(
        Choose("Welcher Eintrag bleibt?", choices, text="Die anderen gehen in ihm auf; nichts geht verloren.")
    )
    if chosen is None:
        return None
    keep, others = int(chosen), [key for key in ids if str(key) != chosen]
    found = merge_preview(screen.place, table, keep, others)
    text = "\n\n".join(_what_is_kept(one) for one in found)
    if not await screen.app.push_screen_wait(
        Confirm(f"Zusammenführen mit {told(rows.get(keep))}?", text=text, yes="zusammenführen", no="lassen")
    ):
        return None
    done = await screen.desk.act(lambda place: merge_contacts(place, table, keep, others))
    if done is not None:
        screen.list.select(keep)
    return done


async def _proposed(screen: PeopleScreen, here: int) -> tuple[int, ...]:
    """One of the proposals, that of the contact under the cursor first."""
    found = await screen.desk.act(duplicates, long=True)
    proposals = [one for one in found or () if one.table == screen.table]
    if not proposals:
        if found is not None:
            screen.notify("Keine doppelten Einträge gefunden. Mit Leertaste markieren Sie selbst welche.")
        return ()
    current = next((place for place, one in enumerate(proposals) if here in one.ids), 0)
    chosen = await screen.app.push_screen_wait(
        Choose(
            "Welche Einträge sind dieselben?",
            [_proposal(place, one) for place, one in enumerate(proposals)],
            current=str(current),
            text="Vorschläge; oder Esc, und mit der Leertaste selbst markieren.",
        )
    )
    return proposals[int(chosen)].ids if chosen is not None else ()


def _proposal(place: int, one: Proposal) -> Choice:
    sign = "" if one.sure else "? "
    return Choice(key=str(place), label=f"{one.label} ({len(one.ids)})", help=f"{sign}{one.reason}")


def _what_is_kept(one: Kept) -> str:
    lines = [f"{name}: {value}" for name, value in _flat(one.filled)]
    filled = ["Ergänzt wird:", *_few(lines)] if lines else []
    differing = [f"{name}: {ours} (bleibt) / {theirs}" for name, ours, theirs in _flat3(one.differing)]
    noted = ["Abweichend; das Zweite steht danach in den Notizen:", *_few(differing)] if differing else []
    moving = [f"Es ziehen um: {', '.join(one.moving)}."] if one.moving else []
    ended = _few(one.stopping)
    return "\n".join([f"„{clean(one.title)}“ geht darin auf.", *filled, *noted, *moving, *ended])


def _flat(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, shorten(" ".join(value.split()), 60)) for name, value in pairs]


def _flat3(rows: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [
        (name, shorten(" ".join(ours.split()), 30), shorten(" ".join(theirs.split()), 30))
        for name, ours, theirs in rows
    ]


def _few(lines: Sequence[str]) -> list[str]:
    more = [f"  … und {len(lines) - SHOWN} weitere"] if len(lines) > SHOWN else []
    return [*(f"  {line}" for line in lines[:SHOWN]), *more]


# A death


async def deceased(screen: PeopleScreen, batch: Batch) -> Done | None:
    """Ask for the day, say what will stop, note it, and say what was stopped."""
    if batch.many:
        screen.notify("Das geht nur bei einer einzelnen Person.")
        return None
    key = batch.ids[0]
    stopping = death_preview(screen.place, key)
    text = "\n".join(["Was dadurch endet:", *_few(stopping)]) if stopping else NOTHING_ENDS
    today = screen.place.today
    try:
        read_day = _past_day(screen)
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return None
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{batch.name}: verstorben am?",
            value=f"{today.day}.{today.month}.{today.year}",
            understand=understood_day(read_day),
            text=text,
        )
    )
    if typed is None:
        return None
    on = read_day(typed).day
    found = await screen.desk.act(lambda place: mark_deceased(place, key, on))
    if found is None:
        return None
    if found.stopped:
        await screen.app.push_screen_wait(Told(found.text, "\n".join(found.stopped)))
    return Done(ids=(key,), text=found.text)


def _past_day(screen: PeopleScreen) -> Callable[[str], When]:
    """Reads a day that is not after today; one without its year is the last such day."""
    today, calendar = screen.place.today, office_calendar(screen.place)

    def read_day(typed: str) -> When:
        found = parse_day(typed, today, calendar, allow_past=True)
        if found.day > today and typed.strip().endswith("."):
            # Without its year, in leap years too: the last such day.
            found = parse_day(f"{typed.strip()}{today.year - 1}", today, calendar, allow_past=True)
        if found.day > today:
            why = "Geben Sie heute oder einen früheren Tag ein."
            raise Refusal(f"{long_date(found.day)} liegt in der Zukunft.", "", why)
        return found

    return read_day


# Blocking notices


async def locks(screen: PeopleScreen, batch: Batch) -> Done | None:
    """Note a blocking notice of the register of residents, or take one away."""
    if batch.many:
        screen.notify("Das geht nur bei einer einzelnen Person.")
        return None
    key = batch.ids[0]
    there = known_locks(screen.place, key)
    choices = [
        Choice(key=lock.value, label=label(lock), hint="eingetragen" if lock in there else "")
        for lock in Lock
    ]
    chosen = await screen.app.push_screen_wait(
        Choose(f"{batch.name}: Welcher Vermerk?", choices, text="Ein eingetragener wird wieder weggenommen.")
    )
    if chosen is None:
        return None
    lock = Lock(chosen)
    wanted = {one: until for one, until in there.items() if one is not lock}
    if lock not in there:
        until = await _until(screen, lock)
        if until is False:
            return None
        wanted[lock] = until or None
    return await screen.desk.act(lambda place: set_locks(place, key, wanted))


async def _until(screen: PeopleScreen, lock: Lock) -> date | Literal[False] | None:
    """Ask for the last day of a notice that has one; False when nothing shall be done."""
    if lock is not Lock.AUSKUNFTSSPERRE_51:
        return None
    today, calendar = screen.place.today, office_calendar(screen.place)

    understand = understood_day(
        lambda typed: parse_day(typed, today, calendar), "leer: ohne Enddatum", blank=True
    )
    typed = await screen.app.push_screen_wait(
        PromptLine(f"{label(lock)}: gesperrt bis?", understand=understand, text="Der Tag steht im Bescheid.")
    )
    if typed is None:
        return False
    return parse_day(typed, today, calendar).day if typed.strip() else None
