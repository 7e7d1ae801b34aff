"""Looks where the cells of a workbook stand, before a library makes room for all cells up to the last one."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from ob_buero_tui.exchange.zip_guard import member, open_office_zip
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal

MAX_ROWS, MAX_COLUMNS = limits.SHEET_ROWS, limits.SHEET_COLUMNS
_PLACE = re.compile(r"\s*\$?([A-Za-z]{1,7})\$?([0-9]{1,9})\s*")
_PIECE = 1 << 20


def guard_workbook(data: bytes, ending: str, what: str) -> None:
    """Refuse a workbook that is too large; what stands where is counted as the file format says.

    Every part that is a sheet by its content counts, whatever its path is.

    Args:
        what: How a refusal begins.

    Raises:
        Refusal: it is no archive, damaged, unpacks to too much, or has cells too far out.
    """
    archive = open_office_zip(data, what)
    if ending == ".ods":
        _look(_Ods(), archive, "content.xml", what)
        return
    for info in archive.infolist():
        if not info.is_dir():
            _look(_Xlsx(), archive, info.filename, what)


def too_large() -> Refusal:
    """The refusal of a workbook with too many cells."""
    return Refusal(
        "Die Liste ist zu groß.",
        f"Gelesen werden höchstens {number(MAX_ROWS)} Zeilen und {MAX_COLUMNS} Spalten.",
        "Bitte die Liste auf mehrere Dateien verteilen, zum Beispiel nach Jahren.",
    )


class _NoSheet(Exception):
    """This part is something else."""


def _look(counter: _Xlsx | _Ods, archive: zipfile.ZipFile, name: str, what: str) -> None:
    from xml.parsers import expat

    content = member(archive, name, what)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: counter.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: counter.end(_local(name))
    try:
        for at in range(0, len(content) or 1, _PIECE):
            parser.Parse(content[at : at + _PIECE], at + _PIECE >= len(content))
    except _NoSheet:
        return
    except expat.ExpatError as error:
        if counter.begun:
            why, now = (
                "Ihr Inhalt ist beschädigt.",
                "Bitte in ihrem Programm öffnen und noch einmal speichern.",
            )
            raise Refusal(what, why, now) from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _check(row: int, column: int) -> None:
    if row > MAX_ROWS or column > MAX_COLUMNS:
        raise too_large()


class _Xlsx:
    """Counts the cells of an Excel sheet; a formatted one without content says nothing on the size."""

    def __init__(self) -> None:
        self.begun = False
        self._row = self._column = 0
        self._inside = False

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """An element begins.

        Raises:
            Refusal: a cell with content is too far out.
        """
        if not self.begun:
            if name != "worksheet":
                raise _NoSheet
            self.begun = True
        elif name == "row":
            said = attributes.get("r", "").strip()
            self._row = int(said[:9]) if said.isdecimal() else self._row + 1
            self._column = 0
        elif name == "c":
            self._inside = True
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self._column += 1
            if place is not None:
                self._row, self._column = int(place[2]), _column(place[1])
        elif self._inside:
            _check(self._row, self._column)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "c":
            self._inside = False


def _column(letters: str) -> int:
    """The number of a column from its letters, A is 1."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - 64
    return found


class _Ods:
    """Counts the cells of OpenDocument sheets; the empty rest of a sheet says nothing on the size."""

    def __init__(self) -> None:
        self.begun = True
        self._row = self._column = self._repeated = 0
        self._cells = 0
        self._inside = False

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """An element begins.

        Raises:
            Refusal: a cell with content is too far out.
        """
        known = {_local(key): value for key, value in attributes.items()} if attributes else {}
        if name == "table":
            self._row = 0
        elif name == "table-row":
            self._row += _count(known.get("number-rows-repeated", ""))
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._column += _count(known.get("number-columns-repeated", ""))
            self._inside = True
            if "value-type" in known:
                _check(self._row, self._column)
        elif self._inside:
            _check(self._row, self._column)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("table-cell", "covered-table-cell"):
            self._inside = False


def _count(text: str) -> int:
    said = text.strip()
    return int(said[:9]) if said.isdecimal() else 1
