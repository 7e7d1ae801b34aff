"""Turns raw header values into cleaned text, addresses, message ids and dates; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from ob_buero_tui.exchange.mail_charset import decode_text, raw_text
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean

T = TypeVar("T")

_ENCODED = re.compile(r"=\?([^?\s]{1,75})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,75}\?[bBqQ]\?)")
_ADDRESS = re.compile(r"""[^\s<>()\[\],;:"@]{1,64}@[^\s<>()\[\],;:"@]{1,255}""")
_ID = re.compile(r"<([^<>]*)>")
MAX_ADDRESSES = limits.MAIL_ADDRESSES
# A private-use character: clean() drops it, so no text that is shown can hold it.
_MARK = "\ue000"
_MARKS = re.compile(f"{_MARK}([0-9]{{1,6}}){_MARK}")
_MAX_REFERENCES = limits.MAIL_REFERENCES
_MAX_ID = limits.MAIL_ID
# Machines without a clock battery send 1970, converters 1601: such a date is worse than none.
_YEARS = range(1980, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A display name with its address; either may be empty."""

    name: str
    address: str


def decode_words(text: str) -> str:
    """Decode the RFC 2047 encoded words of a header value.

    Neighbouring words of one charset are joined as bytes first, because many programs cut a
    character in two.
    """
    text = _BETWEEN.sub(r"\1", text)
    out: list[str] = []
    pending, charset, last = b"", "", 0
    for match in _ENCODED.finditer(text):
        named = match[1].partition("*")[0].lower()  # RFC 2231 section 5: charset*language
        if match.start() != last or named != charset:
            out += [decode_text(pending, charset).text, text[last : match.start()]]
            pending, charset = b"", named
        pending += _word_bytes(match[2], match[3])
        last = match.end()
    return "".join([*out, decode_text(pending, charset).text, text[last:]])


def _word_bytes(encoding: str, payload: str) -> bytes:
    """Decode the payload of one encoded word, leaving it as it is when it is broken."""
    import binascii

    raw = payload.encode("utf-8", "surrogateescape")
    try:
        if encoding in "bB":
            return binascii.a2b_base64(raw.rstrip(b"=") + b"===") or raw
        return binascii.a2b_qp(raw, header=True)
    except (binascii.Error, ValueError):
        return raw


def header_text(raw: bytes, *, limit: int) -> str:
    """Return a header as cleaned text of at most limit characters."""
    return clean(decode_words(raw_text(raw)), limit=limit).strip()


def mailboxes(raw: bytes) -> tuple[Mailbox, ...]:
    """Return the mailboxes of an address header, at most 500; an entry may lack its name or its address.

    Args:
        raw: Raw unfolded value of From, To, Cc or the like.
    """
    from email.utils import getaddresses

    # An encoded word may hold commas and brackets that the address parser must not see.
    words: list[str] = []
    text = _ENCODED.sub(lambda match: _hide(match[0], words), raw_text(raw))
    nothing: list[tuple[str, str]] = []
    pairs = attempt(lambda: getaddresses([text]), nothing)
    pairs = [(_show(name, words), _show(address, words)) for name, address in pairs[:MAX_ADDRESSES]]
    found = tuple(_mailbox(name, address) for name, address in pairs)
    if any(box.address for box in found):
        return found
    bare = tuple(Mailbox(name="", address=address) for address in _ADDRESS.findall(clean(raw_text(raw))))
    return bare or tuple(box for box in found if box.name)


def _hide(word: str, words: list[str]) -> str:
    """Stow away an encoded word and return the mark that stands for it."""
    words.append(word)
    return f"{_MARK}{len(words) - 1}{_MARK}"


def _show(text: str, words: list[str]) -> str:
    """Put the encoded words back in the place of their marks; foreign marks are dropped."""
    return _MARKS.sub(lambda match: words[int(match[1])] if int(match[1]) < len(words) else "", text)


def sender(raw: bytes) -> Mailbox:
    """Return the first real sender of a From value, both fields empty if there is none.

    A comma in an unquoted name („Muster, Anna <anna@example.org>“) splits it; the pieces are joined again.
    """
    names: list[str] = []
    for box in mailboxes(raw):
        names += [box.name] if box.name else []
        if box.address:
            return Mailbox(name=", ".join(names), address=box.address)
    return Mailbox(name=", ".join(names), address="")


def _mailbox(name: str, address: str) -> Mailbox:
    known = _ADDRESS.fullmatch(clean(address, limit=320).strip())
    shown = _name(name if known or name else address)
    return Mailbox(name=shown, address=known[0] if known else "")


def _name(text: str) -> str:
    return clean(decode_words(text), limit=200).strip().strip('"').strip()


def message_id(raw: bytes) -> str:
    """Return the normalised id of a Message-ID or In-Reply-To value, "" if there is none."""
    text = raw_text(raw)
    match = _ID.search(text)
    return _normal_id(match[1] if match else text.strip(" \t<>"))


def message_ids(raw: bytes) -> tuple[str, ...]:
    """Return the normalised ids of a References value, oldest first, at most 100.

    A longer chain keeps its first id, which names the thread, and the newest ones.
    """
    text = raw_text(raw)
    found = _ID.findall(text) or text.split()
    ids = tuple(dict.fromkeys(filter(None, map(_normal_id, found))))
    return ids if len(ids) <= _MAX_REFERENCES else (ids[0], *ids[1 - _MAX_REFERENCES :])


def _normal_id(text: str) -> str:
    bare = clean("".join(text.strip().strip("<>").split()), limit=20_000)
    if len(bare) <= _MAX_ID:
        return bare
    from hashlib import sha256

    # Cutting alone could make two mails one; the digest keeps over-long ids apart.
    return f"{bare[:400]}~{sha256(bare.encode('utf-8', 'replace')).hexdigest()}"


def header_date(raw: bytes) -> datetime | None:
    """Return the aware date of a Date header, None if it cannot be read or lies outside 1980-2100."""
    from email.utils import parsedate_to_datetime

    text = raw_text(raw)[:200]
    found = attempt(lambda: parsedate_to_datetime(text), None)
    if found is None or found.year not in _YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # "-0000" means UTC, RFC 5322 3.3


def attempt(job: Callable[[], T], otherwise: T) -> T:
    """Run a parser of the standard library and return a fallback instead of its exception.

    Crafted and even ordinary headers make it raise IndexError, KeyError, LookupError, RecursionError
    and more (cpython 105802, 117849); the list grows with each release, so every Exception counts.
    """
    try:
        return job()
    except Exception:
        return otherwise
