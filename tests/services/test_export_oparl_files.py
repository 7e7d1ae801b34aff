"""The council goes out as OParl and comes back as it was."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from intake_samples import count
from oparl_samples import written

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.export.oparl import council_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.oparl_own import office_mark
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import ACCOUNT, Clock
from oparl_schema import mistakes, page_mistakes


@pytest.fixture
def new_place(template: Path, catalog: Catalog, tmp_path: Path) -> Iterator[Callable[[], Workplace]]:
    """Opens another, empty office."""
    opened: list[Office] = []

    def make() -> Workplace:
        path = tmp_path / f"anderes-{len(opened)}.sqlite"
        shutil.copy2(template, path)
        opened.append(open_office(path, Settings(), catalog=catalog, clock=Clock(), account=ACCOUNT))
        return opened[-1].place

    yield make
    for office in opened:
        office.close()


def exported(place: Workplace, folder: Path, audience: Audience = Audience.INTERN) -> dict[str, Any]:
    """Write the interface into a folder; returns its files by path."""
    files = {}
    for path, data in council_out(place, Wanted(audience=audience)).files:
        assert path not in files
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        files[path] = json.loads(data)
    return files


def objects_of(files: dict[str, Any]) -> dict[str, Any]:
    """All objects of the lists by id."""
    return {one["id"]: one for file in files.values() for one in file.get("data", ())}


def test_the_whole_comes_back_equal(
    place: Workplace, new_place: Callable[[], Workplace], tmp_path: Path, corpus: Path
) -> None:
    city = corpus / "oparl" / "karlsruhe"
    step = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 4
    objects = [json.loads(path.read_bytes()) for path in sorted(city.glob("[mp]*/*.json"))[::step]]
    lists = [one for path in city.glob("*.json") for one in json.loads(path.read_bytes())]
    import_files(place, [written(tmp_path, "stadt.json", *objects, *lists)])
    first = exported(place, tmp_path / "1")
    other = new_place()
    report = import_files(other, [tmp_path / "1"])
    assert report.problems == ()
    for table in ("meeting", "agenda_item", "paper", "consultation", "organization", "file", "location"):
        assert count(other, table) == count(place, table), table
    assert exported(other, tmp_path / "2") == first
    for path in first:
        assert (tmp_path / "1" / path).read_bytes() == (tmp_path / "2" / path).read_bytes(), path
    told = objects_of(first)
    given = [one for one in (*objects, *lists) if not ends_too_early(one)]
    assert len(objects) + len(lists) - len(given) == {1: 76, 4: 18}[step]
    assert [found for one in given for found in missing(one, told[one["id"]])] == []


def ends_too_early(one: dict[str, Any]) -> bool:
    """Whether an object says that it ends before it begins, which nobody can use."""
    return "start" in one and "end" in one and bool(one["end"] <= one["start"])


def missing(one: Any, other: Any, where: str = "") -> list[str]:
    """What the first says and the other one does not."""
    if isinstance(one, dict):
        if not isinstance(other, dict):
            return [] if one.get("id") == other else [f"{where}: {other}"]
        return [
            found
            for name, value in one.items()
            if value not in ("", [])
            for found in missing(value, other.get(name), f"{where}.{name}")
        ]
    if isinstance(one, list):
        if len(one) != len(other or []):
            return [f"{where}: {len(one)} {len(other or [])}"]
        return [found for a, b in zip(one, other, strict=True) for found in missing(a, b, where)]
    same = one == other or (isinstance(one, str) and isinstance(other, str) and one.split() == other.split())
    return [] if same else [f"{where}: {one!r} {other!r}"]


def checked(files: dict[str, Any]) -> None:
    """All files hold what OParl 1.1 asks for."""
    wrong = [
        f"{path}: {mistake}"
        for path, file in files.items()
        for mistake in (page_mistakes(file) if "data" in file else mistakes(file))
    ]
    assert wrong == []


DEMO = Path(__file__).parents[2] / "data" / "demo" / "council"


@pytest.fixture
def town(place: Workplace, tmp_path: Path) -> Workplace:
    """The office with the demo council in it."""
    files = [json.loads(path.read_bytes()) for path in sorted(DEMO.glob("*.json"))]
    objects = [one for file in files for one in file.get("data", [file])]
    import_files(place, [written(tmp_path, "stadt.json", *objects)])
    return place


def test_the_town_leaves_valid_names_nobody_outside_and_comes_back_equal(
    town: Workplace, new_place: Callable[[], Workplace], tmp_path: Path
) -> None:
    for audience in Audience:
        files = exported(town, tmp_path / audience, audience)
        if audience in (Audience.INTERN, Audience.PUBLIC):
            checked(files)
        told = json.dumps(files, ensure_ascii=False)
        inside = audience in (Audience.INTERN, Audience.DEPUTY)
        assert ("@stadt-lindenau.example.org" in told, "Westphal" in told) == (inside, inside)
        assert len(files["meetings-1.json"]["data"]) == 38
    other = new_place()
    assert import_files(other, [tmp_path / Audience.INTERN]).problems == ()
    for path, data in council_out(other, Wanted()).files:
        assert (tmp_path / Audience.INTERN / path).read_bytes() == data


def test_what_the_office_made_itself_has_an_address_below_ours_and_lies_there(
    place: Workplace, make_meeting: Callable[..., int], tmp_path: Path
) -> None:
    key = make_meeting(name="Eigene Sitzung", start=datetime.fromisoformat("2026-12-10T17:00"))
    files = {
        path: json.loads(data)
        for path, data in council_out(place, Wanted(), "https://rat.example.org/oparl/").files
    }
    checked(files)
    with place.reading() as session:
        path = f"meeting/{office_mark(session)}-{key}.json"
    own = files[path]
    assert own["id"] == f"https://rat.example.org/oparl/{path}"
    assert own["start"] == "2026-12-10T17:00:00+01:00"
    assert own in files["meetings-1.json"]["data"]
    (body,) = files["bodies-1.json"]["data"]
    assert body["meeting"] == "https://rat.example.org/oparl/meetings-1.json"
    assert (body["legislativeTerm"], files["system.json"]["body"]) == (
        [],
        "https://rat.example.org/oparl/bodies-1.json",
    )


def test_an_address_that_came_from_elsewhere_never_becomes_a_path(place: Workplace, tmp_path: Path) -> None:
    bad = [
        {"id": f"https://a.example.org/{path}", "type": "https://schema.oparl.org/1.1/Meeting", "name": path}
        for path in ("../../meeting/1.json", "/etc/1.json", "meeting/../1.json", "x/meeting/1.json")
    ]
    import_files(place, [written(tmp_path, "a.json", *bad)])
    files = [path for path, _data in council_out(place, Wanted(), "https://a.example.org").files]
    assert all(path.endswith("-1.json") or path == "system.json" for path in files), files
