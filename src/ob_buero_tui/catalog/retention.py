"""The classes of retention: retention.toml, read when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ob_buero_tui.catalog.layers import Layer, exists, read_file
from ob_buero_tui.catalog.reading import Key, Reader, Table
from ob_buero_tui.catalog.values import boolean, ident, integer, one_of, tables, text, texts
from ob_buero_tui.rules.retention import RetentionBegin, RetentionClass, RetentionEnd, RetentionKind

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog, Problem

FILE = "retention.toml"
LONGEST_YEARS = 100

CLASS: Table = (
    Key("key", ident),
    Key("label", text(80)),
    Key("table", one_of(RetentionKind)),
    Key("kinds", texts(40), ()),
    Key("years", integer(0, LONGEST_YEARS), 0),
    Key("permanent", boolean, False),
    Key("begin", one_of(RetentionBegin), RetentionBegin.JAHRESENDE),
    Key("then", one_of(RetentionEnd), RetentionEnd.ANBIETEN),
    Key("ground", text()),
    Key("source", text()),
    Key("unconfirmed", boolean, False),
)


class LateRetention:
    """The file, read when a retention is first asked for: no start needs it; an office's is read at once."""

    __slots__ = ("_found", "_layers")

    def __init__(self, layers: Sequence[Layer], problems: list[Problem]) -> None:
        self._layers = tuple(layers)
        self._found: tuple[RetentionClass, ...] | None = None
        if any(exists(layer.folder / FILE) for layer in layers if not layer.shipped):
            self._found = load_retention(self._layers, problems)

    def __call__(self) -> tuple[RetentionClass, ...]:
        """The classes; a wrong entry is left out."""
        if self._found is None:
            self._found = load_retention(self._layers, [])
        return self._found


def retention_classes(catalog: Catalog) -> tuple[RetentionClass, ...]:
    """The classes of retention of an office."""
    return catalog.retention() if catalog.retention is not None else ()


def load_retention(layers: Sequence[Layer], problems: list[Problem]) -> tuple[RetentionClass, ...]:
    """Read the files; a class of an office counts by its key, before the shipped ones."""
    found: dict[str, RetentionClass] = {}
    for layer in layers:
        own = read_file(layer, FILE, _read, problems) or ()
        # What an office adds for a kind must win over a shipped class that names the same one.
        found = {one.key: one for one in own} | {
            key: one for key, one in found.items() if key not in {each.key for each in own}
        }
    return tuple(found.values())


def _read(data: Mapping[str, Any], reader: Reader) -> tuple[RetentionClass, ...] | None:
    reader.only(data, ["classes"])
    place = reader.at("classes")
    if not isinstance(data.get("classes"), list):
        place.wrong("eine Liste von Tabellen", *([data["classes"]] if "classes" in data else []))
        return None
    kept: dict[str, RetentionClass] = {}
    for one in tables(CLASS, RetentionClass)(data["classes"], place):
        if one.key in kept:
            place.wrong("jede Kennung nur einmal", one.key)
        elif one.permanent and one.years:
            place.wrong(f"für „{one.key}“ keine Jahre neben permanent", one.years)
        else:
            kept[one.key] = one
    return tuple(kept.values())
