"""What the product says when it must refuse: what, why and what to do now, in German."""

from __future__ import annotations


class Refusal(Exception):
    """A refusal that a clerk understands.

    Args:
        what: What was refused, a full German sentence.
        why: The reason, a full German sentence; may be empty.
        now: What to do now, a full German sentence; may be empty.
    """

    def __init__(self, what: str, why: str = "", now: str = "") -> None:
        super().__init__(what, why, now)
        self.what = what
        self.why = why
        self.now = now

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.now) if part)
