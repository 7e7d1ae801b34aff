"""Files that are traps: workbooks with cells far out, and documents that never end; small on the disk."""

from __future__ import annotations

import io
import zipfile
import zlib

_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_LINK = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}"/></Relationships>'
)
_BOOK = (
    b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    b'<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_CELL = "<c{place}><v>1</v></c>"


def workbook(rows: str, path: str = "worksheets/sheet1.xml") -> bytes:
    """An .xlsx whose only sheet has these rows as XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _LINK.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _LINK.format(kind="worksheet", target=path))
        archive.writestr(f"xl/{path}", f"{_HEAD}<sheetData>{rows}</sheetData></worksheet>")
    return out.getvalue()


def far_out(place: str, path: str = "worksheets/sheet1.xml") -> bytes:
    """A workbook with one cell whose attributes say that it stands at the end of the world."""
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    row = '<row r="1048576">' + _CELL.format(place=place) + "</row>"
    return workbook(first + row, path)


WORKBOOKS: dict[str, bytes] = {
    "gross": far_out(' r="XFD1048576"'),
    "klein": far_out(' r="xfd1048576"'),
    "leerraum": far_out(' r = "XFD1048576"'),
    "anderswo": far_out(' r="XFD1048576"', "foo/s.bin"),
    "ohne-ort": workbook(
        f'<row r="1">{_CELL.format(place="") * 700}</row><row r="50000"><c><v>1</v></c></row>'
    ),
}
"""Workbooks that ask for gigabytes, by how they write the address."""

UNCLOSED = workbook("<c " * 60_000)
"""A sheet of begun elements, which a pattern would try at every place anew."""


def slow_pdf(words: int = 200_000) -> bytes:
    """A PDF of one page that takes a text reader very long."""
    packed = zlib.compress(b"BT /F 9 Tf " + b"(a) Tj " * words + b"ET", 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\n"
    return out + head + b"startxref\n%d\n%%%%EOF" % len(out)


def wide_docx(span: int = 2_000_000_000) -> bytes:
    """A Word file with one table cell that says it is this many columns wide."""
    import docx

    document, plain, out = docx.Document(), io.BytesIO(), io.BytesIO()
    document.add_table(1, 1).cell(0, 0).text = "Text in der Tabelle"
    document.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            wide = b'<w:tcPr><w:gridSpan w:val="%d"/>' % span
            target.writestr(name, source.read(name).replace(b"<w:tcPr>", wide, 1))
    return out.getvalue()


def bomb(name: str) -> bytes:
    """An archive of 30 kB whose only part unpacks to 30 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 30_000_000)
    return out.getvalue()


def repeated_ods() -> bytes:
    """An OpenDocument sheet of one row that says it stands there ninety million times."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0"'
        f' xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">'
        "<table:table-row table:number-rows-repeated = '90000000'><table:table-cell><text:p>x</text:p>"
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def hostile() -> dict[str, tuple[bytes, bool]]:
    """All traps by file name, each with whether it is refused; a document is kept without its text."""
    return {
        **{f"{name}.xlsx": (data, True) for name, data in WORKBOOKS.items()},
        "offen.xlsx": (UNCLOSED, True),
        "wiederholt.ods": (repeated_ods(), True),
        "bombe.xlsx": (bomb("xl/worksheets/sheet1.xml"), True),
        "bombe.ods": (bomb("content.xml"), True),
        "bombe.docx": (bomb("word/document.xml"), True),
        "breit.docx": (wide_docx(), False),
        "langsam.pdf": (slow_pdf(), False),
    }
