"""Finds the words by which a person is known, in any spelling of a text, and takes them out of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from ob_buero_tui.rules.folded_spans import FoldedSpans, folded, folded_spans
from ob_buero_tui.rules.person_patterns import SEPARATORS, Known, WordKind, patterns_of
from ob_buero_tui.rules.word_names import is_word
from ob_buero_tui.rules.written_small import Parts

GONE: Final = "[gelöscht]"
"""What stands where a word of an erased person stood."""

SURE: Final = frozenset((WordKind.NAME, WordKind.MAIL, WordKind.TELEFON))
"""Kinds that hardly ever mean somebody else."""

_FILE: Final = re.compile(r"[_@]|\.\w{2,5}$")
"""By it a token is the name of a file or an address, in which nobody writes capitals."""

_BEFORE: Final = re.compile(r"([^\W_][\w\-]*)\s+$")
_AFTER: Final = re.compile(r"\s*,\s*([^\W_][\w\-]*)")
_PARTS: Final = re.compile(r"[\W_]+")
_LONGEST_NAME: Final = 60
_ADDRESSED: Final = re.compile(
    r"(?<![^\W_])(?:frau|herrn?|familie|eheleute|fam|fr|hr|dr|prof|witwe|ehepaar)\.?\s+$"
)
"""After these words follows a name, however it is written."""
_SALUTATIONS: Final = frozenset(("frau", "herr", "herrn", "familie", "eheleute", "dr", "prof"))
"""What stands in the field of the given name here and there, and before anybody's family name."""


class PersonWords:
    """Finds and replaces a person's words.

    Args:
        known: All that is and was known of the person.
        others: Given names of other people: the family name after one of them is not this person's.
        ordinary: Family names of others, names of places and bodies, and what stands here as a word: in
            small letters nobody can say who is meant.
        everyday: Everyday words that are family names too, folded.
    """

    def __init__(
        self,
        known: Iterable[Known],
        others: Collection[str] = (),
        ordinary: Collection[str] = (),
        everyday: Collection[str] = (),
    ) -> None:
        known = list(known)
        found = dict.fromkeys(pattern for one in known for pattern in patterns_of(one))
        # A family name alone comes last, and of each kind the longest first: what it is part of goes with it.
        ordered = sorted(found, key=lambda one: (tuple(WordKind).index(one.kind), -len(one.regex)))
        self._patterns = [(one.kind, one.needle, re.compile(one.regex)) for one in ordered]
        own = {word for one in known for word in folded(one.given).split()}
        self._others = {word for name in others for word in folded(name).split()} - own - _SALUTATIONS
        self._ordinary = {word for name in ordinary for word in _PARTS.split(folded(name))}
        self._everyday = everyday
        self._own = own | {word for one in known for word in _PARTS.split(folded(one.family))}

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def kinds(self, text: str) -> set[WordKind]:
        """Which kinds of the person's words stand in a text."""
        return {
            kind
            for kind, pattern, plain in self._likely(text)
            if pattern.search(plain)
            and (kind is not WordKind.FAMILIENNAME or next(self._spans(kind, pattern, text), None))
        }

    def as_words(self, text: str) -> Iterator[str]:
        """The person's family names that stand in a text in small letters, though a name has a capital there.

        Where the person is named beside it, it tells nothing. Each comes folded, as it is written.
        """
        for kind, pattern, plain in self._likely(text):
            if kind is not WordKind.FAMILIENNAME or not pattern.search(plain):
                continue
            there, parts, named = folded_spans(text), Parts(text, self._own), ""
            for match in pattern.finditer(there.text):
                start, end = there.written(*match.span(1))
                if parts.small(start, end) or self._is_own(match, there, text, parts):
                    continue
                part = parts.around(start, end)
                if part == named:
                    continue
                if not self.kinds(part):
                    yield match[1]
                named = part

    def places(self, text: str, most: int) -> list[tuple[int, int]]:
        """Where the person's words stand, in their order, each letter once.

        Args:
            most: How many of each way to write them are looked for.
        """
        likely = list(self._likely(text))
        there = folded_spans(text) if likely else FoldedSpans("", (0,))
        spans = sorted(
            span
            for kind, pattern, _ in likely
            for span in islice(self._spans(kind, pattern, text, there), most)
        )
        found: list[tuple[int, int]] = []
        for start, end in spans:
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found

    def replaced(self, text: str) -> str:
        """The text without the person's words."""
        for kind, pattern, plain in self._likely(text):
            if not pattern.search(plain):
                continue
            for start, end in reversed(list(self._spans(kind, pattern, text))):
                text = f"{text[:start]}{GONE}{text[end:]}"
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

    def _likely(self, text: str) -> Iterator[tuple[WordKind, re.Pattern[str], str]]:
        """The patterns that can be found in a text, by what must stand in it, with the folded text."""
        plain = folded(text)
        digits = SEPARATORS.sub("", plain)
        for kind, needle, pattern in self._patterns:
            if needle in (digits if kind is WordKind.TELEFON else plain):
                yield kind, pattern, plain

    def _spans(
        self, kind: WordKind, pattern: re.Pattern[str], text: str, there: FoldedSpans | None = None
    ) -> Iterator[tuple[int, int]]:
        """Where the words of a pattern stand in a text as it is written."""
        there, parts = there or folded_spans(text), Parts(text, self._own)
        for match in pattern.finditer(there.text):
            if kind is not WordKind.FAMILIENNAME or self._is_own(match, there, text, parts):
                yield there.written(*match.span())

    def _is_own(self, match: re.Match[str], there: FoldedSpans, text: str, parts: Parts) -> bool:
        """Whether a family name is written as one (Lang, not lang) and belongs to nobody else.

        In small letters it is one where somebody is addressed by it and in the name of a file or an address;
        else only where all is written small, and where it is no word and nobody else's (dornieden, not lang).
        """
        before = _BEFORE.search(there.text, max(0, match.start() - _LONGEST_NAME), match.start())
        after = _AFTER.match(there.text, match.end())
        if any(beside is not None and beside[1] in self._others for beside in (before, after)):
            return False
        start, end = there.written(*match.span(1))
        if not text[start].islower():
            return True
        if _ADDRESSED.search(there.text, max(0, match.start() - _LONGEST_NAME), match.start()):
            return True
        if not self._is_ordinary(match) and parts.small(start, end):
            return True
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        return bool(_FILE.search(text[start:end]))

    def _is_ordinary(self, match: re.Match[str]) -> bool:
        """Whether a family name in small letters may be a word, or somebody or something else."""
        written = (match[1], match[0].removesuffix("'"))
        if any(is_word(one, self._everyday) for one in written):
            return True
        return any(part in self._ordinary for one in written for part in _PARTS.split(one))


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
