"""How a command that asks something runs: beside the keys, and a refusal on its way is said."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from textual import work
from textual.events import Key
from textual.worker import Worker

from ob_buero_tui.rules.refusals import Refusal

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.frame_commands import FrameCommands

Of = TypeVar("Of", bound="FrameCommands")
More = ParamSpec("More")
Asking = Callable[Concatenate[Of, More], Coroutine[Any, Any, None]]

ASKS: Final = "asks"
"""Marks an action that asks something, and so begins at its key and not behind the letters that follow it."""


def asking(
    group: str = "dialog", *, exclusive: bool = True
) -> Callable[[Asking[Of, More]], Callable[Concatenate[Of, More], Worker[None]]]:
    """Run a method of a screen as a worker that shows a refusal instead of ending the app.

    Args:
        group: The group of the worker; of one group a new one ends the one before.
        exclusive: Whether it does.
    """

    def decorate(method: Asking[Of, More]) -> Callable[Concatenate[Of, More], Worker[None]]:
        @work(exclusive=exclusive, group=group)
        @wraps(method)
        async def run(screen: Of, /, *args: More.args, **kwargs: More.kwargs) -> None:
            try:
                await method(screen, *args, **kwargs)
            except Refusal as refusal:
                screen.desk.refuse(refusal)
            finally:
                if (left := screen.desk.ahead.end()) is not None:
                    screen.app.post_message(Key(left.key, left.character))

        @wraps(method)
        def begin(screen: Of, /, *args: More.args, **kwargs: More.kwargs) -> Worker[None]:
            # Now and not in the worker: the next letter may be in the queue already.
            screen.desk.ahead.begin()
            return run(screen, *args, **kwargs)

        setattr(begin, ASKS, True)
        return begin

    return decorate
