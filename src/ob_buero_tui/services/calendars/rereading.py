"""Calendars that Outlook leads are looked at on their interval; what is as it was costs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Final

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.representation import CalendarSpec
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendars.look import Look, Looked
from ob_buero_tui.services.calendars.reading import Stamp
from ob_buero_tui.services.desks import rereading_desk
from ob_buero_tui.services.workplace import Workplace

AGAIN: Final = timedelta(seconds=5)
"""How soon a calendar is looked at again where a file was just being written."""
TOLD_AFTER: Final = 3
"""Looks in a row after which a file that somebody is always writing is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedNews:
    """What the looks brought; `looks` are those of all calendars that were due."""

    looks: tuple[Looked, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether a calendar is another one now."""
        return any(look.changed for look in self.looks)

    @property
    def sentence(self) -> str:
        """What is new, in German; "" where there is nothing to tell."""
        news = [f"{look.label}: {look.sentence}" for look in self.looks if look.sentence]
        return " ".join((*news, *self.told))


def led_calendars(catalog: Catalog) -> tuple[CalendarSpec, ...]:
    """The calendars that somebody else leads."""
    return tuple(spec for spec in catalog.calendars.values() if spec.leads is Leader.OUTLOOK)


class Rereading:
    """Looks at the calendars that others lead; `poll` is called every few seconds, from a single thread."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._stamps: dict[str, dict[str, Stamp]] = {}
        self._due: dict[str, datetime] = {}
        self._passing: Counter[tuple[str, str]] = Counter()
        self._told: set[tuple[str, str, str]] = set()

    def due(self, now: datetime) -> list[CalendarSpec]:
        """The calendars whose interval is over.

        Args:
            now: Local wall time of the office.
        """
        return [spec for spec in led_calendars(self._place.catalog) if self._due.get(spec.key, now) <= now]

    def poll(
        self, now: datetime, stop: Callable[[], bool] = lambda: False, *, at_once: bool = False
    ) -> FeedNews:
        """Look at what is due.

        Args:
            now: Local wall time of the office.
            stop: Asked before each calendar and file; True ends the look.
            at_once: Look at all, whatever their interval.
        """
        wanted = led_calendars(self._place.catalog) if at_once else tuple(self.due(now))
        if not wanted or self._place.read_only:
            return FeedNews()
        looks: list[Looked] = []
        for spec in wanted:
            if stop():
                break
            found = self._look(spec, stop)
            self._due[spec.key] = now + (AGAIN if found.passing else timedelta(minutes=spec.every_min))
            looks.append(found)
        told = tuple(sentence for look in looks for sentence in self._news(look))
        return FeedNews(looks=tuple(looks), told=told)

    def _look(self, spec: CalendarSpec, stop: Callable[[], bool]) -> Looked:
        """One calendar; whatever is wrong with it costs no other."""
        stamps = self._stamps.setdefault(spec.key, {})
        try:
            desk = replace(self._place, desk=rereading_desk(self._place))
            return Look(desk, spec, stamps, stop).run()
        except Refusal as refusal:  # another desk saves or reads just now
            return Looked(calendar=spec.key, label=spec.label, problems={"": str(refusal)}, passing={""})

    def _news(self, look: Looked) -> list[str]:
        """The problems that are new; one that passes by itself is told when it does not."""
        current, told = set(), []
        for path, why in look.problems.items():
            if path in look.passing:
                self._passing[look.calendar, path] += 1
                if self._passing[look.calendar, path] < TOLD_AFTER:
                    continue
            current.add((look.calendar, path, why))
            if (look.calendar, path, why) not in self._told:
                told.append(problem_text(look.label, path, why))
        for key in [key for key in self._passing if key[0] == look.calendar]:
            if key[1] not in look.passing:
                del self._passing[key]
        self._told = {one for one in self._told if one[0] != look.calendar} | current
        return told


def problem_text(label: str, path: str, why: str) -> str:
    """What is wrong with a file of a calendar, in German."""
    name = f"„{clean(PurePath(path).name, limit=80)}“: " if path else ""
    return f"{label}: {name}{why}"
