"""What planning a year asks: which year, which rounds, how the school holidays count; and deciding a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import date_range, plural
from ob_buero_tui.rules.plan_typed import parse_rounds, parse_year, rounds_text
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import Round, SchoolDays
from ob_buero_tui.services.council import planning, planning_verbs
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.council.planning_views import PlanView
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.plan_sheet import PlanSheet

SCHOOL = (
    Choice(key=SchoolDays.NIE.value, label="In den Schulferien tagt niemand"),
    Choice(
        key=SchoolDays.UNGERN.value, label="In den Schulferien nur, wenn es sonst nicht geht (kostet Punkte)"
    ),
    Choice(key=SchoolDays.EGAL.value, label="Die Schulferien zählen nicht"),
)
"""How the school holidays may count; the first is the usual answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A year to be planned."""

    year: int
    rounds: tuple[Round, ...]
    school: SchoolDays


async def new_year(screen: PlanSheet) -> Wanted | None:
    """Ask for the year, its rounds and the school holidays; Enter takes what is proposed."""
    typed = await screen.app.push_screen_wait(
        PromptLine(
            "Welches Jahr planen?",
            value=str(screen.place.today.year + 1),
            understand=_understood_year,
            text="Mit der Zahl der Sitzungsfolgen: 2027, 5 Runden",
            max_length=40,
        )
    )
    if typed is None:
        return None
    year, count = parse_year(typed)
    proposed = await screen.desk.patiently(
        lambda place: planning.proposed_rounds(place, year, count), long=True
    )
    rounds = await _ask_rounds(screen, year, proposed)
    if rounds is None:
        return None
    school = await _ask_school(screen, SchoolDays.NIE)
    return Wanted(year=year, rounds=rounds, school=school) if school is not None else None


async def edit_rounds(screen: PlanSheet, plan: PlanView) -> Done | None:
    """Ask for other rounds of a draft; the next computation keeps to them."""
    before = [Round(number=one.number, first=one.first, last=one.last) for one in plan.rounds]
    rounds = await _ask_rounds(screen, plan.year, before)
    if rounds is None:
        return None
    school = await _ask_school(screen, plan.school)
    if school is None:
        return None
    return await screen.desk.act(lambda place: planning_verbs.set_rounds(place, plan.id, rounds, school))


async def accept(screen: PlanSheet, plan: PlanView) -> Done | None:
    """Say what becomes of the plan, and make sessions of its dates."""
    dates = [one for one in plan.dates if one.start is not None]
    open_ = sum(one.start is None and not one.left_out for one in plan.dates)
    broken = [one for one in dates if one.breaks]
    fresh = [one for one in dates if not one.held]
    held = len(dates) - len(fresh)
    sentences = [
        f"{plural(len(fresh), 'Sitzung wird', 'Sitzungen werden')} angelegt, jede mit Termin im Kalender."
    ]
    if held:
        sentences.append(f"{plural(held, 'Termin ist schon eine Sitzung', 'Termine sind schon Sitzungen')}.")
    if open_:
        sentences.append(
            f"! {plural(open_, 'Gremium bleibt', 'Gremien bleiben')} in einer Runde ohne Termin."
        )
    for one in broken[:4]:
        sentences.append(f"! {one.organization}, Runde {one.round}: {one.breaks[0]}")
    sentences += (
        [f"! … und {len(broken) - 4} weitere Termine verletzen eine Regel."] if len(broken) > 4 else []
    )
    sentences.append("Alles ist ein Schritt: u nimmt ihn zurück.")
    question = Confirm(
        f"Den Plan {plan.year} {plan.variant} beschließen?",
        text="\n".join(sentences),
        yes="beschließen",
        enter_is_yes=not (open_ or broken),
    )
    if not dates:
        raise Refusal("Dieser Plan hat keinen Termin.", "", "R rechnet ihn.")
    if not await screen.app.push_screen_wait(question):
        return None
    seen = [(one.id, text) for one in broken if one.fixed for text in one.breaks]
    return await screen.desk.act(lambda place: planning_verbs.accept(place, plan.id, seen), long=True)


async def discard(screen: PlanSheet, plan: PlanView) -> Done | None:
    """Lay a draft aside; that can be taken back."""
    return await screen.desk.act(lambda place: planning_verbs.discard(place, plan.id))


async def _ask_rounds(
    screen: PlanSheet, year: int, proposed: tuple[Round, ...] | list[Round]
) -> tuple[Round, ...] | None:
    def understand(text: str) -> Understood:
        try:
            rounds = parse_rounds(text, year)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)
        told = (f"Runde {one.number}: {date_range(one.first, one.last)}, {_weeks(one)}" for one in rounds)
        return Understood("\n".join(told))

    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"Die Sitzungsfolgen {year}: von wann bis wann?",
            value=rounds_text(proposed),
            understand=understand,
            text="Vorgeschlagen sind die Zeiten zwischen den Schulferien. Mit Komma getrennt.",
        )
    )
    return parse_rounds(typed, year) if typed is not None else None


async def _ask_school(screen: PlanSheet, current: SchoolDays) -> SchoolDays | None:
    key = await screen.app.push_screen_wait(Choose("Und die Schulferien?", SCHOOL, current=current.value))
    return SchoolDays(key) if key is not None else None


def _understood_year(text: str) -> Understood:
    if not text.strip():
        return Understood("Zum Beispiel 2027 oder „2027, 5 Runden“.", ok=False)
    try:
        year, count = parse_year(text)
    except Refusal as refusal:
        return Understood(str(refusal), ok=False)
    return Understood(f"→ {year} in {plural(count, 'Runde', 'Runden')}" if count else f"→ {year}")


def _weeks(one: Round) -> str:
    return plural(((one.last - one.first).days + 7) // 7, "Woche", "Wochen")
