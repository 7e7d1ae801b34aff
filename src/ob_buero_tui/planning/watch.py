"""The time a solver may take, and whether anybody still wants what it looks for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Protocol, TypeAlias, TypeVar

T = TypeVar("T")
Stop: TypeAlias = Callable[[], bool]
"""Whether nobody wants the result any more; asked from another thread."""
_LOOK_SECONDS = 0.1


class Stopped(Exception):
    """Nobody wants the result any more."""


class _Solver(Protocol):
    def interrupt(self) -> None: ...


def never() -> bool:
    """Somebody always wants it."""
    return False


class Watch:
    """One span of time for all that solvers do for a result.

    Args:
        seconds: How long they may take together.
        stop: Whether nobody wants the result any more.
    """

    def __init__(self, seconds: float, stop: Stop = never) -> None:
        self._until = monotonic() + seconds
        self._stop = stop

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(0.0, self._until - monotonic())

    def over(self, solver: _Solver, run: Callable[[], T], seconds: float) -> T:
        """Run a solver; it is interrupted when the time is over or nobody wants the result.

        Args:
            seconds: How long this run may take.

        Raises:
            Stopped: nobody wants it.
        """
        ended, until = Event(), monotonic() + seconds

        def look() -> None:
            while not ended.wait(_LOOK_SECONDS):
                if self._stop() or monotonic() >= until:
                    solver.interrupt()
                    return

        self.check()
        thread = Thread(target=look, name="solver-watch", daemon=True)
        thread.start()
        try:
            return run()
        finally:
            ended.set()
            thread.join()
            self.check()

    def check(self) -> None:
        """Raise `Stopped` when nobody wants the result any more."""
        if self._stop():
            raise Stopped
