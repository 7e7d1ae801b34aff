"""Proposes the kind of a request from the words of a message; a person confirms it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ob_buero_tui.catalog.model import Catalog, RequestKind
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.keywords import keyword_label, keyword_source

_SUBJECT, _ATTACHMENT, _BODY = 3, 2, 1
_NAME = 2
"""A word that names the kind counts so many times."""
_LEAST = 2
"""One ordinary word in the body says nothing: „meine verstorbene Frau“ makes no Kondolenz."""
_READ = 6000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposed kind.

    Args:
        kind: Key of the kind.
        score: Sum over the words found: 3 in the subject, 2 in the name of an attachment, 1 in the body;
            twice as much for a name of the kind.
        words: The names and keywords that were found, in the order of the catalog.
    """

    kind: str
    score: int
    words: tuple[str, ...]


def propose_kind(
    catalog: Catalog, subject: str, body: str, attachment_names: Sequence[str] = ()
) -> Proposal | None:
    """Propose the active kind whose words are found most; None when too little is found.

    With equal scores the kind that stands first in lists wins: special kinds stand before general ones.
    """
    sources = (
        (_SUBJECT, fold(subject)),
        (_ATTACHMENT, fold(" ".join(attachment_names)).replace("_", " ")),
        (_BODY, fold(body[:_READ])),
    )
    best: Proposal | None = None
    for kind in catalog.active_kinds:
        found = _scored(kind, sources)
        if found is not None and found.score >= _LEAST and (best is None or found.score > best.score):
            best = found
    return best


def _scored(kind: RequestKind, sources: Sequence[tuple[int, str]]) -> Proposal | None:
    """Count every keyword once, where it weighs most."""
    weights: dict[int, int] = {}
    known = kind.names + kind.keywords
    pattern = _pattern(known)
    if pattern is None:
        return None
    for weight, text in sources:
        for match in pattern.finditer(text):
            index = (match.lastindex or 1) - 1
            weights.setdefault(index, weight * _NAME if index < len(kind.names) else weight)
    if not weights:
        return None
    words = tuple(keyword_label(known[index]) for index in sorted(weights))
    return Proposal(kind=kind.key, score=sum(weights.values()), words=words)


@lru_cache(maxsize=128)
def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one pattern for all keywords of a kind, each a group of its own."""
    if not keywords:
        return None
    groups = "|".join(f"({keyword_source(keyword)})" for keyword in keywords)
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)")
