"""What stands in place of an erased appointment's UID: an import knows it again, and nobody reads it.

A UID often is a mail address or holds a name, so it goes with what is erased. What stands there instead
looks like any UID of our own, so it may leave the house; it is a hash, keyed by a key of the office that lies
in the Löschliste alone. Who has the key can try a known UID; nobody can turn the hash back.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from ob_buero_tui.store.erasure_list import Step, Word, add_key, list_path

_BYTES: Final = 16
_KEY: Final = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")
_LINE: Final = re.compile(
    r"^UID(?:;[^:\r\n]*)?:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.MULTILINE | re.IGNORECASE
)
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_ESCAPED: Final = re.compile(r"\\([\\;,])")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns:
    """What the Löschliste knows of UIDs.

    Args:
        keys: Of the office; there are several only where two lists were brought together.
        gone: What stands in place of the UIDs of appointments that were erased as a whole.
        alive: The same of those that live on; only their UID was erased.
    """

    keys: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    alive: frozenset[str] = frozenset()

    def of(self, uid: str) -> str:
        """What is to stand in place of a UID; what is one already stays, and what the list knows counts."""
        return self.known(uid) or _stand_in(uid, self.keys[0])

    def known(self, uid: str) -> str | None:
        """What stands in place of a UID by the list, or None."""
        if uid in self.gone or uid in self.alive:
            return uid
        made = (_stand_in(uid, key) for key in self.keys)
        return next((one for one in made if one in self.gone or one in self.alive), None)


def _stand_in(uid: str, key: str) -> str:
    digest = hashlib.blake2b(uid.encode(errors="replace"), key=key.encode(), digest_size=_BYTES).digest()
    return f"{uuid.UUID(bytes=digest, version=4)}@ob-buero"


def read_stand_ins(database: Path, origin: str = "") -> StandIns:
    """What the list beside a database knows of UIDs; read again only when the list is another one.

    Args:
        origin: Only what was erased in the database of this name (`ErasureGroup.origin`); "" for all.

    Raises:
        OSError: the list is there and cannot be read.
    """
    path = list_path(database)
    try:
        found = path.stat()
    except FileNotFoundError:
        return StandIns()
    return _read(path, origin, (found.st_size, found.st_mtime_ns, found.st_ino))


def ready_stand_ins(database: Path, mode: int) -> StandIns:
    """The same, with a key: it is made where the list has none; the caller holds the write lock.

    Raises:
        OSError: the list cannot be read or written.
    """
    found = read_stand_ins(database)
    if not found.keys:
        add_key(database, secrets.token_hex(_BYTES), mode)
        found = read_stand_ins(database)
    return found


@lru_cache(maxsize=2)
def _read(path: Path, origin: str, _state: tuple[int, ...]) -> StandIns:
    text = path.read_text(encoding="utf-8", errors="replace")
    if f"{Word.KEY} " not in text:
        return StandIns()
    keys: dict[str, None] = {}
    steps: dict[str, str] = {}
    own: set[str] = set()
    told: dict[str, list[tuple[str, str]]] = {Word.GONE: [], Word.ALIVE: []}
    for line in text.splitlines():
        match line.split():
            case [Word.KEY, key] if _KEY.fullmatch(key):
                keys[key] = None
            case [(Word.GONE | Word.ALIVE) as word, token, uid]:
                told[word].append((token, uid))
            case [Word.GROUP, token, _, _, _, told_origin] if told_origin == origin:
                own.add(token)
            case [step, token] if step in _STEPS:
                steps[token] = step
    held = {token for token, step in steps.items() if step != Step.VERWORFEN and (not origin or token in own)}
    gone, alive = (frozenset(uid for token, uid in told[word] if token in held) for word in told)
    return StandIns(keys=tuple(keys), gone=gone, alive=alive)


_STEPS: Final = frozenset(step.value for step in Step)


def uid_in(raw: str) -> str:
    """The UID that the text of an appointment names (RFC 5545 3.8.4.7); "" for none."""
    found = _LINE.search(raw)
    return _ESCAPED.sub(r"\1", _FOLD.sub("", found[1])).strip() if found else ""


def with_uid(raw: str, uid: str) -> str:
    """The same text with another UID in place of its own."""
    return _LINE.sub(lambda _: f"UID:{uid}", raw, count=1)
