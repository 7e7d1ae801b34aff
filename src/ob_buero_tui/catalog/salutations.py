"""The description of salutations.toml: how holders of an office are addressed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, overload

from ob_buero_tui.catalog.layers import Layer, read_file
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader, Value, expecting
from ob_buero_tui.catalog.values import boolean, ident, integer, one_of, tables, text, texts
from ob_buero_tui.rules.salutation import By, Salutation, template_problem

FILE = "salutations.toml"
STANDARD = ("person", "neutral", "organisation")


def _template(*, ending: str = "", empty: bool = False) -> Value:
    """Read a text with placeholders, which must end with one of the signs of `ending`."""
    plain = text(200, empty=empty)

    @expecting("ein Text mit Platzhaltern")
    def read(value: object, at: Reader) -> str | None:
        found: str | None = plain(value, at)
        if found is None:
            return None
        wrong = template_problem(found)
        if wrong:
            at.wrong(wrong, found)
            return None
        if ending and not found.endswith(tuple(ending)):
            at.wrong("ein Text, der mit einem Komma endet", found)
            return None
        return found

    return read


@expecting("eine Liste von Zeilen")
def _lines(value: object, at: Reader) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        at.wrong("eine Liste von Zeilen", value)
        return ()
    single = _template()
    found = [single(one, at.item(index)) for index, one in enumerate(value)]
    return tuple(one for one in found if one is not None)


SALUTATION = (
    Key("key", ident),
    Key("label", text(60)),
    Key("by", one_of(By)),
    Key("match", texts(60), ()),
    Key("address", _lines),
    Key("salutation", _template(ending=",!")),
    Key("spoken", _template(empty=True), ""),
    Key("rank", integer(1, 9999), None),
    Key("source", text(200, empty=True), ""),
    Key("unconfirmed", boolean, False),
)


def read_salutations(data: Mapping[str, Any], reader: Reader) -> tuple[Salutation, ...] | None:
    """Read salutations.toml; a wrong row is left out, None when the list itself is not there."""
    reader.only(data, ["salutations"])
    if not isinstance(data.get("salutations"), list):
        reader.at("salutations").wrong("eine Liste von Tabellen", *data.values())
        return None
    build: Callable[..., Salutation] = Salutation
    found: tuple[Salutation, ...] = tables(SALUTATION, build)(data["salutations"], reader.at("salutations"))
    for index, row in enumerate(found):
        if (row.by is By.STANDARD) is not (row.key in STANDARD):
            place = reader.at("salutations").item(index).at("by")
            place.wrong(f"„standard“ für {', '.join(STANDARD)} und nur für diese", row.by.value)
    return tuple(row for row in found if (row.by is By.STANDARD) is (row.key in STANDARD))


def load_salutations(layers: Iterable[Layer], problems: list[Problem]) -> Sequence[Salutation]:
    """The rows of all layers; an office's row takes the place of the shipped one with the same key.

    The shipped rows are read when the first letter needs them, as most days of the desk need none.
    """
    shipped: list[Layer] = []
    own: list[tuple[Salutation, ...]] = []
    for layer in layers:
        if layer.shipped:
            shipped.append(layer)
        else:
            own.append(read_file(layer, FILE, read_salutations, problems) or ())
    return LateRows(
        lambda: merged((*((read_file(one, FILE, read_salutations, []) or ()) for one in shipped), *own))
    )


class LateRows(Sequence[Salutation]):
    """Rows that are read when somebody asks for the first one."""

    def __init__(self, read: Callable[[], tuple[Salutation, ...]]) -> None:
        self._read = read
        self._rows: tuple[Salutation, ...] | None = None

    @property
    def rows(self) -> tuple[Salutation, ...]:
        """All rows."""
        if self._rows is None:
            self._rows = self._read()
        return self._rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Salutation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Salutation, ...]: ...
    def __getitem__(self, index: int | slice) -> Salutation | tuple[Salutation, ...]:
        return self.rows[index]


def merged(layers: Iterable[Iterable[Salutation]]) -> tuple[Salutation, ...]:
    """The rows of all layers; a later one takes the place of an earlier one with the same key."""
    return tuple({row.key: row for rows in layers for row in rows}.values())
