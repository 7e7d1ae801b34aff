"""What became of the items of an agenda: result, votes, wording, and the tasks that follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import select

from ob_buero_tui.catalog.results import ResultWord, result_words
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.votes import Votes, doubts
from ob_buero_tui.services.council.leading import ensure_ours
from ob_buero_tui.services.council.overwriting import refuse_overwriting
from ob_buero_tui.services.council.result_views import voters, votes_of
from ob_buero_tui.services.follow_ups.by_hand import SET_BY_HAND
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting
from ob_buero_tui.store.tasks import Task

CHOOSE_OTHER = "Wählen Sie einen anderen Punkt."
LONGEST = 20_000

Standing = tuple[str, Votes | None]
"""The result of an item as it reads, and its votes."""


@use_case("record_result")
def record_result(
    work: Work,
    agenda_item_ids: Sequence[int],
    word: str,
    votes: Votes | None = None,
    shown: Standing | None = None,
) -> Done:
    """Record what became of items, and the votes; the papers on them know it too.

    Args:
        word: The key of a word of results.toml; empty takes the result away.
        votes: What was counted; None where nobody counted, or nobody votes on it.
        shown: Result and votes as they stood when they were changed; None where nobody was shown them.

    Raises:
        Refusal: there are more votes than people who may vote, the council information system leads, or
            another desk has recorded something else meanwhile.
    """
    rows = _items(work, agenda_item_ids)
    chosen = _word(work, word)
    for row, meeting in rows:
        ensure_ours(work, meeting)
        _refuse_withdrawn(row)
        if votes is not None and chosen is not None:
            _refuse_too_many(work, row, meeting, votes, chosen)
        given = votes if chosen is not None else None
        new = (chosen.label if chosen is not None else "", given)
        refuse_overwriting(
            "Das Ergebnis wurde nicht gespeichert.",
            shown=_standing(shown) if shown is not None else None,
            stored=_standing((row.result, votes_of(row))),
            new=_standing(new),
        )
        _decide(row, *new)
        _tell_papers(work, row)
    label = chosen.label if chosen is not None else ""
    work.tell(result=label, votes=votes.text if votes is not None and label else "")
    counted = f" ({votes.text})" if votes is not None and label else ""
    return _done([row for row, _ in rows], f"{label}{counted}" if label else "Ergebnis weggenommen")


def _decide(row: AgendaItem, result: str, votes: Votes | None) -> None:
    row.result = result
    row.votes_yes = votes.yes if votes is not None else None
    row.votes_no = votes.no if votes is not None else None
    row.votes_abstain = votes.abstain if votes is not None else None


@use_case("write_resolution")
def write_resolution(work: Work, agenda_item_id: int, text: str, shown: str | None = None) -> Done:
    """Write how an item was decided, word by word; an empty text takes it away.

    Args:
        shown: The text that was changed; None where nobody was shown one.

    Raises:
        Refusal: the council information system leads, or another desk has written it meanwhile.
    """
    ((row, meeting),) = _items(work, [agenda_item_id])
    ensure_ours(work, meeting)
    new = clean(text, multiline=True, limit=LONGEST).strip()
    what = "Der Beschlusstext wurde nicht gespeichert."
    refuse_overwriting(what, shown=shown, stored=row.resolution_text, new=new)
    row.resolution_text = new
    return _done([row], "Beschlusstext gespeichert" if row.resolution_text else "Beschlusstext weggenommen")


@use_case("note_item")
def note_item(work: Work, agenda_item_id: int, text: str, shown: str | None = None) -> Done:
    """Write the remark that the minutes carry with an item; an empty text takes it away.

    Args:
        shown: The remark that was changed; None where nobody was shown one.

    Raises:
        Refusal: another desk has written it meanwhile.
    """
    ((row, _meeting),) = _items(work, [agenda_item_id])
    new = clean(text, multiline=True, limit=LONGEST).strip()
    refuse_overwriting("Die Bemerkung wurde nicht gespeichert.", shown=shown, stored=row.note, new=new)
    row.note = new
    return _done([row], "Bemerkung gespeichert" if row.note else "Bemerkung weggenommen")


@use_case("add_item_task")
def add_item_task(
    work: Work,
    agenda_item_id: int,
    label: str,
    due_on: date | None = None,
    due_time: time | None = None,
    assigned_to: str = "",
) -> Done:
    """Make a task that follows from an item; it stands among the Wiedervorlagen.

    Args:
        label: What is to be done.
        due_on: The day; None leaves it without one.
        assigned_to: Initials; empty: whoever makes it.
    """
    ((row, _meeting),) = _items(work, [agenda_item_id])
    label = clean(label, limit=200).strip()
    if not label:
        raise Refusal(
            "Die Aufgabe wurde nicht angelegt.", "Es fehlt, was zu tun ist.", "Schreiben Sie es davor."
        )
    task = Task(
        label=label,
        agenda_item_id=row.id,
        due_on=due_on,
        due_time=due_time if due_on is not None else None,
        due_text=SET_BY_HAND if due_on is not None else "",
        assigned_to=clean(assigned_to).strip()[:12] or work.desk.initials,
    )
    work.session.add(task)
    work.session.flush()
    work.tell(table="task", ids=[task.id])
    when = f"bis {long_date(due_on)}" if due_on is not None else "ohne Termin"
    return Done(ids=(row.id,), text=f"Aufgabe „{shorten(label, 60)}“ {when}")


def _items(work: Work, ids: Sequence[int]) -> list[tuple[AgendaItem, Meeting]]:
    """The items with these keys and their sessions; what cannot be written is refused."""
    if not ids:
        raise Refusal("Es ist kein Punkt ausgewählt.", "", "Wählen Sie einen Punkt aus.")
    found = []
    for key in dict.fromkeys(ids):
        row = work.get(AgendaItem, key)
        meeting = work.session.get(Meeting, row.meeting_id) if row.meeting_id is not None else None
        if row.deleted or meeting is None or meeting.deleted:
            raise Refusal(f"„{_name(row)}“ lässt sich nicht ändern.", "Es gibt ihn nicht mehr.", CHOOSE_OTHER)
        if work.place.sees(meeting.confidentiality, "") is not View.FULL:
            raise Refusal("Die Sitzung ist persönlich.", "", CHOOSE_OTHER)
        work.refer("meeting", meeting.id)
        found.append((row, meeting))
    work.tell(table="agenda_item", ids=[row.id for row, _ in found])
    return found


def _standing(one: Standing) -> str:
    """Result and votes as they read; empty without a result."""
    result, votes = one
    return f"{result} ({votes.text})" if result and votes is not None else result


def _word(work: Work, key: str) -> ResultWord | None:
    if not key:
        return None
    found = next((one for one in result_words(work.catalog) if one.key == key), None)
    if found is None:
        raise Refusal(f"Das Ergebnis „{clean(key)}“ gibt es nicht.", "", "Die Wörter stehen in results.toml.")
    return found


def _refuse_withdrawn(row: AgendaItem) -> None:
    if row.withdrawn:
        raise Refusal(
            f"„{_name(row)}“ ist abgesetzt.",
            "Ein Punkt, der nicht beraten wurde, hat kein Ergebnis.",
            "Nehmen Sie ihn erst wieder auf die Tagesordnung.",
        )


def _refuse_too_many(work: Work, row: AgendaItem, meeting: Meeting, votes: Votes, word: ResultWord) -> None:
    """More votes than people cannot be; any other doubt was shown while typing."""
    present = voters(work.session, meeting.id, row.start)
    grave = next((one for one in doubts(votes, word.votes, present) if one.grave), None)
    if grave is not None:
        raise Refusal(
            "Die Stimmen wurden nicht gespeichert.",
            f"{grave.text}.",
            "Prüfen Sie die Zahlen oder die Anwesenheit.",
        )


def _tell_papers(work: Work, row: AgendaItem) -> None:
    """Let the consultation of the papers on an item carry its result."""
    stations = work.session.scalars(
        select(Consultation).where(Consultation.agenda_item_id == row.id, Consultation.deleted.is_(False))
    )
    for station in stations:
        station.result = row.result
        work.refer("paper", station.paper_id)


def _name(row: AgendaItem) -> str:
    return clean(shorten(f"{row.number} {row.name}".strip(), 60)) or "Der Punkt"


def _done(rows: Sequence[AgendaItem], text: str) -> Done:
    name = f"„{_name(rows[0])}“" if len(rows) == 1 else f"{len(rows)} Punkte"
    return Done(ids=tuple(row.id for row in rows), text=f"{name}: {text}")


@sentence("record_result")
def _recorded(params: Params) -> str:
    label, votes = params.get("result", ""), params.get("votes", "")
    if not label:
        return "Ergebnis weggenommen"
    return f"Ergebnis {label}{f' ({votes})' if votes else ''}"


@sentence("write_resolution")
def _resolution_written(_params: Params) -> str:
    return "Beschlusstext geschrieben"


@sentence("note_item")
def _item_noted(_params: Params) -> str:
    return "Bemerkung zum Punkt geschrieben"


@sentence("add_item_task")
def _task_added(_params: Params) -> str:
    return "Aufgabe aus der Sitzung angelegt"
