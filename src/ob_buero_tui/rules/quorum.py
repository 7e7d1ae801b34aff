"""Whether enough members are there: the quorum from the voting seats, with its count in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ob_buero_tui.rules.german import plural


class QuorumShare(StrEnum):
    """How many of the voting seats must be there."""

    MEHR_ALS_HAELFTE = "mehr_als_haelfte"
    HAELFTE = "haelfte"
    EIN_DRITTEL = "ein_drittel"
    EIN_VIERTEL = "ein_viertel"


_SHARES = {
    QuorumShare.MEHR_ALS_HAELFTE: "mehr als die Hälfte",
    QuorumShare.HAELFTE: "mindestens die Hälfte",
    QuorumShare.EIN_DRITTEL: "mindestens ein Drittel",
    QuorumShare.EIN_VIERTEL: "mindestens ein Viertel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumRule:
    """How many must be there for a body to decide.

    Args:
        share: The part of the voting seats.
        laender: The Länder it counts for; none: for all that have no rule of their own.
        assumed: Whether the body counts as quorate until somebody establishes that it is not.
        source: Where it stands.
        unconfirmed: True while nobody has confirmed it.
        hint: What else is asked, in German.
    """

    share: QuorumShare
    source: str
    laender: tuple[str, ...] = ()
    assumed: bool = False
    unconfirmed: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How a body stands against its quorum.

    Args:
        needed: How many must be there; None where the seats are not known.
        present: How many with a vote are there.
        reached: None where nothing can be said.
        text: The count in German.
    """

    needed: int | None
    present: int
    reached: bool | None
    text: str

    @property
    def plain(self) -> str:
        """How it stands without rule and doubt, as minutes say it."""
        if self.reached is None:
            return f"{self.present} stimmberechtigt anwesend"
        word = "beschlussfähig" if self.reached else "nicht beschlussfähig"
        return f"{self.present} stimmberechtigt anwesend, {word}"


def needed(share: QuorumShare, seats: int) -> int:
    """Return how many of some voting seats must be there; never less than one."""
    count = {
        QuorumShare.MEHR_ALS_HAELFTE: seats // 2 + 1,
        QuorumShare.HAELFTE: -(-seats // 2),
        QuorumShare.EIN_DRITTEL: -(-seats // 3),
        QuorumShare.EIN_VIERTEL: -(-seats // 4),
    }[share]
    return max(count, 1)


def quorum(rule: QuorumRule | None, seats: int | None, present: int, *, counted: bool = False) -> Quorum:
    """Count those present with a vote against the quorum.

    Args:
        rule: The rule of the Land; None where the office has none.
        seats: The voting seats, the legal number; None where it is not known.
        present: How many members with a vote are there.
        counted: Whether the seats are only the members counted, as nobody entered the legal number.
    """
    there = f"{present} stimmberechtigt anwesend"
    if rule is None or not seats:
        why = "die Zahl der Sitze ist nicht eingetragen" if rule is not None else "keine Regel eingetragen"
        return Quorum(needed=None, present=present, reached=None, text=f"{there}; {why}")
    wanted = needed(rule.share, seats)
    reached = present >= wanted
    word = "beschlussfähig" if reached else "nicht beschlussfähig"
    unsure = ", unbestätigt" if rule.unconfirmed else ""
    told = " (Zahl der Mitglieder; die der Sitze fehlt)" if counted else ""
    text = (
        f"{there} von {plural(seats, 'Sitz', 'Sitzen')}{told}: {word}, nötig sind {wanted}"
        f" ({_SHARES[rule.share]}; {rule.source}{unsure})"
    )
    if not reached and rule.assumed:
        text += "; gilt als beschlussfähig, bis der Mangel festgestellt ist"
    return Quorum(needed=wanted, present=present, reached=reached, text=text)
