"""Parts of a person's name: titles of nobility, particles, academic degrees, and names in full."""

from __future__ import annotations

PARTICLES = frozenset(
    {
        "von",
        "vom",
        "van",
        "de",
        "del",
        "della",
        "di",
        "da",
        "zu",
        "zum",
        "zur",
        "der",
        "den",
        "ter",
        "af",
        "und",
    }
)
"""Small words before a family name; they stay in it."""

NOBLE = frozenset(
    {
        "Baron", "Baronesse", "Baronin", "Edle", "Edler", "Freifrau", "Freiherr", "Freiin", "Fürst",
        "Fürstin", "Graf", "Gräfin", "Herzog", "Herzogin", "Landgraf", "Landgräfin", "Markgraf", "Markgräfin",
        "Prinz", "Prinzessin", "Ritter",
    }
)  # fmt: skip
"""Former titles: part of the family name since 1919 (Art. 109 WRV), written after the given name."""


def joined(*parts: str) -> str:
    """Words joined by single blanks, empty ones left out."""
    return " ".join(word for part in parts for word in part.split())


def full_name(prefix: str, given: str, affix: str, family: str) -> str:
    """A name as it is written: „Dr. Karl Graf von Beispiel“."""
    return joined(prefix, given, affix, family)


def split_noble(family: str) -> tuple[str, str]:
    """Take the former title off a family name: „Graf von X“ gives „Graf“ and „von X“."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count] in NOBLE:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def without_particles(name: str) -> str:
    """A family name without the small words before it: „von der Au“ gives „Au“."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in PARTICLES:
        words.pop(0)
    return " ".join(words)
