"""A folder that another program copies about is known by its name or by what that program laid there."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from ob_buero_tui.store.network import on_windows_share, synced_by


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Stadt Lindenau/Büro", "OneDrive"),
        ("Nextcloud2", "Nextcloud"),
        ("Dropbox/a/b", "Dropbox"),
        ("Library/Mobile Documents/x", "iCloud"),
        ("dropboxen", ""),
        ("Dokumente/Büro", ""),
    ],
)
def test_it_is_known_by_the_name_of_a_folder_above(tmp_path: Path, folder: str, service: str) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    assert synced_by(place / "buero.sqlite") == service


def test_it_is_known_through_a_link_and_by_what_lies_there(tmp_path: Path) -> None:
    place = tmp_path / "Amt" / "Büro"
    place.mkdir(parents=True)
    assert synced_by(place / "buero.sqlite") == ""
    (tmp_path / "Amt" / ".sync_1a2b3c.db").touch()
    assert synced_by(place / "buero.sqlite") == "Nextcloud"
    (tmp_path / "kurz").symlink_to(place)
    assert synced_by(tmp_path / "kurz" / "buero.sqlite") == "Nextcloud"


def test_a_share_of_windows_is_known_by_its_path() -> None:
    assert on_windows_share(PureWindowsPath(r"\\server\amt\buero.sqlite"))
    assert not on_windows_share(PureWindowsPath(r"C:\Amt\buero.sqlite"))
