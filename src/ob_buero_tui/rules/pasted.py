"""Text that somebody pasted: an e-mail with the header lines that mail programs copy along, or just words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LABELS: Mapping[str, str] = {
    "von": "from", "from": "from", "absender": "from",
    "gesendet": "date", "gesendet am": "date", "datum": "date", "date": "date", "sent": "date",
    "an": "to", "to": "to", "empfänger": "to", "cc": "cc", "kopie": "cc",
    "betreff": "subject", "subject": "subject", "betr.": "subject",
    "antwort an": "reply-to", "reply-to": "reply-to", "message-id": "message-id",
    "wichtigkeit": "", "priorität": "", "anlagen": "", "anhänge": "",
}  # fmt: skip
_LINE = re.compile(r"[ \t>*]*([A-Za-zÄÖÜäöü][A-Za-zÄÖÜäöü. -]{1,20}?)\*?[ \t]*:\*?[ \t]*(.*)")
_RULE = re.compile(r"(?i)[\s>]*(?:-{2,}.*|_{5,}|anfang der weitergeleiteten (?:nachricht|e-mail):?)?\s*")
_ADDRESS = re.compile(r"""(?:mailto:)?([^\s<>()\[\],;:"@]{1,64}@[^\s<>()\[\],;:"@]{1,255})""")
_SKIPPED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was pasted: the header's values by `from`, `date`, `to`, `subject`, and the text below it."""

    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    @property
    def is_mail(self) -> bool:
        """Whether it is an e-mail with its header."""
        return "from" in self.headers


def read_pasted(text: str) -> Pasted:
    """Take pasted text apart; without at least two header lines at its beginning all of it is the text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < min(len(lines), _SKIPPED) and _RULE.fullmatch(lines[at]):
        at += 1
    found: dict[str, str] = {}
    while at < len(lines):
        match = _LINE.fullmatch(lines[at])
        key = _LABELS.get(match[1].strip().lower()) if match else None
        if match is None or key is None:
            break
        if key:
            found.setdefault(key, match[2].strip())
        at += 1
    if len(found) < 2 or not found.keys() & {"from", "subject"}:
        return Pasted(body=text.strip())
    return Pasted(headers=found, body="\n".join(lines[at:]).strip())


def mailbox(value: str) -> tuple[str, str]:
    """Name and address of „Erika Beispiel <e@x.example.org>“ or „… [mailto:…]“; either may be empty."""
    found = _ADDRESS.search(value)
    if found is None:
        return value.strip(" \"'<>[]"), ""
    name = value[: found.start()].strip(" \"'<>[](;,")
    return name, found[1]
