"""Who is known of the people that somebody at the desk names: offered by name, linked only when sure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.names import full_name, joined
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.intake.names import Name, split_name
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import SORT_NAME, Organization, Person

NAME_LIMIT, NUMBER_LIMIT = 200, 60
_NUMBER: Final = re.compile(r"[\s,;·]+(?:tel\.?:?\s*)?(\+?\d[\d\s()/–-]{4,})$", re.IGNORECASE)
_ONLY_NUMBER: Final = re.compile(r"\s*(?:tel\.?:?\s*)?(\+?[\d(][\d\s()/–-]{3,})\s*", re.IGNORECASE)
DIGITS: Final = 5
"""Of a number fewer digits name nobody."""
_BEYOND_ASCII: Final = "\x7f"
# By the index of the list of people: the spelling it sorts by, and those with letters it does not fold.
_SPELT: Final = text(
    f"SELECT id, family_name FROM person WHERE deceased_on IS NULL AND {SORT_NAME} = :family"  # noqa: S608
)
_FOREIGN: Final = text(
    f"SELECT id, family_name FROM person WHERE deceased_on IS NULL AND {SORT_NAME} >= :first"  # noqa: S608
    f" AND {SORT_NAME} < :last AND family_name GLOB '*[^ -~ÄÖÜäöüß]*'"
)
_COLUMNS: Final = (
    Person.id, Person.given_name, Person.affix, Person.family_name, Person.honorific_prefix,
    Person.form_of_address, Person.job_title, Person.locality, Person.tel, Person.mobile,
    Person.private_tel, Person.email, Person.deceased_on, Person.confidentiality,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Who it is, as typed at the desk and cleaned; a number typed behind the name is the number."""

    shown: str
    name: Name
    tel: str
    email: str

    @classmethod
    def of(cls, name: str, tel: str, email: str) -> Typed:
        """Take apart what was typed."""
        shown, number = clean(name, limit=NAME_LIMIT).strip(), clean(tel, limit=NUMBER_LIMIT).strip()
        alone, behind = _ONLY_NUMBER.fullmatch(shown), _NUMBER.search(shown)
        if alone is not None:  # the display of the telephone, typed where one asks for the name
            shown, number = "", number or alone[1].strip()
        elif behind is not None:
            shown, number = shown[: behind.start()].strip(), number or behind[1].strip()
        address = clean(email, limit=NAME_LIMIT).strip()
        return cls(shown=shown, name=split_name(shown), tel=number, email=address)

    @property
    def contact(self) -> str:
        """The line that keeps all of it."""
        return ", ".join(part for part in (self.shown, self.tel, self.email) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A known person who may be the one calling.

    Args:
        label: The name with what tells people apart; of somebody who died, that too.
        sure: Whether they are linked without being asked about: first and family name agree, no other living
            person has them (or number or address agree), and nothing that was typed contradicts.
    """

    id: int
    label: str
    tel: str
    email: str
    deceased: bool = False
    sure: bool = False


def callers(place: Workplace, name: str, tel: str = "", email: str = "") -> tuple[Caller, ...]:
    """All readable known people of this name or this address; a sure one first, who has died last."""
    with place.reading() as session:
        return callers_of(session, place, Typed.of(name, tel, email))


def callers_of(session: Session, place: Workplace, typed: Typed) -> tuple[Caller, ...]:
    """The same within a transaction."""
    found = {
        row.id: row
        for row in (
            *_of_name(session, typed.name),
            *_of_address(session, typed.email),
            *_of_number(session, typed),
        )
        if place.sees(row.confidentiality, "") is View.FULL
    }
    sure = _sure(found.values(), typed)
    named = [
        Caller(
            id=row.id,
            label=_label(row),
            tel=row.tel or row.mobile,
            email=row.email or "",
            deceased=row.deceased_on is not None,
            sure=row.id == sure,
        )
        for row in found.values()
    ]
    return tuple(sorted(named, key=lambda one: (not one.sure, one.deceased, one.id)))


def known_organization(session: Session, name: str) -> int | None:
    """The one known organization of this name or short name, however it is written."""
    wanted = fold(joined(name))
    # Narrowed by the first letter, which is folded only here: one beyond ASCII may become any.
    firsts = [
        func.substr(func.ltrim(column), 1, 1) for column in (Organization.name, Organization.short_name)
    ]
    rows = session.execute(
        select(Organization.id, Organization.name, Organization.short_name).where(
            or_(*(or_(func.lower(first) == wanted[:1], first > _BEYOND_ASCII) for first in firsts))
        )
    )
    same = [row.id for row in rows if wanted in (fold(joined(row.name)), fold(joined(row.short_name)))]
    return same[0] if len(same) == 1 else None


def _of_name(session: Session, name: Name) -> Sequence[Any]:
    """The people of a family name, or of a first and a family name."""
    wanted = fold(joined(name.family))
    words = wanted.split()
    if not words:
        return ()
    # A particle or a former title may stand in a column of its own.
    tails = {" ".join(words[start:]) for start in range(len(words))}
    ids = [key for key, family in _candidates(session, tails) if fold(joined(family)) in tails]
    found = session.execute(select(*_COLUMNS).where(_among(ids)).order_by(Person.id)).all()
    return [row for row in found if _has_family(row, wanted) and _has_given(row, name.given)]


def _candidates(session: Session, families: Iterable[str]) -> Iterable[Any]:
    """Key and family name of people who may have one of these: by the index of the list, and all the dead."""
    for family in families:
        yield from session.execute(_SPELT, {"family": family})
    ranges = {(family[0], chr(ord(family[0]) + 1)) for family in families}
    for first, last in (*ranges, (_BEYOND_ASCII, "\U0010ffff")):
        yield from session.execute(_FOREIGN, {"first": first, "last": last})
    yield from session.execute(select(Person.id, Person.family_name).where(Person.deceased_on.is_not(None)))


def _of_address(session: Session, email: str) -> Sequence[Any]:
    if not email:
        return ()
    # The keys first: they are read from the index of addresses alone.
    ids = session.scalars(select(Person.id).where(func.lower(Person.email) == email.lower())).all()
    return session.execute(select(*_COLUMNS).where(_among(list(ids))).order_by(Person.id)).all()


def _of_number(session: Session, typed: Typed) -> Sequence[Any]:
    """The people of a number, written in any form; asked only while no name is typed."""
    digits = _digits(typed.tel)
    if typed.name.family or len(digits) < DIGITS:
        return ()
    numbers = (Person.tel, Person.mobile, Person.private_tel)
    found = session.execute(select(Person.id, *numbers).where(or_(*(_like(one, digits) for one in numbers))))
    ids = [row.id for row in found if any(_dials(one, digits) for one in row[1:])]
    return session.execute(select(*_COLUMNS).where(_among(ids)).order_by(Person.id)).all() if ids else ()


def organizations_of_number(session: Session, tel: str) -> list[int]:
    """The organizations of a number, written in any form."""
    digits = _digits(tel)
    if len(digits) < DIGITS:
        return []
    found = session.execute(select(Organization.id, Organization.tel).where(_like(Organization.tel, digits)))
    return [row.id for row in found if _dials(row.tel, digits)]


def _like(column: InstrumentedAttribute[str], digits: str) -> ColumnElement[bool]:
    """Whether a number may have these digits behind its prefix, with anything between them: a first sieve."""
    return column.like("%".join(("", *digits.lstrip("0"), "")))


def _dials(known: str, digits: str) -> bool:
    """Whether a known number is this one, or begins so while it is being typed."""
    return _digits(known).startswith(digits)


def _among(ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether a person is one of these; any number of them."""
    return Person.id.in_(select(func.json_each(json.dumps(ids)).table_valued("value").c.value))


def _sure(rows: Iterable[Any], typed: Typed) -> int | None:
    """The only living person of this first and family name whom nothing contradicts."""
    if not (typed.name.given and typed.name.family):
        return None
    wanted = fold(joined(typed.name.family))
    same = [
        row
        for row in rows
        if row.deceased_on is None and _has_family(row, wanted) and _has_given(row, typed.name.given)
    ]
    agreeing = [row for row in same if _answer(row, typed) is True]
    if len(same) > 1:
        same = agreeing
    return same[0].id if len(same) == 1 and _answer(same[0], typed) is not False else None


def _answer(row: Any, typed: Typed) -> bool | None:
    """Whether what else was typed says that it is this person; None where nothing is said of it."""
    form = typed.name.form
    if form and row.form_of_address and fold(form) != fold(row.form_of_address):
        return False
    numbers = {_digits(one) for one in (row.tel, row.mobile, row.private_tel)} - {""}
    answers = []
    if typed.tel and numbers:
        answers.append(_digits(typed.tel) in numbers)
    if typed.email and row.email:
        answers.append(fold(typed.email) == fold(row.email))
    return all(answers) if answers else None


def _digits(number: str) -> str:
    """A phone number's digits, in the form one dials inside the country."""
    digits = "".join(filter(str.isdigit, number.replace("(0)", "")))
    if number.lstrip().startswith("+49") or digits.startswith("0049"):
        return f"0{digits.removeprefix('00')[2:]}"
    return digits


def _has_family(row: Any, wanted: str) -> bool:
    return wanted in (fold(joined(row.family_name)), fold(joined(row.affix, row.family_name)))


def _has_given(row: Any, given: str) -> bool:
    return not given or fold(joined(row.given_name)) == fold(joined(given))


def _label(row: Any) -> str:
    name = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name)
    died = f"verstorben am {long_date(row.deceased_on)}" if row.deceased_on is not None else ""
    return ", ".join(part for part in (name, row.job_title, row.locality, died) if part)
