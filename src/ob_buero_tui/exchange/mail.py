"""Reads an .eml file to a plain record; only what is no mail at all is refused."""

from __future__ import annotations

from datetime import datetime

from ob_buero_tui.exchange.mail_attachments import attachments
from ob_buero_tui.exchange.mail_body import read_body
from ob_buero_tui.exchange.mail_headers import HeaderBlock, read_headers
from ob_buero_tui.exchange.mail_kind import is_automatic, is_bounce
from ob_buero_tui.exchange.mail_parts import Splitter
from ob_buero_tui.exchange.mail_words import (
    MAX_ADDRESSES,
    Mailbox,
    header_date,
    header_text,
    mailboxes,
    message_id,
    message_ids,
    sender,
)
from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.refusals import Refusal

NO_SUBJECT = "(ohne Betreff)"
_SUBJECT_LIMIT = limits.MAIL_SUBJECT
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OUTLOOK_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Mails saved through other programs may carry a few foreign lines before their header.
_JUNK_LINES = limits.MAIL_JUNK
_WHAT = "Die Datei ist keine E-Mail."


def read_mail(data: bytes) -> MailRecord:
    """Read one e-mail in the format of RFC 5322, however broken it is.

    Args:
        data: Bytes of the .eml file.

    Raises:
        Refusal: Nothing of it is a mail: it is empty, binary, or has no header at all.
    """
    notes: dict[str, None] = {}
    data, start, headers = _intake(data, notes)
    splitter = Splitter(data)
    root = splitter.tree(headers, start)
    notes.update(splitter.notes)
    body = read_body(root, notes)
    box = _sender(headers, notes)
    subject = _subject(headers, notes)
    answer = _reply_to(headers, box)
    return MailRecord(
        message_id=message_id(headers.first("message-id")),
        in_reply_to=message_id(headers.first("in-reply-to")),
        references=message_ids(headers.first("references")),
        subject=subject,
        sender_name=box.name,
        sender_address=box.address,
        reply_to=answer.address,
        reply_to_name=answer.name,
        to=_recipients(headers, notes),
        date=_date(headers, notes),
        body=body.text,
        html_only=body.html_only,
        bounce=is_bounce(headers, root, box.address, subject, notes),
        automatic=is_automatic(headers, root, subject),
        attachments=attachments(body.attached, notes),
        notes=tuple(notes),
    )


def _intake(data: bytes, notes: dict[str, None]) -> tuple[bytes, int, HeaderBlock]:
    """Return the bytes to read, where the mail begins, and its header block; or refuse."""
    if not data.strip():
        raise Refusal(_WHAT, "Sie ist leer.", "Bitte die E-Mail noch einmal als .eml speichern.")
    if data.startswith(_UTF16_MARKS):
        data = data.decode("utf-16", errors="replace").encode("utf-8")
        notes["Die Datei war als UTF-16 gespeichert und wurde umgewandelt."] = None
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    start = _first_line(data)
    headers = read_headers(data, start, len(data), junk=0 if _is_binary(data) else _JUNK_LINES)
    if not headers.is_mail:
        raise Refusal(_WHAT, *_why_no_mail(data))
    if headers.cut:
        notes["Die Kopfzeilen sind ungewöhnlich lang; sie wurden nur zum Teil gelesen."] = None
    if headers.broken and headers.body_start < len(data):
        notes["Die Kopfzeilen sind beschädigt; wo der Text beginnt, wurde erraten."] = None
    return data, start, headers


def _first_line(data: bytes) -> int:
    """Return the offset of the first line that is not blank."""
    pos = 0
    while pos < len(data):
        stop = data.find(b"\n", pos) + 1 or len(data)
        if data[pos:stop].strip():
            return pos
        pos = stop
    return pos


def _why_no_mail(data: bytes) -> tuple[str, str]:
    if data.startswith(_OUTLOOK_MAGIC):
        return (
            "Sie ist im Format von Outlook (.msg) oder einem alten Office-Format gespeichert.",
            "Bitte der Datei die Endung .msg geben oder die E-Mail in Outlook als .eml speichern.",
        )
    again = "Bitte die E-Mail aus dem E-Mail-Programm als .eml speichern."
    if _is_binary(data):
        return "Sie enthält Binärdaten statt einer Nachricht.", again
    return "Ihr fehlen alle Kopfzeilen (Von, An, Betreff).", again


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:4096] or data.startswith((b"%PDF", b"PK\x03\x04"))


def _sender(headers: HeaderBlock, notes: dict[str, None]) -> Mailbox:
    """Return the sender, taken from another header when From names none."""
    box = sender(headers.first("from"))
    if headers.count("from") > 1:
        notes["Die Nachricht nennt mehrere Absender-Zeilen; die erste gilt."] = None
    if not box.address:
        for field in ("sender", "reply-to", "return-path", "x-envelope-from"):
            other = sender(headers.first(field))
            if other.address:
                notes[f"Der Absender war unlesbar oder fehlte; die Adresse stammt aus „{field.title()}“."] = (
                    None
                )
                return Mailbox(name=box.name or other.name, address=other.address)
        notes["Die Adresse des Absenders fehlt oder ist unlesbar."] = None
    if "@" in box.name and box.address and box.address.lower() not in box.name.lower():
        notes[f"Der Anzeigename „{box.name}“ nennt eine andere Adresse als die des Absenders."] = None
    if _raw_bytes(headers, "from") or _raw_bytes(headers, "subject"):
        notes["Absender oder Betreff nannten keinen Zeichensatz; er wurde erraten."] = None
    return box


def _raw_bytes(headers: HeaderBlock, name: str) -> bool:
    return not headers.first(name).isascii()


def _subject(headers: HeaderBlock, notes: dict[str, None]) -> str:
    text = header_text(headers.first("subject"), limit=_SUBJECT_LIMIT + 1)
    if not text:
        notes["Die Nachricht hat keinen Betreff."] = None
    if len(text) > _SUBJECT_LIMIT:
        notes["Der Betreff wurde nach 500 Zeichen abgeschnitten."] = None
    return " ".join(text[:_SUBJECT_LIMIT].split(" ")).strip() or NO_SUBJECT


def _reply_to(headers: HeaderBlock, box: Mailbox) -> Mailbox:
    """Return whom answers are to go to, both fields empty where it is the sender."""
    answer = sender(headers.first("reply-to"))
    return answer if answer.address.lower() not in ("", box.address.lower()) else Mailbox(name="", address="")


def _recipients(headers: HeaderBlock, notes: dict[str, None]) -> tuple[str, ...]:
    """Return the addresses of all To and Cc fields, each once, at most 500."""
    found: dict[str, str] = {}
    for name, raw in headers.fields:
        if name in ("to", "cc") and len(found) <= MAX_ADDRESSES:
            for box in mailboxes(raw):
                found.setdefault(box.address.lower(), box.address)
    found.pop("", None)
    if len(found) >= MAX_ADDRESSES:
        notes[f"Die Nachricht ging an sehr viele Empfänger; nur {MAX_ADDRESSES} wurden gelesen."] = None
    return tuple(found.values())[:MAX_ADDRESSES]


def _date(headers: HeaderBlock, notes: dict[str, None]) -> datetime | None:
    raw = headers.first("date")
    date = header_date(raw)
    if date is None:
        notes[
            "Das Datum der Nachricht fehlt." if not raw.strip() else "Das Datum der Nachricht ist unlesbar."
        ] = None
    return date
