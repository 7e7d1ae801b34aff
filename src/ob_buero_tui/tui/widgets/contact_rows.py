"""People and bodies in a list, as an address book shows them: name, function, phone, more with more room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from ob_buero_tui.services.people.views import ContactRow
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, fit

DECEASED, LOCKED = ("†", "verstorben"), ("!", "gesperrt")
"""Sign and word."""
_LEAD = 4
_TEL = 17
_NAME = 22
_LONG_NAME = 29
"""With room for it even a double name with its title stands whole."""


@dataclass(frozen=True, slots=True)
class ContactColumns:
    """Widths in cells; a column without room has none."""

    name: int
    detail: int
    organization: int
    locality: int
    tel: int


def contact_columns(width: int) -> ContactColumns:
    """The columns of a list that is `width` cells wide inside its border.

    The phone is what most people look up, so it stays longest; then come function, town, and organization.
    """
    room = max(8, width - _LEAD)
    tel = _TEL if room >= _NAME + _TEL else 0
    rest = room - tel
    detail = locality = organization = 0
    if rest >= _NAME + 14:
        detail = rest * 2 // 5
    if rest >= 66:
        locality = 20
        detail = (rest - locality) * 2 // 5
    if rest >= 88:
        locality = 22
        detail = organization = (rest - locality - _LONG_NAME) // 2
    return ContactColumns(
        name=rest - detail - locality - organization,
        detail=detail,
        organization=organization,
        locality=locality,
        tel=tel,
    )


def heading(width: int, *, bodies: bool) -> list[Run]:
    """The names of the columns.

    Args:
        bodies: Whether bodies are listed, not people.
    """
    cols = contact_columns(width)
    names = ("Name", "Art", "Kurzname") if bodies else ("Name", "Funktion", "Organisation")
    widths = (cols.name, cols.detail, cols.organization)
    texts = [fit(name, size) for name, size in zip(names, widths, strict=True)]
    return [(" " * _LEAD + "".join([*texts, fit("Ort", cols.locality), fit("Telefon", cols.tel)]), "quiet")]


def draw_contact(row: ContactRow, width: int, marked: bool, _today: date | None) -> list[Run]:
    """One person or body as runs for a width in cells, as `RecordList` asks for it."""
    cols = contact_columns(width)
    sign, word, tone = " ", "", ""
    if row.deceased:
        (sign, word), tone = DECEASED, "quiet"
    elif row.locked:
        (sign, word), tone = LOCKED, "warning"
    detail = line(row.detail or ("" if cols.organization else row.organization))
    return [
        ("▌", "bar"),
        (sign, tone),
        ("x " if marked else "  ", "accent"),
        *_name_and_detail(line(row.name) or "(ohne Namen)", detail, (word, tone), cols),
        (_cell(row.organization, cols.organization), "quiet"),
        (_cell(row.locality, cols.locality), "quiet"),
        (fit(line(row.tel), cols.tel), ""),
    ]


def _name_and_detail(name: str, detail: str, word: Run, cols: ContactColumns) -> list[Run]:
    if not cols.detail:
        return _name(name, *word, cols.name)
    if not detail and not word[0]:  # a long name may have the room
        return _name(name, "", "", cols.name + cols.detail)
    return [*_name(name, "", "", cols.name), *_detail(detail, *word, cols.detail)]


def _name(name: str, word: str, tone: str, width: int) -> list[Run]:
    """The name; where no column follows, behind it what the sign at the edge means."""
    if not word:
        return [(_cell(name, width), "")]
    shown = min(cell_len(name), max(8, width - len(word) - 2))
    return [(fit(name, shown), ""), (fit(f" {word}", width - shown), tone)]


def _detail(detail: str, word: str, tone: str, width: int) -> list[Run]:
    """The function, and before it what the sign at the edge means."""
    if not word or not width:
        return [(_cell(detail, width), "quiet")]
    rest = f" · {detail}" if detail else ""
    return [(word, tone), (_cell(rest, width - len(word)), "quiet")]


def _cell(text: str, width: int) -> str:
    """A text with a space behind it, so that columns never touch."""
    return fit(line(text), width - 1) + " " if width > 1 else ""
