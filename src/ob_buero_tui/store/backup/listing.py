"""The copies of a database: which there are, what is in them, and whether they are whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ob_buero_tui.store.backup.choosing import chosen_first
from ob_buero_tui.store.backup.contents import ENDING, Contents, from_json
from ob_buero_tui.store.backup.labels import LABELS

CHECKSUM = ".sha256"
CHANGED = "sie ist seither verändert worden"
"""What a checksum says that does not fit: the one fault that is the copy's own for certain."""
_STAMP = "%Y-%m-%d-%H%M%S"
_NAME = re.compile(
    r"(\d{4}-\d\d-\d\d-\d{6})(?:-(\d{1,3}))?(?:-([a-z][a-z0-9-]*))?\.sqlite(?:\.age)?", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCopy:
    """One copy of a database.

    Args:
        made: When it was made, aware UTC, as its name says.
        label: What it was made for, "" for the ordinary ones.
        size: Bytes of the file.
        contents: What is in it; None where the file that says so is missing.
    """

    path: Path
    made: datetime
    label: str
    size: int
    contents: Contents | None

    @property
    def kind(self) -> str:
        """What it was made for, as a clerk calls it."""
        return LABELS.get(self.label, self.label)

    @property
    def checksum(self) -> Path:
        """The file with its SHA-256."""
        return checksum_of(self.path)

    @property
    def sealed(self) -> bool:
        """Whether it is encrypted to a public key, so that only the key file opens it."""
        return self.path.suffix == ".age"

    @property
    def believed_whole(self) -> bool:
        """Whether nothing speaks against it, without reading it."""
        known = self.contents
        fits = known is None or (not known.fault and known.size in (0, self.size))
        return fits and self.size > 0 and self.checksum.is_file()

    def of_the_future(self, now: datetime) -> bool:
        """Whether its clock was wrong when it was made: that it is newer than others cannot be told then."""
        return self.made > now + timedelta(days=1)


def copy_name(stem: str, made: datetime, label: str, number: int = 1) -> str:
    """The name of a copy: the database's, the second in UTC, a number where that is taken, what it is for."""
    second = str(number) if number > 1 else ""
    return "-".join(part for part in (stem, made.astimezone(UTC).strftime(_STAMP), second, label) if part)


def checksum_of(copy: Path) -> Path:
    """The file with a copy's SHA-256, as `sha256sum` writes it."""
    return copy.with_name(copy.name + CHECKSUM)


def contents_of(copy: Path) -> Path:
    """The file that says what is in a copy."""
    return copy.with_name(copy.name + ENDING)


def copies(path: Path, folder: Path) -> list[BackupCopy]:
    """All copies of a database in a folder, the newest first; a folder that cannot be read has none."""
    return sorted(_found(path, folder), key=_age, reverse=True)


def latest_good(path: Path, folders: Sequence[Path], now: datetime | None = None) -> BackupCopy | None:
    """The newest copy whose bytes are those that were checked when it was made; each is read in full.

    Args:
        now: The present instant, aware, where somebody knows it: copies of the future come last.
    """
    found = newest_first(path, folders, now)
    return next((copy for copy in found if not checksum_fault(copy.path)), None)


def newest_first(path: Path, folders: Sequence[Path], now: datetime | None = None) -> list[BackupCopy]:
    """The copies of all folders, the newest first; of two of one moment the one that needs no key.

    A state that a return gave up comes behind the copy that was gone back to.

    Args:
        now: As with `latest_good`.
    """
    found = [copy for folder in dict.fromkeys(folders) for copy in copies(path, folder)]
    found.sort(
        key=lambda copy: (now is None or not copy.of_the_future(now), copy.made, not copy.sealed),
        reverse=True,
    )
    return chosen_first(found)


def one_copy(path: Path) -> BackupCopy | None:
    """A single file as a copy, whatever database it is of; None where its name is none of a copy's."""
    match = re.search(r"-" + _NAME.pattern + r"\Z", path.name, re.ASCII)
    return _copy(path, match) if match else None


def stem_of(copy: Path) -> str:
    """The name without its ending of the database that a copy was made of; "" where it is no copy's name."""
    match = re.search(r"-" + _NAME.pattern + r"\Z", copy.name, re.ASCII)
    return copy.name[: match.start()] if match else ""


def file_hash(path: Path) -> str:
    """The SHA-256 of a file in hex; OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_fault(copy: Path) -> str:
    """What its checksum says against a copy, in German; "" when it is the file that was made."""
    told = told_hash(copy)
    if told is None:
        return "ihre Prüfsumme fehlt"
    try:
        found = file_hash(copy)
    except OSError:
        return "sie lässt sich nicht lesen"
    return "" if told == found else CHANGED


def told_hash(copy: Path) -> str | None:
    """The SHA-256 that was written down when a copy was made; None where that file cannot be read."""
    try:
        told = checksum_of(copy).read_text(encoding="utf-8", errors="replace").split()
    except (OSError, ValueError):
        return None
    return told[0] if told else ""


def copy_files(path: Path, folder: Path) -> list[Path]:
    """The files that are copies of a database by their names, whatever is in them.

    Raises:
        OSError: the folder cannot be read.
    """
    return [item for item, _ in _named(path, folder)]


def _named(path: Path, folder: Path) -> Iterator[tuple[Path, re.Match[str]]]:
    prefix = f"{path.stem}-"
    for item in list(folder.iterdir()):
        match = _NAME.fullmatch(item.name, len(prefix)) if item.name.startswith(prefix) else None
        if match:
            yield item, match


def _found(path: Path, folder: Path) -> Iterator[BackupCopy]:
    try:
        named = list(_named(path, folder))
    except OSError:
        return
    for item, match in named:
        copy = _copy(item, match)
        if copy is not None:
            yield copy


def _age(copy: BackupCopy) -> tuple[datetime, int, str]:
    match = _NAME.search(copy.path.name)  # of one second the one with the higher number is newer
    return copy.made, int(match[2] or 1) if match else 1, copy.path.name


def _copy(path: Path, match: re.Match[str]) -> BackupCopy | None:
    try:
        made = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    return BackupCopy(
        path=path, made=made, label=match[3] or "", size=size, contents=from_json(contents_of(path))
    )
