"""Finds the answers of a web form in the text of a mail: „Feld: Wert“, two columns, or label above value."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ob_buero_tui.rules.folding import fold

_PAIR = re.compile(r"[ \t>*•-]*([^\W\d_][^:\n]{0,58}?)[ \t]*\*?[ \t]*:(?!//)[ \t]*(.*)")
_COLUMNS = re.compile(r"[ \t]{0,4}([^\W\d_][^:\n]{1,48}?)(?:[ ]{2,}|\t+)(\S.*)")
_BOX = re.compile(r"\[[ \t]*([xX✓✔]?)[ \t]*\][ \t]*([^\[\]\n]+)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_READ = 20_000
_MOST = 200
_LEAST = 4
"""Fewer answers make no form: a letter has a line with a colon too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One question of a form with what was answered; an answer may have several lines."""

    label: str
    value: str

    @property
    def bare(self) -> str:
        """The label folded, with nothing but letters and digits."""
        return bare_label(self.label)


def bare_label(label: str) -> str:
    """A label folded, without brackets and signs: „E-Mail-Adresse (Pflicht)*“ is `e mail adresse`."""
    return _NOT_WORD.sub(" ", fold(re.sub(r"\([^()]*\)", " ", label))).strip()


def pairs(text: str, known: Collection[str] = ()) -> tuple[Pair, ...]:
    """The questions and answers of a form, nothing where the text is no form.

    Args:
        known: Bare labels that count without a colon too, when they stand alone on a line.
    """
    lines = text[:_READ].splitlines()
    found: list[Pair] = []
    at = 0
    while at < len(lines) and len(found) < _MOST:
        label, value = _asked(lines[at], known)
        at += 1
        if not label:
            continue
        answer = [value] if value else []
        while at < len(lines) and lines[at].strip():
            more, _ = _asked(lines[at], known)
            # An answer goes on below its question: always where it began there, else where it is indented.
            if more or (value and not lines[at][:1].isspace()):
                break
            answer.append(lines[at].strip())
            at += 1
        found.append(Pair(label=label.strip(), value="\n".join(answer).strip()))
    filled = tuple(pair for pair in found if pair.value)
    return filled if len(filled) >= _LEAST else ()


def _asked(line: str, known: Collection[str]) -> tuple[str, str]:
    match = _PAIR.fullmatch(line)
    if match is None:
        match = _COLUMNS.fullmatch(line)
    if match is not None:
        return match[1], match[2].strip()
    return (line.strip(), "") if line.strip() and bare_label(line) in known else ("", "")


def boxes(value: str) -> dict[str, bool]:
    """The ticked and unticked boxes of an answer: „[x] Grußwort [ ] Anwesenheit“."""
    return {match[2].strip(): bool(match[1]) for match in _BOX.finditer(value)}
