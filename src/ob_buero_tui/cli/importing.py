"""`import`: files and folders come in, and each file gets its line."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from ob_buero_tui.cli.opened import opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.zones import is_known
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import FileLine, ImportReport, Status
from ob_buero_tui.services.workplace import Workplace

Show = Callable[[int, int], None]
"""Draws how far the import is: files done, files in all."""


NOTED = 5
"""Of the notes on a file so many are printed."""
ASSUMED = (
    "Was die Zeitzone „{0}“ meint, ist nicht bekannt; angenommen ist die des Büros."
    " Bestätigen oder berichtigen Sie es mit --zone „{0}=Europe/Berlin“."
)
ACCEPT = (
    "Passt der Vorschlag, dann lesen Sie die Liste mit --accept-columns ein; sonst ordnen Sie in der App zu."
)


def run_import(options: Namespace) -> int:
    """Import files and folders; exit status 1 when any file was refused in whole or in part.

    Files of a folder that nobody reads are named and are no refusal, unless the folder holds nothing else.
    """
    zones = _zones(options.zone)
    with opened(options) as office, _bar() as show, _interrupt() as interrupted:
        if zones and not options.dry_run:
            for told in _confirmed(office.place, zones):
                say(told)

        def progress(index: int, count: int, _path: str) -> bool:
            show(index, count)
            return not interrupted()

        report = import_files(
            office.place,
            options.paths,
            dry_run=options.dry_run,
            accept_columns=options.accept_columns,
            zones=zones,
            progress=progress,
        )
    return _told(report)


def _zones(given: Sequence[str] | None) -> dict[str, str]:
    """What `--zone` says: IANA names by names of zones; anything but NAME=ZONE is wrong use."""
    found = {}
    for text in given or ():
        name, equals, tzid = text.rpartition("=")
        if not (equals and name.strip() and is_known(tzid.strip())):
            wrong_use(f"--zone erwartet etwa „Amtszeit=Europe/Berlin“ und nicht „{clean(text, limit=120)}“.")
        found[clean(name.strip().strip('"'), limit=80)] = tzid.strip()
    return found


def _confirmed(place: Workplace, zones: Mapping[str, str]) -> Iterator[str]:
    """Keep what zones mean, and say what that changed."""
    from ob_buero_tui.services.intake.zones import confirm_zone

    for name, tzid in zones.items():
        yield f"{confirm_zone(place, name, tzid).text}."


def _told(report: ImportReport) -> int:
    """Print one line per file and the sum; a file that did not come in has its line on stderr alone."""
    for line in report.lines:
        if line.status not in (Status.REFUSED, Status.WAITING):
            say(f"{line.path}: {line.text}")
            for note in _notes(line):
                say(f"  {note}")
    for problem in report.problems:
        complain(problem)
    if len(report.folders) > 1:
        for folder, part in report.folders.items():
            say(f"{folder}: {part.summary}")
    for sentence in report.passed_over:
        (say if report.lines else complain)(sentence)
    for name in report.zones:
        say(ASSUMED.format(name))
    if report.files[Status.WAITING]:
        complain(ACCEPT)
    say(report.summary)
    nothing = bool(report.unread) and not report.lines
    return 1 if report.problems or report.stopped or nothing else 0


def _notes(line: FileLine) -> list[str]:
    """What is told of a file here alone: what was guessed about a request stands there, zones are asked."""
    if line.counts.requests:
        return []
    told = [note for note in line.notes if not any(f"„{name}“" in note for name in line.zones)]
    return told[:NOTED]


@contextmanager
def _interrupt() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl+C end the import after the present file, so that what came in is still told."""
    pressed: list[int] = []

    def press(number: int, _frame: object) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    try:
        before = signal.signal(signal.SIGINT, press)
    except ValueError:  # not the main thread: nobody can press Ctrl+C here
        yield lambda: False
        return
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar() -> Iterator[Show]:
    """A progress bar on a terminal; nothing where nobody watches."""
    if not (sys.stdout.isatty() and sys.stderr.isatty()):
        yield lambda _done, _count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # The bar's own text is fixed: names of files are printed afterwards, each on its line.
    columns = (TextColumn("Import"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Import", total=None)
        yield lambda done, count: bar.update(task, total=count, completed=done)
