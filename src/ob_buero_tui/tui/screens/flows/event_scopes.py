"""How far a change of one date of a series reaches; asked of every verb that changes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.calendar.scopes import Affected, Scope, affected

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp


async def ask_scope(
    desk: DeskApp, key: str, title: str, scopes: tuple[Scope, ...] = (), *, single: bool = False
) -> Scope | None:
    """How far a change reaches; a single appointment is not asked about.

    Args:
        key: As `DayEvent.id`.
        title: What is about to be done.
        scopes: Those that make sense; all of them where none is named.
        single: Whether only the one date will be left of the series.

    Returns:
        None when somebody left.
    """
    from ob_buero_tui.tui.screens.dialogs.scope import ScopeDialog

    if "@" not in key:
        return Scope.SERIE

    def dates(scope: Scope) -> Affected:
        return affected(desk.place, key, scope, single=single)

    return await desk.push_screen_wait(ScopeDialog(title, dates, scopes or tuple(Scope)))
