"""Text from outside made harmless for the terminal: no controls, no hidden direction, no mark piles."""

from __future__ import annotations

import re
from unicodedata import category, normalize

from ob_buero_tui.rules import limits

REPLACEMENT = "\ufffd"
_MAX_MARKS = limits.COMBINING_MARKS
# The twelve characters of CVE-2021-42574 that reorder text; they are shown, not dropped.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHOWN = frozenset(("Cc", "Cs"))
_DROPPED = frozenset(("Cf", "Zl", "Zp", "Co"))
# Characters that need no look: printable, no combining mark, and unchanged by NFC.
_PLAIN = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20c0\u2190-\u21ff\u2500-\u27bf\ufffd"
)
_SUSPECT = re.compile(f"[^{_PLAIN}]")
_SUSPECT_LINES = re.compile(f"[^\n{_PLAIN}]")
# Every combining mark is suspect, so a pile of more than three lies inside such a run.
_SUSPECT_RUN = re.compile(f"[^{_PLAIN}]{{{_MAX_MARKS + 1},}}")
# Up to here (Latin to punctuation) decisions are remembered; a hostile text must not fill the memory.
_REMEMBERED = 0x3000


class _Replacements(dict[int, "int | str | None"]):
    """A table for str.translate that decides about a character when it first meets it."""

    def __missing__(self, code: int) -> int | str | None:
        decided = _replacement(code)
        if code < _REMEMBERED:
            self[code] = decided
        return decided


def clean(text: str, *, multiline: bool = False, limit: int = limits.CLEANED) -> str:
    """Return the text without anything that could act on a terminal; cleaning twice changes nothing.

    Args:
        text: Any text, also from before this rule.
        multiline: Keep line feeds (and turn CR LF into them); otherwise a line feed becomes a space.
        limit: The longest result in characters; the rest is cut off.

    Source: reliability anchors, section 3.2 (single characters are replaced, sequences are never parsed).
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    text = text[:limit]
    if not multiline and "\n" in text:
        text = text.replace("\n", " ")
    suspect = _SUSPECT_LINES if multiline else _SUSPECT
    if suspect.search(text) is None:
        return text
    # Dropping comes before NFC: a mark may meet its letter only when what stood between is gone.
    text = normalize("NFC", text.translate(_REPLACEMENTS))
    return _SUSPECT_RUN.sub(_without_piles, text)[:limit]


def shorten(text: str, width: int) -> str:
    """Return cleaned one-line text of at most `width` characters, its cut marked by an ellipsis."""
    whole = clean(text, limit=width + 1)
    return whole if len(whole) <= width else f"{whole[: width - 1].rstrip()}…"


def _replacement(code: int) -> int | str | None:
    """Decide what becomes of one character: its code to keep it, another text, or None to drop it."""
    char = chr(code)
    if char == "\n":
        return code
    if char == "\t":
        return " "
    if char in _BIDI:
        return REPLACEMENT
    kind = category(char)
    if kind in _SHOWN:
        return REPLACEMENT
    return None if kind in _DROPPED else code


def _without_piles(run: re.Match[str]) -> str:
    """Keep at most three combining marks in a row."""
    kept: list[str] = []
    marks = 0
    for char in run.group():
        marks = marks + 1 if category(char).startswith("M") else 0
        if marks <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


_REPLACEMENTS = _Replacements()
