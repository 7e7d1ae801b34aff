"""What the product makes is for this account alone, or for its group too, whatever the mask says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from intake_samples import mail

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.cli.export_oparl import write_folder
from ob_buero_tui.cli.outfile import write_whole
from ob_buero_tui.config import Mode, Settings
from ob_buero_tui.office import Office, backup_place, create_office, open_office
from ob_buero_tui.services.answers.outbox import write_out, write_waiting
from ob_buero_tui.services.answers.speeches import FOLDER
from ob_buero_tui.services.backups.keeping import keep_copy
from ob_buero_tui.services.intake.drop_folder import DropFolder
from ob_buero_tui.services.new_file import write_new
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.store import erasure_list
from ob_buero_tui.store.rights import folder_mode, make_folder
from office_fixtures import ACCOUNT, Clock

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems know no such permissions")

RIGHTS = {Mode.EINZELPLATZ: 0o600, Mode.GRUPPE: 0o660}


@contextmanager
def masked(mask: int) -> Iterator[None]:
    """What the account's mask takes away from new files."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def rights(path: Path) -> int:
    """The permissions of a file, without the bit that hands the group down."""
    return stat.S_IMODE(path.stat().st_mode) & ~stat.S_ISGID


def wrong(root: Path, file_mode: int) -> list[str]:
    """Everything below a folder whose permissions are not those of the office's files."""
    assert any(root.rglob("*"))
    return [
        f"{path.relative_to(root)}: {rights(path):o}"
        for path in sorted(root.rglob("*"))
        if rights(path) != (folder_mode(file_mode) if path.is_dir() else file_mode)
    ]


def write_everything(office: Office, root: Path) -> None:
    """What a working day leaves beside the database."""
    place, mode = office.place, office.place.attachments.file_mode
    key = USE_CASES["test_create_request"].run(place, {"subject": "Grußwort"})
    USE_CASES["note"].run(place, [key], "ein Vermerk")
    place.attachments.store(b"%PDF-1.7")
    write_waiting(place.out_folder, "Antwort.eml", b"Subject: x", mode)
    write_out(place.out_folder / FOLDER, "Rede.docx", b"x", mode)
    write_new(place.out_folder / "blätter" / "tag", "tagesblatt", ".pdf", b"%PDF", mode)
    keep_copy(backup_place(office.path, office.settings), place.clock(), forced=True)
    erasure_list.append_group(office.path, erasure_list.ErasureGroup(token="a1", at="2026-11-25"), mode)
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE desk SET initials = 'XY'")
        assert office.path.with_name(f"{office.path.name}-journal").exists()
        assert wrong(root, mode) == []


def drop_two(office: Office) -> None:
    """One file that is read, and one that is refused with its reason."""
    folder = office.path.parent / "eingangskorb"
    make_folder(folder, office.place.attachments.file_mode)
    mail(folder, "gut.eml")
    (folder / "schlecht.xyz").write_bytes(b"\x00\x01")
    for item in folder.iterdir():
        item.chmod(office.place.attachments.file_mode)
    drop = DropFolder(office.place, folder)
    for _ in range(3):
        drop.poll(office.place.now)
    assert list((folder / "erledigt").rglob("gut.eml"))
    assert list((folder / "fehler").rglob("*.txt"))


@pytest.mark.parametrize("mask", [0o022, 0o077])
@pytest.mark.parametrize("mode", list(Mode))
def test_everything_beside_the_database_has_the_permissions_of_its_mode(
    tmp_path: Path, catalog: Catalog, mode: Mode, mask: int
) -> None:
    root = tmp_path / "büro"
    settings = replace(Settings(), mode=mode)
    with masked(mask):
        create_office(root / "amt" / "büro.sqlite", settings)
        path = root / "amt" / "büro.sqlite"
        office = open_office(path, settings, catalog=catalog, clock=Clock(), account=ACCOUNT)
        try:
            write_everything(office, root)
            drop_two(office)
            made = sum(path.is_file() for path in root.rglob("*"))
            assert made >= 12
            assert wrong(root, RIGHTS[mode]) == []
        finally:
            office.close()


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_what_leaves_or_is_logged_is_for_this_account_alone(tmp_path: Path, mask: int) -> None:
    with masked(mask):
        write_whole(tmp_path / "liste.csv", [b"x"], force=False)
        write_folder(tmp_path / "oparl", [("system.json", b"{}"), ("body/1.json", b"{}")], force=False)
        write_new(tmp_path / "blätter" / "tag", "blatt", ".pdf", b"%PDF")
    assert wrong(tmp_path, 0o600) == []


def test_a_groups_folder_hands_its_group_down(tmp_path: Path, catalog: Catalog) -> None:
    """Without its bit, files in the folders below would belong to a group that the colleagues are not in."""
    root = tmp_path / "gemeinsam"
    root.mkdir()
    root.chmod(0o2770)
    settings = replace(Settings(), mode=Mode.GRUPPE)
    create_office(root / "amt" / "buero.sqlite", settings)
    office = open_office(
        root / "amt" / "buero.sqlite", settings, catalog=catalog, clock=Clock(), account=ACCOUNT
    )
    try:
        write_everything(office, root)
        drop_two(office)
    finally:
        office.close()
    lost = [str(path) for path in root.rglob("*") if path.is_dir() and not path.stat().st_mode & stat.S_ISGID]
    assert lost == []


def test_a_colleagues_folder_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its owner may change a folder's permissions; a second desk's copy must not fail by that."""
    tmp_path.chmod(0o2775)
    monkeypatch.setattr(Path, "chmod", _forbidden)
    make_folder(tmp_path, 0o660)
    make_folder(tmp_path / "neu", 0o660)
    assert rights(tmp_path) == 0o775
    assert rights(tmp_path / "neu") == 0o700, "a file system without permissions keeps what it has"


def _forbidden(*_args: object, **_more: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_file_in_the_folders_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "datei").write_bytes(b"")
    for path in (tmp_path / "datei", tmp_path / "datei" / "darunter"):
        with pytest.raises(OSError, match="datei"):
            make_folder(path, 0o600)
