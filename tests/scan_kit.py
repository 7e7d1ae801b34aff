"""Documents for the tests of the import: a PDF with a text layer, a Word file, pictures."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

LINES = (
    "Turnverein Ostheim e. V.", "", "Ostheim, den 12. November 2026", "", "Bitte um ein Grußwort",
    "", "Sehr geehrte Frau Oberbürgermeisterin,", "", "wir bitten um ein Grußwort für die Festschrift.",
)  # fmt: skip


def pdf(lines: tuple[str, ...] = LINES, *, password: str = "") -> bytes:
    """One page with these lines; an empty one is a picture for all the text it has."""
    from pypdf import PdfReader, PdfWriter

    shown = b" ".join(b"(" + line.encode("cp1252").replace(b"(", b"\\(") + b") Tj 0 -14 Td" for line in lines)
    content = b"BT /F1 12 Tf 50 800 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    if not password:
        return out
    writer, locked = PdfWriter(clone_from=PdfReader(io.BytesIO(out))), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(locked)
    return locked.getvalue()


def docx(lines: tuple[str, ...] = LINES, bold: str = "") -> bytes:
    """A Word file with these lines, one of them bold."""
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph().add_run(line).bold = line == bold
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Ort", "Halle"
    out = io.BytesIO()
    document.save(out)
    return _undated(out.getvalue())


def _undated(data: bytes) -> bytes:
    """The archive without the time of its making: the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def png(size: int = 20) -> bytes:
    """A grey square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * y) % 251 for x in range(size)) for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpg() -> bytes:
    """What begins and ends like a photograph."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) + b"\xff\xd9"
