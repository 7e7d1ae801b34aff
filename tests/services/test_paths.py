"""Paths as they are typed: quotes and ~ taken away, names completed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ob_buero_tui.services.paths import complete, typed_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with names that begin alike."""
    for name in ("Post", "Posteingang"):
        (tmp_path / name).mkdir()
    for name in ("Übersicht.csv", "über uns.pdf", ".versteckt", "postkarte.jpg"):
        (tmp_path / name).touch()
    return tmp_path


def test_typed_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert typed_path("~/a b.eml", Path("/x")) == tmp_path / "a b.eml"
    assert typed_path(" '/tmp/a b.eml' ", Path("/x")) == Path("/tmp/a b.eml")
    assert typed_path("file:///tmp/a%20b.eml", Path("/x")) == Path("/tmp/a b.eml")
    assert typed_path("brief.eml", Path("/x")) == Path("/x/brief.eml")


def test_names_are_completed_as_far_as_they_agree(folder: Path) -> None:
    found = complete("pos", folder)
    assert (found.text, found.matches) == ("Post", ("Post/", "Posteingang/", "postkarte.jpg"))
    assert complete("poste", folder).text == "Posteingang/"
    assert complete(f"{folder}/ueber", folder).text == f"{folder}/ueber"
    assert complete("übers", folder).text == "Übersicht.csv"
    assert complete("pos", folder, folders_only=True).matches == ("Post/", "Posteingang/")


def test_hidden_names_only_when_asked_for_and_nothing_where_there_is_nothing(folder: Path) -> None:
    assert ".versteckt" not in complete("", folder).matches
    assert complete(".", folder).text == ".versteckt"
    for typed in ("zzz", "gibtesnicht/x", "a\x00b/c"):
        assert complete(typed, folder).matches == ()
