"""What the verbs of the Ausfall ask and do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ob_buero_tui.rules.ausfall_line import (
    BACK_EXAMPLES,
    EXAMPLES,
    Absence,
    Unclear,
    parse_absence,
    parse_change,
    written_absence,
)
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, parse_when, written
from ob_buero_tui.rules.when_values import end_on
from ob_buero_tui.services.ausfall import deciding
from ob_buero_tui.services.ausfall.calling import REACHED, tick_call
from ob_buero_tui.services.ausfall.card import card
from ob_buero_tui.services.ausfall.views import AusfallLine, CallLine, CallRole
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.deputy import DeputyDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import NO_REASON, PromptLine, not_empty
from ob_buero_tui.tui.screens.flows.event_clashes import acted
from ob_buero_tui.tui.widgets.asked_line import Meaning, Understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.ausfall import AusfallScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch

REFUSED, DECLINE = "abgelehnt", "absagen"
YES, NO, LATER = "ja", "nein", "spaeter"
WHEN_EXAMPLES = "Zum Beispiel: do · 3.12. 14 Uhr · kw50 di 9:30. Ohne Uhrzeit bleibt sie."


def parse_new(text: str, place: Workplace, on: date) -> Absence:
    """A new absence; where its line says no beginning it is the day shown, or today when that is over.

    Args:
        on: The day that was shown when the line was asked for.

    Raises:
        Unclear, Refusal: as `parse_absence`.
    """
    now = place.now
    try:
        return _begun_on(parse_absence(text, now, office_calendar(place)), on, now.date())
    except Unclear as unclear:
        raise Unclear(unclear, tuple(_begun_on(one, on, now.date()) for one in unclear.choices)) from None


def _begun_on(found: Absence, on: date, today: date) -> Absence:
    if found.said_start or on <= today:
        return found
    start = datetime.combine(on, time.min)
    one_day = found.start.date() == today and found.end - found.start == timedelta(days=1)
    end = start + timedelta(days=1) if one_day else found.end
    return replace(found, start=start, end=end) if start < end else found


def understand(
    place: Workplace, present: Absence | None = None, on: date | None = None
) -> Callable[[str], Understood]:
    """How the line of an absence is read while it is typed.

    Args:
        present: The absence that is changed; None for a new one.
        on: The day that is shown, on which a new one begins where its line does not say.
    """
    now, calendar = place.now, office_calendar(place)

    def read(text: str) -> Understood:
        if not text.strip():
            return Understood(EXAMPLES if present is None else BACK_EXAMPLES, ok=False)
        try:
            if present is None:
                return Understood(f"→ {parse_new(text, place, on or now.date()).text}")
            return Understood(f"→ {parse_change(text, now, calendar, present).text}")
        except Unclear as unclear:
            options = tuple(Meaning(text=written_absence(one), label=one.text) for one in unclear.choices)
            return Understood(f"{unclear.what} {unclear.why}".strip(), ok=False, options=options)
        except Ambiguous as ambiguous:
            return Understood(f"{ambiguous.what} {ambiguous.now}", ok=False)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)

    return read


async def deputy(screen: AusfallScreen, batch: Batch) -> Done | None:
    """Whom to ask: by rank with conflicts, a digit picks."""
    key = screen.ausfall_id
    cards = [card(screen.place, key, one) for one in batch.ids]
    proposals = [one.proposal for one in cards if one.proposal is not None]
    if not proposals:
        return None
    if len(proposals) == 1:
        chosen = await screen.app.push_screen_wait(DeputyDialog(screen.place, proposals[0], decided=False))
        calendar = chosen[1] if chosen is not None else None
    else:
        choices = []
        for place_of, one in enumerate(one for chain in proposals[0].chains for one in chain.deputies):
            every = [[two for chain in each.chains for two in chain.deputies][place_of] for each in proposals]
            busy = sum(1 for two in every if two.conflicts)
            hint = plural(busy, "Überschneidung", "Überschneidungen") if busy else "frei"
            choices.append(Choice(key=one.calendar, label=one.label, hint=f"{hint} · {one.stood}×"))
        calendar = await screen.app.push_screen_wait(Choose(f"{batch.name}: wer vertritt?", choices))
    if calendar is None:
        return None
    return await screen.carry_out(lambda place, ids: deciding.ask_deputy(place, key, ids, calendar), batch)


async def promised(screen: AusfallScreen, batch: Batch) -> Done | None:
    """The deputy has said yes."""
    key = screen.ausfall_id
    return await screen.carry_out(lambda place, ids: deciding.deputy_said(place, key, ids, True), batch)


async def cancel(screen: AusfallScreen, batch: Batch) -> Done | None:
    """Call off, with a reason; where a deputy is asked, first who says no."""
    key = screen.ausfall_id
    row = screen.line(batch.ids[0]) if not batch.many else None
    if row is not None and row.answer:
        asked = await screen.app.push_screen_wait(Choose(f"{row.name}: wer sagt ab?", _no_choices(row)))
        if asked is None:
            return None
        if asked == REFUSED:
            done = await screen.desk.act(lambda place: deciding.deputy_said(place, key, batch.ids, False))
            if done is None:
                return None
            screen.read(screen.reload)
            return await deputy(screen, batch) or done
    reason = await screen.app.push_screen_wait(
        PromptLine(
            f"Absagen: {batch.name}",
            value=deciding.REASON,
            understand=not_empty(NO_REASON),
            text="Aus welchem Grund? Er steht im Kalender und im Vorgang.",
        )
    )
    if reason is None:
        return None
    why = reason
    return await screen.carry_out(lambda place, ids: deciding.cancel_lines(place, key, ids, why), batch)


def _no_choices(row: AusfallLine) -> list[Choice]:
    says = "hat abgelehnt" if row.asked else "kann doch nicht"
    return [
        Choice(key=REFUSED, label=f"{row.deputy} {says}, andere Vertretung fragen"),
        Choice(key=DECLINE, label="der Termin wird abgesagt …"),
    ]


async def keep(screen: AusfallScreen, batch: Batch) -> Done | None:
    """It stays as it is."""
    key = screen.ausfall_id
    return await screen.carry_out(lambda place, ids: deciding.keep_lines(place, key, ids), batch)


def _moving(
    place: Workplace, row: AusfallLine
) -> tuple[Callable[[str], tuple[datetime, datetime]], Callable[[str], Understood]]:
    """How a typed day is read as the new time of an appointment, and how that is told while one types."""
    now, calendar = place.now, office_calendar(place)

    def span(text: str) -> tuple[datetime, datetime]:
        found = parse_when(text, now, calendar)
        start = datetime.combine(found.day, found.start or row.start.time())
        end = end_on(found.day, found.end) if found.end else start + (row.end - row.start)
        return start, end

    def read(text: str) -> Understood:
        if not text.strip():
            return Understood(WHEN_EXAMPLES, ok=False)
        try:
            start, end = span(text)
        except Ambiguous as asked:
            options = tuple(Meaning(text=written(one), label=one.text) for one in asked.choices)
            return Understood(f"{asked.what} {asked.why}".strip(), ok=False, options=options)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)
        if row.all_day:
            return Understood(f"→ {long_date(start.date())}, ganztägig")
        return Understood(f"→ {long_date(start.date())}, {clock(start)}–{clock(end)} Uhr")

    return span, read


async def move(screen: AusfallScreen, batch: Batch) -> Done | None:
    """To a typed day; its own time where none is typed, and its length stays."""
    row = screen.line(batch.ids[0])
    if batch.many or row is None:
        raise Refusal("Verschieben geht nur einzeln.", "Jeder Termin braucht seine eigene Zeit.")
    key = screen.ausfall_id
    span, read = _moving(screen.place, row)
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"Verschieben: {row.name}",
            understand=read,
            text=f"Auf welchen Tag? Bisher {long_date(row.start.date())}.",
        )
    )
    if typed is None:
        return None
    start, end = span(typed)
    return await acted(
        screen.desk,
        lambda place, reason: deciding.move_line(place, key, row.id, start, end, reason),
        row.key,
    )


async def tick(screen: AusfallScreen, call: CallLine) -> Done | None:
    """A call was made: what came of it; a deputy's answer counts at once."""
    key = screen.ausfall_id
    if call.done:
        return await screen.desk.act(lambda place: tick_call(place, key, call.id))
    if call.role is CallRole.VERTRETUNG and any(one.startswith("fragen") for one in call.told):
        many = f" ({len(call.items)} Termine)" if len(call.items) > 1 else ""
        chosen = await screen.app.push_screen_wait(
            Choose(
                f"{call.who.name}{many}",
                [
                    Choice(key=YES, label="hat zugesagt"),
                    Choice(key=NO, label="hat abgelehnt"),
                    Choice(key=LATER, label="nicht erreicht, später noch einmal"),
                ],
                text="\n".join(call.what),
            )
        )
        if chosen in (None, LATER):
            return None
        said = "sagt zu" if chosen == YES else "lehnt ab"
        return await screen.desk.act(lambda place: tick_call(place, key, call.id, said, chosen == YES))
    result = await screen.app.push_screen_wait(
        PromptLine(f"{call.who.name}: Ergebnis", value=REACHED, text="\n".join(call.what))
    )
    if result is None:
        return None
    words = result
    return await screen.desk.act(lambda place: tick_call(place, key, call.id, words))
