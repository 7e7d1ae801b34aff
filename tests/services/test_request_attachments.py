"""Attachments: listed by content, opened only when harmless, saved without ever replacing a file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ob_buero_tui.rules.file_types import Handling
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import attachments
from ob_buero_tui.services.attachments import attachments_of, export, harmless_name, open_copy
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Attachment

PDF, EXE = b"%PDF-1.7 Lageplan", b"MZ\x90\x00 Programm"


@pytest.fixture
def attach(place: Workplace, make_request: Callable[..., int]) -> Callable[..., tuple[int, int]]:
    """Makes a request with one attachment; returns the keys of both."""

    def make(name: str, data: bytes, **values: object) -> tuple[int, int]:
        key = make_request(**values)
        row = Attachment(
            request_id=key,
            filename=name,
            media_type="application/pdf",
            size=len(data),
            sha256=place.attachments.store(data),
        )
        with transaction(place, "note") as work:
            work.session.add(row)
            work.session.flush()
            return key, row.id

    return make


def test_what_it_is_is_told_by_its_bytes(place: Workplace, attach: Callable[..., tuple[int, int]]) -> None:
    request, _ = attach("rechnung.pdf", EXE)
    [one] = attachments_of(place, request)
    assert (one.verdict, one.label, one.size) == (Handling.NIE, "Programm", len(EXE))
    assert one.mismatch == "Der Name endet auf .pdf, der Inhalt ist: Programm."


def test_a_harmless_one_is_opened_from_a_private_copy_only_to_read(
    place: Workplace, attach: Callable[..., tuple[int, int]], tmp_path: Path
) -> None:
    _, key = attach("../../e\u0301tc/Lage\x1bplan\u202e.doc", PDF)
    path = open_copy(place, key, tmp_path)
    assert (path.parent, path.name) == (tmp_path, "Lage_plan_.pdf")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (PDF, 0o400)
    assert open_copy(place, key, tmp_path).name == "Lage_plan_ (2).pdf"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("setup.exe", EXE, "es führt Befehle aus"),
        ("rechnung.pdf", EXE, "Der Name endet auf .pdf"),
        ("plan.docm", b"%PDF", "Office-Datei mit Makros"),
        ("seite.html", b"<html>", "Kennwörtern"),
        ("post.7z", b"7z\xbc\xaf\x27\x1c", "kann das Programm nicht prüfen"),
    ],
)
def test_what_runs_is_not_opened_and_can_be_saved_for_the_it(
    place: Workplace, attach: Callable[..., tuple[int, int]], tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    _, key = attach(name, data)
    with pytest.raises(Refusal) as refused:
        open_copy(place, key, tmp_path)
    assert why in refused.value.why
    assert "Mit s legen Sie eine Kopie ab" in refused.value.now
    assert not list(tmp_path.glob("*.*"))
    folder = tmp_path / "ablage"
    folder.mkdir()
    [saved] = export(place, [key], folder)
    assert (saved.name, saved.read_bytes()) == (name, data)


def test_saving_never_replaces_a_file(
    place: Workplace, attach: Callable[..., tuple[int, int]], tmp_path: Path
) -> None:
    _, key = attach("plan.pdf", PDF)
    (tmp_path / "plan.pdf").write_text("schon da", encoding="utf-8")
    (tmp_path / "plan (2).pdf").symlink_to(tmp_path / "nirgends")
    [saved] = export(place, [key], tmp_path)
    assert (saved.name, (tmp_path / "plan.pdf").read_text(encoding="utf-8")) == ("plan (3).pdf", "schon da")


def test_a_full_disk_leaves_nothing_half_written(
    place: Workplace,
    attach: Callable[..., tuple[int, int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, key = attach("plan.pdf", PDF)
    folder = tmp_path / "ablage"
    folder.mkdir()

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(attachments, "open", full, raising=False)
    with pytest.raises(Refusal, match="der Datenträger ist voll"):
        export(place, [key], folder)
    assert not list(folder.iterdir())


def test_a_folder_that_is_not_there_and_bytes_that_are_gone(
    place: Workplace, attach: Callable[..., tuple[int, int]], tmp_path: Path
) -> None:
    request, key = attach("plan.pdf", PDF)
    with pytest.raises(Refusal, match="gibt es nicht"):
        export(place, [key], tmp_path / "weg")
    with place.reading() as session:
        row = session.get_one(Attachment, key)
        place.attachments.path(row.sha256).unlink()
    [one] = attachments_of(place, request)
    assert (one.verdict, one.why) == (Handling.NIE, attachments.GONE)
    with pytest.raises(Refusal, match="liegt nicht mehr beim Büro"):
        open_copy(place, key, tmp_path)


def test_what_is_personal_to_another_desk_is_neither_listed_nor_saved(
    place: Workplace, attach: Callable[..., tuple[int, int]], tmp_path: Path
) -> None:
    request, key = attach("plan.pdf", PDF, confidentiality="persoenlich", owner="petra.sander")
    other = replace(place, desk=replace(place.desk, account="karl.lorenz"))
    assert attachments_of(place, request)
    assert attachments_of(other, request) == ()
    for call in (lambda: open_copy(other, key, tmp_path), lambda: export(other, [key], tmp_path)):
        with pytest.raises(Refusal, match="ist persönlich"):
            call()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.pdf", "x.pdf"),
        ("\x1b[2Jx.pdf", "_[2Jx.pdf"),
        ("zeile\nzwei.pdf", "zeile zwei.pdf"),
        ("gepj\u202efdp.exe", "gepj_fdp.exe"),
        ("u\u0308ber.pdf", "über.pdf"),
        ("-rf", "rf"),
        (".bashrc", "bashrc"),
        ("con.txt", "_con.txt"),
        ("x.pdf. . ", "x.pdf"),
        ("", "Anhang"),
        ("...", "Anhang"),
    ],
)
def test_harmless_names(name: str, shown: str) -> None:
    assert harmless_name(name) == shown


def test_a_very_long_name_still_fits() -> None:
    found = harmless_name("ü" * 400 + ".pdf")
    assert found.endswith(".pdf")
    assert len(os.fsencode(found)) <= 180
