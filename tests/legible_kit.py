"""Files in which a person's name stands coded or packed."""

from __future__ import annotations

import base64
import io
import quopri
import tarfile
import zipfile
import zlib
from typing import Final

TEXT: Final = "Guten Tag, ich bin Hülya Quittenbaum aus Lindenau."


def packed(**members: str | bytes) -> bytes:
    """A zip archive; `__` in a name is a slash, `_` a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return made.getvalue()


def letter(data: bytes, how: str = "base64", kind: str = "text/plain; charset=utf-8") -> bytes:
    """A mail with one part."""
    coded = base64.encodebytes(data) if how == "base64" else quopri.encodestring(data)
    return f"Subject: Bitte\nContent-Type: {kind}\nContent-Transfer-Encoding: {how}\n\n".encode() + coded


def word_file() -> bytes:
    """What Word makes of a name that was corrected."""
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in ("Hül", "ya Quitten", "baum"))
    return packed(word__document_xml=f"<w:document><w:p>{runs}</w:p></w:document>", word__styles_xml="<s/>")


def locked() -> bytes:
    """An archive whose members say that they are encrypted."""
    data = bytearray(packed(brief_txt=TEXT))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def tar(**members: bytes) -> bytes:
    """A tar archive; `_` in a name is a dot."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in members.items():
            head = tarfile.TarInfo(name.replace("_", "."))
            head.size = len(data)
            archive.addfile(head, io.BytesIO(data))
    return made.getvalue()


def calendar(text: str) -> bytes:
    """An appointment with this description."""
    head = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:"
    return f"{head}{text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def card(*lines: str) -> bytes:
    """A contact."""
    return "\n".join(("BEGIN:VCARD", *lines, "END:VCARD\n")).encode()


def pdf(text: str, page: bytes = b"", about: bytes = b"", *objects: bytes) -> bytes:
    """A page with some text, compressed as every program does it.

    Args:
        page: What the page says besides, as in its dictionary.
        about: What the document says besides.
        objects: Further ones, from number 6 on.
    """
    lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
    shown = zlib.compress(f"BT /F 12 Tf 14 TL 50 700 Td {lines}ET".encode("cp1252"))
    fonts = b"/Resources<</Font<</F 5 0 R>>>>"
    body = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R%s>>" % about,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R%s%s>>" % (fonts, page),
            stream(shown, b"/Filter/FlateDecode"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            *objects,
        ),
        1,
    ):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, one)
    size = len(places) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(places) + end


def stream(data: bytes, about: bytes = b"") -> bytes:
    """A stream of a PDF file."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), about, data)


def written(text: str) -> bytes:
    """A text string of a PDF file."""
    return b"<%s>" % ("\ufeff" + text).encode("utf-16-be").hex().encode()
