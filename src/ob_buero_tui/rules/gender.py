"""A person's sex as other programs write it, and the form of address that goes with it."""

from __future__ import annotations

from enum import StrEnum

from ob_buero_tui.rules.salutation import FRAU, HERR


class Gender(StrEnum):
    """The words that are stored (those of OParl 1.1); "" where nobody has said anything."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


_FORMS = {Gender.FEMALE: FRAU, Gender.MALE: HERR}
_WORDS = {
    Gender.FEMALE: ("female", "weiblich", "f", "w"),
    Gender.MALE: ("male", "männlich", "m"),
    Gender.OTHER: ("other", "divers", "d", "o"),
}
_BY_WORD = {word: gender for gender, words in _WORDS.items() for word in words}
_FORM_WORDS = {"frau": FRAU, "fr.": FRAU, "herr": HERR, "herrn": HERR, "hr.": HERR}


def gender_of(word: str) -> Gender | None:
    """The sex that a word or letter of vCard (RFC 6350, 6.2.7) or OParl stands for; None for any other."""
    return _BY_WORD.get(word.strip().lower())


def form_of(gender: Gender | None) -> str:
    """„Frau“ or „Herr“; "" where the sex says neither."""
    return _FORMS.get(gender, "") if gender is not None else ""


def form_of_word(word: str) -> str:
    """„Frau“ or „Herr“ for a word that says so („Herrn“, „Fr.“); "" for any other."""
    return _FORM_WORDS.get(word.lower(), "")


def split_form(words: list[str]) -> tuple[str, list[str]]:
    """Take a leading form of address off a name: „Herrn Dr. Muster“ gives „Herr“ and the rest."""
    form = form_of_word(words[0]) if words else ""
    return (form, words[1:]) if form else ("", words)
