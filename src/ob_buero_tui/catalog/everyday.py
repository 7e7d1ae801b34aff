"""Everyday words that are family names too: everyday_words.toml, read when a person is first looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ob_buero_tui.catalog.layers import Layer, exists, read_file
from ob_buero_tui.catalog.reading import Reader
from ob_buero_tui.catalog.values import texts
from ob_buero_tui.rules.folding import fold

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog, Problem

FILE = "everyday_words.toml"


class LateEveryday:
    """The file, read when a person is first looked for: no start needs it; an office's is read at once."""

    __slots__ = ("_found", "_layers")

    def __init__(self, layers: Sequence[Layer], problems: list[Problem]) -> None:
        self._layers = tuple(layers)
        self._found: frozenset[str] | None = None
        if any(exists(layer.folder / FILE) for layer in layers if not layer.shipped):
            self._found = load_everyday(self._layers, problems)

    def __call__(self) -> frozenset[str]:
        """The words, folded."""
        if self._found is None:
            self._found = load_everyday(self._layers, [])
        return self._found


def everyday_words(catalog: Catalog) -> frozenset[str]:
    """The everyday words of an office, folded."""
    return catalog.everyday() if catalog.everyday is not None else frozenset()


def load_everyday(layers: Sequence[Layer], problems: list[Problem]) -> frozenset[str]:
    """Read the files; an office's words come on top of the shipped ones, and a wrong one is left out."""
    found = (read_file(layer, FILE, _read, problems) or () for layer in layers)
    return frozenset(fold(word) for words in found for word in words)


def _read(data: Mapping[str, Any], reader: Reader) -> tuple[str, ...] | None:
    reader.only(data, ["words"])
    place = reader.at("words")
    if not isinstance(data.get("words"), list):
        place.wrong("eine Liste von Wörtern", *([data["words"]] if "words" in data else []))
        return None
    kept = []
    for index, one in enumerate(texts(40)(data["words"], place)):
        if one.isalpha():
            kept.append(one)
        else:
            place.item(index).wrong("ein Wort aus Buchstaben", one)
    return tuple(kept)
