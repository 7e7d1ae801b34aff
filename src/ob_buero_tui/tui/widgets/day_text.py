"""What a block of the day grid says, in as many lines and cells as it has."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from rich.cells import cell_len, set_cell_size

from ob_buero_tui.rules.german import clock, short_date, weekday_short
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.visibility import label as level_label
from ob_buero_tui.services.views import DayEvent
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.theme import kind_colour
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit, wrap
from ob_buero_tui.tui.widgets.ghost import Ghost

_WIDE = 34
_NARROW = 9
"""Cells below which only the title is said, cut without „…“, which would take a third of it."""
_LEGIBLE = 8
"""Cells that a title keeps before anything else may stand beside it."""
_MAYOR = "OB"
_DANGLING = re.compile(r"[ ·]+…$")


def bar(event: DayEvent) -> Run:
    """The left edge: solid when confirmed, open when vorgemerkt, quiet when cancelled."""
    if event.status == EventStatus.CANCELLED:
        return ("▌", "bar")
    tone = f"kind--{kind_colour(event.kind_sign)}" if event.kind_sign else "quiet"
    return ("░" if event.status == EventStatus.TENTATIVE else "▌", tone)


def edge(event: DayEvent) -> list[Run]:
    """The left edge of a row with text; the open one fills its cell, so a blank keeps the text off it."""
    blank: list[Run] = [(" ", "")] if event.status == EventStatus.TENTATIVE else []
    return [bar(event), *blank]


def ground(event: DayEvent) -> str:
    """The ground a block stands on; what is cancelled leaves the paper free."""
    return {EventStatus.CONFIRMED: "busy", EventStatus.TENTATIVE: "tentative"}.get(event.status, "")


def title(event: DayEvent) -> str:
    """What the event is called; „belegt“ where no more may be seen."""
    if event.view == "belegt":
        return "belegt"
    return line(event.summary) or "(ohne Titel)"


def details(event: DayEvent) -> str:
    """Who goes where it is not the mayor, place, and what its state is, for the lines under the title."""
    hidden = event.view == "belegt"
    place, who = line(event.location), line(event.attendee)
    # Where calendars stand side by side, whose entry it is must not be cut away behind a long place.
    parts = [] if hidden else [place, who] if who == _MAYOR else [who, place]
    if event.status == EventStatus.TENTATIVE:
        parts.append("vorgemerkt")
    if not hidden and event.confidentiality in (Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH):
        parts.append(level_label(event.confidentiality))
    return " · ".join(part for part in parts if part)


def _lead(event: DayEvent, width: int, slot: int) -> list[Run]:
    """What stands before the title: conflict sign, exact time, the word „abgesagt“."""
    runs: list[Run] = []
    if event.conflicts:
        runs.append(("! " if width >= _NARROW else "!", "error"))
    if event.status == EventStatus.CANCELLED:
        runs.append(("abgesagt " if width >= _NARROW else "×", "quiet"))
    if event.all_day or width < _NARROW:
        return runs
    if width >= _WIDE:
        runs.append((f"{clock(event.start)}–{clock(event.end)} ", "quiet"))
    elif event.start.minute % slot and width >= 12:
        runs.append((f"{clock(event.start)} ", "quiet"))
    return runs


def block_lines(event: DayEvent, width: int, rows: int, slot: int) -> list[Line]:
    """The text of an event in a block, at most one line per row.

    Args:
        event: The event; its texts are cleaned here.
        width: Cells beside the bar.
        rows: Rows of the block.
        slot: Minutes of a row; a start off the row is written out.
    """
    lead = _lead(event, width, slot)
    tone = "struck" if event.status == EventStatus.CANCELLED else ""
    used = sum(cell_len(text) for text, _ in lead)
    name, more = title(event), details(event)
    if width < _NARROW:
        return _narrow_lines(lead, name, tone, width, rows)
    if rows == 1:
        room = width - used
        if more and cell_len(name) + 3 < room:
            return [(*lead, (name, tone), (" · " + _cut(more, room - cell_len(name) - 3), "quiet"))]
        return [(*lead, (fit(name, room), tone))]
    keep = rows - 1 if more else rows
    named = _hanging(name, width, used, keep)
    lines: list[Line] = [(*lead, (named[0], tone)), *(((text, tone),) for text in named[1:])]
    parts, left = wrap(more, max(1, width)), rows - len(lines)
    if len(parts) > left > 0:
        parts = [*parts[: left - 1], _cut(" ".join(parts[left - 1 :]), width)]
    return [*lines, *(((text.removesuffix(" ·"), "quiet"),) for text in parts[: max(0, left)])]


def _narrow_lines(lead: list[Run], name: str, tone: str, width: int, rows: int) -> list[Line]:
    """The title in few cells, letter after letter where it has several rows."""
    room = max(1, width - sum(cell_len(text) for text, _ in lead))
    first = set_cell_size(name, room)
    rest = wrap(name[len(first.rstrip()) :].lstrip(), max(1, width)) if cell_len(name) > room else []
    return [(*lead, (first, tone)), *(((text, tone),) for text in rest[: rows - 1])]


def _cut(text: str, width: int) -> str:
    """As much as fits, with nothing hanging between the last word and its „…“."""
    return _DANGLING.sub(" …", fit(text, width).rstrip())


def _hanging(text: str, width: int, used: int, rows: int) -> list[str]:
    """Text whose first line is shorter by `used` cells, cut with „…“ after `rows` lines."""
    first, *rest = wrap(text, max(1, width - used)) or [""]
    # From the text itself, not from its parts: a word broken in the first line goes on where it was broken.
    others = wrap(text[len(first) :].lstrip(), max(1, width)) if rest else []
    if len(others) < rows:
        return [first, *others]
    if rows <= 1:
        return [fit(text, max(1, width - used))]
    kept = others[: rows - 1]
    kept[-1] = fit(f"{kept[-1]} {others[rows - 1]}", width)
    return [first, *kept]


def travel_text(minutes: int, width: int) -> str:
    """The travel line: „┆ Fahrt 20 Min.“, shorter where there is no room."""
    for text in (f"┆ Fahrt {minutes} Min.", f"┆ {minutes} Min.", f"┆ {minutes}'", "┆"):
        if cell_len(text) <= width:
            return text
    return ""


# Above the hours


def head(day: date, width: int, *, today: bool) -> Run:
    """The name of a day over its column: „Mi 25.11. heute“, shorter where there is no room."""
    name, short = short_date(day), f"{weekday_short(day)} {day.day}."
    wanted = (f"{name} heute", f"{short} heute", f"heute {day.day}.", short) if today else (name, short)
    text = next((text for text in wanted if cell_len(text) <= width), short)
    return (fit(text, width), "accent" if today else "strong")


def note_line(note: str, width: int, *, ruled: bool) -> Line:
    """The name of a holiday or the like; a rule after it shows over which days it runs."""
    text = f" {line(note)}"
    if not ruled or cell_len(text) + 2 > width:
        return ((fit(text, width), "strong"),)
    return ((text, "strong"), (" " + "─" * (width - cell_len(text) - 1), "quiet"))


def bar_line(event: DayEvent, width: int, first: date, last: date, *, faint: bool = False) -> Line:
    """What lasts whole days, in one line; says where it comes from and goes to outside the days shown."""
    ends = (event.end - timedelta(microseconds=1)).date() if event.end > event.start else event.end.date()
    before = "‹ " if event.start.date() < first else ""
    if not event.all_day:
        before += f"{clock(event.start)} " if event.start.date() >= first else ""
    after = f" bis {short_date(ends)}" if ends > last else ""
    if not event.all_day and not after:
        after = f" bis {clock(event.end)}"
    room = max(1, width - 2 - cell_len(before) - cell_len(after))
    after = after if room >= _LEGIBLE else ""
    room = max(1, width - 2 - cell_len(before) - cell_len(after))
    text = block_lines(replace(event, all_day=True), room, 1, 60)[0]
    runs = (*edge(event), (before, "quiet"), *text, (after, "quiet"))
    return tuple((part, "quiet") for part, _ in runs) if faint else runs


# The ghost


def ghost_lines(ghost: Ghost, width: int, rows: int) -> list[Line]:
    """The text of an appointment on its way, each line with its edge: time, title, then what it would hit."""
    bar: Run = ("┃", "accent")
    name = line(ghost.summary) or "(ohne Titel)"
    time = "" if ghost.all_day else f"{clock(ghost.start)}–{clock(ghost.end)}"
    sign: list[Run] = [("! ", "error")] if ghost.conflicts else []
    used = sum(cell_len(text) for text, _ in sign)
    if rows == 1:
        text = f"{time} {name}" if time else name
        return [(bar, *sign, (fit(text, max(1, width - used)), "strong"))]
    lines: list[Line] = [(bar, *sign, (fit(time or name, max(1, width - used)), "strong"))]
    lines += [(bar, (text, "strong")) for text in (wrap(name, max(1, width)) if time else [])]
    for conflict in ghost.conflicts:
        lines += [(bar, (text, "error")) for text in wrap(f"! {line(conflict)}", max(1, width))]
    return lines[:rows]
