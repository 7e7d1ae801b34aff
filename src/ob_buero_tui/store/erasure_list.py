"""The list of what was erased, beside the database: it outlives a restore, and finishes what broke off."""

from __future__ import annotations

import os
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from ob_buero_tui.store.rights import set_rights
from ob_buero_tui.store.settling import settle_folder, settle_stream

HEAD: Final = (
    "# Löschliste von ob-buero: Kennungen gelöschter Datensätze, kein Inhalt. Bitte nicht ändern oder",
    "# löschen: nach der Rückkehr zu einer Sicherung wird nach ihr noch einmal gelöscht.",
)
_ART_17: Final = "art_17"
_WHOLE: Final = "*"


class Word(StrEnum):
    """What a line begins with that is no step's progress."""

    KEY = "schluessel"
    GROUP = "schritt"
    ROW = "zeile"
    FILE = "datei"
    GONE = "uid"
    ALIVE = "ersatz"


class Step(StrEnum):
    """How far an erasure is: `gilt` after its commit, `fertig` at its end, `verworfen` without it."""

    BEGONNEN = "begonnen"
    GILT = "gilt"
    FERTIG = "fertig"
    VERWORFEN = "verworfen"


@dataclass(frozen=True, slots=True, order=True)
class ErasedRow:
    """One record's key.

    Args:
        whole: Its texts were emptied; otherwise only the words of the erased person were replaced in them.
        columns: Where those words stood; an older copy that knows no such person has them emptied.
    """

    table: str
    row_id: int
    whole: bool = True
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureGroup:
    """What was erased in one step.

    Args:
        token: Stands in the action's parameters too, so that a database tells whether it knows this step.
        at: The instant in UTC, as text.
        ground: A value of `ErasureGround`.
        person_id: Whose words were replaced; 0 where there was no person.
        origin: Names the database by how its history began, so that another one that is laid into the same
            place is left alone.
        rows: The records.
        files: Content hashes (SHA-256) of the files that were removed with it.
        uids: What stands in place of the UIDs of its appointments (`uid_stand_in`), so that no import brings
            one back.
        alive: The same of appointments that live on, so that an import follows them.
    """

    token: str
    at: str
    ground: str = _ART_17
    person_id: int = 0
    origin: str = "-"
    rows: tuple[ErasedRow, ...] = ()
    files: tuple[str, ...] = ()
    uids: tuple[str, ...] = ()
    alive: tuple[str, ...] = ()
    step: Step = Step.BEGONNEN


def new_token() -> str:
    """A name for a step that no other has and that says nothing."""
    return secrets.token_hex(8)


def list_path(database: Path) -> Path:
    """Where the list of a database lies."""
    return database.with_name(f"{database.name}.loeschliste")


def read_groups(database: Path) -> list[ErasureGroup]:
    """All steps of the list in their order; a line that was cut off or is foreign is passed over.

    Raises:
        OSError: the list is there and cannot be read.
    """
    groups: dict[str, _Reading] = {}
    for words in _lines(database):
        _read(groups, words)
    return [one.group() for one in groups.values()]


def read_keys(database: Path) -> list[str]:
    """The keys of the office that a list has.

    Raises:
        OSError: the list is there and cannot be read.
    """
    lines = _lines(database)
    return list(dict.fromkeys(words[1] for words in lines if len(words) == 2 and words[0] == Word.KEY))


def _lines(database: Path) -> list[list[str]]:
    """The words of each line; none where there is no list."""
    path = list_path(database)
    if not path.exists():
        return []
    return [line.split() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]


def add_key(database: Path, key: str, mode: int = 0o600) -> None:
    """Write a key of the office into the list.

    Raises:
        OSError: the list cannot be written.
    """
    _append(database, [f"{Word.KEY} {key}"], mode)


def append_group(database: Path, group: ErasureGroup, mode: int = 0o600) -> None:
    """Write a step into the list and bring it to the disk, before its transaction ends.

    Args:
        mode: Permissions of the office's files.

    Raises:
        OSError: the list cannot be written; then nothing must be erased.
    """
    lines = [f"{Word.GROUP} {group.token} {group.at} {group.ground} {group.person_id} {group.origin}"]
    for row in group.rows:
        what = _WHOLE if row.whole else ",".join(row.columns) or "-"
        lines.append(f"{Word.ROW} {group.token} {row.table} {row.row_id} {what}")
    lines += [f"{Word.FILE} {group.token} {digest}" for digest in group.files]
    lines += [f"{Word.GONE} {group.token} {uid}" for uid in group.uids]
    lines += [f"{Word.ALIVE} {group.token} {uid}" for uid in group.alive]
    lines.append(f"{Step.BEGONNEN.value} {group.token}")
    _append(database, lines, mode)


def mark(database: Path, tokens: Iterable[str], step: Step, mode: int = 0o600) -> None:
    """Say how far some steps are.

    Raises:
        OSError: the list cannot be written.
    """
    _append(database, [f"{step.value} {token}" for token in tokens], mode)


def _append(database: Path, lines: Sequence[str], mode: int) -> None:
    if not lines:
        return
    path = list_path(database)
    fresh = not path.exists()
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR, mode)
    with open(handle, "ab") as file:
        if fresh:
            set_rights(path, mode)
            lines = (*HEAD, *lines)
        # A line that was cut off must not swallow the next one.
        torn = "" if fresh or _ends_with_newline(path) else "\n"
        file.write((torn + "\n".join(lines) + "\n").encode("utf-8"))
        settle_stream(file)
    if fresh:
        settle_folder(path.parent)


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return file.read() in (b"", b"\n")


@dataclass(slots=True)
class _Reading:
    """A step while its lines are read; a list may name many thousand rows."""

    head: ErasureGroup
    step: Step = Step.VERWORFEN
    rows: list[ErasedRow] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def group(self) -> ErasureGroup:
        files, uids, alive = (tuple(self.told[word]) for word in (Word.FILE, Word.GONE, Word.ALIVE))
        return replace(self.head, step=self.step, rows=tuple(self.rows), files=files, uids=uids, alive=alive)


def _read(groups: dict[str, _Reading], words: list[str]) -> None:
    """Take one line in."""
    match words:
        case [Word.GROUP, token, at, ground, person, origin] if person.isdigit():
            head = ErasureGroup(token=token, at=at, ground=ground, person_id=int(person), origin=origin)
            groups.setdefault(token, _Reading(head))
        case [Word.ROW, token, table, row, mode] if token in groups and row.isdigit():
            columns = () if mode in (_WHOLE, "-") else tuple(mode.split(","))
            groups[token].rows.append(ErasedRow(table, int(row), mode == _WHOLE, columns))
        case [(Word.FILE | Word.GONE | Word.ALIVE) as word, token, what] if token in groups:
            groups[token].told[word].append(what)
        case [step, token] if token in groups and step in _STEPS:
            groups[token].step = Step(step)


_STEPS: Final = frozenset(step.value for step in Step)
