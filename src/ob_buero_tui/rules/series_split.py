"""A recurrence rule cut in two at one of its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dateutil.rrule import WEEKLY

from ob_buero_tui.rules.recurrence_rule import Unsupported, parse_rule, rule_starts
from ob_buero_tui.rules.zones import to_utc

_SECOND = timedelta(seconds=1)
_CENTURY = timedelta(days=36_525)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The two parts of a rule.

    Args:
        head: The rule of the dates before the cut; "" where it has none there.
        tail: The rule of those from the cut on; "" where it has none there.
        tail_start: The first date of the tail, naive wall time; None without one.
    """

    head: str
    tail: str
    tail_start: datetime | None


def split_rule(rrule: str, dtstart: datetime, at: datetime, *, all_day: bool, tzid: str) -> Cut:
    """Cut a rule so that both parts together give the same dates; a COUNT is shared out.

    Args:
        rrule: The value of RRULE.
        dtstart: Naive wall time of the first date.
        at: The original start of the first date of the second part.

    Raises:
        Unsupported: the rule is not expanded at all, or counts places in a week.
    """
    rule = parse_rule(rrule, dtstart, all_day, tzid)
    if rule.freq == WEEKLY and any(name == "bysetpos" for name, _ in rule.parts):
        # dateutil counts the places of the first week from the first date on: a cut would move them.
        raise Unsupported("sie zählt Stellen innerhalb der Woche")
    tail_start = next(rule_starts(rule, dtstart, at, at + _CENTURY), None)
    early = rule_starts(rule, dtstart, dtstart, at - _SECOND)
    if rule.count is not None:
        before = sum(1 for _ in early)
        left = rule.count - before if tail_start is not None else 0
        head = with_part(rrule, "COUNT", str(before)) if before else ""
        tail = with_part(rrule, "COUNT", str(left)) if left > 0 else ""
        return Cut(head=head, tail=tail, tail_start=tail_start if tail else None)
    if next(early, None) is None:
        head = ""
    elif tail_start is None:
        head = rrule
    else:
        head = with_part(rrule, "UNTIL", _just_before(at, all_day=all_day, tzid=tzid))
    return Cut(head=head, tail=rrule if tail_start is not None else "", tail_start=tail_start)


def ended_before(rrule: str, first: datetime, *, all_day: bool, tzid: str) -> str:
    """The rule without its dates from one on; the same rule where it ends before anyway.

    Unlike the head of a cut it ends rules that are not expanded too; it has no date where the first is to go.

    Args:
        rrule: The value of RRULE.
        first: Original start of the first date that no longer takes place, naive in tzid.
    """
    try:
        until = parse_rule(rrule, first, all_day, tzid).until
    except Unsupported:
        until = None
    if until is not None and until < first:
        return rrule
    return with_part(rrule, "UNTIL", _just_before(first, all_day=all_day, tzid=tzid))


def cut_again(rrule: str, head: str, dtstart: datetime, *, all_day: bool, tzid: str) -> str:
    """A newer rule of a series that was cut, ended on the day of the last date that its head had.

    Args:
        rrule: The newer rule, of all dates.
        head: The rule of the dates before the cut; "" where only the first was left.
        dtstart: The first date of the head.
    """
    last = dtstart
    if head:
        try:
            rule = parse_rule(head, dtstart, all_day, tzid)
            last = max(rule_starts(rule, dtstart, dtstart, dtstart + _CENTURY), default=dtstart)
        except (Unsupported, OverflowError):
            return rrule
    after = datetime.combine(last.date(), time(0)) + timedelta(days=1)
    return ended_before(rrule, after, all_day=all_day, tzid=tzid) if rrule else rrule


def with_part(rrule: str, name: str, value: str) -> str:
    """The rule with one part replaced, or added at its end; COUNT and UNTIL stand for each other."""
    ends = ("COUNT", "UNTIL") if name in ("COUNT", "UNTIL") else (name,)
    kept = [part for part in rrule.split(";") if part.strip() and _name(part) not in ends]
    return ";".join([*kept, f"{name}={value}"] if value else kept)


def parts_of(rrule: str) -> dict[str, str]:
    """The parts of a rule by their names, as they are written."""
    return {_name(part): part.partition("=")[2].strip() for part in rrule.split(";") if "=" in part}


def _name(part: str) -> str:
    return part.partition("=")[0].strip().upper().removeprefix("RRULE:")


def _just_before(at: datetime, *, all_day: bool, tzid: str) -> str:
    """UNTIL in the form that RFC 5545 asks for beside a DTSTART with a zone: a day, or an instant in UTC."""
    if all_day:
        return f"{at - timedelta(days=1):%Y%m%d}"
    return f"{to_utc(at, tzid) - _SECOND:%Y%m%dT%H%M%SZ}"
