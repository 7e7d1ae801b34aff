"""The use case of one file of cards: people, bodies and memberships come in, gaps are filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, select

from ob_buero_tui.exchange.vcard_records import CardFile
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.people_known import AT_ONCE, Entry
from ob_buero_tui.services.intake.people_plan import PeoplePlan, plan_people
from ob_buero_tui.services.intake.report import Counts, people_counts
from ob_buero_tui.services.intake.source import Source, register_source
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.death import stop_greetings
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.tables import JOURNALED

_NONE = frozenset({"uid", "email", "birthday", "deceased_on", "source_on"})
_LISTS = frozenset({"categories"})
_COLUMNS = {
    "person": (
        "family_name", "given_name", "affix", "honorific_prefix", "form_of_address", "gender", "email", "tel",
        "mobile", "private_tel", "street_address", "postal_code", "locality", "private_street_address",
        "private_postal_code", "private_locality", "country", "job_title", "mandate", "language", "assistant",
        "birthday", "deceased_on", "uid", "note", "categories", "source", "source_on", "extra",
    ),
    "organization": (
        "name", "email", "tel", "street_address", "postal_code", "locality", "country", "website", "uid",
        "note", "categories", "source", "source_on", "extra",
    ),
}  # fmt: skip


@use_case("import_vcard")
def import_vcard(work: Work, file: CardFile, source: Source) -> PeoplePlan:
    """Bring the people of a file of cards in; where all is known already, nothing is written.

    Args:
        file: What was read before the transaction.
        source: The file it comes from.

    Returns:
        What was changed, and what was left out.
    """
    plan = plan_people(work.session, file, source.name, work.today)
    if plan.empty:
        return plan
    register_source(work, source)
    old = any(one.person.key is not None for one in plan.memberships)
    new_dead = [one for one in plan.persons if one.is_new and one.values.get("deceased_on")]
    work.fresh_rows = not (plan.changed or old or new_dead)
    _insert(work, JOURNALED["organization"], plan.organizations)
    _insert(work, JOURNALED["person"], plan.persons)
    work.insert_rows(
        JOURNALED["membership"],
        [
            {"person_id": one.person.key, "organization_id": one.body.key, "role": one.role}
            for one in plan.memberships
        ],
    )
    _change(work, Organization, plan.organizations)
    died = _change(work, Person, plan.persons)
    died += [work.get(Person, one.key) for one in new_dead if one.key is not None]
    for person in died:
        name = shorten(contact_name(person), 60)
        plan.notes += [f"„{name}“ ist verstorben: {told}" for told in stop_greetings(work, person)]
    counts = plan.counts
    named = ("persons", "organizations", "memberships", "completed")
    work.tell(counts={name: getattr(counts, name) for name in named})
    return plan


def _insert(work: Work, table: Table, entries: Iterable[Entry]) -> None:
    """Insert what is new; from then on it has a key."""
    new = [one for one in entries if one.key is None]
    keys = work.insert_rows(table, [_whole(table.name, one.values) for one in new])
    for entry, key in zip(new, keys, strict=True):
        entry.key = key
        entry.changed.clear()


def _whole(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """A row with all columns that cards may fill: many rows are inserted by one statement."""
    return {name: values.get(name) or _empty(name) for name in _COLUMNS[table]}


def _empty(name: str) -> Any:
    if name in _NONE:
        return None
    return [] if name in _LISTS else {} if name == "extra" else ""


def _change(work: Work, row_class: type[Any], entries: Sequence[Entry]) -> list[Any]:
    """Write what known rows got new; returns the people that a card says have died."""
    wanted = {one.key: one for one in entries if one.changed}
    died = []
    keys = list(wanted)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        for row in work.session.scalars(select(row_class).where(row_class.id.in_(some))):
            entry = wanted[row.id]
            for name in sorted(entry.changed):
                setattr(row, name, entry.values[name])
            if "deceased_on" in entry.changed and isinstance(entry.values["deceased_on"], date):
                died.append(row)
    return died


@sentence("import_vcard")
def _imported(params: Params) -> str:
    told = people_counts(Counts(**params.get("counts", {})))
    return f"aus Visitenkarten übernommen: {told}" if told else "aus Visitenkarten übernommen"
