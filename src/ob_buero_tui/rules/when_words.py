"""The words of the date grammar: folding, numbers, weekdays, months, and its refusals."""

from __future__ import annotations

import unicodedata

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import MONTHS, WEEKDAYS
from ob_buero_tui.rules.refusals import Refusal

DAY_EXAMPLES = "Möglich sind: heute, morgen, fr, +3t, +2w, ein Datum wie 24.12. oder eine Woche wie kw50."
CLOCK_EXAMPLES = "Möglich sind zum Beispiel: 14, 14:30, 14.30, 14 Uhr oder halb drei."
SPAN_EXAMPLES = "Möglich sind zum Beispiel: 14-15:30 oder 9:30-11 Uhr."
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", ",": " "})
_NUMBERS = (
    "null", "ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
    "zwoelf", "dreizehn", "vierzehn", "fuenfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig",
)  # fmt: skip
_ORDINALS = ("erst", "zweit", "dritt", "viert")
_ENDINGS = ("er", "en", "e", "es", "em")


def fold(text: str) -> str:
    """Write in small letters without umlauts, doubled blanks and commas, as all patterns expect."""
    return " ".join(unicodedata.normalize("NFC", text).lower().translate(_FOLD).split())


def quoted(text: str) -> str:
    """Show what was typed, harmless and short."""
    return f"„{clean(' '.join(text.split()), limit=40)}“"


def number_of(word: str) -> int | None:
    """Read „14“, „vierzehn“, „eine“, „einem“; None when it is no number."""
    if word.isascii() and word.isdigit():
        return int(word[:5])
    if word in ("eins", "eine", "einer", "einem", "einen"):
        return 1
    return _NUMBERS.index(word) if word in _NUMBERS else None


def ordinal_of(word: str) -> int | None:
    """Read „2.“, „2“, „zweiter“, „zweiten“ up to four; None when it is no such word."""
    bare = word.rstrip(".")
    if bare.isascii() and bare.isdigit():
        return int(bare[:3])
    for index, stem in enumerate(_ORDINALS, start=1):
        if word.startswith(stem) and word[len(stem) :] in _ENDINGS:
            return index
    return None


def weekday_of(word: str) -> int | None:
    """Return 0 for Montag … 6 for Sonntag from a name or an abbreviation of two or three letters."""
    word = word.rstrip(".")
    word = "samstag" if word == "sonnabend" else word
    for index, name in enumerate(WEEKDAYS):
        lower = name.lower()
        if word and word in (lower, lower[:2], lower[:3]):
            return index
    return None


def month_of(word: str) -> int | None:
    """Return 1 for Januar … 12 for Dezember from a name or its first three letters (also Sept, Jänner)."""
    word = word.rstrip(".")
    if word in ("jaenner", "sept"):
        return 1 if word == "jaenner" else 9
    for index, name in enumerate(MONTHS, start=1):
        folded = fold(name)
        if word in (folded, folded[:3]) or (word == "mrz" and index == 3):
            return index
    return None


def not_understood(shown: str, why: str = "", now: str = DAY_EXAMPLES) -> Refusal:
    """What was typed is no day."""
    return Refusal(f"{shown} wurde nicht als Tag verstanden.", why, now)


def not_taken(shown: str, why: str, now: str = DAY_EXAMPLES) -> Refusal:
    """What was typed is a day, but none that can be meant."""
    return Refusal(f"{shown} wurde nicht übernommen.", why, now)
