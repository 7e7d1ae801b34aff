"""Who speaks in a mail: its sender, or the person who filled in the web form that a machine sent on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.gender import split_form
from ob_buero_tui.services.intake.names import Name, split_name

_LABELS = {
    "name": "name|vor- und (?:nach|zu)name|vorname(?: und |, ?| )nachname|name, ?vorname",
    "given": "vorname",
    "family": "nachname|familienname|zuname",
    "form": "anrede",
    "prefix": "titel|akademischer (?:grad|titel)",
    "email": "e-?mail(?:-?adresse)?|mail",
    "tel": r"telefon(?:nummer)?|tel\.?|rufnummer",
    "mobile": "mobil(?:telefon|nummer)?|handy(?:nummer)?",
}
_NOBODY = re.compile(
    r"(?i)(?:^|[._-])(?:news(?:letter)?|mailing|fax(?:server|gateway)?|scan(?:ner|station)?|mfp|drucker|kopierer"
    r"|web(?:server|master|mailer)|www(?:-?data)?|wordpress|apache|root|cron|robot|bot|automat\w*|mailer|bounces?"
    r"|(?:mailer-)?daemon|postmaster|notifications?|benachrichtigung(?:en)?|alerts?|versand|system)(?:$|[._-])"
)
_LINES = {
    name: re.compile(
        rf"(?im)^[ \t]*(?:ihre? )?(?:{label})[ \t]*\*?(?:\([^()\n]{{0,40}}\))?\*?[ \t]*:[ \t]*(\S.*)$"
    )
    for name, label in _LABELS.items()
}
_MACHINE = re.compile(
    r"(?i)formular|(?:^|[._-])(?:web)?forms?(?:$|[._-])|(?:no|do-?not)[._-]?reply|(?:nicht|keine)[._-]?antwort"
)
_ADDRESS = re.compile(r"""[^\s<>()\[\],;:"@]{1,64}@[^\s<>()\[\],;:"@]{1,255}""")
_READ = 20_000
"""Characters of a letter in which the lines of a form are looked for; they stand at its beginning."""
_NAME_LIMIT, _TEL_LIMIT = limits.SENDER_NAME, limits.SENDER_TEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who speaks in a mail.

    Args:
        address: E-mail address in lower case, "" when there is none.
        tel: A telephone number from a labelled line of a form, else "".
        note: A German sentence on where this comes from when it is not the mail's From, else "".
    """

    name: Name
    address: str
    tel: str = ""
    note: str = ""

    @property
    def is_machine(self) -> bool:
        """Whether nobody sits at this address: newsletters, fax and scan servers, „no-reply“."""
        local = self.address.partition("@")[0]
        return not self.note and any(one.search(local) for one in (_MACHINE, _NOBODY))


def sender_of(mail: MailRecord) -> Sender:
    """The sender of a mail; of a web form the person who filled it in, as Reply-To or the text name them."""
    plain = Sender(name=split_name(mail.sender_name), address=mail.sender_address.strip().lower())
    if _MACHINE.search(plain.address.partition("@")[0]) is None:
        return plain
    form = _filled_in(mail.body[:_READ])
    whole = bool(form.address and form.name.family)
    if not (whole or _is_own(mail, plain.address)):
        return plain
    answer = mail.reply_to.strip().lower()
    if answer:
        same = form if form.address in ("", answer) else Sender(name=Name(), address="")
        name = same.name if same.name.family else split_name(mail.reply_to_name)
        return Sender(
            name=name,
            address=answer,
            tel=same.tel,
            note="Aus einem Online-Formular: Anfragende ist die Person, an die die Antwort gehen soll.",
        )
    if form.name.family or form.address not in ("", plain.address):
        note = "Aus einem Online-Formular: Name und Adresse der Anfragenden stammen aus dem Text."
        return replace(form, note=note)
    return plain


def _is_own(mail: MailRecord, address: str) -> bool:
    """Whether a machine sits in the domain that the mail went to, or one below or above it."""
    own = address.rpartition("@")[2]
    others = {to.rpartition("@")[2].lower() for to in mail.to}
    return any(
        f".{own}".endswith(f".{other}") or f".{other}".endswith(f".{own}") for other in others if other
    )


def _filled_in(body: str) -> Sender:
    """What the labelled lines of a form say; the first line of each label counts."""
    found = {name: match[1].strip() for name, line in _LINES.items() if (match := line.search(body))}
    form, titles = split_form(found.get("form", "")[:_NAME_LIMIT].split())
    name = _name(found)
    address = _ADDRESS.search(found.get("email", ""))
    tel = found.get("tel") or found.get("mobile", "")
    return Sender(
        name=replace(
            name,
            form=name.form or form,
            prefix=name.prefix or found.get("prefix", "")[:_TEL_LIMIT] or (" ".join(titles) if form else ""),
        ),
        address=address[0].lower() if address else "",
        tel=tel[:_TEL_LIMIT] if sum(map(str.isdecimal, tel)) >= 3 else "",
    )


def _name(found: dict[str, str]) -> Name:
    if "given" in found and ("family" in found or "name" in found):
        family = split_name(found.get("family") or found["name"])
        return replace(family, given=found["given"][:_NAME_LIMIT])
    return split_name((found.get("family") or found.get("name", ""))[:_NAME_LIMIT])
