"""The minutes of a session: who was there and what became of each item, in full or for the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ob_buero_tui.rules.attendance import Attendance
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, View
from ob_buero_tui.services.council.attendance import AttendanceView, Attendee, view_of
from ob_buero_tui.services.council.meeting import meeting as meeting_view
from ob_buero_tui.services.council.memberships import chair_of, clerk_of
from ob_buero_tui.services.council.overwriting import refuse_overwriting
from ob_buero_tui.services.council.result_views import votes_of
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.naming import MASKED
from ob_buero_tui.services.new_file import AT_MOST, write_new
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.templates import template_of
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import AgendaItem, Meeting
from ob_buero_tui.store.people import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ob_buero_tui.services.council.views import AgendaRow, MeetingView
    from ob_buero_tui.services.workplace import Workplace

TEMPLATE = "niederschrift.typ"
FOLDER = "sitzungen"
LONGEST = 200_000
PUBLIC_PART, CLOSED_PART = "Öffentlicher Teil", "Nichtöffentlicher Teil"
_WHAT = "Die Niederschrift wurde nicht geschrieben."


@use_case("write_minutes")
def write_minutes(work: Work, meeting_id: int, text: str, shown: str | None = None) -> Done:
    """Write what the minutes say beside attendance and results: course, motions, objections.

    Args:
        shown: The text that was changed; None where nobody was shown one.

    Raises:
        Refusal: the session is gone, or another desk has written the minutes meanwhile.
    """
    row = work.get(Meeting, meeting_id)
    if row.deleted or work.place.sees(row.confidentiality, "") is not View.FULL:
        raise Refusal(_WHAT, "Die Sitzung ist gelöscht oder persönlich.", "Wählen Sie eine andere.")
    new = clean(text, multiline=True, limit=LONGEST).strip()
    refuse_overwriting(_WHAT, shown=shown, stored=row.minutes_text, new=new)
    row.minutes_text = new
    work.tell(table="meeting", ids=[row.id])
    return Done(
        ids=(row.id,), text=f"„{clean(shorten(row.name, 60)) or 'Sitzung'}“: Niederschrift gespeichert"
    )


def minutes_text(place: Workplace, meeting_id: int) -> str:
    """What the minutes say in free words, to change it.

    Raises:
        Refusal: the session is gone, or this desk may not read it.
    """
    with place.reading() as session:
        row = session.get(Meeting, meeting_id)
        if row is None or row.deleted or place.sees(row.confidentiality, "") is not View.FULL:
            raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        return row.minutes_text


def default_folder(place: Workplace) -> Path:
    """Where minutes are written unless another folder is chosen."""
    return place.out_folder / FOLDER


def minutes(
    place: Workplace, meeting_id: int, office: str, audience: Audience = Audience.INTERN
) -> Mapping[str, Any]:
    """What stands in the minutes, texts only.

    The press and the public read the public items, the others by their general terms, and how many were
    there instead of their names; nothing of the free text, which nobody has parted.

    Args:
        office: What the office calls itself.

    Raises:
        Refusal: there is no such session, the audience may not see it, or it has no day yet.
    """
    view = meeting_view(place, meeting_id, audience)
    outside = audience in OUTSIDE
    with place.reading() as session:
        row = session.get_one(Meeting, meeting_id)
        people = view_of(session, place, row)
        items = _items(session, row)
        signed = [] if outside else _signed(session, row, view)
        free = "" if outside else row.minutes_text
    now = place.now
    return {
        "title": f"Niederschrift{' (öffentlicher Teil)' if outside else ''}",
        "body": " und ".join(view.organizations) or view.row.organization,
        "name": view.row.name,
        "facts": [[name, value] for name, value in _facts(view) if value],
        "attendance": [] if outside else _present(people),
        "count": _count(people),
        "quorum": _quorum(people),
        "parts": _parts(view.agenda, items, outside=outside),
        "text": free,
        "signed": signed,
        "caution": "" if outside else "nur für den Dienstgebrauch: enthält den nichtöffentlichen Teil",
        "office": office,
        "printed": f"{long_date(now.date())} {clock(now)}",
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "day": view.row.start.date().isoformat() if view.row.start else "",
    }


def minutes_as_text(data: Mapping[str, Any]) -> str:
    """The minutes as text, as they would be printed."""
    lines = [str(data["title"]), str(data["body"])]
    lines += [data["caution"]] if data["caution"] else []
    lines += ["", *(f"{name}: {value}" for name, value in data["facts"])]
    lines += ["", "Anwesenheit", f"  {data['count']}", *(f"  {one}" for one in data["quorum"])]
    for group, names in data["attendance"]:
        lines += [f"  {group}:", *(f"    {one}" for one in names)]
    for part in data["parts"]:
        lines += ["", part["title"]]
        for item in part["items"]:
            lines.append(f"  {item['number']}  {item['name']}".rstrip())
            lines += [f"      {text}" for text in item["lines"]]
    if data["text"]:
        lines += ["", "Verlauf", *str(data["text"]).splitlines()]
    for role, name in data["signed"]:
        lines += ["", "", "_" * 32, f"{name}, {role}" if name else role]
    return "\n".join(lines)


def save_minutes(place: Workplace, data: Mapping[str, Any], folder: Path, *, pdf: bool) -> Path:
    """Write the minutes as a file for this account alone; one that is there already is never replaced.

    Args:
        pdf: False: as plain text.

    Raises:
        Refusal: the library for PDF files is missing, the template is wrong, or the folder cannot be written.
    """
    made = _pdf(place, data) if pdf else minutes_as_text(data).encode()
    name = f"niederschrift-{data['day']}{'-oeffentlich' if not data['caution'] else ''}"
    try:
        path = write_new(folder, name, ".pdf" if pdf else ".txt", made, place.attachments.file_mode)
    except OSError as error:
        raise Refusal(
            _WHAT,
            f"In den Ordner „{clean(str(folder))}“ lässt sich nicht schreiben.",
            "Wählen Sie einen anderen Ordner.",
        ) from error
    if path is None:
        raise Refusal(
            _WHAT,
            f"Im Ordner „{clean(str(folder))}“ liegen schon {AT_MOST} Fassungen.",
            "Räumen Sie den Ordner auf, oder wählen Sie einen anderen.",
        )
    return path


def _pdf(place: Workplace, data: Mapping[str, Any]) -> bytes:
    from ob_buero_tui.exchange.typst_pdf import make_pdf

    return make_pdf(template_of(place.catalog, TEMPLATE, _WHAT), data, at=place.clock())


def _facts(view: MeetingView) -> tuple[tuple[str, str], ...]:
    row = view.row
    if row.start is None:
        return (("Ort", row.place),)
    end = f" bis {clock(row.end)}" if row.end and row.end.date() == row.start.date() else ""
    name = row.name if row.name not in view.organizations else ""
    return (
        ("Sitzung", name),
        ("Tag", f"{long_date(row.start.date())}, {clock(row.start)}{end} Uhr"),
        ("Ort", row.place),
    )


def _items(session: Session, row: Meeting) -> dict[int, AgendaItem]:
    found = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == row.id))
    return {one.id: one for one in found}


def _quorum(people: AttendanceView) -> list[str]:
    """Whether each body had its quorum; nothing where nobody wrote down who came."""
    if not people.recorded:
        return []
    marks = {one.person_id: one.mark for one in people.people}
    return [f"{name}: {one.plain}" for name, one in people.quorums(marks)]


def _count(people: AttendanceView) -> str:
    if not people.recorded:
        return "Die Anwesenheit ist nicht eingetragen."
    there = sum(one.mark.there for one in people.people)
    away = sum(one.mark.attendance in _AWAY for one in people.people)
    return f"{there} anwesend, {away} abwesend" if away else f"{there} anwesend"


_AWAY = (Attendance.ENTSCHULDIGT, Attendance.UNENTSCHULDIGT)
_GROUPS = {
    Attendance.ANWESEND: "Anwesend",
    Attendance.ENTSCHULDIGT: "Entschuldigt",
    Attendance.UNENTSCHULDIGT: "Unentschuldigt",
}


def _present(people: AttendanceView) -> list[list[Any]]:
    """Groups of names: present, excused, without excuse."""
    names = {one.person_id: one.name for one in people.people}
    found = []
    for state, title in _GROUPS.items():
        listed = [_listed(one, names) for one in people.people if one.mark.attendance is state]
        if listed:
            found.append([title, listed])
    return found


def _listed(one: Attendee, names: Mapping[int, str]) -> str:
    mark = one.mark
    member = names.get(mark.substitute_for, "") if mark.substitute_for is not None else ""
    parts = (
        one.name,
        one.fraction,
        one.role if one.role != "Mitglied" and not member else "",
        f"in Vertretung für {member}" if member else "",
        mark.text.removeprefix("anwesend").strip() if mark.there else "",
    )
    return ", ".join(part for part in parts if part)


def _parts(
    agenda: Sequence[AgendaRow], items: Mapping[int, AgendaItem], *, outside: bool
) -> list[dict[str, Any]]:
    """Both parts of the agenda, each with its items; outside, a hidden one is only named by its term."""
    found = []
    for title, public in ((PUBLIC_PART, True), (CLOSED_PART, False)):
        listed = [
            {
                "number": one.number,
                "name": one.name or "(ohne Titel)",
                "level": one.level,
                "lines": _item_lines(one, items[one.id], outside=outside),
            }
            for one in agenda
            if (one.public is not False) == public
        ]
        if listed:
            found.append({"title": title, "items": listed})
    return found


def _item_lines(row: AgendaRow, item: AgendaItem, *, outside: bool) -> list[str]:
    """What stands below an item; outside no remarks, and nothing at all of what is not public."""
    if outside and row.public is not True:
        return []
    votes = votes_of(item)
    counted = f" ({votes.text})" if votes is not None else ""
    why = f": {item.withdrawn_note}" if item.withdrawn_note and not outside else ""
    lines = (
        f"Vorlage {row.paper_reference}" if row.paper_reference else "",
        f"abgesetzt{why}" if item.withdrawn else "",
        item.resolution_text,
        f"Ergebnis: {item.result}{counted}" if item.result else "",
        "" if outside else item.note,
    )
    return [part for line in lines for part in line.splitlines() if part]


def _signed(session: Session, row: Meeting, view: MeetingView) -> list[list[str]]:
    """Who signs: chair and Schriftführung of the session, else those of the leading body on its day."""
    body, day = view.organization_id, row.start.date() if row.start is not None else None
    chair, clerk = row.chair_id, row.clerk_id
    if body is not None and day is not None:
        chair = chair or chair_of(session, body, day)
        clerk = clerk or clerk_of(session, body, day)
    return [["Vorsitz", _name(session, chair)], ["Schriftführung", _name(session, clerk)]]


def _name(session: Session, person_id: int | None) -> str:
    row = session.get(Person, person_id) if person_id is not None else None
    if row is None:
        return ""
    if row.confidentiality == "persoenlich":
        return MASKED
    return clean(full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name))


@sentence("write_minutes")
def _written(_params: Params) -> str:
    return "Niederschrift bearbeitet"
