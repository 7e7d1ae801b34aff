"""Parameters of Content-Type and Content-Disposition, and the transfer encodings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ob_buero_tui.exchange.mail_charset import mend_surrogates, raw_text
from ob_buero_tui.exchange.mail_words import attempt, decode_words

Parameters = Mapping[str, str]

_PAIR = r"""([A-Za-z0-9_-]{1,40})\s*=\s*(?:"([^"\\]*)"|([^\s";()\\]+))"""
_SIMPLE = re.compile(rf"\s*[^\s;\"]*+\s*+(?:;\s*+(?:{_PAIR}\s*+)?+)*+")
_LOOSE = re.compile(r"""([A-Za-z0-9_*-]{1,40})\s*=\s*(?:"([^"]*)"?|([^\s";]+))""")
_PAIRS = re.compile(_PAIR)
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(code for code in range(256) if code not in _BASE64)
_UU_NAMES = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})


def read_parameters(raw: bytes) -> tuple[str, Parameters]:
    """Return the leading value in lower case and the parameters by lower-case name; never raises.

    Plain headers are read directly, as a mail may have thousands of parts. RFC 2231 names, comments
    and escapes are left to the standard library, and what it cannot read is searched loosely.

    Args:
        raw: Raw unfolded header value.
    """
    text = raw_text(raw)
    value = text.partition(";")[0].strip().strip('"').lower()
    if len(text) <= 1000 and _SIMPLE.fullmatch(text):
        found = {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _PAIRS.finditer(text)}
        return value, {key: decode_words(item) for key, item in found.items()}
    nothing: dict[str, str] = {}
    strict = attempt(lambda: _by_library(text[:8000]), nothing)
    loose = {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _LOOSE.finditer(text[:4000])}
    return value, {key: decode_words(item) for key, item in ({**loose, **strict}).items()}


def _by_library(text: str) -> dict[str, str]:
    """Read the parameters, RFC 2231 continuations and charsets included."""
    from email.policy import default

    # A disposition parses the same parameter grammar and, unlike a type, accepts any leading word.
    header = default.header_factory("Content-Disposition", text)
    params: Mapping[str, str] = header.params
    return {key.lower(): mend_surrogates(str(item)) for key, item in params.items()}


def undo_transfer(raw: bytes, encoding: bytes) -> bytes:
    """Undo a Content-Transfer-Encoding; unknown and broken encodings leave the bytes as they are.

    Args:
        raw: Encoded body.
        encoding: Raw value of the header.
    """
    import binascii

    name = encoding.strip().strip(b'"').lower().decode("ascii", "replace").partition(";")[0].strip()
    if name == "base64":
        return attempt(lambda: _base64(raw), raw)
    if name == "quoted-printable":
        return attempt(lambda: binascii.a2b_qp(raw), raw)
    if name in _UU_NAMES:
        return attempt(lambda: _uu(raw), raw)
    return raw


def _base64(raw: bytes) -> bytes:
    """Decode base64 with foreign characters dropped and missing padding or a torn last group repaired."""
    import binascii

    bare = raw.translate(None, _NOT_BASE64)
    foreign = len(raw.translate(None, b"= \t\r\n")) - len(bare)
    if len(bare) % 4 == 1:
        bare = bare[:-1]
    if foreign * 20 > len(bare):
        return raw  # plain text that only says it were base64
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def _uu(raw: bytes) -> bytes:
    from email.message import Message

    message = Message()
    message["Content-Transfer-Encoding"] = "x-uuencode"
    message.set_payload(raw.decode("ascii", "surrogateescape"))
    decoded = message.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else raw
