"""Beside a year's plan: the date under the cursor with what it costs, its round, and the plan as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ob_buero_tui.rules.german import clock, date_range, iso_week, long_date, number, plural, short_date
from ob_buero_tui.rules.plan_typed import weekdays_words
from ob_buero_tui.rules.year_plan import SchoolDays
from ob_buero_tui.services.council.planning_views import CompareView, DateView, PatternView, PlanView
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, fit, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import block, pair
from ob_buero_tui.tui.widgets.plan_rows import light

POINTS = 5
SCHOOL = {
    SchoolDays.NIE: "Schulferien bleiben frei",
    SchoolDays.UNGERN: "in den Schulferien nur ungern",
    SchoolDays.EGAL: "Schulferien zählen nicht",
}


def date_lines(view: DateView, plan: PlanView, width: int) -> list[Line]:
    """A slot as lines for a width in cells; its texts are cleaned here."""
    sign, word, tone = light(view)
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(view.organization), width)]
    lines.append(())
    if view.start is not None:
        until = f"–{clock(view.end)}" if view.end else ""
        when = (
            f"{long_date(view.start.date())}, {clock(view.start)}{until} · KW {iso_week(view.start.date())}"
        )
        lines += pair("Termin", when, width, "strong")
    lines += pair("Runde", _round(view.round, plan), width)
    lines += pair("Raum", line(view.room), width)
    stand = f"{sign} {word}" + (", von Hand gesetzt" if view.fixed and view.start else "")
    stand += ", ist schon eine Sitzung" if view.held and plan.draft else ""
    lines += pair("Stand", stand, width, tone)
    lines += pair("Anmerkung", line(view.note), width)
    lines += block("! Das verletzt eine Regel", "error", view.breaks, width)
    if view.compromises:
        lines += [(), (("Was dieser Termin kostet", "strong"),)]
        dear = sorted(view.compromises, key=lambda one: -one.cost)
        lines += _costs(((one.cost, one.text) for one in dear), width)
    return lines


def _costs(found: Iterable[tuple[int, str]], width: int) -> list[Line]:
    """Points at the left, what they are for beside them."""
    lines: list[Line] = []
    for cost, text in found:
        first, *rest = wrap(line(text), max(1, width - POINTS - 2)) or [""]
        lines.append(((f"{number(cost):>{POINTS}}  ", "warning"), (first, "")))
        lines += [((" " * (POINTS + 2) + part, ""),) for part in rest]
    return lines


def _round(of: int, plan: PlanView) -> str:
    found = next((one for one in plan.rounds if one.number == of), None)
    if found is None:
        return "außerhalb der Runden"
    return f"{of} von {len(plan.rounds)}, {date_range(found.first, found.last)}"


def _neighbours(view: DateView, plan: PlanView, width: int) -> list[Line]:
    """The bodies of the same round by time: one sees the way from the committees to the council."""
    others = sorted(
        (one.start, one.organization, one.id)
        for one in plan.dates
        if one.round == view.round and one.start is not None
    )
    if len(others) < 2:
        return []
    lines: list[Line] = [(), (("Diese Runde", "strong"),)]
    for start, name, key in others:
        here = key == view.id
        text = f"{'▸' if here else ' '} {short_date(start.date(), aligned=True)} {clock(start)}  "
        shown = fit(line(name, limit=120), max(1, width - len(text)))
        lines.append(((text, "accent" if here else "quiet"), (shown, "strong" if here else "")))
    return lines


def plan_lines(plan: PlanView, width: int) -> list[Line]:
    """The plan as a whole: contradictions first, then what it costs, and whether that is proven."""
    lines: list[Line] = []
    if plan.contradiction:
        lines += [(("! Diese Regeln gehen nicht zusammen", "error"),)]
        for place, text in enumerate(plan.contradiction, start=1):
            first, *rest = wrap(line(text), max(1, width - 4)) or [""]
            lines += [((f"  {place} ", "error"), (first, "")), *((("    " + part, ""),) for part in rest)]
        told = "Ändern Sie eine davon: b die Vorgaben, m oder a einen Termin, dann R."
        lines += [((part, "quiet"),) for part in wrap(told, width)]
        lines.append(())
    dates = [one for one in plan.dates if one.start is not None]
    open_ = sum(one.start is None and not one.left_out for one in plan.dates)
    stand = sum(one.held for one in dates) if plan.draft else 0
    held = f"{stand} schon angesetzt, " if stand else ""
    told = f"{plural(len(dates), 'Termin', 'Termine')}, {held}{sum(one.fixed for one in dates)} fest"
    lines += [((f"Der ganze Plan: {number(plan.cost)} Punkte", "strong"),)]
    lines += [((part, ""),) for part in wrap(told + (f", {open_} ohne Termin" if open_ else ""), width)]
    lines += [((part, "quiet"),) for part in wrap(f"{_proof(plan)} {SCHOOL[plan.school]}.", width)]
    lines += _costs(((one.cost, f"{one.label}, {one.count}-mal") for one in plan.costs if one.count), width)
    return lines


def _proof(plan: PlanView) -> str:
    if plan.changed:
        return "Seit dem Rechnen geändert: R rechnet neu."
    if plan.contradiction:
        return "Es fehlt ein Plan, der alle Regeln hält."
    return "Günstiger geht es nicht (bewiesen)." if plan.proven else "Vielleicht geht es günstiger."


def pattern_lines(view: PatternView, width: int) -> list[Line]:
    """A body's habits as lines."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(view.organization), width)]
    lines.append(())
    lines += pair("Wochentag", weekdays_words(view.weekdays) or "! fehlt noch", width)
    lines += pair("Beginn", clock(view.start) if view.start else "! fehlt noch", width)
    lines += pair("Dauer", f"{view.duration_min} Min.", width)
    lines += pair("Raum", line(view.room) or "keiner", width)
    step = f"Stufe {view.step} der Beratungsfolge" if view.step else "außerhalb der Beratungsfolge"
    lines += pair("Folge", step, width)
    lines += pair("Runden", ", ".join(map(str, view.rounds)) or "alle", width)
    lines += pair("Abstand", f"{view.gap_days} Tage nach der Stufe davor", width)
    lines += pair("Pause", f"{view.pause_days} Tage zwischen zwei Sitzungen", width)
    lines += pair("Mitglieder", str(view.members or "keine eingetragen"), width)
    lines += pair("Geplant", "ja" if view.planned else "nein, ohne Termine", width)
    lines += pair("Anmerkung", line(view.note), width)
    seen = plural(view.seen, "früheren Sitzung", "früheren Sitzungen")
    told = f"Abgelesen aus {seen}; b legt es fest." if view.derived else "Festgelegt. b ändert es."
    return [*lines, (), *(((part, "quiet"),) for part in wrap(told, width))]


def compare_lines(view: CompareView, width: int) -> list[Line]:
    """What sets two plans apart, and the points of each side by side."""
    told = (
        f"{view.first} und {view.second} unterscheiden sich in {plural(view.differing, 'Termin', 'Terminen')}"
    )
    lines: list[Line] = [((part, ""),) for part in wrap(f"{told} ({view.percent} %).", width)]
    name = max(1, width - 2 * (POINTS + 4))
    heads = [
        fit(text, POINTS + 4) for text in (f"{view.first:>{POINTS + 3}}", f"{view.second:>{POINTS + 3}}")
    ]
    lines += [(), ((fit("Kompromisse", name), "strong"), ("".join(heads), "strong"))]
    rows = [*view.costs, ("zusammen", sum(one[1] for one in view.costs), sum(one[2] for one in view.costs))]
    for text, first, second in rows:
        points = "".join(f"{number(cost):>{POINTS + 3}} " for cost in (first, second))
        tone = "strong" if text == "zusammen" else ""
        lines.append(
            ((fit(line(text), name), tone), (points, tone or ("warning" if first != second else "quiet")))
        )
    return lines


class PlanPanel(LinesView):
    """The panel beside the list of a plan."""

    DEFAULT_CSS = """
    PlanPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    def show_date(self, view: DateView | None, plan: PlanView) -> None:
        """Show a slot, and below it the plan; a contradiction comes first."""
        self.border_title = label(f"Runde {view.round}" if view is not None and view.round else "Plan")

        def build(width: int) -> list[Line]:
            whole = plan_lines(plan, width)
            if view is None:
                return whole
            own = date_lines(view, plan, width)
            parts = (whole, own) if plan.contradiction else (own, whole)
            return [*parts[0], (), *parts[1], *_neighbours(view, plan, width)]

        self.show(build)

    def show_pattern(self, view: PatternView) -> None:
        """Show a body's habits."""
        self.border_title = label("Vorgaben")
        self.show(partial(pattern_lines, view))

    def show_compared(self, view: CompareView) -> None:
        """Show what sets two plans apart."""
        self.border_title = label("Vergleich")
        self.show(partial(compare_lines, view), keep_place=True)

    def tell(self, text: str) -> None:
        """Say a calm sentence where there is nothing to show."""
        self.border_title = ""
        self.show(lambda width: [(), *(((part, "quiet"),) for part in wrap(line(text), width))])
