"""The demo's council is a sound RIS: references resolve, papers go their way, no session lies badly."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import holidays

FOLDER = Path(__file__).parents[2] / "data" / "demo" / "council"
BASE = "https://ris.lindenau.example.org/"
NOW = datetime.fromisoformat("2026-11-25T09:42:00+01:00")
WEEKDAYS = {
    "Stadtrat": 3,
    "Hauptausschuss": 1,
    "Bau und Verkehr": 1,
    "Schule und Sport": 1,
    "Kultur und Partnerschaften": 2,
    "Jugendhilfe": 1,
    "Umwelt und Klima": 2,
    "Rechnungsprüfung": 0,
    "BV Ostheim": 1,
    "Integrationsrat": 0,
}
# Papers of the term before and two things the RIS keeps to itself: they stay open on purpose.
OPEN = {f"{BASE}oparl/v1.1/{end}" for end in ("paper/18842", "paper/20117", "file/3017", "consultation/6588")}
# Lists a client may fetch; they are addresses, not objects.
LISTS = re.compile(
    rf"{BASE}oparl/v1\.1/(?:bodies$|body/1/(?:organizations|people|meetings|papers|legislativeterms|agendaitems|"
    r"consultations|files|locations|memberships)(?:\?.*)?$)"
)


@cache
def documents() -> dict[str, Any]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def objects_in(node: Any) -> Iterator[dict[str, Any]]:
    """Every OParl object, those inside others too."""
    if isinstance(node, dict):
        if "id" in node and "type" in node:
            yield node
        for value in node.values():
            yield from objects_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects_in(value)


@cache
def objects() -> list[dict[str, Any]]:
    return [found for document in documents().values() for found in objects_in(document)]


@cache
def by_id() -> dict[str, dict[str, Any]]:
    return {found["id"]: found for found in objects()}


def of_type(name: str) -> list[dict[str, Any]]:
    return [found for found in by_id().values() if found["type"].rpartition("/")[2] == name]


def meetings() -> list[dict[str, Any]]:
    return sorted(of_type("Meeting"), key=lambda meeting: str(meeting["start"]))


def start(meeting: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(meeting["start"])


def strings(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each string with the property it stands in."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from strings(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value, name)
    elif isinstance(node, str):
        yield name, node


def test_the_set_holds_what_a_town_of_that_size_has() -> None:
    counts = Counter(found["type"].rpartition("/")[2] for found in by_id().values())
    assert counts["System"] == counts["Body"] == counts["LegislativeTerm"] == 1
    assert 55 <= counts["Paper"] <= 70
    assert 35 <= counts["Meeting"] <= 45
    kinds = Counter(found.get("organizationType") for found in of_type("Organization"))
    assert kinds["Gremium"] == 11
    assert kinds["Fraktion"] == 5
    council = {item["person"] for item in of_type("Membership") if item["organization"].endswith("/1")}
    assert len(council) == 42, "40 seats, one of them twice, and the mayor"
    vendor = {key for found in objects() for key in found if ":" in key}
    assert "ratswerk:livestream" in vendor


def test_every_reference_resolves_but_the_four_left_open() -> None:
    found = set()
    for document in documents().values():
        for name, value in strings(document):
            if value.startswith(f"{BASE}oparl/") and name not in ("first", "prev", "self", "next", "last"):
                found.add(value)
    missing = {value for value in found if value not in by_id() and not LISTS.match(value)}
    assert missing == OPEN


def test_an_object_delivered_twice_is_the_same_twice() -> None:
    for found in objects():
        assert found == by_id()[found["id"]], found["id"]


def test_pages_are_numbered_and_linked() -> None:
    pages: dict[str, list[dict[str, Any]]] = {}
    for document in documents().values():
        if "data" in document:
            pages.setdefault(document["links"]["first"], []).append(document)
    assert len(pages) == 4
    for several in pages.values():
        several.sort(key=lambda page: int(page["pagination"]["currentPage"]))
        assert sum(len(page["data"]) for page in several) == several[0]["pagination"]["totalElements"]
        assert "next" not in several[-1]["links"]
        for one, two in pairwise(several):
            assert one["links"]["next"] == two["links"]["self"]
            assert two["links"]["prev"] == one["links"]["self"]


def test_memberships_stand_on_both_sides() -> None:
    listed = {(key, body["id"]) for body in of_type("Organization") for key in body.get("membership", ())}
    held = {(item["id"], item["organization"]) for item in of_type("Membership")}
    assert listed == held
    for person in of_type("Person"):
        assert all(item["person"] == person["id"] for item in person["membership"])
        assert person["name"].endswith(f"{person['givenName']} {person['familyName']}")
    left = [item for item in of_type("Membership") if "endDate" in item]
    assert {by_id()[item["person"]]["familyName"] for item in left} == {"Wiegand"}


def test_the_mayor_chairs_the_council() -> None:
    chairs = [
        m for m in of_type("Membership") if m["organization"].endswith("/1") and m["role"] == "Vorsitzende"
    ]
    assert [by_id()[m["person"]]["status"] for m in chairs] == [["Oberbürgermeisterin"]]


def test_every_paper_goes_up_and_is_decided_last() -> None:
    for paper in of_type("Paper"):
        steps = paper["consultation"]
        days = [start(by_id()[step["meeting"]]) for step in steps]
        assert days == sorted(set(days)), paper["reference"]
        assert date.fromisoformat(paper["date"]) < days[0].date(), paper["reference"]
        assert [step["authoritative"] for step in steps[:-1]] == [False] * (len(steps) - 1) or (
            # Put off by the deciding body, the paper comes before the same body again.
            steps[0]["organization"] == steps[-1]["organization"] and len(steps) == 2
        )
        roles = [step["role"] for step in steps]
        assert steps[-1]["authoritative"] == (roles[-1] == "Entscheidung")
        assert roles[-1] in ("Entscheidung", "Kenntnisnahme"), paper["reference"]
        for step in steps:
            item, meeting = by_id()[step["agendaItem"]], by_id()[step["meeting"]]
            assert item["meeting"] == meeting["id"]
            assert item["consultation"] == step["id"]
            assert step["organization"] == meeting["organization"]
            assert step["paper"] == paper["id"]


def test_references_are_unique_and_a_supplement_has_its_base() -> None:
    references = [paper["reference"] for paper in of_type("Paper")]
    assert len(set(references)) == len(references)
    for paper in of_type("Paper"):
        assert re.fullmatch(r"(BV|M|A|AF) 2026 \d{4}(/\d)?", paper["reference"])
        if "/" in paper["reference"]:
            (base,) = paper["superordinatedPaper"]
            assert by_id()[base]["reference"] == paper["reference"].partition("/")[0]
            assert paper["id"] in by_id()[base]["subordinatedPaper"]


def test_no_session_on_a_free_day_and_each_body_keeps_its_weekday() -> None:
    free = holidays.country_holidays("DE", subdiv="NW", years=(2026, 2027), categories=("public", "school"))
    for meeting in meetings():
        day = start(meeting).date()
        assert day.weekday() < 5
        assert day not in free, meeting["name"]
        lead = by_id()[meeting["organization"][0]]["shortName"]
        assert day.weekday() == WEEKDAYS[lead], meeting["name"]


def test_no_two_sessions_of_the_same_people_or_room_overlap() -> None:
    def until(meeting: dict[str, Any]) -> datetime:
        return (
            datetime.fromisoformat(meeting["end"])
            if "end" in meeting
            else start(meeting) + timedelta(hours=3)
        )

    seats: dict[str, set[str]] = {}
    for item in of_type("Membership"):
        seats.setdefault(item["organization"], set()).add(item["person"])
    for one, two in combinations(meetings(), 2):
        if start(one) < until(two) and start(two) < until(one):
            people = [
                set().union(*(seats.get(body, set()) for body in item["organization"])) for item in (one, two)
            ]
            assert not people[0] & people[1], (one["name"], two["name"])
            assert one["location"]["id"] != two["location"]["id"], (one["name"], two["name"])


def test_what_is_past_was_held_and_what_comes_has_no_result() -> None:
    for meeting in meetings():
        results = [item.get("result") for item in meeting["agendaItem"]]
        if meeting.get("cancelled"):
            assert not results
        elif start(meeting) < NOW:
            assert meeting["meetingState"] == "durchgeführt"
            assert all(results), meeting["name"]
            assert "invitation" in meeting
        else:
            assert meeting["meetingState"] in ("terminiert", "eingeladen")
            assert not any(results), meeting["name"]
            assert "resultsProtocol" not in meeting
    assert sum(bool(meeting.get("cancelled")) for meeting in meetings()) == 1
    assert sum(len(meeting["organization"]) == 2 for meeting in meetings()) == 1
    names = " ".join(meeting["name"] for meeting in meetings())
    assert names.count("außerordentliche Sitzung") == names.count("verlegt vom") == 1


def test_agendas_are_numbered_public_part_first() -> None:
    for meeting in meetings():
        items = meeting["agendaItem"]
        assert [item["order"] for item in items] == list(range(len(items)))
        public = [item for item in items if item["public"]]
        assert [item["number"] for item in public] == [f"Ö {n}" for n in range(1, len(public) + 1)]
        other = items[len(public) :]
        assert [item["number"] for item in other] == [f"N {n}" for n in range(1, len(other) + 1)]


def test_the_sessions_of_the_picture_are_there() -> None:
    by_start = {meeting["start"][:16]: meeting for meeting in meetings()}
    council = by_start["2026-12-10T17:00"]
    assert council["location"]["room"] == "Ratssaal"
    items = {item["number"]: item for item in council["agendaItem"]}
    for number, reference in (("Ö 7", "BV 2026 0359"), ("N 1", "BV 2026 0371")):
        paper = by_id()[by_id()[items[number]["consultation"]]["paper"]]
        assert paper["reference"] == reference
    assert by_id()[by_start["2026-12-01T17:00"]["organization"][0]]["shortName"] == "Hauptausschuss"
    assert by_id()[by_start["2027-01-12T17:00"]["organization"][0]]["shortName"] == "Bau und Verkehr"


def test_times_carry_the_offset_of_the_season_and_nothing_is_from_the_future() -> None:
    for found in objects():
        made, changed = (datetime.fromisoformat(found[name]) for name in ("created", "modified"))
        assert made <= changed < NOW, found["id"]
    for meeting in meetings():
        summer = meeting["start"][:10] < "2026-10-25"
        assert meeting["start"].endswith("+02:00" if summer else "+01:00")


def test_every_host_and_address_is_under_example_org() -> None:
    for document in documents().values():
        for _, value in strings(document):
            for host in re.findall(r"(?:@|https?://)([\w.-]+)", value):
                assert host.endswith(".example.org") or host == "schema.oparl.org", value
