"""A year's plan as text, as tables for a spreadsheet, and as a PDF file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, iso_week, long_date, number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.plan_paper import PaperDate, PlanPaper, remark_lines
from ob_buero_tui.services.new_file import AT_MOST, write_new
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.workplace import Workplace

if TYPE_CHECKING:
    from ob_buero_tui.exchange.xlsx_out import SheetOut

TEMPLATE = "jahresplan.typ"
FOLDER = "sitzungsplan"
ENDINGS = (".pdf", ".xlsx", ".txt")
_WHAT = "Der Sitzungsplan wurde nicht geschrieben."


def default_folder(place: Workplace) -> Path:
    """Where plans are written unless another folder is chosen."""
    return place.out_folder / FOLDER


def plan_text(paper: PlanPaper) -> str:
    """The plan as text, to read and to paste into a paper of the council."""
    lines = [paper.caution] if paper.caution else []
    lines += [paper.office, f"{paper.title} · {paper.subtitle}"]
    names = max((len(one.organization) for one in paper.dates), default=0)
    times = max((len(one.time) for one in paper.dates), default=0)
    for each in paper.rounds:
        lines += ["", each.title] if each.dates else []
        for one in each.dates:
            cells = f"  {long_date(one.start.date())}  {one.time:{times}}  {one.organization:{names}}"
            lines.append(f"{cells}  {one.room}{'  fest' if one.fixed else ''}".rstrip())
    lines += ["", "Nach Gremien"]
    lines += [f"  {name:{names}}  {', '.join(filter(None, days))}".rstrip() for name, days in paper.lanes]
    for heading, texts in _sections(paper):
        lines += ["", heading, *(f"  {text}" for text in texts)]
    return "\n".join(lines)


def plan_sheets(paper: PlanPaper) -> tuple[SheetOut, ...]:
    """The plan as sheets: the dates by time, the bodies by rounds, and for the office what it costs."""
    from ob_buero_tui.exchange.xlsx_out import SheetOut

    notes = tuple(filter(None, (paper.subtitle, paper.office, paper.caution)))
    heads = ("Datum", "KW", "Beginn", "Ende", "Gremium", "Raum", "Runde")
    dates = SheetOut(
        name="Termine",
        title=paper.title,
        notes=notes,
        headings=(*heads, "fest", "Anmerkung") if paper.inside else heads,
        rows=tuple(_cells(one, inside=paper.inside) for one in paper.dates),
        widths=(16, 5, 8, 8, 34, 22, 7, *((6, 60) if paper.inside else ())),
    )
    rounds = [one for one in paper.rounds if one.number]
    lanes = SheetOut(
        name="Gremien",
        title=paper.title,
        notes=notes,
        headings=("Gremium", *(f"{one.number}. Folge" for one in rounds)),
        rows=tuple((name, *days) for name, days in paper.lanes),
        widths=(34, *(12 for _ in rounds)),
    )
    sections = _sections(paper)
    if not sections:
        return dates, lanes
    told = SheetOut(
        name="Bewertung",
        title=f"{paper.title}: Bewertung",
        notes=notes,
        headings=("Was", "Im Einzelnen"),
        rows=tuple((heading, text) for heading, texts in sections for text in texts),
        widths=(28, 110),
    )
    return dates, lanes, told


def plan_data(paper: PlanPaper) -> Mapping[str, Any]:
    """What the template is given: texts only, so that it decides on nothing."""
    now = paper.printed
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "caution": paper.caution,
        "office": paper.office,
        "printed": f"{long_date(now.date())} {clock(now)}",
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "rounds": [
            {
                "title": each.title,
                "rows": [
                    [long_date(one.start.date()), one.time, one.organization, one.room] for one in each.dates
                ],
            }
            for each in paper.rounds
            if each.dates
        ],
        "heads": [f"{one.number}." for one in paper.rounds if one.number],
        "lanes": [[name, *days] for name, days in paper.lanes],
        "sections": [{"title": heading, "lines": list(texts)} for heading, texts in _sections(paper)],
    }


def plan_bytes(place: Workplace, paper: PlanPaper, ending: str) -> bytes:
    """The plan as the bytes of a file.

    Args:
        ending: `.pdf`, `.xlsx` or `.txt`.

    Raises:
        Refusal: a library or the template is missing, or the ending is none of these.
    """
    if ending == ".txt":
        return (plan_text(paper) + "\n").encode()
    if ending == ".xlsx":
        from ob_buero_tui.exchange.xlsx_out import write_book

        return write_book(plan_sheets(paper), title=paper.title, at=place.clock())
    if ending != ".pdf":
        raise Refusal(_WHAT, f"„{clean(ending)}“ gibt es dafür nicht.", "Möglich sind .pdf, .xlsx und .txt.")
    from ob_buero_tui.exchange.typst_pdf import make_pdf

    return make_pdf(template_of(place.catalog, TEMPLATE, _WHAT), plan_data(paper), at=place.clock())


def write_plan(place: Workplace, paper: PlanPaper, ending: str, folder: Path) -> Path:
    """Write the plan as a file of its own; one that is there already is never replaced.

    Raises:
        Refusal: as `plan_bytes`, or the folder cannot be written.
    """
    made = plan_bytes(place, paper, ending)
    try:
        path = write_new(folder, paper.stem, ending, made, place.attachments.file_mode)
    except OSError as error:
        raise Refusal(
            _WHAT,
            f"In den Ordner „{clean(str(folder))}“ lässt sich nicht schreiben.",
            "Wählen Sie einen anderen Ordner.",
        ) from error
    if path is None:
        raise Refusal(
            _WHAT,
            f"Im Ordner „{clean(str(folder))}“ liegen schon {AT_MOST} Fassungen.",
            "Räumen Sie den Ordner auf, oder wählen Sie einen anderen.",
        )
    return path


def _cells(one: PaperDate, *, inside: bool) -> tuple[Any, ...]:
    day = one.start.date()
    end = one.end.time() if one.end is not None else None
    told = (day, iso_week(day), one.start.time(), end, one.organization, one.room, one.round or None)
    return (*told, "ja" if one.fixed else "", one.remark) if inside else told


def _sections(paper: PlanPaper) -> list[tuple[str, tuple[str, ...]]]:
    """What only the office reads: contradictions, slots without a date, what the plan costs and where."""
    costs = tuple(f"{label}: {count}-mal, {number(cost)} Punkte" for label, count, cost in paper.costs)
    found = (
        ("Diese Regeln widersprechen sich", paper.contradiction),
        ("Ohne Termin", paper.missing),
        (f"Kompromisse: {number(paper.cost)} Punkte", costs),
        ("Im Einzelnen", remark_lines(paper)),
    )
    return [(heading, texts) for heading, texts in found if texts]
