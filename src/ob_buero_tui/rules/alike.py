"""Whether two subjects are about the same event, whatever the year and the number of the jubilee."""

from __future__ import annotations

import re
from collections.abc import Collection

from ob_buero_tui.rules.folding import query_words

_SHORT = 3
_ENOUGH = 0.5
_TELLING = 8
"""Letters of a word that names an event alone: „Benefizlauf“ does, „Konzert“ does not."""
# Words of letters, not of events; what a kind of request is called is given by the catalog.
_EMPTY = frozenset(
    """anfrage anlaesslich antrag bitte buergermeister buergermeisterin buero eine einem einen einer
    frage frau fuer herrn ihre ihrer jaehrige jaehrigen jahr jahre jahren nach oberbuergermeister
    oberbuergermeisterin stadt teilnahme termin ueber unser unsere unserer unseren unter wegen durch
    einladung festschrift grusswort schirmherrschaft veranstaltung""".split()  # noqa: SIM905 one list of words
)
_DIGIT = re.compile(r"\d")


def event_words(subject: str, more_empty: Collection[str] = ()) -> frozenset[str]:
    """The folded words of a subject that name the event: no numbers, no words of letters.

    Args:
        more_empty: Folded words that tell nothing here, such as the names of kinds of requests.
    """
    return frozenset(
        word
        for word in query_words(subject)
        if len(word) > _SHORT and not _DIGIT.search(word) and word not in _EMPTY and word not in more_empty
    )


def alike(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether the words of two events are mostly the same; one word in common alone is too little.

    Args:
        one, other: From `event_words`.
    """
    common, every = set(one) & set(other), set(one) | set(other)
    if len(every) == 1:
        return all(len(word) >= _TELLING for word in common)
    return len(common) > 1 and len(common) / len(every) >= _ENOUGH
