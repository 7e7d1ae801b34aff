"""How a person's names, addresses and numbers are written: patterns for folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ob_buero_tui.rules.folded_spans import folded

_START: Final = r"(?:(?<![^\W_])|(?<=\\n))"
"""Before it stands no letter; an underscore is none, nor is the `\\n` by which calendars break lines."""
_END: Final = r"(?![^\W_])"
_BETWEEN: Final = r"[\s\-_]+"
_TITLES: Final = r"(?:[\w.]+\s+){0,2}?"
_OWN: Final = r"(?:'?s|')?"
_APART: Final = r"[\s/()\-.]*"
SEPARATORS: Final = re.compile(_APART.replace("*", "+"))
"""What stands between the digits of a number."""
_PARTICLES: Final = frozenset(
    (
        *(
            "von",
            "van",
            "vom",
            "zu",
            "zum",
            "zur",
            "und",
            "de",
            "der",
            "den",
            "dem",
            "ten",
            "ter",
            "da",
            "di",
        ),
        *("del", "della", "dos", "du", "la", "le", "el", "al", "v.", "d.", "z."),
    )
)
"""What stands before a family name and is often left out, folded."""
_STREET: Final = re.compile(r"str(?:asse|\.)?(?=[\s\d]|$)")
_TWO: Final = re.compile(r"([,;|/\n]|\s(?:oder|und|od\.|u\.)\s)")
_SHORTEST_PHONE: Final = 6
_SHORTEST_NAME: Final = 2


class WordKind(StrEnum):
    """What a word of a person is; a family name alone may well be somebody else's."""

    NAME = "name"
    MAIL = "mail"
    TELEFON = "telefon"
    ANSCHRIFT = "anschrift"
    FAMILIENNAME = "familienname"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one person at one time; a person may have had several names and addresses."""

    given: str = ""
    family: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to write something about a person.

    Args:
        regex: For text that is folded; that of a family name has the name without particles as a group.
        needle: What stands in every text that it finds; that of a number in the text without `SEPARATORS`.
    """

    kind: WordKind
    regex: str
    needle: str


def patterns_of(one: Known) -> Iterator[Pattern]:
    """All ways to write what is known of a person."""
    particles, core = _family(one.family)
    given = _spelled(one.given)
    needle = max(re.split(r"[\s\-]+", core), key=len)
    if len(core) >= _SHORTEST_NAME and needle:
        whole = f"{particles}{_spelled(core)}"
        yield Pattern(WordKind.FAMILIENNAME, rf"{_START}{particles}({_spelled(core)}){_OWN}{_END}", needle)
        if given:
            first = _spelled(one.given.split()[0])
            name = rf"{_START}{first}{_BETWEEN}{_TITLES}{whole}{_OWN}{_END}"
            yield Pattern(WordKind.NAME, name, needle)
            name = rf"{_START}{whole}\s*,{_BETWEEN}{_TITLES}{given}{_END}"
            yield Pattern(WordKind.NAME, name, needle)
            yield Pattern(WordKind.NAME, rf"{_START}{whole}{_BETWEEN}{given}{_END}", needle)
    for mail in one.mails:
        if "@" in mail:
            plain = folded(mail.strip())
            address = rf"(?:(?<![\w.+-])|(?<=\\n)){re.escape(plain)}(?![\w-])"
            yield Pattern(WordKind.MAIL, address, plain)
    for phone in one.phones:
        yield from (found for number in numbers_of(phone) if (found := _phone(number)))
    for street in one.streets:
        if any(letter.isdigit() for letter in street):
            words = re.split(r"\s+", " ".join(_STREET.split(folded(street))))
            yield Pattern(WordKind.ANSCHRIFT, rf"{_START}{_street(street)}(?!\w)", max(words, key=len))


def numbers_of(field: str) -> tuple[str, ...]:
    """The numbers in a field: „04711 998877, 0170 1234567“ are two; a stroke may also part the area code."""
    numbers = [""]
    for place, part in enumerate(_TWO.split(field)):
        if place % 2:
            between = part
        elif not place:
            numbers[-1] = part
        elif min(_digits(part), _digits(numbers[-1])) >= _SHORTEST_PHONE:
            numbers.append(part)
        else:
            numbers[-1] += between + part
    return tuple(dict.fromkeys([*numbers, field])) if "/" in field else tuple(numbers)


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _family(text: str) -> tuple[str, str]:
    """The pattern of the particles before a family name, and the name without them."""
    words = folded(text).split()
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    before = "".join(rf"{re.escape(word)}\s+" for word in words[:count])
    return f"(?:{before})?" if before else "", " ".join(words[count:])


def _spelled(text: str) -> str:
    """A name with any blanks or hyphens between its words."""
    return _BETWEEN.join(re.escape(word) for word in re.split(r"[\s\-]+", folded(text)) if word)


def _street(text: str) -> str:
    """A street with its number; „straße“ is also written „str.“."""
    parts = _STREET.split(folded(text.strip()))
    spelled = [r"\s+".join(re.escape(word) for word in part.split()) for part in parts]
    ends = [r"\s+" if part[-1:].isspace() else "" for part in parts]
    return r"str(?:asse|\.)?\s*".join(word + end for word, end in zip(spelled, ends, strict=True))


def _phone(text: str) -> Pattern | None:
    """A number with any separators, with the country's prefix or without."""
    digits = re.sub(r"\(0\)|\D", "", text)
    for prefix in ("0049", "49"):
        if digits.startswith(prefix) and (prefix == "0049" or "+" in text):
            digits = digits[len(prefix) :]
            break
    bare = digits.lstrip("0")
    if len(bare) < _SHORTEST_PHONE:
        return None
    number = rf"(?<!\d)(?:(?:\+|00){_APART}49{_APART}(?:\(0\){_APART})?|\(?0)?{_APART.join(bare)}(?!\d)"
    return Pattern(WordKind.TELEFON, number, bare)
