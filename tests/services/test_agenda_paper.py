"""An agenda on paper: the public one tells the non-public part by general terms, and no grounds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from agenda_kit import add_paper
from council_kit import add_body

from ob_buero_tui.rules.agenda_line import parse_item
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council.agenda_edit import add_item
from ob_buero_tui.services.council.agenda_off import withdraw
from ob_buero_tui.services.council.agenda_paper import agenda_paper, agenda_text, write_pdf
from ob_buero_tui.services.council.placing import place_paper
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.workplace import Workplace

Make = Callable[..., int]
SECRET = ("Flurstück", "Gutachten", "Eilbedürftig", "BV 2")


@pytest.fixture
def key(place: Workplace, make_meeting: Make) -> int:
    """A session with a public, a withdrawn, a late and two secret items."""
    body = add_body(place, "Stadtrat", short_name="Rat")
    found = make_meeting(body=body)
    place_paper(place, add_paper(place, "Haushalt 2027", body, reference="BV 1"), found)
    sale = add_paper(place, "Verkauf Flurstück 12", confidentiality="vertraulich", reference="BV 2")
    place_paper(place, sale, found)
    off = add_item(place, found, parse_item("Radweg")).ids
    withdraw(place, off, "Gutachten fehlt")
    tick_step(place, [found], "versand")
    add_item(place, found, parse_item("- Nachtragshaushalt"), "Eilbedürftig")
    return found


def test_the_public_agenda_holds_no_secret_and_the_full_one_all(place: Workplace, key: int) -> None:
    """Title, reference and grounds stay inside."""
    public = agenda_text(agenda_paper(place, key, "OB-Büro"))
    assert public.splitlines() == [
        "Tagesordnung · Stadtrat",
        "Do 10.12.2026, 17:00 Uhr",
        "",
        "I. Öffentlicher Teil",
        "Ö 1    Haushalt 2027",
        "       BV 1 · Vorberatung",
        "Ö 2    Radweg",
        "       abgesetzt",
        "  Ö 2.1  Nachtragshaushalt",
        "         Nachtrag",
        "",
        "II. Nichtöffentlicher Teil",
        "N 1    Grundstücksangelegenheit",
    ]
    full = agenda_text(agenda_paper(place, key, "OB-Büro", Audience.INTERN))
    assert not [word for word in SECRET if word in public]
    assert [word for word in SECRET if word in full] == list(SECRET)
    assert full.startswith("nichtöffentlich – nur für die Mitglieder")


def test_the_pdf_says_the_same(place: Workplace, key: int, tmp_path: Path) -> None:
    """Two files beside each other; nothing secret in the public one's text."""
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    for audience, name in ((Audience.PUBLIC, "oeffentlich"), (Audience.INTERN, "vollstaendig")):
        path = write_pdf(place, agenda_paper(place, key, "OB-Büro", audience), tmp_path)
        assert path.name == f"tagesordnung-2026-12-10-{name}.pdf"
        told = "".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(path.read_bytes())).pages)
        assert "Haushalt 2027" in told
        assert "N 1" in told
        assert any(word in told for word in SECRET) is (audience is Audience.INTERN)


def test_an_empty_agenda_is_not_printed(place: Workplace, make_meeting: Make) -> None:
    """Nor one that this audience may not see."""
    with pytest.raises(Refusal, match="steht noch nichts"):
        agenda_paper(place, make_meeting(body="Stadtrat"), "OB-Büro")
    with pytest.raises(Refusal):
        agenda_paper(place, make_meeting(confidentiality="intern"), "OB-Büro")
