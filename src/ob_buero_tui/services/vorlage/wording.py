"""How Votum and decision are called in German."""

from __future__ import annotations

from ob_buero_tui.rules.vorlage_line import WORDS
from ob_buero_tui.services.requests.voting import VOTES
from ob_buero_tui.services.vorlage.views import VorlageDecision


def votum(key: str) -> str:
    """A Votum in German; empty where there is none."""
    return VOTES.get(key, key)


def decision(said: VorlageDecision) -> str:
    """A decision in German; empty while nothing was said."""
    return WORDS.get(said.value, "")
