"""The opaque proof of an erased appointment's UID: an import knows it again, and nobody reads it.

A UID often is a mail address or holds a name, so it goes with the appointment. What stays is a hash of it,
keyed by the token of the step that erased it: it cannot be turned back, only a known UID can be tried.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from typing import Final

_MARK: Final = "geloescht"
_BYTES: Final = 16
_PROOF: Final = re.compile(rf"{_MARK}:([0-9a-f]+):[0-9a-f]{{{2 * _BYTES}}}")


def uid_proof(uid: str, token: str) -> str:
    """What stands in place of a UID; a proof stays as it is.

    Args:
        token: Names the step that erases it.
    """
    if is_proof(uid):
        return uid
    return (
        f"{_MARK}:{token}:{hashlib.blake2b(uid.encode(), key=token.encode(), digest_size=_BYTES).hexdigest()}"
    )


def is_proof(text: str) -> bool:
    """Whether a text is a proof, not a UID."""
    return _PROOF.fullmatch(text) is not None


def erased_among(uids: Iterable[str], proofs: Collection[str]) -> set[str]:
    """Those of some UIDs that were erased.

    Args:
        proofs: All that are known.
    """
    tokens = {found[1] for one in proofs if (found := _PROOF.fullmatch(one))}
    return {uid for uid in uids if any(uid_proof(uid, token) in proofs for token in tokens)}
