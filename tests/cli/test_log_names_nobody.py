"""The log and what a fault leaves behind tell the IT where it happened, and nothing of anybody."""

from __future__ import annotations

import ast
import logging
import sqlite3
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from leaving_kit import log_calls
from ob_buero_tui.cli.logbook import keep_log, log_file
from ob_buero_tui.cli.unhandled import keep_unhandled
from ob_buero_tui.rules.refusals import Refusal

NAME = "Dornieden"
SAFE = frozenset(
    (
        *("type(error).__name__", "args.exc_type.__name__", "where", "known", "year", "ending", "version"),
        *(
            "options.format",
            "audience.value",
            "counts",
            "told.left_out",
            "len(paper.dates)",
            "len(filed.folders)",
            "stage",
        ),
        "', '.join((_told(each) for each in renderables))",
    )
)
"""What may stand in a message of the log: kinds of errors, places in the code, counts, fixed words.

`counts` and `stage` are made of our own words and numbers, `known` is one of the endings we read.
"""


@pytest.fixture(autouse=True)
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process's own hooks come back after a test, and no handler stays on the root."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    before = root.handlers[:]
    yield
    root.handlers[:] = before


def test_every_message_of_the_log_is_made_of_words_that_name_nobody() -> None:
    """Who logs something new decides here whether it can name anybody."""
    unknown = []
    for module, call in log_calls():
        assert isinstance(call.args[0], ast.Constant), f"{module}: a message is a literal"
        unknown += [f"{module}: {ast.unparse(one)}" for one in call.args[1:] if ast.unparse(one) not in SAFE]
    assert not unknown, unknown


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"Unknown string format: {NAME}"),
        KeyError(NAME),
        RuntimeError(NAME),
        FileNotFoundError(2, "No such file", f"/home/ob/Anfrage {NAME}.eml"),
        Refusal(f"Die Anfrage von {NAME} wurde nicht angelegt.", f"{NAME} fehlt."),
        UnicodeEncodeError("ascii", NAME, 0, 1, "ordinal not in range"),
        TypeError(f"cannot add '{NAME}'"),
        sqlite3.OperationalError(f"Could not decode column 'subject' with text 'Besuch bei O'{NAME}, Tel.'"),
        ExceptionGroup(NAME, [ValueError(NAME)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_is_its_kind_and_its_way(error: Exception) -> None:
    keep_log()
    try:
        raise RuntimeError(NAME) from error
    except RuntimeError as caught:
        logging.getLogger("ob_buero_tui.probe").error("probe", exc_info=caught)
    told = log_file().read_text(encoding="utf-8")
    assert NAME not in told
    assert type(error).__name__ in told
    assert "test_log_names_nobody.py" in told


def test_what_a_library_logs_or_warns_of_reaches_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    keep_log()
    try:
        int(NAME)
    except ValueError:
        logging.getLogger("icalendar.parser").exception("bad line of %s", NAME)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"odd value {NAME}", UserWarning, stacklevel=1)
    told = log_file().read_text(encoding="utf-8")
    assert "icalendar.parser a message at test_log_names_nobody.py" in told
    assert "ValueError" in told
    assert NAME not in told
    assert NAME not in "".join(capfd.readouterr())


def test_a_dying_thread_is_logged_and_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    keep_log()
    keep_unhandled()
    thread = threading.Thread(target=int, args=(NAME,))
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(NAME), None)
    told = log_file().read_text(encoding="utf-8")
    assert "a thread ended by ValueError" in told
    assert "the program ended by ValueError" in told
    assert NAME not in told
    assert capfd.readouterr().err == ""
