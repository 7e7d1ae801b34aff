"""The frozen values of the Vorlagen screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from ob_buero_tui.services.views import HistoryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One paper as a row of a list.

    Args:
        sign: The letters of its kind.
        next_on: The next session it is put before; None: none.
        next_body: That session's body.
        state_label: How far it is, in German.
        lacks: How many things stand in its way.
        over: Whether it is decided or withdrawn.
    """

    id: int
    reference: str = ""
    name: str = ""
    sign: str = ""
    office: str = ""
    next_on: date | None = None
    next_body: str = ""
    state_label: str = ""
    lacks: int = 0
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StationLine:
    """One step of a Beratungsfolge.

    Args:
        decides: Whether its body decides.
        number: Its item on the agenda; empty: on none yet.
        problems: What is wrong with it, in German; those that stand in the way first.
    """

    id: int
    body: str
    organization_ids: tuple[int, ...] = ()
    role: str = ""
    decides: bool = False
    meeting_id: int | None = None
    start: datetime | None = None
    number: str = ""
    result: str = ""
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """One paper with everything its panel draws.

    Args:
        kind: Key of its kind; empty where the catalog knows none.
        office_id: The office that is responsible, with its name in `office`.
        led: Who was responsible there on the paper's day, as far as it is known.
        ours: Whether this office leads it.
        lacks: What stands in its way as a whole, in German.
        files: German word for what a file is, and its name.
        relations: What it is to another paper, in German, with that one's key and number.
        version: Counts its changes; a form that was opened before the last one is refused.
    """

    id: int
    reference: str
    name: str
    kind: str = ""
    kind_label: str = ""
    on: date | None = None
    office_id: int | None = None
    office: str = ""
    led: str = ""
    originators: tuple[str, ...] = ()
    author: str = ""
    file_reference: str = ""
    deadline_on: date | None = None
    state: str = ""
    state_label: str = ""
    confidentiality: str = ""
    ours: bool = True
    lacks: tuple[str, ...] = ()
    stations: tuple[StationLine, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    relations: tuple[tuple[str, int, str], ...] = ()
    note: str = ""
    version: int = 0
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChoice:
    """A coming session that a step may be put on.

    Args:
        dispatch: The last day on which its invitation may go out; None: not known.
        reached: Whether that day is still ahead.
    """

    meeting_id: int
    body: str
    start: datetime
    dispatch: date | None = None
    reached: bool = True
