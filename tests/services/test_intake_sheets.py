"""An office's own list: columns are confirmed once, every row becomes a request, nothing comes in twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from intake_samples import count, rows

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import Status
from ob_buero_tui.services.intake.sheets import confirm_layout, propose_columns
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from sheet_kit import HEADS, ROWS, csv_list, ods_list, xlsx_list

READ = (
    "SELECT subject, kind, date(received_at), substr(event_start, 1, 16), substr(event_end, 1, 16),"
    " event_place, state, closed FROM request ORDER BY id"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The list an office has."""
    return xlsx_list(tmp_path / "Posteingang.xlsx", title="Posteingang 2026")


def test_columns_are_proposed_from_heads_and_samples(place: Workplace, path: Path) -> None:
    found = propose_columns(place, path)
    assert found.heads == HEADS
    assert (found.known, found.rows, found.first) == (False, 3, 4)
    assert [found.columns.get(index) for index in range(len(HEADS))] == [
        *("nummer", "eingang", "betreff", "name", "organisation", "email"),
        *("termin", "uhrzeit", "terminort", "status", None),
    ]
    assert found.samples[2][0] == "Grußwort Festschrift"
    assert "„Anlass“ = Betreff" in found.told
    assert found.told.endswith("; als Notiz: „Kosten“")


def test_nothing_comes_in_before_the_columns_are_confirmed(place: Workplace, path: Path) -> None:
    (line,) = import_files(place, [path]).lines
    assert line.status is Status.WAITING
    assert line.text.startswith("Spalten noch nicht bestätigt. Vorschlag: „lfd. Nr.“ = laufende Nummer")
    assert count(place, "request") == count(place, "action") == 0
    confirm_layout(place, propose_columns(place, path))
    assert import_files(place, [path]).lines[0].text == "3 Eingänge neu"


def test_a_confirmed_layout_is_known_again_and_undone(place: Workplace, path: Path, tmp_path: Path) -> None:
    confirm_layout(place, propose_columns(place, path), {2: "betreff", 3: "name", 1: "eingang"}, "einladung")
    other = csv_list(tmp_path / "anders.csv", [("", date(2026, 11, 9), "Fest", "Erika Beispiel", *[""] * 7)])
    found = propose_columns(place, other)
    assert (found.known, found.columns, found.kind) == (
        True,
        {1: "eingang", 2: "betreff", 3: "name"},
        "einladung",
    )
    undo(place)
    assert not propose_columns(place, other).known


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_each_row_becomes_a_request(place: Workplace, tmp_path: Path, ending: str) -> None:
    write = csv_list if ending == "csv" else xlsx_list
    path = write(tmp_path / f"liste.{ending}")
    report = import_files(place, [path], accept_columns=True)
    assert report.summary == "1 Datei: 3 Eingänge neu."
    assert rows(place, READ) == [
        ("Grußwort Festschrift", "grusswort", "2026-11-03", "2027-03-05T14:30", None, "Vereinsheim",
         "neu", 0),
        ("Einladung Sommerfest", "einladung", "2026-11-04", "2027-06-05T11:00", "2027-06-05T13:00",
         "Marktplatz", "erledigt", 1),
        ("Schirmherrschaft Lauf", "schirmherrschaft", "2026-11-10", None, None, "", "neu", 0),
    ]  # fmt: skip
    assert rows(place, "SELECT given_name, family_name, email FROM person ORDER BY id") == [
        ("Erika", "Beispiel", "erika@verein.example.org"),
        ("Karl", "Muster", None),
    ]
    assert rows(place, "SELECT name FROM organization") == [("Turnverein Ostheim",)]
    assert rows(place, "SELECT organization_id FROM request ORDER BY id") == [(1,), (None,), (1,)]
    notes = [row[0] for row in rows(place, "SELECT text FROM note ORDER BY id")]
    assert notes[-1].splitlines() == [
        "laufende Nummer: 3",
        "Kosten: 250 €",
        "Termin: nach Absprache",
        "Status: wartet auf Rückruf",
    ]
    assert count(place, "action") == 2, "the columns, and the list as one step"
    undo(place)
    assert (count(place, "request"), count(place, "imported_file"), count(place, "note")) == (0, 0, 0)
    redo(place)
    assert count(place, "request") == 3


def test_the_same_list_with_added_rows_brings_only_those(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [csv_list(tmp_path / "a.csv")], accept_columns=True)
    moved = [(*ROWS[0][:9], "in Bearbeitung", "keine"), *ROWS[1:]]
    new = (4, date(2026, 11, 20), "Goldenes Buch", "", "Stadtarchiv", *[""] * 6)
    (line,) = import_files(place, [csv_list(tmp_path / "b.csv", [*moved, new])]).lines
    assert line.text == "1 Eingang neu, 3 bekannt"
    assert count(place, "request") == 4


def test_rows_that_differ_in_number_remark_or_a_second_column_are_two_letters(
    place: Workplace, tmp_path: Path
) -> None:
    heads = ("Nr.", "Eingang", "Betreff", "Name", "Bemerkung", "Betreff")
    same = (date(2026, 11, 20), "Beschwerde", "Erika Beispiel")
    listed = [(1, *same, "", "a"), (2, *same, "", "a"), (2, *same, "Lärm", "a"), (2, *same, "", "b")]
    listed += [listed[0]]
    (line,) = import_files(place, [csv_list(tmp_path / "a.csv", listed, heads)], accept_columns=True).lines
    assert line.text == "5 Eingänge neu"
    (line,) = import_files(place, [csv_list(tmp_path / "b.csv", [*listed, listed[0]], heads)]).lines
    assert line.text == "1 Eingang neu, 5 bekannt"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("PS", "Bü", "PS"), "zustaendig"),
        (("Erika Beispiel", "Karl Muster", "Turnverein"), "name"),
    ],
)
def test_who_is_a_colleague_by_initials_else_the_sender(
    place: Workplace, tmp_path: Path, cells: tuple[str, ...], column: str
) -> None:
    listed = [(date(2026, 11, 20), "Fest", cell) for cell in cells]
    path = csv_list(tmp_path / "a.csv", listed, ("Eingang", "Betreff", "Wer"))
    assert propose_columns(place, path).columns[2] == column


def test_a_state_that_a_list_cannot_say_alone_stays_a_note(place: Workplace, tmp_path: Path) -> None:
    said = ("Vorlage", "wartet auf Antwort", "abgegeben", "zugesagt", "abgesagt", "erledigt", "neu")
    listed = [(date(2026, 11, 20), word, word) for word in said]
    import_files(
        place, [csv_list(tmp_path / "a.csv", listed, ("Eingang", "Betreff", "Status"))], accept_columns=True
    )
    assert rows(place, "SELECT state, outcome, closed FROM request ORDER BY id") == [
        *[("neu", "", 0)] * 3,
        ("zugesagt", "zusage", 0),
        ("abgesagt", "absage", 1),
        ("erledigt", "", 1),
        ("neu", "", 0),
    ]
    assert [row[0] for row in rows(place, "SELECT text FROM note ORDER BY id")] == [
        *(f"Status: {word}" for word in said[:3]),
        *(f"Laut Liste {word}; wann und von wem, steht dort nicht." for word in said[3:5]),
    ]


def test_a_bad_row_is_named_and_costs_only_itself(place: Workplace, tmp_path: Path) -> None:
    bad = [
        ROWS[0],
        (2, "irgendwann", "Fest", *[""] * 8),
        (3, date(2027, 1, 1), "Fest", *[""] * 8),
        (4, date(2026, 11, 2), *[""] * 9),
        ROWS[2],
    ]
    (line,) = import_files(place, [csv_list(tmp_path / "a.csv", bad)], accept_columns=True).lines
    assert count(place, "request") == 2
    assert [problem.split(":")[0] for problem in line.problems] == ["Zeile 3", "Zeile 4", "Zeile 5"]
    assert "„irgendwann“ ist kein Tag des Eingangs." in line.problems[0]
    assert "liegt in der Zukunft" in line.problems[1]
    assert "Betreff, Name und Organisation sind leer." in line.problems[2]


def test_known_people_and_bodies_are_found(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [csv_list(tmp_path / "a.csv")], accept_columns=True)
    again = [(7, date(2026, 11, 22), "Neue Bitte", "Beispiel, Erika", "TURNVEREIN OSTHEIM", *[""] * 6)]
    import_files(place, [csv_list(tmp_path / "b.csv", again)])
    assert rows(place, "SELECT requester_id, organization_id FROM request ORDER BY id DESC LIMIT 1") == [
        (1, 1)
    ]
    assert (count(place, "person"), count(place, "organization")) == (2, 1)


def test_kinds_by_label_sign_or_the_name_of_the_file(place: Workplace, tmp_path: Path) -> None:
    heads = ("Art", "Betreff")
    listed = csv_list(tmp_path / "a.csv", [("Grußwort", "a"), ("Ei", "b"), ("Dings", "c")], heads)
    import_files(place, [listed], accept_columns=True)
    assert rows(place, "SELECT kind, kind_proposed FROM request ORDER BY id") == [
        ("grusswort", 0),
        ("einladung", 0),
        (None, 0),
    ]
    named = csv_list(tmp_path / "Goldenes Buch 2026.csv", [("a", "b")], ("Anlass", "Name"))
    import_files(place, [named], accept_columns=True)
    assert rows(place, "SELECT kind, kind_proposed FROM request ORDER BY id DESC LIMIT 1") == [
        ("goldenes_buch", 0)
    ]


def test_an_opendocument_list_and_a_trial(place: Workplace, tmp_path: Path) -> None:
    path = ods_list(tmp_path / "a.ods", [["Eingang", "Betreff", "PLZ"], ["3.11.2026", "Fest", "01067"]])
    trial = import_files(place, [path], dry_run=True, accept_columns=True)
    assert trial.summary == "1 Datei: 1 Eingang neu. Probelauf, nichts gespeichert."
    assert count(place, "action") == 0
    import_files(place, [path], accept_columns=True)
    assert rows(place, "SELECT subject FROM request") == [("Fest",)]


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({2: "betreff", 3: "betreff"}, "steht für mehrere Spalten"),
        ({1: "eingang"}, "worum es geht oder wer fragt"),
        ({2: "unsinn"}, "ist keine Angabe"),
    ],
)
def test_unfit_columns_are_refused(place: Workplace, path: Path, columns: dict[int, str], why: str) -> None:
    with pytest.raises(Refusal, match=why):
        confirm_layout(place, propose_columns(place, path), columns)


OWN = (
    "Nummer;Art;Stand;Betreff;Eingang;Antwort bis;Uhrzeit;Zuständig;Von;Organisation;Beginn;Ende;Ort;Wichtig;"
    "Eingangsweg;Wiedervorlage;Ergebnis;Begründung;Entschieden am;Entschieden von;Aktenzeichen;"
    "Vertraulichkeit"
)


def test_our_own_list_comes_back_without_asking(place: Workplace, tmp_path: Path) -> None:
    row = (
        "2025-0007;Grußwort;neu;Festschrift;03.11.2026;20.11.2026;12:00;PS;Erika Beispiel;Turnverein;"
        "05.03.2027 14:30;05.03.2027 16:00;Halle;;Brief;;;;;;12-3;intern"
    )
    path = tmp_path / "eingaenge.csv"
    path.write_text(f"{OWN}\r\n{row}\r\n", encoding="utf-8-sig", newline="")
    (line,) = import_files(place, [path]).lines
    assert line.text == "1 Eingang neu"
    assert rows(place, READ) == [
        ("Festschrift", "grusswort", "2026-11-03", "2027-03-05T14:30", "2027-03-05T16:00", "Halle", "neu", 0)
    ]
    assert rows(place, "SELECT due_on, channel, assigned_to, file_reference FROM request") == [
        ("2026-11-20", "Brief", "PS", "12-3")
    ]


def test_our_own_list_of_something_else_is_refused(place: Workplace, tmp_path: Path) -> None:
    path = tmp_path / "personen.csv"
    path.write_text("Was;Name;Namenszusatz;Mandat;Sperrvermerke\r\nPerson;A;;;\r\n", encoding="utf-8")
    (line,) = import_files(place, [path], accept_columns=True).lines
    assert line.text.startswith("Die Liste enthält Personen, keine Eingänge.")
