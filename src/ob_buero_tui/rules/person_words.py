"""The words by which a person is known, found in any spelling of a text and taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

GONE: Final = "[gelöscht]"
"""What stands where a word of an erased person stood."""

_SPELLINGS: Final = {
    "ä": "(?:ä|a\u0308|ae)",
    "ö": "(?:ö|o\u0308|oe)",
    "ü": "(?:ü|u\u0308|ue)",
    "ß": "(?:ß|ss)",
}
_BETWEEN: Final = r"[\s\u00a0]+"
_TITLES: Final = r"(?:[\w.]+[\s\u00a0]+){0,2}?"
_APART: Final = r"[\s\u00a0/()\-.\u2010-\u2013]*"
_SHORTEST_PHONE: Final = 6
_SHORTEST_NAME: Final = 2


class WordKind(StrEnum):
    """What a word of a person is; a family name alone may well be somebody else's."""

    NAME = "name"
    MAIL = "mail"
    TELEFON = "telefon"
    ANSCHRIFT = "anschrift"
    FAMILIENNAME = "familienname"


SURE: Final = frozenset((WordKind.NAME, WordKind.MAIL, WordKind.TELEFON))
"""Kinds that hardly ever mean somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one person at one time; a person may have had several names and addresses."""

    given: str = ""
    family: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()


class PersonWords:
    """Finds and replaces a person's words.

    Args:
        known: All that is and was known of the person.
    """

    def __init__(self, known: Iterable[Known]) -> None:
        patterns: dict[WordKind, dict[str, None]] = {kind: {} for kind in WordKind}
        for one in known:
            for kind, pattern in _patterns(one):
                patterns[kind][pattern] = None
        self._patterns = [
            (kind, re.compile("|".join(sorted(listed, key=len, reverse=True)), re.IGNORECASE))
            for kind, listed in patterns.items()
            if listed
        ]

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def kinds(self, text: str) -> set[WordKind]:
        """Which kinds of the person's words stand in a text."""
        return {kind for kind, pattern in self._patterns if text and pattern.search(text)}

    def first(self, text: str) -> tuple[int, int] | None:
        """Where the first of the person's words stands."""
        found = [match.span() for _, pattern in self._patterns if (match := pattern.search(text))]
        return min(found, default=None)

    def replaced(self, text: str) -> str:
        """The text without the person's words."""
        for _, pattern in self._patterns:
            text = pattern.sub(GONE, text)
        return text

    def replaced_in(self, value: Any) -> Any:
        """A JSON value without the person's words, in keys and values alike."""
        match value:
            case str():
                return self.replaced(value)
            case list():
                return [self.replaced_in(one) for one in value]
            case dict():
                return {self.replaced(str(key)): self.replaced_in(one) for key, one in value.items()}
        return value


def texts_of(value: Any) -> Iterator[str]:
    """All texts inside a JSON value."""
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from texts_of(one)
        case dict():
            for key, one in value.items():
                yield str(key)
                yield from texts_of(one)


def _patterns(one: Known) -> Iterator[tuple[WordKind, str]]:
    given, family = _spelled(one.given), _spelled(one.family)
    if len(one.family.strip()) >= _SHORTEST_NAME:
        yield WordKind.FAMILIENNAME, rf"\b{family}(?:s|')?\b"
        if given:
            first = _spelled(one.given.split()[0])
            yield WordKind.NAME, rf"\b{first}{_BETWEEN}{_TITLES}{family}(?:s|')?\b"
            yield WordKind.NAME, rf"\b{family}\s*,{_BETWEEN}{_TITLES}{given}\b"
            yield WordKind.NAME, rf"\b{family}{_BETWEEN}{given}\b"
    for mail in one.mails:
        if "@" in mail:
            yield WordKind.MAIL, rf"(?<![\w.+-]){re.escape(mail.strip())}(?![\w-])"
    for phone in one.phones:
        yield from ((WordKind.TELEFON, pattern) for pattern in _phone(phone))
    for street in one.streets:
        if any(letter.isdigit() for letter in street):
            yield WordKind.ANSCHRIFT, rf"\b{_street(street)}(?![\w])"


def _spelled(text: str) -> str:
    """A name in each of its spellings, with any blanks between its words."""
    words = [
        "".join(_SPELLINGS.get(letter, re.escape(letter)) for letter in word.lower()) for word in text.split()
    ]
    return _BETWEEN.join(words)


def _street(text: str) -> str:
    """A street with its number; „straße“ is also written „str.“."""
    spelled = _spelled(text.strip())
    long = _SPELLINGS["ß"].join(("stra", "e"))
    return spelled.replace(long, rf"str(?:a{_SPELLINGS['ß']}e|\.)")


def _phone(text: str) -> Iterator[str]:
    """A number with any separators, with the country's prefix or without."""
    digits = re.sub(r"\(0\)|\D", "", text)
    for prefix in ("0049", "49"):
        if digits.startswith(prefix) and (prefix == "0049" or "+" in text):
            digits = digits[len(prefix) :]
            break
    bare = digits.lstrip("0")
    if len(bare) < _SHORTEST_PHONE:
        return
    yield rf"(?<!\d)(?:(?:\+|00){_APART}49{_APART}(?:\(0\){_APART})?|\(?0)?{_APART.join(bare)}(?!\d)"
