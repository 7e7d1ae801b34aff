"""A Ladungsfrist confirmed for a body, and shortened for an urgent session: both show in the chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from council_kit import add_item, write

from ob_buero_tui.rules.refusals import Refusal
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


def test_what_cannot_be_seen_is_not_shortened(place: Workplace, make_meeting: Make) -> None:
    key = make_meeting(body="Stadtrat")
    write(place, lambda work: setattr(work.get(Meeting, key), "confidentiality", "persoenlich"))
    with pytest.raises(Refusal, match="persönlich"):
        shorten_ladungsfrist(place, [key], "eilt")
    with pytest.raises(Refusal):
        body_rule(place, 4711)
