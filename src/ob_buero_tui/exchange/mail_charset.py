"""Decodes mail bytes to text in a fixed order of charsets, and says when it had to guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ob_buero_tui.rules.clean import clean

# Codecs that Python counts as text encodings but no mail is written in; some are slow on crafted input.
_NO_MAIL_CODECS = frozenset(
    {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem", "unknown-8bit"}
)
# Mail programs say Latin-1 or ASCII and send Windows-1252; their printable ranges agree (WHATWG).
_MEANS_CP1252 = frozenset({"iso8859-1", "ascii"})
_SURROGATES = re.compile("[\udc80-\udcff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Decoded text and, where the charset was guessed, a German sentence on it.

    Args:
        text: The text, not yet cleaned.
        note: Sentence for the clerk, "" when the declared charset fitted.
    """

    text: str
    note: str


def decode_text(data: bytes, declared: str = "") -> Decoded:
    """Decode by the declared charset, else UTF-8, else Windows-1252; never raises.

    Charset detectors are wrong on short German text, so none is used.

    Args:
        data: Bytes of the text.
        declared: Charset named by the sender, "" if none.
    """
    text = _by_declared(data, declared)
    if text is not None:
        return Decoded(text=text, note="")
    try:
        text, used = data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, used = _damaged(data)
    if data.isascii():
        used = "ASCII"
    return Decoded(text=text, note=_note(data, declared, used))


def raw_text(data: bytes) -> str:
    """Decode a header that should have been ASCII: UTF-8 if it is that, else Windows-1252."""
    return decode_text(data).text


def mend_surrogates(text: str) -> str:
    """Decode the raw bytes that stdlib parsers leave behind as lone surrogates."""
    return _SURROGATES.sub(lambda m: raw_text(m[0].encode("ascii", "surrogateescape")), text)


def _damaged(data: bytes) -> tuple[str, str]:
    """Decode what is no valid UTF-8: as UTF-8 if only a few characters are torn, else Windows-1252.

    Programs cut file names and subjects after so many bytes, in the middle of a character. German
    Windows-1252 text almost never holds a valid UTF-8 sequence, so the count tells the two apart.
    """
    text = data.decode("utf-8", errors="replace")
    torn = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - torn
    if whole >= 3 * torn:
        return text, "UTF-8"
    return data.decode("cp1252", errors="replace"), "Windows-1252"


def _by_declared(data: bytes, declared: str) -> str | None:
    """Decode by the declared charset, None if it is unknown, unfit or does not fit the bytes."""
    import codecs

    try:
        name = codecs.lookup(declared.strip()[:60]).name if declared.strip() else ""
        if not name or name.replace("_", "-") in _NO_MAIL_CODECS:
            return None
        if name in _MEANS_CP1252 and not data.isascii():
            return _latin(data, name)
        return data.decode(name)
    except (LookupError, ValueError, TypeError):  # UnicodeDecodeError is a ValueError
        return None


def _latin(data: bytes, name: str) -> str | None:
    """Decode declared Latin-1 as Windows-1252; 8-bit bytes under "ascii" are left to the guess."""
    if name == "ascii":
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _note(data: bytes, declared: str, used: str) -> str:
    if data.isascii() and not declared:
        return ""
    if not declared:
        return "" if used == "UTF-8" else f"Ein Text nannte keinen Zeichensatz und wurde als {used} gelesen."
    named = clean(declared, limit=40)
    return f"Der angegebene Zeichensatz „{named}“ passt nicht; der Text wurde als {used} gelesen."
