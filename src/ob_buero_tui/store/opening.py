"""Looks at a file before it is opened: is it ours, whole, of a known age, and not in use the wrong way?"""

from __future__ import annotations

import os
import platform
import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.backup import integrity_problems, latest_backup
from ob_buero_tui.store.schema import APPLICATION_ID, SCHEMA

MAGIC = b"SQLite format 3\0"
NETWORK_SYSTEMS = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "9p", "afs", "fuse.davfs2", "davfs"})


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


def look(path: Path, backup_folder: Path, *, mounts: Path = Path("/proc/self/mounts")) -> Look:
    """Look at a database file without opening it for writing; nothing is changed.

    Raises:
        Refusal: the file is empty, foreign, newer, damaged or on a network share, with what to do now.
    """
    refuse_network(path, mounts)
    try:
        if not path.exists():
            return Look(state=FileState.MISSING)
        header = _header(path)
    except OSError as error:
        raise Refusal(
            f"„{path}“ lässt sich nicht lesen.",
            f"Das Betriebssystem verweigert den Zugriff ({error.strerror}).",
            "Bitten Sie die IT um Leserecht für diese Datei.",
        ) from error
    version = _version(path, header, backup_folder)
    unclean = path.with_name(path.name + "-journal").exists() or _left_open(path)
    _refuse_truncated(path, header, backup_folder)
    if unclean:
        _refuse_damaged(path, backup_folder)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        return Look(state=FileState.READ_ONLY, unclean=unclean)
    return Look(state=FileState.OLDER if version < SCHEMA else FileState.READY, unclean=unclean)


def damage(path: Path, problems: list[str], backup_folder: Path) -> Refusal:
    """The sentence for a damaged file, naming the copy to go back to."""
    copy = latest_backup(path, backup_folder)
    advice = (
        f"Die letzte Sicherung ist „{copy}“. Bitte lassen Sie die Datei so liegen und rufen Sie die IT."
        if copy
        else f"Im Ordner „{backup_folder}“ liegt noch keine Sicherung. Bitte lassen Sie die Datei so liegen und rufen Sie die IT."
    )
    return Refusal(f"Die Datenbank „{path}“ ist beschädigt und wird nicht geöffnet.", f"Befund: {problems[0]}.", advice)


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def _version(path: Path, header: bytes, backup_folder: Path) -> int:
    if not header:
        raise Refusal(
            f"„{path}“ ist leer und wird nicht geöffnet.",
            "Eine leere Datei ist keine Datenbank; vielleicht ist ein Kopieren abgebrochen.",
            "Holen Sie die letzte Sicherung zurück, oder legen Sie mit „ob-buero init“ an anderer Stelle neu an.",
        )
    if not any(header[:16]) and path.stat().st_size > 100:
        raise damage(path, ["der Anfang der Datei ist überschrieben"], backup_folder)
    if len(header) < 100 or header[:16] != MAGIC:
        raise _foreign(path)
    (application,) = struct.unpack(">I", header[68:72])
    (version,) = struct.unpack(">I", header[60:64])
    if application != APPLICATION_ID:
        raise _foreign(path)
    if version > SCHEMA:
        raise Refusal(
            f"„{path}“ stammt von einer neueren Fassung von OB-Büro (Stand {version}) und bleibt unberührt.",
            f"Dieses Programm kennt nur Stand {SCHEMA}.",
            "Bitte lassen Sie OB-Büro auf diesem Rechner aktualisieren.",
        )
    return int(version)


def _foreign(path: Path) -> Refusal:
    return Refusal(
        f"„{path}“ ist keine Datenbank von OB-Büro und bleibt unberührt.",
        "Die Datei gehört einem anderen Programm.",
        "Wählen Sie mit --db die richtige Datei.",
    )


def _refuse_truncated(path: Path, header: bytes, backup_folder: Path) -> None:
    (page_size,) = struct.unpack(">H", header[16:18])
    (pages,) = struct.unpack(">I", header[28:32])
    expected = (65536 if page_size == 1 else page_size) * pages
    actual = path.stat().st_size
    journal = path.with_name(path.name + "-journal").exists()
    if actual < expected and not journal:
        raise damage(path, [f"die Datei hat {actual} statt {expected} Bytes"], backup_folder)


def _refuse_damaged(path: Path, backup_folder: Path) -> None:
    problems = integrity_problems(path)
    if problems:
        raise damage(path, problems, backup_folder)


def marker(path: Path) -> Path:
    """The file that stands beside a database while this process has it open."""
    return path.with_name(f"{path.name}.offen-{platform.node()}-{os.getpid()}")


def _left_open(path: Path) -> bool:
    """Whether a process of this machine that is no longer alive left its marker behind."""
    prefix = f"{path.name}.offen-{platform.node()}-"
    for item in path.parent.glob(f"{path.name}.offen-*"):
        number = item.name.removeprefix(prefix)
        if item.name.startswith(prefix) and number.isdigit() and not _alive(int(number)):
            return True
    return False


def clear_markers(path: Path) -> None:
    """Remove the markers of processes that are gone, after the full check went well."""
    prefix = f"{path.name}.offen-{platform.node()}-"
    for item in path.parent.glob(f"{path.name}.offen-*"):
        number = item.name.removeprefix(prefix)
        if item.name.startswith(prefix) and number.isdigit() and not _alive(int(number)):
            item.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    if os.name != "posix":
        return True  # signal 0 is no harmless question elsewhere
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def refuse_network(path: Path, mounts: Path = Path("/proc/self/mounts")) -> None:
    """A database on a network share loses data under SQLite's locks (reliability.md 2), so it is refused."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    place, kind = Path("/"), ""
    resolved = path.absolute()
    for line in lines:
        parts = line.split()
        if len(parts) > 2:
            point = Path(parts[1].replace("\\040", " "))
            if resolved.is_relative_to(point) and len(point.parts) >= len(place.parts):
                place, kind = point, parts[2]
    if kind in NETWORK_SYSTEMS:
        raise Refusal(
            f"„{path}“ liegt auf einem Netzlaufwerk ({kind}) und wird nicht geöffnet.",
            "Dort sperren sich die Arbeitsplätze nicht zuverlässig; Daten könnten verloren gehen.",
            "Legen Sie die Datenbank auf eine Platte dieses Rechners.",
        )
