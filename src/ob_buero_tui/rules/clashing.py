"""In which ways two appointments cannot both be kept, and which of many stand in each other's way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClashKind(StrEnum):
    """What an appointment clashes with."""

    TERMIN = "termin"
    FAHRT = "fahrt"
    SITZUNG = "sitzung"
    ABWESENHEIT = "abwesenheit"
    FAHRER = "fahrer"
    WAGEN = "wagen"
    RAUM = "raum"
    PERSON = "person"


PERSON, DRIVER, CAR, ROOM = "p:", "d:", "c:", "r:"
"""What a claim begins with: a person, a driver, a car, a room; its folded name follows."""

_RESOURCES = {DRIVER: ClashKind.FAHRER, CAR: ClashKind.WAGEN, ROOM: ClashKind.RAUM}
_ORDER = {kind: position for position, kind in enumerate(ClashKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One date of an appointment and what it takes up; one that takes up nothing has no claims.

    Args:
        key: The name of the date.
        event_id: Its appointment, None for one not made yet.
        recurrence_id: Which date of a series, else "".
        starts, ends: Its own time (UTC).
        busy_from, busy_to: The same with the way there and back (UTC).
        claims: Everybody and everything that is taken, each once.
        own: Those of the persons whose own appointment it is; the others only come along.
        loose: Those of the rooms that only its place names; two of these are no conflict yet.
        away: Whether somebody is absent.
        session: Whether the council or one of its bodies sits.
    """

    key: str
    event_id: int | None
    recurrence_id: str = ""
    starts: datetime
    ends: datetime
    busy_from: datetime
    busy_to: datetime
    claims: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    away: bool = False
    session: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dates that cannot both be kept, and the claims that each kind comes from."""

    one: Taken
    other: Taken
    claims: tuple[tuple[ClashKind, tuple[str, ...]], ...]

    @property
    def kinds(self) -> tuple[ClashKind, ...]:
        """In which ways they clash."""
        return tuple(kind for kind, _ in self.claims)


def clashing(dates: Iterable[Taken]) -> list[Pair]:
    """Return the pairs of dates that stand in each other's way, in order of time.

    Touching is no conflict. Time is that with travel, but a room is taken for the time itself only.
    """
    claimed: defaultdict[str, list[Taken]] = defaultdict(list)
    order: dict[str, int] = {}
    for one in sorted(dates, key=lambda one: (one.busy_from, one.key)):
        order[one.key] = len(order)
        for claim in one.claims:
            claimed[claim].append(one)
    found: dict[tuple[str, str], tuple[Taken, Taken, dict[ClashKind, list[str]]]] = {}
    for claim, takers in claimed.items():
        if len(takers) > 1 and any(claim not in one.loose for one in takers):
            for one, other in _overlapping(takers):
                kind = clash_kind(one, other, claim)
                if kind is not None:
                    pair = found.setdefault((one.key, other.key), (one, other, {}))
                    pair[2].setdefault(kind, []).append(claim)
    in_order = sorted(found, key=lambda keys: (order[keys[0]], order[keys[1]]))
    return [_pair(*found[keys]) for keys in in_order]


def clashing_with(mine: Iterable[Taken], others: Iterable[Taken]) -> list[Pair]:
    """Return the pairs of one of these dates with one of the others, mine first, in order of time."""
    claimed: defaultdict[str, list[Taken]] = defaultdict(list)
    for one in mine:
        for claim in one.claims:
            claimed[claim].append(one)
    found: dict[tuple[str, str], tuple[Taken, Taken, dict[ClashKind, list[str]]]] = {}
    for other in others:
        for claim in other.claims:
            for one in claimed.get(claim, ()):
                if one.key != other.key and one.busy_from < other.busy_to and other.busy_from < one.busy_to:
                    kind = clash_kind(one, other, claim)
                    if kind is not None:
                        pair = found.setdefault((one.key, other.key), (one, other, {}))
                        pair[2].setdefault(kind, []).append(claim)
    pairs = (_pair(one, other, kinds) for one, other, kinds in found.values())
    return sorted(pairs, key=lambda pair: (pair.one.starts, pair.other.busy_from, pair.other.key))


def clash_kind(one: Taken, other: Taken, claim: str) -> ClashKind | None:
    """Return in which way two dates clash that both take up something at overlapping times.

    Args:
        claim: What both take up.
    """
    own_time = one.starts < other.ends and other.starts < one.ends
    if claim[:2] == ROOM:
        loose = claim in one.loose and claim in other.loose
        return ClashKind.RAUM if own_time and not loose else None
    if claim[:2] != PERSON:
        return _RESOURCES[claim[:2]]
    if one.away or other.away:
        # Who is away twice is only away.
        return None if one.away and other.away else ClashKind.ABWESENHEIT
    if claim not in one.own or claim not in other.own:
        return ClashKind.PERSON
    if not own_time:
        return ClashKind.FAHRT
    return ClashKind.SITZUNG if one.session or other.session else ClashKind.TERMIN


def _pair(one: Taken, other: Taken, kinds: dict[ClashKind, list[str]]) -> Pair:
    if len(kinds) == 1:
        ((kind, claims),) = kinds.items()
        return Pair(one, other, ((kind, tuple(claims)),))
    ordered = sorted(kinds.items(), key=lambda item: _ORDER[item[0]])
    return Pair(one, other, tuple((kind, tuple(claims)) for kind, claims in ordered))


def _overlapping(takers: list[Taken]) -> Iterator[tuple[Taken, Taken]]:
    """Yield the pairs whose time with travel overlaps; they come in order of time."""
    running: list[Taken] = []
    for one in takers:
        running = [other for other in running if other.busy_to > one.busy_from]
        for other in running:
            # One without length at the very start of another only touches it.
            if other.busy_from < one.busy_to and other.key != one.key:
                yield other, one
        running.append(one)
