"""What a mail would become: kind, dates, sender and exchange, found without writing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import Catalog, RequestKind
from ob_buero_tui.catalog.proposing import propose_kind
from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import join, long_date
from ob_buero_tui.services.intake.invitations import Invitation, invitation_of
from ob_buero_tui.services.intake.keeping import KeptFile, kept
from ob_buero_tui.services.intake.mail_events import calendar_notes
from ob_buero_tui.services.intake.requesters import Requester, find_requester
from ob_buero_tui.services.intake.senders import Sender, sender_of
from ob_buero_tui.services.intake.threads import Place, place_of
from ob_buero_tui.services.intake.web_form import fill

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""A date before this is a broken clock, not the day a letter was written."""

WORDS_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A mail with all that can be known of it without the database.

    Args:
        kind: The proposed kind, None where none fits.
        sender: Who speaks in it.
        received: When it came in, aware UTC.
        invitation: The appointment of an attached calendar file, empty where there is none.
        notes: German sentences on what was guessed or repaired.
        files: Its attachments as their rows will tell them.
        original_sha256: The hash under which its bytes lie as they came, "" where they are not kept.
        channel: The way it came in, a word of `CHANNELS`.
        fields: Values of the kind's fields that a web form filled.
    """

    mail: MailRecord
    sender: Sender
    kind: RequestKind | None
    received: datetime
    invitation: Invitation
    notes: tuple[str, ...]
    files: tuple[KeptFile, ...] = ()
    original_sha256: str = ""
    channel: str = "E-Mail"
    fields: Mapping[str, Any] = field(default_factory=dict)

    def lightened(self, original_sha256: str) -> Prepared:
        """The same without the attachments' bytes, which lie on the disk by now."""
        return replace(self, mail=replace(self.mail, attachments=()), original_sha256=original_sha256)

    @property
    def label(self) -> str:
        """The mail in a line of the report: „Grußwort (Vorschlag) „Betreff““."""
        kind = f"{self.kind.label} (Vorschlag)" if self.kind else "ohne Art"
        return f"{kind} „{shorten(self.mail.subject, 80)}“"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPlan:
    """What a mail is to become: who sent it, and where it stands among the requests there are."""

    prepared: Prepared
    requester: Requester
    place: Place
    notes: tuple[str, ...]


def prepare_mail(catalog: Catalog, mail: MailRecord, now: datetime, zone: str) -> Prepared:
    """Find out what needs no database, before the transaction.

    Args:
        now: The instant of the import, aware.
        zone: The office's time zone name.
    """
    notes = dict.fromkeys(mail.notes)
    kind = _kind(catalog, mail, notes)
    received = _received(mail, now, notes)
    invitation = invitation_of(mail, zone)
    filled = fill(None if mail.bounce else kind, mail.body)
    if invitation.start is None:
        invitation = replace(invitation, start=filled.start, end=filled.end, place=filled.place)
    sender = sender_of(mail)
    told = [sender.note] if sender.note and not mail.bounce else []
    return Prepared(
        mail=mail,
        sender=sender,
        kind=kind,
        received=received,
        invitation=invitation,
        notes=(*notes, *invitation.notes, *told, *filled.notes),
        files=kept(mail.attachments),
        fields=filled.values,
    )


def place_mail(session: Session, prepared: Prepared) -> MailPlan:
    """Find the sender and the exchange of letters in the database, writing nothing."""
    place = place_of(session, prepared.mail, frozenset(one.sha256 for one in prepared.files))
    notes = prepared.notes
    if place.double_of is not None:
        number = place.double_of[1]
        notes += (f"Möglicherweise doppelt: {number} hat dieselbe Message-ID, aber einen anderen Inhalt.",)
    notes += calendar_notes(session, prepared.invitation.records)
    requester = Requester() if prepared.mail.bounce else find_requester(session, prepared.sender)
    return MailPlan(prepared=prepared, requester=requester, place=place, notes=notes)


def _kind(catalog: Catalog, mail: MailRecord, notes: dict[str, None]) -> RequestKind | None:
    """The kind the words speak for; a bounce quotes our own letter, so its words say nothing."""
    if mail.bounce:
        return None
    names = [attachment.filename for attachment in mail.attachments]
    proposal = propose_kind(catalog, mail.subject, mail.body, names)
    if proposal is None:
        return None
    kind = catalog.kinds[proposal.kind]
    words = join([f"„{word}“" for word in proposal.words[:WORDS_NAMED]])
    notes[f"Art „{kind.label}“ vorgeschlagen wegen {words}."] = None
    return kind


def _received(mail: MailRecord, now: datetime, notes: dict[str, None]) -> datetime:
    """The mail's own date where it can be true, else the time of the import."""
    now = now.astimezone(UTC)
    wrong = ""
    if mail.date is not None and mail.date > now:
        wrong = "liegt in der Zukunft"
    elif mail.date is not None and mail.date < EARLIEST:
        wrong = "kann nicht stimmen"
    if mail.date is not None and not wrong:
        return mail.date.astimezone(UTC).replace(microsecond=0)
    if mail.date is not None:
        notes[f"Das Datum der Nachricht ({long_date(mail.date)}) {wrong}."] = None
    notes["Als Eingang gilt die Zeit des Imports."] = None
    return now.replace(microsecond=0)
