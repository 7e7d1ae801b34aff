"""Small things in what blocks and panels say: no hanging signs, lanes by start, addresses in one piece."""

from __future__ import annotations

from widgets_kit import TODAY, event

from ob_buero_tui.tui.widgets.agenda_list import event_row
from ob_buero_tui.tui.widgets.day_layout import blocks
from ob_buero_tui.tui.widgets.day_text import block_lines
from ob_buero_tui.tui.widgets.drawing import fit, wrap
from ob_buero_tui.tui.widgets.record_sections import _pairs


def test_no_line_of_a_block_ends_in_a_hanging_sign() -> None:
    shown = event("a", "10:00", "12:00", "Empfang", location="Altes Rathaus", attendee="Dr. Sander")
    for width in range(1, 60):
        for rows in range(1, 6):
            for each in block_lines(shown, width, rows, 30):
                text = "".join(part for part, _ in each).rstrip()
                assert not text.endswith((" ·", "·…")), (width, rows, text)


def test_in_one_row_the_earlier_start_stands_left() -> None:
    late = event("late", "08:25", "10:00")
    early = event("early", "08:00", "08:30")
    placed = blocks([early, late], TODAY, first_hour=7, slot=30, rows=26)
    assert [(each.event.id, each.lane) for each in placed] == [("early", 0), ("late", 1)]
    assert all(each.lanes == 2 for each in placed)


def test_what_only_touches_in_rows_keeps_its_own_lane_count() -> None:
    placed = blocks(
        [event("one", "08:00", "08:30"), event("two", "08:30", "09:00")],
        TODAY,
        first_hour=7,
        slot=30,
        rows=26,
    )
    assert [each.lanes for each in placed] == [1, 1]


def test_a_long_address_is_divided_before_its_at_sign() -> None:
    lines = _pairs([("Kontakt", "07751 123, hannelore.musterfrau@verein.example.org")], 36)
    texts = ["".join(part for part, _ in each).strip() for each in lines]
    assert texts[1:] == ["hannelore.musterfrau", "@verein.example.org"]
    assert wrap("cache/ob-buero/sicherungen/demo-2026.sqlite", 20) == [
        "cache/ob-buero/",
        "sicherungen/demo-",
        "2026.sqlite",
    ]
    assert wrap("telefonzentrale@stadt-lindenau.example.org", 30) == [
        "telefonzentrale",
        "@stadt-lindenau.example.org",
    ]
    assert wrap("Donaudampfschifffahrt", 10) == ["Donaudampf", "schifffahr", "t"]
    wide = _pairs([("Kontakt", "hannelore.musterfrau@verein.example.org")], 60)
    assert len(wide) == 1


def test_what_is_cut_ends_in_no_hanging_sign() -> None:
    assert fit("seit Mi 25.11. · Bitte um Rückruf", 18) == "seit Mi 25.11.…   "
    assert fit("seit Mi 25.11. · Bitte um Rückruf", 20) == "seit Mi 25.11. · Bi…"
    assert fit("日本語 · 日本語", 9) == "日本語…  "


def test_the_list_of_appointments_uses_its_width() -> None:
    shown = event("a", "10:00", "12:00", "Gespräch mit Investorengruppe", confidentiality="vertraulich")
    for width in (77, 110):
        text = "".join(part for part, _ in event_row(shown, width))
        assert "Gespräch mit Investor" in text
        assert text.endswith("vertraulich ") is (width == 77), "a narrow list leaves out the number"
        assert "vertraulich" in text
