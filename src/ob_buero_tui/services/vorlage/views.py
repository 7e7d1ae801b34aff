"""The frozen values of the OB-Vorlage: rows, the card beside them, and what becomes of an item."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ob_buero_tui.store.decisions import VorlageDecision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from ob_buero_tui.rules.checks import Finding

__all__ = ["Talk", "VorlageCard", "VorlageDecision", "VorlageRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VorlageRow:
    """One item as a row of the list.

    Args:
        id: The item.
        position: Its number on the list and on paper.
        talk_on: The day of the talk.
        who: Who asks.
        votum: The office's Votum as a word, or empty.
        answered, asked: How many Stellungnahmen have come, of how many.
        deputy: Few letters of who stands in, where that was said.
        hidden: Whether the request is personal to another desk.
        carried_out: Whether the decision has become an outcome.
    """

    id: int
    request_id: int
    position: int
    talk_on: date
    number: str
    subject: str
    sign: str = ""
    event_start: datetime | None = None
    who: str = ""
    votum: str = ""
    answered: int = 0
    asked: int = 0
    decision: VorlageDecision = VorlageDecision.OFFEN
    deputy: str = ""
    hidden: bool = False
    carried_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VorlageCard:
    """The matter of one item in short.

    Args:
        row: Its row.
        kind: The kind of request in German.
        due: Until when an answer is due.
        votum_text: The words of the Votum, with who wrote it.
        stellungnahmen: Who was asked, and what the answer was or that it is awaited.
        history: One line about earlier requests; empty where there is none.
        warnings: The checks that warn.
        decision: What was said so far, in German.
        remark: What the mayor said besides.
    """

    row: VorlageRow
    kind: str = ""
    when: str = ""
    where: str = ""
    due: str = ""
    votum_text: str = ""
    stellungnahmen: tuple[tuple[str, str], ...] = ()
    history: str = ""
    warnings: tuple[Finding, ...] = ()
    decision: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One list as it is printed or typed back in.

    Args:
        numbers: The item of each number that is still to be decided and may be read here.
    """

    vorlage_id: int
    talk_on: date
    numbers: Mapping[int, int] = field(default_factory=dict)
