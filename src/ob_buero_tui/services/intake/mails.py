"""The use cases of mails: each becomes a request, with its sender, letter and attachments."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.calendars import write_answers
from ob_buero_tui.services.intake.keeping import store
from ob_buero_tui.services.intake.mail_events import answers_of
from ob_buero_tui.services.intake.mail_plan import MailPlan, Prepared, place_mail
from ob_buero_tui.services.intake.source import AlreadyImported, Source, is_known, register_source
from ob_buero_tui.services.requests.due import answer_due, bases_of
from ob_buero_tui.services.requests.levels import kind_level
from ob_buero_tui.services.requests.numbers import next_serial, number_text, register
from ob_buero_tui.services.requests.waking import Incoming, wake_by_answer
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tables import JOURNALED


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedMail:
    """What a mail became: the request's key and number, how it was planned, how many it woke and answered."""

    request_id: int
    number: str
    plan: MailPlan
    woken: int = 0
    answered: int = 0


class SameMail(AlreadyImported):
    """This very letter came in already, in a file with other bytes."""


@use_case("import_mail")
def import_mail(work: Work, prepared: Prepared, source: Source) -> ImportedMail:
    """Make a request of a mail; its kind is only proposed, a person confirms it.

    Args:
        prepared: The mail with what was found out about it before the transaction.
        source: The file it comes from.

    Raises:
        AlreadyImported: the same bytes, or the same letter in other bytes, came in meanwhile.
    """
    store(work.place.attachments, prepared.mail.attachments)
    register_source(work, source)
    done = take_in(work, prepared)
    tell_taken(work, [done])
    return done


@use_case("import_mails")
def import_mails(work: Work, letters: Sequence[Prepared], source: Source) -> tuple[ImportedMail, ...]:
    """Make requests of all letters of one file that are not there yet, as one step.

    Args:
        letters: In the order of the file; the bytes of their attachments are on the disk already.
    """
    register_source(work, source)
    done = []
    for prepared in letters:
        with suppress(SameMail):
            # Both look before they write: a letter that is known leaves no trace.
            if not is_known(work.session, prepared.original_sha256):
                done.append(take_in(work, prepared))
                register_source(work, replace(source, sha256=prepared.original_sha256))
    tell_taken(work, done)
    return tuple(done)


def take_in(work: Work, prepared: Prepared) -> ImportedMail:
    """Make a request of a letter, inside a step; the bytes of its attachments are on the disk already.

    Raises:
        SameMail: this letter is there already.
    """
    plan = place_mail(work.session, prepared)
    if plan.place.same_as:
        raise SameMail
    year = work.today.year
    serial = next_serial(work, year)
    number = number_text(year, serial)
    person_id = plan.requester.person_id
    if plan.requester.new_person is not None:
        person_id = _insert(work, "person", plan.requester.new_person)
    request_id = _insert(work, "request", _request_row(work, plan, number, person_id))
    register(work, year, {serial: request_id})
    _insert(work, "message", _message_row(plan, request_id))
    rows = [{**asdict(file), "request_id": request_id} for file in prepared.files]
    work.insert_rows(JOURNALED["attachment"], rows)
    for key in plan.place.joining:
        work.get(Request, key).thread = plan.place.thread
    if plan.place.double_of is not None:
        work.refer("request", plan.place.double_of[0])
    woken = wake_by_answer(work, _incoming(plan), request_id)
    answers = answers_of(work.session, prepared.invitation.records, prepared.mail.sender_address)
    write_answers(work, answers)
    return ImportedMail(
        request_id=request_id, number=number, plan=plan, woken=woken, answered=len(answers.answers)
    )


def _incoming(plan: MailPlan) -> Incoming:
    """The letter as what waits for one sees it."""
    mail = plan.prepared.mail
    return Incoming(
        thread=plan.place.thread,
        answers=plan.place.answers,
        received=plan.prepared.received,
        senders=frozenset(one.lower() for one in (mail.sender_address, mail.reply_to) if one),
        cited=(*mail.references, mail.in_reply_to),
        automatic=mail.automatic and not mail.bounce,
        bounce=mail.bounce,
    )


def tell_taken(work: Work, done: Sequence[ImportedMail]) -> None:
    """Keep what the history says of letters that were taken in."""
    joined = sum(len(one.plan.place.joining) for one in done)
    # What joins an exchange or is woken is changed, so its old search document must go.
    work.fresh_rows = not joined and not any(one.woken or one.answered for one in done)
    work.tell(table="request", ids=[one.request_id for one in done], joined=joined)


def _request_row(work: Work, plan: MailPlan, number: str, person_id: int | None) -> dict[str, Any]:
    kind, invitation = plan.prepared.kind, plan.prepared.invitation
    bases = None
    if kind is not None:
        received = work.place.local(plan.prepared.received)
        bases = bases_of(
            kind,
            received=received,
            event_start=invitation.start,
            decided=None,
            fields=plan.prepared.fields,
        )
    answer = answer_due(kind, bases, work.calendar)
    return {
        "number": number,
        "kind": kind.key if kind else None,
        "kind_proposed": kind is not None,
        "subject": plan.prepared.mail.subject,
        "received_at": plan.prepared.received,
        "channel": plan.prepared.channel,
        "requester_id": person_id,
        "organization_id": plan.requester.organization_id,
        "event_start": invitation.start,
        "event_end": invitation.end,
        "event_place": invitation.place,
        "fields": dict(plan.prepared.fields),
        "due_on": answer.on,
        "due_time": answer.at,
        "due_text": answer.text,
        "intake_notes": list(plan.notes),
        "double_of_id": plan.place.double_of[0] if plan.place.double_of else None,
        "thread": plan.place.thread,
        # What answers a confidential letter is no less confidential.
        "confidentiality": kind_level(
            kind, Confidentiality(plan.place.level or Confidentiality.INTERN)
        ).value,
        "owner": plan.place.owner,
    }


def _message_row(plan: MailPlan, request_id: int) -> dict[str, Any]:
    mail = plan.prepared.mail
    return {
        "request_id": request_id,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "sender_name": mail.sender_name,
        "sender_address": mail.sender_address,
        "recipients": list(mail.to),
        "sent_at": mail.date,
        "subject": mail.subject,
        "body": mail.body,
        "original_sha256": plan.prepared.original_sha256,
    }


def _insert(work: Work, table: str, values: dict[str, Any]) -> int:
    return work.insert_rows(JOURNALED[table], [values])[0]


@sentence("import_mail")
def _imported(params: Params) -> str:
    return f"aus einer E-Mail übernommen{_joined(params)}"


def _joined(params: Params) -> str:
    joined = params.get("joined", 0)
    return f"; {plural(joined, 'spätere Antwort', 'spätere Antworten')} zugeordnet" if joined else ""


@sentence("import_mails")
def _all_imported(params: Params) -> str:
    return f"aus einer Sammlung von E-Mails übernommen{_joined(params)}"
