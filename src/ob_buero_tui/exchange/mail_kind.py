"""Recognises mails that machines send: delivery failures, receipts, automatic answers."""

from __future__ import annotations

import re

from ob_buero_tui.exchange.mail_headers import HeaderBlock
from ob_buero_tui.exchange.mail_parts import Part

_DAEMONS = frozenset({"mailer-daemon", "mail-daemon", "mailerdaemon"})
_FAILURE = re.compile(
    r"(?i)undeliver|unzustellbar|nicht zugestellt|delivery (?:status|fail|has failed|problem)|returned mail"
    r"|failure notice|mail delivery (?:failed|system)|delayed mail|zustellung fehlgeschlagen"
)

_ABSENT = re.compile(
    r"(?i)(?:automatische (?:antwort|antwortmail|abwesenheit\w*)|abwesenheits(?:notiz|assistent|meldung)"
    r"|abwesend\b|out of (?:the )?office|auto(?:matic)?[ -]?reply)"
)


def is_bounce(
    headers: HeaderBlock, root: Part, sender_address: str, subject: str, notes: dict[str, None]
) -> bool:
    """Tell whether a mail reports that another one was not delivered (RFC 3464 and what came before it).

    Receipts and automatic answers also travel with an empty return path; they are named in a note
    and do not count.

    Args:
        headers: Header block of the mail.
        root: Its MIME tree.
        sender_address: Address of the sender.
        subject: Cleaned subject.
        notes: Collects German sentences, used as an ordered set.
    """
    report = root.params.get("report-type", "").lower() if root.media_type == "multipart/report" else ""
    if report == "disposition-notification":
        notes["Das ist eine Lesebestätigung."] = None
        return False
    if report == "feedback-report":
        notes["Das ist eine Beschwerdemeldung eines E-Mail-Anbieters."] = None
        return False
    if _reports_failure(headers, root, sender_address, subject):
        notes["Das ist eine Unzustellbarkeitsmeldung: Eine gesendete E-Mail kam nicht an."] = None
        return True
    automatic = headers.first("auto-submitted").strip().lower()
    if automatic.startswith((b"auto-replied", b"auto-generated")):
        notes["Das ist eine automatisch erzeugte Nachricht."] = None
        return False
    if _empty_path(headers):
        notes["Das ist wohl eine Unzustellbarkeitsmeldung: Sie hat keinen Rückweg."] = None
        return True
    return False


def is_automatic(headers: HeaderBlock, root: Part, subject: str) -> bool:
    """Tell whether a machine wrote a mail: nobody answered by it (RFC 3834, RFC 2369 and older habits)."""
    submitted = headers.first("auto-submitted").strip().lower()
    return (
        (bool(submitted) and not submitted.startswith(b"no"))
        or headers.first("precedence").strip().lower() in (b"bulk", b"junk", b"auto_reply")
        or any(headers.first(name).strip() for name in ("list-unsubscribe", "x-autoreply", "x-autorespond"))
        or root.params.get("report-type", "").lower() == "disposition-notification"
        or _ABSENT.match(subject) is not None
    )


def _reports_failure(headers: HeaderBlock, root: Part, sender_address: str, subject: str) -> bool:
    local = sender_address.partition("@")[0].lower()
    return (
        root.media_type in ("multipart/report", "message/delivery-status")
        or any(child.media_type == "message/delivery-status" for child in root.children)
        or bool(headers.first("x-failed-recipients"))
        or local in _DAEMONS
        or (local in ("postmaster", "") and _FAILURE.search(subject) is not None and _empty_path(headers))
        or (local == "postmaster" and _FAILURE.search(subject) is not None)
    )


def _empty_path(headers: HeaderBlock) -> bool:
    """Tell whether the envelope sender is empty, as RFC 5321 4.5.5 asks of notifications."""
    paths = [value for name, value in headers.fields if name in ("return-path", "x-envelope-from")]
    return any(path.strip() == b"<>" for path in paths)
