"""What of a letter is kept as bytes: its attachments, and the file itself as it came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ob_buero_tui.exchange.records import MailAttachment
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.store.attachments import AttachmentFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that came with a request, without its bytes: they lie under `sha256`."""

    filename: str
    media_type: str
    size: int
    sha256: str


def kept(attachments: Iterable[MailAttachment]) -> tuple[KeptFile, ...]:
    """What the rows of these attachments will say; nothing is written."""
    return tuple(
        KeptFile(
            filename=one.filename,
            media_type=clean(one.media_type, limit=200),
            size=len(one.data),
            sha256=hashlib.sha256(one.data).hexdigest(),
        )
        for one in attachments
    )


def store(folder: AttachmentFolder, attachments: Iterable[MailAttachment], original: bytes = b"") -> str:
    """Write the bytes before any row names them; known bytes cost nothing.

    No other desk waits for the disk meanwhile, as the database is not locked yet.

    Args:
        original: The letter as it came, empty where there is no such file.

    Returns:
        The hash of the original, "" without one.
    """
    for one in attachments:
        folder.store(one.data)
    return folder.store(original) if original else ""
