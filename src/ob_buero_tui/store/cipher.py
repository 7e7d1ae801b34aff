"""What an encrypted database file is made of (SQLCipher 4): its key from the password, and does one fit?"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

MAGIC: Final = b"SQLite format 3\0"
"""How a plain database begins; an encrypted one begins with its salt."""

# Source: SQLCipher's own defaults, `PRAGMA cipher_settings` of version 4 (kdf_iter, cipher_page_size).
SALT_BYTES: Final = 16
PAGE_BYTES: Final = 4096
KEY_ROUNDS: Final = 256_000
_SEAL_BYTES: Final = 64
_SEAL_ROUNDS: Final = 2
_SEAL_MASK: Final = 0x3A


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A password with the salt of its file. A copy has that of its original, so that one key opens both."""

    password: str = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def clause(self) -> str:
        """What `PRAGMA key` is told."""
        return f"x'{_key(self.password, self.salt).hex()}{self.salt.hex()}'"


def secret_for(path: Path, password: str) -> Secret:
    """The secret of an encrypted file that is there, or of one that is to be made."""
    start = first_bytes(path)
    salt = start if len(start) == SALT_BYTES else os.urandom(SALT_BYTES)
    return Secret(password=one_spelling(password), salt=salt)


def fits(path: Path, password: str) -> bool:
    """Whether a password opens an encrypted file; only its first page is read, and nothing is locked.

    A first page that is damaged fits no password.
    """
    with path.open("rb") as file:
        page = file.read(PAGE_BYTES)
    if len(page) < PAGE_BYTES:
        return False
    return Seal(password, page[:SALT_BYTES]).fits(page, 1)


class Seal:
    """What stands at the end of each page and says that nobody changed it.

    Args:
        salt: That of the file.
    """

    def __init__(self, password: str, salt: bytes) -> None:
        self.salt = salt
        masked = bytes(byte ^ _SEAL_MASK for byte in salt)
        key = _key(one_spelling(password), salt)
        self._key = hashlib.pbkdf2_hmac("sha512", key, masked, _SEAL_ROUNDS, 32)

    def fits(self, page: bytes, number: int) -> bool:
        """Whether a page, counted from 1, is as it was written."""
        return hmac.compare_digest(self._digest(page, number), page[-_SEAL_BYTES:])

    def on(self, page: bytes, number: int) -> bytes:
        """The same page with a fitting seal; the first one with the salt of the file."""
        inner = page[:-_SEAL_BYTES]
        if number == 1:
            inner = self.salt + inner[SALT_BYTES:]
        return inner + self._digest(page, number)

    def _digest(self, page: bytes, number: int) -> bytes:
        # SQLCipher seals each page with its number in four bytes, the first one without the salt.
        text = page[SALT_BYTES if number == 1 else 0 : -_SEAL_BYTES] + number.to_bytes(4, "little")
        return hmac.digest(self._key, text, "sha512")


def first_bytes(path: Path) -> bytes:
    """The first 16 bytes of a file; fewer where it has fewer, none where it is missing.

    Never for a database that this process has open: closing a file ends all locks that the process has on it.
    """
    try:
        with path.open("rb") as file:
            return file.read(SALT_BYTES)
    except FileNotFoundError:
        return b""


def one_spelling(password: str) -> str:
    """A password as every keyboard gives it: some type an umlaut as two characters."""
    return unicodedata.normalize("NFC", password)


@lru_cache(maxsize=16)
def _key(password: str, salt: bytes) -> bytes:
    """The file's key; deriving it takes tenths of a second on purpose, so a process does it once."""
    return hashlib.pbkdf2_hmac("sha512", password.encode(), salt, KEY_ROUNDS, 32)
