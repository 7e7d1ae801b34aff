"""Whether a calendar elsewhere shows our state of an appointment, and where it differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.zones import to_local, to_utc
from ob_buero_tui.services.intake.event_groups import Group
from ob_buero_tui.services.intake.event_rows import NO_TITLE, original_start
from ob_buero_tui.store.calendar import Event, EventOverride

CALLED_OFF, AS_SERIES = "abgesagt", "wie die Serie"
_STATES = {
    EventStatus.CANCELLED.value: CALLED_OFF,
    EventStatus.TENTATIVE.value: "vorgemerkt",
    EventStatus.CONFIRMED.value: "bestätigt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is told differently here and there, in German."""

    label: str
    ours: str
    theirs: str

    @property
    def text(self) -> str:
        """Both values."""
        return f"{self.label} hier {self.ours or '–'}, dort {self.theirs or '–'}"


def differences(
    event: Event, overrides: Iterable[EventOverride], group: Group, zone: str
) -> tuple[Difference, ...]:
    """Where the records of a UID differ from our appointment in what matters to whoever attends it.

    Descriptions do not count here: other programs write them anew, with markup and signatures of their own.

    Args:
        group: What the other side shows; without its series only the dates are compared.
        zone: The office's time zone name.
    """
    record = group.master
    if record is None:
        return ()
    if EventStatus.CANCELLED.value == record.status == event.status:
        return ()  # what does not take place may stand there as it likes
    ours, theirs = _shown(event, zone), _shown(record, zone)
    here = _dates(event, ((row.recurrence_id, row) for row in overrides), zone)
    moments = ((original_start(one, event.tzid, event.all_day), one) for one in group.dates.values())
    there = _dates(record, moments, zone)
    for at in sorted({*here, *there}):
        label = f"am {short_date(at.date())}"
        ours[label], theirs[label] = here.get(at, AS_SERIES), there.get(at, AS_SERIES)
    return tuple(
        Difference(label=label, ours=told, theirs=theirs[label])
        for label, told in ours.items()
        if told != theirs[label]
    )


def changed_dates(
    event: Event, overrides: Iterable[EventOverride], group: Group, zone: str
) -> tuple[datetime, ...]:
    """The original starts of the dates that differ from what the other side shows of a series.

    Empty where the series itself differs too.
    """
    record = group.master
    if record is None or _shown(event, zone) != _shown(record, zone):
        return ()
    here = _dates(event, ((row.recurrence_id, row) for row in overrides), zone)
    moments = ((original_start(one, event.tzid, event.all_day), one) for one in group.dates.values())
    there = _dates(record, moments, zone)
    return tuple(sorted(at for at in {*here, *there} if here.get(at) != there.get(at)))


def _shown(one: Event | EventRecord | EventOverride, zone: str) -> dict[str, str]:
    starts = to_utc(one.dtstart, one.tzid, one.fold)
    ends = max(starts, to_utc(one.dtend, one.tzid))
    told = {
        "Titel": " ".join(one.summary.split()) or NO_TITLE,
        "Beginn": _moment(one.dtstart if one.all_day else to_local(starts, zone)[0], one.all_day),
        "Ende": _moment(one.dtend if one.all_day else to_local(ends, zone)[0], one.all_day),
        "Ort": " ".join(one.location.split()),
        "Stand": _STATES.get(one.status, one.status),
    }
    if not isinstance(one, EventOverride):
        told["Wiederholung"] = ";".join(sorted(part for part in one.rrule.upper().split(";") if part))
    return told


def _dates(
    series: Event | EventRecord,
    changed: Iterable[tuple[datetime, EventOverride | EventRecord]],
    zone: str,
) -> Mapping[datetime, str]:
    """The dates of a series that differ from it, in words; one left out is one called off."""
    found = {_left_out(moment, series): CALLED_OFF for moment in series.exdates}
    length = series.dtend - series.dtstart
    for moment, one in changed:
        if one.status == EventStatus.CANCELLED:
            found[moment] = CALLED_OFF
            continue
        usual = _shown(series, zone)
        told = {name: value for name, value in _shown(one, zone).items() if name in ("Titel", "Ort")}
        same = one.dtstart == moment and one.dtend - one.dtstart == length
        words = [] if same else [_moment(one.dtstart, one.all_day), f"bis {clock(one.dtend)}"]
        words += [f"{name} {value}" for name, value in told.items() if value != usual[name]]
        if words:
            found[moment] = ", ".join(words)
    return found


def _left_out(moment: datetime | str, series: Event | EventRecord) -> datetime:
    """An EXDATE as the start that it leaves out; a bare day stands for the start of that day."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    bare = isinstance(moment, str) and len(moment) == 10
    return datetime.combine(at.date(), series.dtstart.time()) if bare or series.all_day else at


def _moment(at: datetime, all_day: bool) -> str:
    if all_day:
        return short_date(at.date())
    return f"{short_date(at.date())} {clock(at)}"
