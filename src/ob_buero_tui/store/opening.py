"""Looks at a file before it is opened: is it ours, whole, of a known age, and not in use the wrong way?"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.file_findings import finding_text
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.store import sealed, unclean
from ob_buero_tui.store.backup.listing import BackupCopy, checksum_of, one_copy
from ob_buero_tui.store.connecting import database_errors, operational_errors
from ob_buero_tui.store.network import MOUNTS, refuse_network
from ob_buero_tui.store.schema import APPLICATION_ID, SCHEMA
from ob_buero_tui.store.shape import lacking_text, missing_columns
from ob_buero_tui.store.way_back import CopyPlaces

MAGIC = b"SQLite format 3\0"

FAR_AHEAD = 9999
"""No schema will ever have such an ordinal: a bit of it is wrong."""


class FileState(StrEnum):
    """What stands at the place of the database."""

    MISSING = "missing"
    READY = "ready"
    OLDER = "older"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at the file gave: its state, and whether the last exit was unclean."""

    state: FileState
    unclean: bool = False


def look(path: Path, *folders: Path, now: datetime | None = None, mounts: Path = MOUNTS) -> Look:
    """Look at a database file without opening it for writing; nothing is changed.

    Args:
        folders: Where its copies lie, the folder beside it first.
        now: The present instant, aware, where somebody knows it.

    Raises:
        Refusal: the file is empty, foreign, newer, damaged or on a network share, with what to do now.
    """
    refuse_network(path, mounts)
    there = CopyPlaces(path=path, folders=folders, now=now)
    try:
        if not path.exists():
            return Look(state=FileState.MISSING)
        _refuse_folder(path)
        header = _inner(path, there) if sealed.is_sealed(path) else _header(path)
        version = _version(path, header, there)
        broken_off = unclean.broke_off(path)
        left = broken_off or unclean.left_open(path)
        if not unclean.has_journal(path):
            _refuse_truncated(path, header, there)
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        _refuse_unwritable(path, broken_off=broken_off, older=version < SCHEMA, writable=writable)
        _refuse_damaged(path, there, full=left)
        if version == SCHEMA and not broken_off:
            _refuse_misshapen(path, there)
    except OSError as error:
        raise Refusal(
            f"„{path}“ lässt sich nicht lesen.",
            f"Das Betriebssystem verweigert den Zugriff ({system_reason(error)}).",
            "Bitten Sie die IT um Lese- und Schreibrecht für diese Datei und ihren Ordner.",
        ) from error
    if not writable:
        return Look(state=FileState.READ_ONLY, unclean=left)
    return Look(state=FileState.OLDER if version < SCHEMA else FileState.READY, unclean=left)


class Damaged(Refusal):
    """A file that is not whole.

    Args:
        copy: The newest copy whose checksum is right, or None.
    """

    def __init__(self, what: str, why: str, now: str, *, copy: BackupCopy | None) -> None:
        super().__init__(what, why, now)
        self.copy = copy


def damage(path: Path, finding: str, *folders: Path, now: datetime | None = None) -> Damaged:
    """The sentence for a damaged file, naming the copy to go back to.

    Args:
        folders: Where its copies lie, the folder beside it first.
        now: The present instant, aware, where somebody knows it.
    """
    return _damage(path, finding, CopyPlaces(path=path, folders=folders, now=now))


def _damage(path: Path, finding: str, there: CopyPlaces) -> Damaged:
    back = there.way_back()
    return Damaged(
        f"Die Datenbank „{path}“ ist beschädigt und wird nicht geöffnet.",
        f"Befund: {finding_text(finding)}.",
        f"{back.sentence} Lassen Sie die Datei so liegen und rufen Sie die IT.",
        copy=back.copy,
    )


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise Refusal(
            f"„{path}“ ist ein Ordner und keine Datenbank.",
            "Geöffnet wird eine einzelne Datei.",
            "Nennen Sie mit --db die Datei, zum Beispiel „buero.sqlite“ in diesem Ordner.",
        )


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def _inner(path: Path, there: CopyPlaces) -> bytes:
    try:
        found = sealed.header_or_finding(path)
    except operational_errors() as error:
        raise _not_now(path, error) from error
    if isinstance(found, str):
        raise _damage(path, found, there)
    return found


def _version(path: Path, header: bytes, there: CopyPlaces) -> int:
    if not header:
        back = there.way_back()
        raise Damaged(
            f"„{path}“ ist leer und wird nicht geöffnet.",
            "Eine leere Datei ist keine Datenbank; vielleicht ist ein Kopieren abgebrochen.",
            f"{back.sentence} Eine neue legt „ob-buero init“ anderswo an.",
            copy=back.copy,
        )
    if not any(header[:16]) and path.stat().st_size > 100:
        raise _damage(path, "der Anfang der Datei ist überschrieben", there)
    if header[:16] == MAGIC and len(header) < 100:
        raise _damage(path, f"die Datei hat nur {len(header)} Bytes", there)
    if header[:16] != MAGIC and not there.known:
        _refuse_copy(path)
    if header[:16] != MAGIC and sealed.looks_sealed(path):
        raise Refusal(
            f"„{path}“ ist keine Datenbank von OB-Büro oder verschlüsselt, und bleibt unberührt.",
            f"Bei einer verschlüsselten läge „{sealed.mark_of(path).name}“ daneben.",
            "Wählen Sie mit --db die richtige Datei, oder legen Sie eine leere Datei dieses Namens daneben.",
        )
    if header[:16] != MAGIC or struct.unpack(">I", header[68:72]) != (APPLICATION_ID,):
        if there.known:  # once it was one of ours
            raise _damage(path, "der Anfang der Datei ist keiner von OB-Büro mehr", there)
        raise Refusal(
            f"„{path}“ ist keine Datenbank von OB-Büro und bleibt unberührt.",
            "Die Datei gehört einem anderen Programm.",
            "Wählen Sie mit --db die richtige Datei.",
        )
    (version,) = struct.unpack(">I", header[60:64])
    if version > FAR_AHEAD:
        raise _damage(path, f"ihr Stand {version} ist keiner, den es gibt", there)
    if version > SCHEMA:
        raise Refusal(
            f"„{path}“ stammt von einer neueren Fassung von OB-Büro (Stand {version}) und bleibt unberührt.",
            f"Dieses Programm kennt nur Stand {SCHEMA}.",
            "Bitte lassen Sie OB-Büro auf diesem Rechner aktualisieren.",
        )
    return int(version)


def _refuse_copy(path: Path) -> None:
    """A file that is a copy by its name, and encrypted, is none to work on."""
    copy = one_copy(path)
    if copy is None or not (copy.sealed or checksum_of(path).exists()):
        return
    opens = " --schluessel DATEI" if copy.sealed else ""
    raise Refusal(
        f"„{path}“ ist eine verschlüsselte Sicherung und bleibt unberührt.",
        "Gearbeitet wird nie in einer Sicherung.",
        f"Mit --db und der Datenbank erprobt sie „ob-buero backup --pruefen {path}{opens}“;"
        f" „ob-buero restore {path}{opens}“ kehrt zu ihr zurück.",
    )


def _refuse_truncated(path: Path, header: bytes, there: CopyPlaces) -> None:
    (page_size,) = struct.unpack(">H", header[16:18])
    (pages,) = struct.unpack(">I", header[28:32])
    expected = (65536 if page_size == 1 else page_size) * pages
    actual = path.stat().st_size
    if actual < expected:
        raise _damage(path, f"die Datei hat {actual} statt {expected} Bytes", there)


def _refuse_unwritable(path: Path, *, broken_off: bool, older: bool, writable: bool) -> None:
    """What needs one write before it can be read is not opened for reading only."""
    if writable or not (broken_off or older):
        return
    why = "Ein abgebrochener Schritt ist noch zurückzunehmen" if broken_off else "Sie hat einen älteren Stand"
    raise Refusal(
        f"Die Datenbank „{path}“ wird nicht geöffnet.",
        f"{why}, aber Datei oder Ordner sind schreibgeschützt.",
        "Bitten Sie die IT um Schreibrecht für die Datei und ihren Ordner.",
    )


def _refuse_damaged(path: Path, there: CopyPlaces, *, full: bool) -> None:
    try:
        problems = unclean.problems(path, full=full)
    except operational_errors() as error:
        raise _not_now(path, error) from error
    if problems:
        raise _damage(path, problems[0], there)


def _refuse_misshapen(path: Path, there: CopyPlaces) -> None:
    """A file of this age by its number whose tables lack a column: every step on them would fail."""
    try:
        lacking = missing_columns(path)
    except operational_errors() as error:
        raise _not_now(path, error) from error
    except database_errors():
        return  # what is on its pages is told where it is read
    if lacking:
        back = there.way_back()
        raise Damaged(
            f"Die Datenbank „{path}“ passt nicht zu diesem Programm und wird nicht geöffnet.",
            f"{lacking_text(lacking)} Sie ist von einer Vorabfassung, oder ein Teil der Datei ist zerstört.",
            f"{back.sentence} Lassen Sie die Datei so liegen und rufen Sie die IT.",
            copy=back.copy,
        )


def _not_now(path: Path, error: Exception) -> Refusal:
    return Refusal(
        f"Die Datenbank „{path}“ lässt sich gerade nicht prüfen.",
        f"SQLite meldet „{clean(str(error))}“; vielleicht schreibt ein anderer Arbeitsplatz.",
        "Bitte versuchen Sie es in einigen Sekunden noch einmal.",
    )
