"""The report to a person about what the office holds of them (GDPR Art. 15): as text, JSON and PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.whole_text import pieces, whole
from ob_buero_tui.services.erasing.labels import label_of
from ob_buero_tui.services.erasing.reported import values_of
from ob_buero_tui.services.erasing.views import FileHit, Found, Hit
from ob_buero_tui.services.naming import MASKED, is_vertraulich
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.workplace import Workplace

TEMPLATE: Final = "auskunft.typ"
DECIDE: Final = "(vertraulich – vor der Herausgabe entscheiden)"
HINT: Final = (
    "Vor der Herausgabe prüfen: Was unter „Im Text genannt“ steht, kann eine andere Person gleichen Namens"
    " meinen, und Rechte anderer dürfen nicht beeinträchtigt werden (Art. 15 Abs. 4 DSGVO)."
    " Was als vertraulich bezeichnet ist, geht nur hinaus, wenn das Büro es entschieden hat."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """One record: its name, and its filled columns with their German labels."""

    title: str
    table: str
    row_id: int
    linked: bool
    fields: tuple[tuple[str, str, str], ...]
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    """The whole report.

    Args:
        linked: Records that lead to the person, in full.
        mentioned: Records in which the words stand, with what stands around them only.
        files: Files with the words in their name or in what can be read of them.
        unread: How many files nobody could look into; they are no part of it, as they may be anybody's.
    """

    name: str
    office: str
    made: datetime
    linked: tuple[ReportSection, ...]
    mentioned: tuple[ReportSection, ...]
    files: tuple[FileHit, ...]
    unread: int = 0

    @property
    def title(self) -> str:
        """The heading."""
        return f"Auskunft nach Art. 15 DSGVO: {self.name}"


def person_report(place: Workplace, found: Found, office: str) -> PersonReport:
    """Put together what was found.

    Args:
        office: What the office calls itself.
    """
    return PersonReport(
        name=found.name,
        office=office,
        made=place.now,
        linked=tuple(_section(place, hit) for hit in found.linked),
        mentioned=tuple(_section(place, hit) for hit in found.mentioned),
        files=tuple(one for one in found.files if not one.unread),
        unread=found.pictures + sum(one.unread for one in found.files),
    )


def report_text(report: PersonReport) -> str:
    """The report as text."""
    lines = [report.title, f"{report.office} · {_stamp(report)}", "", HINT]
    for heading, sections in _parts(report):
        lines += ["", f"{heading} ({len(sections)})"]
        for one in sections:
            lines += ["", f"  {one.title}{' (gelöscht, noch im Verlauf)' if one.gone else ''}"]
            for _, label, text in one.fields:
                first, *more = text.splitlines() or [""]
                lines += [f"    {label}: {first}", *(f"      {line}" for line in more)]
    lines += ["", f"Dateien ({len(report.files)})"]
    lines += [f"  {one.place}: {one.name} – {one.context}" for one in report.files]
    return "\n".join(whole(line, multiline=False) for line in lines)


def report_shape(report: PersonReport) -> dict[str, Any]:
    """The report for programs, with stable English keys."""
    return {
        "name": clean(report.name),
        "office": clean(report.office),
        "made_at": report.made.isoformat(timespec="minutes"),
        "linked": [_shape(one) for one in report.linked],
        "mentioned": [_shape(one) for one in report.mentioned],
        "files": [
            {"place": one.place, "name": one.name, "sha256": one.digest, "context": one.context}
            for one in report.files
        ],
    }


def _shape(one: ReportSection) -> dict[str, Any]:
    return {
        "table": one.table,
        "id": str(one.row_id),
        "title": clean(one.title),
        "deleted": one.gone,
        "fields": [{"column": name, "label": label, "text": text} for name, label, text in one.fields],
    }


def report_file(place: Workplace, report: PersonReport, ending: str) -> bytes:
    """The report as the bytes of a file.

    Args:
        ending: `.pdf`, `.json`, or anything else for text.

    Raises:
        Refusal: as `report_pdf`.
    """
    if ending == ".pdf":
        return report_pdf(place, report)
    if ending == ".json":
        return f"{json.dumps(report_shape(report), ensure_ascii=False, indent=2)}\n".encode()
    return f"{report_text(report)}\n".encode()


def report_pdf(place: Workplace, report: PersonReport) -> bytes:
    """The report as a PDF file.

    Raises:
        Refusal: the extra for PDF files is not installed, or the template is missing.
    """
    from ob_buero_tui.exchange.typst_pdf import make_pdf

    template = template_of(place.catalog, TEMPLATE, "Die Auskunft wurde nicht als PDF geschrieben.")
    return make_pdf(template, _data(report), at=place.clock())


def _data(report: PersonReport) -> Mapping[str, Any]:
    now = report.made
    return {
        "title": report.title,
        "office": report.office,
        "hint": HINT,
        "printed": _stamp(report),
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "parts": [
            {
                "title": f"{heading} ({len(sections)})",
                "records": [
                    {"title": one.title, "rows": [row for each in one.fields for row in _rows(each)]}
                    for one in sections
                ],
            }
            for heading, sections in _parts(report)
        ],
        "files": [f"{one.place}: {one.name}" for one in report.files],
    }


def _rows(field: tuple[str, str, str]) -> list[list[str]]:
    """The rows of a table for one field; a long text goes over several, and none of it is cut."""
    return [[field[1] if number == 0 else "", part] for number, part in enumerate(pieces(field[2]))]


def _parts(report: PersonReport) -> tuple[tuple[str, tuple[ReportSection, ...]], ...]:
    return (("Datensätze der Person", report.linked), ("Im Text genannt", report.mentioned))


def _stamp(report: PersonReport) -> str:
    return f"Stand {long_date(report.made.date())} {clock(report.made)}"


def _section(place: Workplace, hit: Hit) -> ReportSection:
    with place.reading() as session:
        decide = is_vertraulich(session.connection(), hit.table, hit.row_id)
    return ReportSection(
        title=f"{hit.record} {DECIDE}" if decide else hit.record,
        table=hit.table,
        row_id=hit.row_id,
        linked=hit.whole,
        fields=_fields(place, hit),
        gone=hit.gone,
    )


def _fields(place: Workplace, hit: Hit) -> tuple[tuple[str, str, str], ...]:
    if hit.context == MASKED:
        return (("", "Inhalt", "persönlich; der Platz, dem es gehört, ergänzt die Auskunft"),)
    if not hit.whole:
        names = ", ".join(label_of(name) for name in hit.columns) or "Verweis"
        return ((",".join(hit.columns), names, hit.context),)
    with place.reading() as session:
        found = tuple(
            (name, label, whole(text))
            for name, label, text in values_of(place, session.connection(), *hit.key)
        )
    return found or (("", "Inhalt", hit.context),)


def counted(report: PersonReport) -> str:
    """How much was found, German."""
    parts = [
        plural(len(report.linked), "Datensatz", "Datensätze"),
        plural(len(report.mentioned), "Nennung im Text", "Nennungen im Text"),
        plural(len(report.files), "Datei", "Dateien"),
    ]
    unread = plural(report.unread, "Datei ist", "Dateien sind")
    left_out = f"; {unread} nicht lesbar (Bild, Scan, Kennwort) und nicht dabei" if report.unread else ""
    return f"{', '.join(parts)}{left_out}"
