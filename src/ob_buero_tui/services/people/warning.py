"""Warns where something is meant for someone who has died or whom a notice protects (domain.md 1.4, 2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.checks import Finding, Level
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.locks import Lock, label, read
from ob_buero_tui.rules.names import joined
from ob_buero_tui.services.people.named import (
    Naming,
    PersonName,
    best,
    field_texts,
    folded_words,
    name_of,
    namesakes,
)
from ob_buero_tui.store.people import LOCKED, Person
from ob_buero_tui.store.requests import Request

KEY = "verstorben"
_PROTECTED = "people.protected"
_FORBIDDEN: Mapping[Lock, str] = MappingProxyType(
    {
        Lock.WIDERSPRUCH_50_5: "Nicht gratulieren und nichts veröffentlichen",
        Lock.AUSKUNFTSSPERRE_51: "Nicht gratulieren, nichts veröffentlichen, niemandem Auskunft geben,"
        " auch nicht, dass es die Sperre gibt",
        Lock.SPERRVERMERK_52: "Die Anschrift nicht nennen und nichts veröffentlichen",
    }
)
"""What each notice forbids; the first two block the greeting altogether (domain.md 2.3)."""


def person_findings(
    session: Session, kind: RequestKind, request: Request, today: date
) -> tuple[Finding, ...]:
    """What is known of the person that a request is meant for and speaks against it.

    Args:
        today: The office's date.
    """
    return (*deceased_finding(session, kind, request), *lock_findings(session, kind, request, today))


def deceased_finding(session: Session, kind: RequestKind, request: Request) -> tuple[Finding, ...]:
    """A warning for a request that ends with a death and names, or comes from, somebody who has died."""
    if not kind.ends_with_death or request.closed:
        return ()
    texts = [folded_words(text) for text in field_texts(kind, request)]
    meant_here = _dead_of(session, texts) if texts else [request.requester_id]
    dead = select(Person.id, Person.given_name, Person.affix, Person.family_name, Person.deceased_on).where(
        Person.deceased_on.is_not(None), Person.id.in_(meant_here)
    )
    for key, given, affix, family, on in session.execute(dead.order_by(Person.id)):
        name = PersonName.of(given, affix, family)
        meant = best(name.in_text(words) for words in texts) is not Naming.NO
        if on is not None and (meant or (not texts and key == request.requester_id)):
            text = f"{joined(given, affix, family)} ist am {long_date(on)} verstorben. Bitte prüfen."
            return (
                Finding(
                    key=KEY,
                    label="Lebt die Person?",
                    rule=KEY,
                    level=Level.WARN,
                    text=text,
                    source="Personenverzeichnis",
                    unconfirmed=False,
                ),
            )
    return ()


def _dead_of(session: Session, texts: Sequence[tuple[str, ...]]) -> list[int]:
    """The dead whose family name stands in one of these texts, by an index that covers all their names."""
    said = {word for words in texts for word in words}
    names = select(Person.id, Person.family_name).where(Person.deceased_on.is_not(None))
    # By the driver: of thousands of names only those that stand in the texts are wanted.
    found: Any = session.connection().execute(names).cursor
    return [key for key, family in found.fetchall() if said.issuperset(_family(family))]


@lru_cache(maxsize=50_000)
def _family(name: str) -> tuple[str, ...]:
    """The folded words of a family name; remembered, as those of all the dead are compared at every step."""
    return folded_words(name)


def lock_findings(session: Session, kind: RequestKind, request: Request, today: date) -> tuple[Finding, ...]:
    """A warning for each notice on the person that a request is meant for: the named one, else who asks."""
    if not kind.ends_with_death or request.closed:
        return ()
    texts = [folded_words(text) for text in field_texts(kind, request)]
    found: dict[str, Finding] = {}
    for person in _protected(session):
        if not texts and person.id != request.requester_id:
            continue
        naming = best(name_of(person).in_text(words) for words in texts)
        if texts and naming is Naming.NO:
            continue
        sure = person.id == request.requester_id or (naming is Naming.YES and not namesakes(session, person))
        for text in person.locks:
            finding = _lock_finding(person, text, today, sure=sure)
            found.setdefault(f"{finding.key} {person.id}", finding)
    return tuple(found.values())


def _protected(session: Session) -> Sequence[Person]:
    """All people with a notice; read once for a whole list of requests, as all people are looked through."""
    if _PROTECTED not in session.info:
        query = select(Person).where(sql(LOCKED)).order_by(Person.id)
        session.info[_PROTECTED] = session.scalars(query).all()
    people: Sequence[Person] = session.info[_PROTECTED]
    return people


def _lock_finding(person: Person, stored: str, today: date, *, sure: bool) -> Finding:
    """One notice as a finding; a past last day does not lift it, as it may have been prolonged."""
    known = read(stored)
    name = joined(person.given_name, person.family_name)
    if known is None:
        lock, told = "unbekannt", f"{name}: {stored}. Vor jedem Schritt mit der Meldebehörde klären."
    else:
        lock, until = known[0].value, known[1]
        told = f"{name}: {label(known[0])}. {_FORBIDDEN[known[0]]}."
        if until is not None and until < today:
            told += f" Der Vermerk galt bis {long_date(until)}; die Meldebehörde fragen, ob er noch gilt."
    if not sure:
        told += " Bitte prüfen, ob diese Person gemeint ist."
    return Finding(
        key=f"sperre_{lock}",
        label="Sperrvermerk",
        rule="sperrvermerk",
        level=Level.WARN,
        text=told,
        source="Personenverzeichnis; §§ 50 bis 52 BMG",
        unconfirmed=False,
    )
