"""A topic of the Themenspeicher typed as one line: „Radweg Hafenstraße @Bau (Amt 66) ab 1.2. bis 30.6.“."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ob_buero_tui.rules.agenda_line import parse_item
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, parse_day
from ob_buero_tui.rules.workdays import WorkCalendar

EXAMPLE = "Zum Beispiel: Radweg Hafenstraße @Bau (Amt 66) ab 1.2. bis 30.6.; N davor: nichtöffentlich"
_BODY = re.compile(r"(?:^|\s)@(?:„([^“]+)“|\"([^\"]+)\"|(\S+))")
_CONTRIBUTOR = re.compile(r"\(([^()]{1,120})\)\s*$")
_SPAN = re.compile(r"(?i)^(.*\S)\s+(ab|bis)\s+(\S(?:.*\S)?)$")

_FULL = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")
"""A day with its year may be past; one without it is the next that comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A topic as it was understood.

    Args:
        body: What somebody typed for the body: a short name or the beginning of its name; empty for none.
        contributor: Who brings it in.
        earliest_on, latest_on: Between which days the session may be; None: open.
        general_name: What the public reads instead of the title in the non-public part.
    """

    title: str
    body: str = ""
    contributor: str = ""
    earliest_on: date | None = None
    latest_on: date | None = None
    public: bool = True
    general_name: str = ""


def parse_topic(typed: str, today: date, cal: WorkCalendar) -> TopicLine:
    """Read a topic; what is not understood as a body, a day or who brings it in stays in the title.

    Raises:
        Refusal: there is no title, or a day behind „ab“ or „bis“ can mean several.
    """
    text, _, term = typed.partition("|")
    body = ""
    if (found := _BODY.search(text)) is not None:
        body = next(part for part in found.groups() if part)
        text = f"{text[: found.start()]} {text[found.end() :]}"
    text, days = _days_at_end(text.strip(), today, cal)
    contributor = ""
    if (found := _CONTRIBUTOR.search(text)) is not None and text[: found.start()].strip():
        contributor, text = found[1].strip(), text[: found.start()]
    try:
        item = parse_item(text.strip().lstrip("-–"))
    except Refusal as refusal:
        raise Refusal(refusal.what, "", EXAMPLE) from None
    earliest, latest = days.get("ab"), days.get("bis")
    if earliest is not None and latest is not None and latest < earliest:
        raise Refusal(
            "Die Tage passen nicht.", f"{long_date(latest)} liegt vor {long_date(earliest)}.", EXAMPLE
        )
    return TopicLine(
        title=item.title,
        body=body,
        contributor=contributor,
        earliest_on=earliest,
        latest_on=latest,
        public=item.public,
        general_name=" ".join(term.split()),
    )


def written_topic(one: TopicLine) -> str:
    """The line that reads as this topic, to be changed."""
    body = f" @„{one.body}“" if " " in one.body else f" @{one.body}" if one.body else ""
    days = "".join(
        f" {word} {day.day}.{day.month}.{day.year}"
        for word, day in (("ab", one.earliest_on), ("bis", one.latest_on))
        if day is not None
    )
    who = f" ({one.contributor})" if one.contributor else ""
    term = f" | {one.general_name}" if one.general_name else ""
    return f"{'' if one.public else 'N '}{one.title}{body}{who}{days}{term}"


def _days_at_end(text: str, today: date, cal: WorkCalendar) -> tuple[str, dict[str, date]]:
    days: dict[str, date] = {}
    while (found := _SPAN.match(text)) is not None and found[2].lower() not in days:
        try:
            past = _FULL.fullmatch(found[3]) is not None
            days[found[2].lower()] = parse_day(found[3], today, cal, allow_past=past).day
        except Ambiguous as asked:
            if len(asked.choices) != 1:
                raise
            # What is said below the line has the year; a topic always waits for what comes.
            days[found[2].lower()] = asked.choices[0].day
        except Refusal:
            break  # „Öffnung ab Sommer“ is a title
        text = found[1]
    return text, days
