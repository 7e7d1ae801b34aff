"""Files of an appointment: taken in as a copy, listed, opened safely, refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ob_buero_tui.rules.file_types import Handling
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import attachments
from ob_buero_tui.services.calendar.documents import attach_file
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace


def test_a_file_is_copied_listed_opened_and_taken_back(
    place: Workplace, make_event: Callable[..., int], tmp_path: Path
) -> None:
    key = make_event()
    file = tmp_path / "Einladung.pdf"
    file.write_bytes(b"%PDF-1.7")
    attach_file(place, key, file)
    file.unlink()
    (one,) = attachments.documents_of(place, key)
    assert (one.name, one.size, one.verdict) == ("Einladung.pdf", 8, Handling.OEFFNEN)
    assert attachments.open_copy(place, one.id, tmp_path).read_bytes() == b"%PDF-1.7"
    undo(place)
    assert attachments.documents_of(place, key) == ()


@pytest.mark.parametrize("name", ["fehlt.pdf", "leer.pdf", "ordner"])
def test_what_is_no_file_is_refused_and_leaves_no_step(
    place: Workplace, make_event: Callable[..., int], tmp_path: Path, name: str
) -> None:
    key = make_event()
    (tmp_path / "leer.pdf").write_bytes(b"")
    (tmp_path / "ordner").mkdir()
    with pytest.raises(Refusal, match="wurde nicht aufgenommen"):
        attach_file(place, key, tmp_path / name)
    assert attachments.documents_of(place, key) == ()


def test_documents_of_a_personal_appointment_stay_with_its_desk(
    place: Workplace, other_place: Workplace, make_event: Callable[..., int], tmp_path: Path
) -> None:
    key = make_event(confidentiality="persoenlich", owner=place.desk.account)
    (tmp_path / "brief.txt").write_text("Hallo", encoding="utf-8")
    attach_file(place, key, tmp_path / "brief.txt")
    (one,) = attachments.documents_of(place, key)
    assert attachments.documents_of(other_place, key) == ()
    with pytest.raises(Refusal, match="persönlich"):
        attachments.open_copy(other_place, one.id, tmp_path)
