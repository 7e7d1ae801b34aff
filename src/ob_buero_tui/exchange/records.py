"""Plain records of one e-mail, as the importer hands them to the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAttachment:
    """One attached file with the label it is shown under.

    Args:
        filename: Cleaned label, unique within its mail; never a path and never used as one.
        media_type: Declared type in lower case, such as ``application/pdf``.
        data: The decoded bytes; they are stored, never opened or run.
    """

    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRecord:
    """One e-mail with everything textual already cleaned.

    Args:
        message_id: Message-ID without its angle brackets, or "".
        in_reply_to: Message-ID of the answered mail, or "".
        references: Message-IDs of the thread, oldest first.
        subject: Subject, or „(ohne Betreff)“ in parentheses when there is none.
        sender_name: Display name of the sender, may be "".
        sender_address: Address of the sender, may be "".
        reply_to: Address that answers are asked to, "" when it is the sender's own.
        reply_to_name: Display name that goes with `reply_to`, may be "".
        to: Addresses of To and Cc, each once.
        date: Aware date of the Date header, None when missing or unreadable.
        body: Text of the message, lines separated by a newline.
        html_only: The text was made from HTML because there was no readable plain text.
        automatic: A machine wrote it: an absence note, a receipt, a newsletter.
        bounce: The mail reports that another mail was not delivered.
        attachments: Attached files, forwarded mails and inline pictures.
        notes: German sentences on everything that was guessed, repaired or cut.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    sender_name: str
    sender_address: str
    to: tuple[str, ...]
    date: datetime | None
    body: str
    html_only: bool
    bounce: bool
    attachments: tuple[MailAttachment, ...]
    notes: tuple[str, ...]
    reply_to: str = ""
    reply_to_name: str = ""
    automatic: bool = False
