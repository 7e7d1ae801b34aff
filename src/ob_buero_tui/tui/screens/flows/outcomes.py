"""The other ways a request may go: handed over, put off, moved, withdrawn, and what its kind has besides."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.when_values import end_on
from ob_buero_tui.rules.workdays import DayKind, shift
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests import moving, outcomes, voting
from ob_buero_tui.services.requests.accepting import propose
from ob_buero_tui.services.requests.moving import Moving
from ob_buero_tui.services.requests.outcomes import ENDINGS, department_short
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.vorlage.selecting import present_votum
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.decided import ChooseAndDecide
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.votum import VotumDialog
from ob_buero_tui.tui.screens.flows import decide, deputy
from ob_buero_tui.tui.screens.flows.batch import Batch, Look
from ob_buero_tui.tui.screens.flows.dates import ask_day, ask_when
from ob_buero_tui.tui.screens.flows.departments import ask_department

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.inbox import InboxScreen

FINAL, BACK, OTHER_DAY = "endgültig", "zurück", "anderer"
KEPT = "Ohne Votum gewählt: Jeder markierte Eingang behält seines. Einzeln lässt es sich wegnehmen."
SINGLE = "Verschieben geht nur einzeln. Heben Sie mit - die Markierung auf."


async def hand_over(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask for the department and until when it is to report back."""
    to = await ask_department(screen, f"{batch.name} abgeben an welches Amt?", other=True)
    if not to:
        return None
    whom, form = department_short(screen.place, to), f"hand-over:request:{batch.ids[0]}"
    until = shift(
        office_calendar(screen.place),
        screen.place.today,
        screen.place.catalog.figures.get("abgabe_rueckmeldung", 10),
        DayKind.ARBEITSTAGE,
    )
    dialog = ChooseAndDecide(
        screen.place,
        f"{batch.name} an {whom}: mit Rückmeldung?",
        [
            Choice(key=BACK, label="Rückmeldung erbeten bis", hint=long_date(until)),
            Choice(key=OTHER_DAY, label="Rückmeldung bis zu einem anderen Tag …"),
            Choice(key=FINAL, label="ohne Rückmeldung, für uns abgeschlossen"),
        ],
        current=BACK,
        remark="Was das Amt tun soll",
        draft=(screen.place, form),
        votum=_votum(screen, batch),
    )
    chosen = await screen.app.push_screen_wait(dialog)
    if chosen is None:
        return None
    day = until if chosen == BACK else None
    if chosen == OTHER_DAY:
        day = await ask_day(screen, f"{batch.name}: Rückmeldung von {whom} bis", future=True)
        if day is None:
            return None
    text, decision = dialog.remark, dialog.decision
    done = await screen.carry_out(
        lambda place, ids: outcomes.hand_over(place, ids, to, day, text, decision),
        batch,
        Look(verb="hand_over", doing="abgeben"),
    )
    return _through(screen, done, form)


async def move_date(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask for the new date; the request is decided anew."""
    if batch.many:
        screen.notify(SINGLE)
        return None
    proposal = propose(screen.place, batch.ids[0])
    event = proposal.plan.event
    present = (
        f"Bisher {long_date(event.start.date())} {clock(event.start)}." if event else "Bisher ohne Datum."
    )
    found = await ask_when(
        screen,
        f"{batch.name} verschieben: neuer Termin",
        text=f"{present} Ohne Uhrzeit bleibt die bisherige; danach wird neu entschieden.",
    )
    if found is None:
        return None
    at = found.start or (event.start.time() if event else None)
    if at is None:
        screen.notify("Es fehlt die Uhrzeit, zum Beispiel „12.12. 14 Uhr“.", severity="warning")
        return None
    wanted = Moving(
        request_id=batch.ids[0],
        version=proposal.plan.version,
        start=datetime.combine(found.day, at),
        end=end_on(found.day, found.end) if found.end else None,
    )
    return await screen.desk.act(lambda place: moving.move_request(place, wanted))


async def postpone(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask until when the decision is put off."""
    days = screen.place.catalog.figures.get("wiedervorlage", 5)
    due = shift(office_calendar(screen.place), screen.place.today, days, DayKind.ARBEITSTAGE)
    form = f"postpone:request:{batch.ids[0]}"
    dialog = ChooseAndDecide(
        screen.place,
        f"{batch.name} vertagen",
        [
            Choice(key=BACK, label="bis", hint=long_date(due)),
            Choice(key=OTHER_DAY, label="bis zu einem anderen Tag …"),
        ],
        remark="Warum, für die Akte",
        draft=(screen.place, form),
        votum=_votum(screen, batch),
    )
    chosen = await screen.app.push_screen_wait(dialog)
    day = due if chosen == BACK else None
    if chosen == OTHER_DAY:
        day = await ask_day(screen, f"{batch.name} vertagen bis", future=True)
    if day is None:
        return None
    until, text, decision = day, dialog.remark, dialog.decision
    done = await screen.carry_out(
        lambda place, ids: outcomes.postpone(place, ids, until, text, decision),
        batch,
        Look(verb="postpone", doing="vertagen"),
    )
    return _through(screen, done, form)


async def other_outcome(screen: InboxScreen, batch: Batch) -> Done | None:
    """Every outcome by its digit: those with a key of their own, those of the kind, those from outside."""
    own = _own_outcomes(screen, batch)
    choices = [
        Choice(key="zusage", label="Zusage: OB nimmt selbst teil …", hint="a"),
        Choice(key="vertretung", label="Vertretung …", hint="v"),
        Choice(key="absage", label="Absage …", hint="n"),
        Choice(key="abgabe", label="Abgabe an ein Amt …", hint="Z"),
        Choice(key="vertagung", label="Vertagung …"),
        Choice(key="rueckzug", label="Rückzug: die anfragende Stelle zieht zurück"),
        Choice(key="verschiebung", label="Verschiebung auf einen anderen Termin …", hint="m"),
        Choice(key="ausfall", label="Ausfall: die Veranstaltung fällt aus"),
        Choice(key="verfristung", label="Verfristet: die Frist ist verstrichen"),
        *(Choice(key=key, label=label) for key, label in own.items()),
    ]
    chosen = await screen.app.push_screen_wait(Choose(f"{batch.name}: welcher Ausgang?", choices))
    if chosen is None:
        return None
    if chosen in ENDINGS:
        return await _end(screen, batch, chosen)
    if chosen in own:
        return await _interim(screen, batch, chosen, own[chosen])
    flows = {
        "zusage": decide.accept_self,
        "vertretung": deputy.deputize,
        "absage": decide.turn_down,
        "abgabe": hand_over,
        "vertagung": postpone,
        "verschiebung": move_date,
    }
    return await flows[chosen](screen, batch)


async def _interim(screen: InboxScreen, batch: Batch, outcome: str, label: str) -> Done | None:
    """An answer that takes longer: until when."""
    place = screen.place
    due = outcomes.usual_return(place.catalog.figures, office_calendar(place), place.today)
    choices = [
        Choice(key=BACK, label="wieder vorlegen am", hint=long_date(due)),
        Choice(key=OTHER_DAY, label="an einem anderen Tag …"),
    ]
    chosen = await screen.app.push_screen_wait(
        Choose(f"{batch.name}: {label}, bis wann?", choices, current=BACK)
    )
    day = due if chosen == BACK else None
    if chosen == OTHER_DAY:
        day = await ask_day(screen, f"{batch.name}: {label}, wieder vorlegen am", future=True)
    if day is None:
        return None
    until = day
    return await screen.carry_out(
        lambda place, ids: outcomes.record_outcome(place, ids, outcome, until),
        batch,
        Look(verb="record_outcome", doing="eintragen"),
    )


async def vote(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask for the Votum and its reason."""
    form = f"votum:request:{batch.ids[0]}"
    present = present_votum(screen.place, batch.ids[0]) if not batch.many else ("", "")
    dialog = VotumDialog(
        f"{batch.name}: Votum der Büroleitung",
        votum=present[0],
        text=present[1],
        draft=(screen.place, form),
    )
    answer = await screen.app.push_screen_wait(dialog)
    if answer is None:
        return None
    votum, text = answer
    if batch.many and not votum:
        screen.notify(KEPT)
        return None
    done = await screen.carry_out(
        lambda place, ids: voting.set_votum(place, ids, votum, text),
        batch,
        Look(verb="set_votum", doing="mit dem Votum versehen"),
    )
    return _through(screen, done, form)


def _through(screen: InboxScreen, done: Done | None, form: str) -> Done | None:
    """Drop the draft of what is done."""
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def _end(screen: InboxScreen, batch: Batch, outcome: str) -> Done | None:
    text = await screen.app.push_screen_wait(
        PromptLine(
            f"{batch.name}: {ENDINGS[outcome].label}",
            text="Ein Satz für die Akte, darf leer bleiben. Zugesagtes wird abgesagt, u nimmt es zurück.",
        )
    )
    if text is None:
        return None
    said = text
    return await screen.carry_out(
        lambda place, ids: outcomes.end_request(place, ids, outcome, said),
        batch,
        Look(verb=outcome, doing="abschließen"),
    )


def _own_outcomes(screen: InboxScreen, batch: Batch) -> dict[str, str]:
    """What makes one wait: a Zwischenbescheid for every kind, and what the kind calls so."""
    usual = {outcomes.ZWISCHENBESCHEID: outcomes.ZWISCHENBESCHEID_LABEL}
    if batch.many:
        return usual
    kind = screen.place.catalog.kinds.get(record(screen.place, batch.ids[0]).kind)
    found = kind.outcomes if kind is not None else ()
    return usual | {one.key: one.label for one in found if one.state is RequestState.WARTET}


def _votum(screen: InboxScreen, batch: Batch) -> str:
    return "" if batch.many else record(screen.place, batch.ids[0]).votum
