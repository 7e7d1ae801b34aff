"""Display names taken apart, and what was found told in German."""

from __future__ import annotations

import pytest

from ob_buero_tui.services.intake.names import Name, split_name
from ob_buero_tui.services.intake.report import Counts, FileLine, ImportReport, Status, event_counts


@pytest.mark.parametrize(
    ("display", "parts"),
    [
        ("Erika Beispiel", ("", "Erika", "Beispiel")),
        ("Beispiel, Erika", ("", "Erika", "Beispiel")),
        ("Prof. Dr. Anna Lena von der Au", ("Prof. Dr.", "Anna Lena", "von der Au")),
        ("Dr.-Ing. Max Muster", ("Dr.-Ing.", "Max", "Muster")),
        ("Muster, Dr. Max", ("Dr.", "Max", "Muster")),
        ("von Beispiel, Erika", ("", "Erika", "von Beispiel")),
        ("J. Muster", ("", "J.", "Muster")),
        ("Agnes Teamer", ("", "Agnes", "Teamer")),
        ("Erika", ("", "", "Erika")),
        ("TSV Beispielstadt 1926 e. V.", ("", "", "TSV Beispielstadt 1926 e. V.")),
        ("Sekretariat Grundschule Nord", ("", "", "Sekretariat Grundschule Nord")),
        ("erika@verein.example.org", ("", "", "")),
        ('"Erika Beispiel"', ("", "Erika", "Beispiel")),
        ("Dr.", ("", "", "Dr.")),
        (",", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_names_are_taken_apart(display: str, parts: tuple[str, str, str]) -> None:
    prefix, given, family = parts
    assert split_name(display) == Name(prefix=prefix, given=given, family=family)


@pytest.mark.parametrize(
    ("display", "parts"),
    [
        ("Frau Dr. Anna Beispiel", ("Frau", "Dr.", "Anna", "Beispiel")),
        ("Herr Müller", ("Herr", "", "", "Müller")),
        ("Herrn Prof. Dr. Max von Muster", ("Herr", "Prof. Dr.", "Max", "von Muster")),
        ("Beispiel, Frau Dr. Anna", ("Frau", "Dr.", "Anna", "Beispiel")),
        ("Müller, Herr", ("Herr", "", "", "Müller")),
        ("Sekretariat Stadtbücherei, Frau Meier", ("Frau", "", "", "Meier")),
        ("Herr", ("", "", "", "Herr")),
        ("Michael Herr", ("", "", "Michael", "Herr")),
        ("Herr, Michael", ("", "", "Michael", "Herr")),
        ("Frau Dr.", ("", "", "", "Frau Dr.")),
    ],
)
def test_a_form_of_address_is_taken_off(display: str, parts: tuple[str, str, str, str]) -> None:
    form, prefix, given, family = parts
    assert split_name(display) == Name(form=form, prefix=prefix, given=given, family=family)


@pytest.mark.parametrize(
    ("display", "given", "family"),
    [
        ("Lohse, Daniel (Wehre-Bote)", "Daniel", "Lohse"),
        ("Daniel Lohse [Redaktion]", "Daniel", "Lohse"),
        ("Lohse, Daniel (Amt 40)", "Daniel", "Lohse"),
        ("(Lohse)", "", "(Lohse)"),
        ("Beispiel GmbH (Anna Muster)", "", "Beispiel GmbH (Anna Muster)"),
    ],
)
def test_what_stands_in_brackets_at_the_end_is_no_part_of_a_name(
    display: str, given: str, family: str
) -> None:
    assert split_name(display) == Name(given=given, family=family)


@pytest.mark.parametrize(
    "display",
    [
        "Dezernat III – Vorzimmer, Ute Marquardt",
        "Stadtsportverband Musterstadt, Detlef Muster",
        "Kirchengemeinde St. Marien, Bad Musterbach",
        "Stadt Musterstadt, Frau Meier, Amt 40",
        "Musterwelt Musterblick – Eventmarketing",
        "KGV Abendfrieden Ostheim - Vorstand",
        "Wirtschaftsvereinigung Musterland",
        "Kanzlei Muster & Beispiel",
        "Familie Beispiel",
        "Eheleute Beispiel",
        "Telefonzentrale Rathaus",
    ],
)
def test_a_body_and_a_household_stay_in_one_piece(display: str) -> None:
    assert split_name(display) == Name(family=display)


@pytest.mark.parametrize("display", ["Anna-Lena Muster-Beispiel", "Karl Feldhaus", "Lore Kreis", "Jo Werk"])
def test_a_human_name_is_no_body(display: str) -> None:
    given, family = display.split()
    assert split_name(display) == Name(given=given, family=family)


def test_counts_read_as_a_clerk_says_them() -> None:
    assert (
        event_counts(Counts(events=3, replaced=1, unchanged=2)) == "3 Termine neu, 1 ersetzt, 2 unverändert"
    )
    assert (
        event_counts(Counts(events=1, overrides=2, cancelled=1))
        == "1 Termin neu, 2 Einzeltermine neu, 1 abgesagt"
    )
    assert event_counts(Counts()) == ""


def test_the_summary_adds_all_files_up() -> None:
    lines = (
        FileLine(path="a.eml", status=Status.NEW, text="", counts=Counts(requests=1)),
        FileLine(path="b.eml", status=Status.KNOWN, text=""),
        FileLine(path="c.eml", status=Status.REFUSED, text="", problems=("Sie ist leer.",)),
        FileLine(path="d.ics", status=Status.NEW, text="", counts=Counts(events=2, skipped=1)),
    )
    report = ImportReport(lines=lines)
    assert report.summary == (
        "4 Dateien: 1 Eingang und 2 Termine neu, 1 Datei schon bekannt, 1 Datei nicht gelesen,"
        " 1 Teil übersprungen."
    )
    assert report.problems == ("c.eml: Sie ist leer.",)
    assert report.files[Status.NEW] == 2
    assert ImportReport(lines=()).summary == "Keine Datei gefunden, die sich importieren lässt."


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (
            Counts(requests=25, events=115, overrides=3),
            "1 Datei: 25 Eingänge, 115 Termine und 3 Einzeltermine neu.",
        ),
        (Counts(requests=1, events=1, overrides=1), "1 Datei: 1 Eingang, 1 Termin und 1 Einzeltermin neu."),
        (Counts(replaced=1, cancelled=2), "1 Datei: 1 Termin ersetzt, 2 Termine abgesagt."),
        (Counts(unchanged=2), "Nichts Neues: 2 Termine unverändert."),
        (Counts(), "Nichts Neues: 1 Datei angesehen."),
    ],
)
def test_the_summary_counts_in_german(counts: Counts, told: str) -> None:
    line = FileLine(path="a.ics", status=Status.NEW, text="", counts=counts)
    assert ImportReport(lines=(line,)).summary == told


def test_what_was_not_read_is_nothing_new() -> None:
    line = FileLine(path="a.eml", status=Status.REFUSED, text="", problems=("Sie ist leer.",))
    assert ImportReport(lines=(line,)).summary == "Nichts Neues: 1 Datei nicht gelesen."
