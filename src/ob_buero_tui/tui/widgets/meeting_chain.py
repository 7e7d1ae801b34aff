"""A session's chain of dates in words: calm where a step is done, exact where something is still to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, fit, line_width, wrap
from ob_buero_tui.tui.widgets.meeting_rows import SIGNS, WORDS

LEGAL: Final = "zugang"
"""The step whose count is owed to whoever asks, also when it is done."""
UNCONFIRMED: Final = ("*", "* vom Büro noch nicht bestätigt")
_STEP = 18
_INDENT = 5
_REMARK = " · "


def chain_lines(steps: Sequence[DeadlineView], width: int) -> list[Line]:
    """The steps as lines for a width in cells; what several of them say stands once below.

    Args:
        steps: In their order; their texts are cleaned here.
        width: Cells.
    """
    said = Counter(part for step in steps for part in _remarks(step))
    lines: list[Line] = []
    for step in steps:
        lines += _head(step, width)
        own = [part for part in _remarks(step) if said[part] == 1 and step.light is not Light.DONE]
        told = _REMARK.join([*_count(step), *own])
        lines += _quiet(told, _INDENT, width)
    below = [part for part in said if said[part] > 1 or _only_of_done(part, steps)]
    if any(step.unconfirmed for step in steps):
        below.append(UNCONFIRMED[1])
    if below:
        lines.append(())
    for text in below:
        lines += _quiet(text, 3 if not text.startswith("*") else 1, width)
    return lines


def _head(step: DeadlineView, width: int) -> list[Line]:
    sign, tone = SIGNS[step.light]
    done = step.light is Light.DONE
    day = short_date(step.on, aligned=True) + (f" {step.at:%H:%M}" if step.at else "")
    word = WORDS[step.light]
    if done and step.done_on is not None:
        word = f"{word} {short_date(step.done_on)} {line(step.done_by)}".rstrip()
    mark = f" {UNCONFIRMED[0]}" if step.unconfirmed else ""
    name = fit(line(step.label, limit=60), _STEP - len(mark) - 1).rstrip() + mark
    head: Line = (
        (f" {sign} ", tone),
        (fit(name, _STEP), "quiet" if done else ""),
        (f" {day}", "quiet" if done else "strong"),
    )
    if not word:
        return [head]
    if line_width(head) + 2 + len(word) <= width:
        return [(*head, (f"  {word}", tone))]
    return [head, *(((" " * _INDENT + part, tone),) for part in wrap(word, max(1, width - _INDENT)))]


def _count(step: DeadlineView) -> list[str]:
    """The count in words of the legal step; of the others the rule, or why the day is another one."""
    count = line(step.text, limit=400).split(_REMARK)[0]
    if step.kind == LEGAL:
        return [count]
    if step.light is Light.DONE:
        return []
    return [count if ";" in count or "(" in count else line(step.rule) or count]


def _remarks(step: DeadlineView) -> list[str]:
    return [part for part in line(step.text, limit=400).split(_REMARK)[1:] if part]


def _only_of_done(part: str, steps: Sequence[DeadlineView]) -> bool:
    return all(step.light is Light.DONE for step in steps if part in _remarks(step))


def _quiet(text: str, indent: int, width: int) -> list[Line]:
    return [((" " * indent + part, "quiet"),) for part in wrap(text, max(1, width - indent))]
