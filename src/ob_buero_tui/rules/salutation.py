"""How somebody is addressed: the lines of a letter, its salutation and the spoken one, by a table.

The table is the office's (`salutations.toml`); here is only how its rows are chosen and filled. Source of the
rules: domain.md 6.2, which follows the BMI's "Ratgeber für Anschriften und Anreden" and is unconfirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ob_buero_tui.rules.names import NOBLE, joined, without_particles

FRAU, HERR = "Frau", "Herr"
PLACEHOLDERS = (
    "amt", "anredetitel", "grade", "vorname", "name", "nachname", "adel", "mandat", "organisation", "ort",
)  # fmt: skip
"""What a template may name; besides, `{links|rechts}` is the left for a man and the right for a woman."""

DEFAULT_SALUTATION = "Sehr geehrte Damen und Herren,"
HOME = frozenset({"", "deutschland", "germany", "de", "d", "brd", "bundesrepublik deutschland"})

_PLACE = re.compile(r"\{(?:([^{}|]*)\|([^{}|]*)|(\w+))\}")
_FORMS = frozenset({"herr", "herrn", "frau", "hr.", "fr.", "mr.", "mrs.", "ms."})
_BEFORE = frozenset(
    {"erste", "erster", "1.", "stellvertretende", "stellvertretender", "stv.", "stellv.", "ehrenamtliche",
     "ehrenamtlicher", "hauptamtliche", "hauptamtlicher"}
)  # fmt: skip
_FORMER = re.compile(r"(?i)\ba\. ?d\.|\bi\. ?r\.|\behemalige|\bem\.|\balt(?:ober)?bürgermeister")
_PROFESSOR = re.compile(r"(?i)(?<![^\W_])prof")
_DOCTOR = re.compile(r"(?i)(?<![^\W_])(?:dr|dres|doktor)(?![^\W_])")


class By(StrEnum):
    """By what of a person a row of the table is chosen, in the order in which it is tried."""

    AMT = "amt"
    PRAEDIKAT = "praedikat"
    MANDAT = "mandat"
    ADEL = "adel"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salutation:
    """One row of the table.

    Args:
        key: Its name; `person`, `neutral` and `organisation` are the standard rows.
        by: What is compared with `match`.
        match: The words that choose the row; an office's title may go on („Bürgermeisterin der Stadt …“).
        address: Templates of the lines before the organization and the street; „Herrn“ is accusative.
        rank: Place in lists of greetings; lower is greeted first, None is last.
        unconfirmed: True while the office has not confirmed the row.
    """

    key: str
    label: str
    by: By
    match: tuple[str, ...] = ()
    address: tuple[str, ...]
    salutation: str
    spoken: str = ""
    rank: int | None = None
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom a letter is for: a person, a person in an organization, or an organization alone.

    Args:
        form_of_address: „Frau“, „Herr“, or anything else for neither.
        affix: Former title of nobility or particle: „Graf“, „Freifrau“, „von“.
        street_address: May have several lines.
    """

    form_of_address: str = ""
    praedikat: str = ""
    honorific_prefix: str = ""
    given_name: str = ""
    affix: str = ""
    family_name: str = ""
    job_title: str = ""
    mandate: str = ""
    organization: str = ""
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """How somebody is addressed.

    Args:
        lines: The address of a letter, from the name to the country.
        salutation: The written salutation with its comma.
        spoken: The spoken one; "" where there is none.
        rule: Key of the row it comes from; "" where the table has none.
    """

    lines: tuple[str, ...]
    salutation: str
    spoken: str
    rank: int | None = None
    rule: str = ""
    source: str = ""
    unconfirmed: bool = False


_FALLBACK = {
    key: Salutation(key=key, label="", by=By.STANDARD, address=address, salutation=text, spoken=spoken)
    for key, address, text, spoken in (
        ("neutral", ("{grade} {vorname} {name}",), "Guten Tag {vorname} {name},", "{vorname} {name}"),
        ("organisation", ("{organisation}",), DEFAULT_SALUTATION, ""),
    )
}
"""What counts where the office's table lacks a standard row."""


def forms(who: Addressee, table: Iterable[Salutation]) -> Forms:
    """Work out how somebody is addressed.

    Args:
        table: The rows in their order; of two that fit, the one with the longer word counts.
    """
    row = _row(who, tuple(table))
    words = _words(who)
    female = who.form_of_address == FRAU
    name_lines = [_fill(line, words, female=female) for line in row.address]
    lines = [*name_lines, *_office_lines(who, row), *_street_lines(who)]
    text = _fill(row.salutation, words, female=female)
    ended = text if text.endswith(("!", ",")) else f"{text},"
    return Forms(
        lines=tuple(dict.fromkeys(line for line in lines if line)),
        salutation=ended if len(ended) > 1 else DEFAULT_SALUTATION,
        spoken=_fill(row.spoken, words, female=female),
        rank=row.rank,
        rule=row.key,
        source=row.source,
        unconfirmed=row.unconfirmed,
    )


def couple(first: Addressee, second: Addressee, table: Iterable[Salutation]) -> Forms:
    """Address two people who live together: „Frau Anna und Herrn Bernd Beispiel“ (domain.md 6.2)."""
    rows = tuple(table)
    one, two = forms(first, rows), forms(second, rows)
    count = len(_street_lines(first))
    rest = one.lines[len(one.lines) - count :] if count else ()
    plain = not (first.affix or second.affix or first.honorific_prefix or second.honorific_prefix)
    if plain and first.family_name and first.family_name == second.family_name:
        name = f"{_short(first)} und {_short(second)} {first.family_name}"
        lines: tuple[str, ...] = (name, *rest)
    else:
        known = [name for name in (_whole(first), _whole(second)) if name.strip()]
        lines = (*known[:1], *(f"und {name}" for name in known[1:]), *rest)
    return Forms(
        # Names may begin or end with odd blanks; an envelope shows none of them.
        lines=tuple(" ".join(line.split()) for line in lines if line.strip()),
        salutation=f"{one.salutation.rstrip(',!')}, {_continued(two.salutation)}",
        spoken=" und ".join(part for part in (one.spoken, two.spoken) if part),
        rank=min((rank for rank in (one.rank, two.rank) if rank is not None), default=None),
        rule="ehepaar",
        unconfirmed=one.unconfirmed or two.unconfirmed,
    )


def degree(prefix: str, *, spelled: str = "") -> str:
    """The one title that a salutation names: Professor before Dr.; "" without either.

    Args:
        prefix: All academic degrees: „Prof. Dr. Dr. h. c.“.
        spelled: „Frau“ or „Herr“ to spell the Professor out; "" for „Prof.“.
    """
    if _PROFESSOR.search(prefix):
        return {FRAU: "Professorin", HERR: "Professor"}.get(spelled, "Prof.")
    return "Dr." if _DOCTOR.search(prefix) else ""


def template_problem(text: str) -> str:
    """What is wrong with a template, German; "" when nothing is."""
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        return "geschweifte Klammern, die zusammengehören"
    named = [match[3] for match in _PLACE.finditer(text) if match[3]]
    wrong = next((name for name in named if name not in PLACEHOLDERS), None)
    return f"einer der Platzhalter {', '.join(PLACEHOLDERS)} statt {wrong}" if wrong else ""


def _row(who: Addressee, table: tuple[Salutation, ...]) -> Salutation:
    standard = _FALLBACK | {row.key: row for row in table if row.by is By.STANDARD}
    if not (who.family_name or who.given_name):
        return standard["organisation"]
    if who.form_of_address not in (FRAU, HERR):
        return standard["neutral"]
    for by, text in (
        (By.AMT, who.job_title if not _FORMER.search(who.job_title) else ""),
        (By.PRAEDIKAT, who.praedikat),
        (By.MANDAT, who.mandate),
        (By.ADEL, who.affix),
    ):
        found = _matching((row for row in table if row.by is by), text)
        if found is not None:
            return found
    named = bool(who.family_name)
    return standard.get("person", standard["neutral"]) if named else standard["neutral"]


def _matching(rows: Iterable[Salutation], text: str) -> Salutation | None:
    """The row whose longest word begins the text; words like „stellvertretende“ may stand before."""
    words = text.lower().split()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    wanted = " ".join(words).replace(",", " ") + " "
    fits = [(len(word), row) for row in rows for word in row.match if wanted.startswith(f"{word.lower()} ")]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _words(who: Addressee) -> Mapping[str, str]:
    titles = [word for word in who.affix.split() if word in NOBLE]
    small = [word for word in who.affix.split() if word not in NOBLE]
    nobiliary = joined(*small, who.family_name)
    grades = " ".join(word for word in who.honorific_prefix.split() if word.lower() not in _FORMS)
    known = who.form_of_address in (FRAU, HERR)
    return {
        "amt": who.job_title,
        "anredetitel": degree(grades, spelled=who.form_of_address if known else ""),
        "grade": grades,
        "vorname": who.given_name,
        "name": joined(who.affix, who.family_name),
        "nachname": nobiliary if not titles or titles[0].startswith("Frei") else without_particles(nobiliary),
        "adel": " ".join(titles),
        "mandat": who.mandate,
        "organisation": who.organization,
        "ort": who.locality,
    }


def _fill(template: str, words: Mapping[str, str], *, female: bool) -> str:
    """A template with its values, in one pass, so that nothing in a value is taken for a placeholder."""

    def value(match: re.Match[str]) -> str:
        if match[3] is None:
            return match[2] if female else match[1]
        return words.get(match[3], "")

    text = " ".join(_PLACE.sub(value, template).split())
    return re.sub(r"\s+([,!])", r"\1", text)


def _office_lines(who: Addressee, row: Salutation) -> list[str]:
    """The office and the organization after a name; without an office a person is reached c/o."""
    if not (who.family_name or who.given_name):
        return []
    office = "" if row.by is By.AMT else joined(who.job_title)
    body = joined(who.organization)
    if "{organisation}" in "".join(row.address):
        body = ""
    return [office, body if office or row.by is By.AMT or not body else f"c/o {body}"]


def _street_lines(who: Addressee) -> list[str]:
    street = [joined(line) for line in who.street_address.splitlines()]
    town = joined(who.postal_code, who.locality)
    abroad = joined(who.country) if who.country.strip().lower() not in HOME else ""
    return [line for line in (*street, town, abroad.upper()) if line]


def _short(who: Addressee) -> str:
    return joined({HERR: "Herrn", FRAU: "Frau"}.get(who.form_of_address, ""), who.given_name)


def _whole(who: Addressee) -> str:
    return joined(_short(Addressee(form_of_address=who.form_of_address)), _words(who)["grade"],
                  who.given_name, who.affix, who.family_name)  # fmt: skip


def _continued(salutation: str) -> str:
    """A salutation that goes on after a comma."""
    start = salutation.split(" ", 1)[0]
    return salutation[:1].lower() + salutation[1:] if start in ("Sehr", "Guten") else salutation
