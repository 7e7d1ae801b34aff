"""Imports files and folders: each file is one action, a bad one is named and costs no other."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import MappingProxyType

from ob_buero_tui.catalog.representation import MAYOR, calendar_named
from ob_buero_tui.exchange.mbox import Bytes
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.backups.keeping import before_import
from ob_buero_tui.services.faults import Busy, NotSaved
from ob_buero_tui.services.intake.formats import FORMATS, Became, Terms
from ob_buero_tui.services.intake.order import in_order
from ob_buero_tui.services.intake.report import FileLine, ImportReport, Status
from ob_buero_tui.services.intake.source import AlreadyImported, Source, fingerprint, is_known
from ob_buero_tui.services.workplace import Workplace

MAX_BYTES = limits.FILE_BYTES
"""A larger file is refused: it would be held in memory several times over."""

MAPPED = {".mbox": limits.MBOX_BYTES}
"""Collections that may be larger, by ending with the most bytes: they are mapped, not read as a whole."""

SYSTEM_FILES = frozenset(("thumbs.db", "desktop.ini"))
"""What an operating system leaves in folders."""

KNOWN = "bekannt: nichts Neues"
TECHNICAL = "Die technische Ursache steht im Protokoll."

log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], bool | None]
"""Called before each file with its index, the number of files, its path; returning False ends the import."""


def gather(paths: Iterable[Path]) -> list[Path]:
    """The files to import, each once: those given, and all that can be read below the folders given.

    A file given by name is listed whatever its format, so that it can be named in the report.
    """
    found: dict[Path, None] = {}
    for path in paths:
        below = (file for file in _below(path) if file.suffix.lower() in FORMATS)
        found.update(dict.fromkeys(below if path.is_dir() else [path]))
    return list(found)


def passed_over(paths: Iterable[Path]) -> dict[str, int]:
    """How many files below the folders given nobody reads, by ending; hidden files do not count."""
    folders = [path for path in paths if path.is_dir()]
    files = {file for folder in folders for file in _below(folder) if not _is_hidden(file)}
    counted = Counter(clean(file.suffix.lower(), limit=20) for file in files)
    return {ending: counted[ending] for ending in sorted(counted) if ending not in FORMATS}


def _below(folder: Path) -> Iterator[Path]:
    """All files below a folder in a stable order."""
    for parent, names, files in os.walk(folder):
        names.sort()
        yield from (Path(parent, name) for name in sorted(files))


def _is_hidden(file: Path) -> bool:
    return file.name.startswith((".", "~$")) or file.name.lower() in SYSTEM_FILES


def import_files(
    place: Workplace,
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    accept_columns: bool = False,
    zones: Mapping[str, str] = MappingProxyType({}),
    progress: Progress | None = None,
) -> ImportReport:
    """Import files and folders, and say in German what became of each file.

    Args:
        paths: Files and folders; folders with all below them.
        dry_run: Write nothing; every file is judged against the office as it is now.
        accept_columns: Take the proposed columns of unknown lists as confirmed.
        zones: IANA names by names of time zones that are explained just for this import.
        progress: Told about each file beforehand; may end the import.

    Raises:
        Refusal: the office is open for reading only, or the copy before a large import failed.
    """
    if place.read_only and not dry_run:
        raise Refusal(
            "Es wurde nichts importiert.",
            "Die Datenbank ist nur zum Lesen geöffnet.",
            "Bitten Sie die IT um Schreibrecht für die Datei und ihren Ordner.",
        )
    given = list(paths)
    terms = Terms(dry_run=dry_run, accept_columns=accept_columns, zones=zones)
    files, unread = in_order(gather(given)), passed_over(given)
    if not dry_run:
        before_import(place.backups, files, place.clock())
    lines: list[FileLine] = []
    seen: set[str] = set()
    for index, path in enumerate(files):
        if progress is not None and progress(index, len(files), _label(path)) is False:
            return ImportReport(lines=tuple(lines), dry_run=dry_run, stopped=True, unread=unread)
        lines.append(_line(place, path, seen, terms))
    return ImportReport(lines=tuple(lines), dry_run=dry_run, unread=unread)


def _line(place: Workplace, path: Path, seen: set[str], terms: Terms) -> FileLine:
    """Import one file; whatever is wrong with it ends here."""
    later = False
    try:
        became = _became(place, path, seen, terms)
    except AlreadyImported:
        became = Became(status=Status.KNOWN, text=KNOWN)
    except Refusal as refusal:
        became, later = _refused(str(refusal)), isinstance(refusal, Busy | NotSaved)
    except Exception as error:
        _log(error, path)
        # A library's own errors have no number: they are about the file.
        system = error if isinstance(error, OSError) and error.errno is not None else None
        why = f"Das Betriebssystem meldet: {system_reason(system)}." if system is not None else TECHNICAL
        became, later = _refused(f"Die Datei ließ sich nicht verarbeiten. {why}"), system is not None
    return FileLine(
        path=_label(path),
        status=became.status,
        text=clean(became.text),
        counts=became.counts,
        ids=became.ids,
        problems=tuple(clean(problem) for problem in became.problems),
        notes=tuple(clean(note) for note in became.notes),
        later=later,
        zones=became.zones,
    )


def _became(place: Workplace, path: Path, seen: set[str], terms: Terms) -> Became:
    suffix = path.suffix.lower()
    _look(path)
    if suffix not in FORMATS:
        listed = join(sorted(FORMATS), "und")
        raise Refusal(
            f"Unbekanntes Format „{suffix or 'ohne Endung'}“.",
            f"Gelesen werden {listed}.",
            "Speichern Sie E-Mails als .eml, Termine als .ics und Kontakte als .vcf.",
        )
    with _opened(path, mapped=suffix in MAPPED) as data:
        return _of_bytes(place, path, data, seen, terms)


def _of_bytes(place: Workplace, path: Path, data: Bytes, seen: set[str], terms: Terms) -> Became:
    suffix = path.suffix.lower()
    sha256 = fingerprint(data, _calendar(place, path) if suffix == ".ics" else "")
    source = Source(name=clean(path.name, limit=200), format=suffix[1:], sha256=sha256)
    with place.reading() as session:
        known = is_known(session, source.sha256)
    if known or source.sha256 in seen:
        return Became(status=Status.KNOWN, text=KNOWN)
    became = FORMATS[suffix](place, data, source, terms)
    seen.add(source.sha256)
    return became


def _calendar(place: Workplace, path: Path) -> str:
    """The calendar that a file's name alone stands for, "" for the mayor's."""
    found = calendar_named(place.catalog.calendars, "", path.name)
    return "" if found == MAYOR else found


def _look(path: Path) -> None:
    """Refuse what cannot be read, before it is opened: a named pipe would never end."""
    if not os.path.lexists(path):
        raise Refusal("Die Datei gibt es nicht.", now="Prüfen Sie Ordner und Schreibweise.")
    if not path.is_file():
        raise Refusal(
            "Das ist keine gewöhnliche Datei.", now="Nennen Sie die Datei selbst oder ihren Ordner."
        )
    size = path.stat().st_size
    most = MAPPED.get(path.suffix.lower(), MAX_BYTES)
    if size > most:
        taken = number(most // 1_000_000)
        raise Refusal(
            "Die Datei ist zu groß.",
            f"Sie hat {number(size // 1_000_000)} MB, gelesen werden höchstens {taken} MB.",
            "Speichern Sie den Inhalt in mehreren kleineren Dateien.",
        )


@contextmanager
def _opened(path: Path, *, mapped: bool) -> Iterator[Bytes]:
    """The bytes of a file; a large one is mapped, so that it needs no memory of its own."""
    try:
        with path.open("rb") as file:
            large = mapped and os.fstat(file.fileno()).st_size  # nothing cannot be mapped
            view = mmap(file.fileno(), 0, access=ACCESS_READ) if large else nullcontext(file.read())
    except OSError as error:
        raise Refusal(
            "Die Datei ließ sich nicht lesen.",
            f"Das Betriebssystem meldet: {system_reason(error)}.",
            "Kopieren Sie sie in einen eigenen Ordner, oder bitten Sie die IT um Leserecht.",
        ) from error
    with view as data:
        yield data


def _refused(text: str) -> Became:
    return Became(status=Status.REFUSED, text=text, problems=(text,))


def _label(path: Path) -> str:
    return clean(str(path), limit=500)


def _log(error: Exception, path: Path) -> None:
    """Note where an unexpected error arose, without what the file says: it may name people."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    ending = path.suffix.lower()
    known = ending if ending in FORMATS else "foreign"
    log.error("import of a %s file failed: %s at %s", known, type(error).__name__, where)
