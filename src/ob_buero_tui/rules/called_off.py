"""Whether words say that a session does not take place."""

from __future__ import annotations

import re

_WORDS = re.compile(r"(?i)\b(?:abgesagt|entfällt|entfallen|fällt aus|ausgefallen)\b")


def says_called_off(*texts: str) -> bool:
    """Whether one of them does: many council information systems write it into the state or the name only.

    Args:
        texts: State and name of a session, as a file says them.
    """
    return any(_WORDS.search(text) for text in texts)
