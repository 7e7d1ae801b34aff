"""A Word file taken back: everything that is to be read in it, nothing twice, no bomb, nothing cut."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ob_buero_tui.exchange.docx_in import LONGEST, docx_text
from ob_buero_tui.rules.refusals import Refusal


def saved(document: object) -> bytes:
    made = io.BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()


def tracked(kind: str, text: str, tag: str = "t") -> object:
    run = f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"
    return parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1" w:author="x">{run}</w:{kind}>')


def test_what_was_inserted_with_tracked_changes_counts_and_what_was_struck_does_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Liebe Gäste, ")
    paragraph._p.append(tracked("ins", "herzlich willkommen!"))
    paragraph._p.append(tracked("del", "weg damit", "delText"))
    paragraph._p.append(tracked("moveFrom", "verschoben"))
    assert docx_text(saved(document)) == "Liebe Gäste, herzlich willkommen!"


def test_tables_are_read_in_their_place_and_each_cell_once() -> None:
    document = docx.Document()
    document.add_paragraph("Vorher")
    table = document.add_table(2, 2)
    for place, cell in enumerate(table._cells):
        cell.text = f"Zelle {place}"
    table.cell(1, 0).merge(table.cell(1, 1))
    document.add_paragraph("Nachher")
    text = docx_text(saved(document))
    assert text.split("\n\n") == ["Vorher", "Zelle 0", "Zelle 1", "Zelle 2", "Zelle 3", "Nachher"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 150_000_000)
    with pytest.raises(Refusal, match="ungewöhnlich groß"):
        docx_text(made.getvalue())


def test_a_text_too_long_is_refused_with_its_count_and_the_longest_is_whole() -> None:
    document = docx.Document()
    document.add_paragraph("x" * LONGEST)
    assert len(docx_text(saved(document))) == LONGEST
    document.add_paragraph("ENDE")
    with pytest.raises(Refusal, match=r"20\.006 Zeichen"):
        docx_text(saved(document))


@pytest.mark.parametrize("data", [b"", b"kein Word", b"PK\x03\x04kaputt"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        docx_text(data)
