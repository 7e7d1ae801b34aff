"""A real pseudo-terminal around the app: what it wrote, what stands on the screen, and how it ended."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

LAUNCHER = Path(__file__).with_name("launcher.py")
PATIENCE = 90.0
ENTER, ESCAPE, SAVE, QUIT = "\r", "\x1b", "\x13", "\x11"
LEFT_ALTERNATE = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"
CURSOR_BACK = b"\x1b[?25h"
# The keyboard protocol's sequences are unknown to pyte, which would print their last letter.
_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*u")


def _environment() -> dict[str, str]:
    """The test's environment without what would tell another size."""
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}


class Terminal:
    """The app in a terminal.

    Args:
        database: Where its office is.
        size: Columns and rows.
        fault: One of the launcher's faults.
        account: Whose desk it is.
    """

    def __init__(
        self,
        database: Path,
        *,
        size: tuple[int, int] = (120, 36),
        fault: str = "none",
        account: str = "petra.sander",
    ) -> None:
        columns, rows = size
        self.raw = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._text: str | None = None
        self.child = pexpect.spawn(
            sys.executable,
            [str(LAUNCHER), str(database), fault, account],
            env={**_environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"},
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0.01

    @property
    def text(self) -> str:
        """What stands on the screen."""
        if self._text is None:  # asked after each look, and drawn anew only after a change
            # Not pyte's own `display`: it falls over the half of a wide letter that something was drawn over.
            rows, columns = range(self._screen.lines), range(self._screen.columns)
            self._text = "\n".join("".join(self._screen.buffer[y][x].data for x in columns) for y in rows)
        return self._text

    def read(self) -> bool:
        """Take in what the app wrote; False when it has ended."""
        try:
            chunk = self.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += chunk
        self._stream.feed(_UNKNOWN.sub(b"", chunk))
        self._text = None
        return True

    def until(self, condition: Callable[[], object]) -> None:
        """Read until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if not self.read() and not condition():
                raise AssertionError(f"the app ended early:\n{self.text}\n{self.raw[-2000:]!r}")
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain; on the screen:\n{self.text}")

    def shows(self, *texts: str) -> None:
        """Read until all these texts stand on the screen."""
        self.until(lambda: all(text in self.text for text in texts))

    def hides(self, text: str) -> None:
        """Read until a text has gone."""
        self.until(lambda: text not in self.text)

    def send(self, keys: str | bytes) -> None:
        """Send what a keyboard would."""
        self.child.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._screen.resize(rows, columns)
        self._text = None
        self.child.setwinsize(rows, columns)

    def close_window(self) -> None:
        """What a window manager does: the terminal is gone, and the app gets SIGHUP from the system."""
        self.child.ptyproc.fileobj.close()
        self.child.closed = self.child.ptyproc.closed = True

    def ended(self) -> int:
        """Read to the end; the exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, f"it does not end; on the screen:\n{self.text}"
        self.child.close(force=False)
        if self.child.signalstatus is not None:
            return -int(self.child.signalstatus)
        assert self.child.exitstatus is not None
        return int(self.child.exitstatus)

    @property
    def after(self) -> bytes:
        """What was written after the alternate screen was left: what stays before the user's eyes."""
        return self.raw.rpartition(LEFT_ALTERNATE)[2]
