"""Web forms: who filled one in asks, not the machine that sent it on."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_samples import count, mail, rows

from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.exchange.mail import read_mail
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.names import Name
from ob_buero_tui.services.intake.senders import Sender, sender_of
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person

FORM = """Anrede:    Frau Dr.
Vorname:   Erika
Nachname*: Beispiel
Telefon (tagsüber): 0221 4710 530
E-Mail:    Erika@Beispiel.example.org

Name: Jemand anders
Ich bitte um ein Grußwort."""
OWN = "Online-Formular <formular@stadt.example.org>"
REPLY = "Reply-To: E. Beispiel <erika@beispiel.example.org>"


def spoken(folder: Path, **given: str) -> Sender:
    """Who speaks in a mail to ob@stadt.example.org."""
    return sender_of(read_mail(mail(folder, **given).read_bytes()))


def told(sender: Sender) -> tuple[str, str, str, str, str]:
    name = sender.name
    return name.form, name.given, name.family, sender.address, sender.tel


ERIKA = ("Frau", "Erika", "Beispiel", "erika@beispiel.example.org", "0221 4710 530")


@pytest.mark.parametrize(
    ("sender", "more", "body", "expected"),
    [
        (OWN, REPLY, FORM, ERIKA),
        (OWN, "", FORM, ERIKA),
        ("noreply@formulare.stadt.example.org", "", FORM, ERIKA),
        ("no-reply@server.example.net", "", FORM, ERIKA),
        (OWN, REPLY, "Bitte um Antwort.", ("", "E.", "Beispiel", "erika@beispiel.example.org", "")),
        (
            OWN,
            "Reply-To: Kim Muster <kim@muster.example.org>",
            FORM,
            ("", "Kim", "Muster", "kim@muster.example.org", ""),
        ),
        (
            OWN,
            REPLY,
            "Name: Beispiel, Erika\nAnrede: Frau\nTelefon: 0221 4710 530",
            ERIKA,
        ),
        (
            OWN,
            "",
            "Vor- und Nachname: Erika Beispiel\nMobil: 0171 1",
            ("", "Erika", "Beispiel", "", "0171 1"),
        ),
        (OWN, "", "Telefon: siehe oben\nE-Mail: e@b.example.org", ("", "", "", "e@b.example.org", "")),
    ],
)
def test_whoever_filled_a_form_in_speaks(
    tmp_path: Path, sender: str, more: str, body: str, expected: tuple[str, ...]
) -> None:
    found = spoken(tmp_path, sender=sender, more=more, body=body)
    assert told(found) == expected
    assert found.note.startswith("Aus einem Online-Formular: ")


@pytest.mark.parametrize(
    ("sender", "more", "body"),
    [
        ("Erika Beispiel <erika@beispiel.example.org>", "Reply-To: kim@muster.example.org", FORM),
        (
            "Rundbrief <noreply@fremd.example.net>",
            "Reply-To: kim@muster.example.org",
            "Telefon: 0221 4710 530",
        ),
        ("Rundbrief <noreply@fremd.example.net>", "", "E-Mail: info@fremd.example.net"),
        ("Postfach <noreply@stadt.example.org.fremd.example.net>", REPLY, "Ihr Postfach läuft ab."),
        (OWN, "", "Ohne Angaben."),
        (OWN, "", "E-Mail: formular@stadt.example.org"),
        ("Uniform <uniform@stadt.example.org>", REPLY, FORM),
    ],
)
def test_any_other_mail_has_its_sender(tmp_path: Path, sender: str, more: str, body: str) -> None:
    found = spoken(tmp_path, sender=sender, more=more, body=body)
    assert found.note == ""
    assert found.address in sender
    assert found.tel == ""


def test_the_person_comes_in_with_telephone_and_the_note_says_so(place: Workplace, tmp_path: Path) -> None:
    (line,) = import_files(place, [mail(tmp_path, sender=OWN, more=REPLY, body=FORM)]).lines
    columns = "form_of_address, honorific_prefix, given_name, family_name, email, tel"
    assert rows(place, f"SELECT {columns} FROM person") == [  # noqa: S608 a test's own names
        ("Frau", "Dr.", "Erika", "Beispiel", "erika@beispiel.example.org", "0221 4710 530")
    ]
    assert any(note.startswith("Aus einem Online-Formular: ") for note in line.notes)
    assert rows(place, "SELECT sender_address FROM message") == [("formular@stadt.example.org",)]


def test_a_known_person_keeps_the_number_that_is_stored(place: Workplace, tmp_path: Path) -> None:
    with transaction(place, "test_add") as work:
        work.session.add(Person(family_name="Beispiel", email="erika@beispiel.example.org", tel="0555 1"))
    import_files(place, [mail(tmp_path, sender=OWN, body=FORM)])
    assert rows(place, "SELECT family_name, tel FROM person") == [("Beispiel", "0555 1")]
    assert rows(place, "SELECT requester_id FROM request") == [(1,)]


def test_a_form_without_an_address_still_names_somebody(place: Workplace, tmp_path: Path) -> None:
    body = "Name: Erika Beispiel\nTelefon: 0555 22"
    import_files(place, [mail(tmp_path, sender=OWN, body=body)])
    assert rows(place, "SELECT given_name, email, tel FROM person") == [("Erika", None, "0555 22")]
    assert count(place, "request") == 1


@pytest.mark.parametrize(
    ("number", "name", "address"),
    [
        ("05", Name(form="Frau", given="Friederike", family="Lenzing"), "kantorat@st-marien-lindenau"),
        ("37", Name(form="Herr", given="Tobias", family="Achtermann"), "honig@imkerei-achtermann"),
        ("40", Name(form="Frau", given="Dragana", family="Petrovski"), "dragana.petrovski@postfach"),
    ],
)
def test_the_demos_forms_speak_for_their_people(number: str, name: Name, address: str) -> None:
    (path,) = (data_folder() / "demo" / "mail").glob(f"{number}-*.eml")
    found = sender_of(read_mail(path.read_bytes()))
    assert (found.name, found.address) == (name, f"{address}.example.org")
    assert found.tel.startswith("0221 4710 ")


def test_no_other_mail_of_the_demo_counts_as_a_form() -> None:
    paths = sorted((data_folder() / "demo" / "mail").glob("*.eml"))
    assert [path.name[:2] for path in paths if sender_of(read_mail(path.read_bytes())).note] == [
        "05",
        "37",
        "40",
    ]
