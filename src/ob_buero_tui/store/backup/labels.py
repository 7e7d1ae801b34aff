"""What a copy was made for, and how a clerk calls it."""

from __future__ import annotations

BEFORE = "vor-rueckkehr"
"""The state that a return gave up."""
LABELS = {
    "": "laufend",
    "vor-aktualisierung": "vor Aktualisierung",
    "vor-import": "vor großem Import",
    BEFORE: "vor einer Rückkehr",
    "vor-reparatur": "vor einer Reparatur",
    "von-hand": "von Hand",
    "vor-tresor": "Tresor: vorher",
    "tresor": "Tresor: nachher",
}
