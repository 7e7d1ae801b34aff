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
_AE = {"ä": "ae", "ö": "oe", "ü": "ue"}
_A = {"ä": "a", "ö": "o", "ü": "u"}
# Few characters make up nearly all that is not ASCII in German text: replacing them is faster than a table.
_FREQUENT = ("–", "„", "“")
_TABLE = str.maketrans(_LETTERS | _SIGNS | _AE)
_WORD = re.compile(r"[^\W_]+")
_UMLAUT = re.compile("[äöü]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """Return the text in lower case with ß as ss, ä as ae and no accents; folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    return _fold_lower(normalize("NFC", text).casefold(), _AE)


def fold_document(text: str) -> str:
    """Return the folded text, and after it the words that read differently with ä as a: „mueller muller“.

    The second spelling is what people type who have no umlaut on their keyboard.
    """
    if text.isascii():
        return text.lower()
    lower = normalize("NFC", text).casefold()
    folded = _fold_lower(lower, _AE)
    if not _UMLAUT.search(lower):
        return folded
    umlauted = (word for word in dict.fromkeys(_WORD.findall(lower)) if _UMLAUT.search(word))
    return " ".join((folded, *dict.fromkeys(_fold_lower(word, _A) for word in umlauted)))


def query_words(text: str) -> tuple[str, ...]:
    """Return the folded words of what a user typed, each once, split as the search index splits."""
    return tuple(dict.fromkeys(_WORD.findall(fold(text))))


def document_words(text: str) -> list[str]:
    """Return the words of `fold_document`, in both spellings, as the search index splits them."""
    return _WORD.findall(fold_document(text))


def _fold_lower(lower: str, umlauts: dict[str, str]) -> str:
    """Fold text that is already composed and in lower case, with one of the two spellings of umlauts."""
    for umlaut, letters in umlauts.items():
        lower = lower.replace(umlaut, letters)
    for sign in _FREQUENT:
        lower = lower.replace(sign, _SIGNS[sign])
    return lower if lower.isascii() else _NOT_ASCII.sub(_fold_rest, lower)


def _fold_rest(run: re.Match[str]) -> str:
    """Fold the rarer letters and signs."""
    letters = normalize("NFKD", run.group().translate(_TABLE))
    plain = "".join(char for char in letters if category(char)[0] != "M")
    # Taking letters apart may bring out capitals (№), letters with a stroke (ǿ) and signs.
    return plain.casefold().translate(_TABLE)
