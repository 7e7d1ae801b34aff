"""The search language of the Eingang: `art:grusswort status:offen von:tsv frist:<kw48 -wort "zwei Wörter"`.

Here is the form alone: which keys there are and how a line is taken apart. What a value means for the office
(its kinds, people and dates) is said in `services.requests.query`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ob_buero_tui.rules.folding import fold, query_words
from ob_buero_tui.rules.query_keys import BY_NAME, NEAR, Key, Sort, nearest
from ob_buero_tui.rules.refusals import Refusal

QUOTES: Final = '"„“”«»'
MOST: Final = 40
"""Keys and excluded words that one query may have; each is a condition of its own."""
LONGEST: Final = 200
"""Characters of one word or value; SQLite refuses to compare with very long ones."""
_REPLIES: Final = frozenset({"re", "aw", "antw", "wg", "fw", "fwd"})
"""What mail programs write before a subject: no key, though a colon follows."""
_KEY = re.compile(r"([^\W\d_]+):(?!//)")
_COMPARED = re.compile(r"<=|>=|<|>|=")
_BLANKS = re.compile(r"\s*")
_BARE = re.compile(rf"[^\s,{QUOTES}]+")
_WORD = re.compile(rf"[^\s{QUOTES}]+")


class Mistake(Refusal):
    """A query that cannot be understood.

    Args:
        place: Where it stops making sense, counted in characters from 1.
        key: The key whose value is wrong; empty for an unknown key.
    """

    def __init__(self, place: int, what: str, why: str = "", now: str = "", *, key: str = "") -> None:
        super().__init__(f"Stelle {place}: {what}", why, now)
        self.place = place
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One part of a query: a word, or what a key must be.

    Args:
        key: The key's own name; empty for a word.
        values: The word or words in quotes as one, or the values of a key, of which one is enough.
        compared: `<`, `<=`, `>`, `>=` or empty.
        negated: Whether it must not be so.
        place: Where it begins in what was typed, from 1; no part of what it says.
    """

    key: str = ""
    values: tuple[str, ...]
    compared: str = ""
    negated: bool = False
    place: int = field(default=1, compare=False)

    def __str__(self) -> str:
        values = ",".join(_written(value, quoted=not self.key and " " in value) for value in self.values)
        named = f"{self.key}:{self.compared}" if self.key else ""
        return f"{'-' if self.negated else ''}{named}{values}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for: every term must hold."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    @property
    def keyed(self) -> bool:
        """Whether it says more than words that must occur, so that only requests can be meant."""
        return any(term.key or term.negated or " " in term.values[0] for term in self.terms)


def parse_query(text: str) -> Query:
    """Take a query apart; words without a key are looked for in everything.

    Raises:
        Mistake: a key that does not exist, or one without a value, no word at all or a very long one.
    """
    terms: list[Term] = []
    at = 0
    while (at := _past_blanks(text, at)) < len(text):
        term, at = _term(text, at)
        if term is not None:
            terms.append(term)
        if sum(bool(each.key or each.negated) for each in terms) > MOST:
            raise Mistake(at, "Das ist zu viel auf einmal.", f"Mehr als {MOST} Angaben gehen nicht.")
    if not terms and text.strip():
        raise Mistake(
            1, "Da steht kein Wort.", "", "Schreiben Sie ein Wort oder einen Schlüssel: status:offen"
        )
    for term in terms:
        if any(len(value) > LONGEST for value in term.values):
            raise Mistake(
                term.place, "Das ist zu lang.", f"Mehr als {LONGEST} Zeichen gehen nicht.", key=term.key
            )
    return Query(terms=tuple(terms))


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _term(text: str, at: int) -> tuple[Term | None, int]:
    start = at
    negated = text[at] == "-"
    at += negated
    if (found := _KEY.match(text, at)) and fold(found[1]) in _REPLIES:
        return Term(values=(found[1],), negated=negated, place=start + 1), found.end()
    if found:
        key = _known(found[1], at)
        return _keyed(text, found.end(), key, negated, start)
    if at < len(text) and text[at] in QUOTES:
        value, at = _quoted(text, at)
    elif word := _WORD.match(text, at):
        value, at = word[0], word.end()
    else:
        return None, max(at, start + 1)
    if not query_words(value):
        return None, at
    return Term(values=(value,), negated=negated, place=start + 1), at


def _known(name: str, at: int) -> Key:
    folded = fold(name)
    if key := BY_NAME.get(folded):
        return key
    meant = NEAR.get(folded) or nearest(folded, BY_NAME)
    said = BY_NAME[meant] if meant else None
    hint = f"Gemeint ist vielleicht „{said.name}:“, etwa {said.example}." if said else _all_keys()
    raise Mistake(at + 1, f"„{name}:“ gibt es nicht.", "", hint)


def _all_keys() -> str:
    names = dict.fromkeys(f"{key.name}:" for key in BY_NAME.values())
    return f"Es gibt {' '.join(names)} — ein Doppelpunkt im Wort braucht Anführungszeichen."


def _keyed(text: str, at: int, key: Key, negated: bool, start: int) -> tuple[Term, int]:
    at = _past_blanks(text, at)
    compared = ""
    if found := _COMPARED.match(text, at):
        compared, at = found[0].replace("==", "="), _past_blanks(text, found.end())
        compared = "" if compared == "=" else compared
        if compared and key.sort is not Sort.DATE:
            what = f"„{key.name}:“ kennt kein „{compared}“."
            raise Mistake(found.start() + 1, what, "", f"Zum Beispiel: {key.example}", key=key.name)
    values, at = _values(text, at)
    if not values:
        what = f"Hinter „{key.name}:“ fehlt eine Angabe."
        raise Mistake(min(at, len(text)) + 1, what, "", f"Zum Beispiel: {key.example}", key=key.name)
    return Term(key=key.name, values=values, compared=compared, negated=negated, place=start + 1), at


def _values(text: str, at: int) -> tuple[tuple[str, ...], int]:
    found: list[str] = []
    while at < len(text):
        if text[at] in QUOTES:
            value, at = _quoted(text, at)
        elif (bare := _BARE.match(text, at)) and not _begins_key(text, at):
            value, at = bare[0], bare.end()
        else:
            value = ""
        if value:
            found.append(value)
        if at >= len(text) or text[at] != ",":
            break
        at += 1
    return tuple(dict.fromkeys(found)), at


def _begins_key(text: str, at: int) -> bool:
    """Whether the next key stands where a value should be."""
    found = _KEY.match(text, at + text.startswith("-", at))
    return found is not None and fold(found[1]) in BY_NAME


def _quoted(text: str, at: int) -> tuple[str, int]:
    """What stands in quotes; a quote that is still open goes to the end."""
    end = next((place for place in range(at + 1, len(text)) if text[place] in QUOTES), len(text))
    return " ".join(text[at + 1 : end].split()), min(end + 1, len(text))


def _written(value: str, *, quoted: bool) -> str:
    """A value as it must be typed to be read as itself."""
    # Without quotes these would exclude a word, compare a value or name a key, known or not.
    plain = _BARE.fullmatch(value) and not (
        value.startswith("-") or _COMPARED.match(value) or _KEY.match(value)
    )
    return value if plain and not quoted else f'"{value}"'
