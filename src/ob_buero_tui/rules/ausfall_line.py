"""One line about an absence of the mayor: „krank bis fr“, „urlaub 21.-23.12.“, „dienstreise do 10-16 Uhr“."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ob_buero_tui.rules.ausfall_range import Range, UnclearDay, read_range
from ob_buero_tui.rules.ausfall_words import AWAY, BACK, FILLERS, REASONS, is_bare_reason, tells_time
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import When, parse_when
from ob_buero_tui.rules.when_words import fold, quoted
from ob_buero_tui.rules.workdays import WorkCalendar

EXAMPLES = "Zum Beispiel: krank bis fr · urlaub 21.-23.12. · dienstreise do 10-16 Uhr · ab morgen 2 tage"
BACK_EXAMPLES = "Zum Beispiel: wieder da ab do · krank bis mo · bis fr 14 Uhr"
_MOST_CHARS = 120
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """An absence as it was understood; local wall time, the end exclusive.

    Args:
        reason: Why, as it was typed; empty where nothing was said.
        said_start: Whether the line says when it begins; otherwise it is today.
    """

    reason: str = ""
    start: datetime
    end: datetime
    said_start: bool = True

    @property
    def all_day(self) -> bool:
        """Whether it is whole days."""
        return self.start == _midnight(self.start) and self.end == _midnight(self.end)

    @property
    def title(self) -> str:
        """What it is called in a calendar."""
        return self.reason[:1].upper() + self.reason[1:] if self.reason else AWAY

    @property
    def text(self) -> str:
        """All of it in German: „Krank: Mi 25.11.2026 bis Fr 27.11.2026, 3 Tage“."""
        return f"{self.title}: {span_text(self.start, self.end)}"


class Unclear(Refusal):
    """What was typed can mean several absences; whoever typed it chooses."""

    def __init__(self, refusal: Refusal, choices: tuple[Absence, ...]) -> None:
        super().__init__(refusal.what, refusal.why, refusal.now)
        self.choices = choices


def parse_absence(text: str, now: datetime, cal: WorkCalendar) -> Absence:
    """Read a line about an absence.

    Args:
        text: Reason and time in any order; „krank“ alone means today.
        now: When it is typed, the office's wall time.
        cal: The office's calendar, for Arbeitstage and feasts.

    Raises:
        Unclear: it can mean several times.
        Refusal: no time is understood in it, or it ends before it begins.
    """
    words = _words(text)
    known = {word for word in words if word in REASONS}
    rest = [word for word in words if word not in known and word not in FILLERS]
    if not rest and is_bare_reason([word for word in words if word in known]):
        today = _midnight(now)
        reason = _reason(text, known)
        return Absence(reason=reason, start=today, end=today + _ONE_DAY, said_start=False)
    if not rest:
        raise Refusal("Es fehlt, wann die Abwesenheit ist.", "", EXAMPLES)
    found, used = _found(rest, now, cal, quoted(text))
    reason = _reason(text, known | {word for word in rest if word not in used})
    if isinstance(found, Unclear):
        choices = tuple(replace(each, reason=reason) for each in found.choices)
        raise Unclear(found, choices)
    return replace(found, reason=reason)


def parse_change(text: str, now: datetime, cal: WorkCalendar, present: Absence) -> Absence:
    """Read how an absence goes on: „wieder da ab do“, „bis mo“, or a whole new line.

    Args:
        present: The absence as it is; what is not said stays as it was.

    Raises:
        Unclear, Refusal: as `parse_absence`; also where nothing is left of it.
    """
    typed = fold(text)
    if BACK.search(typed):
        end = _return(BACK.sub(" ", typed), now, cal, quoted(text))
        if end <= present.start:
            raise Refusal(
                "Von der Abwesenheit bliebe nichts übrig.",
                f"Sie beginnt {long_date(present.start.date())}.",
                "Nehmen Sie sie mit u zurück, oder nennen Sie einen späteren Tag.",
            )
        return replace(present, end=end)
    try:
        found = parse_absence(text, now, cal)
    except Unclear as unclear:
        raise Unclear(unclear, tuple(_kept(one, present) for one in unclear.choices)) from None
    return _kept(found, present)


def written_absence(absence: Absence) -> str:
    """A line that is read as just this absence."""
    start, last = absence.start, absence.end - timedelta(minutes=1)
    if absence.all_day:
        span = long_date(start.date())
        span += f" bis {long_date(last.date())}" if last.date() != start.date() else ""
    elif absence.end == _midnight(absence.end):
        span = f"{_moment(start)} bis {long_date(last.date())}"
    else:
        span = f"{_moment(start)} bis {_moment(absence.end)}"
    return f"{absence.reason} {span}".strip()


def span_text(start: datetime, end: datetime) -> str:
    """A time in full: „Mi 25.11.2026 bis Fr 27.11.2026, 3 Tage“, „Do 26.11.2026, 10:00–16:00 Uhr“."""
    last = end - timedelta(minutes=1)
    whole = start == _midnight(start) and end == _midnight(end)
    if whole:
        days = (end - start).days
        if days == 1:
            return f"{long_date(start.date())}, ganztägig"
        return f"{long_date(start.date())} bis {long_date(last.date())}, {plural(days, 'Tag', 'Tage')}"
    until = "24:00" if end == _midnight(end) else clock(end)
    if start.date() == last.date():
        if start == _midnight(start):
            return f"{long_date(start.date())}, bis {until} Uhr"
        return f"{long_date(start.date())}, {clock(start)}–{until} Uhr"
    begin = long_date(start.date()) + ("" if start == _midnight(start) else f" {clock(start)} Uhr")
    return f"{begin} bis {long_date(last.date())}" + ("" if until == "24:00" else f" {until} Uhr")


def _kept(found: Absence, present: Absence) -> Absence:
    """What a line did not say stays as it was."""
    start = found.start if found.said_start else present.start
    return replace(found, reason=found.reason or present.reason, start=start)


def _return(typed: str, now: datetime, cal: WorkCalendar, shown: str) -> datetime:
    words = [word for word in typed.split() if word not in FILLERS and word not in REASONS]
    phrase = " ".join(word for word in words if word not in ("ab", "am", "seit"))
    found = When(day=now.date(), text="") if not phrase else parse_when(phrase, now, cal, allow_past=True)
    if found.end is not None:
        raise Refusal(f"{shown} wurde nicht verstanden.", "Gebraucht wird ein Zeitpunkt.", BACK_EXAMPLES)
    if found.start is not None:
        return datetime.combine(found.day, found.start)
    return _midnight(now) if not phrase else datetime.combine(found.day, datetime.min.time())


def _words(text: str) -> list[str]:
    typed = fold(text)
    if not typed:
        raise Refusal("Es ist keine Abwesenheit angegeben.", "", EXAMPLES)
    if len(typed) > _MOST_CHARS:
        raise Refusal(f"{quoted(text)} ist zu lang für eine Abwesenheit.", "", EXAMPLES)
    return typed.replace("–", "-").split()


def _found(
    words: Sequence[str], now: datetime, cal: WorkCalendar, shown: str
) -> tuple[Absence | Unclear, Sequence[str]]:
    """The time in the longest part of the words that is one, with these words; the others say why."""
    first: Refusal | None = None
    last = len(words)
    cuts = [(0, last)]
    cuts += [cut for size in range(last - 1, 0, -1) for cut in ((last - size, last), (0, size))]
    for begin, end in cuts:
        if any(tells_time(word) for word in (*words[:begin], *words[end:])):
            continue  # a reason is none of these: more of the line speaks of time
        phrase = " ".join(words[begin:end])
        try:
            return _absence(read_range(phrase, now, cal)), words[begin:end]
        except UnclearDay as unclear:
            choices = _choices(phrase, unclear, now, cal)
            if len(choices) == 1 and len(unclear.choices) > 1:
                return choices[0], words[begin:end]
            if choices:
                return Unclear(unclear, choices), words[begin:end]
            first = first or unclear
        except Refusal as refusal:
            first = first or refusal
    if first is not None and first.why:
        raise first
    raise Refusal(f"{shown} wurde nicht als Abwesenheit verstanden.", "", EXAMPLES)


def _choices(phrase: str, unclear: UnclearDay, now: datetime, cal: WorkCalendar) -> tuple[Absence, ...]:
    """What the phrase means with each reading of the day that is unclear; a second doubt is left out."""
    found = []
    for choice in unclear.choices:
        chosen: Mapping[str, When] = {unclear.phrase: choice}
        try:
            found.append(_absence(read_range(phrase, now, cal, chosen)))
        except Refusal:
            continue
    return tuple(dict.fromkeys(found))


def _absence(found: Range) -> Absence:
    return Absence(start=found.start, end=found.end, said_start=found.said_start)


def _reason(text: str, wanted: set[str]) -> str:
    """The words of the line that say why, as they were typed."""
    typed = [word for word in clean(text, limit=200).replace(",", " ").split() if fold(word) in wanted]
    return " ".join(typed)[:80]


def _moment(moment: datetime) -> str:
    return f"{long_date(moment.date())} {clock(moment)}"


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
