"""Papers that this office leads: numbers that are never reused, supplements, the Beratungsfolge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from council_kit import add_body, add_file, write
from sqlalchemy import delete, select, update
from test_catalog_example import office as catalog_of

from ob_buero_tui.catalog.papers import paper_rules
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.council import papers
from ob_buero_tui.services.council.consultations import (
    add_consultation,
    change_consultation,
    drop_consultation,
    move_consultation,
)
from ob_buero_tui.services.council.paper_checks import lacks_of
from ob_buero_tui.services.council.paper_edit import (
    PaperValues,
    create_paper,
    edit_paper,
    set_paper_state,
    supplement_paper,
)
from ob_buero_tui.services.council.paper_files import add_paper_file
from ob_buero_tui.services.council.paper_stations import stations_of
from ob_buero_tui.services.council.paper_typed import edit_form, new_form, next_number_told, typed_values
from ob_buero_tui.services.council.papers import paper_record
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Consultation, File, Paper
from ob_buero_tui.store.council_topics import PaperNumber

Make = Callable[..., int]


def values(name: str = "Haushalt 2027", kind: str = "beschlussvorlage", **more: object) -> PaperValues:
    return PaperValues(name=name, kind=kind, **more)  # type: ignore[arg-type]


def number_of(place: Workplace, key: int) -> str:
    with place.reading() as session:
        row = session.get(Paper, key)
        return row.reference if row is not None else "weg"


def register(place: Workplace) -> list[tuple[str, str]]:
    with place.reading() as session:
        rows = session.execute(select(PaperNumber.reference, PaperNumber.state).order_by(PaperNumber.id))
        return [(reference, state) for reference, state in rows]


def faults(place: Workplace, database: Path) -> tuple[str, ...]:
    return check_database(database, place).problems


def test_numbers_go_up_and_an_undone_one_is_never_given_again(place: Workplace, database: Path) -> None:
    first = create_paper(place, values()).ids[0]
    second = create_paper(place, values("Klimabilanz", "mitteilung")).ids[0]
    assert [number_of(place, key) for key in (first, second)] == ["BV 2026 0001", "M 2026 0002"]
    undo(place)
    assert register(place) == [("BV 2026 0001", "vergeben"), ("M 2026 0002", "storniert")]
    third = create_paper(place, values("Bericht", "bericht")).ids[0]
    assert number_of(place, third) == "B 2026 0003"
    assert number_of(place, create_paper(place, values("Mehr Bänke", "antrag")).ids[0]) == "A 2026 0001"
    assert faults(place, database) == ()


def test_redo_brings_the_number_back(place: Workplace, database: Path) -> None:
    create_paper(place, values())
    undo(place)
    redo(place)
    assert register(place) == [("BV 2026 0001", "vergeben")]
    assert faults(place, database) == ()


def test_a_number_typed_by_hand_counts_and_is_never_typed_twice(place: Workplace) -> None:
    create_paper(place, values(number="BV 2026 0359"))
    undo(place)
    with pytest.raises(Refusal, match="storniert; eine Nummer wird nie ein zweites Mal vergeben"):
        create_paper(place, values(number="BV 2026 0359"))
    assert number_of(place, create_paper(place, values()).ids[0]) == "BV 2026 0360"
    free = create_paper(place, values(number="Sonderdruck 7")).ids[0]
    assert number_of(place, free) == "Sonderdruck 7"
    with pytest.raises(Refusal, match="schon vergeben"):
        create_paper(place, values(number="Sonderdruck 7"))


def test_numbers_follow_those_that_came_from_elsewhere(place: Workplace) -> None:
    add_foreign(place, "BV 2026 0460")
    add_foreign(place, "A 2026 0017")
    key = create_paper(place, values("Stand", "mitteilung")).ids[0]
    assert number_of(place, key) == "M 2026 0461"


def test_a_supplement_hangs_on_its_base(place: Workplace, database: Path) -> None:
    base = create_paper(place, values()).ids[0]
    first = supplement_paper(place, base, values("Haushalt 2027: Veränderungsliste")).ids[0]
    again = supplement_paper(place, first, values("Haushalt 2027: zweite Liste")).ids[0]
    assert [number_of(place, key) for key in (first, again)] == ["BV 2026 0001/1", "BV 2026 0001/2"]
    undo(place)
    third = supplement_paper(place, base, values("noch eine")).ids[0]
    assert number_of(place, third) == "BV 2026 0001/3"
    assert number_of(place, create_paper(place, values()).ids[0]) == "BV 2026 0002"
    assert faults(place, database) == ()


def test_a_supplement_of_a_paper_from_elsewhere_counts_on(place: Workplace, database: Path) -> None:
    base = add_foreign(place, "VO/3364/25")
    keys = [supplement_paper(place, base, values(f"Nachtrag {n}")).ids[0] for n in (1, 2)]
    assert [number_of(place, key) for key in keys] == ["VO/3364/25/1", "VO/3364/25/2"]
    assert faults(place, database) == ()


def test_a_given_number_is_not_changed(place: Workplace) -> None:
    key = create_paper(place, values()).ids[0]
    edit_paper(place, key, values("Haushalt 2028", number="BV 2026 0001"))
    with pytest.raises(Refusal, match="behält die Nummer"):
        edit_paper(place, key, values(number="BV 2026 0900"))


NUMBERS = """\
[[numbers]]
key = "vorlage"
template = "{AMT}/{__N}/{JJJJ}"
counted_by = ["amt", "jahr"]

[[numbers]]
key = "antrag"
template = "{N}/{WP}"
counted_by = ["wahlperiode"]

[[wahlperioden]]
start = 2025-11-01
sign = "V"

[offices]
"Hauptamt" = "01"
"""


def test_an_office_writes_its_own_patterns(place: Workplace, tmp_path: Path) -> None:
    ours = replace(place, catalog=catalog_of(tmp_path, NUMBERS, "papers.toml"))
    office_id = add_body(ours, "Hauptamt")
    key = create_paper(ours, values(office_id=office_id, number="01/ 69/2026")).ids[0]
    assert number_of(ours, key) == "01/ 69/2026"
    assert number_of(ours, create_paper(ours, values(office_id=office_id)).ids[0]) == "01/ 70/2026"
    assert number_of(ours, create_paper(ours, values("Mehr Bänke", "antrag")).ids[0]) == "1/V"
    with pytest.raises(Refusal, match="Es fehlt das federführende Amt"):
        create_paper(ours, values())


def test_mistakes_in_the_patterns_are_named_and_the_shipped_ones_count(tmp_path: Path) -> None:
    wrong = NUMBERS.replace("{AMT}/{__N}", "{__N}").replace("2025-11-01", '"bald"')
    catalog = catalog_of(
        tmp_path, wrong + '[[kinds]]\nkey = "x"\nlabel = "X"\nnumbers = "y"\n', "papers.toml"
    )
    assert paper_rules(catalog).schemes["vorlage"].template == "{ART} {JJJJ} {NNNN}"
    assert "x" not in paper_rules(catalog).kinds
    told = [one.sentence for one in catalog.problems]
    assert any("numbers[0].template: Erwartet wird {AMT} im Muster" in one for one in told)
    assert any("wahlperioden[0].start: Erwartet wird ein Datum" in one for one in told)
    assert any("für „x“ die Kennung eines Musters" in one for one in told)


@pytest.fixture
def way(place: Workplace, make_meeting: Make) -> tuple[int, int, int]:
    """A paper put before a committee on 1 December and the council on 10 December."""
    committee, council = add_body(place, "Bau und Verkehr"), add_body(place, "Stadtrat")
    early = make_meeting(name="Bau", body=committee, start=datetime.fromisoformat("2026-12-08T17:00"))
    late = make_meeting(body=council, start=datetime.fromisoformat("2026-12-17T17:00"))
    paper = create_paper(place, values()).ids[0]
    add_consultation(place, paper, committee, "Vorberatung", meeting_id=early)
    add_consultation(place, paper, council, "Entscheidung", meeting_id=late)
    return paper, early, late


def steps(place: Workplace, paper: int) -> list[tuple[str, int | None, bool | None]]:
    with place.reading() as session:
        rows = session.scalars(
            select(Consultation).where(Consultation.paper_id == paper).order_by(Consultation.position)
        )
        return [(one.role, one.meeting_id, one.authoritative) for one in rows]


def test_what_the_papers_of_a_session_lack(place: Workplace, way: tuple[int, int, int]) -> None:
    paper, early, late = way
    needs = (
        "BV 2026 0001: Federführung fehlt; Aktenzeichen fehlt; Dokument fehlt;"
        " nicht freigegeben (Entwurf); steht nicht auf der Tagesordnung"
    )
    assert lacks_of(place, early) == (needs,)
    office_id = add_body(place, "Kämmerei")
    edit_paper(place, paper, values(office_id=office_id, file_reference="20/PS"))
    set_paper_state(place, [paper], "freigegeben")
    add_file(place, "main_file", "Vorlage", paper_id=paper)
    assert lacks_of(place, late) == ("BV 2026 0001: steht nicht auf der Tagesordnung",)
    set_paper_state(place, [paper], "zurueckgezogen")
    assert lacks_of(place, late) == ("BV 2026 0001: steht nicht auf der Tagesordnung",)


def test_the_order_of_steps_is_checked_for_the_session(place: Workplace, way: tuple[int, int, int]) -> None:
    paper, early, late = way
    with place.reading() as session:
        first, second = (one.id for one in stations_of(session, place, [paper])[paper])
    move_consultation(place, second, -1)
    assert [one[0] for one in steps(place, paper)] == ["Entscheidung", "Vorberatung"]
    (line,) = lacks_of(place, early)
    assert "Bau und Verkehr (Di 8.12.) liegt nicht nach Stadtrat (Do 17.12.)" in line
    assert "kommt nach der Entscheidung in Stadtrat" in line
    undo(place)
    change_consultation(place, first, unset_meeting=True)
    (line,) = lacks_of(place, late)
    assert "Bau und Verkehr: noch keine Sitzung" in line
    drop_consultation(place, second)
    assert steps(place, paper) == [("Vorberatung", None, False)]
    undo(place)
    assert len(steps(place, paper)) == 2


def test_a_step_needs_a_session_of_its_body(place: Workplace, way: tuple[int, int, int]) -> None:
    paper, early, _late = way
    with place.reading() as session:
        _first, second = (one.id for one in stations_of(session, place, [paper])[paper])
    with pytest.raises(Refusal, match="In dieser Sitzung tagt das Gremium nicht"):
        change_consultation(place, second, meeting_id=early)
    with pytest.raises(Refusal, match="keine Zuständigkeit"):
        change_consultation(place, second, role="Abnicken")


def test_a_step_out_of_reach_is_named_with_its_count(place: Workplace, make_meeting: Make) -> None:
    council = add_body(place, "Stadtrat")
    soon = make_meeting(body=council, start=datetime.fromisoformat("2026-11-27T17:00"))
    paper = create_paper(place, values()).ids[0]
    add_consultation(place, paper, council, "Entscheidung", meeting_id=soon)
    (line,) = lacks_of(place, soon)
    assert "Stadtrat (Fr 27.11.): Versand war am" in line
    assert "nur noch als Nachtrag" in line


def test_what_comes_from_elsewhere_is_read_only(place: Workplace) -> None:
    key = add_foreign(place, "BV 2026 0460")
    with pytest.raises(Refusal, match="führt das Ratsinformationssystem"):
        edit_paper(place, key, values())
    council = add_body(place, "Stadtrat")
    with pytest.raises(Refusal, match="führt das Ratsinformationssystem"):
        add_consultation(place, key, council, "Entscheidung")


def test_the_check_names_what_is_wrong_with_the_register(place: Workplace, database: Path) -> None:
    create_paper(place, values())
    create_paper(place, values())
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        first = PaperNumber.reference == "BV 2026 0001"
        connection.execute(update(PaperNumber.__table__).where(first).values(state="storniert"))
        second = PaperNumber.reference == "BV 2026 0002"
        connection.execute(delete(PaperNumber.__table__).where(second))
    assert faults(place, database) == (
        "Die Vorlagennummer BV 2026 0001 ist storniert, ihre Vorlage gibt es aber.",
        "Die Vorlagennummer BV 2026 0002 steht nicht im Register.",
    )


def test_a_paper_needs_title_and_kind(place: Workplace) -> None:
    with pytest.raises(Refusal, match="keinen Titel"):
        create_paper(place, values("  "))
    with pytest.raises(Refusal, match="Die Art „gibtesnicht“ gibt es nicht"):
        create_paper(place, values(kind="gibtesnicht"))
    key = create_paper(
        place, values(on=date(2026, 11, 2), confidentiality=Confidentiality.VERTRAULICH, note="a\nb")
    ).ids[0]
    with place.reading() as session:
        row = session.get(Paper, key)
        assert row is not None
        assert (row.date, row.confidentiality, row.paper_type) == (
            date(2026, 11, 2),
            "vertraulich",
            "Beschlussvorlage",
        )


def add_foreign(place: Workplace, reference: str) -> int:
    """A paper of a council information system."""

    def fill(work: Work) -> Paper:
        row = Paper(
            reference=reference, name="Von dort", oparl_id=f"https://ris.example.org/{reference}", extra={}
        )
        work.session.add(row)
        return row

    return int(write(place, fill).id)


def test_a_document_is_named_without_its_folder(place: Workplace) -> None:
    key = create_paper(place, values()).ids[0]
    add_paper_file(place, key, r"S:\Ratsbüro\geheim\Haushalt.docx")
    add_paper_file(place, key, "https://www.example.org/akten/Haushalt-neu.pdf")
    record = paper_record(place, key)
    assert record.files == (("Anlage", "Haushalt.docx"), ("Vorlage", "Haushalt-neu.pdf"))
    assert "Dokument fehlt" not in record.lacks
    with place.reading() as session:
        assert [one.access_url for one in session.scalars(select(File).order_by(File.id))] == [
            "",
            "https://www.example.org/akten/Haushalt-neu.pdf",
        ]


def test_the_lists_of_papers(place: Workplace, way: tuple[int, int, int]) -> None:
    paper, _early, _late = way
    foreign = add_foreign(place, "VO/3364/25")
    waiting = create_paper(place, values("Ohne Weg", "antrag")).ids[0]
    assert [one.count for one in papers.splits(place)] == [2, 1, 1, 3]
    assert papers.paper_ids(place, papers.COMING) == [paper]
    assert papers.paper_ids(place, papers.WAITING) == [waiting]
    row = papers.paper_rows(place, [paper, foreign])[paper]
    assert (row.next_on, row.next_body, row.sign) == (date(2026, 12, 8), "Bau und Verkehr", "BV")
    record = paper_record(place, paper)
    assert [(one.body, one.decides) for one in record.stations] == [
        ("Bau und Verkehr", False),
        ("Stadtrat", True),
    ]
    assert (record.ours, paper_record(place, foreign).ours) == (True, False)


def test_the_form_understands_what_is_typed(place: Workplace) -> None:
    office_id = add_body(place, "Tiefbauamt", short_name="Tiefbau", organization_type="Verwaltungsbereich")
    add_body(place, "Hochbauamt", organization_type="Verwaltungsbereich")
    form = new_form(place)
    typed = {**form.values, "name": "Brücke", "kind": "m", "office": "tief", "deadline_on": "31.1."}
    read = typed_values(form, typed)
    assert (read.kind, read.office_id, read.deadline_on) == ("mitteilung", office_id, date(2027, 1, 31))
    assert next_number_told(form, typed) == "M 2026 0001"
    for said in ("66", "Amt 66"):
        assert typed_values(form, typed | {"office": said}).office_id == office_id, "as departments.toml says"
    made = paper_record(place, create_paper(place, typed_values(form, typed)).ids[0])
    assert made.file_reference == "66/PS"
    with pytest.raises(Refusal, match="Das können Hochbauamt, Tiefbauamt sein"):
        typed_values(form, typed | {"office": "bau"})
    with pytest.raises(Refusal, match="Welche Art"):
        typed_values(form, typed | {"kind": "zettel"})


def test_a_form_of_yesterday_does_not_write_over_today(place: Workplace) -> None:
    key = create_paper(place, values()).ids[0]
    form = edit_form(place, paper_record(place, key))
    set_paper_state(place, [key], "freigegeben")
    with pytest.raises(Refusal, match="an einem anderen Platz geändert"):
        edit_paper(place, key, values("Anders"), form.version)
