"""What the office made itself is known again when its own export comes back, and only there."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from council_kit import add_body, add_item, write
from intake_samples import count, rows
from oparl_samples import body, meeting, written

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.export.oparl import council_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Membership, Person
from office_fixtures import ACCOUNT, Clock

URL = "https://rat.example.org/oparl"


@pytest.fixture
def town(place: Workplace, tmp_path: Path) -> Workplace:
    """An office with a session from elsewhere, led here, and with a body and a session of its own."""
    import_files(place, [written(tmp_path, "rat.json", body(), meeting())])
    ours = add_body(place, "Ältestenrat", organization_type="Gremium")
    start = datetime.fromisoformat("2026-12-10T17:00")
    key = new_meeting(place, NewMeeting(organization_ids=(ours,), start=start, room="Kleiner Saal")).ids[0]
    add_item(place, key, 1, "Satzung", paper={"name": "Satzung", "reference": "BV 1"}, public=True)
    add_item(place, 1, 9, "Nachtrag", public=True)

    def sits(work: Work) -> None:
        somebody = Person(family_name="Muster", extra={}, categories=[], locks=[])
        work.session.add(somebody)
        work.session.flush()
        work.session.add(Membership(person_id=somebody.id, organization_id=ours, extra={}))

    write(place, sits)
    return place


def exported(place: Workplace, folder: Path, **said: Any) -> Path:
    """Write the interface into a folder."""
    base = said.pop("base", "")
    for path, data in council_out(place, Wanted(**said), base).files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


@pytest.mark.parametrize("base", ["", URL])
@pytest.mark.parametrize("audience", [Audience.INTERN, Audience.PUBLIC])
def test_its_own_export_brings_an_office_nothing(
    town: Workplace, tmp_path: Path, dump: Any, base: str, audience: Audience
) -> None:
    folder = exported(town, tmp_path / "aus", audience=audience, base=base)
    before = dump(town)
    report = import_files(town, [folder])
    assert report.problems == ()
    assert dump(town) == before


def test_what_the_office_changed_or_removed_since_stays_so(
    town: Workplace, tmp_path: Path, dump: Any
) -> None:
    folder = exported(town, tmp_path / "aus")

    def change(work: Work) -> None:
        own = work.get(Meeting, 2)
        own.name, own.start = "Sondersitzung", datetime.fromisoformat("2026-12-17T17:00")
        work.session.delete(work.session.get_one(Membership, 1))

    write(town, change)
    before = dump(town)
    report = import_files(town, [folder])
    assert dump(town) == before
    told = " ".join(note for line in report.lines for note in line.notes)
    assert "stammt aus diesem Büro und ist hier gelöscht" in told


def test_to_another_office_it_is_new(
    town: Workplace, template: Path, catalog: Catalog, tmp_path: Path
) -> None:
    path = shutil.copy2(template, tmp_path / "anderes.sqlite")
    clock = Clock()
    clock.advance(days=1)
    other = open_office(path, Settings(), catalog=catalog, clock=clock, account=ACCOUNT)
    try:
        add_body(other.place, "Ältestenrat")
        import_files(other.place, [exported(town, tmp_path / "aus")])
        assert [count(other.place, table) for table in ("meeting", "paper", "agenda_item")] == [2, 1, 3]
        assert count(other.place, "organization") == 3
        sessions = "SELECT oparl_id FROM meeting WHERE oparl_id LIKE 'https://ob-buero.invalid/%'"
        assert len(rows(other.place, sessions)) == 1
    finally:
        other.close()
