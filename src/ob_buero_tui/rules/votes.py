"""The votes on one item: read from a line, checked against those present and against the word of the result.

Abstentions count neither for nor against; a tie is a refusal (§ 50 Abs. 1 GO NRW and the like). What a
Geschäftsordnung says otherwise shows as a doubt, never as a refusal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal

EXAMPLE = "Ja Nein Enthaltung, zum Beispiel „24 12 3“; leer: nicht gezählt"
MOST = 9999
_NUMBER = re.compile(r"\d+")
_NAMED = re.compile(r"(\d+)\s*(?:x|×)?\s*(j|n|e)[a-zäöüß.]*|(j|n|e)[a-zäöüß.]*\s*:?\s*(\d+)")
_READABLE = re.compile(r"[\s\d:;,./|x×+-]*(?:(?:ja|nein|enth[a-z.]*|[jne])[\s\d:;,./|x×+-]*)*")


class VoteKind(StrEnum):
    """What the votes must look like for the word of a result to be true."""

    EINSTIMMIG = "einstimmig"
    MEHRHEITLICH = "mehrheitlich"
    BESCHLOSSEN = "mehr_ja"
    ABGELEHNT = "nicht_mehr_ja"
    OHNE = "ohne"


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Counted votes of one item."""

    yes: int
    no: int = 0
    abstain: int = 0

    @property
    def total(self) -> int:
        """How many voted or abstained."""
        return self.yes + self.no + self.abstain

    @property
    def text(self) -> str:
        """The votes as minutes write them: „24 Ja, 12 Nein, 3 Enthaltungen“."""
        return f"{self.yes} Ja, {self.no} Nein, {plural(self.abstain, 'Enthaltung', 'Enthaltungen')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDoubt:
    """What does not fit; `grave` where it cannot be so: more votes than people."""

    text: str
    grave: bool = False


def read_votes(typed: str) -> Votes | None:
    """Read the votes from one line: „24 12 3“, „24:12:3“, „24 ja 3 enth“; None where nothing is typed.

    Raises:
        Refusal: the line cannot be read.
    """
    text = typed.strip().casefold()
    if not text:
        return None
    if len(text) > 200 or not _READABLE.fullmatch(text):
        raise _unread()
    counts = _named(text) if re.search("[a-zäöüß]", text.replace("x", "")) else _plain(text)
    if max(counts) > MOST:
        raise Refusal("So viele Stimmen gibt es nicht.", "", EXAMPLE)
    return Votes(yes=counts[0], no=counts[1], abstain=counts[2])


def doubts(votes: Votes, kind: VoteKind, present: int | None) -> tuple[VoteDoubt, ...]:
    """Say what does not fit: the sum against those present, the word against the votes.

    Args:
        kind: What the word of the result claims.
        present: How many present may vote; None where nobody has recorded it.
    """
    found = []
    if present is not None and votes.total > present:
        voters = plural(present, "Stimmberechtigter", "Stimmberechtigte")
        found.append(VoteDoubt(text=f"{votes.total} Stimmen, aber nur {voters} anwesend", grave=True))
    elif present is not None and votes.total < present:
        missing = plural(present - votes.total, "Stimme fehlt", "Stimmen fehlen")
        found.append(VoteDoubt(text=f"{missing}: {present} Stimmberechtigte sind anwesend"))
    said = _against(votes, kind)
    return (*found, VoteDoubt(text=said)) if said else tuple(found)


def _against(votes: Votes, kind: VoteKind) -> str:
    if kind is VoteKind.EINSTIMMIG and votes.no:
        return f"einstimmig passt nicht zu {plural(votes.no, 'Gegenstimme', 'Gegenstimmen')}"
    if kind is VoteKind.MEHRHEITLICH and not votes.no:
        return "ohne Gegenstimme wäre es einstimmig"
    if kind in (VoteKind.EINSTIMMIG, VoteKind.MEHRHEITLICH, VoteKind.BESCHLOSSEN) and votes.yes <= votes.no:
        return "nicht mehr Ja als Nein: das wäre abgelehnt (Stimmengleichheit lehnt ab)"
    if kind is VoteKind.ABGELEHNT and votes.yes > votes.no:
        return "mehr Ja als Nein: das wäre beschlossen"
    return ""


def _plain(text: str) -> tuple[int, int, int]:
    numbers = [int(one) for one in _NUMBER.findall(text)]
    if not 1 <= len(numbers) <= 3:
        raise _unread()
    yes, no, abstain = (*numbers, 0, 0)[:3]
    return yes, no, abstain


def _named(text: str) -> tuple[int, int, int]:
    found: dict[str, int] = {}
    for before, letter, letter_first, after in _NAMED.findall(text):
        name = letter or letter_first
        if name in found:
            raise _unread()
        found[name] = int(before or after)
    if not found or len(found) != len(_NUMBER.findall(text)):
        raise _unread()
    return found.get("j", 0), found.get("n", 0), found.get("e", 0)


def _unread() -> Refusal:
    return Refusal("Die Stimmen sind so nicht zu lesen.", "", EXAMPLE)
