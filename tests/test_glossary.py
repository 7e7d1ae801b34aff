"""The glossary: every word that code and data share stands in it, once."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Final

import pytest

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.catalog.observances import Reckoning, Religion
from ob_buero_tui.catalog.papers import PaperNeed
from ob_buero_tui.catalog.representation import CalendarRole
from ob_buero_tui.config import AfterVerb, Mode, Settings, ThemeName
from ob_buero_tui.rules.attendance import Attendance
from ob_buero_tui.rules.body_kinds import BodyKind
from ob_buero_tui.rules.clashing import ClashKind
from ob_buero_tui.rules.columns import Column
from ob_buero_tui.rules.file_types import Handling
from ob_buero_tui.rules.gender import Gender
from ob_buero_tui.rules.ladungsfrist import ClosureMode, FristUnit
from ob_buero_tui.rules.locks import Lock
from ob_buero_tui.rules.member_roles import RoleKind
from ob_buero_tui.rules.occasions import Occasion
from ob_buero_tui.rules.paper_number import CountedBy
from ob_buero_tui.rules.quorum import QuorumShare
from ob_buero_tui.rules.retention import RetentionBegin, RetentionEnd, RetentionKind
from ob_buero_tui.rules.salutation import By
from ob_buero_tui.rules.series_make import Freq
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.rules.votes import VoteKind
from ob_buero_tui.rules.waiting import WokenBy
from ob_buero_tui.rules.workdays import DayKind
from ob_buero_tui.rules.year_plan import PlanRule, SchoolDays, Wish
from ob_buero_tui.services.answers.views import How
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.council.views import Light
from ob_buero_tui.store.appointments import Part, PartStat
from ob_buero_tui.store.ausfall import AusfallOutcome, AusfallState, CallRole
from ob_buero_tui.store.calendar import Host
from ob_buero_tui.store.decisions import Asked, DeputyAnswer, VorlageDecision, VorlageState
from ob_buero_tui.store.documents import DocumentState
from ob_buero_tui.store.retention import DisposalState, ErasureGround

GLOSSARY: Final = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"
ENUMS: Final = (
    RetentionBegin,
    RetentionEnd,
    RetentionKind,
    DisposalState,
    ErasureGround,
    RequestState,
    EventStatus,
    Confidentiality,
    Audience,
    DayKind,
    FristUnit,
    ClosureMode,
    VoteKind,
    Attendance,
    QuorumShare,
    Light,
    AfterVerb,
    Mode,
    ThemeName,
    Lock,
    By,
    Gender,
    Handling,
    Occasion,
    DocumentState,
    How,
    Column,
    WokenBy,
    Asked,
    DeputyAnswer,
    VorlageState,
    VorlageDecision,
    ClashKind,
    Freq,
    Scope,
    Host,
    Part,
    PartStat,
    AusfallState,
    AusfallOutcome,
    CallRole,
    Leader,
    CalendarRole,
    Religion,
    Reckoning,
    PaperNeed,
    CountedBy,
    RoleKind,
    BodyKind,
    Wish,
    PlanRule,
    SchoolDays,
)


def words() -> list[str]:
    """The words in the first column of every table."""
    rows = re.findall(r"^\| (`.*?) \| .+ \| .+ \|$", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("values", ENUMS, ids=lambda values: values.__name__)
def test_every_stored_word_is_explained(values: type[RequestState]) -> None:
    assert {value.value for value in values if value.value} <= set(words())


def test_every_setting_is_explained() -> None:
    assert {field.name for field in fields(Settings)} <= set(words())


def test_no_word_is_explained_twice() -> None:
    found = words()
    assert sorted(found) == sorted(set(found))
