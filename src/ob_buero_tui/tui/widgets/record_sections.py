"""What the panel of a request says, as lines: its head, and the sections under the tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from rich.cells import cell_len

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, long_date, number, short_date
from ob_buero_tui.rules.visibility import label as level_label
from ob_buero_tui.services.views import AttachmentView, RecordView, TaskView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.answer_lines import answer_lines
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit, wrap


class Section(StrEnum):
    """The tabs of a request, in their order."""

    ANGABEN = "Angaben"
    NACHRICHT = "Nachricht"
    ANHAENGE = "Anhänge"
    AUFGABEN = "Aufgaben"
    ANTWORT = "Antwort"
    VERLAUF = "Verlauf"


_BODY_LIMIT = limits.BODY_SHOWN


def head_lines(record: RecordView, width: int) -> list[Line]:
    """Subject, kind and state, receipt and due date, and the occasion, who decided, the Votum."""
    subject = line(record.subject) or "(ohne Betreff)"
    lines: list[Line] = [((text, "strong"),) for text in wrap(subject, width)[:2]]
    kind = line(record.kind_label) or "ohne Art"
    facts = [
        (f"{kind} (Vorschlag)" if record.proposed else kind, ""),
        (line(record.state_label), ""),
        ("» wichtig" if record.important else "", "warning"),
        (level_label(record.confidentiality), "quiet"),
    ]
    lines += _flow(facts, width)
    received = f"Eingang {short_date(record.received_on)}"
    if record.channel:
        received += f" per {line(record.channel)}"
    assigned = f"zuständig {line(record.assigned_to)}" if record.assigned_to else "niemand zuständig"
    back = f"Wiedervorlage {short_date(record.wiedervorlage_on)}" if record.wiedervorlage_on else ""
    lines += _flow([(received, "quiet"), (assigned, "quiet"), (back, "strong"), _due(record)], width)
    lines += _flow([(occasion(record), "")], width)
    votum = f"Votum {line(record.votum, limit=300)}" if record.votum else ""
    lines += _flow([(line(record.decided), "quiet"), (votum, "strong")], width)
    return lines


def _due(record: RecordView) -> Run:
    if record.due_on is None:
        return (line(record.due_text) or "ohne Frist", "quiet")
    when = long_date(record.due_on) + (f" {clock(record.due_time)}" if record.due_time else "")
    why = f" ({line(record.due_text)})" if record.due_text else ""
    return (f"Antwort bis {when}{why}", "strong")


def occasion(record: RecordView) -> str:
    """When and where the occasion is: „Anlass Sa 12.12.2026 15:00–17:00, Ratssaal“."""
    start, end = record.event_start, record.event_end
    parts = []
    if start is not None:
        when = f"{long_date(start.date())} {clock(start)}"
        if end is not None:
            same_day = end.date() == start.date()
            when += f"–{clock(end)}" if same_day else f" bis {long_date(end.date())} {clock(end)}"
        parts.append(when)
    if record.event_place:
        parts.append(line(record.event_place))
    return f"Anlass {', '.join(parts)}" if parts else ""


def _flow(pieces: Sequence[Run], width: int) -> list[Line]:
    """Pieces with „ · “ between them, broken into lines at the pieces."""
    lines: list[Line] = []
    current: list[Run] = []
    used = 0
    for text, tone in pieces:
        if not text:
            continue
        if current and used + 3 + cell_len(text) <= width:
            current += [(" · ", "quiet"), (text, tone)]
            used += 3 + cell_len(text)
            continue
        if current:
            lines.append(tuple(current))
        *full, last = wrap(text, width)
        lines += [((part, tone),) for part in full]
        current, used = [(last, tone)], cell_len(last)
    if current:
        lines.append(tuple(current))
    return lines


def section_count(record: RecordView, section: Section) -> int | None:
    """The number beside a tab; None when the tab has none."""
    if section is Section.ANHAENGE:
        return len(record.attachments) or None
    if section is Section.AUFGABEN:
        return sum(not task.done for task in record.tasks) or None
    return None


def section_lines(record: RecordView, section: Section, width: int) -> list[Line]:
    """The lines of one section for a width in cells; an empty one says so."""
    return _SECTIONS[section](record, width)


def _pairs(pairs: Sequence[tuple[str, str]], width: int) -> list[Line]:
    """Label and value in two columns, or one under the other when narrow."""
    pairs = [(line(name), line(value)) for name, value in pairs if value]
    column = min(max((cell_len(name) for name, _ in pairs), default=0), width // 2, 28)
    lines: list[Line] = []
    for name, value in pairs:
        first, *rest = wrap(value, width - column - 2) or [""]
        lines.append(((fit(name, column) + "  ", "quiet"), (first, "")))
        lines += [((" " * (column + 2) + part, ""),) for part in rest]
    return lines


def _wrapped(texts: Sequence[str], width: int) -> list[Line]:
    return [((part, ""),) for text in texts for part in wrap(line(text, limit=4000), width)]


def _heading(text: str, lines: Sequence[Line]) -> list[Line]:
    return [(), ((text, "strong"),), *lines] if lines else []


def _details(record: RecordView, width: int) -> list[Line]:
    people = [
        ("Anfragende", record.requester),
        ("Organisation", record.organization),
        ("Kontakt", record.contact),
    ]
    lines = _pairs([*people, *record.fields], width)
    lines += _heading("Termine", _wrapped([each.label for each in record.events], width))
    lines += _heading("Vertretung", _wrapped(record.deputies, width))
    lines += _heading("Rückfragen", _wrapped(record.inquiries, width))
    lines += _heading("Schriftwechsel", _wrapped([name for _, name in record.thread], width))
    lines += _heading("Notizen", _wrapped(record.notes, width))
    return lines or [(("Noch keine Angaben. b trägt sie ein.", "quiet"),)]


def _message(record: RecordView, width: int) -> list[Line]:
    text = clean(record.body, multiline=True, limit=_BODY_LIMIT).strip("\n")
    if not text.strip():
        return [(("Ohne Text.", "quiet"),)]
    lines: list[Line] = [((part, "quiet" if part.startswith(">") else ""),) for part in wrap(text, width)]
    if len(record.body) > _BODY_LIMIT:
        lines += [(), ((f"Hier nach {number(_BODY_LIMIT)} Zeichen abgeschnitten.", "warning"),)]
    return lines


def _attachments(record: RecordView, width: int) -> list[Line]:
    if not record.attachments:
        return [(("Keine Anhänge.", "quiet"),)]
    return [_attachment(each, width) for each in record.attachments]


def _attachment(attachment: AttachmentView, width: int) -> Line:
    size = file_size(attachment.size).rjust(9)
    kind = fit(line(attachment.media_type, limit=80), 20 if width >= 60 else 0)
    name = fit(line(attachment.name), max(1, width - len(size) - len(kind) - 4))
    return ((name + "  ", ""), (kind + "  ", "quiet"), (size, "quiet"))


def file_size(size: int) -> str:
    """A size in bytes as „812 Byte“, „24 kB“ or „3,1 MB“."""
    if size < 1000:
        return f"{size} Byte"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{number(round(size / 1_000_000, 1))} MB"


def _tasks(record: RecordView, width: int) -> list[Line]:
    if not record.tasks:
        return [(("Keine Aufgaben. Sie entstehen, wenn der Vorgang zugesagt wird.", "quiet"),)]
    return [each for task in record.tasks for each in _task(task, width)]


def _task(task: TaskView, width: int) -> list[Line]:
    sign, tone = ("✓", "success") if task.done else ("!", "error") if task.overdue else ("·", "quiet")
    day = short_date(task.due_on, aligned=True) if task.due_on else "ohne"
    first, *rest = wrap(line(task.label), max(8, width - 12)) or [""]
    body = "quiet" if task.done else ""
    late = "error" if task.overdue else "quiet"
    lines: list[Line] = [((f"{sign} ", tone), (fit(day, 10), late), (first, body))]
    lines += [((" " * 12 + part, body),) for part in rest]
    if task.due_text and not task.done:
        lines += [((" " * 12 + part, "quiet"),) for part in wrap(line(task.due_text), max(8, width - 12))]
    return lines


def _history(record: RecordView, width: int) -> list[Line]:
    if not record.history:
        return [(("Noch nichts geschehen.", "quiet"),)]
    lines: list[Line] = []
    for each in record.history:
        desk = fit(line(each.desk, limit=40), 4)
        stamp = f"{short_date(each.at.date(), aligned=True)} {clock(each.at)}  {desk} "
        text = line(each.text) + (" (zurückgenommen)" if each.undone else "")
        indent = cell_len(stamp) if width >= 44 else 2
        parts = wrap(text, max(8, width - indent))
        tone = "struck" if each.undone else ""
        if width >= 44:
            lines.append(((stamp, "quiet"), (parts[0] if parts else "", tone)))
            parts = parts[1:]
        else:
            lines.append(((stamp, "quiet"),))
        lines += [((" " * indent, ""), (part, tone)) for part in parts]
    return lines


_SECTIONS: Mapping[Section, Callable[[RecordView, int], list[Line]]] = MappingProxyType(
    {
        Section.ANGABEN: _details,
        Section.NACHRICHT: _message,
        Section.ANHAENGE: _attachments,
        Section.AUFGABEN: _tasks,
        Section.ANTWORT: answer_lines,
        Section.VERLAUF: _history,
    }
)


def tab_label(record: RecordView, section: Section) -> str:
    """The tab as written: „Anhänge 2“."""
    count = section_count(record, section)
    return section.value if count is None else f"{section.value} {count}"


def summary(record: RecordView) -> str:
    """One line for titles: „2026-0147 · Grußwort schriftlich“."""
    return " · ".join(part for part in (line(record.number), line(record.kind_label) or "ohne Art") if part)
