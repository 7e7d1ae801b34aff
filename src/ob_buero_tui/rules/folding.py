"""Folded text for searching: lower case, ä as ae and a, no accents."""

from __future__ import annotations

import re
from unicodedata import category, normalize

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ŋ": "n", "ŧ": "t", "ĸ": "k", "ƒ": "f",
}  # fmt: skip
# Typographic signs of everyday German text, so that it stays on the fast path.
_SIGNS = {
    "„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "—": "-",
    "‐": "-", "‑": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "€": "eur", "§": " ",
}  # fmt: skip
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_A_UMLAUTS = {"ä": "a", "ö": "o", "ü": "u"}
_TO_AE = str.maketrans(_LETTERS | _SIGNS | _UMLAUTS)
_TO_A = str.maketrans(_LETTERS | _SIGNS | _A_UMLAUTS)
_WORD = re.compile(r"[^\W_]+")
_WITH_UMLAUT = re.compile(r"[^\W_]*[äöü][^\W_]*")


def fold(text: str) -> str:
    """Return the text in lower case with ß as ss, ä as ae and no accents; folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    return _fold_lower(normalize("NFC", text).casefold(), _TO_AE)


def fold_document(text: str) -> str:
    """Return the folded text, and after it the words that read differently with ä as a: „mueller muller“.

    The second spelling is what people type who have no umlaut on their keyboard.
    """
    if text.isascii():
        return text.lower()
    lower = normalize("NFC", text).casefold()
    folded = _fold_lower(lower, _TO_AE)
    words = dict.fromkeys(_fold_lower(word, _TO_A) for word in _WITH_UMLAUT.findall(lower))
    return " ".join((folded, *words)) if words else folded


def query_words(text: str) -> tuple[str, ...]:
    """Return the folded words of what a user typed, each once, split as the search index splits."""
    return tuple(dict.fromkeys(_WORD.findall(fold(text))))


def _fold_lower(lower: str, table: dict[int, str]) -> str:
    """Fold text that is already composed and in lower case."""
    folded = lower.translate(table)
    if folded.isascii():
        return folded
    plain = "".join(char for char in normalize("NFKD", folded) if category(char)[0] != "M")
    # Taking letters apart may bring out capitals (№), letters with a stroke (ǿ) and signs.
    return plain.casefold().translate(table)
