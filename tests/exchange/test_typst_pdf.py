"""PDF files from templates: hostile text stays text, what is wrong is said in German."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from ob_buero_tui.exchange.typst_pdf import make_pages, make_pdf
from ob_buero_tui.rules.refusals import Refusal

PLAIN = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: auto)
#set text(lang: "de", hyphenate: false)
#data.text"""

AT = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "brief.typ"
    path.write_text(PLAIN, encoding="utf-8")
    return path


def read_back(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def test_text_is_never_a_command(template: Path) -> None:
    hostile = "#panic() *fett* $x$ <marke> {{7*7}} \\u{41} „Ümläut ẞ“ \x1b[31m"
    made = make_pdf(template, {"title": "Brief", "text": hostile}, at=AT)
    assert made.startswith(b"%PDF")
    assert "#panic() *fett* $x$ <marke> {{7*7}} \\u{41} „Ümläut ẞ“" in " ".join(read_back(made).split())


def test_the_same_data_make_the_same_bytes(template: Path) -> None:
    data = {"title": "Brief", "text": "gleich"}
    assert make_pdf(template, data, at=AT) == make_pdf(template, data, at=AT)
    assert make_pages(template, data)[0].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("#unbekannt()", "brief.typ"),
        ('#import "@preview/cetz:0.3.4": canvas', "aus dem Netz"),
        ('#let p = "@preview/cetz:0.3.4"; #import p: canvas', "aus dem Netz"),
        ('#let p = "@pre" + "view/cetz:0.3.4"\n#{ import p }', "aus dem Netz"),
        ('#import "teil.typ": x', "aus dem Netz"),
        ('#panic("anschrift-zu-lang")', "Anschrift ist zu lang"),
        ('#read("/etc/passwd")', "brief.typ"),
        ('#read("../geheim.txt")', "brief.typ"),
    ],
)
def test_a_wrong_template_is_refused_in_german(template: Path, source: str, why: str) -> None:
    (template.parent.parent / "geheim.txt").write_text("geheim", encoding="utf-8")
    template.with_name("teil.typ").write_text(
        "#import x: y\n#let x = 1" if "teil" in source else "x", "utf-8"
    )
    template.write_text(source, encoding="utf-8")
    with pytest.raises(Refusal, match=why):
        make_pdf(template, {"title": "", "text": ""})


def test_a_file_beside_the_template_may_be_used(template: Path) -> None:
    template.with_name("teil.typ").write_text('#let gruss = "Guten Tag"', encoding="utf-8")
    template.write_text(PLAIN + '\n#import "teil.typ": gruss\n#gruss', encoding="utf-8")
    assert "Guten Tag" in read_back(make_pdf(template, {"title": "", "text": ""}, at=AT))


def test_a_character_without_a_glyph_is_named_in_german(template: Path) -> None:
    with pytest.raises(Refusal, match=r"Für „漢“ \(U\+6F22\) hat die Schrift"):
        make_pdf(template, {"title": "", "text": "Herr 漢"}, at=AT)


def test_a_missing_template_and_a_missing_library_are_refused(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refusal, match="nicht lesen"):
        make_pdf(template.with_name("fehlt.typ"), {})
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(Refusal, match=r"ob-buero-tui\[pdf\]"):
        make_pdf(template, {})
