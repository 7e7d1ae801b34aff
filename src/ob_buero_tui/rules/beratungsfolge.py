"""A paper's way through the bodies: whether its steps follow each other, who decides, what is too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from ob_buero_tui.rules.german import join, long_date, short_date

VORBERATUNG, ANHOERUNG = "Vorberatung", "Anhörung"
ENTSCHEIDUNG, KENNTNISNAHME = "Entscheidung", "Kenntnisnahme"
ROLES = (VORBERATUNG, ENTSCHEIDUNG, KENNTNISNAHME, ANHOERUNG)
"""What a body does with a paper, the words of OParl's `Consultation.role`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One step of a paper's Beratungsfolge.

    Args:
        id: Its key.
        body: What its body is called; empty where nobody said.
        start: Beginning of the session it is on, wall time; None: it has none yet.
        role: The word of OParl, or what a file said.
        authoritative: Whether its body decides; None where nobody said.
        dispatch: The last day on which the invitation may go out; None where no Ladungsfrist is known.
        rule: The count behind that day, in German.
        placed: Whether it is on the agenda.
        cancelled: Whether its session was cancelled.
        result: What became of it; empty: nothing yet.
    """

    id: int
    body: str
    start: datetime | None = None
    role: str = ""
    authoritative: bool | None = None
    dispatch: date | None = None
    rule: str = ""
    placed: bool = False
    cancelled: bool = False
    result: str = ""

    @property
    def decides(self) -> bool:
        """Whether the paper is decided here."""
        return self.authoritative is True or (self.authoritative is None and self.role == ENTSCHEIDUNG)

    @property
    def named(self) -> str:
        """The body with its day: „Bau und Verkehr (Di 1.12.)“."""
        body = self.body or "eine Station ohne Gremium"
        return f"{body} ({short_date(self.start.date())})" if self.start else body


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a Beratungsfolge lacks.

    Args:
        station_id: The step it is about; None: the whole.
        text: What is wrong, in German, with the dates behind it.
        serious: False: worth knowing, nothing stands in the way.
    """

    station_id: int | None
    text: str
    serious: bool = True


def findings(
    stations: Sequence[Station], now: datetime, *, decided: bool, deadline: date | None = None
) -> tuple[Finding, ...]:
    """Check a Beratungsfolge (domain.md 3.3 and 10.5).

    Args:
        stations: The steps in their order.
        now: The present wall time.
        decided: Whether somebody has to decide the paper.
        deadline: By when; None: no such day.
    """
    return (
        *_order(stations),
        *_deciding(stations, decided=decided, deadline=deadline),
        *(found for one in stations for found in _reach(one, now)),
    )


def _order(stations: Sequence[Station]) -> list[Finding]:
    """Each session must begin after that of the step before it."""
    dated = [(one, one.start) for one in stations if one.start is not None and not one.cancelled]
    return [
        Finding(station_id=right.id, text=f"{right.named} liegt nicht nach {left.named}")
        for (left, before), (right, after) in pairwise(dated)
        if after <= before
    ]


def _deciding(stations: Sequence[Station], *, decided: bool, deadline: date | None) -> list[Finding]:
    """One body decides, and last; who only takes note may still come after it."""
    deciding = [one for one in stations if one.decides]
    if not deciding:
        return [Finding(station_id=None, text="kein Gremium entscheidet")] if decided and stations else []
    found = []
    if len({one.body for one in deciding}) > 1:  # the same body again: it put the paper off
        named = join([one.named for one in deciding])
        found.append(Finding(station_id=deciding[0].id, text=f"mehrere Gremien entscheiden: {named}"))
    last = stations.index(deciding[-1])
    for one in stations[last + 1 :]:
        text = f"{one.named} kommt nach der Entscheidung in {deciding[-1].named}"
        found.append(Finding(station_id=one.id, text=text, serious=one.role != KENNTNISNAHME))
    start = deciding[-1].start
    if deadline is not None and start is not None and start.date() > deadline:
        text = (
            f"{deciding[-1].named} entscheidet nach dem {long_date(deadline)}, bis zu dem zu entscheiden ist"
        )
        found.append(Finding(station_id=deciding[-1].id, text=text))
    return found


def _reach(one: Station, now: datetime) -> list[Finding]:
    """Whether the invitation of a step's session can still take the paper along."""
    if one.start is None:
        return [Finding(station_id=one.id, text=f"{one.named}: noch keine Sitzung")]
    if one.cancelled:
        return [Finding(station_id=one.id, text=f"{one.named}: die Sitzung ist abgesagt")]
    if one.start <= now:
        if one.result:
            return []
        return [Finding(station_id=one.id, text=f"{one.named}: Ergebnis fehlt", serious=False)]
    if one.placed or one.dispatch is None or now.date() <= one.dispatch:
        return []
    rule = f" ({one.rule})" if one.rule else ""
    text = f"{one.named}: Versand war am {short_date(one.dispatch)}{rule}; nur noch als Nachtrag"
    return [Finding(station_id=one.id, text=text)]
