"""The letterhead: the office's keys over the shipped ones, and its mistakes named."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.catalog.load import load_catalog


def write(folder: Path, text: str) -> Path:
    (folder / "catalog").mkdir(parents=True)
    (folder / "catalog" / "letterhead.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_office_names_only_what_is_different(tmp_path: Path) -> None:
    catalog = load_catalog(write(tmp_path, 'tel = "0123 4567-8"\nnames = { PS = "Petra Sander" }\n'))
    head = catalog.letterhead
    assert (head.tel, head.office) == ("0123 4567-8", "Büro der Oberbürgermeisterin")
    assert head.signature("auftrag", "PS") == ("Im Auftrag", "Petra Sander")
    assert head.signature("auftrag", "KL") == ("Im Auftrag", "KL")
    assert head.signature("unbekannt", "PS") == ("Im Auftrag", "Petra Sander")
    assert [one for one in catalog.problems if "letterhead" in one.file] == []


def test_mistakes_are_named_with_file_and_key(tmp_path: Path) -> None:
    text = 'email = "keine Adresse"\ntelefon = "1"\n[[signatories]]\nkey = "X"\nlabel = "x"\nlines = []\n'
    catalog = load_catalog(write(tmp_path, text))
    said = "\n".join(one.sentence for one in catalog.problems)
    for place in (
        "letterhead.toml, email",
        "letterhead.toml, telefon",
        "letterhead.toml, signatories[0].key",
    ):
        assert place in said
    assert catalog.letterhead.email == ""


def test_the_demo_office_has_one() -> None:
    demo = load_catalog(Path(__file__).resolve().parents[2] / "data/demo/office")
    assert demo.letterhead.name_of("PS") == "Petra Sander"
    assert demo.letterhead.sender_line
