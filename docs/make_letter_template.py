"""Builds the shipped Word template of letters: data/templates/brief.docx, in the measures of DIN 5008 form B.

Run it with `python docs/make_letter_template.py`; an office changes the result in Word and puts it into its
folder `templates`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).resolve().parents[1] / "data/templates/brief.docx"

EXACT = {"{{ sender_line }}": 5, "{{ note_lines }}": 12.7}
"""Heights of the zones above the address, in mm."""


def paragraph(holder: Any, text: str, *, size: float = 11, bold: bool = False, after: float = 0) -> Any:
    """A paragraph of one run: a placeholder in several runs would not be found."""
    made = holder.add_paragraph()
    run = made.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    made.paragraph_format.space_after, made.paragraph_format.space_before = Pt(after), Pt(0)
    return made


def drop_first(cell: Any) -> None:
    """Word puts an empty paragraph into every new cell."""
    first = cell.paragraphs[0]._element
    first.getparent().remove(first)


def anchored(table: Any, down_mm: float) -> None:
    """Fix a table at a distance from the upper edge of the sheet."""
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("vertAnchor", "page"),
        ("horzAnchor", "page"),
        ("tblpX", str(round(Mm(20).pt * 20))),
        ("tblpY", str(round(Mm(down_mm).pt * 20))),
    ):
        place.set(qn(f"w:{name}"), value)
    table._tbl.tblPr.insert(0, place)


def main() -> int:
    """Write the template."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(45), Mm(25)
    section.header_distance, section.footer_distance = Mm(14), Mm(10)
    document.styles["Normal"].font.name = "Arial"
    paragraph(section.header, "{{ city }}", size=16, bold=True)
    paragraph(section.header, "{{ office }}", size=10)
    drop_first(section.header)
    for text in ("{%p for line in footer %}", "{{ line }}", "{%p endfor %}"):
        paragraph(section.footer, text, size=8)
    drop_first(section.footer)
    table = document.add_table(rows=1, cols=3)
    table.autofit = False
    for column, width in zip(table.columns, (85, 20, 75), strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    table.rows[0].height, table.rows[0].height_rule = Mm(53.46), WD_ROW_HEIGHT_RULE.EXACTLY
    anchored(table, 45)
    address, _, info = table.rows[0].cells
    for text, size in (
        ("{{ sender_line }}", 7), ("{{ note_lines }}", 8), ("{%p for line in address %}", 10.5),
        ("{{ line }}", 10.5), ("{%p endfor %}", 10.5),
    ):  # fmt: skip
        made = paragraph(address, text, size=size)
        made.paragraph_format.left_indent = Mm(3.1)
        if text in EXACT:
            made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            made.paragraph_format.line_spacing = Mm(EXACT[text])
    drop_first(address)
    for text in ("{%p for line in info %}", "{{ line[0] }}: {{ line[1] }}", "{%p endfor %}"):
        paragraph(info, text, size=9)
    drop_first(info)
    paragraph(document, "{{ subject }}", bold=True, after=24)
    for text in ("{%p for line in paragraphs %}", "{{ line }}", "{%p endfor %}"):
        paragraph(document, text, after=11)
    paragraph(document, "{{ closing }}", after=36)
    for text in ("{%p for line in signature %}", "{{ line }}", "{%p endfor %}"):
        paragraph(document, text)
    document.core_properties.title = "Brief"
    document.core_properties.author = ""
    document.core_properties.language = "de-DE"
    document.save(str(TARGET))
    sys.stdout.write(f"{TARGET} {TARGET.stat().st_size} Byte\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
