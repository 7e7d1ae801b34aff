"""HTML mails as text, with inscriptis and without it."""

from __future__ import annotations

import sys
import time

import pytest
from mailkit import mail

from ob_buero_tui.exchange.html_text import html_to_text
from ob_buero_tui.exchange.mail import read_mail

HANGS = 30
"""Seconds after which something hangs; how fast it is, benchmarks tell."""


@pytest.fixture(params=["inscriptis", "stdlib"])
def renderer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs a test with the extra and without it."""
    if request.param == "stdlib":
        monkeypatch.setitem(sys.modules, "inscriptis.html_engine", None)
    else:
        pytest.importorskip("inscriptis")
    return str(request.param)


def _text(html: str) -> str:
    return html_to_text(html)[0]


def test_letter_with_table(renderer: str) -> None:
    html = """<html><head><title>T</title><style>p {color: red}</style></head><body>
      <p>Sehr geehrte Frau&nbsp;M&uuml;ller,</p><p>wir   laden
      ein:</p><table><tr><th>Tag</th><th>Ort</th></tr><tr><td>Mi</td><td>Rathaus</td></tr></table>
      <ul><li>Rede</li><li>Foto</li></ul>Gru&szlig;<br>Erika<script>alert(1)</script></body></html>"""
    lines = [" ".join(line.replace("\xa0", " ").split()) for line in _text(html).split("\n")]
    assert [line for line in lines if line] == [
        "Sehr geehrte Frau Müller,",
        "wir laden ein:",
        "Tag Ort",
        "Mi Rathaus",
        "* Rede",
        "* Foto",
        "Gruß",
        "Erika",
    ]


def test_links_show_where_they_lead(renderer: str) -> None:
    far = "https://example.org/" + "x" * 80
    html = (
        '<p><a href="https://example.org/a">Programm</a>, <a href="https://example.org/">example.org</a>, '
        '<a href="mailto:a@example.org">a@example.org</a>, <a href="mailto:b@example.org">Büro</a>, '
        f'<a href="{far}">weit</a>, <a href="{far}">noch <b>einmal</b></a>, '
        '<a href="javascript:alert(1)">böse</a>, <a href="file:///etc/passwd">Datei</a>, '
        '<a name="x">Anker</a></p>'
    )
    assert _text(html) == (
        "Programm (https://example.org/a), example.org, a@example.org, Büro (b@example.org), "
        f"weit [1], noch einmal [1], böse, Datei, Anker\n\nLinks:\n[1] {far}"
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<!--[if mso]><p>nein</p><![endif]-->ja", "ja"),
        ("<!--[if !mso]><!-->ja<!--<![endif]-->", "ja"),
        ("a <!-- offen", "a offen"),
        ("<script>x</script >ja<style>y</style>", "ja"),
        ("<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
        ("Preis < 5 Euro", "Preis < 5 Euro"),
        ('<?xml version="1.0" encoding="utf-8"?><html><body>ja</body></html>', "ja"),
        ("ganz ohne Auszeichnung", "ganz ohne Auszeichnung"),
        ("<img src='https://example.org/zaehlpixel.gif'>ja", "ja"),
        ('<img src="data:image/png;base64,' + "A" * 400_000 + '">ja', "ja"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("", ""),
        ("<table>", ""),
        ("a\0b", "ab"),
    ],
)
def test_oddities(renderer: str, html: str, text: str) -> None:
    assert html_to_text(html) == (text, False)


@pytest.mark.parametrize(
    "html",
    [
        "<a" * 150_000,
        "<!" * 150_000,
        "<!--" * 100_000,
        "&#" * 150_000,
        "<![x[" * 60_000,
        "<script>" * 40_000,
        "<div>" * 20_000 + "tief",
        "<table><tr><td>" * 200 + "tief",
        "<table>" + "<tr><td>a<td>b" * 20_000,
        "<table><tr>" + "<td>a" * 50_000,
        '<p style="margin-top:99999999em">x' * 1_000,
        '<a href="https://example.org/">x' * 10_000,
        '<a b="> ' * 60_000,
    ],
)
def test_hostile_html_ends_soon(renderer: str, html: str) -> None:
    started = time.process_time()
    text, _ = html_to_text(html)
    assert time.process_time() - started < HANGS
    assert ("tief" in text) is ("tief" in html)


def test_hidden_text_stays_hidden_with_inscriptis() -> None:
    pytest.importorskip("inscriptis")
    assert _text('<div style="color:red; DISPLAY : none">Köder</div><p style="margin:9em">ja</p>') == "ja"


def test_html_only_mail(renderer: str) -> None:
    html = '<html><head><meta charset="iso-8859-1"></head><body><p>Gr\xfc\xdfe</p></body></html>'
    record = read_mail(mail(html.encode("latin-1"), extra=b"Content-Type: text/html\n"))
    assert (record.body, record.html_only) == ("Grüße", True)
    assert any("HTML" in note for note in record.notes)


def test_long_html_is_cut_and_kept_whole_beside(renderer: str) -> None:
    html = b"<p>Absatz</p>" * 40_000
    record = read_mail(mail(html, extra=b"Content-Type: text/html\n"))
    assert record.body.startswith("Absatz")
    assert [(a.filename, a.data) for a in record.attachments] == [("Anhang 1.html", html)]
    assert any("Anfang" in note for note in record.notes)
