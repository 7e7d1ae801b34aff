"""Asks the disk beside the screen, in a thread that holds nothing up: not the app's own, and not its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread
from typing import Generic, TypeVar

R = TypeVar("R")


class Looking(Generic[R]):
    """Answers one question at a time, the newest; begin and end it in the app's loop.

    A drive that hangs holds this thread and no other: asyncio's own are few, every step that takes its time
    needs one, and the program waits for them at its end. What is asked meanwhile waits, and only the newest
    of it is looked at.

    Args:
        tell: Takes an answer, in the app's loop.
    """

    def __init__(self, tell: Callable[[R], object]) -> None:
        self._tell = tell
        self._news = Condition()
        self._next: Callable[[], R] | None = None
        self._ended = False
        self._thread: Thread | None = None

    def ask(self, question: Callable[[], R]) -> None:
        """Look something up as soon as what is under way is through; an older question is forgotten.

        Args:
            question: Raises nothing.
        """
        with self._news:
            self._next = question
            self._news.notify()
        if self._thread is None:
            loop = asyncio.get_running_loop()
            self._thread = Thread(target=self._run, args=(loop,), name="looking", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Nothing is told any more; the thread ends once what it looks at has answered."""
        with self._news:
            self._ended = True
            self._news.notify()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while (question := self._wait()) is not None:
            answer = question()
            with suppress(RuntimeError):  # the app has ended meanwhile
                loop.call_soon_threadsafe(self._answer, answer)

    def _wait(self) -> Callable[[], R] | None:
        with self._news:
            self._news.wait_for(lambda: self._ended or self._next is not None)
            question, self._next = self._next, None
            return None if self._ended else question

    def _answer(self, answer: R) -> None:
        if not self._ended:
            self._tell(answer)
