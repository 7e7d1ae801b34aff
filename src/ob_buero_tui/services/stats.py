"""The office's numbers: per kind what came, what became of it and how long it took; never per employee.

Counts alone are told, so that nothing confidential can be read from them; what lies in the trash or was
merged into another request is not counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from ob_buero_tui.rules.occasions import Occasion
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, Confidentiality
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.types import read_day, read_local

FIRST_YEAR, LAST_YEAR = 1990, 2100
WITHOUT_KIND: Final = "ohne Art"

_ROWS = """
SELECT coalesce(r.kind, ''), substr(r.received_at, 1, 13), r.outcome, r.state, r.closed,
  r.decided_on, r.due_on,
  (SELECT min(d.sent_at) FROM document d WHERE d.request_id = r.id AND d.state = 'hinaus'
    AND d.template NOT IN (SELECT value FROM json_each(?))),
  (SELECT max(p.answer = 'zugesagt') FROM deputation p WHERE p.request_id = r.id), count(*)
FROM request r
WHERE r.received_at >= ? AND r.received_at < ? AND r.trashed_at IS NULL AND r.merged_into_id IS NULL
  AND r.confidentiality NOT IN (SELECT value FROM json_each(?))
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""
"""Equal ones counted together; the hour of receipt is enough for the office's day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What came in during a year, and what became of it until now.

    Args:
        accepted: Accepted by the mayor in person.
        by_deputy: Accepted with a deputy.
        median_days: Calendar days from receipt to the answer sent, else to the decision; None without any.
        answered_late: Answered or decided after the due date.
        overdue: Still open after the due date.
    """

    received: int = 0
    accepted: int = 0
    declined: int = 0
    by_deputy: int = 0
    median_days: float | None = None
    answered_late: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindNumbers:
    """The numbers of a kind of request for a year and the one before; the key is empty without a kind."""

    kind: str
    label: str
    this: Numbers
    last: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """The numbers of a year and the one before: each kind that had any, and all together."""

    year: int
    kinds: tuple[KindNumbers, ...]
    total: KindNumbers


@dataclass(slots=True)
class _Sum:
    counts: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)

    def add(self, other: _Sum) -> None:
        self.counts += other.counts
        self.days += other.days

    def numbers(self) -> Numbers:
        return Numbers(median_days=_median(self.days), **self.counts)


def stats(place: Workplace, year: int | None = None, audience: Audience = Audience.INTERN) -> Stats:
    """The numbers of a year and the one before, by the day of receipt in the office's zone.

    Args:
        year: The present one unless given.
        audience: Who is told; outside nothing is counted that is vertraulich or persönlich.

    Raises:
        Refusal: it is no year that an office has letters of.
    """
    wanted = place.today.year if year is None else year
    if not FIRST_YEAR <= wanted <= LAST_YEAR:
        raise Refusal(f"Zahlen für das Jahr {wanted} gibt es nicht.", "", f"Zum Beispiel: {place.today.year}")
    bounds = [to_utc(datetime(each, 1, 1), place.zone) for each in (wanted - 1, wanted + 1)]  # noqa: DTZ001
    written = [each.strftime("%Y-%m-%dT%H:%M:%SZ") for each in bounds]
    untold = _UNTOLD if audience in OUTSIDE else ()
    given = (json.dumps(_interim(place)), *written, json.dumps(untold))
    with place.reading() as session:
        rows = session.connection().exec_driver_sql(_ROWS, given).all()
    sums = _summed(place, rows)
    kinds = _kinds(place, sums, wanted)
    every = {at: _Sum() for at in (wanted, wanted - 1)}
    for (_, at), one in sums.items():
        if at in every:
            every[at].add(one)
    total = KindNumbers(kind="", label="Alle", this=every[wanted].numbers(), last=every[wanted - 1].numbers())
    return Stats(year=wanted, kinds=kinds, total=total)


def _interim(place: Workplace) -> list[str]:
    """The texts that answer nothing yet: receipt, question, Zwischenbescheid."""
    return [one.key for one in place.catalog.text_modules if one.occasions and set(one.occasions) <= _INTERIM]


def _kinds(place: Workplace, sums: Mapping[tuple[str, int], _Sum], year: int) -> tuple[KindNumbers, ...]:
    labels = {kind.key: kind.label for kind in place.catalog.kinds.values()}
    known = [*labels, *sorted({key for key, _ in sums if key and key not in labels}), ""]
    return tuple(
        KindNumbers(
            kind=key,
            label=labels.get(key, key) if key else WITHOUT_KIND,
            this=sums.get((key, year), _Sum()).numbers(),
            last=sums.get((key, year - 1), _Sum()).numbers(),
        )
        for key in known
        if (key, year) in sums or (key, year - 1) in sums
    )


def _summed(place: Workplace, rows: Iterable[Any]) -> dict[tuple[str, int], _Sum]:
    today = place.today

    @cache
    def local_day(instant: str) -> date:
        return place.local(read_local(instant).replace(tzinfo=UTC)).date()

    @cache
    def became(kind: str, outcome: str, state: str) -> str:
        return _became(place, kind, outcome, state)

    sums: dict[tuple[str, int], _Sum] = {}
    for kind, hour, outcome, state, closed, decided_on, due_on, sent_at, promised, count in rows:
        received = local_day(f"{hour}:00:00")
        one = sums.setdefault((kind, received.year), _Sum())
        one.counts["received"] += count
        word = became(kind, outcome, state)
        # A deputy who was asked in vain stands for nobody; of older years nothing was written down.
        if word and not (word == "by_deputy" and promised == 0):
            one.counts[word] += count
        answered = local_day(sent_at[:19]) if sent_at else read_day(decided_on) if decided_on else None
        if outcome in _NOT_DECIDED_HERE:
            answered = None
        due = read_day(due_on) if due_on else None
        if answered is not None:
            one.days[max(0, (answered - received).days)] += count
        if due is not None and answered is not None and answered > due:
            one.counts["answered_late"] += count
        elif due is not None and answered is None and not closed and due < today:
            one.counts["overdue"] += count
    return sums


def _became(place: Workplace, kind: str, outcome: str, state: str) -> str:
    """Which number a request counts for; by its outcome, as what is closed keeps no other trace."""
    known = place.catalog.kinds.get(kind)
    spec = known.outcome(outcome) if known is not None and outcome else None
    ended = spec.state if spec is not None else _STATES.get(outcome, RequestState(state))
    return _WORDS.get(ended, "")


_STATES: Final = {
    "zusage": RequestState.ZUGESAGT,
    "vertretung": RequestState.VERTRETUNG,
    "absage": RequestState.ABGESAGT,
}
_NOT_DECIDED_HERE: Final = frozenset({"rueckzug", "ausfall", "verfristung", "vertagung"})
"""What came from outside or was only put off is no answer of the office."""
_INTERIM: Final = frozenset({Occasion.EINGANGSBESTAETIGUNG, Occasion.RUECKFRAGE, Occasion.ZWISCHENBESCHEID})
_UNTOLD: Final = (Confidentiality.VERTRAULICH.value, Confidentiality.PERSOENLICH.value)
_WORDS: Final = {
    RequestState.ZUGESAGT: "accepted",
    RequestState.VERTRETUNG: "by_deputy",
    RequestState.ABGESAGT: "declined",
}


def _median(days: Counter[int]) -> float | None:
    """The middle of counted values; between two, their mean."""
    whole = days.total()
    if not whole:
        return None
    return (_at(days, (whole - 1) // 2) + _at(days, whole // 2)) / 2


def _at(days: Counter[int], place: int) -> int:
    for value in sorted(days):
        place -= days[value]
        if place < 0:
            return value
    raise IndexError(place)
