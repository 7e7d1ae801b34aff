"""All that can be read of any file: letters taken out of their coding, packed files unpacked, within limits.

Made for finding a person's words, not for showing: a text may come several times, or with what is no text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ob_buero_tui.exchange import mbox
from ob_buero_tui.exchange.legible_bounds import Bounds
from ob_buero_tui.exchange.legible_mail import mail_pieces, message_of
from ob_buero_tui.exchange.legible_packed import (
    GZIP,
    gzip_content,
    is_tar,
    is_zip,
    names_sealed,
    stays_shut,
    tar_members,
    tells_lock,
    zip_names,
)
from ob_buero_tui.exchange.legible_pdfs import PdfWords
from ob_buero_tui.exchange.legible_text import edges, legible, texts_of_bytes
from ob_buero_tui.exchange.zip_guard import open_office_zip
from ob_buero_tui.rules.refusals import Refusal

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_PICTURE: Final = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8|II\*\0|MM\0\*|BM.{4}\0\0\0\0|RIFF.{4}WEBP|.{4}ftyp", re.DOTALL
)
_OUTLOOK: Final = "__substg1.0_".encode("utf-16-le")
"""In the names of what a letter of Outlook holds."""
_MAILBOX: Final = re.compile(rb"\s{0,9}From [^\r\n]*\r?\n[!-9;-~]{1,76}:")
_SHEETS: Final = ("xl/workbook.xml", "xl/workbook.bin")
_LOOKS: Final = re.compile(r"word/styles\w*\.xml|(?:word|xl|ppt)/theme/[^/]*\.xml")
"""Members of an Office file that only say how it looks; they are long."""
_OPEN_SHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"


class Reading:
    """One file that is read for words.

    Args:
        data: Its bytes.
        ending: Of its name, in lower case with its dot, where it has one.
        pdfs: Reads the PDF files in it, and knows those that it read before.
    """

    def __init__(self, data: bytes, ending: str = "", pdfs: PdfWords | None = None) -> None:
        self.closed = False
        """Something in it is locked, damaged, or too deep or too large to be read."""
        self.picture = False
        """It is a picture, or a document without any text: only eyes can read it."""
        self._data, self._ending = data, ending
        self._pdfs = pdfs or PdfWords()
        self._ahead = False
        self._bounds = Bounds()

    def texts(self) -> Iterator[str]:
        """The texts one after the other, the raw ones first; the marks are right at the end."""
        yield from self._file(self._data, self._ending, 0)

    def look_ahead(self) -> None:
        """Have the PDF files in it read with others; `texts` of another reading of it finds them read."""
        self._ahead = True
        for _ in self.texts():
            pass

    def _file(self, data: bytes, ending: str, depth: int) -> Iterator[str]:
        if not self._bounds.is_new(data):
            return
        if not self._bounds.allow(data, depth) or stays_shut(data, ending):
            self.closed = True
            return
        picture = _PICTURE.match(data) is not None
        if not self._ahead:
            yield from texts_of_bytes(edges(data) if picture else data)
        if is_zip(data):
            yield from self._zip(data, depth)
        elif data.startswith(GZIP):
            yield from self._gzip(data, depth)
        elif is_tar(data):
            yield from self._tar(data, depth)
        elif data.startswith(_OLE):
            yield from self._ole(data, ending, depth)
        elif b"%PDF" in data[:1024]:
            yield from self._pdf(data, depth)
        elif picture:
            self.picture = self.picture or not depth
        elif _MAILBOX.match(data) or (data.startswith(b"From ") and ending in (".mbox", ".mbx")):
            yield from self._mailbox(data, depth)
        elif not data.startswith(b"<"):
            self.closed = self.closed or names_sealed(data)
            yield from self._mail(data, depth)

    def _mailbox(self, data: bytes, depth: int) -> Iterator[str]:
        try:
            for one in mbox.messages(data):
                yield from self._file(one.data, ".eml", depth + 1)
        except Refusal:  # it only begins like one
            self.closed = True

    def _mail(self, data: bytes, depth: int) -> Iterator[str]:
        """The texts of a letter's heads, and its parts as files of their own."""
        for piece in mail_pieces(data, told=not self._ahead):
            self.closed = self.closed or piece.closed
            yield from piece.texts
            if piece.data:
                yield from self._file(piece.data, piece.ending, depth + 1)

    def _ole(self, data: bytes, ending: str, depth: int) -> Iterator[str]:
        """A letter of Outlook is taken apart; of an old Office file the runs of letters must do."""
        if _LOCKED in data:
            self.closed = True
            return
        mail = message_of(data)
        if mail:
            yield from self._mail(mail, depth)
        elif ending == ".msg" or _OUTLOOK in data:
            self.closed = True
        else:
            yield from self._rows(data, ".xls")

    def _zip(self, data: bytes, depth: int) -> Iterator[str]:
        """Each member of an archive, and its name; an Office file is one."""
        try:
            archive = open_office_zip(data, "")
        except Refusal:
            self.closed = True
            yield zip_names(data)
            return
        names = archive.namelist()
        if any(name in _SHEETS for name in names):
            yield from self._rows(data, ".xlsx")
        yield "\n".join(names)
        for name in names:
            if _LOOKS.fullmatch(name):
                continue
            try:
                found = archive.read(name)
            except Exception:  # zlib.error, EOFError, BadZipFile …: the archive says one thing and is another
                self.closed = True
                continue
            self.closed = self.closed or tells_lock(name, found)
            if name == "mimetype" and found.startswith(_OPEN_SHEET):
                yield from self._rows(data, ".ods")
            yield from self._file(found, PurePosixPath(name).suffix.casefold(), depth + 1)

    def _gzip(self, data: bytes, depth: int) -> Iterator[str]:
        found, whole = gzip_content(data, self._bounds.left)
        self.closed = self.closed or not whole
        yield from self._file(found, "", depth + 1)

    def _tar(self, data: bytes, depth: int) -> Iterator[str]:
        for name, found in tar_members(data):
            yield name
            if found is None:
                self.closed = True
            elif found:
                yield from self._file(found, PurePosixPath(name).suffix.casefold(), depth + 1)

    def _rows(self, data: bytes, ending: str) -> Iterator[str]:
        """The rows of a workbook, as words stand side by side in them; what is none has been read already."""
        found = None if self._ahead else _apart("rows", data, ending)
        if found:
            yield found[0]

    def _pdf(self, data: bytes, depth: int) -> Iterator[str]:
        """All pages; the second answer of the process apart says what it left out."""
        if b" obj" not in data:
            self.closed = True
            return
        if self._ahead:
            self._pdfs.add(data)
            return
        found = self._pdfs.of(data)
        if found is None:
            self.closed = True
            return
        text, left_out, *inside = found
        self.closed = self.closed or bool(left_out)
        self.picture = self.picture or not (left_out or text.strip())
        yield text
        yield re.sub(r"[-\u2010]\s*\n\s*", "", text)  # a name that was parted at the end of a line
        for one in inside:
            yield from self._file(base64.b64decode(one), "", depth + 1)


def _apart(reader: str, data: bytes, ending: str) -> list[str] | None:
    """What a process of its own makes of foreign bytes; None where it makes nothing of them."""
    from ob_buero_tui.exchange.apart import ReaderDied, read_apart

    try:
        found: list[str] | None = read_apart(reader, data, ending)
    except (ReaderDied, Refusal):
        return None
    return found


__all__ = ["PdfWords", "Reading", "legible"]
