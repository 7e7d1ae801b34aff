"""The words of a query without a key: what the full text of a request must say, or must not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, bindparam, column, select, text
from sqlalchemy.orm import Session

from ob_buero_tui.rules.folding import query_words
from ob_buero_tui.rules.query import Query, Term
from ob_buero_tui.store.requests import Request

_SAYING = (
    "SELECT d.ref_id FROM search_fts f CROSS JOIN search_doc d ON d.id = f.rowid"
    " WHERE search_fts MATCH :{} AND d.type = 'request'"
)
_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))


def matching(terms: Sequence[Term]) -> str:
    """The terms as one expression of the index: beginnings of words, and what stood in quotes as it is."""
    parts: list[str] = []
    for term in terms:
        for value in term.values:
            words = query_words(value)
            exact = " " in value
            parts += [f'"{" ".join(words)}"'] if exact else [f'"{word}"*' for word in words]
    return " ".join(parts)


def saying(query: Query) -> list[ColumnElement[bool]]:
    """Conditions on the letters, subjects, names and notes of requests."""
    if wanted := expression(query):
        return [_said(wanted, "said")]
    return [~_said(each, f"unsaid_{number}") for number, each in enumerate(_unwanted(query))]


def expression(query: Query) -> str:
    """All that the full text must say and must not, for the index; empty where it need not say anything."""
    wanted = matching([term for term in query.terms if not term.key and not term.negated])
    return "".join((f"({wanted})", *(f" NOT ({each})" for each in _unwanted(query)))) if wanted else ""


def _unwanted(query: Query) -> list[str]:
    found = (matching([term]) for term in query.terms if not term.key and term.negated)
    return [each for each in found if each]


def _said(match: str, name: str) -> ColumnElement[bool]:
    found = text(_SAYING.format(name)).bindparams(bindparam(name, match)).columns(column("ref_id", Integer))
    return Request.id.in_(select(found.subquery().c.ref_id))


def lock(session: Session) -> None:
    """Take the read lock: a full-text table that meets a locked file fails with a riddle."""
    session.connection().exec_driver_sql("SELECT 1 FROM search_doc LIMIT 1")


def spellings(value: str) -> tuple[str, ...]:
    """How a word may be stored: SQLite compares A and a alike, but not Ü and ü, nor ue and ü."""
    typed = value.replace("\x00", "")
    for plain, umlaut in _UMLAUTS:
        typed = typed.replace(plain, umlaut)
    forms = (value.replace("\x00", ""), typed)
    every = [spelled for form in forms for spelled in (form, form.lower(), form.upper(), form.capitalize())]
    # What has no umlaut is compared without regard to capitals: one spelling is enough.
    return tuple({each.lower() if each.isascii() else each: each for each in every}.values())
