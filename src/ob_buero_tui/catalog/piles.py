"""The piles of the Eingang: each holds the kinds that name it in their `split`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.folding import fold

MOST = 6
"""Nine digits pick a pile; three are taken by Neu, Wartet and Alle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """One pile: its key for commands, its name, and the keys of the kinds in it."""

    key: str
    label: str
    kinds: tuple[str, ...]


def piles(kinds: Iterable[RequestKind]) -> tuple[Pile, ...]:
    """Return the piles in the order of their first offered kind, no more than there are digits for.

    A kind that is switched off makes no pile of its own but stays in the one it names, so that what came in
    before is still found there.
    """
    every = [kind for kind in kinds if kind.split]
    labels = list(dict.fromkeys(kind.split for kind in every if kind.active))[:MOST]
    return tuple(
        Pile(key=pile_key(label), label=label, kinds=tuple(one.key for one in every if one.split == label))
        for label in labels
    )


def pile_key(label: str) -> str:
    """Return the name of a pile in commands: `goldenes_buch` for „Goldenes Buch“."""
    return "_".join(fold(label).split())
