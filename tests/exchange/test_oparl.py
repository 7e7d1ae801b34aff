"""OParl objects become records: every shape and type, and whatever is wrong with them."""

from __future__ import annotations

import codecs
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ob_buero_tui.exchange.oparl import read_oparl
from ob_buero_tui.exchange.oparl_records import OparlFile, OparlRecord
from ob_buero_tui.exchange.oparl_types import TYPES, type_of
from ob_buero_tui.rules.refusals import Refusal

ZONE = "Europe/Berlin"
BASE = "https://ris.example.org/"
SCHEMA = "https://schema.oparl.org/1.1/"


def an(type_: str, key: str = "x", **values: Any) -> dict[str, Any]:
    return {"id": BASE + key, "type": SCHEMA + type_, **values}


def read(*objects: Any) -> OparlFile:
    return read_oparl(json.dumps(objects[0] if len(objects) == 1 else objects).encode(), ZONE)


def only(*objects: Any) -> OparlRecord:
    (record,) = read(*objects).records
    return record


def by_id(file: OparlFile) -> dict[str, OparlRecord]:
    return {record.id.removeprefix(BASE): record for record in file.records}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_types_are_known_by_their_last_part_in_both_versions(name: str) -> None:
    for written in (
        f"https://schema.oparl.org/1.0/{name}",
        f"https://schema.oparl.org/1.1/{name.lower()}",
        f"http://oparl.example.org/schema/1.1/{name.upper()}/",
    ):
        assert type_of(written) == name
        assert only({"id": BASE, "type": written}).type == name


@pytest.mark.parametrize("value", ["Meeting", "https://example.org/Meeting", "", None, 7, ["x"], "x" * 300])
def test_what_is_no_type_of_oparl_is_none(value: object) -> None:
    assert type_of(value) is None


def test_an_object_a_list_and_a_page_hold_the_same() -> None:
    one = an("Body", name="Lindenau")
    page = {"data": [one], "pagination": {"totalElements": 1}, "links": {}}
    assert read(one).records == read([one]).records == read(page).records
    assert read({"data": [], "pagination": {}, "links": {}}).records == ()


def test_objects_inside_others_become_records_and_leave_their_id() -> None:
    found = by_id(
        read(
            an(
                "Meeting",
                "m",
                location={"id": BASE + "l", "room": "Ratssaal"},
                agendaItem=[an("AgendaItem", "a2"), an("AgendaItem", "a1", order=7)],
                invitation=an("File", "f"),
                modified="2026-11-01T10:00:00+01:00",
            )
        )
    )
    assert found["m"].references["agendaItem"] == (BASE + "a2", BASE + "a1")
    assert (found["a2"].values["position"], found["a1"].values["position"]) == (0, 7)
    assert (found["l"].type, found["l"].values) == ("Location", {"room": "Ratssaal"})
    assert found["f"].nested
    assert found["f"].modified == datetime(2026, 11, 1, 9, tzinfo=UTC), "that of the session"


def test_times_become_wall_time_of_the_office() -> None:
    values = only(an("Meeting", start="2026-07-01T15:00:00Z", end="2026-07-01T18:30:00")).values
    assert [str(values[name]) for name in ("start", "end")] == ["2026-07-01 17:00:00", "2026-07-01 18:30:00"]
    assert only(an("Paper", date="2026-07-01")).values["date"] == date(2026, 7, 1)
    assert str(only(an("Meeting", start="2026-07-01")).values["start"]) == "2026-07-01 00:00:00"


def test_what_is_empty_is_missing_and_what_is_strange_is_kept() -> None:
    record = only(
        an(
            "Meeting",
            name="",
            start="irgendwann",
            cancelled=None,
            meetingState={"a": 1},
            foo_bar=[1, "x\u202e"],
        )
    )
    assert record.values == {}
    assert record.extra == {"start": "irgendwann", "meetingState": {"a": 1}, "foo_bar": [1, "x\ufffd"]}


def test_text_loses_markup_and_what_could_harm() -> None:
    item = an("AgendaItem", name="Tom &amp; Ute\x1b[2J <b>neu</b>", resolutionText="<p>Eins</p><p>Zwei</p>")
    values = only(item).values
    assert "\x1b" not in values["name"]
    assert "<" not in values["name"]
    assert values["resolution_text"].split() == ["Eins", "Zwei"]
    assert only(an("Paper", name="a < b & c")).values["name"] == "a < b & c"


def test_addresses_of_lists_are_no_references() -> None:
    record = only(an("Organization", meeting=BASE + "meetings", membership=[BASE + "ms/1", None, ""]))
    assert record.references == {"membership": (BASE + "ms/1",)}
    assert record.extra == {"meeting": BASE + "meetings"}
    assert only(an("Meeting", organization=BASE + "o")).references == {"organization": (BASE + "o",)}


def test_an_object_without_an_id_is_named_and_costs_no_other() -> None:
    file = read(an("Paper", "p"), {"type": SCHEMA + "Paper"}, {"id": "x", "type": "Feature"}, 7)
    assert [record.id for record in file.records] == [BASE + "p"]
    assert file.problems == (
        "Objekt 2 (Paper) hat keine Kennung (id).",
        "Objekt 3 ist kein OParl-Objekt.",
        "Objekt 4 ist kein OParl-Objekt.",
    )


def test_a_place_without_an_id_is_known_by_its_owner() -> None:
    found = by_id(read(an("Meeting", "m", location={"description": "Rathaus"})))
    assert found["m#location"].values == {"description": "Rathaus"}
    assert found["m"].references["location"] == (BASE + "m#location",)


def test_of_two_versions_in_a_file_the_newer_counts() -> None:
    new = an("Paper", name="neu", modified="2026-02-01T00:00:00Z")
    old = an("Paper", name="alt", paperType="Antrag", modified="2026-01-01T00:00:00Z")
    for file in (read(new, old), read(old, new)):
        (record,) = file.records
        assert record.values == {"name": "neu", "paper_type": "Antrag"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Sie ist leer."),
        (b"{", "kein gültiges JSON (Zeile 1, Zeichen 2)"),
        (b"[1, 2]", "keine OParl-Objekte"),
        (b'{"type": "FeatureCollection", "features": []}', "keine OParl-Objekte"),
        (b"[" * 100_000, "zu tief verschachtelt"),
        (b'{"a":' * 100_000, "zu tief verschachtelt"),
        (b'[{"type": "https://schema.oparl.org/1.1/Paper"}]', "hat keine Kennung (id)."),
    ],
)
def test_what_is_no_oparl_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_oparl(data, ZONE)
    assert why in str(refused.value)


def test_encodings_marks_and_numbers_that_are_none() -> None:
    text = json.dumps(an("Paper", name="Straße"), ensure_ascii=False)
    for data in (codecs.BOM_UTF8 + text.encode(), text.encode("utf-16")):
        assert read_oparl(data, ZONE).records[0].values["name"] == "Straße"
    latin = read_oparl(text.encode("cp1252"), ZONE)
    assert latin.records[0].values["name"] == "Straße"
    assert "Windows-1252" in latin.notes[0]
    broken = text.replace("Straße", "a\x01b")
    assert "Steuerzeichen" in read_oparl(broken.encode(), ZONE).notes[0]
    numbers = text[:-1] + ', "x": NaN, "size": 1e999, "y": ' + "9" * 5000 + "}"
    assert "NaN" in read_oparl(numbers.encode(), ZONE).notes[0]
    assert "NaN" not in json.dumps(dict(read_oparl(numbers.encode(), ZONE).records[0].extra))


def test_deep_nesting_of_objects_is_cut_and_named() -> None:
    paper: dict[str, Any] = an("Paper", "0")
    for depth in range(1, 30):
        paper = an("Paper", str(depth), relatedPaper=[paper])
    file = read(paper)
    assert len(file.records) == 12
    assert file.problems == ("Das Objekt ist zu tief verschachtelt.",)
