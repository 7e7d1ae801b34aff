"""Attachments lie under their content's hash, complete or not at all."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from ob_buero_tui.store.attachments import AttachmentFolder

DATA = b"%PDF-1.7 Einladung"


@pytest.fixture
def folder(tmp_path: Path) -> AttachmentFolder:
    return AttachmentFolder(tmp_path / "buero.sqlite")


def test_bytes_come_back(folder: AttachmentFolder) -> None:
    digest = folder.store(DATA)
    assert digest == hashlib.sha256(DATA).hexdigest()
    assert folder.read(digest) == DATA
    assert folder.known() == {digest}
    assert folder.path(digest).is_relative_to(folder.folder)
    assert folder.folder.name == "buero.sqlite.anhang"


def test_known_bytes_are_not_written_again(folder: AttachmentFolder) -> None:
    path = folder.path(folder.store(DATA))
    os.utime(path, (1, 1))
    folder.store(DATA)
    assert path.stat().st_mtime == 1


def test_a_torn_file_is_written_again(folder: AttachmentFolder) -> None:
    digest = folder.store(DATA)
    folder.path(digest).write_bytes(DATA[:5])
    folder.store(DATA)
    assert folder.read(digest) == DATA


def test_a_write_that_fails_leaves_nothing(folder: AttachmentFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder.store(DATA)
    assert folder.known() == set()
    assert [item for item in folder.folder.rglob("*") if item.is_file()] == []


@pytest.mark.parametrize(("mode", "folder_mode"), [(0o600, 0o700), (0o660, 0o770)])
def test_rights_do_not_depend_on_the_mask(tmp_path: Path, mode: int, folder_mode: int) -> None:
    before = os.umask(0o022)
    try:
        folder = AttachmentFolder(tmp_path / "buero.sqlite", mode)
        path = folder.path(folder.store(DATA))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert {stat.S_IMODE(item.stat().st_mode) for item in (path.parent, folder.folder)} == {folder_mode}


def test_missing_bytes_are_missing(folder: AttachmentFolder) -> None:
    assert folder.known() == set()
    with pytest.raises(FileNotFoundError):
        folder.read("0" * 64)
