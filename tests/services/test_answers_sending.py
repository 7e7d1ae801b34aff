"""Answers leave the house: files whole or not at all, marked once, tasks ticked, undo names them."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.answers import outbox
from ob_buero_tui.services.answers.composing import begun, compose
from ob_buero_tui.services.answers.kept import open_sent
from ob_buero_tui.services.answers.letters import LETTER_DOCX
from ob_buero_tui.services.answers.outbox import file_name, write_out
from ob_buero_tui.services.answers.sending import AskFirst, Order, send_answers
from ob_buero_tui.services.answers.views import How, Recipient
from ob_buero_tui.services.answers.writing import Answer, answer_of, drop_answer, release_answer, save_answer
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.tasks import plan_correction
from ob_buero_tui.services.undo import LeftHouse, undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
HOSTILE = "{{7*7}} {% raw %} #panic() *x* <b>&amp; \x1b[2J „Ümläut“"


def add(place: Workplace, *rows: Any) -> list[int]:
    with transaction(place, "test_rows") as work:
        work.session.add_all(rows)
        work.session.flush()
        return [row.id for row in rows]


def row(place: Workplace, document_id: int) -> Document:
    with place.reading() as session:
        found = session.get(Document, document_id)
        assert found is not None
        return found


@pytest.fixture
def accepted(place: Workplace, make_request: Make) -> int:
    """An accepted invitation with its letter and two open tasks."""
    person = add(place, Person(
        family_name="Beispiel", given_name="Erika", form_of_address="Frau", street_address="Am Platz 1",
        postal_code="59990", locality="Lindenau",
    ))[0]  # fmt: skip
    key = make_request(
        kind="einladung", subject="Sommerfest", requester_id=person, state="zugesagt", outcome="zusage",
        received_at=datetime(2026, 11, 18, 8, tzinfo=UTC), event_start=datetime(2026, 12, 21, 18),
        event_place="Festzelt",
    )  # fmt: skip
    letter = Message(
        request_id=key, message_id="m1@tsv.example.org", references=["m0@tsv.example.org"],
        sender_name="Erika Beispiel", sender_address="e@tsv.example.org", subject="Einladung Sommerfest",
        body="…", recipients=[],
    )  # fmt: skip
    tasks = [
        Task(label=name, template=name, request_id=key)
        for name in ("antwort", "eingangsbestaetigung", "mappe")
    ]
    add(place, letter, *tasks)
    return key


def order(place: Workplace, key: int, how: How = How.EMAIL, **given: Any) -> Order:
    return Order(answer=answer_of(compose(place, key)), how=how, **given)


def test_a_mail_is_out_with_its_file_its_mark_and_its_tasks(place: Workplace, accepted: int) -> None:
    sent = send_answers(place, [order(place, accepted)])
    (gone,) = sent.gone
    assert gone.path == place.out_folder / "2026-0001 Erika Beispiel.eml"
    mail = message_from_bytes(gone.path.read_bytes(), policy=default)
    document = row(place, gone.document_id)
    assert mail["Message-ID"] == f"<{document.message_id}>"
    assert mail["In-Reply-To"] == "<m1@tsv.example.org>"
    assert mail["References"] == "<m0@tsv.example.org> <m1@tsv.example.org>"
    assert mail["Subject"] == "Re: Einladung Sommerfest"
    assert mail["To"].addresses[0].addr_spec == "e@tsv.example.org"
    assert mail.get_content().startswith("Sehr geehrte Frau Beispiel,")  # type: ignore[attr-defined]
    assert mail.get_content().rstrip().endswith("Im Auftrag\r\nPS")  # type: ignore[attr-defined]
    assert (document.state, document.sent_by, document.sent_how) == ("hinaus", "PS", "email")
    assert len(document.sha256) == 64
    with place.reading() as session:
        open_ones = [task.template for task in session.query(Task) if task.done_at is None]
    assert open_ones == ["mappe"]


def test_undo_names_what_is_out_and_the_correction_is_a_task(place: Workplace, accepted: int) -> None:
    send_answers(place, [order(place, accepted)])
    with pytest.raises(LeftHouse) as caught:
        undo(place)
    assert str(caught.value).startswith(
        "Das lässt sich nicht zurücknehmen. Die Antwort zu 2026-0001 (E-Mail-Entwurf)"
    )
    task = plan_correction(place, caught.value.action_id)
    with place.reading() as session:
        found = session.get(Task, task)
        assert found is not None
        assert found.request_id == accepted
    assert "Antwort hinaus (E-Mail-Entwurf)" in [line.text for line in recent_actions(place)][1]


@pytest.mark.parametrize("how", [How.EMAIL, How.DOCX, How.PDF])
def test_which_text_was_sent_survives_a_cleaned_folder(
    place: Workplace, accepted: int, database: Path, tmp_path: Path, how: How
) -> None:
    (gone,) = send_answers(place, [order(place, accepted, how)]).gone
    assert gone.path is not None
    data = gone.path.read_bytes()
    gone.path.unlink()
    shown = open_sent(place, gone.document_id, tmp_path)
    assert (shown.name, shown.read_bytes()) == (gone.path.name, data)
    assert check_database(database, place).lines == (), "the copy belongs to the answer and is not left over"
    place.attachments.path(row(place, gone.document_id).sha256).unlink()
    assert "wie es hinausging" in check_database(database, place).problems[0]
    with pytest.raises(Refusal, match="liegt nicht mehr beim Büro"):
        open_sent(place, gone.document_id, tmp_path)


def test_what_left_without_a_file_is_said(place: Workplace, accepted: int, tmp_path: Path) -> None:
    (gone,) = send_answers(place, [order(place, accepted, How.KOPIERT)]).gone
    with pytest.raises(Refusal, match="ging ohne Datei hinaus"):
        open_sent(place, gone.document_id, tmp_path)


def test_a_second_answer_never_overwrites_the_first(place: Workplace, accepted: int) -> None:
    names = [send_answers(place, [order(place, accepted, confirmed=True)]).gone[0].path for _ in range(3)]
    assert [path.name for path in names if path] == [
        "2026-0001 Erika Beispiel.eml", "2026-0001 Erika Beispiel (2).eml",
        "2026-0001 Erika Beispiel (3).eml",
    ]  # fmt: skip


@pytest.mark.parametrize("how", [How.DOCX, How.PDF])
def test_a_letter_holds_address_and_text(place: Workplace, accepted: int, how: How) -> None:
    (gone,) = send_answers(place, [order(place, accepted, how)]).gone
    assert gone.path is not None
    assert gone.path.suffix == f".{how.value}"
    text = read_letter(gone.path)
    for part in (
        "Erika Beispiel",
        "59990 Lindenau",
        "vielen Dank für Ihre Nachricht",
        "Mit freundlichen Grüßen",
    ):
        assert part in text
    assert "{{" not in text


def read_letter(path: Path) -> str:
    if path.suffix == ".pdf":
        import pypdf

        pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    import docx

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*cells, *(one.text for one in document.paragraphs)])


@pytest.mark.parametrize("how", list(How))
def test_hostile_text_in_every_field_leaves_as_text(place: Workplace, accepted: int, how: How) -> None:
    answer = Answer(
        request_id=accepted, title=HOSTILE, text=f"{HOSTILE}\n\n{HOSTILE}",
        recipient=Recipient(name=HOSTILE, email="e@tsv.example.org", address=f"{HOSTILE}\nAm Platz 1"),
    )  # fmt: skip
    (gone,) = send_answers(place, [Order(answer=answer, how=how)]).gone
    assert "\x1b" not in gone.text + gone.url
    if gone.path is not None:
        assert gone.path.parent == place.out_folder
        if how is not How.EMAIL:
            text = read_letter(gone.path)
            assert "{{7*7}}" in text
            assert "49" not in text


def test_an_enclosed_letter_goes_with_the_mail(place: Workplace, accepted: int) -> None:
    (gone,) = send_answers(place, [order(place, accepted, enclose=True)]).gone
    assert gone.path is not None
    mail = message_from_bytes(gone.path.read_bytes(), policy=default)
    (file,) = mail.iter_attachments()  # type: ignore[attr-defined]
    assert file.get_content().startswith(b"%PDF")


def test_copied_and_handed_over_need_no_file(place: Workplace, accepted: int) -> None:
    copied = send_answers(place, [order(place, accepted, How.KOPIERT)]).gone[0]
    assert copied.text.startswith("Sehr geehrte Frau Beispiel,")
    assert copied.path is None
    assert not place.out_folder.exists()
    assert (
        send_answers(place, [order(place, accepted, How.MAILTO, confirmed=True)])
        .gone[0]
        .url.startswith("mailto:e@tsv.example.org?")
    )


def test_what_is_confidential_is_asked_first(place: Workplace, accepted: int) -> None:
    with transaction(place, "test_level") as work:
        work.get(Request, accepted).confidentiality = "vertraulich"
    with pytest.raises(AskFirst, match="Erika Beispiel"):
        send_answers(place, [order(place, accepted)])
    assert not list(place.out_folder.glob("*")) if place.out_folder.exists() else True
    assert send_answers(place, [order(place, accepted, confirmed=True)]).gone


def whole(make_request: Make) -> int:
    """An accepted invitation whose sender is not known."""
    return make_request(
        kind="einladung", state="zugesagt", outcome="zusage", event_start=datetime(2026, 12, 21, 18),
        event_place="Festzelt",
    )  # fmt: skip


def nothing_left(place: Workplace) -> None:
    with place.reading() as session:
        assert session.query(Document).count() == 0
    assert not place.out_folder.exists() or list(place.out_folder.iterdir()) == []


def test_a_batch_is_one_step_or_none(place: Workplace, accepted: int, make_request: Make) -> None:
    other = whole(make_request)
    orders = [order(place, accepted), order(place, other)]
    with pytest.raises(Refusal, match="Es fehlt die Adresse"):
        send_answers(place, orders)
    nothing_left(place)


def test_a_failing_commit_takes_the_file_back(
    place: Workplace, accepted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Refusal("voll")

    monkeypatch.setattr("ob_buero_tui.services.work._finish", fail)
    with pytest.raises(Refusal, match="voll"):
        send_answers(place, [order(place, accepted)])
    nothing_left(place)


@pytest.mark.parametrize("code", ["ENOSPC", "EACCES"])
def test_a_full_disk_is_said_in_german_and_nothing_is_out(
    place: Workplace, accepted: int, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    import errno

    def full(_: int) -> None:
        raise OSError(getattr(errno, code), "")

    monkeypatch.setattr(outbox.os, "fsync", full)
    with pytest.raises(
        Refusal, match=r"Der Ordner .* nimmt die Datei nicht: (der Datenträger ist voll|das Recht)"
    ):
        send_answers(place, [order(place, accepted)])
    monkeypatch.undo()
    nothing_left(place)


def test_a_folder_that_cannot_be_made_is_refused(place: Workplace, accepted: int) -> None:
    place.out_folder.parent.joinpath(place.out_folder.name).write_text("kein Ordner", encoding="utf-8")
    with pytest.raises(Refusal, match="nimmt die Datei nicht"):
        send_answers(place, [order(place, accepted)])


def test_a_letter_without_an_address_is_refused(place: Workplace, make_request: Make) -> None:
    with pytest.raises(Refusal, match="Anschrift ist nicht bekannt"):
        send_answers(place, [order(place, whole(make_request), How.PDF)])


def test_the_other_desk_may_write_while_a_letter_is_set(
    place: Workplace, other_place: Workplace, accepted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def slow_pdf(_template: Path, data: dict[str, Any], **_: Any) -> bytes:
        made.append(data["info"][1][1])
        if len(made) != 2:  # the other desk would be refused after 50 ms if the lock was held
            with transaction(other_place.with_patience(50), "test_rows") as work:
                work.get(Request, accepted).file_reference = f"013-{6 + len(made)}/26"
        return made[-1].encode()

    monkeypatch.setattr("ob_buero_tui.exchange.typst_pdf.make_pdf", slow_pdf)
    (gone,) = send_answers(place, [order(place, accepted, How.PDF)]).gone
    assert made == ["2026-0001", "013-7/26"], "what was changed meanwhile stands in the letter"
    assert gone.path is not None
    assert gone.path.read_bytes() == b"013-7/26"
    with pytest.raises(Refusal, match="wird gerade immer wieder geändert"):  # so it is from the third on
        send_answers(place, [order(place, accepted, How.PDF, confirmed=True)])


def test_a_released_answer_falls_back_when_it_is_changed(place: Workplace, accepted: int) -> None:
    answer = answer_of(compose(place, accepted, given={"ort": "Rathaus"}))
    saved = release_answer(place, answer)
    kept = row(place, saved.document_id)
    assert (kept.state, kept.released_by) == ("freigegeben", "PS")
    same = answer_of(begun(place, saved.document_id))
    assert "wieder ein Entwurf" not in save_answer(place, same).text
    other = Answer(request_id=accepted, title="x", text="anders", document_id=saved.document_id)
    assert "Die Freigabe gilt nicht mehr" in save_answer(place, other).text
    assert (row(place, saved.document_id).state, row(place, saved.document_id).released_at) == (
        "entwurf",
        None,
    )
    undo(place)
    assert row(place, saved.document_id).state == "freigegeben"


def test_what_another_desk_wrote_is_not_overwritten(
    place: Workplace, other_place: Workplace, accepted: int
) -> None:
    saved = save_answer(place, answer_of(compose(place, accepted)))
    mine = answer_of(begun(place, saved.document_id))
    theirs = begun(other_place, saved.document_id)
    save_answer(
        other_place, Answer(request_id=accepted, title="x", text="von KL", document_id=theirs.document_id)
    )
    with pytest.raises(Conflict):
        save_answer(place, mine)
    assert row(place, saved.document_id).text == "von KL"


def test_what_is_out_stays_as_it_is(place: Workplace, accepted: int) -> None:
    (gone,) = send_answers(place, [order(place, accepted)]).gone
    late = Answer(request_id=accepted, title="x", text="anders", document_id=gone.document_id)
    for step in (lambda: save_answer(place, late), lambda: drop_answer(place, gone.document_id)):
        with pytest.raises(Refusal, match="schon verlassen"):
            step()


def test_typed_facts_go_where_they_belong(place: Workplace, make_request: Make) -> None:
    key = make_request(kind="einladung", state="zugesagt", outcome="zusage")
    save_answer(place, answer_of(compose(place, key, given={"termin": "21.12. 18 Uhr", "ort": "Festzelt"})))
    with place.reading() as session:
        request = session.get(Request, key)
        assert request is not None
        assert (request.event_start, request.event_place) == (datetime(2026, 12, 21, 18), "Festzelt")


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON", "a/b\\c:d", "", "Ä" * 300, ".", "x\x00\x1b[2J"])
def test_file_names_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    path = write_out(tmp_path, file_name("2026-0001", name, ".eml"), b"x")
    assert path.parent == tmp_path
    assert len(path.name.encode()) < 200
    assert file_name("", "con", ".eml") == "Antwort con.eml"


def test_a_template_with_code_is_refused(place: Workplace, tmp_path: Path) -> None:
    import docx

    from ob_buero_tui.exchange.docx_out import fill_docx

    for source, why in (
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "nicht erlaubt"),
        ("{{ gibtesnicht }}", "„gibtesnicht“"),
        ("{% for x in", "nicht erlaubt"),
    ):
        document = docx.Document()
        document.add_paragraph(source)
        document.save(str(tmp_path / "brief.docx"))
        with pytest.raises(Refusal, match=why):
            fill_docx(tmp_path / "brief.docx", {"subject": "x"})
    (tmp_path / "brief.docx").write_bytes(b"kein Word")
    with pytest.raises(Refusal, match="keine lesbare Word-Datei"):
        fill_docx(tmp_path / "brief.docx", {})
    assert LETTER_DOCX in place.catalog.templates


def test_what_was_sent_is_found_by_its_words_unless_it_is_stricter(place: Workplace, accepted: int) -> None:
    from ob_buero_tui.store.search import SearchDoc

    def found() -> bool:
        with place.reading() as session:
            documents = session.query(SearchDoc).filter_by(type="request", ref_id=accepted).all()
            return any("wortschoepfung" in one.folded for one in documents)

    answer = Answer(request_id=accepted, title="Antwort", text="eine Wortschöpfung")
    saved = save_answer(place, answer)
    assert found()
    with transaction(place, "test_level") as work:
        work.get(Document, saved.document_id).confidentiality = "vertraulich"
    assert not found()
