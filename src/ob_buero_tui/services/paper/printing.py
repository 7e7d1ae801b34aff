"""A sheet as a PDF file for this account alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.new_file import AT_MOST, write_new
from ob_buero_tui.services.paper.rows import lack_words
from ob_buero_tui.services.paper.views import Sheet, SheetRow
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.workplace import Workplace

FOLDER = "tagesmappe"
_WHAT = "Das Blatt wurde nicht gedruckt."


def default_folder(place: Workplace) -> Path:
    """Where sheets are written unless another folder is chosen."""
    return place.out_folder / FOLDER


def sheet_data(place: Workplace, sheet: Sheet, office: str) -> Mapping[str, Any]:
    """What a template is given: texts only, so that it decides on nothing.

    Args:
        office: What the office calls itself.
    """
    now = place.now
    return {
        "title": sheet.title,
        "summary": sheet.summary,
        "caution": sheet.caution,
        "office": office,
        "printed": f"{long_date(now.date())} {clock(now)}",
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "days": [
            {"title": one.title, "notes": list(one.notes), "rows": [_row(row) for row in one.rows]}
            for one in sheet.days
        ],
    }


def write_sheet(place: Workplace, sheet: Sheet, office: str, folder: Path) -> Path:
    """Write a sheet as a PDF file; one that is there already is never replaced.

    Raises:
        Refusal: the library for PDF files is missing, the template is wrong, or the folder cannot be written.
    """
    from ob_buero_tui.exchange.typst_pdf import make_pdf

    name = f"{sheet.kind.value}.typ"
    template = template_of(place.catalog, name, _WHAT)
    made = make_pdf(template, sheet_data(place, sheet, office), at=place.clock())
    try:
        path = write_new(folder, sheet.stem, ".pdf", made, place.attachments.file_mode)
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


def _row(row: SheetRow) -> dict[str, Any]:
    return {
        "time": row.time,
        "title": row.title,
        "place": row.place,
        "leave": row.leave,
        "back": row.back,
        "mark": row.mark,
        "facts": [list(fact) for fact in row.facts],
        "lacks": lack_words(row.lacks),
    }
