"""An item typed as one line."""

from __future__ import annotations

import pytest

from ob_buero_tui.rules.agenda_line import TypedItem, parse_item
from ob_buero_tui.rules.refusals import Refusal


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("Haushalt 2027", TypedItem(title="Haushalt 2027")),
        ("N Verkauf  Am Hafen", TypedItem(title="Verkauf Am Hafen", public=False)),
        ("n: Stelle", TypedItem(title="Stelle", public=False)),
        ("- Stellenplan", TypedItem(title="Stellenplan", below=True)),
        ("- N Stelle|Personal", TypedItem(title="Stelle", public=False, below=True, general_name="Personal")),
        ("Neubau Kita", TypedItem(title="Neubau Kita")),
        ("N", TypedItem(title="N")),
    ],
)
def test_part_level_and_term_are_read_from_the_line(typed: str, item: TypedItem) -> None:
    """A word that only begins with N is a word."""
    assert parse_item(typed) == item


def test_the_part_is_the_one_that_was_shown_unless_the_line_says_otherwise() -> None:
    """„Ö“ before the title comes out of the non-public part."""
    assert not parse_item("Stelle", public=False).public
    assert parse_item("Ö Haushalt", public=False).public
    with pytest.raises(Refusal, match="fehlt der Titel"):
        parse_item(" - ")
