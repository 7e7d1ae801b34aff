"""Letters that are no e-mails: a scan or document, and pasted text, each becomes a new request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import PurePath

from ob_buero_tui.exchange.records import MailAttachment, MailRecord
from ob_buero_tui.exchange.scan import Scan
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.letter_text import letter_date, subject_of
from ob_buero_tui.rules.pasted import Pasted, mailbox, read_pasted
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.written_dates import written_dates
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.keeping import store
from ob_buero_tui.services.intake.mail_plan import Prepared, prepare_mail
from ob_buero_tui.services.intake.mails import ImportedMail, SameMail, take_in, tell_taken
from ob_buero_tui.services.intake.source import Source, register_source
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace

TEXT_LIMIT = limits.SCAN_KEPT
PREVIEW_LIMIT = limits.SCAN_PREVIEW
"""Characters of a text that its preview reads, on every key: head and kind stand at its beginning."""
_NOTHING = MailRecord(
    message_id="", in_reply_to="", references=(), subject="", sender_name="", sender_address="", to=(),
    date=None, body="", html_only=False, bounce=False, attachments=(), notes=(),
)  # fmt: skip


def prepare_scan(place: Workplace, scan: Scan, data: bytes, name: str) -> Prepared:
    """What a scan would become: it came in today by letter, and its text is the letter's.

    Args:
        name: Of the file; it is the subject where the text names none.
    """
    file = MailAttachment(filename=clean(name, limit=120), media_type=scan.media_type, data=data)
    stem = " ".join(PurePath(name).stem.replace("_", " ").split())
    subject = subject_of(scan.text, scan.bold) or clean(stem, limit=150) or "Scan"
    mail = replace(_NOTHING, subject=subject, body=scan.text, attachments=(file,), notes=scan.notes)
    prepared = _prepare(place, mail, "Brief")
    written = letter_date(scan.text, place.today)
    return prepared if written is None else replace(
        prepared, mail=replace(prepared.mail, date=_instant(place, datetime.combine(written, time(0, 0))))
    )  # fmt: skip


@use_case("import_scan")
def import_scan(work: Work, prepared: Prepared, source: Source) -> ImportedMail:
    """Make a request of a scan or document.

    Raises:
        AlreadyImported: the same bytes came in meanwhile.
    """
    store(work.place.attachments, prepared.mail.attachments)
    register_source(work, source)
    done = take_in(work, prepared)
    tell_taken(work, [done])
    return done


@use_case("take_text")
def take_text(work: Work, text: str, subject: str = "", channel: str = "E-Mail") -> Done:
    """Make a request of pasted text; an e-mail's copied header lines name sender, day and subject.

    Args:
        subject: As typed; empty for the text's own.
        channel: The way it came in where the text does not say it.

    Raises:
        Refusal: there is no text, or this e-mail is there already.
    """
    what = "Der Text wurde nicht aufgenommen."
    shown = clean(text, multiline=True, limit=TEXT_LIMIT).strip()
    if not shown:
        raise Refusal(what, "Es steht nichts da.", "Bitte den Text noch einmal kopieren und einfügen.")
    pasted = read_pasted(shown)
    mail = _mail_of(work.place, pasted, subject)
    try:
        done = take_in(work, _prepare(work.place, mail, "E-Mail" if pasted.is_mail else channel))
    except SameMail as error:
        raise Refusal(what, "Diese E-Mail ist schon da.", "Suchen Sie sie mit /.") from error
    tell_taken(work, [done])
    return Done(ids=(done.request_id,), text=f"{done.number}: aufgenommen")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPreview:
    """What a pasted text would become; what it does not say is empty.

    Args:
        channel: The way it came in.
        received: The day it came in, as the text says; None: today.
        kind: The proposed kind's name.
    """

    channel: str
    sender: str
    subject: str
    received: date | None
    kind: str


def preview_text(place: Workplace, text: str, channel: str = "E-Mail") -> TextPreview | None:
    """What `take_text` would make of a text, nothing stored; None while there is none.

    Args:
        channel: The way it came in where the text does not say it.
    """
    shown = clean(text, multiline=True, limit=PREVIEW_LIMIT).strip()
    if not shown:
        return None
    pasted = read_pasted(shown)
    prepared = _prepare(place, _mail_of(place, pasted, ""), channel)
    mail = prepared.mail
    named = f"{mail.sender_name} <{mail.sender_address}>" if mail.sender_address else mail.sender_name
    sent = mail.date
    return TextPreview(
        channel="E-Mail" if pasted.is_mail else channel,
        sender=named.strip(),
        subject=mail.subject,
        received=place.local(sent).date() if sent is not None else None,
        kind=prepared.kind.label if prepared.kind is not None else "",
    )


def _mail_of(place: Workplace, pasted: Pasted, subject: str) -> MailRecord:
    """The letter that a text is."""
    said = pasted.headers
    name, address = mailbox(said.get("from", ""))
    reply_name, reply = mailbox(said.get("reply-to", ""))
    first = next((line.strip() for line in pasted.body.splitlines() if line.strip()), "")
    own = clean(subject, limit=300).strip() or said.get("subject", "") or subject_of(pasted.body) or first
    return replace(
        _NOTHING,
        message_id=said.get("message-id", "").strip("<> "),
        subject=clean(own, limit=150).strip() or "(ohne Betreff)",
        sender_name=clean(name, limit=200),
        sender_address=address,
        reply_to=reply,
        reply_to_name=reply_name,
        to=tuple(box for part in said.get("to", "").split(";") if (box := mailbox(part)[1])),
        date=_sent(place, said.get("date", "")),
        body=pasted.body,
    )


def _sent(place: Workplace, text: str) -> datetime | None:
    found = written_dates(text)
    if not found:
        from ob_buero_tui.exchange.mail_words import header_date

        return header_date(text.encode()) if text else None
    day: date = found[0].day
    return _instant(place, datetime.combine(day, found[0].start or time(0, 0)))


def _instant(place: Workplace, wall: datetime) -> datetime:
    return to_utc(wall, place.zone).astimezone(UTC)


def _prepare(place: Workplace, mail: MailRecord, channel: str) -> Prepared:
    return replace(prepare_mail(place.catalog, mail, place.clock(), place.zone), channel=channel)


@sentence("import_scan")
def _scanned(_params: Params) -> str:
    return "aus einem Dokument übernommen"


@sentence("take_text")
def _pasted(_params: Params) -> str:
    return "aus eingefügtem Text übernommen"
