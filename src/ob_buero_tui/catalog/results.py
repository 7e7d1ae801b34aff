"""What may become of an item, and how many must be there: results.toml, read when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ob_buero_tui.catalog.layers import Layer, exists, newest
from ob_buero_tui.catalog.reading import Key, Reader
from ob_buero_tui.catalog.values import boolean, ident, matching, one_of, tables, text, texts
from ob_buero_tui.rules.quorum import QuorumRule, QuorumShare
from ob_buero_tui.rules.votes import VoteKind

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog, Problem

FILE = "results.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultWord:
    """A word for what became of an item.

    Args:
        key: Its name in the database of histories.
        label: How minutes and lists say it: „ungeändert beschlossen“.
        letter: The key that picks it.
        votes: What the votes must look like; `ohne`: it is not voted on.
    """

    key: str
    label: str
    letter: str
    votes: VoteKind = VoteKind.OHNE


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRules:
    """The content of results.toml."""

    words: tuple[ResultWord, ...] = ()
    quorums: tuple[QuorumRule, ...] = ()


class LateResults:
    """The file, read when a result is first asked for: no start needs it."""

    __slots__ = ("_found", "_layers")

    def __init__(self, layers: Sequence[Layer], problems: list[Problem]) -> None:
        self._layers = tuple(layers)
        self._found: ResultRules | None = None
        if any(exists(layer.folder / FILE) for layer in layers if not layer.shipped):
            self._found = load_results(self._layers, problems)  # a mistake is named at the start

    def __call__(self) -> ResultRules:
        """What is in the file; a wrong entry is left out."""
        if self._found is None:
            self._found = load_results(self._layers, [])
        return self._found


WORD = (
    Key("key", ident),
    Key("label", text(60)),
    Key("letter", matching("[a-zäöü]", "ein kleiner Buchstabe")),
    Key("votes", one_of(VoteKind), VoteKind.OHNE),
)
QUORUM = (
    Key("share", one_of(QuorumShare)),
    Key("laender", texts(2), ()),
    Key("assumed", boolean, False),
    Key("source", text()),
    Key("unconfirmed", boolean, False),
    Key("hint", text(empty=True), ""),
)


def load_results(layers: Sequence[Layer], problems: list[Problem]) -> ResultRules:
    """Read the file; each of its lists replaces the shipped one."""
    return ResultRules(
        words=newest(layers, FILE, _words, problems),
        # The words have named what is wrong at the top already.
        quorums=newest(layers, FILE, _quorums, problems),
    )


def result_words(catalog: Catalog) -> tuple[ResultWord, ...]:
    """The words for what became of an item, in their order."""
    return catalog.results().words if catalog.results is not None else ()


def quorum_rule(catalog: Catalog) -> QuorumRule | None:
    """The quorum of the office's Land; None where the office has none."""
    found = catalog.results().quorums if catalog.results is not None else ()
    own = (one for one in found if catalog.region in one.laender)
    return next(own, None) or next((one for one in found if not one.laender), None)


def _words(data: Mapping[str, Any], reader: Reader) -> tuple[ResultWord, ...] | None:
    reader.only(data, ["results", "quorum"])
    if "results" not in data:
        return None
    place = reader.at("results")
    kept: list[ResultWord] = []
    for index, one in enumerate(tables(WORD, ResultWord)(data["results"], place)):
        for name in ("key", "letter"):
            if getattr(one, name) in [getattr(other, name) for other in kept]:
                place.item(index).at(name).wrong("jeder Wert nur einmal", getattr(one, name))
                break
        else:
            kept.append(one)
    return tuple(kept) or None


def _quorums(data: Mapping[str, Any], reader: Reader) -> tuple[QuorumRule, ...] | None:
    if "quorum" not in data:
        return None
    found: tuple[QuorumRule, ...] = tables(QUORUM, QuorumRule)(data["quorum"], reader.at("quorum"))
    return found or None
