"""Composing answers: every kind and outcome has a text, facts are filled in, what is missing is asked."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ob_buero_tui.rules.occasions import Occasion, occasions_of, settled_tasks
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.answers.composing import FREE, compose, fitting, offers
from ob_buero_tui.services.answers.views import SPEECH
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Inquiry
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request

Make = Callable[..., int]
ALWAYS = {
    RequestState.NEU: ("eingangsbestaetigung", "rueckfrage", "zwischenbescheid"),
    RequestState.WARTET: ("zwischenbescheid",),
    RequestState.VORLAGE: ("zwischenbescheid",),
    RequestState.VERSCHOBEN: ("verschiebung",),
    RequestState.ZURUECKGEZOGEN: ("rueckzug",),
    RequestState.AUSGEFALLEN: ("ausfall",),
    RequestState.VERFRISTET: ("absage",),
    RequestState.ERLEDIGT: ("erledigt",),
}


def add(place: Workplace, *rows: Any) -> list[int]:
    with transaction(place, "test_rows") as work:
        work.session.add_all(rows)
        work.session.flush()
        return [row.id for row in rows]


@pytest.fixture
def invitation(place: Workplace, make_request: Make) -> int:
    """An accepted invitation that came by mail from a person of an association."""
    person = Person(family_name="Beispiel", given_name="Erika", form_of_address="Frau")
    club = Organization(
        name="TSV Beispiel", street_address="Am Platz 1", postal_code="59990", locality="Lindenau"
    )
    keys = add(place, person, club)
    request = make_request(
        kind="einladung", subject="Sommerfest {grund}", requester_id=keys[0], organization_id=keys[1],
        received_at=datetime(2026, 11, 18, 8, tzinfo=UTC), state="zugesagt", outcome="zusage",
        event_start=datetime(2026, 12, 21, 18), event_place="Festzelt",
    )  # fmt: skip
    add(place, Message(request_id=request, sender_address="e@tsv.example.org", subject="Einladung", body="…"))
    return request


def test_every_kind_has_a_text_for_every_outcome_it_can_have(place: Workplace) -> None:
    missing = []
    for kind in place.catalog.active_kinds:
        cases = [(spec.state, spec.key) for spec in kind.outcomes]
        cases += [(state, "") for state in ALWAYS]
        for state, outcome in cases:
            reasons = next((spec.reasons for spec in kind.outcomes if spec.key == outcome), ()) or ("",)
            for reason in reasons:
                request = Request(kind=kind.key, state=state.value, outcome=outcome, reason=reason, fields={})
                found = fitting(place, request)
                wanted = (outcome,) if outcome else ALWAYS[state]
                answered = {occasion.value for one, _ in found for occasion in one.occasions}
                missing += [f"{kind.key}: {one} ({reason})" for one in wanted if one not in answered]
                if outcome and found[0][1].value != outcome:
                    missing.append(f"{kind.key}: {outcome} is not the default but {found[0][1]}")
    assert missing == []


def test_a_request_without_a_kind_is_answered_too(place: Workplace) -> None:
    for state in RequestState:
        assert fitting(place, Request(kind=None, state=state.value, outcome="", reason="", fields={})), state


def test_each_module_tells_what_it_answers(place: Workplace) -> None:
    assert [one.key for one in place.catalog.text_modules if not one.occasions] == []
    assert {one for module in place.catalog.text_modules for one in module.occasions} == set(Occasion)
    for occasion in Occasion:
        assert settled_tasks(occasion)


def test_what_was_decided_comes_before_where_it_stands() -> None:
    assert occasions_of(RequestState.ERLEDIGT, "erledigt")[0] is Occasion.ERLEDIGT
    assert occasions_of(RequestState.WARTET, "zwischenbescheid")[0] is Occasion.ZWISCHENBESCHEID
    assert occasions_of(RequestState.ABGESAGT, "eigenes")[0] is Occasion.ABSAGE


def test_the_default_answer_is_whole_and_goes_to_who_wrote(place: Workplace, invitation: int) -> None:
    draft = compose(place, invitation)
    assert draft.text.startswith(
        "Sehr geehrte Frau Beispiel,\n\nvielen Dank für Ihre Nachricht vom 18. November 2026 zu „"
    )
    assert "„Sommerfest {grund}“" in draft.text
    assert "am 21. Dezember 2026, 18:00 Uhr gern wahr (Ort: Festzelt)" in draft.text
    assert "bis 9. Dezember 2026" in draft.text
    assert draft.questions == ()
    assert "[" not in draft.text
    assert (draft.recipient.email, draft.recipient.name) == ("e@tsv.example.org", "Erika Beispiel")
    lines = draft.recipient.address.splitlines()
    assert (lines[0], lines[-2:]) == ("TSV Beispiel", ["Am Platz 1", "59990 Lindenau"])
    assert "Frau Erika Beispiel" in " ".join(lines)
    assert offers(place, invitation)[0].key == draft.module
    assert offers(place, invitation)[-1].key == FREE


def test_what_is_missing_is_asked_and_what_was_typed_is_understood(
    place: Workplace, make_request: Make
) -> None:
    key = make_request(kind="einladung", state="zugesagt", outcome="zusage")
    draft = compose(place, key)
    assert [(one.key, one.type) for one in draft.questions] == [("termin", "datumzeit"), ("ort", "text")]
    assert draft.text.startswith("Sehr geehrte Damen und Herren,")
    whole = compose(place, key, given={"termin": "21.12. halb drei", "ort": "Festzelt\x1b[31m"})
    assert whole.questions == ()
    assert "21. Dezember 2026, 14:30 Uhr" in whole.text
    assert "\x1b" not in whole.text
    wrong = compose(place, key, given={"termin": "irgendwann", "ort": "Zelt"})
    assert [one.key for one in wrong.questions] == ["termin"]
    assert wrong.questions[0].value == "irgendwann"
    assert wrong.notices


def test_a_refusal_asks_for_no_date(place: Workplace, make_request: Make) -> None:
    key = make_request(
        kind="einladung", subject="Einladung zum Richtfest", state="abgesagt", outcome="absage",
        reason="Terminkonflikt",
    )  # fmt: skip
    draft = compose(place, key)
    assert (draft.module, draft.questions) == ("absage_terminkonflikt", ())
    assert "Einladung „" not in draft.text


def test_a_deadline_that_has_passed_is_not_promised(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="anliegen", state="wartet", due_on=date(2026, 11, 2))
    assert "frist" in [one.key for one in compose(place, key, "zwischenbescheid").questions]


def test_a_grusswort_knows_its_limit(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="grusswort", state="zugesagt", outcome="zusage", fields={"umfang": 1200})
    assert SPEECH in [one.key for one in offers(place, key)]
    draft = compose(place, key, SPEECH)
    assert (draft.kind, draft.size_limit, draft.text, draft.signature) == (SPEECH, 1200, "", ())


def test_what_is_personal_to_another_desk_is_refused(place: Workplace, make_request: Make) -> None:
    key = make_request(confidentiality="persoenlich", owner="karl.lorenz")
    for step in (compose, offers):
        with pytest.raises(Refusal, match="persönlich"):
            step(place, key)


def test_a_recorded_question_is_in_the_letter_with_its_day(place: Workplace, invitation: int) -> None:
    key = invitation
    assert "frage" in [one.key for one in compose(place, key, "rueckfrage_frage").questions]
    add(place, Inquiry(
        request_id=key, asked="absender", question="Wie viele Gäste?\nWelcher Saal?", asked_by="PS",
        asked_on=date(2026, 11, 25), due_on=date(2026, 12, 2),
    ))  # fmt: skip
    draft = compose(place, key, "rueckfrage_frage")
    assert draft.questions == ()
    assert "Wie viele Gäste?\nWelcher Saal?" in draft.text
    assert "bis 2. Dezember 2026" in draft.text
    assert offers(place, key)[0].key == "rueckfrage_frage"
    sent = Document(
        request_id=key, kind="antwort", title="x", template="rueckfrage_frage", state="hinaus",
        sent_at=datetime(2026, 11, 25, 10, tzinfo=UTC),
    )  # fmt: skip
    add(place, sent)
    assert offers(place, key)[0].key == "zusage"
