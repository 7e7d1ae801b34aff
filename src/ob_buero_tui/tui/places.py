"""Where things are shown: the screens by their keys, loaded when first shown, and which one has a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from textual.screen import Screen

from ob_buero_tui.tui.commands import (
    AUSFALL,
    AUSSONDERUNG,
    EINGANG,
    GREMIEN,
    JAHRESPLAN,
    KALENDER,
    OB_VORLAGE,
    PERSONEN,
    SICHERUNGEN,
    SITZUNGEN,
    TAGESORDNUNG,
    THEMEN,
    VORLAGEN,
    WIEDERVORLAGEN,
)
from ob_buero_tui.tui.screens.inbox import InboxScreen


def _calendar() -> Screen[Any]:
    from ob_buero_tui.tui.screens.calendar import CalendarScreen

    return CalendarScreen()


def _council() -> Screen[Any]:
    from ob_buero_tui.tui.screens.council import CouncilScreen

    return CouncilScreen()


def _agenda() -> Screen[Any]:
    from ob_buero_tui.tui.screens.agenda import AgendaScreen

    return AgendaScreen()


def _topics() -> Screen[Any]:
    from ob_buero_tui.tui.screens.topics import TopicScreen

    return TopicScreen()


def _follow_ups() -> Screen[Any]:
    from ob_buero_tui.tui.screens.follow_ups import FollowUpScreen

    return FollowUpScreen()


def _people() -> Screen[Any]:
    from ob_buero_tui.tui.screens.people import PeopleScreen

    return PeopleScreen()


def _vorlage() -> Screen[Any]:
    from ob_buero_tui.tui.screens.vorlage import VorlageScreen

    return VorlageScreen()


def _ausfall() -> Screen[Any]:
    from ob_buero_tui.tui.screens.ausfall import AusfallScreen

    return AusfallScreen()


def _year_plan() -> Screen[Any]:
    from ob_buero_tui.tui.screens.plan import PlanScreen

    return PlanScreen()


def _bodies() -> Screen[Any]:
    from ob_buero_tui.tui.screens.bodies import BodiesScreen

    return BodiesScreen()


def _papers() -> Screen[Any]:
    from ob_buero_tui.tui.screens.papers import PaperScreen

    return PaperScreen()


def _backups() -> Screen[Any]:
    from ob_buero_tui.tui.screens.backups import BackupScreen

    return BackupScreen()


def _disposal() -> Screen[Any]:
    from ob_buero_tui.tui.screens.disposal import DisposalScreen

    return DisposalScreen()


SCREENS: Final[dict[str, Callable[[], Screen[Any]]]] = {
    EINGANG: InboxScreen,
    KALENDER: _calendar,
    SITZUNGEN: _council,
    TAGESORDNUNG: _agenda,
    THEMEN: _topics,
    WIEDERVORLAGEN: _follow_ups,
    PERSONEN: _people,
    OB_VORLAGE: _vorlage,
    AUSFALL: _ausfall,
    GREMIEN: _bodies,
    JAHRESPLAN: _year_plan,
    VORLAGEN: _papers,
    SICHERUNGEN: _backups,
    AUSSONDERUNG: _disposal,
}
"""The screens by key. Only the first is loaded with the app; start waits for no other."""

HOME_OF: Final = {
    "request": EINGANG,
    "event": KALENDER,
    "task": WIEDERVORLAGEN,
    "meeting": SITZUNGEN,
    "agenda": TAGESORDNUNG,
    "agenda_item": TAGESORDNUNG,
    "topic": THEMEN,
    "paper": VORLAGEN,
    "person": PERSONEN,
    "organization": PERSONEN,
    "vorlage_item": OB_VORLAGE,
    "ausfall_item": AUSFALL,
    "responsibility": GREMIEN,
    "year_plan": JAHRESPLAN,
    "year_plan_date": JAHRESPLAN,
    "disposal": AUSSONDERUNG,
}
"""The screen that shows a record, by the record's table."""
