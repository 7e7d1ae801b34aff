"""What a PDF file holds beside its pages, for the process apart: fields, notes, headings, and files in it."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from ob_buero_tui.exchange.legible_text import legible
from ob_buero_tui.rules import limits

if TYPE_CHECKING:
    from pypdf import PdfReader

_FILES: Final = frozenset(("/EF", "/XFA", "/Metadata", "/RC", "/V", "/JS"))
"""Under these keys stand whole files: attachments, what was typed, what the document says of itself."""
_MOST: Final = limits.LEGIBLE_BYTES // limits.LEGIBLE_AT_ONCE
"""Bytes of all files in one: as many documents as are read at once stay within the bytes of one."""


class Inside:
    """Gathers it from all objects of a document (ISO 32000), wherever they hang.

    Args:
        ends: When to stop, in seconds of `monotonic`.
    """

    def __init__(self, reader: PdfReader, ends: float) -> None:
        self.texts: list[str] = []
        self.files: list[bytes] = []
        self.left_out = ""
        """What was not read, in German, or ""."""
        self._reader, self._ends = reader, ends
        self._left = _MOST
        self._seen: set[int] = set()

    def gather(self) -> None:
        """Look at each object once; one that is damaged does not hinder the others."""
        for number, generation in self._numbers():
            if monotonic() > self._ends:
                self.left_out = "Felder und Anlagen"
                return
            try:
                self._look(self._object(number, generation))
            except Exception:  # whatever is wrong with it
                self.left_out = f"Objekt {number}"

    def _numbers(self) -> Iterator[tuple[int, int]]:
        for generation, places in self._reader.xref.items():
            free = self._reader.xref_free_entry.get(generation, {})
            yield from ((number, generation) for number in places if number and not free.get(number))
        yield from ((number, 0) for number in self._reader.xref_objStm)

    def _object(self, number: int, generation: int) -> Any:
        from pypdf.generic import IndirectObject

        return IndirectObject(number, generation, self._reader).get_object()

    def _look(self, top: Any) -> None:
        """The strings of an object, but not of those that it only names, and the files that it names."""
        from pypdf.generic import ArrayObject, DictionaryObject, NameObject

        waiting = [top]
        while waiting:
            one = waiting.pop()
            match one:
                case NameObject():
                    continue
                case str():
                    self.texts.append(one)
                case bytes():
                    self.texts.append(legible(one).decode("utf-8", "replace"))
                case ArrayObject():
                    waiting += one
                case DictionaryObject():
                    waiting += one.values()
                    for key in _FILES & one.keys():
                        self._take(one.raw_get(key))

    def _take(self, value: Any) -> None:
        """The bytes of the streams below a key."""
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

        if isinstance(value, IndirectObject):
            if value.idnum in self._seen:
                return
            self._seen.add(value.idnum)
            value = value.get_object()
        match value:
            case StreamObject():
                data = value.get_data()
                self._left -= len(data)
                if self._left < 0:
                    self.left_out = "Anlagen"
                else:
                    self.files.append(data)
            case ArrayObject():
                for one in value:
                    self._take(one)
            case DictionaryObject() if "/F" in value or "/UF" in value:
                for one in value.values():
                    self._take(one)
