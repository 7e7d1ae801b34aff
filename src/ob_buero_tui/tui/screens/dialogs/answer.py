"""An answer with its recipient and text; a digit says how it leaves, Enter takes the marked way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static, TextArea

from ob_buero_tui.exchange.mail_out import is_address
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.visibility import label as level_label
from ob_buero_tui.services.answers.views import SPEECH, STATE_LABELS, Draft, How, Recipient
from ob_buero_tui.services.drafts import drop_draft, load_draft, save_draft
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, Dialog, after_typing
from ob_buero_tui.tui.screens.dialogs.note import DRAFT_SECONDS, NoteArea
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList

BETWEEN = " | "
"""Stands between the lines of an envelope in the one line where they are typed."""


_KEYS = {
    False: "Ziffer/Enter hinaus · Tab Text · Strg+S Entwurf · Strg+D verwerfen · Esc zu",
    True: "Tab weiter bis zu den Wegen hinaus · Strg+S Entwurf · Strg+D verwerfen · Esc zu",
}
"""The line of keys: whether the cursor is in a field, or on the ways out."""


class Step(StrEnum):
    """What is to be done with an answer, besides the ways it leaves."""

    SAVE = "sichern"
    RELEASE = "freigeben"
    ENCLOSE = "anlage"
    TO_WORD = "nach_word"
    FROM_WORD = "aus_word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The answer as it stands in the dialog, and what is to be done with it."""

    draft: Draft
    step: Step | How


def draft_name(draft: Draft) -> str:
    """The name under which what was typed is kept."""
    return f"answer:{draft.request_id}:{draft.document_id or draft.module or draft.kind}"


class AnswerDialog(Dialog[Wanted | None]):
    """Returns what is wanted, or None; then what was typed stays as a draft of this desk.

    Args:
        draft: The answer as it was composed or begun.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take_step('sichern')", "Entwurf", priority=True),
        Binding("escape", "cancel", "schließen", priority=True),
        Binding("tab", "next_field", show=False, priority=True),
        *FIELD_BINDINGS[3:],
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("enter", "take", show=False),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
    ]
    DEFAULT_CSS = """
    AnswerDialog {
        & > .dialog-box { width: 104; height: 100%; max-height: 40; }
        & Horizontal { height: 1; }
        & .name { width: 11; color: $quiet; }
        & .short { width: 8; padding: 0 0 0 1; color: $quiet; }
        & Input { width: 1fr; }
        & #name { width: 2fr; }
        & #email { width: 3fr; }
        & TextArea { height: 1fr; min-height: 4; }
        & .told { height: auto; color: $quiet; }
        & .told.-warning { color: $warning; }
        & ChoiceList { max-height: 9; }
        & .dialog-keys { padding: 0; }
    }
    """

    def __init__(self, place: Workplace, draft: Draft) -> None:
        super().__init__(
            f"{draft.number}: {draft.label or 'Antwort'}",
            keys=_KEYS[False],
        )
        self._place = place
        self._draft = draft
        self._start = typed_of(draft)
        self._kept = load_draft(place, draft_name(draft)) or {}
        values = self._start | {key: one for key, one in self._kept.items() if key in self._start}
        self._saved = dict(self._kept or values)
        self._lines = {name: OneLine(values[name], id=name) for name in ("name", "email", "address", "title")}
        whole = clean(values["text"], multiline=True, limit=max(len(values["text"]), 1))
        self._area = NoteArea(whole, show_line_numbers=False)
        self._told = Static("", classes="told")
        self._below = Static("", classes="told")
        self._steps = ChoiceList()

    def body(self) -> list[Widget]:
        """State, recipient, subject, text, and the ways out."""
        return [
            self._told,
            Horizontal(
                Static("An", classes="name"),
                self._lines["name"],
                Static("E-Mail", classes="short"),
                self._lines["email"],
            ),
            Horizontal(Static("Anschrift", classes="name"), self._lines["address"]),
            Horizontal(Static("Betreff", classes="name"), self._lines["title"]),
            self._area,
            self._below,
            self._steps,
        ]

    def on_mount(self) -> None:
        """Begin on the way out that fits; a new speech begins in its text."""
        steps = _steps(self._draft)
        self._steps.show(steps, current=_default(self._draft, self._lines["email"].value))
        (self._area if self._draft.kind == SPEECH and not self._area.text else self._steps).focus()
        self._tell()
        self.set_interval(DRAFT_SECONDS, self.save_draft)

    def _tell(self) -> None:
        draft = self._draft
        restored = "nicht gesicherter Stand, Strg+D verwirft ihn" if self._kept else ""
        parts = [STATE_LABELS[draft.state], level_label(draft.confidentiality), restored, *draft.notices]
        self._told.update(label(" · ".join(part for part in parts if part), limit=400))
        self._told.set_class(bool(draft.notices or self._kept), "-warning")
        self._count()

    @on(TextArea.Changed)
    def _count(self) -> None:
        """Say how long the text is against its limit, or who signs below it."""
        limit, length = self._draft.size_limit, len(self._area.text.strip())
        if self._draft.kind == SPEECH:
            of = f" von {number(limit)}" if limit else ""
            over = f", {number(length - limit)} zu viel" if limit and length > limit else ""
            self._below.update(label(f"{number(length)}{of} Zeichen{over}"))
            self._below.set_class(bool(over), "-warning")
        else:
            self._below.update(label(f"Darunter: {' / '.join(self._draft.signature)}", limit=200))

    def on_key(self, event: events.Key) -> None:
        """A digit takes a way out while the list has the focus."""
        choice = self._steps.by_letter(event.character or "") if self._steps.has_focus else None
        if choice is not None:
            event.stop()
            self._take(choice.key)
        elif self._steps.has_focus and event.is_printable and event.character not in (None, " "):
            event.stop()
            self.notify("Hier wählt eine Ziffer den Weg hinaus; Tab führt in den Text.")

    def on_descendant_focus(self) -> None:
        """Say at the foot what the keys do where the cursor is."""
        self.query_one(".dialog-keys", Static).update(label(_KEYS[not self._steps.has_focus]))

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click picks."""
        message.stop()
        self._take(message.choice.key)

    def action_move(self, entries: int) -> None:
        """Move the mark among the ways out."""
        self._steps.move(entries)

    def action_next_field(self) -> None:
        """From the ways out into the text, otherwise on; the lines above it are reached backwards."""
        if self.focused is self._steps:
            self.set_focus(self._area)
        else:
            self.app.action_focus_next()

    def action_take(self) -> None:
        """The marked way out."""
        if self._steps.has_focus and (choice := self._steps.current) is not None:
            self._take(choice.key)

    @after_typing
    def action_take_step(self, key: str) -> None:
        """What a key of its own stands for."""
        self._take(key)

    def _take(self, key: str) -> None:
        self.save_draft()
        step: Step | How = How(key) if key in frozenset(How) else Step(key)
        self.dismiss(Wanted(draft=self._edited(), step=step))

    def _values(self) -> dict[str, str]:
        return {**{name: line.value for name, line in self._lines.items()}, "text": self._area.text}

    def _edited(self) -> Draft:
        values = self._values()
        address = "\n".join(part.strip() for part in values["address"].split("|") if part.strip())
        return replace(
            self._draft,
            title=values["title"],
            text=values["text"],
            recipient=Recipient(name=values["name"], email=values["email"], address=address),
        )

    def save_draft(self) -> None:
        """Keep what is typed so far; who sent it already does not want it back."""
        values = self._values()
        if self._answered or values == self._saved:
            return
        if save_draft(self._place, draft_name(self._draft), values):
            self._saved = values

    @after_typing
    def action_discard(self) -> None:
        """Back to the text as it was composed or saved, once that is confirmed."""
        if self._values() == self._start:
            return
        question = Confirm(
            "Das Getippte verwerfen?",
            text="Der Text steht dann wieder da, wie er zuletzt gesichert oder vorgeschlagen war.",
            yes="verwerfen",
            no="behalten",
            enter_is_yes=False,
        )
        self.app.push_screen(question, lambda sure: self._discard() if sure else None)

    def _discard(self) -> None:
        drop_draft(self._place, draft_name(self._draft))
        self._kept, self._saved = {}, dict(self._start)
        for name, line in self._lines.items():
            line.value = self._start[name]
        self._area.load_text(self._start["text"])
        self._tell()

    @after_typing
    def action_cancel(self) -> None:
        """Keep the draft and return nothing."""
        self.save_draft()
        self.dismiss(None)


def typed_of(draft: Draft) -> dict[str, str]:
    """An answer as its fields hold it and its draft keeps it."""
    return {
        "name": draft.recipient.name,
        "email": draft.recipient.email,
        "address": BETWEEN.join(draft.recipient.address.splitlines()),
        "title": draft.title,
        "text": draft.text,
    }


def _steps(draft: Draft) -> list[Choice]:
    found = [
        (How.EMAIL.value, "E-Mail-Entwurf (.eml) in den Ausgangskorb", "öffnet sich als ungesendet"),
        (How.MAILTO.value, "im Mailprogramm öffnen", "nur kurze Texte"),
        (How.KOPIERT.value, "Text kopieren", ""),
        (How.DOCX.value, "Brief in Word", ""),
        (How.PDF.value, "Brief als PDF", ""),
        (Step.RELEASE.value, "freigeben, noch nicht hinaus", ""),
        (Step.ENCLOSE.value, "E-Mail-Entwurf mit dem Brief als PDF", ""),
    ]
    if draft.kind == SPEECH:
        found = [one for one in found if one[0] not in (How.DOCX, How.PDF, Step.ENCLOSE)]
        found += [
            (Step.TO_WORD.value, "in Word weiterschreiben", ""),
            (Step.FROM_WORD.value, "aus Word übernehmen", ""),
        ]
    return [
        Choice(key=key, label=name, letter=str(place), hint=hint)
        for place, (key, name, hint) in enumerate(found, start=1)
    ]


def _default(draft: Draft, email: str) -> str:
    """The way out that Enter takes: the mail where there is an address, then the letter, then a copy."""
    if is_address(email):
        return How.EMAIL.value
    return How.PDF.value if draft.recipient.address and draft.kind != SPEECH else How.KOPIERT.value
