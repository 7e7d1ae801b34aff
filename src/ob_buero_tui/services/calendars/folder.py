"""Calendars as files: one .ics or a folder of them, and the Ausgangskorb for what goes to Outlook."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.calendars.reading import FeedFile, Reading, Stamp, Stamps, unfinished
from ob_buero_tui.services.workplace import Workplace

if TYPE_CHECKING:
    from ob_buero_tui.catalog.representation import CalendarSpec
    from ob_buero_tui.services.answers.outbox import Waiting
    from ob_buero_tui.services.calendars.adapter import Message

LARGEST: Final = limits.WATCHED_BYTES
ENDING: Final = ".ics"
_WRITTEN: Final = re.compile(rb"^(?:DTSTAMP|LAST-MODIFIED)[;:][^\r\n]*\r?\n", re.MULTILINE)
CHANGING: Final = "Die Datei wird gerade geschrieben."


class FolderAdapter:
    """Reads and writes the files that the catalog names for one calendar."""

    def __init__(self, place: Workplace, spec: CalendarSpec) -> None:
        self._place = place
        self._spec = spec

    def read(self, known: Stamps, wanted: Collection[str] = ()) -> Reading:
        """Look at the source; a file that changes while it is read is left for the next look."""
        source = located(self._place, self._spec.source)
        try:
            before = _listed(source)
        except OSError as error:
            return Reading(problem=f"„{_shown(source)}“ ist nicht zu lesen: {system_reason(error)}.")
        if not before:
            return Reading(problem=f"In „{_shown(source)}“ liegt keine Kalenderdatei (.ics).")
        files = tuple(
            _read(Path(path), found)
            if path in wanted or known.get(path) != found
            else FeedFile(path=path, stamp=found)
            for path, found in before.items()
        )
        with suppress(OSError):
            after = _listed(source)
            return Reading(files=files, steady=before == after)
        return Reading(files=files, steady=False)

    def publish(self, name: str, data: bytes) -> bool:
        """Write a file whole, under its name at once; what stands there with the same content stays."""
        folder = located(self._place, self._spec.publish)
        target = folder / name
        try:
            if target.is_symlink() or (target.exists() and not target.is_file()):
                raise _not_published(folder, f"„{clean(name)}“ ist dort keine gewöhnliche Datei")
            if target.exists() and _said(target.read_bytes()) == _said(data):
                return False
            _write_whole(folder, target, data)
        except OSError as error:
            raise _not_published(folder, system_reason(error)) from error
        return True

    def send(self, message: Message) -> Waiting:
        """Write an unsent mail for the Ausgangskorb, from where Outlook opens it."""
        from ob_buero_tui.exchange.mail_out import Enclosed, Invitation, Mailbox, MailDraft, draft_bytes
        from ob_buero_tui.services.answers.outbox import file_name, write_waiting

        draft = MailDraft(
            to=Mailbox(address=message.to),
            subject=message.subject,
            body=message.body,
            message_id=message.message_id,
            invitation=Invitation(data=message.invitation, method=message.method),
            # The same as a file, for whoever opens the mail in a program that shows no invitations.
            enclosed=(Enclosed(name="termin.ics", data=message.invitation, media_type="application/ics"),),
        )
        name = file_name("", message.name, ".eml")
        mode = self._place.attachments.file_mode
        return write_waiting(self._place.out_folder, name, draft_bytes(draft), mode)


def located(place: Workplace, named: str) -> Path:
    """A path of the catalog: as it is, below the home folder for `~`, else below that of the database."""
    path = Path(named).expanduser()
    return path if path.is_absolute() else place.attachments.folder.parent / path


def _listed(source: Path) -> dict[str, Stamp]:
    """The calendar files of a source with their stamps; links are followed, for shares are often linked."""
    if source.is_dir():
        with os.scandir(source) as entries:
            names = sorted(entry.path for entry in entries if _is_calendar(entry.name))
    else:
        names = [str(source)]
    found = {}
    for name in names:
        try:
            told = os.stat(name)
        except FileNotFoundError:
            if not source.is_dir():
                raise
            continue
        if stat.S_ISREG(told.st_mode):
            found[name] = (told.st_size, told.st_mtime_ns)
    return found


def _is_calendar(name: str) -> bool:
    return name.lower().endswith(ENDING) and not name.startswith((".", "~"))


def _read(path: Path, before: Stamp) -> FeedFile:
    """The bytes of a file, where they rested while they were read and are whole."""
    name = str(path)
    if before[0] > LARGEST:
        return FeedFile(path=name, stamp=before, problem="Die Datei ist zu groß (mehr als 50 MB).")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        told = os.stat(path)
    except OSError as error:
        why = f"Die Datei ist nicht zu lesen: {system_reason(error)}."
        return FeedFile(path=name, stamp=before, problem=why)
    if (told.st_size, told.st_mtime_ns) != before or len(data) != before[0]:
        return FeedFile(path=name, stamp=before, problem=CHANGING)
    problem = unfinished(data)
    return FeedFile(path=name, stamp=before, data=None if problem else data, problem=problem)


def _said(data: bytes) -> bytes:
    """What a calendar file says; when it was written alone is nothing new."""
    return _WRITTEN.sub(b"", data)


def _write_whole(folder: Path, target: Path, data: bytes) -> None:
    """A name of its own first: whoever reads there sees the old file or the new one, never a part.

    Who may read the folder may read the file: it lies there for others.
    """
    mode = 0o600 | (folder.stat().st_mode & 0o044)
    handle, waiting = tempfile.mkstemp(dir=folder, prefix=".", suffix=".unfertig")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(waiting).chmod(mode)
        Path(waiting).replace(target)
    except OSError:
        Path(waiting).unlink(missing_ok=True)
        raise


def _shown(path: Path) -> str:
    return clean(str(path), limit=200)


def _not_published(folder: Path, why: str) -> Refusal:
    return Refusal(
        "Der Kalender wurde nicht veröffentlicht.",
        f"Der Ordner „{_shown(folder)}“ nimmt die Datei nicht: {why}.",
        "Legen Sie den Ordner an, oder bitten Sie die IT, publish in representation.toml zu ändern.",
    )
