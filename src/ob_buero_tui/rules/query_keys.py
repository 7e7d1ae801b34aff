"""The keys of the search language, with other spellings, fixed values and an example each."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ob_buero_tui.rules.folding import fold


class Sort(StrEnum):
    """What the values of a key are."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key.

    Args:
        name: As it is shown and written down.
        example: A key with a value that makes sense in any office.
        help: What it is about, for the hints while typing.
        others: Further spellings, folded.
        choices: The fixed values; where the office's catalog says them, they are empty.
    """

    name: str
    sort: Sort
    example: str
    help: str
    others: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


YES, NO = "ja", "nein"
YES_NO: Final = (YES, NO)
OPEN, CLOSED, OVERDUE, WAITING = "offen", "abgeschlossen", "überfällig", "wartet"
STATES: Final = (
    OPEN, "neu", WAITING, "zugesagt", "vertretung", "abgesagt", "abgegeben", "vertagt", "verschoben",
    "vorlage", "erledigt", "zurückgezogen", "ausgefallen", "verfristet", CLOSED, OVERDUE,
)  # fmt: skip
HAS: Final = (
    "anhang", "aufgabe", "doppel", "frist", "notiz", "person", "termin", "votum", "wiedervorlage",
    "zuständig", "entscheidung", "antwort",
)  # fmt: skip
DECIDERS: Final = ("ob", "büroleitung", "regel")
LEVELS: Final = ("öffentlich", "intern", "vertraulich", "persönlich")
MINE: Final = "ich"
NOBODY: Final = "niemand"

KEYS: Final = (
    Key(
        name="art",
        sort=Sort.CHOICE,
        example="art:grusswort",
        help="Name, Zeichen oder Stapel einer Art",
        others=("kind", "typ"),
    ),
    Key(
        name="status",
        sort=Sort.CHOICE,
        example="status:offen",
        help="der Stand",
        others=("stand", "state"),
        choices=STATES,
    ),
    Key(
        name="von",
        sort=Sort.TEXT,
        example="von:turnverein",
        help="Person oder Organisation",
        others=("absender", "from", "person", "verein"),
    ),
    Key(
        name="frist",
        sort=Sort.DATE,
        example="frist:<kw48",
        help="Antwort bis",
        others=("faellig", "fallig", "due", "bis"),
    ),
    Key(
        name="eingang",
        sort=Sort.DATE,
        example="eingang:>=1.11.",
        help="eingegangen am",
        others=("eingegangen", "erhalten"),
    ),
    Key(
        name="termin", sort=Sort.DATE, example="termin:kw50", help="Tag des Anlasses", others=("anlass", "am")
    ),
    Key(
        name="zuständig",
        sort=Sort.TEXT,
        example="zuständig:ich",
        help="Kürzel, ich oder niemand",
        others=("zustandig", "wer"),
    ),
    Key(name="nummer", sort=Sort.TEXT, example="nummer:2026-01", help="Anfang der Nummer", others=("nr",)),
    Key(name="ort", sort=Sort.TEXT, example="ort:hafen", help="Ort des Anlasses", others=("wo",)),
    Key(name="betreff", sort=Sort.TEXT, example="betreff:jubiläum", help="im Betreff", others=("titel",)),
    Key(name="wichtig", sort=Sort.CHOICE, example="wichtig:ja", help="gekennzeichnet mit !", choices=YES_NO),
    Key(
        name="ergebnis",
        sort=Sort.CHOICE,
        example="ergebnis:absage",
        help="was daraus wurde",
        others=("outcome", "ausgang"),
    ),
    Key(
        name="durch",
        sort=Sort.CHOICE,
        example="durch:ob",
        help="wer entschieden hat",
        others=("entscheider",),
        choices=DECIDERS,
    ),
    Key(
        name="votum", sort=Sort.CHOICE, example="votum:zusage", help="Votum des Büros", others=("vorschlag",)
    ),
    Key(
        name="entscheidung",
        sort=Sort.DATE,
        example="entscheidung:november",
        help="entschieden am",
        others=("entschieden",),
    ),
    Key(name="wv", sort=Sort.DATE, example="wv:heute", help="Wiedervorlage am", others=("wiedervorlage",)),
    Key(
        name="hat",
        sort=Sort.CHOICE,
        example="hat:anhang",
        help="was dabei ist",
        others=("mit",),
        choices=HAS,
    ),
    Key(
        name="stufe",
        sort=Sort.CHOICE,
        example="stufe:vertraulich",
        help="Vertraulichkeit",
        others=("vertraulichkeit",),
        choices=LEVELS,
    ),
)
"""All keys, in the order in which the hints name them."""

BY_NAME: Final[Mapping[str, Key]] = MappingProxyType(
    {name: key for key in KEYS for name in (fold(key.name), *key.others)}
)
"""The keys by every spelling, folded."""
NEAR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prio": "wichtig",
        "prioritat": "wichtig",
        "prioritaet": "wichtig",
        "datum": "termin",
        "bearbeiter": "zustaendig",
        "assigned": "zustaendig",
        "to": "zustaendig",
        "an": "zustaendig",
        "subject": "betreff",
        "anhang": "hat",
        "attachment": "hat",
        "grund": "ergebnis",
        "kategorie": "art",
        "geheim": "stufe",
        "is": "status",
        "ist": "status",
    }
)
"""What somebody may mean who comes from another program."""


def nearest(folded: str, words: Iterable[str]) -> str:
    """The word most like a mistyped one, both folded; empty when none is."""
    found = difflib.get_close_matches(folded, list(words), n=1, cutoff=0.6)
    return found[0] if found else ""


def choose(word: str, choices: Iterable[str]) -> str:
    """The choice that a word names in any spelling, or by a beginning that only one has; empty when none.

    Both ways of writing without umlauts are taken, „ueberfaellig“ and „uberfallig“.
    """
    wanted = fold(word)
    spelled = {choice: (fold(choice), _plain(choice)) for choice in choices}
    for choice, spellings in spelled.items():
        if wanted in spellings:
            return choice
    begins = [choice for choice, found in spelled.items() if any(each.startswith(wanted) for each in found)]
    return begins[0] if len(begins) == 1 and wanted else ""


def _plain(word: str) -> str:
    return fold(word.lower().replace("ä", "a").replace("ö", "o").replace("ü", "u"))
