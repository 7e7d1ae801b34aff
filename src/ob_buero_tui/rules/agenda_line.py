"""An item of an agenda typed as one line: „- N Verkauf Am Hafen 3 | Grundstücksangelegenheit“."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ob_buero_tui.rules.refusals import Refusal

EXAMPLE = (
    "Titel oder Nummer einer Vorlage; N davor: nichtöffentlich, - davor: Unterpunkt,"
    " | dahinter: allgemeine Bezeichnung"
)
_PART = re.compile(r"(?i)^([nö])(?:\s*:\s*|\s+)(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedItem:
    """An item as it was understood.

    Args:
        below: Whether it is a sub-item of the one before it.
        general_name: What the public reads of it in the non-public part; empty: the catalog proposes it.
    """

    title: str
    public: bool = True
    below: bool = False
    general_name: str = ""


def parse_item(typed: str, *, public: bool = True) -> TypedItem:
    """Read a line of an agenda.

    Args:
        typed: The title; „N “ or „Ö “ before it names the part, „- “ makes it a sub-item, „|“ begins the
            general term.
        public: The part where none is named.

    Raises:
        Refusal: there is no title.
    """
    text, _, term = typed.partition("|")
    text, below = text.strip(), False
    if text.startswith(("-", "–")):
        text, below = text[1:].strip(), True
    if (part := _PART.match(text)) is not None:
        public, text = part[1].lower() == "ö", text[part.end() :]
    title = " ".join(text.split())
    if not title:
        raise Refusal("Es fehlt der Titel.", "", EXAMPLE)
    return TypedItem(title=title, public=public, below=below, general_name=" ".join(term.split()))
