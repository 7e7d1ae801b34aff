"""Every kind of mistake in a catalog file is named with file, place, expectation and finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_catalog_example import LEFT_OUT, RADWEG, SHIPPED, office

from ob_buero_tui.catalog.load import load_catalog

MISTAKES = {
    "unknown key": (
        'label = "Art"',
        'labl = "Art"',
        [
            "fields[0].label: Erwartet wird ein Text, gefunden wurde nichts.",
            "fields[0].labl: Erwartet wird einer der Schlüssel key, label, type, unit, required, "
            "choices, help, "
            "when, limit, ahead, gefunden wurde „labl“. Gemeint ist vielleicht „label“.",
        ],
    ),
    "enumeration": (
        'type = "datum"',
        'type = "datm"',
        [
            "fields[1].type: Erwartet wird eines von text, langtext, zahl, betrag, datum, zeit, "
            "datumzeit, janein, "
            "auswahl, person, organisation, ort, gefunden wurde „datm“. Gemeint ist vielleicht „datum“."
        ],
    ),
    "wrong type": (
        'label = "Radweg"',
        "label = 7",
        ["label: Erwartet wird ein Text, gefunden wurde 7."],
    ),
    "empty text": (
        'label = "Radweg"',
        'label = " "',
        ["label: Erwartet wird ein Text, der nicht leer ist, gefunden wurde „ “."],
    ),
    "control character": (
        'label = "Radweg"',
        'label = "Rad\\u001bweg"',
        ["label: Erwartet wird ein einzeiliger Text ohne Steuerzeichen, gefunden wurde „Rad\ufffdweg“."],
    ),
    "sign": (
        'sign = "Rw"',
        'sign = "rad"',
        [
            "sign: Erwartet wird ein Zeichen aus zwei Buchstaben, das mit einem großen beginnt, "
            "gefunden wurde „rad“.",
        ],
    ),
    "key": (
        'key = "radweg"',
        'key = "Rad-Weg"',
        ["key: Erwartet wird eine Kennung aus a–z, 0–9 und _, gefunden wurde „Rad-Weg“."],
    ),
    "picker key": (
        'picker_key = "x"',
        'picker_key = "rw"',
        ["picker_key: Erwartet wird eine einzelne Taste (a–z, ä, ö, ü oder 0–9), gefunden wurde „rw“."],
    ),
    "missing": (
        'state = "zugesagt"\n',
        "",
        [
            "outcomes[0].state: Erwartet wird eines von neu, wartet, vertagt, verschoben, vorlage, "
            "zugesagt, vertretung, "
            "abgesagt, abgegeben, zurueckgezogen, ausgefallen, verfristet, erledigt, gefunden wurde nichts."
        ],
    ),
    "limit": (
        'label = "Art"',
        'label = "Art"\nlimit = 0',
        [
            "fields[0].limit: Erwartet wird eine ganze Zahl von 1 bis 20000 oder feld:KENNUNG, "
            "gefunden wurde 0."
        ],
    ),
    "limit of no text": (
        'label = "Art"',
        'label = "Art"\nlimit = 300',
        ["fields[0].limit: Erwartet wird keine Länge beim Typ auswahl, gefunden wurde 300."],
    ),
    "limit by no number": (
        'type = "datum"',
        'type = "langtext"\nlimit = "feld:art"',
        ["fields[1].limit: Erwartet wird ein Feld vom Typ zahl, gefunden wurde „art“."],
    ),
    "ahead of no date": (
        'label = "Art"',
        'label = "Art"\nahead = true',
        ["fields[0].ahead: Erwartet wird nicht „ahead“ beim Typ auswahl, gefunden wurde „true“."],
    ),
    "confidentiality of a desk": (
        'picker_key = "x"',
        'picker_key = "x"\nconfidentiality = "persoenlich"',
        ["confidentiality: Erwartet wird intern oder vertraulich, gefunden wurde „persoenlich“."],
    ),
    "confidentiality": (
        'picker_key = "x"',
        'picker_key = "x"\nconfidentiality = "geheim"',
        [
            "confidentiality: Erwartet wird eines von oeffentlich, intern, vertraulich, persoenlich, "
            "gefunden wurde „geheim“.",
        ],
    ),
    "list": (
        'choices = ["neu", "alt"]',
        'choices = "neu"',
        ["fields[0].choices: Erwartet wird eine Liste von Texten, gefunden wurde „neu“."],
    ),
    "list entry": (
        'choices = ["neu", "alt"]',
        'choices = ["neu", 2]',
        ["fields[0].choices[1]: Erwartet wird ein Text, gefunden wurde 2."],
    ),
    "list twice": (
        'choices = ["neu", "alt"]',
        'choices = ["neu", "neu"]',
        ["fields[0].choices[1]: Erwartet wird jeder Eintrag nur einmal, gefunden wurde „neu“."],
    ),
    "too few choices": (
        'choices = ["neu", "alt"]',
        'choices = ["neu"]',
        [
            "fields[0].choices: Erwartet wird eine Auswahl aus mindestens zwei Möglichkeiten, "
            "gefunden wurde eine Liste mit 1 Eintrag."
        ],
    ),
    "choices without choice": (
        'type = "datum"',
        'type = "datum"\nchoices = ["a", "b"]',
        [
            "fields[1].choices: Erwartet wird keine Auswahl beim Typ datum, "
            "gefunden wurde eine Liste mit 2 Einträgen."
        ],
    ),
    "key twice": (
        'key = "bis"',
        'key = "art"',
        ["fields[1].key: Erwartet wird jede Kennung nur einmal, gefunden wurde „art“."],
    ),
    "task named like a deadline": (
        'key = "anruf"',
        'key = "antwort"',
        [
            "tasks[0].key: Erwartet wird eine Kennung, die keine Frist schon trägt, gefunden wurde "
            "„antwort“.",
        ],
    ),
    "event kind": (
        '"besprechung"',
        '"besprechng"',
        [
            "event_kind: Erwartet wird eine Terminart aus event_kinds.toml, gefunden wurde „besprechng“. "
            "Gemeint ist vielleicht „besprechung“."
        ],
    ),
    "rule": (
        'rule = "vorlauf"',
        'rule = "vorlauv"',
        [
            "checks[0].rule: Erwartet wird eine Regel: angabe, frist_einhaltbar, hoechstens, konflikt, "
            "mindestens, nur_bezirk, pflichtangaben, schulferien, stichwort, terminlage, vertretung, "
            "vorgeschichte, vorlauf, wahlzeit, wochenend_oder_feiertag, "
            "gefunden wurde „vorlauv“. Gemeint ist vielleicht „vorlauf“."
        ],
    ),
    "rule and question": (
        'rule = "vorlauf"',
        'rule = "vorlauf"\nquestion = "Gut?"',
        ["checks[0]: Erwartet wird entweder „rule“ oder „question“, gefunden wurde „Gut?“."],
    ),
    "neither rule nor question": (
        'rule = "vorlauf"\n',
        "",
        ["checks[0]: Erwartet wird entweder „rule“ oder „question“, gefunden wurde nichts."],
    ),
    "parameter name": (
        "params.ueblich = 10",
        "params.ueblich = 10\nparams.mindesten = 3",
        [
            "checks[0].params.mindesten: Erwartet wird einer der Parameter der Regel „vorlauf“: "
            "mindestens, ueblich, "
            "ab, zaehlung, feld, name, gefunden wurde „mindesten“. Gemeint ist vielleicht „mindestens“."
        ],
    ),
    "parameter type": (
        "params.ueblich = 10",
        'params.ueblich = "zehn"',
        ["checks[0].params.ueblich: Erwartet wird eine ganze Zahl, gefunden wurde „zehn“."],
    ),
    "parameter missing": (
        "params.ueblich = 10",
        'params.zaehlung = "werktage"',
        [
            "checks[0].params: Erwartet wird mindestens „mindestens“ oder „ueblich“ für die Regel "
            "„vorlauf“, "
            "gefunden wurde nichts."
        ],
    ),
    "parameter field": (
        "params.ueblich = 10",
        'params.ueblich = 10\nparams.feld = "art"',
        [
            "checks[0].params.feld: Erwartet wird ein Feld vom Typ datum oder datumzeit, gefunden wurde "
            "„art“.",
        ],
    ),
    "deadline basis": (
        'basis = "eingang"',
        'basis = "eingng"',
        [
            "deadlines[0].basis: Erwartet wird eingang, termin, entscheidung, feld:…, frist:… oder "
            "aufgabe:…, "
            "gefunden wurde „eingng“."
        ],
    ),
    "deadline field": (
        'basis = "eingang"',
        'basis = "feld:bisher"',
        [
            "deadlines[0].basis: Erwartet wird ein Feld mit Datum dieser Art, gefunden wurde "
            "„feld:bisher“. "
            "Gemeint ist vielleicht „bis“."
        ],
    ),
    "deadline on a field without date": (
        'basis = "eingang"',
        'basis = "feld:art"',
        ["deadlines[0].basis: Erwartet wird ein Feld mit Datum dieser Art, gefunden wurde „feld:art“."],
    ),
    "task basis": (
        'basis = "frist:antwort"',
        'basis = "frist:antwor"',
        [
            "tasks[0].basis: Erwartet wird eine Frist dieser Art, gefunden wurde „frist:antwor“. "
            "Gemeint ist vielleicht „antwort“."
        ],
    ),
    "circle": (
        'basis = "eingang"',
        'basis = "aufgabe:anruf"',
        [
            "deadlines[0].basis: Erwartet wird kein Kreis von Fristen, "
            "gefunden wurde „frist:antwort → aufgabe:anruf → frist:antwort“."
        ],
    ),
    "circle of one": (
        'basis = "eingang"',
        'basis = "frist:antwort"',
        [
            "deadlines[0].basis: Erwartet wird kein Kreis von Fristen, gefunden wurde „frist:antwort → "
            "frist:antwort“.",
        ],
    ),
    "figure": (
        "amount = 3",
        'amount = "freigab"',
        [
            "deadlines[0].amount: Erwartet wird eine ganze Zahl von -3650 bis 3650 oder der Name einer "
            "Zahl aus "
            "office.toml, gefunden wurde „freigab“. Gemeint ist vielleicht „freigabe“."
        ],
    ),
    "number out of range": (
        "amount = 3",
        "amount = 99999",
        ["deadlines[0].amount: Erwartet wird eine ganze Zahl von -3650 bis 3650, gefunden wurde 99999."],
    ),
    "condition shape": (
        'outcomes = ["zusage"]',
        'outcomes = ["zusage"]\nwhen = "art ist neu"',
        [
            "tasks[0].when: Erwartet wird FELD, !FELD, FELD=wert, FELD=wert|wert oder FELD!=wert, gefunden "
            "wurde „art ist neu“.",
        ],
    ),
    "condition field": (
        'outcomes = ["zusage"]',
        'outcomes = ["zusage"]\nwhen = "arten=neu"',
        [
            "tasks[0].when: Erwartet wird die Kennung eines anderen Feldes dieser Art, gefunden wurde "
            "„arten“. "
            "Gemeint ist vielleicht „art“."
        ],
    ),
    "condition value": (
        'outcomes = ["zusage"]',
        'outcomes = ["zusage"]\nwhen = "art=neue"',
        [
            "tasks[0].when: Erwartet wird für „art“ eines von neu, alt, gefunden wurde „neue“. Gemeint "
            "ist vielleicht „neu“.",
        ],
    ),
    "outcome": (
        'outcomes = ["zusage"]',
        'outcomes = ["zusag"]',
        [
            "tasks[0].outcomes[0]: Erwartet wird ein Ausgang dieser Art, gefunden wurde „zusag“. "
            "Gemeint ist vielleicht „zusage“."
        ],
    ),
    "reason": (
        'state = "zugesagt"',
        'state = "zugesagt"\nneeds_reason = true',
        [
            "outcomes[0].reasons: Erwartet wird mindestens ein Grund, weil einer verlangt wird, "
            "gefunden wurde nichts.",
        ],
    ),
    "task source": (
        'tasks_source = "Hausregel"\n',
        "",
        ["tasks_source: Erwartet wird die Quelle der Aufgabenfristen, gefunden wurde nichts."],
    ),
    "syntax": (
        'label = "Bis"',
        'label "Bis"',
        ["Zeile 16, Spalte 7: Erwartet wird ein „=“ nach dem Schlüssel, gefunden wurde „label \"Bis\"“."],
    ),
    "quote": (
        'label = "Bis"',
        'label = "Bis',
        [
            "Zeile 16, Spalte 13: Erwartet wird ein Anführungszeichen am Ende des Textes, gefunden "
            "wurde „label = \"Bis“.",
        ],
    ),
    "key twice in a table": (
        'label = "Bis"',
        'label = "Bis"\nlabel = "Ab"',
        ["Zeile 17, Spalte 13: Erwartet wird jeder Schlüssel nur einmal, gefunden wurde „label = \"Ab\"“."],
    ),
    "unclosed list": (
        'outcomes = ["zusage"]\n\n[[outcomes]]\nkey = "zusage"\nlabel = "Zusage"\nstate = "zugesagt"\n',
        'outcomes = ["zusage"\n',
        ["Zeile 38: Erwartet wird ein „]“ am Ende der Liste, gefunden wurde das Ende der Datei."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_and_costs_only_its_own_kind(name: str, tmp_path: Path) -> None:
    right, wrong, sentences = MISTAKES[name]
    assert right in RADWEG
    catalog = office(tmp_path, RADWEG.replace(right, wrong, 1))
    assert [problem.sentence for problem in catalog.problems] == [
        f"requests/radweg.toml, {sentence} {LEFT_OUT}" for sentence in sentences
    ]
    assert list(catalog.kinds) == SHIPPED


def test_wrong_encoding_names_line_and_byte(tmp_path: Path) -> None:
    catalog = office(tmp_path, RADWEG.replace("Bis", "Für").encode("latin-1"))
    assert [problem.sentence for problem in catalog.problems] == [
        "requests/radweg.toml, Zeile 16: Erwartet wird Text in der Kodierung UTF-8, gefunden wurde das "
        "Byte 0xFC. "
        f"Bitte die Datei als UTF-8 speichern. {LEFT_OUT}"
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    catalog = office(tmp_path, b"\xef\xbb\xbf" + RADWEG.replace("\n", "\r\n").encode())
    assert catalog.problems == ()
    assert "radweg" in catalog.kinds


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"[" * 5000,
        b"a" * 1_000_001,
        b"x = " + b"9" * 5000,
        b"x = 0x" + b"f" * 9000,
    ],
)
def test_no_bytes_bring_the_catalog_down(text: bytes, tmp_path: Path) -> None:
    catalog = office(tmp_path, text)
    assert list(catalog.kinds) == SHIPPED
    assert catalog.problems
    assert all(problem.sentence.endswith(LEFT_OUT) for problem in catalog.problems)


def test_a_folder_with_the_name_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "catalog" / "requests" / "radweg.toml").mkdir(parents=True)
    assert [problem.found for problem in load_catalog(tmp_path).problems] == ["ein Ordner"]
