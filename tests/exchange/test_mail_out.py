"""Answers as mails, parsed back with the standard library; hostile text stays in its field."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.exchange.mail_out import (
    Enclosed,
    Mailbox,
    MailDraft,
    draft_bytes,
    is_address,
    mailto_url,
    references_of,
    reply_subject,
)
from ob_buero_tui.rules.refusals import Refusal

TEXT = "Sehr geehrte Frau Müller-Özdemir,\n\nvielen Dank für Ihre „Einladung“. " + "Wort " * 400 + "\n\nGrüße"


def draft(**given: object) -> MailDraft:
    values: dict[str, object] = {
        "to": Mailbox(address="anna@verein.example.org", name="Anna Müller-Özdemir, Vorsitz"),
        "sender": Mailbox(address="ob-buero@stadt.example.org", name="OB-Büro"),
        "subject": "Re: Einladung zum Fest – 100 Jahre",
        "body": TEXT,
        "message_id": "abc.1@stadt.example.org",
        "in_reply_to": "einladung@verein.example.org",
        "references": ("vorher@verein.example.org",),
    }
    return MailDraft(**(values | given))  # type: ignore[arg-type]


def parsed(data: bytes) -> EmailMessage:
    mail = message_from_bytes(data, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_draft_opens_unsent_and_keeps_every_letter() -> None:
    data = draft_bytes(draft())
    mail = parsed(data)
    assert mail["X-Unsent"] == "1"
    assert mail["Date"] is None
    assert mail["To"].addresses[0].display_name == "Anna Müller-Özdemir, Vorsitz"
    assert mail["To"].addresses[0].addr_spec == "anna@verein.example.org"
    assert mail["From"].addresses[0].addr_spec == "ob-buero@stadt.example.org"
    assert mail["Subject"] == "Re: Einladung zum Fest – 100 Jahre"
    assert mail["Message-ID"] == "<abc.1@stadt.example.org>"
    assert mail["In-Reply-To"] == "<einladung@verein.example.org>"
    assert mail["References"] == "<vorher@verein.example.org> <einladung@verein.example.org>"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail.get_content().replace("\r\n", "\n").rstrip() == TEXT
    assert max(map(len, data.split(b"\r\n"))) < 998
    data.decode("ascii")


def test_long_ids_stay_as_they_are() -> None:
    long = "4112PR45MB54366B94EE42185735744AF7F09C@mail.kinderhospizdienst-wehreland.example.org"
    data = draft_bytes(draft(in_reply_to=long, references=tuple(f"{n}.{long}" for n in range(19))))
    assert f"\r\nIn-Reply-To: <{long}>\r\n".encode() in data
    ids = parsed(data)["References"].split()
    assert (len(ids), ids[0], ids[-1]) == (20, f"<0.{long}>", f"<{long}>")
    assert all(len(line) < 998 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("wrong", ["a b", "x>\r\nBcc: c@d.de", "ä@b.de", "", "a\x00b"])
def test_an_id_that_is_none_is_left_out(wrong: str) -> None:
    mail = parsed(draft_bytes(draft(in_reply_to=wrong, references=(wrong,))))
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None
    assert mail["Bcc"] is None


def test_an_enclosed_letter_comes_back_as_it_was() -> None:
    mail = parsed(draft_bytes(draft(enclosed=(Enclosed(name="Brief Müller.pdf", data=b"%PDF-1.7\x00"),))))
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("Brief Müller.pdf", "application/pdf")
    assert file.get_content() == b"%PDF-1.7\x00"


def test_hostile_words_add_no_header() -> None:
    bad = "X\r\nBcc: alle@example.org\x1b]0;x\x07\n\nText"
    mail = parsed(draft_bytes(draft(subject=bad, to=Mailbox(address="a@b.example.org", name=bad), body=bad)))
    assert mail["Bcc"] is None
    assert len(mail["To"].addresses) == 1
    assert "\x1b" not in mail.get_content()


@given(subject=st.text(max_size=120), name=st.text(max_size=60), body=st.text(max_size=300))
def test_whatever_is_written_is_one_mail_with_one_recipient(subject: str, name: str, body: str) -> None:
    mail = parsed(
        draft_bytes(draft(subject=subject, body=body, to=Mailbox(address="a@b.example.org", name=name)))
    )
    assert [one.addr_spec for one in mail["To"].addresses] == ["a@b.example.org"]
    assert {key.lower() for key in mail} <= {
        "x-unsent", "from", "to", "subject", "message-id", "in-reply-to", "references",
        "content-type", "content-transfer-encoding", "mime-version",
    }  # fmt: skip


def test_what_is_no_address_is_refused() -> None:
    assert is_address("müll@bücher.example.org") is False
    assert is_address("info@bücher.example.org")
    for wrong in ("", "a@b", "a b@c.de", "a@b.de, c@d.de", "<a@b.de>", "a@b.de\nBcc: c@d.de"):
        assert not is_address(wrong)
        with pytest.raises(Refusal, match="E-Mail"):
            draft_bytes(draft(to=Mailbox(address=wrong)))


def test_the_mail_program_gets_the_text_or_a_refusal_but_never_half_of_it() -> None:
    url = mailto_url("anna@verein.example.org", "Re: Fest & Feier?", "Zeile 1 – „ä“\n\nZeile 2 #x&y=z")
    parts = urlsplit(url)
    assert unquote(parts.path) == "anna@verein.example.org"
    query = parse_qs(parts.query)
    assert query == {"subject": ["Re: Fest & Feier?"], "body": ["Zeile 1 – „ä“\r\n\r\nZeile 2 #x&y=z"]}
    with pytest.raises(Refusal, match="zu lang"):
        mailto_url("anna@verein.example.org", "Re: Fest", TEXT)


@pytest.mark.parametrize("subject", ["Fest", "Re: Fest", "AW: Fest", "Re: AW: WG: Fest", "RE[2]: Fest"])
def test_an_answer_says_re_once(subject: str) -> None:
    assert reply_subject(subject) == "Re: Fest"


def test_a_long_exchange_keeps_its_beginning_and_its_end() -> None:
    row = references_of([f"{n}@x" for n in range(50)], "letzte@x")
    assert (row[0], row[-1], len(row)) == ("0@x", "letzte@x", 20)


@given(
    st.lists(
        st.sampled_from(["12.", "Müller", "Re:", "Grüße", "–", "Straßenfest", "a" * 70, "=?utf-8?q?x?="]),
        min_size=1,
    )
)
def test_a_subject_keeps_every_blank(words: list[str]) -> None:
    """Read by the older decoder, which many mail programs resemble, as well as by the newer one."""
    subject = " ".join(words)[:300].strip()
    data = draft_bytes(draft(subject=subject))
    raw = message_from_bytes(data)["Subject"]
    joined = "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii")
        for part, charset in decode_header(raw)
    )
    assert joined == subject
    assert parsed(data)["Subject"] == subject
    head = data.split(b"Subject: ")[1].split(b"\r\nX-Unsent")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
