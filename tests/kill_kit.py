"""Kills a step at a chosen point: before its n-th file operation or statement, or after a moment.

Nothing of it is in the product: the forked child listens to Python's audit events and traces its statements.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

EVENTS = frozenset(
    ("open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate")
)
"""What changes files or opens them; source: docs.python.org/3/library/audit_events.html."""


@dataclass(slots=True)
class Counter:
    """Counts points of a step and kills its process before one of them.

    Args:
        folder: Only what happens to files below it counts.
        at: The point; 0 for none.
    """

    folder: str
    at: int
    seen: int = 0

    def point(self) -> None:
        """One more point."""
        self.seen += 1
        if self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(self) -> None:
        """Count from now on; there is no way to stop it in this process."""
        connect = sqlite3.connect

        def connecting(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **kwargs)
            connection.set_trace_callback(lambda _statement: self.point())
            return connection

        sqlite3.connect = connecting  # type: ignore[assignment]
        sys.addaudithook(self._heard)

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        if event in EVENTS and any(self.folder in os.fsdecode(each) for each in args[:2] if _is_path(each)):
            self.point()


def _is_path(value: object) -> bool:
    return isinstance(value, str | bytes | os.PathLike)


def points_of(step: Callable[[], object], folder: Path) -> int:
    """How many points a step has; it is taken in a fork, to its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _take(step, folder, 0, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if status or not told:
        raise AssertionError(f"the step itself failed: {status}")
    return int(told)


def kill_at(step: Callable[[], object], folder: Path, at: int) -> bool:
    """Take a step in a fork and kill it before a point; False when it came to its end before."""
    child = os.fork()
    if not child:
        _take(step, folder, at, None)
    return _was_killed(child)


def kill_after(step: Callable[[], object], folder: Path, seconds: float) -> bool:
    """Take a step in a fork and kill it after a moment; False when it came to its end before."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.write(writing, b".")
        _take(step, folder, 0, None)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        pipe.read(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return _was_killed(child)


def _was_killed(child: int) -> bool:
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.WEXITSTATUS(status):
        raise AssertionError("the step itself failed")
    return False


def _take(step: Callable[[], object], folder: Path, at: int, told: int | None) -> NoReturn:
    """In the fork."""
    status = 1
    try:
        counter = Counter(str(folder), at)
        counter.listen()
        step()
        if told is not None:
            os.write(told, b"%d" % counter.seen)
        status = 0
    finally:
        if status:
            import traceback

            traceback.print_exc()
        os._exit(status)
