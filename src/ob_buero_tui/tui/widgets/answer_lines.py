"""What the panel of a request says about its answers: state, recipient, when, how, by whom, and the text."""

from __future__ import annotations

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.services.answers.views import HOW_LABELS, STATE_LABELS, AnswerView, How
from ob_buero_tui.services.views import RecordView
from ob_buero_tui.store.documents import DocumentState
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, wrap

_TONES = {
    DocumentState.ENTWURF: "warning",
    DocumentState.FREIGEGEBEN: "accent",
    DocumentState.HINAUS: "success",
}


def answer_lines(record: RecordView, width: int) -> list[Line]:
    """All answers, the newest first."""
    if not record.answers:
        return [(("Noch keine Antwort. t schreibt eine.", "quiet"),)]
    lines: list[Line] = []
    for each in record.answers:
        lines += [()] if lines else []
        lines += _answer(each, width)
    return lines


def _answer(answer: AnswerView, width: int) -> list[Line]:
    state = STATE_LABELS[answer.state]
    lines: list[Line] = [((f"{state}  ", _TONES[answer.state]), (line(_told(answer), limit=300), "quiet"))]
    lines += [((part, "strong"),) for part in wrap(line(answer.title, limit=300), width)]
    if answer.recipient:
        lines += [((part, ""),) for part in wrap(f"an {line(answer.recipient, limit=300)}", width)]
    text = clean(answer.text, multiline=True, limit=20_000).strip("\n")
    return [*lines, (), *(((part, ""),) for part in wrap(text, width))]


def _told(answer: AnswerView) -> str:
    """When, how and by whom it left, or who released it."""
    if answer.sent_at is not None:
        how = HOW_LABELS[How(answer.sent_how)] if answer.sent_how in frozenset(How) else answer.sent_how
        return f"{short_date(answer.sent_at.date())} {clock(answer.sent_at)} · {how} · {answer.sent_by}"
    return f"durch {answer.released_by}" if answer.released_by else ""
