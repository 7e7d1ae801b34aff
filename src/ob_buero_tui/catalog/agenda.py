"""What stands on every agenda, and the general terms of the part that is not public: agenda.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from ob_buero_tui.catalog.layers import Layer, exists, read_file
from ob_buero_tui.catalog.model import Problem
from ob_buero_tui.catalog.reading import Key, Reader
from ob_buero_tui.catalog.values import boolean, ident, tables, text, texts
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.keywords import keyword_pattern

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog

FILE = "agenda.toml"
DEFAULT_TERM = "Nichtöffentliche Angelegenheit"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardItem:
    """An item that stands on every agenda of some bodies.

    Args:
        public: Whether it stands in the public part.
        closing: Whether it stays at the end of its part, after whatever is added.
        bodies: Patterns of names or classifications of the bodies that have it; none: all of them.
    """

    key: str
    title: str
    public: bool = True
    closing: bool = False
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralTerm:
    """What the public reads instead of a title of the part that is not public.

    Args:
        words: Words of a title that propose it; `wort*` matches beginnings.
    """

    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRules:
    """The content of agenda.toml.

    Args:
        default_term: What the public reads where nobody laid down a general term.
    """

    standard: tuple[StandardItem, ...] = ()
    general_terms: tuple[GeneralTerm, ...] = ()
    default_term: str = DEFAULT_TERM

    def standard_for(self, name: str, classification: str = "") -> tuple[StandardItem, ...]:
        """The items that stand on every agenda of a body, in their order."""
        names = [fold(one) for one in (name, classification) if one]
        return tuple(
            one
            for one in self.standard
            if not one.bodies or any(fnmatchcase(own, fold(body)) for body in one.bodies for own in names)
        )

    def closing(self, key: str) -> bool:
        """Whether the standard item of this key closes its part."""
        return any(one.key == key and one.closing for one in self.standard)

    def term_for(self, title: str) -> str:
        """The general term that a title's words propose; the default one without any."""
        folded = fold(title)
        for term in self.general_terms:
            if any(keyword_pattern(word).search(folded) for word in term.words):
                return term.label
        return self.default_term


class LateAgenda:
    """agenda.toml, read when the first agenda is shown or edited: no start needs it."""

    __slots__ = ("_found", "_layers")

    def __init__(self, layers: Sequence[Layer], problems: list[Problem]) -> None:
        self._layers = tuple(layers)
        self._found: AgendaRules | None = None
        if any(exists(layer.folder / FILE) for layer in layers if not layer.shipped):
            self._found = load_agenda(self._layers, problems)  # a mistake is named at the start

    def __call__(self) -> AgendaRules:
        """What is in the file; a wrong entry is left out."""
        if self._found is None:
            self._found = load_agenda(self._layers, [])
        return self._found


def agenda_rules(catalog: Catalog) -> AgendaRules:
    """What the office has laid down about agendas."""
    return catalog.agenda() if catalog.agenda is not None else AgendaRules()


STANDARD = (
    Key("key", ident),
    Key("title", text(300)),
    Key("public", boolean, True),
    Key("closing", boolean, False),
    Key("bodies", texts(), ()),
)
TERM = (Key("label", text(80)), Key("words", texts(), ()))


def load_agenda(layers: Sequence[Layer], problems: list[Problem]) -> AgendaRules:
    """Read agenda.toml; a list of the office replaces the shipped one."""
    values: dict[str, Any] = {}
    for layer in layers:
        values |= read_file(layer, FILE, read_agenda, problems) or {}
    return AgendaRules(**values)


def read_agenda(data: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Read agenda.toml; a key or an entry that is wrong is left out, the others count."""
    reader.only(data, ["default_term", "standard", "general_terms"])
    found: dict[str, Any] = {}
    if "default_term" in data:
        term = text(80)(data["default_term"], reader.at("default_term"))
        if term:
            found["default_term"] = term
    if "standard" in data:
        entries = tables(STANDARD, StandardItem)(data["standard"], reader.at("standard"))
        if entries is not None:
            found["standard"] = _once(entries, reader.at("standard"))
    if "general_terms" in data:
        terms = tables(TERM, GeneralTerm)(data["general_terms"], reader.at("general_terms"))
        if terms is not None:
            found["general_terms"] = terms
    return found


def _once(entries: Sequence[StandardItem], place: Reader) -> tuple[StandardItem, ...]:
    kept: dict[str, StandardItem] = {}
    for one in entries:
        if one.key in kept:
            place.wrong("jede Kennung nur einmal", one.key)
        kept.setdefault(one.key, one)
    return tuple(kept.values())
