"""What a human decides about records whose retention is over: keep, offer, the archive's answer, destroy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.disposing.proposing import proposal, rows
from ob_buero_tui.services.disposing.views import Proposal, key_of, several
from ob_buero_tui.services.erasing import carrying_out
from ob_buero_tui.services.erasing.erasing import finish
from ob_buero_tui.services.erasing.finding import linked_files, refuse_veil
from ob_buero_tui.services.erasing.linking import Linked, event_rows, linked_rows, request_rows
from ob_buero_tui.services.history import Params, long_day_text, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.erasure_list import ErasedRow, ErasureGroup
from ob_buero_tui.store.retention import Disposal, DisposalState, ErasureGround

NOTE_LIMIT = 500


@use_case("keep_record")
def keep_record(work: Work, ids: Sequence[int], until: date, note: str = "") -> Done:
    """Keep records beyond their retention; they are proposed again after a day.

    Args:
        ids: Numbers of proposals.
    """
    if until <= work.today:
        raise Refusal(
            "Es wurde nichts vermerkt.", "Der Tag liegt nicht in der Zukunft.", "Nennen Sie einen späteren."
        )
    for one in _load(work, ids):
        row = _decide(work, one, DisposalState.BEHALTEN)
        row.until_on, row.note = until, clean(note, limit=NOTE_LIMIT).strip()
    work.tell(until=until.isoformat())
    return _done(ids, f"behalten bis {long_date(until)}")


@use_case("offer_to_archive")
def offer_to_archive(work: Work, ids: Sequence[int]) -> Done:
    """Note that records were offered to the archive; they wait for its answer."""
    for one in _load(work, ids):
        if one.state in (DisposalState.ANGEBOTEN, DisposalState.UEBERNOMMEN, DisposalState.ABGELEHNT):
            raise Refusal(f"{one.name} wurde nicht angeboten.", f"Stand: {one.state_label}.", "")
        _decide(work, one, DisposalState.ANGEBOTEN)
    return _done(ids, "dem Archiv angeboten")


@use_case("archive_answered")
def archive_answered(work: Work, ids: Sequence[int], answer: DisposalState) -> Done:
    """Note the archive's answer.

    Args:
        answer: `uebernommen` (it is handed over outside this program) or `abgelehnt`.
    """
    if answer not in (DisposalState.UEBERNOMMEN, DisposalState.ABGELEHNT):
        raise ValueError(f"{answer} is no answer of an archive")
    for one in _load(work, ids):
        if one.state is not DisposalState.ANGEBOTEN:
            raise Refusal(
                f"Zu {one.name} wurde keine Antwort vermerkt.",
                "Es ist dem Archiv nicht angeboten.",
                "Bieten Sie es erst an.",
            )
        _decide(work, one, answer)
    taken = answer is DisposalState.UEBERNOMMEN
    work.tell(taken=taken)
    return _done(ids, "vom Archiv übernommen" if taken else "vom Archiv abgelehnt")


def destroy(place: Workplace, ids: Sequence[int]) -> Done:
    """Destroy records for good, with their letters, attachments and history; numbers and dates stay.

    Raises:
        Refusal: a retention still runs, a matter is open, or the archive was not asked.
    """
    refuse_veil(place)
    groups: list[ErasureGroup] = []
    done = destroy_record(place, ids, groups)
    return replace(done, text=f"{done.text}{finish(place, groups)}")


def refuse_undue(place: Workplace, ids: Sequence[int]) -> int:
    """Whether `destroy` would do it, so that nobody is asked for what cannot be done; how many it is about.

    Raises:
        Refusal: as `destroy`.
    """
    found = rows(place, ids)
    for one in found.values():
        _refuse_undue(place.today, one)
    return len(found)


@use_case("destroy_record")
def destroy_record(work: Work, ids: Sequence[int], groups: list[ErasureGroup]) -> Done:
    """The transaction of `destroy`.

    Args:
        groups: Takes the step, for what follows the commit.
    """
    found = _load(work, ids)
    for one in found:
        _refuse_undue(work.today, one)
    linked: Linked = {}
    connection = work.session.connection()
    for one in found:
        _decide(work, one, DisposalState.VERNICHTET).note = ""
        linked |= _belonging(work, one)
    erased = [
        ErasedRow(table, key, whole, () if whole else ("left_house",))
        for (table, key), whole in linked.items()
    ]
    digests = linked_files(connection, linked)
    group = carrying_out.new_group(work, erased, ErasureGround.ABLAUF)
    gone = carrying_out.erase_rows(work, erased, None, ErasureGround.ABLAUF)
    group = carrying_out.with_gone(group, digests, gone)
    carrying_out.begin(work, group)
    groups.append(group)
    work.tell(count=len(found))
    return _done(ids, "vernichtet. Das lässt sich nicht zurücknehmen")


def _belonging(work: Work, one: Proposal) -> Linked:
    connection = work.session.connection()
    make = {"request": request_rows, "event": event_rows, "person": linked_rows}
    return make[one.table](connection, one.row_id)


def _refuse_undue(today: date, one: Proposal) -> None:
    what = f"{one.name} wird nicht vernichtet."
    if one.state is DisposalState.VERNICHTET:
        raise Refusal(what, "Es ist schon vernichtet.")
    if one.late:
        now = "Hat die E-Akte davon nichts, vermerken Sie es mit n."
        raise Refusal(what, f"{one.filed[:1].upper()}{one.filed[1:]}.", now)
    if one.filed:
        now = "Vermerken Sie erst mit a, dass die E-Akte ihn hat, oder mit n, dass sie ihn nicht hat."
        raise Refusal(what, f"Er ist {one.filed}.", now)
    over = one.kept_as is not None and one.kept_as.is_over(one.begun_on, today)
    if not over and one.taken_over_on is None:
        until = f"bis {long_date(one.until)}" if one.until is not None else "dauernd"
        raise Refusal(what, f"Es ist {until} aufzubewahren.", "Danach wird es wieder vorgeschlagen.")
    if one.state is DisposalState.BEHALTEN:
        until = f"bis {long_date(one.until_on)}" if one.until_on is not None else "weiter"
        raise Refusal(what, f"{one.decided} ist vermerkt: {until} behalten.", "")
    if one.must_be_offered:
        raise Refusal(
            what,
            "Es ist vorher dem Archiv anzubieten, und dessen Antwort fehlt.",
            "Bieten Sie es mit Z an; lehnt das Archiv ab oder hat es übernommen, geht es.",
        )


def _load(work: Work, ids: Sequence[int]) -> list[Proposal]:
    """The proposals of these numbers, as they are now."""
    found = []
    for id in ids:
        one = proposal(work.place, work.session, *key_of(id))
        if one is None:
            raise Refusal(
                "Das ist nicht mehr möglich.",
                "Die Aufbewahrung läuft noch, oder der Vorgang ist wieder offen.",
                "Sehen Sie die Liste neu an.",
            )
        if one.hidden:
            raise Refusal(
                f"{one.name} bleibt, wie es ist.",
                "Es ist persönlich.",
                "Entscheiden kann nur der Platz, dem es gehört.",
            )
        found.append(one)
    return found


def _decide(work: Work, one: Proposal, state: DisposalState) -> Disposal:
    row = work.session.scalars(
        select(Disposal).where(Disposal.table_name == one.table, Disposal.row_id == one.row_id)
    ).one_or_none()
    if row is None:
        row = Disposal(table_name=one.table, row_id=one.row_id)
        work.session.add(row)
    row.retention_class = one.kept_as.key if one.kept_as is not None else row.retention_class or ""
    row.state, row.decided_on, row.decided_by, row.until_on = (
        state.value,
        work.today,
        work.desk.initials,
        None,
    )
    work.refer(one.table, one.row_id)
    return row


def _done(ids: Sequence[int], text: str) -> Done:
    return Done(ids=tuple(ids), text=f"{several(ids)} {text}")


@sentence("keep_record")
def _kept(params: Params) -> str:
    until = str(params.get("until", ""))
    return f"Aussonderung: behalten bis {long_day_text(until)}" if until else "Aussonderung: behalten"


@sentence("offer_to_archive")
def _offered(_params: Params) -> str:
    return "Aussonderung: dem Archiv angeboten"


@sentence("archive_answered")
def _answered(params: Params) -> str:
    return f"Aussonderung: vom Archiv {'übernommen' if params.get('taken') else 'abgelehnt'}"


@sentence("destroy_record")
def _destroyed(params: Params) -> str:
    return f"Aussonderung: {plural(int(params.get('count', 1)), 'Datensatz', 'Datensätze')} vernichtet"
