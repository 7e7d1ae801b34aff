"""The register of imported bytes: what came in once, and was not taken back, is not read again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from mmap import mmap

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.documents import ImportedFile
from ob_buero_tui.store.tables import JOURNALED

_KNOWN = select(ImportedFile.id).where(ImportedFile.sha256 == bindparam("sha256"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file whose records are imported: its name without folders, its format and the hash of its bytes."""

    name: str
    format: str
    sha256: str


class AlreadyImported(Refusal):
    """These bytes came in meanwhile, from another desk."""

    def __init__(self) -> None:
        super().__init__("Diese Datei ist schon importiert.")


def fingerprint(data: bytes | mmap, calendar: str = "") -> str:
    """The hash by which bytes are known again.

    Args:
        calendar: Key of the calendar that the file's name stands for: two people may have the same bytes.
    """
    digest = hashlib.sha256(data)
    digest.update(b"\0" + calendar.encode() if calendar else b"")
    return digest.hexdigest()


def is_known(session: Session, sha256: str) -> bool:
    """Whether these bytes were imported and not taken back."""
    return session.connection().execute(_KNOWN, {"sha256": sha256}).first() is not None


def register_source(work: Work, source: Source) -> None:
    """Enter a file into the register; undoing the import takes it out again.

    Raises:
        AlreadyImported: another desk was faster.
    """
    if is_known(work.session, source.sha256):
        raise AlreadyImported
    work.insert_rows(
        JOURNALED["imported_file"],
        [{"sha256": source.sha256, "name": source.name, "format": source.format, "imported_at": work.at}],
    )
