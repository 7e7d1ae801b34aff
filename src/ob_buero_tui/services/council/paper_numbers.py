"""The register of numbers given to papers: counted on, checked, and never given twice.

The register stands outside the journal, as that of requests does: a paper that is undone leaves its number
there as `storniert` (store/derived.py keeps that state), so nobody gets it again.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select

from ob_buero_tui.catalog.papers import PaperKind, PaperRules, office_number, paper_rules
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.paper_number import (
    NumberParts,
    NumberScheme,
    base_of,
    missing_parts,
    next_number,
    read,
    series_of,
    written,
)
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.council import LegislativeTerm, Paper
from ob_buero_tui.store.council_topics import PaperNumber

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ob_buero_tui.catalog.model import Catalog
    from ob_buero_tui.services.work import Work
    from ob_buero_tui.store.people import Organization

FREE: Final = "frei"
"""The series of numbers that somebody typed and no pattern wrote; the supplements of such ones too."""
GIVEN, CANCELLED = "vergeben", "storniert"
_TERM_SIGN = re.compile(r"\b(?:\d{1,3}|[IVXLC]+)\b")


def parts_of(
    session: Session, catalog: Catalog, kind: PaperKind, office: Organization | None, on: date
) -> NumberParts:
    """What a number says beside its count: letters, year, office, Wahlperiode."""
    names = (office.short_name, office.name) if office is not None else ()
    return NumberParts(
        art=kind.sign,
        year=on.year,
        amt=office_number(catalog, *names),
        wahlperiode=_term(session, paper_rules(catalog), on),
    )


def proposed_number(
    session: Session, catalog: Catalog, kind: PaperKind, office: Organization | None, on: date
) -> str:
    """The number that a paper of this kind would get now.

    Raises:
        Refusal: the pattern asks for something that nobody knows.
    """
    scheme = paper_rules(catalog).schemes[kind.numbers]
    parts = parts_of(session, catalog, kind, office, on)
    return written(scheme, parts, _next(session, catalog, kind, scheme, parts)[1])


def give_number(
    work: Work, paper: Paper, kind: PaperKind, office: Organization | None, typed: str = ""
) -> str:
    """Give a paper its number and enter it into the register; inside a use case.

    Args:
        paper: Has its key already.
        typed: A number that the office laid down itself; empty: the next one.

    Raises:
        Refusal: the number was given out before, even if its paper was undone.
    """
    scheme = paper_rules(work.catalog).schemes[kind.numbers]
    typed = clean(typed, limit=100).strip()
    if typed:
        series, serial, supplement = _placed(work, kind, scheme, office, typed)
        reference = typed
    else:
        parts = parts_of(work.session, work.catalog, kind, office, work.today)
        series, serial = _next(work.session, work.catalog, kind, scheme, parts)
        supplement, reference = 0, written(scheme, parts, serial)
    ensure_free(work.session, reference, paper.id)
    paper.reference = reference
    _register(work, paper.id, series, serial, supplement, reference)
    return reference


def give_supplement(work: Work, paper: Paper, kind: PaperKind, base: Paper) -> str:
    """Give a paper the number of a supplement to another one: `BV 2022 0359/1`; inside a use case.

    Raises:
        Refusal: the other paper has no number that one could be hung on.
    """
    if not base.reference:
        raise Refusal(
            "Die Ergänzung bekommt noch keine Nummer.",
            "Die Vorlage, die sie ergänzt, hat selbst keine.",
            "Vergeben Sie zuerst deren Nummer.",
        )
    scheme = paper_rules(work.catalog).schemes[kind.numbers]
    stem, _n = base_of(scheme, base.reference)
    series, serial = _series_of_stem(work, stem)
    shown = work.session.scalars(select(Paper.reference).where(Paper.reference.like(f"{_like(stem)}%", "\\")))
    found = [base_of(scheme, reference) for reference in shown]
    taken = [n for root, n in found if root == stem]
    taken += work.session.scalars(
        select(PaperNumber.supplement).where(PaperNumber.series == series, PaperNumber.serial == serial)
    )
    number = next_number(taken, 1)
    reference = stem + scheme.supplement.replace("{n}", str(number))
    ensure_free(work.session, reference, paper.id)
    paper.reference = reference
    _register(work, paper.id, series, serial, number, reference)
    return reference


def ensure_free(session: Session, reference: str, paper_id: int) -> None:
    """Refuse a number that was ever given to another paper.

    Raises:
        Refusal: it was.
    """
    given = session.scalars(select(PaperNumber).where(PaperNumber.reference == reference)).first()
    if given is None:
        used = select(Paper.id).where(Paper.reference == reference, Paper.id != paper_id)
        if session.scalar(used.where(Paper.deleted.is_(False)).limit(1)) is None:
            return
    why = (
        "Sie ist storniert; eine Nummer wird nie ein zweites Mal vergeben."
        if given is not None and given.state == CANCELLED
        else "Sie ist schon vergeben."
    )
    raise Refusal(
        f"Die Nummer {clean(reference)} gibt es nicht noch einmal.",
        why,
        "Lassen Sie das Feld leer, dann kommt die nächste freie Nummer.",
    )


def register_faults(session: Session) -> tuple[str, ...]:
    """What is wrong with the register, in German: a number stands for one paper for ever."""
    rows = session.execute(
        select(PaperNumber.reference, PaperNumber.state, PaperNumber.paper_id)
        .add_columns(Paper.reference.label("shown"))
        .outerjoin(Paper, Paper.id == PaperNumber.paper_id)
        .order_by(PaperNumber.series, PaperNumber.serial, PaperNumber.supplement)
    ).all()
    wrong, seen = [], set()
    for row in rows:
        number = clean(row.reference)
        if row.reference in seen:
            wrong.append(f"Die Vorlagennummer {number} steht zweimal im Register.")
        seen.add(row.reference)
        if row.shown != row.reference and row.state != CANCELLED:
            wrong.append(f"Die Vorlagennummer {number} ist vergeben, ihre Vorlage heißt nicht so.")
        elif row.shown == row.reference and row.state != GIVEN:
            wrong.append(f"Die Vorlagennummer {number} ist {row.state}, ihre Vorlage gibt es aber.")
    own = select(Paper.reference).where(Paper.oparl_id.is_(None), Paper.reference != "").order_by(Paper.id)
    missing = (number for number in session.scalars(own) if number not in seen)
    wrong += [f"Die Vorlagennummer {clean(number)} steht nicht im Register." for number in missing]
    return tuple(wrong)


def _next(
    session: Session, catalog: Catalog, kind: PaperKind, scheme: NumberScheme, parts: NumberParts
) -> tuple[str, int]:
    """The series, and its next count: after all that the register and the papers at hand have."""
    lacks = missing_parts(scheme, parts)
    if lacks:
        raise Refusal(
            f"Für eine {kind.label} lässt sich keine Nummer bilden.",
            f"Es fehlt {join(lacks)}.",
            "Ergänzen Sie es, oder schreiben Sie die Nummer selbst.",
        )
    series, arts = series_of(scheme, parts), _arts(catalog, kind)
    taken = set(session.scalars(select(PaperNumber.serial).where(PaperNumber.series == series)))
    shown = session.scalars(select(Paper.reference).where(Paper.reference != "").distinct())
    found = (read(scheme, parts, reference, arts) for reference in shown)
    return series, next_number(taken | {one[0] for one in found if one is not None}, scheme.first)


def _arts(catalog: Catalog, kind: PaperKind) -> tuple[str, ...]:
    """The letters of all kinds that share the pattern."""
    kinds = paper_rules(catalog).kinds.values()
    return tuple(sorted({one.sign for one in kinds if one.numbers == kind.numbers and one.sign}))


def _placed(
    work: Work, kind: PaperKind, scheme: NumberScheme, office: Organization | None, typed: str
) -> tuple[str, int, int]:
    """Where a typed number belongs in the register: its series, if the pattern would have written it."""
    parts = parts_of(work.session, work.catalog, kind, office, work.today)
    found = read(scheme, parts, typed, _arts(work.catalog, kind))
    if found is None or missing_parts(scheme, parts) or found[1]:
        return FREE, _next_free(work), 0
    return series_of(scheme, parts), found[0], 0


def _series_of_stem(work: Work, stem: str) -> tuple[str, int]:
    """Series and count of the number that a supplement hangs on; of one from elsewhere a place of its own."""
    known = work.session.execute(
        select(PaperNumber.series, PaperNumber.serial).where(PaperNumber.reference == stem)
    ).first()
    if known is not None:
        return known.series, known.serial
    foreign = f"{FREE} {stem}"
    return foreign, 0


def _next_free(work: Work) -> int:
    highest = select(func.max(PaperNumber.serial)).where(PaperNumber.series == FREE)
    return (work.session.scalar(highest) or 0) + 1


def _register(work: Work, paper_id: int, series: str, serial: int, supplement: int, reference: str) -> None:
    work.session.flush()
    values = {"series": series, "serial": serial, "supplement": supplement, "reference": reference}
    row = values | {"paper_id": paper_id, "state": GIVEN}
    work.session.connection().execute(insert(PaperNumber), [row])


def _term(session: Session, rules: PaperRules, on: date) -> str:
    """The Wahlperiode of a day: as the office wrote it down, else the number in what OParl calls it."""
    laid_down = [one.sign for one in rules.wahlperioden if one.start <= on]
    if laid_down:
        return laid_down[-1]
    names = session.scalars(
        select(LegislativeTerm.name)
        .where(LegislativeTerm.deleted.is_(False), LegislativeTerm.start_date <= on)
        .where(LegislativeTerm.end_date.is_(None) | (LegislativeTerm.end_date >= on))
        .order_by(LegislativeTerm.start_date.desc(), LegislativeTerm.id)
    )
    found = (_TERM_SIGN.search(name) for name in names)
    return next((one[0] for one in found if one), "")


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
