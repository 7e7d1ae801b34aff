"""The order in which files of OParl objects are best read: what others refer to comes first.

Any order gives the same result; a good one leaves fewer references open on the way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_ORDER = (
    r"system",
    r"bod(?:y|ies)|körperschaft|koerperschaft",
    r"location|orte?\b",
    r"organi[sz]ation|gremi",
    r"person|people|member|mitglied",
    r"meeting|sitzung|agenda",
    r"paper|vorlage|drucksache",
    r"consultation|beratung",
)
_WORDS = [re.compile(words) for words in _ORDER]


def in_order(files: Sequence[Path]) -> list[Path]:
    """The files with those of OParl objects brought into order among themselves; all others stay in place."""
    ours = iter(sorted((file for file in files if _is_json(file)), key=_rank))
    return [next(ours) if _is_json(file) else file for file in files]


def _is_json(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _rank(file: Path) -> int:
    """By what the name of the file says, else that of its folder; unknown ones come last."""
    for name in (file.stem.lower(), file.parent.name.lower()):
        for rank, words in enumerate(_WORDS):
            if words.search(name):
                return rank
    return len(_WORDS)
