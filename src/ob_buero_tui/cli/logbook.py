"""The log for the IT: rotating, harmless, and without personal data."""

from __future__ import annotations

import io
import logging
import os
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ob_buero_tui import __version__
from ob_buero_tui.config import folders
from ob_buero_tui.rules.clean import clean

LOG_NAME = "ob-buero.log"
LOG_BYTES, LOG_COPIES = 500_000, 3
LINES_KEPT = 200
# What stands in quotation marks in a message is mostly somebody's data, and so is what follows a statement.
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|„[^“]*“")
_ABOUT_CODE = (ImportError, AttributeError, TypeError, NameError, RecursionError, ZeroDivisionError)
_DATABASE = ("sqlite3", "sqlcipher3", "sqlalchemy.")
_STATEMENT = re.compile(r"\[(?:parameters|SQL):.*", re.DOTALL)


def log_file() -> Path:
    """Where the log lies; it need not exist."""
    return folders().log / LOG_NAME


def keep_log() -> None:
    """Let the product's warnings and errors go to the log file, which is created with the first of them."""
    logging.raiseExceptions = False  # a log that cannot be written must not write to the screen
    logger = logging.getLogger("ob_buero_tui")
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        old.close()
    handler = _LogFile(log_file(), maxBytes=LOG_BYTES, backupCount=LOG_COPIES, encoding="utf-8", delay=True)
    handler.setFormatter(_Harmless(f"%(asctime)s {__version__} %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    _keep_foreign(handler)


def _keep_foreign(ours: logging.Handler) -> None:
    """Let libraries say where something happened, into the same file, and nothing on the terminal.

    Without a handler Python would print their words on stderr, and what they say of a file is its content.
    """
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old, _Foreign):
            root.removeHandler(old)
    root.addHandler(_Foreign(ours))
    logging.captureWarnings(True)


class _LogFile(RotatingFileHandler):
    """A log that only this account may read; its folder is made when it is needed."""

    def _open(self) -> io.TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        return open(handle, "a", encoding="utf-8")


class _Foreign(logging.Handler):
    """Notes of a library's message who said it and where, and of its error the kind and the way."""

    def __init__(self, ours: logging.Handler) -> None:
        super().__init__(logging.WARNING)
        self._ours = ours

    def emit(self, record: logging.LogRecord) -> None:
        bare = logging.makeLogRecord(record.__dict__)
        bare.msg, bare.args = f"a message at {Path(record.pathname).name}:{record.lineno}", None
        self._ours.handle(bare)


class _Harmless(logging.Formatter):
    """Writes no control characters, no values of variables and no quoted text."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [clean(super().format(_bare(record)), limit=500)]
        error = record.exc_info[1] if record.exc_info else None
        while error is not None and len(lines) < LINES_KEPT:
            lines += _told(error)
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def _bare(record: logging.LogRecord) -> logging.LogRecord:
    """The record without quoted text and without its exception, which would be written with its values."""
    bare = logging.makeLogRecord(record.__dict__)
    bare.msg, bare.args = _without_data(record.getMessage()), None
    bare.exc_info, bare.exc_text, bare.stack_info = None, None, None
    return bare


def _without_data(message: str) -> str:
    return _QUOTED.sub("'…'", _STATEMENT.sub("", message)).rstrip()


def _said(error: BaseException) -> str:
    """What an error says, where that is about code or the system; any other names what it was given."""
    if isinstance(error, OSError):
        return f": {error.strerror}" if error.strerror else ""
    about_code = isinstance(error, _ABOUT_CODE) or type(error).__module__.startswith(_DATABASE)
    text = str(error)
    if about_code and not isinstance(error, _ABOUT_CODE):
        text = re.split("['\"„]", text, maxsplit=1)[0]  # a value may hold what ends a quotation
    message = _without_data(text).partition("\n")[0] if about_code else ""
    return f": {message}" if message else ""


def _told(error: BaseException) -> list[str]:
    """An error with the lines of code it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    return [
        clean(f"  {type(error).__name__}{_said(error)}", limit=300),
        *(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames),
    ]
