"""The entry point: reads the command line, runs one command, and lets no traceback reach a user."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ob_buero_tui.cli.printing import complain, prepare_streams
from ob_buero_tui.rules.refusals import Refusal

if TYPE_CHECKING:
    from argparse import Namespace

DONE, REFUSED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run `ob-buero`.

    Args:
        argv: The words after the program's name; those of the process when not given.

    Returns:
        The exit status: 0 done, 1 refused or partly refused, 2 wrong use, 130 broken off with Ctrl+C.
    """
    prepare_streams()
    try:
        status = _run(argv)
        sys.stdout.flush()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else DONE
    except Refusal as refusal:
        complain(str(refusal))
        return REFUSED
    except KeyboardInterrupt:
        complain("Abgebrochen.")
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except Exception as error:  # the last resort: whatever it is, a sentence and no traceback
        from ob_buero_tui.cli.accident import explain

        complain(explain(error))
        return REFUSED
    return status


def _run(argv: Sequence[str] | None) -> int:
    from ob_buero_tui.cli.parser import parse

    options = parse(argv)
    return _command(options)


def _command(options: Namespace) -> int:
    """Run the chosen command; each imports what it needs by itself."""
    name = options.command
    if name in ("inbox", "search"):
        from ob_buero_tui.cli import lists

        return lists.COMMANDS[name](options)
    if name in ("day", "week", "free"):
        from ob_buero_tui.cli import days

        return days.COMMANDS[name](options)
    if name in ("calendars", "plan", "sessions", "tasks", "stats"):
        return _told(options)
    if name == "import":
        from ob_buero_tui.cli.importing import run_import

        return run_import(options)
    if name == "fetch":
        from ob_buero_tui.cli.fetching import run_fetch

        return run_fetch(options)
    if name == "export":
        from ob_buero_tui.cli.exporting import run_export

        return run_export(options)
    if name in ("init", "check", "backup", "restore", "tresor", "person-report", "retention"):
        return _kept(options)
    # What a start makes stays; looking through it for garbage after every 700 objects costs it a tenth.
    gc.set_threshold(20_000, 20, 20)
    from ob_buero_tui.cli import desk

    return desk.run_demo(options) if name == "demo" else desk.run_desk(options)


def _kept(options: Namespace) -> int:
    """Run a command about the database itself: whether it is whole, kept, locked, and what it may hold."""
    name = options.command
    if name == "tresor":
        from ob_buero_tui.cli.tresor import run_tresor

        return run_tresor(options)
    if name in ("backup", "restore"):
        from ob_buero_tui.cli import backups

        return backups.COMMANDS[name](options)
    if name in ("person-report", "retention"):
        from ob_buero_tui.cli import privacy

        return privacy.COMMANDS[name](options)
    from ob_buero_tui.cli import upkeep

    return upkeep.COMMANDS[name](options)


def _told(options: Namespace) -> int:
    """Run a command that tells what there is, and takes nothing in."""
    name = options.command
    if name == "calendars":
        from ob_buero_tui.cli.calendars import run_calendars

        return run_calendars(options)
    if name == "plan":
        from ob_buero_tui.cli.plan import run_plan

        return run_plan(options)
    if name == "sessions":
        from ob_buero_tui.cli.sessions import run_sessions

        return run_sessions(options)
    if name == "tasks":
        from ob_buero_tui.cli.tasks import run_tasks

        return run_tasks(options)
    from ob_buero_tui.cli.stats import run_stats

    return run_stats(options)


def _reader_gone() -> int:
    """Whoever read the output has had enough, as `head` does: that is no failure."""
    with contextlib.suppress(OSError, ValueError):
        # What is still in the buffer must not raise again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
