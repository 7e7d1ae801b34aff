"""A Ladungsfrist confirmed for a body, and shortened for an urgent session: both show in the chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from council_kit import add_body, add_item, write

from ob_buero_tui.rules.agenda_line import parse_item
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.agenda_edit import add_item as add_line
from ob_buero_tui.services.council.agenda_off import withdraw
from ob_buero_tui.services.council.ladungsfrist import (
    body_rule,
    confirm_ladungsfrist,
    shorten_ladungsfrist,
    urgent_terms,
)
from ob_buero_tui.services.council.sessions import meeting_rows
from ob_buero_tui.services.council.verbs import set_ladungsfrist
from ob_buero_tui.services.council.views import DeadlineView
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Organization

Make = Callable[..., int]


def zugang(place: Workplace, key: int) -> DeadlineView:
    """The step of receipt of a session."""
    return next(one for one in meeting_rows(place, [key])[key].deadlines if one.kind == "zugang")


def body_of(place: Workplace) -> int:
    """The only body there is."""
    with place.reading() as session:
        return int(session.query(Organization.id).scalar())


def test_a_confirmed_rule_is_no_longer_unsure_until_another_one_is_chosen(
    place: Workplace, make_meeting: Make
) -> None:
    key = make_meeting(body="Stadtrat")
    body = body_of(place)
    before = zugang(place, key)
    assert before.unconfirmed
    assert "eigenen Geschäftsordnung eintragen" in before.text
    assert body_rule(place, body).unconfirmed
    done = confirm_ladungsfrist(place, body)
    assert done.text == "Stadtrat: „Nordrhein-Westfalen (Geschäftsordnung)“ bestätigt"
    after = zugang(place, key)
    assert (after.unconfirmed, after.on) == (False, before.on)
    assert "eintragen" not in after.text
    assert (body_rule(place, body).confirmed_on, body_rule(place, body).confirmed_by) == (place.today, "PS")
    set_ladungsfrist(place, body, "nw_duesseldorf")
    assert zugang(place, key).unconfirmed, "what was confirmed was another rule"
    undo(place)
    assert not zugang(place, key).unconfirmed
    confirm_ladungsfrist(place, body, confirmed=False)
    assert zugang(place, key).unconfirmed


def test_an_urgent_session_counts_by_the_shortened_rule(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    set_ladungsfrist(place, body_of(place), "nw_hilden")
    full = zugang(place, key)
    assert full.on.isoformat() == "2026-12-02"
    assert urgent_terms(place, key) == ()
    done = shorten_ladungsfrist(place, [key], "Sturmschaden am Rathaus")
    assert done.text == "„Stadtrat“: Ladungsfrist verkürzt"
    assert zugang(place, key).on.isoformat() == "2026-12-08"
    assert "verkürzt (Sturmschaden am Rathaus)" in zugang(place, key).text
    undo(place)
    assert zugang(place, key) == full


def test_what_urgency_asks_is_told(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    set_ladungsfrist(place, body_of(place), "rp")
    asked = (
        "die Einladung muss darauf hinweisen",
        "das Gremium stellt die Dringlichkeit vor der Tagesordnung fest",
    )
    assert urgent_terms(place, key) == asked
    assert shorten_ladungsfrist(place, [key], "eilt").text.endswith(" und ".join(asked))


def test_a_rule_without_an_urgent_form_refuses(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    with pytest.raises(Refusal, match="keine verkürzte Frist"):
        shorten_ladungsfrist(place, [key], "eilt")
    with pytest.raises(Refusal, match="keine verkürzte Frist"):
        urgent_terms(place, key)


def test_hessen_never_shortens_for_an_election(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtverordnetenversammlung")
    hesse = replace(place, catalog=replace(place.catalog, region="HE"))
    shorten_ladungsfrist(hesse, [key], "eilt")
    shorten_ladungsfrist(hesse, [key], "")
    add_item(place, key, 0, "Auswahl der Entwürfe")
    shorten_ladungsfrist(hesse, [key], "eilt")
    shorten_ladungsfrist(hesse, [key], "")
    add_item(place, key, 1, "Wahl der Schiedsperson")
    with pytest.raises(Refusal, match="Wahl der Schiedsperson“ braucht die volle Frist"):
        shorten_ladungsfrist(hesse, [key], "eilt")


def test_an_election_that_comes_on_afterwards_brings_the_full_frist_back(
    place: Workplace, make_meeting: Make
) -> None:
    """Only for the body whose rule says so, and until it is off again; no title is told, it may be secret."""
    body = add_body(place, "Stadtverordnetenversammlung", ladungsfrist="he")
    other = add_body(place, "Kreis", short_name="Kreis", ladungsfrist="nw_hilden")
    key, joint = make_meeting(body=body), make_meeting(body=other, seats=[body])
    full = zugang(place, key)
    for one in (key, joint):
        shorten_ladungsfrist(place, [one], "Dammbruch")
    short = zugang(place, key)
    assert short.on > full.on
    items = [add_line(place, one, parse_item("N Wahl des Beigeordneten")).ids[0] for one in (key, joint)]
    for one in (key, joint):
        again = zugang(place, one)
        assert again.on == full.on
        assert " · trotz Dringlichkeit die volle Frist: nie verkürzt bei Wahlen" in again.text
        assert "Beigeordneten" not in again.text
        assert "Dammbruch" not in again.text
    withdraw(place, items)
    assert zugang(place, key) == short


def test_a_confirmation_is_one_of_just_that_rule(place: Workplace, make_meeting: Make) -> None:
    """Another count under the same name, or another Land, asks anew; other words about it do not."""
    key = make_meeting(body="Stadtrat")
    body = body_of(place)
    confirm_ladungsfrist(place, body)
    rules = place.catalog.ladungsfristen
    nw = next(one for one in rules.values() if one.default and one.land == "NW")

    def changed(**values: Any) -> Workplace:
        now = {**rules, nw.key: replace(nw, **values)}
        return replace(place, catalog=replace(place.catalog, ladungsfristen=now), chains={})

    reworded = changed(label="Nordrhein-Westfalen", hint="", source="Muster des Städtetags")
    assert not zugang(reworded, key).unconfirmed
    assert body_rule(reworded, body).confirmed_by == "PS"
    hesse = replace(place, catalog=replace(place.catalog, region="BE"), chains={})
    others = [changed(n=nw.n - 4), changed(dispatch_days=nw.dispatch_days + 1), changed(to_dispatch=True)]
    for one in (*others, changed(weekdays=((3, nw.n + 1),)), hesse):
        assert zugang(one, key).unconfirmed
        rule = body_rule(one, body)
        assert (rule.unconfirmed, rule.confirmed_on, rule.confirmed_by) == (True, None, "")
        assert "zuletzt war eine andere Regel bestätigt" in rule.hint
    assert not body_rule(place, body).unconfirmed
    confirm_ladungsfrist(others[0], body)
    assert not zugang(others[0], key).unconfirmed
    assert zugang(replace(place, chains={}), key).unconfirmed


def test_what_cannot_be_seen_is_not_shortened(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    write(place, lambda work: setattr(work.get(Meeting, key), "confidentiality", "persoenlich"))
    with pytest.raises(Refusal, match="persönlich"):
        shorten_ladungsfrist(place, [key], "eilt")
    with pytest.raises(Refusal):
        body_rule(place, 4711)
