"""A year's plan as text, spreadsheet and PDF, and what of it leaves the house."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from council_kit import add_body

from ob_buero_tui.exchange.sheet import read_table
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council import plan_paper as papers
from ob_buero_tui.services.council.plan_outputs import plan_bytes, plan_sheets, plan_text, write_plan
from ob_buero_tui.services.council.plan_paper import PlanPaper, plan_paper
from ob_buero_tui.services.workplace import Workplace
from plan_view_kit import DEAR, plan_of, slot

SECRET = "Herr Meier sitzt in beiden"
Written = Callable[..., PlanPaper]


@pytest.fixture
def written(place: Workplace, make_meeting: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> Written:
    """The paper of a plan of a public, an internal and a confidential body."""
    rat = add_body(place, "Rat", confidentiality="oeffentlich")
    rooms = add_body(place, "Raumrunde", confidentiality="intern")
    hidden = add_body(place, "Geheimausschuss", confidentiality="vertraulich")
    known = add_body(place, "Beirat", confidentiality="intern")
    # Known from its public sessions; those of the internal and the confidential body are not public.
    make_meeting(body=known)
    make_meeting(body=rooms, confidentiality="intern")
    make_meeting(body=hidden)
    plan = plan_of(
        slot(1, rat, 1, "2027-02-11T17:00", name="Rat", compromises=(DEAR,), breaks=(SECRET,)),
        slot(2, rat, 2, None, name="Rat"),
        slot(3, rooms, 1, "2027-01-12T16:00", name="Raumrunde", room="", fixed=True),
        slot(4, hidden, 1, "2027-01-13T16:00", name="Geheimausschuss", room="Tresor"),
        slot(5, known, 2, "2027-04-13T16:00", name="Beirat"),
        contradiction=("Rat und Raumrunde haben nur den 11.2.",),
    )
    monkeypatch.setattr(papers, "plan_view", lambda _place, key: plan if key == 1 else None)
    return lambda audience=Audience.INTERN: plan_paper(place, 1, "Lindenau", audience)


def test_the_office_reads_the_dates_in_rounds_and_what_they_cost(written: Written) -> None:
    text = plan_text(written())
    assert "Sitzungsplan 2027 · Variante A · Entwurf · 3 Termine von 3 Gremien" in text
    first, second = text.index("Di 12.01.2027"), text.index("Do 11.02.2027")
    assert text.index("1. Sitzungsfolge, 11.01.–19.02.2027") < first < second
    assert "17:00–19:00  Rat        Ratssaal" in text
    assert "Rat, Runde 2: ohne Termin" in text
    assert "Wochentag: 1-mal, 20 Punkte" in text
    assert "Kein Dienstag (20 Punkte)" in text
    assert "Rat und Raumrunde haben nur den 11.2." in text


@pytest.mark.parametrize("audience", Audience)
def test_a_confidential_body_stands_on_no_paper(
    place: Workplace, written: Written, audience: Audience
) -> None:
    paper = written(audience)
    assert paper.left_out >= 1
    assert not {"Geheimausschuss", "Tresor"} & set(_words(place, paper))


@pytest.mark.parametrize("audience", [Audience.PRESS, Audience.PUBLIC])
def test_outside_reads_dates_of_public_bodies_and_no_reasons(
    place: Workplace, written: Written, audience: Audience
) -> None:
    paper = written(audience)
    told = " ".join(_words(place, paper))
    assert "Rat" in told
    assert "Beirat" in told
    for hidden in (SECRET, "Raumrunde", "Dienstag", "Punkte", "ohne Termin", "Dienstgebrauch"):
        assert hidden not in told, hidden


def _words(place: Workplace, paper: PlanPaper) -> list[str]:
    """Every text of the text and of the spreadsheet."""
    cells = [str(cell) for sheet in plan_sheets(paper) for row in sheet.rows for cell in row]
    heads = [text for sheet in plan_sheets(paper) for text in (sheet.title, *sheet.notes, *sheet.headings)]
    assert plan_bytes(place, paper, ".txt").decode().strip() == plan_text(paper)
    return [*plan_text(paper).split(), *" ".join(cells + heads).split()]


def test_a_spreadsheet_reads_as_a_list(place: Workplace, written: Written) -> None:
    rows = read_table(plan_bytes(place, written(), ".xlsx"), ".xlsx").rows
    assert ("Datum", "KW", "Beginn", "Ende", "Gremium", "Raum", "Runde", "fest", "Anmerkung") in rows
    assert any(row[:7] == ("11.02.2027", "6", "17:00", "19:00", "Rat", "Ratssaal", "1") for row in rows)
    assert any(row[4] == "Raumrunde" and row[7] == "ja" for row in rows)


def test_the_pdf_says_the_same(place: Workplace, written: Written, tmp_path: Path) -> None:
    pypdf: Any = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    path = write_plan(place, written(), ".pdf", tmp_path)
    again = write_plan(place, written(), ".pdf", tmp_path)
    assert (path.name, again.name) == ("sitzungsplan-2027-a.pdf", "sitzungsplan-2027-a-2.pdf")
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for part in ("Sitzungsplan 2027", "Do 11.02.2027 17:00–19:00 Rat Ratssaal", "Kein Dienstag (20 Punkte)"):
        assert part in text, text


def test_refusals_say_what_to_do(place: Workplace, written: Written) -> None:
    with pytest.raises(Refusal, match="nicht mehr"):
        plan_paper(place, 2, "Lindenau")
    with pytest.raises(Refusal, match="docx"):
        plan_bytes(place, written(), ".docx")
