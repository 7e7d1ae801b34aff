"""Web forms: pairs found in mails, fields of the kind filled where they fit, machines are nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from intake_samples import count, mail, rows

from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.exchange.mail import read_mail
from ob_buero_tui.rules.web_form import boxes, pairs
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.web_form import fill
from ob_buero_tui.services.workplace import Workplace

MAILS = data_folder() / "demo" / "mail"


def read(text: str) -> list[tuple[str, str]]:
    return [(pair.label, pair.value) for pair in pairs(text, {"erwartete besucher"})]


@pytest.mark.parametrize(
    "text",
    [
        "Name: Erika\nOrt: Halle\nErwartete Besucher: 200\nText:\nein Satz\nnoch einer\n\nGruß",
        "Name      Erika\nOrt       Halle\nErwartete Besucher    200\nText:\nein Satz\nnoch einer",
        "* Name: Erika\n* Ort*: Halle\n\nErwartete Besucher\n200\n\nText:\nein Satz\nnoch einer",
    ],
)
def test_pairs_in_lines_columns_and_blocks(text: str) -> None:
    assert read(text) == [
        ("Name", "Erika"),
        ("Ort", "Halle"),
        ("Erwartete Besucher", "200"),
        ("Text", "ein Satz\nnoch einer"),
    ]


@pytest.mark.parametrize(
    "text", ["", "Guten Tag\nNotiz: eins", "https://x.example.org\nHinweis: ja\nUm 14:00"]
)
def test_a_letter_is_no_form(text: str) -> None:
    assert read(text) == []


def test_boxes_say_which_are_ticked() -> None:
    assert boxes("[x] Grußwort  [ ] Anwesenheit\n[X] Wappen") == {
        "Grußwort": True,
        "Anwesenheit": False,
        "Wappen": True,
    }


FORM = """Veranstaltung: Sommerlauf
Organisation: Turnverein
Rechtsform: eingetragener Verein (e. V.)
Erwartete Besucher: etwa 1.500
Gewinnabsicht: nein
Budget: viel
Beginn: Samstag, 5. Juni 2027, 10-14 Uhr
Ort: Marktplatz"""


def test_fields_are_filled_by_type_and_what_does_not_fit_is_left(catalog: Catalog) -> None:
    filled = fill(catalog.kinds["schirmherrschaft"], FORM)
    assert filled.values == {
        "veranstaltung": "Sommerlauf",
        "veranstalter": "Turnverein",
        "rechtsform": "eingetragener Verein",
        "gewinnabsicht": False,
        "besucher": 1500,
    }
    assert filled.start is not None
    assert filled.end is not None
    assert (f"{filled.start:%Y-%m-%d %H:%M}", f"{filled.end:%H:%M}", filled.place) == (
        "2027-06-05 10:00",
        "14:00",
        "Marktplatz",
    )
    assert filled.notes == (
        "Vom Formular ausgefüllt: 7 Angaben (Veranstaltung, Veranstalter, Rechtsform, Gewinnabsicht,"
        " Erwartete Besucher und 2 weitere).",
    )
    assert fill(None, FORM).values == {}


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        *((word, False) for word in ("nein", "Nein.", "keine", "nein, danke")),
        *((word, True) for word in ("ja", "Ja, gerne!", "x")),
        *((word, None) for word in ("keine Angabe", "nicht bekannt", "ja, wenn es regnet nein", "Jahr 2026")),
    ],
)
def test_only_a_whole_answer_is_yes_or_no(catalog: Catalog, answer: str, value: bool | None) -> None:
    filled = fill(catalog.kinds["schirmherrschaft"], FORM.replace("absicht: nein", f"absicht: {answer}"))
    assert filled.values.get("gewinnabsicht") is value


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        *((word, 1500) for word in ("1500", "ca. 1.500 Gäste", "rund 1500 Personen")),
        *((word, None) for word in ("wie 2025", "unter 50, Nr.", "20 je Gruppe", "keine", "2025/2026")),
    ],
)
def test_only_a_number_alone_is_a_number(catalog: Catalog, answer: str, value: int | None) -> None:
    filled = fill(catalog.kinds["schirmherrschaft"], FORM.replace("etwa 1.500", answer))
    assert filled.values.get("besucher") == value


def imported(place: Workplace, number: str) -> tuple[str, dict[str, object], str, str]:
    (path,) = MAILS.glob(f"{number}-*.eml")
    import_files(place, [path])
    query = "SELECT kind, fields, event_start, intake_notes FROM request ORDER BY id DESC LIMIT 1"
    ((kind, fields, start, notes),) = rows(place, query)
    return kind, json.loads(fields), start or "", notes


def test_the_forms_of_the_demo_fill_their_fields(place: Workplace) -> None:
    kind, fields, start, notes = imported(place, "05")
    assert (kind, start[:16]) == ("schirmherrschaft", "2027-07-04T17:00")
    assert fields["veranstaltung"] == "Lindenauer Orgelsommer 2027"
    assert (fields["gewinnabsicht"], fields["weitere_schirmleute"]) == (False, False)
    assert (fields["erwartet_grusswort"], fields["erwartet_anwesenheit"], fields["erwartet_logo"]) == (
        True,
        False,
        True,
    )
    assert "besucher" not in fields, "„9 Konzerte, je etwa 180“ is no number"
    assert "Vom Formular ausgefüllt: " in notes
    kind, fields, start, _ = imported(place, "40")
    assert (kind, fields["thema"], start[:16]) == (
        "buergergespraech",
        "Kitaplatz / Tagespflege",
        "2026-11-25T16:00",
    )
    assert rows(place, "SELECT event_place FROM request ORDER BY id DESC LIMIT 1") == [("",)]
    assert count(place, "person") == 2
    ((end,),) = rows(place, "SELECT event_end FROM request ORDER BY id LIMIT 1")
    assert end is None, "a season of two months takes nobody's time for two months"


def test_the_form_for_the_arms_fills_its_kind(catalog: Catalog) -> None:
    (path,) = MAILS.glob("37-*.eml")
    filled = fill(catalog.kinds["wappennutzung"], read_mail(path.read_bytes()).body)
    assert filled.values == {
        "antragsteller": "Imkerei Achtermann (Einzelunternehmen)",
        "sitz": "Bürgerwald 3, Lindenau an der Wehre",
        "zweck": "gewerblich",
        "traeger": "Etikett auf Honiggläsern (500 g und 250 g)",
    }


@pytest.mark.parametrize(
    "sender",
    [
        "Fuhrpark-Impulse <newsletter@fuhrpark.example.org>",
        "Faxserver Rathaus <faxserver@stadt.example.org>",
        "IT <noreply@konto.example.org>",
        "Kopierer 3. OG <scan@stadt.example.org>",
        "www-data@web.example.org",
    ],
)
def test_a_machine_becomes_no_person(place: Workplace, tmp_path: Path, sender: str) -> None:
    import_files(place, [mail(tmp_path, sender=sender)])
    assert (count(place, "request"), count(place, "person")) == (1, 0)


@pytest.mark.parametrize(
    "sender", ["Faxe Kondi <faxe@x.example.org>", "Anna Bot <anna.botzen@x.example.org>"]
)
def test_a_person_stays_one(place: Workplace, tmp_path: Path, sender: str) -> None:
    import_files(place, [mail(tmp_path, sender=sender)])
    assert count(place, "person") == 1


def test_an_answer_too_long_for_its_field_stops_nothing_and_is_named(
    place: Workplace, tmp_path: Path
) -> None:
    """It stays in the letter whole; the field stays empty and the note says why."""
    story = "Wir laufen seit vierzig Jahren rund um den Markt. " * 30
    form = f"Verein: TSV\n{FORM.replace('Sommerlauf', story)}"
    import_files(place, [mail(tmp_path, subject="Antrag auf Schirmherrschaft", body=form)])
    ((kind, fields, notes, body),) = rows(
        place, "SELECT kind, fields, intake_notes, body FROM request JOIN message ON request_id = request.id"
    )
    assert (kind, json.loads(fields).get("veranstaltung")) == ("schirmherrschaft", None)
    assert story.strip() in " ".join(body.split())
    assert "Zu lang für „Veranstaltung“; es steht im Schreiben." in json.loads(notes)
