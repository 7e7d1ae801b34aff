"""An agenda on paper: public, with general terms, or in full; as text and as a PDF file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ob_buero_tui.exchange.typst_pdf import make_pdf
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import OUTSIDE, Audience
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.views import AgendaRow
from ob_buero_tui.services.new_file import AT_MOST, write_new
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.workplace import Workplace

TEMPLATE = "tagesordnung.typ"
FOLDER = "tagesordnungen"
FULL = "nichtöffentlich – nur für die Mitglieder und den Dienstgebrauch"
PARTS = ((True, "I. Öffentlicher Teil"), (False, "II. Nichtöffentlicher Teil"))


def default_folder(place: Workplace) -> Path:
    """Where agendas are written unless another folder is chosen."""
    return place.out_folder / FOLDER


def agenda_paper(
    place: Workplace, meeting_id: int, office: str, audience: Audience = Audience.PUBLIC
) -> dict[str, Any]:
    """What stands on a session's agenda for an audience.

    Args:
        office: What the office calls itself.
        audience: For press and public the items of the non-public part are told by their general terms.

    Raises:
        Refusal: there is no such session for this audience, or nothing stands on its agenda.
    """
    view = meeting(place, meeting_id, audience)
    outside = audience in OUTSIDE
    if not view.agenda:
        raise Refusal("Es gibt nichts zu drucken.", "Auf dieser Tagesordnung steht noch nichts.")
    row, now = view.row, place.now
    start = row.start
    return {
        "title": "Tagesordnung",
        "body": " und ".join(clean(name) for name in view.organizations) or clean(row.name),
        "name": clean(row.name) if row.name not in view.organizations else "",
        "when": f"{long_date(start.date())}, {clock(start)} Uhr" if start else "Tag noch offen",
        "place": clean(row.place),
        "caution": "" if outside else FULL,
        "cancelled": row.cancelled,
        "office": office,
        "stem": f"tagesordnung-{start.date().isoformat() if start else meeting_id}"
        + ("-oeffentlich" if outside else "-vollstaendig"),
        "printed": f"{long_date(now.date())} {clock(now)}",
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "parts": [
            {
                "heading": heading,
                "items": [_item(one, outside=outside) for one in view.agenda if _in(one, public)],
            }
            for public, heading in PARTS
            if any(_in(one, public) for one in view.agenda)
        ],
    }


def agenda_text(data: Mapping[str, Any]) -> str:
    """The agenda as text, as it would be printed."""
    head = (data["caution"], f"{data['title']} · {data['body']}", data["name"], data["when"], data["place"])
    lines = [str(one) for one in head if one]
    if data["cancelled"]:
        lines.append("Die Sitzung ist abgesagt.")
    for part in data["parts"]:
        lines += ["", str(part["heading"])]
        for one in part["items"]:
            indent = "  " * one["level"]
            lines.append(f"{indent}{one['number']:<6} {one['title']}")
            lines += [f"{indent}{' ' * 7}{note}" for note in one["notes"]]
    return "\n".join(lines)


def write_pdf(place: Workplace, data: Mapping[str, Any], folder: Path) -> Path:
    """Write the agenda as a PDF file; a file that is there is never replaced.

    Raises:
        Refusal: the library for PDF files is missing, the template is wrong, or the folder cannot be written.
    """
    what = "Die Tagesordnung wurde nicht gedruckt."
    made = make_pdf(template_of(place.catalog, TEMPLATE, what), data, at=place.clock())
    try:
        path = write_new(folder, str(data["stem"]), ".pdf", made, place.attachments.file_mode)
    except OSError as error:
        told = f"In den Ordner „{clean(str(folder))}“ lässt sich nicht schreiben."
        raise Refusal(what, told, "Wählen Sie einen anderen Ordner.") from error
    if path is None:
        told = f"Im Ordner „{clean(str(folder))}“ liegen schon {AT_MOST} Fassungen."
        raise Refusal(what, told, "Räumen Sie den Ordner auf, oder wählen Sie einen anderen.")
    return path


def _in(one: AgendaRow, public: bool) -> bool:
    return (one.public is not False) is public


def _item(one: AgendaRow, *, outside: bool) -> dict[str, Any]:
    notes = [
        " · ".join(part for part in (clean(one.paper_reference), clean(one.role)) if part),
        f"Ergebnis: {clean(one.result)}" if one.result else "",
        "Nachtrag" + (f": {clean(one.late_note)}" if one.late_note and not outside else "")
        if one.late
        else "",
        "abgesetzt" + (f": {clean(one.withdrawn_note)}" if one.withdrawn_note and not outside else "")
        if one.withdrawn
        else "",
        f"öffentlich genannt: {clean(one.general_name)}" if one.general_name and not outside else "",
    ]
    return {
        "number": clean(one.number),
        "title": clean(one.name, limit=1000),
        "level": one.level,
        "withdrawn": one.withdrawn,
        "notes": [note for note in notes if note],
    }
