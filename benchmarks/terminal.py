"""A program on a real pseudo-terminal, timed from a key until a text stands on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType

COLUMNS, ROWS = 120, 36
PATIENCE = 60.0
LEAVING = 180.0
"""Seconds that a program has for its copy and for ending."""
_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[PX^_].*?\x1b\\|\x1b[@-_]", re.S
)


class Terminal:
    """Runs a command on a terminal of 120 columns and 36 rows.

    Args:
        command: The program and its arguments.
        environment: Variables set over those of this process.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        settings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
        self._raw = bytearray()
        self.started = perf_counter()
        self._child, self._screen = pty.fork()
        if self._child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], list(command), settings)  # noqa: S606 our own program

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def press(self, keys: str) -> float:
        """Type keys; what was painted before no longer counts. Returns the moment."""
        self._raw.clear()
        os.write(self._screen, keys.encode())
        return perf_counter()

    def wait_for(self, text: str) -> float:
        """The moment at which a text has been painted.

        Raises:
            TimeoutError: it never was; the message has the last that was painted.
        """
        limit = perf_counter() + PATIENCE
        while text not in self.painted():
            if not self._read(1.0) and (perf_counter() > limit or not self._alive()):
                raise TimeoutError(f"never painted: {text!r}; last: {self.painted()[-2000:]!r}")
        return perf_counter()

    def painted(self) -> str:
        """All text painted since the last key, without what moves or colours it."""
        return _ESCAPES.sub("", self._raw.decode("utf-8", errors="replace"))

    def settle(self, quiet: float, longest: float = 30.0) -> None:
        """Wait until nothing was painted for so many seconds."""
        limit = perf_counter() + longest
        while perf_counter() < limit and self._read(quiet):
            pass

    def memory_mb(self) -> float:
        """Memory that the program holds (resident set), in megabytes."""
        status = Path(f"/proc/{self._child}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024  # type: ignore[union-attr]

    def cpu_seconds(self) -> float:
        """Processor time that the program has used so far."""
        fields = Path(f"/proc/{self._child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the program: Ctrl+Q, and by force if it does not leave.

        It is given its time: a copy of a gigabyte that is cut off makes the next start an unclean one.
        """
        try:
            os.write(self._screen, b"\x11")
            limit = perf_counter() + LEAVING
            while perf_counter() < limit and self._alive():
                self._read(0.05)
        except OSError:
            pass
        if self._alive():
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._screen)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._screen], [], [], seconds)
        if not ready:
            return False
        try:
            self._raw += os.read(self._screen, 65536)
        except OSError:  # the program has left
            return False
        return True

    def _alive(self) -> bool:
        if self._child and os.waitpid(self._child, os.WNOHANG) != (0, 0):
            self._child = 0
        return self._child != 0
