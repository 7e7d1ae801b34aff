"""How the bodies usually sit: laid down by the office, or read from their past sessions."""

from __future__ import annotations

from ob_buero_tui.services.council.planning_views import PatternForm, PatternView
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace


def patterns(place: Workplace) -> tuple[PatternView, ...]:
    """How each body that sits, or could, usually sits; by step and name."""
    raise NotImplementedError


def derive_patterns(place: Workplace) -> tuple[PatternView, ...]:
    """What the past sessions show for each body, whatever was laid down."""
    raise NotImplementedError


def edit_pattern(work: Work, organization_id: int, form: PatternForm) -> Done:
    """Lay down how a body sits (verb `edit_pattern`).

    Raises:
        Refusal: a weekday, a length or a round that cannot be.
    """
    raise NotImplementedError
