"""vCards of all versions as records; what is broken is named and costs nothing else."""

from __future__ import annotations

import codecs
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.exchange.vcard import MAX_CARDS, read_cards
from ob_buero_tui.exchange.vcard_records import CardRecord, PostalAddress
from ob_buero_tui.rules.clean import clean


def card(*lines: str, version: str = "3.0") -> bytes:
    """A card of these lines."""
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode()


def one(*lines: str, version: str = "3.0") -> CardRecord:
    """The record of a card of these lines."""
    found = read_cards(card(*lines, version=version))
    assert not found.bad
    return found.cards[0]


def test_a_person_with_everything() -> None:
    record = one(
        "UID:urn:uuid:4711",
        "REV:2026-03-04T05:06:07Z",
        "N:Beispiel;Erika;Maria;Frau Dr.;MdL",
        "FN:Dr. Erika Maria Beispiel MdL",
        "ORG:Turnverein Lindenau 1926 e. V.;Vorstand",
        "TITLE:Vorsitzende",
        "ADR;TYPE=WORK:;;Hallenweg 3;Lindenau;;12345;Deutschland",
        "ADR;TYPE=HOME:;Hinterhaus;Gartenstraße 1;Lindenau;;12345;",
        "TEL;TYPE=WORK,VOICE:05555 100",
        "TEL;TYPE=CELL:0170 5555",
        "TEL;TYPE=HOME:05555 200",
        "EMAIL;TYPE=INTERNET:erika@verein.example.org",
        "BDAY:1960-05-17",
        "CATEGORIES:Neujahrsempfang,Sport",
        "NOTE:Erste Zeile\\nZweite\\, mit Komma",
        "URL:https://verein.example.org",
    )
    assert record == CardRecord(
        position=1,
        uid="urn:uuid:4711",
        revised=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        full_name="Dr. Erika Maria Beispiel MdL",
        family_name="Beispiel",
        given_name="Erika Maria",
        prefix="Frau Dr.",
        suffix="MdL",
        organization="Turnverein Lindenau 1926 e. V.",
        unit="Vorstand",
        title="Vorsitzende",
        work=PostalAddress(
            street="Hallenweg 3", postal_code="12345", locality="Lindenau", country="Deutschland"
        ),
        home=PostalAddress(street="Hinterhaus\nGartenstraße 1", postal_code="12345", locality="Lindenau"),
        email="erika@verein.example.org",
        tel="05555 100",
        mobile="0170 5555",
        private_tel="05555 200",
        birthday=date(1960, 5, 17),
        categories=("Neujahrsempfang", "Sport"),
        note="Erste Zeile\nZweite, mit Komma",
        url="https://verein.example.org",
    )


def test_version_2_1_with_quoted_printable_soft_breaks_and_bare_types() -> None:
    record = one(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gr=FC=",
        "=DFe aus=0D=0Adem Rathaus",
        "TEL;CELL;VOICE:0170",
        "ADR;WORK;quoted-printable:;;Stra=C3=9Fe 1;Lindenau;;12345;",
        version="2.1",
    )
    assert (record.family_name, record.given_name) == ("Müller", "Jörg")
    assert record.note == "Grüße aus\ndem Rathaus"
    assert record.mobile == "0170"
    assert record.work.street == "Straße 1"


def test_version_4_with_uris_language_gender_and_death() -> None:
    record = one(
        "N:Beispiel;Erika;;;",
        'TEL;VALUE=uri;TYPE="cell,voice";PREF=1:tel:+49-170-5555',
        "EMAIL:mailto:erika@example.org",
        "LANG:fr",
        "GENDER:F;weiblich",
        "BDAY:--0517",
        "DEATHDATE:20261101",
        "KIND:individual",
        version="4.0",
    )
    assert (record.mobile, record.email) == ("+49-170-5555", "erika@example.org")
    assert (record.language, record.gender, record.deceased_on) == ("fr", "F", date(2026, 11, 1))
    assert (record.birthday, record.birthday_text) == (None, "--0517")


@pytest.mark.parametrize(
    ("line", "assistant", "kept"),
    [
        ("X-MS-ASSISTANT:Frau Kolbe", "Frau Kolbe", ()),
        ("X-ASSISTANT:Lars Muster\\, 0555 2", "Lars Muster, 0555 2", ()),
        ("RELATED;VALUE=text;TYPE=agent:Kim Muster", "Kim Muster", ()),
        ("RELATED;TYPE=agent:urn:uuid:f81d4fae", "", ("urn:uuid:f81d4fae (agent)",)),
        ("RELATED;VALUE=text;TYPE=spouse:Kim Muster", "", ("Kim Muster (spouse)",)),
    ],
)
def test_whoever_sits_in_the_front_office_is_told(line: str, assistant: str, kept: tuple[str, ...]) -> None:
    record = one("FN:Erika Beispiel", line, version="4.0")
    assert (record.assistant, record.extra.get("RELATED", ())) == (assistant, kept)


def test_a_birthday_whose_year_apple_made_up_has_none() -> None:
    record = one("FN:Erika Beispiel", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17")
    assert (record.birthday, record.birthday_text) == (None, "--05-17")


@pytest.mark.parametrize(
    "lines",
    [
        ("FN:Turnverein", "ORG:Turnverein", "KIND:org"),
        ("FN:Turnverein", "N:;;;;", "ORG:Turnverein", "X-ABShowAs:COMPANY"),
        ("FN:Turnverein", "ORG:Turnverein"),
        ("ORG:Turnverein",),
    ],
)
def test_a_card_of_a_body(lines: tuple[str, ...]) -> None:
    assert one(*lines).is_organization


def test_a_persons_card_with_a_body_is_a_persons() -> None:
    assert not one("FN:Erika Beispiel", "ORG:Turnverein").is_organization


def test_folded_lines_groups_and_their_labels() -> None:
    record = one(
        "FN:Erika",
        "NOTE:eine lange",
        "  Notiz",
        "item1.X-ABDATE:2011-01-02",
        "item1.X-ABLabel:_$!<Anniversary>!$_",
        "item2.EMAIL;type=INTERNET;type=pref:zwei@example.org",
    )
    assert record.note == "eine lange Notiz"
    assert record.extra == {"X-ABDATE": ("2011-01-02 [Anniversary]",)}
    assert record.email == "zwei@example.org"


def test_the_preferred_one_is_used_and_the_others_are_kept() -> None:
    record = one(
        "FN:Erika",
        "EMAIL:eins@example.org",
        "EMAIL;TYPE=pref:zwei@example.org",
        "EMAIL;TYPE=HOME:drei@example.org",
        "TEL;TYPE=FAX:05555 9",
    )
    assert record.email == "zwei@example.org"
    assert record.extra == {
        "EMAIL": ("eins@example.org", "drei@example.org (home)"),
        "TEL": ("05555 9 (fax)",),
    }


def test_unescaped_commas_and_unknown_escapes_lose_nothing() -> None:
    record = one("FN:Beispiel, Erika", "NOTE:C:\\Daten\\brief, alt", "TITLE:Leiterin, kommissarisch")
    assert record.full_name == "Beispiel, Erika"
    assert record.title == "Leiterin, kommissarisch"
    assert "brief, alt" in record.note


def test_pictures_are_dropped_and_that_is_said() -> None:
    picture = ["PHOTO;ENCODING=b;TYPE=JPEG:AAAA", *[" " + "B" * 70] * 20_000]
    record = one("FN:Erika", *picture, "TEL:1")
    assert record.tel == "1"
    assert record.notes == ("Bilder und Schlüssel der Karte werden nicht übernommen.",)
    bare = one("FN:Erika", "PHOTO;BASE64;JPEG:", "AAAA", "BBBB==", "", "TEL:1", version="2.1")
    assert bare.tel == "1"


def test_one_broken_card_costs_no_other() -> None:
    data = (
        card("FN:Eins")
        + b"BEGIN:VCARD\r\nFN:Ohne Ende\r\n"
        + card("FN:Drei")
        + card("TEL:5")
        + card("KIND:group", "FN:Verteiler", "MEMBER:urn:uuid:4711")
        + b"BEGIN:VCARD\r\nFN:Abgebrochen"
    )
    found = read_cards(data)
    assert [one.full_name for one in found.cards] == ["Eins", "Drei"]
    assert [bad.position for bad in found.bad] == [2, 4, 5, 6]
    assert found.bad[1].reason == "Die Karte hat weder Namen noch E-Mail-Adresse."


def test_one_broken_line_costs_no_other() -> None:
    record = one("FN:Erika", "Das ist keine Eigenschaft", "BDAY:gestern", "REV:99999999", "TEL:1")
    assert (record.tel, record.birthday_text, record.revised) == ("1", "gestern", None)
    assert record.notes == ("Zeile „Das ist keine Eigenschaft“ nicht verstanden.",)


def test_a_header_that_never_ends_takes_no_time() -> None:
    record = one("FN:Erika", "TEL;TYPE=a" + ",b" * 400 + '"', "TEL:1")
    assert record.tel == "1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = card("N:Müller;Jörg").decode().encode(encoding)
    assert read_cards(data).cards[0].family_name == "Müller"


def test_a_charset_named_by_the_line() -> None:
    data = card("N;CHARSET=IBM850:M@ller;J", version="2.1").replace(b"@", "ü".encode("cp850"))
    assert read_cards(data).cards[0].family_name == "Müller"


@pytest.mark.parametrize("data", [b"", b"Kein Wort", codecs.BOM_UTF16_LE + b"x", b"\x00" * 50])
def test_what_is_no_vcard_is_named(data: bytes) -> None:
    found = read_cards(data)
    assert not found.cards
    assert found.bad[0].reason == "Die Datei enthält keine vCard (BEGIN:VCARD fehlt)."


def test_a_card_too_large_is_named() -> None:
    found = read_cards(card("FN:Erika", *["TEL:1"] * 3000) + card("FN:Karl"))
    assert found.bad[0].reason == "Die Karte ist zu groß für eine Anschrift."
    assert [one.full_name for one in found.cards] == ["Karl"]


def test_too_many_cards_end_somewhere() -> None:
    found = read_cards(b"BEGIN:VCARD\nEND:VCARD\n" * (MAX_CARDS + 1))
    assert len(found.bad) == MAX_CARDS
    assert found.notes == ("Nach der 50.000. Karte wurde nicht weitergelesen.",)


def test_what_acts_on_a_terminal_is_made_harmless() -> None:
    record = one("FN:Erika\x1b[2J", "X-BOESE:\x9b31m", "NOTE:a\u202eb")
    told = repr((record.full_name, record.extra, record.note))
    assert "\\x1b" not in told
    assert "\\x9b" not in told
    assert "\\u202e" not in told


PIECES = st.sampled_from(
    [
        "BEGIN:VCARD",
        "END:VCARD",
        "FN:Erika",
        "N:B;E",
        "NOTE;ENCODING=QUOTED-PRINTABLE:=",
        "=C3=",
        " x",
        "ADR:;;;",
        "TEL;",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=30), max_size=12))
def test_whatever_comes_gives_clean_records(lines: list[str]) -> None:
    found = read_cards("\n".join(lines).encode("utf-8", "surrogatepass"))
    for record in found.cards:
        assert record.full_name == clean(record.full_name)
        assert record.note == clean(record.note, multiline=True, limit=20_000)
    assert [bad.reason for bad in found.bad if not bad.reason] == []
