"""Tries a copy out: really brought back into a folder of its own, counted and compared.

Source: BSI IT-Grundschutz, CON.3 (backup concept): the return of data has to be tried out regularly.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ob_buero_tui.rules.german import number, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.backups.looking import is_replaced
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.faults import translated
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup import restoring
from ob_buero_tui.store.backup.contents import (
    KEPT,
    Contents,
    content_hash,
    from_json,
    named_files,
    read_contents,
    table_counts,
)
from ob_buero_tui.store.backup.copying import write_contents
from ob_buero_tui.store.backup.listing import checksum_fault, checksum_of, contents_of
from ob_buero_tui.store.backup.pool import is_whole, mend, pools_for
from ob_buero_tui.store.connecting import forget_password, password_of, share_password
from ob_buero_tui.store.types import utc_text
from ob_buero_tui.store.unclean import probe_prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What trying a copy out gave.

    Args:
        rows: How many rows came back, in all tables.
        files: How many attachments came back.
        content: One SHA-256 over every row that came back.
        fault: What is wrong, a German clause; "" when everything came back.
        damaged: Whether the database in the copy is spoilt.
        lacking: Whether only attachments did not come back.
        mended: How many attachments had to be brought to the copies once more.
        closed: Whether it is encrypted to a key that is not here: only its bytes were compared.
    """

    copy: Path
    rows: int = 0
    files: int = 0
    content: str = ""
    fault: str = ""
    damaged: bool = False
    lacking: bool = False
    mended: int = 0
    closed: bool = False

    @property
    def sentence(self) -> str:
        """What to say about the file."""
        return self.said_of(f"„{self.copy.name}“")

    def said_of(self, name: str) -> str:
        """What to say about it where it is known by this name: a list shows when it was made."""
        if self.fault:
            return f"{name} taugt nicht zur Rückkehr: {self.fault}."
        if self.closed:
            sealed = "ist unversehrt; ihr Inhalt ist verschlüsselt und wurde nicht gelesen"
            return f"{name} {sealed}. Mit der Schlüsseldatei liest ihn „backup --pruefen“ mit --schluessel."
        files = plural(self.files, "Anlage", "Anlagen")
        were = plural(
            self.mended,
            "Anlage war darin beschädigt und wurde neu geholt",
            "Anlagen waren darin beschädigt und wurden neu geholt",
        )
        again = f" {were}." if self.mended else ""
        told = f"{name} ist brauchbar: {number(self.rows)} Zeilen und {files} kamen zurück."
        return told + again


def try_copy(copy: Path, there: BackupPlace, now: datetime, *, mending: bool = True) -> Tried:
    """Bring a copy back into a scratch folder beside the database, compare, and read its attachments in full.

    The result is written beside the copy where its folder can be written.

    Args:
        now: The present instant, aware.
        mending: Whether an attachment that is damaged there is brought once more from the office.

    Raises:
        Refusal: there is no room for the scratch folder.
    """
    if copy.suffix == ".age":
        return Tried(copy=copy, fault=checksum_fault(copy), closed=True)
    told = from_json(contents_of(copy))
    try:
        with tempfile.TemporaryDirectory(dir=there.path.parent, prefix=probe_prefix(there.path)) as folder:
            tried = _tried(copy, there, Path(folder) / there.path.name, told, mending=mending)
    except OSError as error:
        raise Refusal(
            "Die Sicherung ließ sich nicht ausprobieren.",
            f"Neben der Datenbank war kein Platz, oder sie war nicht zu lesen ({system_reason(error)}).",
            "Prüfen Sie freien Platz und Rechte.",
        ) from error
    if told is not None:
        with suppress(OSError):
            _remember(tried, told, now)
    return tried


def _remember(tried: Tried, told: Contents, now: datetime) -> None:
    """Write beside a copy what was found; not what another program or password may well read."""
    if tried.fault and not (tried.damaged or tried.lacking):
        return
    found = replace(
        told,
        checked_at=utc_text(now),
        fault=tried.fault if tried.damaged else "",
        lack=tried.fault if tried.lacking else "",
    )
    write_contents(tried.copy, found)


def note_tried(copy: Path, tried: Tried, now: datetime) -> None:
    """Write beside a copy what was found in what it was opened to.

    Args:
        copy: The file as it lies there, encrypted to a key.
        now: The present instant, aware.
    """
    told = from_json(contents_of(copy))
    if told is not None:
        with suppress(OSError):
            _remember(replace(tried, copy=copy), told, now)


def _tried(copy: Path, there: BackupPlace, scratch: Path, told: Contents | None, *, mending: bool) -> Tried:
    if not checksum_of(copy).is_file() and not is_replaced(copy, there):
        return Tried(copy=copy, fault="ihre Prüfsumme fehlt")
    own = password_of(copy) is not None
    if not own:
        share_password(copy, there.path)
    try:
        with translated(), restoring.taken_beside(copy, scratch, 0o600, of=there.path) as fresh:
            fault = _difference(fresh, told)
            content, rows = content_hash(fresh), sum(table_counts(fresh).values())
            if not fault and content != content_hash(copy):
                fault = "ihr Inhalt kam anders zurück"
            files = _try_files(copy, there, fresh, told, mending=mending)
    except restoring.Unfit as unfit:
        return Tried(copy=copy, fault=unfit.clause, damaged=unfit.damaged)
    except Refusal as refusal:
        return Tried(copy=copy, fault=refusal.why.rstrip("."))
    finally:
        if not own:
            forget_password(copy)
    tried = replace(files, rows=rows, content=content)
    return replace(tried, fault=fault, damaged=True, lacking=False) if fault else tried


def _try_files(copy: Path, there: BackupPlace, fresh: Path, told: Contents | None, *, mending: bool) -> Tried:
    """Read the attachments of a copy in full; one that is damaged is brought from the office once more."""
    wanted, pools = named_files(fresh), pools_for(copy, there.path, copy.parent, there.file_mode)
    missing = {sha256 for sha256 in wanted if not any(is_whole(pool, sha256) for pool in pools)}
    had = missing & set(told.attachments) if told else missing
    left = missing
    with suppress(OSError):
        left = missing if not mending else missing - had | mend(AttachmentFolder(there.path), pools[0], had)
    lost = (left & named_files(fresh, only=KEPT)) - set(told.missing if told else ())
    lacking = bool(lost) and not (told and told.left_out)
    one, many = "Anlage fehlt oder ist beschädigt", "Anlagen fehlen oder sind beschädigt"
    return Tried(
        copy=copy,
        files=len(wanted - left),
        fault=plural(len(lost), one, many) if lacking else "",
        lacking=lacking,
        mended=len(missing - left),
    )


def _difference(fresh: Path, told: Contents | None) -> str:
    """What came back other than it was counted when the copy was made."""
    if told is None or not told.size:
        return ""
    found = read_contents(fresh)
    for word, was, is_now in (
        ("Eingänge", told.requests, found.requests),
        ("Termine", told.events, found.events),
        ("Personen", told.people, found.people),
        ("Schritte", told.step, found.step),
    ):
        if was != is_now:
            return f"es kamen {number(is_now)} statt {number(was)} {word} zurück"
    return ""
