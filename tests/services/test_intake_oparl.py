"""Objects of a council come in: any order, both directions, newer and older versions, and what is broken."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest
from intake_samples import count, rows, value
from oparl_samples import EARLY, LATE, address, an, body, encoded, meeting, paper, person, written

from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.oparl_order import in_order
from ob_buero_tui.services.intake.report import ImportReport, Status
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import contents

LINKS = """
SELECT p.reference, c.role, m.name, a.name, o.name, f.name, pp.role FROM paper p
JOIN consultation c ON c.paper_id = p.id JOIN meeting m ON m.id = c.meeting_id
JOIN agenda_item a ON a.id = c.agenda_item_id AND a.meeting_id = m.id
JOIN meeting_organization mo ON mo.meeting_id = m.id JOIN organization o ON o.id = mo.organization_id
JOIN consultation_organization co ON co.consultation_id = c.id AND co.organization_id = o.id
JOIN file_link fl ON fl.paper_id = p.id AND fl.role = 'main_file' JOIN file f ON f.id = fl.file_id
JOIN paper_party pp ON pp.paper_id = p.id AND pp.organization_id = o.id
JOIN membership ms ON ms.organization_id = o.id JOIN person pe ON pe.id = ms.person_id
JOIN location l ON l.id = m.location_id
"""


def brought(place: Workplace, folder: Path, *objects: Any, name: str = "rat.json") -> ImportReport:
    """Import a file of these objects."""
    return import_files(place, [written(folder, name, *objects)])


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_in_whatever_order_files_come_all_is_linked(
    place: Workplace, tmp_path: Path, order: tuple[int, ...]
) -> None:
    objects = [body(), meeting(), paper(), person()]
    for index in order:
        brought(place, tmp_path, objects[index], name=f"{index}.json")
    linked = ("2026/1", "Beschlussfassung", "12. Sitzung", "Haushalt", "Finanzausschuss", "Vorlage")
    assert rows(place, LINKS) == [(*linked, "under_direction_of")]
    assert count(place, "unresolved_reference") == 0
    event = rows(place, "SELECT calendar, kind, summary, location, organizer, dtstart FROM event")
    name = "FA: 12. Sitzung"
    assert event == [("rat", "sitzung", name, "Ratssaal", "Finanzausschuss", "2026-12-03T17:00:00")]


def test_what_is_said_on_one_side_only_links_both(place: Workplace, tmp_path: Path) -> None:
    consultation = an("Consultation", "consultation/1", organization=[address("org/1")])
    brought(place, tmp_path, consultation, name="1.json")
    brought(place, tmp_path, meeting(), name="2.json")
    brought(place, tmp_path, an("Paper", "paper/1", consultation=[address("consultation/1")]), name="3.json")
    found = rows(
        place,
        "SELECT p.oparl_id, m.oparl_id FROM consultation c JOIN paper p ON p.id = c.paper_id"
        " JOIN agenda_item a ON a.id = c.agenda_item_id JOIN meeting m ON m.id = a.meeting_id",
    )
    assert found == [(address("paper/1"), address("meeting/1"))]


def test_open_references_are_kept_counted_and_closed_in_the_action_that_brings_them(
    place: Workplace, tmp_path: Path
) -> None:
    report = brought(place, tmp_path, meeting(), name="1.json")
    assert report.lines[0].text == "1 Sitzung, 1 TOP und 1 Ort neu; 2 Verweise offen"
    waiting = rows(place, "SELECT table_name, property, target FROM unresolved_reference ORDER BY target")
    assert waiting == [
        ("agenda_item", "consultation", address("consultation/1")),
        ("meeting", "organization", address("org/1")),
    ]
    report = brought(place, tmp_path, body(), name="2.json")
    assert report.lines[0].text == "1 Gremium neu; 1 Verweis aufgelöst"
    undo(place)
    assert count(place, "unresolved_reference") == 2
    assert count(place, "meeting_organization") == 0
    assert value(place, "SELECT summary FROM event") == "12. Sitzung"


def test_the_same_again_is_nothing_new_in_other_bytes_too(place: Workplace, tmp_path: Path) -> None:
    objects = [body(), meeting(), paper(), person()]
    brought(place, tmp_path, objects)
    before = contents(place)
    known = brought(place, tmp_path, objects, name="kopie.json")
    assert known.lines[0].status is Status.KNOWN
    again = brought(place, tmp_path, list(reversed(objects)))
    assert again.lines[0].status is Status.UNCHANGED
    assert again.lines[0].text == "9 Ratsobjekte unverändert"
    assert again.summary.startswith("Nichts Neues")
    assert contents(place) == before


def test_a_newer_version_replaces_and_an_older_one_does_not(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, paper(at=EARLY))
    report = brought(place, tmp_path, paper(at=LATE, name="Haushalt 2027", paperType="", consultation=[]))
    assert report.lines[0].status is Status.CHANGED
    assert rows(place, "SELECT name, paper_type FROM paper") == [("Haushalt 2027", "")]
    older = brought(place, tmp_path, paper(at=EARLY, name="ganz alt"))
    assert "1 Objekt ist älter als der gespeicherte Stand." in older.lines[0].notes
    assert value(place, "SELECT name FROM paper") == "Haushalt 2027"


def test_without_dates_what_is_different_counts_as_newer(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, an("Paper", "paper/1", at=None, name="eins"))
    brought(place, tmp_path, an("Paper", "paper/1", at=None, name="zwei"))
    assert value(place, "SELECT name FROM paper") == "zwei"


def test_a_moved_or_cancelled_session_takes_its_appointment_along(place: Workplace, tmp_path: Path) -> None:
    from ob_buero_tui.services.calendar.verbs import mark_event_important

    brought(place, tmp_path, body(), meeting())
    event_id = value(place, "SELECT event_id FROM meeting")
    mark_event_important(place, [event_id])
    moved = meeting(at=LATE, start="2026-12-10T16:00:00+01:00", end="2026-12-10T00:00:00+01:00")
    brought(place, tmp_path, moved)
    told = "SELECT dtstart, dtend, status, important, sequence FROM event"
    assert rows(place, told) == [("2026-12-10T16:00:00", "2026-12-10T19:00:00", "CONFIRMED", 1, 1)]
    later = "2026-11-02T08:00:00+01:00"
    brought(place, tmp_path, moved | {"modified": later, "cancelled": True})
    assert rows(place, told)[0][2:] == ("CANCELLED", 1, 2)
    for _ in range(2):
        undo(place)
    assert rows(place, told)[0][:3] == ("2026-12-03T17:00:00", "2026-12-03T19:00:00", "CONFIRMED")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"start": None}, None),
        ({"start": "2026-12-03T00:00:00+01:00", "end": None}, ("2026-12-04T00:00:00", 1, 0, "sitzung")),
        ({"end": "2026-12-03T00:00:00+01:00"}, ("2026-12-03T20:00:00", 0, 0, "sitzung")),
        ({"name": "Sommerpause", "end": "2026-12-24T00:00:00+01:00"}, ("2026-12-24T00:00:00", 1, 1, None)),
    ],
)
def test_sessions_without_times_and_breaks(
    place: Workplace, tmp_path: Path, values: dict[str, Any], expected: tuple[Any, ...] | None
) -> None:
    brought(place, tmp_path, body(), meeting(**values))
    found = rows(place, "SELECT dtend, all_day, transparent, kind FROM event")
    assert found == ([expected] if expected else [])
    linked = value(place, "SELECT count(*) FROM meeting WHERE event_id IS NOT NULL")
    assert linked == len(found)


def test_what_leaves_the_agenda_is_marked_and_what_returns_is_not(place: Workplace, tmp_path: Path) -> None:
    later = "2026-11-02T08:00:00+01:00"
    brought(place, tmp_path, meeting(at=EARLY))
    brought(place, tmp_path, meeting(at=LATE, agendaItem=[]))
    assert value(place, "SELECT deleted FROM agenda_item") == 1
    assert rows(place, "SELECT 1 FROM search_doc WHERE type = 'meeting' AND folded LIKE '%haushalt%'") == []
    brought(place, tmp_path, meeting(at=EARLY, name="uralt"))
    assert value(place, "SELECT deleted FROM agenda_item") == 1, "an older session changes nothing"
    brought(place, tmp_path, meeting(at=later))
    assert value(place, "SELECT deleted FROM agenda_item") == 0


def test_what_its_source_has_deleted_is_marked_and_keeps_what_it_said(
    place: Workplace, tmp_path: Path
) -> None:
    brought(place, tmp_path, body(), meeting(), person())
    report = brought(
        place,
        tmp_path,
        {"id": address("meeting/1"), "type": "https://schema.oparl.org/1.0/Meeting", "deleted": True},
        {"id": address("membership/1"), "type": "https://schema.oparl.org/1.0/Membership", "deleted": True},
        {"id": address("meeting/99"), "type": "https://schema.oparl.org/1.0/Meeting", "deleted": True},
    )
    assert rows(place, "SELECT name, deleted FROM meeting") == [("12. Sitzung", 1)]
    assert value(place, "SELECT status FROM event") == "CANCELLED"
    assert count(place, "membership") == 0
    assert report.totals.council.deleted == 2
    assert "2 Ratsobjekte gelöscht" in report.lines[0].text


def test_unknown_properties_are_kept_and_people_keep_what_the_office_added(
    place: Workplace, tmp_path: Path
) -> None:
    from ob_buero_tui.services.work import transaction
    from ob_buero_tui.store.people import Person

    brought(place, tmp_path, person(phone=["02345 1", "0171 2"], vendor_x={"a": [1]}, gender="female"))
    with transaction(place, "note") as work:
        work.get(Person, 1).note = "bitte leise klingeln"
        work.get(Person, 1).tel = "02345 99"
    brought(place, tmp_path, person(at=LATE, name="Dr. Ada Muster", vendor_y="neu"))
    found = rows(place, "SELECT honorific_prefix, given_name, family_name, tel, gender, note FROM person")
    assert found == [("Dr.", "Ada", "Muster", "02345 99", "female", "bitte leise klingeln")]
    kept = value(place, "SELECT json_extract(extra, '$.oparl') FROM person")
    assert '"vendor_x":{"a":[1]}' in kept
    assert '"vendor_y":"neu"' in kept
    assert '"phone":["02345 1","0171 2"]' in kept


@pytest.mark.parametrize(
    ("said", "stored", "kept"),
    [
        ({"gender": "female"}, ("female", "Frau"), None),
        ({"gender": "männlich"}, ("male", "Herr"), None),
        ({"gender": "other"}, ("other", ""), None),
        ({"formOfAddress": "Herrn"}, ("", "Herr"), "Herrn"),
        ({"formOfAddress": "Ratsfrau", "gender": "w"}, ("female", "Frau"), "Ratsfrau"),
        ({"formOfAddress": "Frau", "gender": "F"}, ("female", "Frau"), None),
        ({"formOfAddress": "Sehr geehrte Frau"}, ("", "Frau"), "Sehr geehrte Frau"),
        ({"name": "Frau Dr. Ada Muster"}, ("", "Frau"), None),
    ],
)
def test_sex_and_form_of_address_have_one_spelling(
    place: Workplace, tmp_path: Path, said: dict[str, str], stored: tuple[str, str], kept: str | None
) -> None:
    brought(place, tmp_path, person(**{"name": "Ada Muster", **said}))
    assert rows(place, "SELECT gender, form_of_address, family_name FROM person") == [(*stored, "Muster")]
    assert value(place, "SELECT json_extract(extra, '$.oparl.formOfAddress') FROM person") == kept


def test_the_mayor_is_free_where_the_office_says_so(place: Workplace, tmp_path: Path) -> None:
    quarter = body(name="Ortschaftsrat Ostheim", shortName="OR")
    brought(place, tmp_path, quarter, meeting(), name="1.json")
    assert value(place, "SELECT mayor_attends FROM organization") == 0
    assert value(place, "SELECT transparent FROM event") == 1


def test_broken_files_are_named_and_cost_no_other(place: Workplace, tmp_path: Path) -> None:
    (tmp_path / "kaputt.json").write_bytes(b'{"id": ')
    (tmp_path / "karte.json").write_bytes(b'{"type": "FeatureCollection", "features": []}')
    written(tmp_path, "rat.json", [body(), {"type": "https://schema.oparl.org/1.1/Paper"}])
    report = import_files(place, [tmp_path])
    told = {Path(line.path).name: line.text for line in report.lines}
    assert "kein gültiges JSON (Zeile 1, Zeichen 8)" in told["kaputt.json"]
    assert "keine OParl-Objekte" in told["karte.json"]
    assert told["rat.json"] == "1 Gremium neu; 1 übersprungen: Objekt 2 (Paper) hat keine Kennung (id)."
    assert count(place, "organization") == 1


def test_a_trial_run_writes_nothing_and_counts_the_same(place: Workplace, tmp_path: Path) -> None:
    before = contents(place)
    path = written(tmp_path, "rat.json", body(), meeting(), paper())
    trial = import_files(place, [path], dry_run=True)
    assert contents(place) == before
    assert trial.totals.council.new == import_files(place, [path]).totals.council.new


def test_the_history_says_what_came(place: Workplace, tmp_path: Path) -> None:
    brought(place, tmp_path, meeting())
    assert recent_actions(place, 1)[0].text == (
        "Sitzung „12. Sitzung“ am Do 3.12.2026: aus Ratsdaten übernommen:"
        " 1 Sitzung, 1 TOP und 1 Ort neu; 2 Verweise offen"
    )


def test_files_are_read_in_an_order_that_leaves_little_open() -> None:
    names = ["x.json", "papers/1.json", "a.eml", "meetings/2.json", "Gremien.json", "system.json"]
    found = [path.as_posix() for path in in_order([Path(name) for name in names])]
    assert found == ["system.json", "Gremien.json", "a.eml", "meetings/2.json", "papers/1.json", "x.json"]


STRANGE = (None, "", 7, -1, 1e300, True, [], {}, [None], "x" * 5000, "2026-13-45", "\x1b[2J", {"id": 3})


def _mutated(draw: random.Random, item: Any) -> Any:
    """The same JSON with some values replaced, dropped, or put elsewhere."""
    if draw.random() < 0.04:
        return draw.choice(STRANGE)
    if isinstance(item, dict):
        kept = {key: _mutated(draw, one) for key, one in item.items() if draw.random() > 0.03}
        if draw.random() < 0.05 and kept:
            kept[draw.choice([*kept, "id", "type", "deleted"])] = draw.choice([*STRANGE, *kept.values()])
        return kept
    if isinstance(item, list):
        return [_mutated(draw, one) for one in item] * (2 if draw.random() < 0.05 else 1)
    return item


@pytest.mark.parametrize("seed", range(6))
def test_mutated_objects_never_break_anything(place: Workplace, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 a repeatable test
    start = contents(place)
    for number in range(12):
        at = draw.choice([EARLY, LATE, None])
        objects = [
            body(at=at),
            meeting(draw.choice([1, 2]), at=at),
            paper(draw.choice([1, 2]), at=at),
            person(at=at),
        ]
        data = bytearray(
            encoded(_mutated(draw, draw.sample(objects, draw.randint(1, 4)))).replace(b"\\ud800", b"")
        )
        if draw.random() < 0.2 and data:
            data[draw.randrange(len(data))] = draw.randrange(256)
        (tmp_path / f"{number}.json").write_bytes(bytes(data))
    report = import_files(place, [tmp_path])
    assert [line.text for line in report.lines if "Protokoll" in line.text] == []
    assert rows(place, "PRAGMA foreign_key_check") == []
    stale = "SELECT u.id FROM unresolved_reference u JOIN organization o ON o.oparl_id = u.target"
    assert rows(place, f"{stale} WHERE u.property = 'organization'") == []
    end, steps = contents(place), count(place, "action")
    for _ in range(steps):
        undo(place)
    assert contents(place) == start
    for _ in range(steps):
        redo(place)
    assert contents(place) == end
