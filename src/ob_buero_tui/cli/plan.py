"""`plan`: the plans of a year listed, shown, computed, and written as a file for the council."""

from __future__ import annotations

import logging
from argparse import Namespace
from typing import Any

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.outfile import STDOUT, refuse_unwritable, write_whole
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import complain, print_json, print_table, say
from ob_buero_tui.config import database_file
from ob_buero_tui.office import Office
from ob_buero_tui.rules.german import iso_week, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.rules.year_plan import SchoolDays
from ob_buero_tui.services.council import planning
from ob_buero_tui.services.council.plan_outputs import ENDINGS, plan_bytes
from ob_buero_tui.services.council.plan_paper import PlanPaper, plan_paper
from ob_buero_tui.services.council.planning_views import PlanLine

LOG = logging.getLogger(__name__)
PLANS = ("Jahr", "Variante", "Stand", "Termine", "fest", "ohne Termin", "Punkte", "")
DATES = ("Datum", "KW", "Zeit", "Gremium", "Raum", "Runde", "", "Anmerkung")


def run_plan(options: Namespace) -> int:
    """Do what is asked for with the plans of a year."""
    if options.action == "export":
        _refuse_nonsense(options)
    if options.action != "list" and options.year is None:
        wrong_use(f"Zu „plan {options.action}“ gehört ein Jahr, etwa 2027.")
    with opened(options) as office:
        return _ACTIONS[options.action](options, office)


def _refuse_nonsense(options: Namespace) -> None:
    if options.output is None:
        wrong_use("Zu „plan export“ gehört eine Datei: -o sitzungsplan.pdf.")
    if options.output != STDOUT and options.output.suffix.casefold() not in ENDINGS:
        wrong_use("Die Endung hinter -o sagt, was geschrieben wird: .pdf, .xlsx oder .txt.")


def _list(options: Namespace, office: Office) -> int:
    found = planning.plans(office.place, options.year)
    inside = audience_of(options, office) is Audience.INTERN
    if options.json:
        print_json([_line_shape(one, inside=inside) for one in found])
    elif not found:
        say("Noch ist kein Jahr geplant. „ob-buero plan propose 2027“ rechnet Vorschläge.")
    else:
        print_table(PLANS, [_line(one, inside=inside) for one in found])
    return 0


def _line(one: PlanLine, *, inside: bool) -> tuple[str, ...]:
    """A plan as a row; how it came about is told to the office alone."""
    counts = (one.dates, one.fixed, one.open, one.cost) if inside else ("",) * 4
    told = "! Die Regeln widersprechen sich" if one.collides and inside else ""
    return (str(one.year), one.variant, one.state_label, *map(str, counts), told)


def _line_shape(one: PlanLine, *, inside: bool) -> dict[str, Any]:
    """A plan with stable keys; outside without the counts, which tell of bodies that are told to nobody."""
    told = {"id": str(one.id), "year": one.year, "variant": one.variant, "state": one.state}
    if not inside:
        return told
    return told | {
        "dates": one.dates,
        "fixed": one.fixed,
        "open": one.open,
        "cost": one.cost,
        "collides": one.collides,
    }


def _show(options: Namespace, office: Office) -> int:
    plan = _wanted(options, office)
    paper = plan_paper(office.place, plan.id, office.settings.office_name, audience_of(options, office))
    if options.json:
        print_json(_line_shape(plan, inside=paper.inside) | _paper_shape(paper))
        return 0
    say(f"{paper.title} · {paper.subtitle}")
    for text in paper.contradiction:
        say(f"! {text}")
    rows = [
        (
            long_date(one.start.date()),
            str(iso_week(one.start.date())),
            one.time,
            one.organization,
            one.room,
            str(one.round or ""),
            "fest" if one.fixed else "",
            one.remark,
        )
        for one in paper.dates
    ]
    print_table(DATES, rows)
    return 0


def _paper_shape(paper: PlanPaper) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "meetings": [
            {
                "start": one.start.isoformat(timespec="minutes"),
                "end": one.end.isoformat(timespec="minutes") if one.end else None,
                "organization": one.organization,
                "room": one.room or None,
                "round": one.round or None,
            }
            | ({"fixed": one.fixed, "remark": one.remark or None} if paper.inside else {})
            for one in paper.dates
        ]
    }
    if paper.inside:
        shape["costs"] = [{"wish": label, "count": count, "cost": cost} for label, count, cost in paper.costs]
        shape["contradiction"] = list(paper.contradiction)
    return shape


def _propose(options: Namespace, office: Office) -> int:
    """Compute variants; returns 1 where the rules collide, with the reasons on stderr."""
    if office.place.read_only:
        raise Refusal("Es wurde nichts geplant.", "Die Datenbank ist nur zum Lesen geöffnet.")
    rounds = planning.proposed_rounds(office.place, options.year, options.rounds or 0)
    school = SchoolDays(options.school)
    planned = planning.propose(office.place, options.year, rounds, school=school, tell=_tell)
    if options.json:
        made = [one for one in planning.plans(office.place, options.year) if one.id in planned.plan_ids]
        print_json([_line_shape(one, inside=True) for one in made])
    else:
        say(f"{planned.text}.")
    for text in planned.contradiction:
        complain(f"! {text}")
    return 1 if planned.contradiction else 0


def _tell(stage: str) -> None:
    LOG.info("plan: %s", stage)


def _export(options: Namespace, office: Office) -> int:
    """Write a plan as a file; `-` takes the text."""
    audience = audience_of(options, office)
    refuse_unwritable(options.output, force=options.force, database=database_file(options.db))
    plan = _wanted(options, office)
    paper = plan_paper(office.place, plan.id, office.settings.office_name, audience)
    ending = ".txt" if options.output == STDOUT else options.output.suffix.casefold()
    write_whole(options.output, [plan_bytes(office.place, paper, ending)], force=options.force)
    where = "" if options.output == STDOUT else f"„{options.output}“: "
    told = f"{where}{plural(len(paper.dates), 'Termin', 'Termine')} geschrieben."
    if paper.left_out and audience is Audience.INTERN:
        told += f" Wegen Vertraulichkeit nicht dabei: {plural(paper.left_out, 'Gremium', 'Gremien')}."
    (complain if options.output == STDOUT else say)(told)
    LOG.setLevel(logging.INFO)
    LOG.info("plan export %s for %s: %d dates", ending, audience.value, len(paper.dates))
    return 0


def _wanted(options: Namespace, office: Office) -> PlanLine:
    """The plan of a year: of the variant that was asked for, else what was decided, else the first draft."""
    found = [one for one in planning.plans(office.place, options.year) if one.state != "verworfen"]
    wanted = (options.variant or "").casefold()
    fitting = [one for one in found if not wanted or one.variant.casefold() == wanted]
    if not fitting:
        known = ", ".join(one.variant for one in found)
        raise Refusal(
            f"Einen Plan {options.year} {options.variant or ''}".rstrip() + " gibt es nicht.",
            f"Es gibt {known}." if known else "",
            "" if known else f"„ob-buero plan propose {options.year}“ rechnet Vorschläge.",
        )
    return min(fitting, key=lambda one: (one.state != "beschlossen", one.variant))


_ACTIONS = {"list": _list, "show": _show, "propose": _propose, "export": _export}
