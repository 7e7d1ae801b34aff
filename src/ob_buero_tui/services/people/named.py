"""Which people a request names in its fields, by their full name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import Catalog, FieldType, RequestKind
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.names import joined
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request

_WORD = re.compile(r"[^\W_]+")


class Naming(Enum):
    """How surely a text names somebody."""

    NO = "no"
    PERHAPS = "perhaps"
    """Given and family name stand in it, but not side by side: „Erika und Karl Beispiel“."""
    YES = "yes"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in folded words."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def of(cls, given: str, affix: str, family: str) -> PersonName:
        """The name of a person's columns."""
        return cls(folded_words(given), folded_words(joined(affix, family)))

    def in_text(self, words: tuple[str, ...]) -> Naming:
        """How surely these folded words name the person; one of only one name is never named."""
        if not (self.given and self.family):
            return Naming.NO
        for given in dict.fromkeys((self.given, self.given[:1])):
            if _contains(words, (*given, *self.family)) or _contains(words, (*self.family, *given)):
                return Naming.YES
        if _contains(words, self.given[:1]) and _contains(words, self.family):
            return Naming.PERHAPS
        return Naming.NO


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(fold(text)))


def name_of(person: Person) -> PersonName:
    """A person's name in folded words."""
    return PersonName.of(person.given_name, person.affix, person.family_name)


def texts_for(catalog: Catalog, request: Request, type_: FieldType = FieldType.PERSON) -> list[str]:
    """What stands in a request's fields of this type."""
    kind = catalog.kinds.get(request.kind or "")
    return field_texts(kind, request, type_) if kind is not None else []


def field_texts(kind: RequestKind, request: Request, type_: FieldType = FieldType.PERSON) -> list[str]:
    """What stands in a request's fields of this type, by its kind."""
    values = (request.fields.get(spec.key) for spec in kind.fields if spec.type is type_)
    return [value for value in values if isinstance(value, str) and value.strip()]


def namesakes(session: Session, person: Person, doubles: Collection[int] = ()) -> int:
    """How many other living people bear this name; entries that are the same person do not count."""
    same = select(Person.given_name, Person.affix, Person.family_name).where(
        Person.family_name == person.family_name,
        Person.id.not_in((person.id, *doubles)),
        Person.deceased_on.is_(None),
    )
    wanted = name_of(person)
    return sum(PersonName.of(*row) == wanted for row in session.execute(same))


def best(naming: Iterable[Naming]) -> Naming:
    """The surest of some answers."""
    order = (Naming.NO, Naming.PERHAPS, Naming.YES)
    return max(naming, key=order.index, default=Naming.NO)


def names_body(organization: Organization, words: tuple[str, ...]) -> bool:
    """Whether folded words name an organization."""
    wanted = folded_words(organization.name)
    return bool(wanted) and _contains(words, wanted)


def _contains(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(words[start : start + size] == wanted for start in range(len(words) - size + 1))
