"""How the office's letters look: name, address, telephone and who signs, from letterhead.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BY_ORDER = "auftrag"
"""The key of who signs what nobody else does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs: the lines below the greeting; `{name}` is the clerk's name."""

    key: str
    label: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The office as its letters name it; all texts are one line and may be empty.

    Args:
        sender_line: The small line above the address, for the window of the envelope.
        names: Full names of the clerks by their initials.
        footer: Lines at the foot of the first page.
    """

    office: str = ""
    city: str = ""
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    tel: str = ""
    email: str = ""
    web: str = ""
    sender_line: str = ""
    footer: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    signatories: tuple[Signatory, ...] = ()

    def name_of(self, initials: str) -> str:
        """The full name of a clerk; the initials where the office has entered none."""
        return self.names.get(initials, initials)

    def signature(self, key: str, initials: str) -> tuple[str, ...]:
        """The lines below a letter's greeting; those of another signatory where there is none of this key."""
        found = next((one for one in self.signatories if one.key == key), None)
        found = found or next(iter(self.signatories), None)
        name = self.name_of(initials)
        return tuple(line.replace("{name}", name) for line in found.lines) if found is not None else (name,)
