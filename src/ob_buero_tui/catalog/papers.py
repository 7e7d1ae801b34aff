"""The kinds of papers and the patterns of their numbers, read when somebody first looks at a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ob_buero_tui.catalog.layers import Layer, exists, read_file
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader, Table, Value, expecting, meant
from ob_buero_tui.catalog.values import boolean, day, ident, integer, matching, one_of, tables, text, texts
from ob_buero_tui.rules.beratungsfolge import ROLES
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.paper_number import CountedBy, NumberScheme, fault_of

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog

T = TypeVar("T", NumberScheme, "PaperKind")
FILE = "papers.toml"


class PaperNeed(StrEnum):
    """What a kind of paper needs before a session takes it up."""

    NUMMER = "nummer"
    FEDERFUEHRUNG = "federfuehrung"
    AKTENZEICHEN = "aktenzeichen"
    FREIGABE = "freigabe"
    DOKUMENT = "dokument"
    BERATUNGSFOLGE = "beratungsfolge"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper.

    Args:
        key: Its name in the database.
        sign: Its letters in a number.
        numbers: The key of its number's scheme.
        oparl: What council information systems call it.
        decided: Whether a body must decide it.
        role: What the first body does with it, the word of OParl.
        needs: What it needs before a session takes it up.
    """

    key: str
    label: str
    sign: str
    numbers: str
    oparl: tuple[str, ...] = ()
    decided: bool = False
    role: str = ROLES[0]
    needs: tuple[PaperNeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wahlperiode:
    """A Wahlperiode as numbers write it, from its first day on."""

    start: date
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRules:
    """What the office has laid down about papers.

    Args:
        kinds: The kinds by key, in their order.
        schemes: The patterns of numbers by key.
        offices: The number of an office in `{AMT}`, by its folded name.
        wahlperioden: The Wahlperioden by their beginning.
        file_reference: The Aktenzeichen that a new paper proposes; empty: none.
    """

    kinds: Mapping[str, PaperKind] = field(default_factory=dict)
    schemes: Mapping[str, NumberScheme] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    wahlperioden: tuple[Wahlperiode, ...] = ()
    file_reference: str = ""

    def kind_of(self, key: str, paper_type: str) -> PaperKind | None:
        """The kind of a paper: its own, else the one its council information system means."""
        own = self.kinds.get(key)
        if own is not None or not paper_type:
            return own
        said = fold(paper_type)
        return next((one for one in self.kinds.values() if said in map(fold, one.oparl)), None)

    def office_number(self, *names: str) -> str:
        """The number of an office by one of its names, else the digits in it; empty where there are none."""
        for name in names:
            if fold(name) in self.offices:
                return self.offices[fold(name)]
        found = (re.search(r"\d+(?:\.\d+)*", name) for name in names)
        return next((one[0] for one in found if one), "")


class LatePapers:
    """papers.toml, read when a paper is first shown: no start needs it; that of an office is read at once."""

    __slots__ = ("_found", "_layers")

    def __init__(self, layers: Sequence[Layer], problems: list[Problem]) -> None:
        self._layers = tuple(layers)
        self._found: PaperRules | None = None
        if any(exists(layer.folder / FILE) for layer in layers if not layer.shipped):
            self._found = load_papers(self._layers, problems)

    def __call__(self) -> PaperRules:
        """What is in the files; a wrong entry is left out."""
        if self._found is None:
            self._found = load_papers(self._layers, [])
        return self._found


def paper_rules(catalog: Catalog) -> PaperRules:
    """What the office has laid down about papers."""
    return catalog.papers() if catalog.papers is not None else PaperRules()


def office_number(catalog: Catalog, *names: str) -> str:
    """The number of an office by one of its names: of papers.toml, else of its Amt in departments.toml."""
    said = paper_rules(catalog).office_number(*names)
    ours = (one for one in catalog.departments if any(fold(one.label) == fold(name) for name in names))
    found = (re.search(r"\d+", one.short) for one in ours)
    return said or next((one[0] for one in found if one), "")


def load_papers(layers: Sequence[Layer], problems: list[Problem]) -> PaperRules:
    """Read papers.toml; kinds and patterns of an office count by their keys, beside the shipped ones."""
    schemes: dict[str, NumberScheme] = {}
    kinds: dict[str, PaperKind] = {}
    others: dict[str, Any] = {}
    for layer in layers:
        found = read_file(layer, FILE, partial(_read, known=dict(schemes)), problems) or {}
        schemes |= found.pop("numbers", {})
        kinds |= found.pop("kinds", {})
        others |= found
    return PaperRules(kinds=kinds, schemes=schemes, **others)


def _several(kinds: type[StrEnum]) -> Value:
    """Read a list of values of an enumeration."""
    single = one_of(kinds)

    @expecting("eine Liste von Kennungen")
    def read(value: object, at: Reader) -> tuple[StrEnum, ...]:
        if not isinstance(value, list):
            at.wrong("eine Liste von Kennungen", value)
            return ()
        found = [single(one, at.item(index)) for index, one in enumerate(value)]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    return read


_NUMBER_PART = matching(r"[0-9A-Za-zÄÖÜäöüß.]{1,12}", "bis zu zwölf Buchstaben, Ziffern und Punkte")
NUMBERS = (
    Key("key", ident),
    Key("template", text(60)),
    Key("supplement", text(12), "/{n}"),
    Key("counted_by", _several(CountedBy), (CountedBy.ART, CountedBy.JAHR)),
    Key("first", integer(1, 999_999), 1),
)
KINDS = (
    Key("key", ident),
    Key("label", text(40)),
    Key("sign", matching(r"[A-Za-zÄÖÜäöüß]{0,8}", "bis zu acht Buchstaben"), ""),
    Key("numbers", ident),
    Key("oparl", texts(80), ()),
    Key("decided", boolean, False),
    Key("role", matching("|".join(ROLES), f"eines von {', '.join(ROLES)}"), ROLES[0]),
    Key("needs", _several(PaperNeed), ()),
)
WAHLPERIODE = (Key("start", day), Key("sign", _NUMBER_PART))


def _read(data: Mapping[str, Any], reader: Reader, known: Mapping[str, NumberScheme]) -> dict[str, Any]:
    reader.only(data, ["numbers", "kinds", "offices", "wahlperioden", "file_reference"])
    found: dict[str, Any] = {}
    schemes = _schemes(data.get("numbers", []), reader.at("numbers"))
    found["numbers"] = schemes
    found["kinds"] = _kinds(data.get("kinds", []), reader.at("kinds"), {**known, **schemes})
    if "offices" in data:
        found["offices"] = _offices(data["offices"], reader.at("offices"))
    if "wahlperioden" in data:
        terms = tables(WAHLPERIODE, Wahlperiode)(data["wahlperioden"], reader.at("wahlperioden"))
        found["wahlperioden"] = tuple(sorted(terms, key=lambda one: one.start))
    if "file_reference" in data:
        pattern = text(60, empty=True)(data["file_reference"], reader.at("file_reference"))
        found |= {} if pattern is None else {"file_reference": pattern}
    return found


def _schemes(value: object, at: Reader) -> dict[str, NumberScheme]:
    found: dict[str, NumberScheme] = {}
    for here, one in _each(value, at, NUMBERS, NumberScheme):
        fault = fault_of(one)
        if fault:
            here.at("template").wrong(fault, one.template)
        elif one.key in found:
            here.at("key").wrong("jede Kennung nur einmal", one.key)
        else:
            found[one.key] = one
    return found


def _kinds(value: object, at: Reader, schemes: Mapping[str, NumberScheme]) -> dict[str, PaperKind]:
    found: dict[str, PaperKind] = {}
    for here, one in _each(value, at, KINDS, PaperKind):
        if one.numbers not in schemes:
            expected = f"für „{one.key}“ die Kennung eines Musters"
            here.at("numbers").wrong(expected, one.numbers, hint=meant(one.numbers, schemes))
        elif not one.sign and "{ART}" in schemes[one.numbers].template:
            here.at("sign").wrong(f"für „{one.key}“ ein Kürzel, denn sein Muster enthält {{ART}}")
        elif one.key in found:
            here.at("key").wrong("jede Kennung nur einmal", one.key)
        else:
            found[one.key] = one
    return found


def _each(value: object, at: Reader, keys: Table, build: type[T]) -> Iterator[tuple[Reader, T]]:
    """The sound entries of a list of tables, each with its place in the file."""
    if not isinstance(value, list):
        at.wrong("eine Liste von Tabellen", value)
        return
    for index, entry in enumerate(value):
        one = at.item(index).table(entry, keys, build)
        if one is not None:
            yield at.item(index), one


def _offices(value: object, at: Reader) -> dict[str, str]:
    if not isinstance(value, dict):
        at.wrong("eine Tabelle: Name des Amts = seine Nummer", value)
        return {}
    read = {fold(str(name)): _NUMBER_PART(one, at.at(str(name))) for name, one in value.items()}
    return {name: one for name, one in read.items() if one is not None}
