"""Everything known of the contact under the cursor: forms of address, numbers, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.message import Message

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.services.people.views import ContactView, LinkLine
from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import block, pair

_IN_THE_NAME: Final = frozenset(
    ("Anrede", "Prädikat", "Akademische Grade", "Vorname", "Namenszusatz", "Nachname")
)
_IN_THE_ADDRESS: Final = frozenset(("Straße", "PLZ", "Ort", "Land"))
_IN_THE_HEAD: Final = ("Amt oder Funktion", "Mandat", "Art")
_FIRST: Final = ("Telefon", "Mobil", "Tel. privat", "E-Mail", "Vorzimmer", "Website")
_SHORT: Final = {"Telefon privat": "Tel. privat"}
_HOME: Final = ("Straße privat", "PLZ privat", "Ort privat")
_OWN: Final = "überschrieben"
SHOWN: Final = 12
"""Lines of one sort; Enter lists all of them."""


def links_of(view: ContactView) -> tuple[tuple[str, tuple[LinkLine, ...]], ...]:
    """What belongs to a contact, each sort with its heading, in the order of the panel."""
    members = "Mitgliedschaften" if view.table == "person" else "Mitglieder"
    return (
        (members, view.memberships),
        ("Vorgänge", view.requests),
        ("Termine", view.events),
        ("Vorlagen", view.papers),
        ("Sitzungen", view.meetings),
    )


def contact_lines(view: ContactView, width: int) -> list[Line]:
    """A contact as lines for a width in cells; its texts are cleaned here."""
    lines = _head(view, width) + _address(view, width)
    facts = _facts(view)
    first = [fact for wanted in _FIRST for fact in facts if fact[0] == wanted]
    hidden = _IN_THE_NAME | frozenset(_IN_THE_HEAD)
    if "postal_address" not in view.own:
        hidden |= _IN_THE_ADDRESS
    rest = [fact for fact in facts if fact not in first and fact[0] not in hidden]
    lines += _pairs("Erreichbar", first, width)
    for heading, links in links_of(view):
        lines += _links(heading, links, width)
    if view.notes:
        lines += [(), (("Notizen", "strong"),)]
        text = clean(view.notes, multiline=True, limit=20_000)
        lines += [((f"  {part}", ""),) for part in wrap(text, max(1, width - 2))]
    rank = [("Rang", f"{view.rank} (Begrüßung)")] if view.rank is not None else []
    lines += _pairs("Weitere Angaben", [*rank, *rest, ("Einstufung", line(view.confidentiality))], width)
    history = [f"{short_date(one.at.date())} {clock(one.at)} {one.desk}  {one.text}" for one in view.history]
    return lines + block("Verlauf", "strong", history, width)


def _facts(view: ContactView) -> list[tuple[str, str]]:
    """What is known as labels and values, with the address at home in one line."""
    known = {line(name): line(value, limit=600) for name, value in view.facts}
    street, code, town = (known.get(name, "") for name in _HOME)
    home = ", ".join(part for part in (street, f"{code} {town}".strip()) if part)
    facts = [(_SHORT.get(name, name), value) for name, value in known.items() if name not in _HOME]
    return [*facts, ("Privat", home)]


def _head(view: ContactView, width: int) -> list[Line]:
    facts = dict(view.facts)
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(view.title) or "(ohne Namen)", width)]
    known = " · ".join(line(facts[name]) for name in _IN_THE_HEAD if facts.get(name))
    lines += [((text, ""),) for text in wrap(known, width)]
    if view.deceased_on is not None:
        told = f"† verstorben am {long_date(view.deceased_on)}"
        lines += [((text, "error"),) for text in wrap(told, width)]
    for lock in view.locks:
        lines += [((text, "warning"),) for text in wrap(f"! gesperrt: {line(lock)}", width)]
    return lines


def _address(view: ContactView, width: int) -> list[Line]:
    """The address as it stands on an envelope, and both salutations; what the office set itself says so."""
    own = f"  {_OWN}" if "postal_address" in view.own else ""
    lines: list[Line] = [(), (("Anschrift", "strong"), (own, "accent"))]
    for part in view.address or ("keine",):
        lines += [((f"  {text}", ""),) for text in wrap(line(part), max(1, width - 2))]
    lines += [(), (("Anrede", "strong"),)]
    lines += _form("Brief", view.salutation, "salutation" in view.own, width)
    lines += _form("mündlich", view.spoken, "spoken_salutation" in view.own, width)
    if view.rule and not {"salutation", "spoken_salutation"} <= set(view.own):
        told = f"nach „{line(view.rule)}“" + (", noch nicht bestätigt" if view.unconfirmed else "")
        lines += [((f"  {text}", "quiet"),) for text in wrap(told, max(1, width - 2))]
    return lines


def _form(name: str, text: str, own: bool, width: int) -> list[Line]:
    if not text:
        return []
    found = [_indented(part) for part in pair(name, line(text), max(1, width - 2))]
    return [*found[:-1], (*found[-1], (f"  {_OWN}", "accent"))] if own else found


def _pairs(heading: str, facts: Iterable[tuple[str, str]], width: int) -> list[Line]:
    lines = [_indented(part) for name, value in facts for part in pair(name, value, max(1, width - 2))]
    return [(), ((heading, "strong"),), *lines] if lines else []


def _links(heading: str, links: Sequence[LinkLine], width: int) -> list[Line]:
    texts = [link.label for link in links[:SHOWN]]
    if len(links) > SHOWN:
        texts.append(f"… und {len(links) - SHOWN} weitere; Enter zeigt alle")
    return block(f"{heading} {len(links)}", "strong", texts, width)


def _indented(drawn: Line) -> Line:
    return (("  ", ""), *drawn)


class ContactPanel(LinesView):
    """The panel beside the list of people."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("open")]

    DEFAULT_CSS = """
    ContactPanel { padding: 0 0 0 1; }
    """

    class Opened(Message):
        """Enter on a contact that is read already."""

    def action_open(self) -> None:
        """Ask for one of the records that belong to it."""
        self.post_message(self.Opened())

    def show_contact(self, view: ContactView | None, *, empty: str, keep_place: bool = False) -> None:
        """Show a contact, or a calm sentence when there is none."""
        if view is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        self.border_title = label(view.title, limit=80)
        self.show(partial(contact_lines, view), keep_place=keep_place)
