"""Writes answers as mails: a draft that opens as unsent, or an address for the system's mail program."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal

MAILTO_LIMIT = 1800
"""Windows cuts a command at about 2,000 characters; a cut letter would leave without its end."""
_TEXT_LIMIT = limits.MAIL_BODY
_ADDRESS = re.compile(r"[!#$%&'*+/=?^_`{|}~A-Za-z0-9-]+(?:\.[!#$%&'*+/=?^_`{|}~A-Za-z0-9-]+)*")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]", re.ASCII)
_LINE, _WORD = 66, 42
"""Characters of a subject in one line of 78, and bytes in an encoded word of at most 75 characters."""
_NOBODY = "ob-buero.invalid"
_ID = re.compile(r"[!-;=?-~]{3,900}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name with its address; the name may be empty."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that goes with a mail."""

    name: str
    data: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A message about an appointment (iTIP) as a part of the mail itself, which calendars act on (RFC 6047).

    Args:
        data: The calendar file, in UTF-8.
        method: Its METHOD: REQUEST or CANCEL.
    """

    data: bytes
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDraft:
    """What a mail says.

    Args:
        sender: None leaves the sender to the mail program.
        message_id: Its own id, without angle brackets; so are those of the letters before.
        references: The letters before it in the exchange, the oldest first.
    """

    to: Mailbox
    subject: str
    body: str
    message_id: str
    sender: Mailbox | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    invitation: Invitation | None = None


def reply_subject(subject: str) -> str:
    """The subject of an answer: „Re: “ stands before it once, whatever stood there."""
    bare = re.sub(r"(?i)^(?:\s*(?:re|aw|antw?|wg|fwd?)\s*(?:\[\d+\])?:)+\s*", "", clean(subject, limit=300))
    return f"Re: {bare.strip()}".strip()


def draft_bytes(draft: MailDraft) -> bytes:
    """A mail as the bytes of an .eml file that Outlook and Thunderbird open as a draft.

    It has no Date: the mail program sets the day on which the mail really goes.

    Raises:
        Refusal: an address is none.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    if draft.sender is not None:
        mail["From"] = _header(draft.sender)
    mail["To"] = _header(draft.to)
    text = clean(draft.body, multiline=True, limit=_TEXT_LIMIT)
    mail.set_content(f"{text.rstrip()}\n", cte="quoted-printable")
    if draft.invitation is not None:
        told = {"method": draft.invitation.method, "charset": "utf-8"}
        mail.add_alternative(draft.invitation.data, maintype="text", subtype="calendar", params=told)
    for file in draft.enclosed:
        main, _, sub = file.media_type.partition("/")
        mail.add_attachment(file.data, maintype=main, subtype=sub, filename=clean(file.name, limit=100))
    return _ids(draft) + _subject(draft.subject) + mail.as_bytes()


def _subject(text: str) -> bytes:
    """The header of the subject.

    We encode it: CPython's folding drops a blank between two encoded words (RFC 2047, 6.2), and a subject
    would read „12.Müller“.
    """
    bare = " ".join(clean(text, limit=300).split())
    if bare.isascii() and len(bare) <= _LINE and "=?" not in bare:
        return f"Subject: {bare}\r\n".encode("ascii")
    parts, part = [], b""
    for char in bare:
        coded = char.encode("utf-8")
        if len(part) + len(coded) > _WORD:
            parts.append(part)
            part = b""
        part += coded
    words = [f"=?utf-8?b?{b64encode(one).decode('ascii')}?=" for one in (*parts, part)]
    return ("Subject: " + "\r\n ".join(words) + "\r\n").encode("ascii")


def _ids(draft: MailDraft) -> bytes:
    """The three headers of ids, one id to a line.

    The library would encode an id that is longer than a line, and no mail program joins such a letter to
    its exchange.
    """
    before = [one for one in (*draft.references, draft.in_reply_to) if _ID.fullmatch(one)]
    lines = [f"Message-ID: <{_id(draft.message_id)}>"]
    if _ID.fullmatch(draft.in_reply_to):
        lines.append(f"In-Reply-To: <{draft.in_reply_to}>")
    if before:
        lines.append("References: " + "\r\n ".join(f"<{one}>" for one in dict.fromkeys(before)))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def mailto_url(to: str, subject: str, body: str) -> str:
    """The address that opens the system's mail program with a letter in it (RFC 6068).

    Raises:
        Refusal: the address is none, or the letter is longer than mail programs take in this way.
    """
    text = clean(body, multiline=True, limit=_TEXT_LIMIT).rstrip().replace("\n", "\r\n")
    named = quote(clean(subject, limit=300).strip(), safe="")
    url = f"mailto:{quote(_spec(to), safe='@')}?subject={named}&body={quote(text, safe='')}"
    if len(url) > MAILTO_LIMIT:
        raise Refusal(
            "Der Text ist für die Übergabe an das Mailprogramm zu lang.",
            f"Mailprogramme nehmen so nur {number(MAILTO_LIMIT)} Zeichen an, mit Umlauten weniger;"
            f" es wären {number(len(url))}, und das Ende fehlte.",
            "Nehmen Sie den E-Mail-Entwurf (.eml), oder kopieren Sie den Text.",
        )
    return url


def is_address(text: str) -> bool:
    """Whether a text is one mail address."""
    local, _, domain = text.strip().rpartition("@")
    if not _ADDRESS.fullmatch(local):
        return False
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return _DOMAIN.fullmatch(ascii_domain) is not None


def _spec(address: str) -> str:
    if not is_address(address):
        raise Refusal(
            "Die E-Mail wurde nicht geschrieben.",
            f"„{clean(address, limit=80)}“ ist keine E-Mail-Adresse."
            if address.strip()
            else "Es fehlt die Adresse.",
            "Tragen Sie die Adresse ein, oder nehmen Sie einen Brief.",
        )
    local, _, domain = address.strip().rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def _header(mailbox: Mailbox) -> object:
    from email.headerregistry import Address

    return Address(display_name=clean(mailbox.name, limit=100).strip(), addr_spec=_spec(mailbox.address))


def id_domain(address: str) -> str:
    """The domain for the ids of our mails, in ASCII: that of the office's own address."""
    domain = address.strip().rpartition("@")[2]
    try:
        return domain.encode("idna").decode("ascii") or _NOBODY
    except UnicodeError:
        return _NOBODY


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f"no message id: {text!r}")
    return text


def references_of(references: Sequence[str], in_reply_to: str) -> tuple[str, ...]:
    """The references of an answer: those of its letter, then that letter; a long row loses its middle."""
    kept = [one for one in (*references, in_reply_to) if one]
    return tuple(dict.fromkeys(kept if len(kept) <= 20 else [kept[0], *kept[-19:]]))
