"""The record panel: head, findings that can be ticked, and the sections under the tabs."""

from __future__ import annotations

from widgets_kit import TODAY, Bare, at, finding, messages, question, record, screen_text, shown

from ob_buero_tui.rules.checks.model import Level
from ob_buero_tui.services.views import HistoryLine
from ob_buero_tui.tui.widgets.finding_list import FindingList
from ob_buero_tui.tui.widgets.record_panel import RecordPanel
from ob_buero_tui.tui.widgets.record_sections import Section, file_size, occasion, section_lines
from ob_buero_tui.tui.widgets.section_tabs import SectionTabs


async def test_head_findings_tabs_and_body() -> None:
    """The parts stand in their order and say what the record says."""
    panel = RecordPanel()
    app = Bare(panel)
    async with app.run_test(size=(100, 40)) as pilot:
        panel.show(record("Fest", important=True, proposed=True))
        await pilot.pause()
        text = screen_text(app)
        parts = [
            "Fest · Fest",
            "Fest (Vorschlag)",
            "» wichtig",
            "Eingang Mi 25.11. per Fest",
            "Anlass Sa 12.12.2026",
            "Prüfung",
            " ! Fest",
            " ? Neutralität",
            "Angaben",
            "Anhänge 1",
            "Aufgaben 1",
            "Anfragende",
        ]
        places = [text.index(part) for part in parts]
        assert places == sorted(places)


async def test_only_questions_are_ticked() -> None:
    """Space and Enter tick a question; on the finding of a rule they do nothing."""
    found, hook = messages(FindingList.Ticked)
    panel = RecordPanel()
    app = Bare(panel)
    async with app.run_test(size=(100, 40), message_hook=hook) as pilot:
        panel.show(record(findings=(finding(), question("neutral"), question("ort"))))
        app.query_one(FindingList).focus()
        await pilot.press("space", "enter")
        assert found == []
        assert "vom Büro noch zu bestätigen" in screen_text(app)
        await pilot.press("j", "space", "j", "enter")
        assert [message.key for message in found] == ["neutral", "ort"]
        panel.show(record(findings=(finding(), question("neutral"), question("ort"))))
        assert panel.current_finding is not None
        assert panel.current_finding.key == "ort"


async def test_sections_change_by_key_and_mouse() -> None:
    """h and l go round, a click picks, and the section stays for the next request."""
    found, hook = messages(RecordPanel.SectionChosen)
    panel = RecordPanel()
    app = Bare(panel)
    async with app.run_test(size=(100, 40), message_hook=hook) as pilot:
        panel.show(record())
        app.query_one(FindingList).focus()
        await pilot.press("l", "l", "h", "h", "h")
        assert panel.section is Section.VERLAUF
        tabs = app.query_one(SectionTabs)
        await pilot.click(tabs, offset=(shown(tabs)[0].index("Nachricht"), 0))
        assert panel.section is Section.NACHRICHT
        panel.show(record(id=2, body="Guten Tag,\n> früher\nGruß"))
        await pilot.pause()
        assert "Guten Tag," in screen_text(app)
        assert len(found) == 6


async def test_no_record() -> None:
    """Without a record only a calm sentence is left."""
    panel = RecordPanel()
    app = Bare(panel)
    async with app.run_test(size=(60, 20)) as pilot:
        panel.show(record())
        panel.show(None, empty="Alles bearbeitet.")
        await pilot.pause()
        text = screen_text(app)
        assert "Alles bearbeitet." in text
        assert "Prüfung" not in text
        assert "Angaben" not in text


async def test_long_findings_scroll_with_the_cursor() -> None:
    """Findings are wrapped, never cut, and the one under the cursor is in sight."""
    panel = RecordPanel()
    app = Bare(panel)
    many = tuple(finding(f"k{n}", text=f"Regel {n} " + "wort " * 30 + f"Ende{n}") for n in range(8))
    async with app.run_test(size=(60, 24)) as pilot:
        panel.show(record(findings=many))
        app.query_one(FindingList).focus()
        for _ in range(7):
            await pilot.press("j")
        assert "Ende7" in screen_text(app)


def test_sections_say_when_they_are_empty() -> None:
    """Every section has lines, also without content."""
    bare = record(
        body=" ", attachments=(), tasks=(), history=(), fields=(), events=(), thread=(), notes=(),
        requester="", organization="", contact="",
    )  # fmt: skip
    for section in Section:
        assert len(section_lines(bare, section, 40)) == 1


def test_history_and_sizes() -> None:
    """An undone step is struck and says so; sizes are German."""
    undone = HistoryLine(at=at("2026-11-24T09:05"), desk="KL", text="zugesagt", undone=True)
    ((stamp, what),) = section_lines(record(history=(undone,)), Section.VERLAUF, 80)
    assert stamp[0].split() == ["Di", "24.11.", "09:05", "KL"]
    assert what == ("zugesagt (zurückgenommen)", "struck")
    assert [file_size(size) for size in (812, 24_300, 3_140_000)] == ["812 Byte", "24 kB", "3,1 MB"]
    several = record(event_start=at("2026-12-12T15:00"), event_end=at("2026-12-13T01:00"), event_place="Saal")
    assert occasion(several) == "Anlass Sa 12.12.2026 15:00 bis So 13.12.2026 01:00, Saal"
    assert TODAY.year == 2026
    assert finding().level is Level.WARN


async def test_another_request_begins_with_its_first_finding() -> None:
    """A scrolled check list must not hide the first finding of the next request."""
    many = tuple(question(f"frage{number}") for number in range(40))
    panel = RecordPanel()
    app = Bare(panel)
    async with app.run_test(size=(100, 24)) as pilot:
        panel.show(record(id=1, findings=many))
        await pilot.pause()
        the_list = app.query_one(FindingList)
        the_list.focus()
        await pilot.press("G")
        assert the_list.scroll_offset.y > 0
        panel.show(record(id=2, findings=many[:30]))
        await pilot.pause()
        assert the_list.scroll_offset.y == 0
