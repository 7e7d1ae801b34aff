"""Warns where something is meant for a person who has died (domain.md 1.4 H)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.checks import Finding, Level
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.names import joined
from ob_buero_tui.services.people.named import Naming, PersonName, best, field_texts, folded_words
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request

KEY = "verstorben"


def deceased_finding(session: Session, kind: RequestKind, request: Request) -> tuple[Finding, ...]:
    """A warning for a request that ends with a death and names, or comes from, somebody who has died."""
    if not kind.ends_with_death or request.closed:
        return ()
    texts = [folded_words(text) for text in field_texts(kind, request)]
    dead = select(Person.id, Person.given_name, Person.affix, Person.family_name, Person.deceased_on).where(
        Person.deceased_on.is_not(None)
    )
    if not texts:
        dead = dead.where(Person.id == request.requester_id)
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
