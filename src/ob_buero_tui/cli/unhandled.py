"""Errors that nobody waits for, of threads and of objects on their way out: logged, never printed."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

LOG = logging.getLogger(__name__)


def keep_unhandled() -> None:
    """Let Python log what it would print with its values: over the screen, and for everybody to read."""
    sys.excepthook = _of_process
    threading.excepthook = _of_thread
    sys.unraisablehook = _of_object


def _of_process(_kind: type[BaseException], error: BaseException, _way: TracebackType | None) -> None:
    LOG.error("the program ended by %s", type(error).__name__, exc_info=error)


def _of_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        LOG.error("a thread ended by %s", args.exc_type.__name__, exc_info=args.exc_value)


def _of_object(args: sys.UnraisableHookArgs) -> None:
    LOG.error("an object ended by %s", args.exc_type.__name__, exc_info=args.exc_value)
