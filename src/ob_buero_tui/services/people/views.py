"""The frozen values that the screen of people and bodies draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ob_buero_tui.services.views import HistoryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A person or a body as a row of a list; `detail` is a function or the kind of body."""

    id: int
    name: str
    detail: str = ""
    organization: str = ""
    locality: str = ""
    tel: str = ""
    deceased: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """A record that belongs to a contact, as one line; `table` and `id` lead to it."""

    table: str
    id: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """Everything known of one person or body.

    Args:
        table: "person" or "organization".
        facts: Label and value of each column that is filled.
        address: The lines of a letter.
        overridden: Whether the office has set one of the three forms of address itself.
        own: Columns of those it has set.
        unconfirmed: Whether the rule behind them is not confirmed; `rule` names it and its source.
        locks: Blocking notices, German.
        memberships: A person's bodies, or a body's people.
        papers: Council papers it is behind.
        meetings: Sessions it sat in.
    """

    table: str
    id: int
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    address: tuple[str, ...] = ()
    salutation: str = ""
    spoken: str = ""
    overridden: bool = False
    own: tuple[str, ...] = ()
    unconfirmed: bool = False
    rule: str = ""
    rank: int | None = None
    deceased_on: date | None = None
    locks: tuple[str, ...] = ()
    confidentiality: str = ""
    memberships: tuple[LinkLine, ...] = ()
    requests: tuple[LinkLine, ...] = ()
    events: tuple[LinkLine, ...] = ()
    papers: tuple[LinkLine, ...] = ()
    meetings: tuple[LinkLine, ...] = ()
    notes: str = ""
    history: tuple[HistoryLine, ...] = ()
