"""Council data over the network: pages, filters, and a fetch that breaks off and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from intake_samples import count, rows, value
from oparl_samples import EARLY, LATE, an, body, meeting, paper, person
from sqlalchemy import text

from ob_buero_tui.exchange.oparl_http import Limits
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import fetching
from ob_buero_tui.services.council.endpoints import endpoints
from ob_buero_tui.services.council.fetching import Fetched, fetch
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from office_fixtures import Clock
from oparl_server import Answer, Ris, serving

QUICK = Limits(connect_seconds=0.5, silence_seconds=0.2, page_seconds=0.3, page_bytes=20_000)


@pytest.fixture
def ris(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ris]:
    """A council information system with five sessions and two papers."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as found:
        found.lists["organizations"] = [body()]
        found.lists["people"] = [person()]
        found.lists["meetings"] = [meeting(number) for number in range(1, 6)]
        found.lists["papers"] = [paper(1), paper(2)]
        yield found


def fetched(place: Workplace, ris: Ris, *, full: bool = False) -> Fetched:
    """Fetch with tiny time-outs."""
    return fetch(place, ris.system, limits=QUICK, full=full)


def test_all_pages_come_in_as_one_step_that_is_undone_and_comes_again(place: Workplace, ris: Ris) -> None:
    found = fetched(place, ris)
    assert (found.problems, found.left, found.pages) == ((), 0, 8)
    assert (count(place, "meeting"), count(place, "paper"), count(place, "unresolved_reference")) == (5, 2, 3)
    assert found.text.startswith("Stadt Beispiel: 5 Sitzungen, 5 TOP, 2 Vorlagen")
    assert found.text.endswith("(8 Seiten gelesen).")
    assert "aus dem Ratsinformationssystem geholt: 5 Sitzungen" in recent_actions(place)[0].text
    assert count(place, "action") == 1
    undo(place)
    assert count(place, "meeting") == 0
    again = fetched(place, ris)
    assert (again.since, count(place, "meeting")) == (None, 5), "what was undone is asked for anew"
    assert ris.since() == []


def test_the_next_fetch_asks_for_what_changed_since(place: Workplace, ris: Ris, clock: Clock) -> None:
    first = fetched(place, ris)
    assert first.since is None
    clock.advance(days=1)
    assert fetched(place, ris).text == "Stadt Beispiel: nichts Neues (6 Seiten gelesen)."
    assert set(ris.since()) == {"2026-11-25T08:27:00+00:00"}
    steps = count(place, "action")
    later = "2026-11-26T12:00:00+01:00"
    ris.lists["meetings"][0] |= {"name": "Neu benannt", "modified": later}
    ris.lists["meetings"][1] |= {"deleted": True, "modified": later}
    clock.advance(days=1)
    found = fetched(place, ris)
    assert (found.counts.changed, found.counts.deleted) == (1, 1)
    assert rows(place, "SELECT name FROM meeting WHERE deleted ORDER BY id") == [("12. Sitzung",)]
    assert value(place, "SELECT name FROM meeting WHERE id = 1") == "Neu benannt"
    assert count(place, "action") == steps + 1
    assert fetched(place, ris, full=True).since is None


def test_inner_lists_are_read_for_what_was_deleted_there(place: Workplace, ris: Ris, clock: Clock) -> None:
    ris.body = {"agendaItem": f"{ris.home}/items"}
    ris.lists["items"] = []
    fetched(place, ris)
    assert not any("items" in path for path in ris.asked)
    clock.advance(days=1)
    gone = an("AgendaItem", "item/1", at="2026-11-26T07:00:00+01:00", deleted=True)
    ris.lists["items"] = [gone]
    clock.advance(days=1)
    assert fetched(place, ris).counts.deleted == 1
    assert value(place, "SELECT deleted FROM agenda_item WHERE id = 1") == 1


BREAKS = {
    "stalls": (Answer(stall=True), "zu langsam"),
    "trickles": (Answer(b"{", length=9999, trickle=True), "zu langsam"),
    "drips headers": (Answer(b"{}", drip=True), "zu langsam"),
    "fails": (Answer(status=500), "(500)"),
    "is cut": (Answer(b'{"data": [', length=400), "brach mitten"),
    "is no JSON": (Answer(b'{"data": [{"id": "x"'), "kein gültiges JSON"),
    "is a page for people": (Answer(b"<html>Wartung</html>"), "kein gültiges JSON"),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_list_that_breaks_off_goes_on_where_it_stopped(place: Workplace, ris: Ris, how: str) -> None:
    answer, why = BREAKS[how]
    ris.odd["/meetings?page=2"] = answer
    found = fetched(place, ris)
    assert why in "".join(found.problems), found.problems
    assert found.problems[0].startswith("Sitzungen: ")
    assert (found.left, count(place, "meeting"), count(place, "paper")) == (1, 2, 2), "others come in"
    assert "nächsten Mal" in endpoints(place)[0].problem
    ris.odd.clear()
    ris.asked.clear()
    again = fetched(place, ris)
    assert ris.asked[0] == "/meetings?page=2"
    assert "/meetings?page=1" not in ris.asked
    assert "/meetings" not in ris.asked, "only with the filter"
    assert (again.problems, again.left, count(place, "meeting")) == ((), 0, 5)
    assert (endpoints(place)[0].problem, endpoints(place)[0].left) == ("", ())


def test_a_list_that_fails_every_time_stops_no_other_and_is_left_once(
    place: Workplace, ris: Ris, clock: Clock
) -> None:
    ris.odd["/meetings"] = Answer(status=500)
    fetched(place, ris)
    for _ in range(3):
        clock.advance(days=1)
        ris.lists["papers"][0] = paper(1, at=place.now.isoformat(), name=f"Stand {place.today}")
        clock.advance(hours=1)
        found = fetched(place, ris)
        assert found.left == 1
    assert value(place, "SELECT name FROM paper WHERE id = 1") == "Stand 2026-11-28"


NEVER = {
    "is gone": (Answer(status=404), "gibt es dort nicht (404)"),
    "is locked": (Answer(status=403), "verlangt eine Anmeldung (403)"),
    "leads elsewhere": (
        Answer(status=302, headers={"Location": "http://other.example.org/x"}),
        "anderen Rechner",
    ),
    "leads to another port": (
        Answer(status=301, headers={"Location": "http://127.0.0.1:9/x"}),
        "anderen Rechner",
    ),
    "leads to a file": (
        Answer(status=302, headers={"Location": "file:///etc/passwd"}),
        "keine Adresse im Web",
    ),
    "leads in a circle": (Answer(status=302, headers={"Location": "/people"}), "verweist immer weiter"),
    "is too large": (Answer(b"[" + b" " * 30_000), "größer als"),
    "says it is too large": (Answer(b"[]", length=9_999_999_999), "größer als"),
}


@pytest.mark.parametrize("how", NEVER)
def test_what_will_never_come_is_named_and_not_tried_for_ever(place: Workplace, ris: Ris, how: str) -> None:
    answer, why = NEVER[how]
    ris.odd["/people"] = answer
    found = fetched(place, ris)
    assert why in "".join(found.problems), found.problems
    assert (found.left, count(place, "meeting"), count(place, "person")) == (0, 5, 0)
    assert len([path for path in ris.asked if path == "/people"]) in (1, QUICK.redirects + 1)


def test_a_redirect_on_the_same_host_is_followed(place: Workplace, ris: Ris) -> None:
    ris.odd["/people"] = Answer(status=307, headers={"Location": "/people?page=1"})
    assert fetched(place, ris).problems == ()
    assert count(place, "person") == 1


def test_pages_in_a_circle_and_links_to_other_hosts_end(place: Workplace, ris: Ris) -> None:
    around = {"data": [meeting(9)], "links": {"next": f"{ris.home}/meetings"}}
    ris.odd["/meetings"] = Answer(json.dumps(around).encode())
    ris.body = {"paper": "https://other.example.org/papers"}
    found = fetched(place, ris)
    assert [told.partition(":")[0] for told in found.problems] == ["Vorlagen", "Sitzungen"]
    assert "im Kreis" in found.problems[1]
    assert (count(place, "meeting"), found.left) == (1, 0)


def test_a_server_that_is_not_there_leaves_no_trace_and_a_known_one_its_reason(
    place: Workplace, ris: Ris, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = fetch(place, "http://127.0.0.1:9/oparl", limits=QUICK)
    assert "nicht zu erreichen" in found.problems[0]
    assert (endpoints(place), count(place, "action")) == ((), 0)
    fetched(place, ris)
    ris.odd["/system"] = Answer(status=503)
    found = fetched(place, ris)
    assert ("(503)" in found.problems[0], found.left) == (True, 0)
    known = endpoints(place)[0]
    assert ("(503)" in known.problem, known.synced_at is not None) == (True, True)


def test_a_broken_object_costs_itself_alone_and_is_named(place: Workplace, ris: Ris) -> None:
    ris.lists["meetings"][1:3] = [{"type": "https://schema.oparl.org/1.1/Meeting"}, {"x": 1}]
    found = fetched(place, ris)
    assert count(place, "meeting") == 3
    assert any("hat keine Kennung" in told for told in found.problems), found.problems
    assert any("kein OParl-Objekt" in told for told in found.problems)


def test_the_network_is_read_outside_of_every_transaction(place: Workplace, ris: Ris) -> None:
    def look() -> None:
        connection = place.engine.connect().execution_options(writing=True, patience=0)
        with connection, connection.begin():
            connection.execute(text("SELECT 1"))

    ris.on_request = look
    assert fetched(place, ris).problems == ()


def test_a_long_fetch_comes_in_parts_and_a_killed_one_goes_on(
    place: Workplace, ris: Ris, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "BATCH", 8)

    def killed(pages: int, _list: str) -> None:
        if pages == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(place, ris.system, limits=QUICK, progress=killed)
    came = count(place, "meeting")
    assert 0 < came < 5
    ris.asked.clear()
    assert fetched(place, ris).left == 0
    assert "/meetings" not in ris.asked
    assert (count(place, "meeting"), count(place, "paper")) == (5, 2)


def test_who_ends_it_keeps_what_came(place: Workplace, ris: Ris) -> None:
    found = fetch(place, ris.system, limits=QUICK, progress=lambda pages, _list: pages < 5)
    assert (found.stopped, found.pages) == (True, 5)
    assert count(place, "meeting") == 2
    assert found.left == 2
    assert (fetched(place, ris).left, count(place, "meeting"), count(place, "paper")) == (0, 5, 2)


@pytest.mark.parametrize(
    "typed", ["", "ftp://ris.example.org", "https://", "https://a:b@ris.example.org/", "http://[::1", "x y"]
)
def test_what_is_no_address_is_refused(place: Workplace, typed: str) -> None:
    with pytest.raises(Refusal):
        fetch(place, typed, limits=QUICK)


def test_foreign_text_is_cleaned(place: Workplace, ris: Ris) -> None:
    ris.lists["meetings"] = [meeting(1, name="Sitzung\x1b[31m\u202e")]
    ris.body = {"name": "Stadt\x1b]0;x\x07"}
    found = fetched(place, ris)
    for told in (found.name, value(place, "SELECT name FROM meeting"), *found.problems):
        assert "\x1b" not in told
        assert "\u202e" not in told


def test_what_objects_lack_is_counted_over_all_pages(place: Workplace, ris: Ris) -> None:
    for one in ris.lists["meetings"]:
        del one["start"]
    assert fetched(place, ris).notes == ("Es fehlt: Beginn (start) bei 5 Sitzungen.",)


def test_versions_are_told_apart_by_their_dates(place: Workplace, ris: Ris) -> None:
    ris.lists["organizations"] = [body(at=LATE, name="Neu"), body(at=EARLY, name="Alt")]
    fetched(place, ris)
    assert value(place, "SELECT name FROM organization") == "Neu"
