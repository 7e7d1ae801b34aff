"""What keeps a wrong answer in the house: overtaken, not fitting, with gaps, sent before, confidential."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.exchange.mail_out import is_address
from ob_buero_tui.rules.occasions import Occasion
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers.composing import begun, compose, offers
from ob_buero_tui.services.answers.guarding import Overtaken
from ob_buero_tui.services.answers.outbox import Waiting
from ob_buero_tui.services.answers.sending import AskFirst, NotOpened, Order, send_answers
from ob_buero_tui.services.answers.views import How, Recipient
from ob_buero_tui.services.answers.writing import Answer, answer_of, release_answer, save_answer
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.deputizing import (
    DeputyPlan,
    deputize,
    promised,
    propose_deputies,
    refused,
)
from ob_buero_tui.services.undo import NothingToUndo, redo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Message, Request

Make = Callable[..., int]


@pytest.fixture
def accepted(place: Workplace, make_request: Make) -> int:
    """An accepted invitation that came as a mail."""
    key = make_request(
        kind="einladung", subject="Sommerfest", state="zugesagt", outcome="zusage",
        decided_on=date(2026, 11, 24), received_at=datetime(2026, 11, 18, 8, tzinfo=UTC),
        event_start=datetime(2026, 12, 21, 18), event_place="Festzelt",
    )  # fmt: skip
    with transaction(place, "test_letter") as work:
        work.session.add(
            Message(request_id=key, sender_name="Erika", sender_address="e@tsv.example.org", body="…")
        )
    return key


def answer(place: Workplace, key: int, module: str = "", **changed: Any) -> Answer:
    return replace(answer_of(compose(place, key, module)), **changed)


def send(place: Workplace, key: int, how: How = How.EMAIL, **given: Any) -> Any:
    return send_answers(place, [Order(answer=answer(place, key), how=how, **given)])


def documents(place: Workplace) -> list[str]:
    with place.reading() as session:
        return [one.state for one in session.query(Document)]


def test_a_deputy_is_named_only_once_she_has_promised(place: Workplace, make_request: Make) -> None:
    key = make_request(
        kind="einladung", subject="Fest", event_start=datetime(2026, 12, 20, 18), event_place="Halle"
    )
    proposal = propose_deputies(place, key)
    chain = proposal.chains[0]
    plan = DeputyPlan(
        request_id=key, version=proposal.version, calendar=chain.deputies[0].calendar, chain=chain.key,
        event=proposal.event,
    )  # fmt: skip

    def default_occasion() -> Occasion | None:
        assert not {Occasion.VERTRETUNG} & {one.occasion for one in offers(place, key)[1:]}
        return offers(place, key)[0].occasion

    deputize(place, [plan])
    named = next(one for one in place.catalog.text_modules if Occasion.VERTRETUNG in one.occasions)
    assert default_occasion() is Occasion.ZWISCHENBESCHEID
    early = answer(place, key, named.key, recipient=Recipient(name="x", email="a@x.example.org"))
    with pytest.raises(Refusal, match="Vertretung angefragt"):
        send_answers(place, [Order(answer=replace(early, text="Es kommt …"), how=How.EMAIL)])
    promised(place, [key])
    assert offers(place, key)[0].occasion is Occasion.VERTRETUNG
    refused(place, [key])
    assert default_occasion() is not Occasion.VERTRETUNG
    assert documents(place) == []


def test_an_answer_overtaken_by_another_desk_stays_in_the_house(
    place: Workplace, other_place: Workplace, accepted: int
) -> None:
    mine = answer(place, accepted)
    decline(other_place, [accepted], "Terminkonflikt")
    for step in (
        lambda: send_answers(place, [Order(answer=mine, how=How.EMAIL, confirmed=True)]),
        lambda: release_answer(place, mine),
    ):
        with pytest.raises(Overtaken, match=r"Inzwischen: abgesagt \(KL 09:42\)"):
            step()
    assert documents(place) == []
    assert "Leider" in compose(place, accepted).text


def test_a_date_moved_meanwhile_is_not_promised(place: Workplace, accepted: int) -> None:
    mine = answer(place, accepted)
    with transaction(place, "test_move") as work:
        work.get(Request, accepted).event_start = datetime(2026, 12, 22, 18)
    with pytest.raises(Overtaken):
        send_answers(place, [Order(answer=mine, how=How.EMAIL)])


def test_what_was_typed_into_the_questions_overtakes_nothing(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="einladung", state="zugesagt", outcome="zusage")
    draft = compose(place, key, given={"termin": "21.12. 18 Uhr", "ort": "Festzelt"})
    mine = replace(answer_of(draft), recipient=Recipient(name="x", email="a@x.example.org"))
    saved = save_answer(place, mine)
    again = answer_of(begun(place, saved.document_id))
    assert send_answers(place, [Order(answer=again, how=How.EMAIL)]).gone


def test_a_promise_without_a_decision_is_refused(place: Workplace, make_request: Make) -> None:
    key = make_request(
        kind="einladung", subject="Fest", event_start=datetime(2026, 12, 20, 18), event_place="Halle"
    )
    early = answer(place, key, "zusage", recipient=Recipient(name="x", email="a@x.example.org"))
    with pytest.raises(Refusal, match="passt nicht"):
        send_answers(place, [Order(answer=early, how=How.EMAIL)])
    between = answer(place, key, recipient=Recipient(name="x", email="a@x.example.org"))
    assert send_answers(place, [Order(answer=between, how=How.EMAIL)]).gone


def test_a_second_answer_is_named_and_asked(place: Workplace, accepted: int) -> None:
    second = answer(place, accepted)
    send(place, accepted)
    assert "Schon hinaus: " in "".join(compose(place, accepted).notices)
    with pytest.raises(AskFirst, match=r"Zu 2026-0001 ist schon hinaus: .* \(PS Mi 25\.11\. 09:42\)"):
        send_answers(place, [Order(answer=second, how=How.EMAIL)])
    assert documents(place) == ["hinaus"]
    send_answers(place, [Order(answer=second, how=How.EMAIL, confirmed=True)])
    assert documents(place) == ["hinaus", "hinaus"]


def test_another_answer_after_another_decision_is_not_asked(place: Workplace, accepted: int) -> None:
    send(place, accepted)
    decline(place, [accepted], "Terminkonflikt")
    assert send(place, accepted).gone


@pytest.mark.parametrize("gap", ["[Termin]", "{ort}", "[Name der Person]"])
def test_a_gap_does_not_leave(place: Workplace, accepted: int, gap: str) -> None:
    mine = answer(place, accepted, text=f"Guten Tag,\n\nam {gap} gern.")
    for step in (
        lambda: send_answers(place, [Order(answer=mine, how=How.EMAIL)]),
        lambda: release_answer(place, mine),
    ):
        with pytest.raises(Refusal) as caught:
            step()
        assert gap in caught.value.why
    save_answer(place, mine)


def test_braces_of_the_sender_are_no_gap(place: Workplace, accepted: int) -> None:
    with transaction(place, "test_subject") as work:
        work.get(Request, accepted).subject = "Sommerfest {grund} [Ort]"
    assert send(place, accepted).gone


@pytest.mark.parametrize("stricter", ["request", "document"])
def test_the_stricter_level_asks(place: Workplace, accepted: int, stricter: str) -> None:
    saved = save_answer(place, answer(place, accepted))
    with transaction(place, "test_level") as work:
        row: Any = (
            work.get(Request, accepted) if stricter == "request" else work.get(Document, saved.document_id)
        )
        row.confidentiality = "vertraulich"
    mine = answer_of(begun(place, saved.document_id))
    with pytest.raises(AskFirst, match="vertraulich"):
        send_answers(place, [Order(answer=mine, how=How.EMAIL)])


def test_a_batch_asks_for_each_by_its_name(place: Workplace, accepted: int, make_request: Make) -> None:
    other = make_request(
        kind="einladung", state="zugesagt", outcome="zusage", event_start=datetime(2026, 12, 21, 18),
        event_place="Zelt",
    )  # fmt: skip
    with transaction(place, "test_level") as work:
        for key in (accepted, other):
            work.get(Request, key).confidentiality = "vertraulich"
    orders = [Order(answer=answer(place, key), how=How.KOPIERT) for key in (accepted, other)]
    with pytest.raises(AskFirst) as caught:
        send_answers(place, orders)
    assert "2026-0001" in str(caught.value)
    assert "2026-0002" in str(caught.value)


def test_the_mail_program_opens_after_all_is_made_and_stored(
    place: Workplace, other_place: Workplace, accepted: int, make_request: Make
) -> None:
    other = make_request(
        kind="einladung", state="zugesagt", outcome="zusage", event_start=datetime(2026, 12, 21, 18),
        event_place="Zelt",
    )  # fmt: skip
    opened: list[str] = []
    good = answer(place, accepted, text="kurz")
    bad = answer(place, other, text="kurz", recipient=Recipient(name="x", email="kaputt"))
    with pytest.raises(Refusal, match="kaputt"):
        send_answers(place, [Order(answer=one, how=How.MAILTO) for one in (good, bad)], opened.append)
    assert opened == []
    assert documents(place) == []

    def open_and_write(address: str) -> None:
        save_answer(other_place, answer(other_place, other, text="Auch ein anderer Platz kann schreiben."))
        opened.append(address)

    send_answers(place, [Order(answer=good, how=How.MAILTO)], open_and_write)
    assert len(opened) == 1


def test_a_mail_program_that_does_not_open_sends_nothing(place: Workplace, accepted: int) -> None:
    def closed(_: str) -> None:
        raise Refusal("Kein Mailprogramm.")

    saved = save_answer(place, answer(place, accepted, text="kurz"))
    mine = answer_of(begun(place, saved.document_id))
    with pytest.raises(NotOpened, match="Kein Mailprogramm"):
        send_answers(place, [Order(answer=mine, how=How.MAILTO)], closed)
    assert documents(place) == ["entwurf"]
    with pytest.raises(NothingToUndo):
        redo(place)
    again = answer_of(begun(place, saved.document_id))
    assert send_answers(place, [Order(answer=again, how=How.EMAIL)]).gone


def test_an_office_with_an_umlaut_in_its_domain_writes_mails(place: Workplace, accepted: int) -> None:
    head = replace(place.catalog.letterhead, email="ob@büro.example.org")
    office = replace(place, catalog=replace(place.catalog, letterhead=head))
    (gone,) = send(office, accepted).gone
    assert gone.path is not None
    mail = message_from_bytes(gone.path.read_bytes(), policy=default)
    assert mail["Message-ID"].endswith("@xn--bro-hoa.example.org>")
    assert mail["From"].addresses[0].domain == "xn--bro-hoa.example.org"
    assert is_address("ob@büro.example.org")


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_a_killed_process_leaves_no_letter_that_the_office_does_not_know(
    place: Workplace, accepted: int, database: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """What a kill leaves is a hidden file with another name, and the check names it."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Waiting, "drop", lambda _: None)
    where = (
        "ob_buero_tui.services.work._finish"
        if moment == "before the commit"
        else "ob_buero_tui.services.answers.outbox.Waiting.bring_out"
    )
    monkeypatch.setattr(where, killed)
    with pytest.raises(KeyboardInterrupt):
        send(place, accepted)
    monkeypatch.undo()
    (path,) = place.out_folder.iterdir()
    assert path.name.startswith(".")
    assert path.suffix == ".unfertig"
    (problem,) = check_database(database, place).problems
    assert str(path) in problem
    assert ("gilt als hinaus" in problem) == (moment == "after the commit")
    assert documents(place) == ([] if moment == "before the commit" else ["hinaus"])
