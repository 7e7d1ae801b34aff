"""One request beside its list: head, Prüfung, and the sections under the tabs."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.rules.checks.model import Finding
from ob_buero_tui.services.views import RecordView
from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, Toned, wrap
from ob_buero_tui.tui.widgets.finding_list import FindingList
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.record_sections import Section, head_lines, section_lines, summary, tab_label
from ob_buero_tui.tui.widgets.section_tabs import SectionTabs

_SECTIONS = tuple(Section)
_HEAD_LINES = 9
_TALL = 28


class RecordHead(Toned):
    """The head lines of a request, as many as it needs and no more than fit."""

    DEFAULT_CSS = """
    RecordHead { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._record: RecordView | None = None
        self._sentence = ""

    def show(self, record: RecordView | None, sentence: str = "") -> None:
        """Show a request, or a sentence when there is none."""
        self._record, self._sentence = record, sentence
        self.refresh(layout=True)

    def _lines(self, width: int) -> list[Line]:
        width = max(1, width - 2)
        if self._record is None:
            return [(), *(((text, "quiet"),) for text in wrap(line(self._sentence), width))]
        return head_lines(self._record, width)[:_HEAD_LINES]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the head needs at this width."""
        return max(1, len(self._lines(width)))

    def render_line(self, y: int) -> Strip:
        """One line of the head."""
        width = self.size.width
        lines = self._lines(width)
        return self.strip(((" ", ""), *lines[y]) if y < len(lines) else (), width)


class RecordPanel(Vertical):
    """A request with its checks and sections; h and l change the section, Tab the pane."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("move_left", "move_right")]
    DEFAULT_CSS = """
    RecordPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        &:focus-within { border: solid $line-focus; }
        & > #record-rule { height: 1; }
        & > FindingList { max-height: 40%; }
        & > LinesView { height: 1fr; padding: 0 0 0 1; }
        &.-tall > #record-rule, &.-tall > SectionTabs { margin: 1 0 0 0; }
        &.-tall > LinesView { margin: 1 0 0 0; }
        &.-none > FindingList, &.-none > #record-rule { display: none; }
        &.-none > SectionTabs, &.-none > LinesView { display: none; }
    }
    """

    class SectionChosen(Message):
        """Another section is shown."""

        def __init__(self, panel: RecordPanel, section: Section) -> None:
            super().__init__()
            self.panel = panel
            self.section = section

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._record: RecordView | None = None
        self._section = Section.ANGABEN
        self._head = RecordHead()
        self._rule = _Heading("Prüfung", id="record-rule")
        self._findings = FindingList(id="record-findings")
        self._tabs = SectionTabs(id="record-tabs")
        self._body = LinesView(id="record-body")

    def compose(self) -> ComposeResult:
        """Head, Prüfung, tabs, section."""
        yield self._head
        yield self._rule
        yield self._findings
        yield self._tabs
        yield self._body

    def on_mount(self) -> None:
        """Start empty."""
        self.show(self._record)

    def on_resize(self) -> None:
        """Leave blank lines between the parts where there is room for them."""
        self.set_class(self.size.height >= _TALL, "-tall")

    def focus_first(self) -> None:
        """Put the focus on the checks, or on the section where there are none."""
        (self._body if self._record is None or not self._record.findings else self._findings).focus()

    def at_end(self) -> bool:
        """Whether the last of its panes has the focus."""
        return self._body.has_focus

    def show(self, record: RecordView | None, *, empty: str = "Kein Vorgang gewählt.") -> None:
        """Show a request, or a calm sentence when there is none.

        Showing the same request again, after a change, keeps cursor and scroll place.

        Args:
            record: The request with everything to be drawn.
            empty: What to say when it is None.
        """
        same = record is not None and self._record is not None and record.id == self._record.id
        self._record = record
        self.set_class(record is None, "-none")
        self.border_title = label(summary(record) if record else "")
        self._head.show(record, empty)
        self._findings.show(record.findings if record else (), keep_cursor=same)
        self._draw_section(keep_place=same)

    @property
    def record(self) -> RecordView | None:
        """The request that is shown."""
        return self._record

    @property
    def section(self) -> Section:
        """The section that is shown."""
        return self._section

    @property
    def current_finding(self) -> Finding | None:
        """The finding under the cursor of the Prüfung."""
        return self._findings.current

    def show_section(self, section: Section) -> None:
        """Change to a section; it stays for the next requests."""
        if section is self._section:
            return
        self._section = section
        self._draw_section()
        self.post_message(self.SectionChosen(self, section))

    def action_move_left(self) -> None:
        """To the section before."""
        self.show_section(_SECTIONS[(_SECTIONS.index(self._section) - 1) % len(_SECTIONS)])

    def action_move_right(self) -> None:
        """To the next section."""
        self.show_section(_SECTIONS[(_SECTIONS.index(self._section) + 1) % len(_SECTIONS)])

    def on_section_tabs_chosen(self, message: SectionTabs.Chosen) -> None:
        """A tab was clicked."""
        message.stop()
        self.show_section(_SECTIONS[message.place])

    def _draw_section(self, *, keep_place: bool = False) -> None:
        record = self._record
        if record is None:
            self._body.show(lambda _width: ())
            return
        self._tabs.show([tab_label(record, each) for each in _SECTIONS], _SECTIONS.index(self._section))
        self._body.show(partial(section_lines, record, self._section), keep_place=keep_place)


class _Heading(Toned):
    """A word in the middle of the panel."""

    def __init__(self, text: str, *, id: str) -> None:
        super().__init__(id=id)
        self._text = text

    def render_line(self, y: int) -> Strip:
        """The word."""
        return self.strip(((f" {self._text}", "strong"),) if y == 0 else (), self.size.width)
