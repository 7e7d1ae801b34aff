"""Files in which a person's name stands coded or packed."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
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
