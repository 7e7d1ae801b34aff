"""Every real mail of the corpus is read or cleanly refused, within its time."""

from __future__ import annotations

import time
from pathlib import Path

from ob_buero_tui.exchange.mail import read_mail
from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules.refusals import Refusal

# Files that are no mail; every other one has to be read. So far each has at least a header.
REFUSED: frozenset[str] = frozenset()
BOUNCES = frozenset(
    {
        "bounce__broken-mime.eml",
        "bounce__delayed-broken.eml",
        "bounce__delayed.eml",
        "bounce__gmail-invalid-address.eml",
        "bounce__gmail-no-dns.eml",
        "bounce__mailbox-full.eml",
        "bounce__no-mx.eml",
        "bounce__office365.eml",
        "bounce__zed.eml",
    }
)
# Mails that hold no text at all: an empty multipart, a bare file, a text declared as application/plain.
NO_TEXT = frozenset({"false-multipart.eml", "outlook-express.eml", "signed.eml"})
NO_SENDER = frozenset({"attached-pdf.eml", "bounce__delayed-broken.eml"})
SECONDS = 30


def _read_all(corpus: Path) -> dict[str, MailRecord | Refusal]:
    found: dict[str, MailRecord | Refusal] = {}
    for path in sorted((corpus / "eml" / "flanker").glob("*.eml")):
        data = path.read_bytes()
        started = time.process_time()
        try:
            found[path.name] = read_mail(data)
        except Refusal as refused:
            found[path.name] = refused
        assert time.process_time() - started < SECONDS, path.name
    assert len(found) >= 46
    return found


def test_corpus_is_read_or_refused_as_the_tables_say(corpus: Path) -> None:
    found = _read_all(corpus)
    read = {name: record for name, record in found.items() if isinstance(record, MailRecord)}
    assert set(found) - set(read) == REFUSED
    assert {name for name, record in read.items() if record.bounce} == BOUNCES
    assert {name for name, record in read.items() if not record.body} == NO_TEXT
    assert {name for name, record in read.items() if not record.sender_address} == NO_SENDER


def test_corpus_samples_hold_what_their_authors_wrote(corpus: Path) -> None:
    folder = corpus / "eml" / "flanker"
    forwarded = read_mail((folder / "enclosed.eml").read_bytes())
    assert [a.filename for a in forwarded.attachments] == ["thanks.eml"]
    assert len(read_mail((folder / "mailgun-pic.eml").read_bytes()).attachments) == 1
    assert read_mail((folder / "from-encoding.eml").read_bytes()).sender_name == "Ingo Lütkebohle"
    assert read_mail((folder / "encoded-header.eml").read_bytes()).sender_name == "Foo, Bar"
    assert "по-русски" in read_mail((folder / "bilingual-simple.eml").read_bytes()).body
