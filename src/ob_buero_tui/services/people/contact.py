"""Everything known of one person or body, as far as this desk may read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ob_buero_tui.rules import german, locks
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.visibility import Audience, Confidentiality, label
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.intake.people_rows import CARDS, EXTRA_LABELS, MERGED_UIDS, REVISED
from ob_buero_tui.services.people import linked
from ob_buero_tui.services.people.addressing import body_of, forms_of
from ob_buero_tui.services.people.columns import COLUMNS, contact_name, typed
from ob_buero_tui.services.people.merged import merged_into
from ob_buero_tui.services.people.seeing import Contact, read_contact
from ob_buero_tui.services.people.views import ContactView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person

_ELSEWHERE = frozenset({"note", "salutation", "spoken_salutation", "postal_address", "rank", "name"})
"""Columns that a view shows in places of their own."""
_FORMS = ("postal_address", "salutation", "spoken_salutation")
_EXTRA_SHOWN = 20
_EXTRA_HIDDEN = frozenset({REVISED, MERGED_UIDS, CARDS})


def contact(place: Workplace, table: str, key: int) -> ContactView:
    """A contact for its panel, for the desks alone: what leaves the office goes by `services.export.people`.

    Args:
        table: "person" or "organization".

    Raises:
        Refusal: it is gone, or hidden from this desk.
    """
    with place.reading() as session:
        row = read_contact(place, session, table, key)
        body = body_of(session, key) if table == "person" else ""
        found, overridden = forms_of(place, row, body)
        seen = linked.Seen(place, session, Audience.INTERN)
        mentions = linked.mentioning(session, row)
        requests = linked.requests(seen, row, mentions)
        return ContactView(
            table=table,
            id=key,
            title=clean(contact_name(row), limit=200),
            facts=_facts(table, row),
            address=found.lines,
            salutation=found.salutation,
            spoken=found.spoken,
            overridden=overridden,
            own=tuple(name for name in _FORMS if getattr(row, name, "")),
            unconfirmed=found.unconfirmed and not overridden,
            rule=_rule(place, found.rule, found.source),
            rank=found.rank,
            deceased_on=row.deceased_on if isinstance(row, Person) else None,
            locks=locks.told(row.locks) if isinstance(row, Person) else (),
            confidentiality=label(Confidentiality(row.confidentiality)),
            memberships=linked.memberships(seen, row),
            requests=requests,
            events=linked.events(seen, row, [line.id for line in requests], mentions),
            papers=linked.papers(seen, row),
            meetings=linked.meetings(seen, row),
            notes=row.note,
            history=history_of(place, session, table, merged_into(session, table, key)),
        )


def _rule(place: Workplace, key: str, source: str) -> str:
    named = next((row.label for row in place.catalog.salutations if row.key == key), "")
    return f"{named} ({source})" if named and source else named


def _facts(table: str, row: Contact) -> tuple[tuple[str, str], ...]:
    """The filled columns with their labels, then what else a foreign file told."""
    facts = [
        (column.label, _shown(typed(column, getattr(row, column.name))))
        for column in COLUMNS[table]
        if column.name not in _ELSEWHERE
    ]
    facts += _told(row.extra)
    if (row.extra.get("oparl") or {}).get("deleted"):
        facts.append(("Ratsinformationssystem", "dort gelöscht"))
    if row.source:
        on = f" vom {_day(row.source_on)}" if row.source_on else ""
        facts.append(("Quelle", f"{row.source}{on}"))
    return tuple((name, clean(value, limit=500)) for name, value in facts if value)


def _told(extra: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """What has no column of its own; objects of council information systems stay out."""
    for name, value in list(extra.items())[:_EXTRA_SHOWN]:
        shown = value if isinstance(value, str) else ", ".join(map(str, value)) if _texts(value) else ""
        if shown and name not in _EXTRA_HIDDEN:
            yield EXTRA_LABELS.get(name, clean(name, limit=40)), shorten(_birthday(name, shown), 200)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _birthday(name: str, text: str) -> str:
    """A birthday without its year, „--05-17“, as „17.05.“."""
    digits = text.removeprefix("--").replace("-", "")
    if name == "BDAY" and text.startswith("--") and len(digits) == 4 and digits.isdecimal():
        return f"{digits[2:]}.{digits[:2]}."
    return text


def _shown(text: str) -> str:
    return ", ".join(text.splitlines())


def _day(day: date) -> str:
    return german.long_date(day)
