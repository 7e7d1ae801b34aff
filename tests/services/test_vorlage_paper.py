"""The mayor's list on paper: numbers, boxes, Votum; vertraulich, and never over another file."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from vorlage_kit import item_of, listed, on_list

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.vorlage import paper, verbs
from ob_buero_tui.services.vorlage.views import VorlageDecision
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import ACCOUNT, Clock

__all__ = ["on_list"]
Put = Callable[..., list[int]]
OFFICE = "Büro 01"


def read_back(data: bytes) -> list[str]:
    """The text of each page."""
    pypdf = pytest.importorskip("pypdf")
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages]


@pytest.fixture
def printed(place: Workplace, tmp_path: Path) -> Callable[[], tuple[Path, list[str]]]:
    """Prints the list of the next talk and reads its pages back."""
    pytest.importorskip("typst")

    def write() -> tuple[Path, list[str]]:
        data = paper.paper(place, listed(place)[0].id, OFFICE)
        path = paper.write_pdf(place, data, tmp_path / "listen")
        return path, read_back(path.read_bytes())

    return write


def test_the_list_has_numbers_boxes_and_votum(
    place: Workplace, on_list: Put, printed: Callable[[], tuple[Path, list[str]]]
) -> None:
    keys = on_list(4)
    verbs.take_off(place, [keys[1]])
    path, pages = printed()
    text = " ".join(" ".join(pages).split())
    assert path.name == "ob-vorlage-2026-11-30.pdf"
    assert "OB-Vorlage für Mo 30.11.2026" in text
    assert "vertraulich – nur für OB" in text
    assert "Büro 01" in text
    assert "gedruckt Mi 25.11.2026 09:42" in text
    assert f"Seite 1 von {len(pages)}" in text
    assert "Zusage: passt (PS)" in text
    for number, name in ((1, "Einladung 1"), (3, "Einladung 3"), (4, "Einladung 4")):
        assert f"{number} {name}" in text
    assert "Einladung 2" not in text
    for word in ("Ja", "Nein", "Vertretung", "Rücksprache", "später", "Bemerkung"):
        assert text.count(word) >= 3


def test_a_long_list_has_its_header_on_every_page(
    place: Workplace, on_list: Put, printed: Callable[[], tuple[Path, list[str]]]
) -> None:
    on_list(25)
    _path, pages = printed()
    assert len(pages) > 2
    assert all("vertraulich – nur für OB" in page for page in pages)
    assert f"Seite {len(pages)} von {len(pages)}" in pages[-1]


def test_a_second_print_lies_beside_the_first_for_this_account_alone(
    on_list: Put, printed: Callable[[], tuple[Path, list[str]]]
) -> None:
    on_list(1)
    first, _ = printed()
    second, _ = printed()
    assert (first.name, second.name) == ("ob-vorlage-2026-11-30.pdf", "ob-vorlage-2026-11-30-2.pdf")
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_hostile_text_stays_text(
    place: Workplace, make_request: Callable[..., int], printed: Callable[[], tuple[Path, list[str]]]
) -> None:
    verbs.put_on(
        place, [make_request(subject='#panic("x") *fett* \x1b[31m')], "absage", '$ #read("/etc/passwd")'
    )
    _path, pages = printed()
    assert '#panic("x") *fett*' in " ".join(pages[0].split())
    assert '#read("/etc/passwd")' in " ".join(pages[0].split())


def test_what_is_personal_to_another_desk_is_no_more_than_there(
    place: Workplace, other_place: Workplace, on_list: Put
) -> None:
    on_list(1, confidentiality="persoenlich", owner=ACCOUNT)
    data = paper.paper(other_place, listed(other_place)[0].id, OFFICE)
    text = paper.preview(data)
    assert "Einladung" not in text
    assert "passt" not in text
    assert "persönlich" in text
    assert "[ ] Ja" not in text


def test_the_preview_says_the_same(place: Workplace, on_list: Put) -> None:
    (key,) = on_list(1)
    verbs.say(place, [item_of(place, key)], VorlageDecision.RUECKSPRACHE)
    text = paper.preview(paper.paper(place, listed(place)[0].id, OFFICE))
    assert "1  Einladung 1 (2026-0001)" in text
    assert "Votum: Zusage: passt (PS)" in text
    assert "[ ] Ja  [ ] Nein  [ ] Vertretung  [ ] Rücksprache  [ ] später" in text
    assert "Schon gesagt: Rücksprache" in text


def test_a_folder_that_cannot_be_written_is_named(place: Workplace, on_list: Put, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    on_list(1)
    (tmp_path / "datei").write_text("", encoding="utf-8")
    data = paper.paper(place, listed(place)[0].id, OFFICE)
    with pytest.raises(Refusal, match="lässt sich nicht schreiben"):
        paper.write_pdf(place, data, tmp_path / "datei")


def test_a_clock_with_microseconds_prints(
    clock: Clock, on_list: Put, printed: Callable[[], tuple[Path, list[str]]]
) -> None:
    clock.advance(microseconds=123456)
    on_list(1)
    path, _pages = printed()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_disk_that_is_full_leaves_nothing(
    place: Workplace, on_list: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("typst")
    on_list(1)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    data = paper.paper(place, listed(place)[0].id, OFFICE)
    with pytest.raises(Refusal, match="lässt sich nicht schreiben"):
        paper.write_pdf(place, data, tmp_path / "listen")
    assert list((tmp_path / "listen").iterdir()) == []
