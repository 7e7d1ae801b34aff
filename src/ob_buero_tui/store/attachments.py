"""Attachments: files beside the database under their content hash, written before the row that names them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from ob_buero_tui.store.settling import make_settled_folder, settle_folder, settle_stream


class AttachmentFolder:
    """The folder `<database>.anhang` with its files; nothing here ever deletes one.

    Args:
        database: The database file the folder belongs to.
        file_mode: Permissions of new files, 0o600 for a single desk.
    """

    def __init__(self, database: Path, file_mode: int = 0o600) -> None:
        self.folder = database.with_name(database.name + ".anhang")
        self.file_mode = file_mode

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash lie."""
        return self.folder / sha256[:2] / sha256

    def store(self, data: bytes) -> str:
        """Write bytes and return their SHA-256 in hex; known bytes are not written again."""
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        if target.exists() and target.stat().st_size == len(data):
            return digest
        make_settled_folder(target.parent, self.file_mode)
        handle, name = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                settle_stream(file)
            Path(name).chmod(self.file_mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        settle_folder(target.parent)  # so that no row is there before its file
        return digest

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash; `FileNotFoundError` when they are gone."""
        return self.path(sha256).read_bytes()

    def known(self) -> set[str]:
        """The hashes of all files in the folder."""
        return {item.name for item in self.folder.glob("??/*") if len(item.name) == 64}
