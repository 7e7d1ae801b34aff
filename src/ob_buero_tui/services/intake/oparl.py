"""The use case of one file of OParl objects: the council's bodies, people, sessions and papers come in."""

from __future__ import annotations

from typing import Any

from ob_buero_tui.exchange.oparl_records import OparlFile
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.oparl_changes import Step
from ob_buero_tui.services.intake.oparl_counts import CouncilCounts, council_text
from ob_buero_tui.services.intake.oparl_plan import plan_council
from ob_buero_tui.services.intake.oparl_plan_items import CouncilPlan
from ob_buero_tui.services.intake.oparl_writing import Writing
from ob_buero_tui.services.intake.source import Source, register_source
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store import occurrences

MAIN = ("meeting", "paper", "organization", "person", "body")
"""What a file is named by in the history, where it holds just one of them; the first that it has counts."""


@use_case("import_oparl")
def import_oparl(work: Work, file: OparlFile, source: Source) -> tuple[CouncilPlan, CouncilCounts]:
    """Bring the objects of a file in; where all is known already, nothing is written.

    References hold in both directions and in any order of files: what names an object that has not come
    yet waits, and becomes a key in the action that brings it.

    Args:
        file: What was read before the transaction.
        source: The file it comes from.
    """
    plan, writing = take_in(work, file)
    counts = counted(plan, writing)
    if work.recorder.count == 0:
        return plan, counts
    register_source(work, source)
    work.tell(**_named(plan, writing), counts=told_counts(counts))
    return plan, counts


def take_in(work: Work, file: OparlFile) -> tuple[CouncilPlan, Writing]:
    """Bring objects in within a use case that runs already.

    Args:
        file: What was read before the transaction.
    """
    plan = plan_council(work.session, work.catalog, file)
    connection = work.session.connection()
    if plan.new["meeting"] and occurrences.needs_window(connection, work.today):
        occurrences.ensure_window(connection, work.today)
    writing = Writing(work, plan)
    writing.run()
    return plan, writing


def counted(plan: CouncilPlan, writing: Writing | None = None) -> CouncilCounts:
    """What a plan brings; what its references change is only known once it is written."""
    written = writing.changed if writing is not None else set()
    changed = deleted = unchanged = 0
    for item in plan.items:
        if item.step is Step.NEW or (item.step is Step.KEPT and item.stored is None):
            continue
        if item.step is Step.GONE and item.changes:
            deleted += 1
        elif item.changes or (item.stored is not None and (item.table, item.stored["id"]) in written):
            changed += 1
        else:
            unchanged += 1
    return CouncilCounts(
        new=dict(plan.new),
        changed=changed,
        deleted=deleted,
        unchanged=unchanged,
        opened=writing.open.opened if writing is not None else 0,
        closed=len(writing.open.closed) if writing is not None else 0,
    )


def _named(plan: CouncilPlan, writing: Writing) -> dict[str, Any]:
    """The one record a file is about; of many none is named."""
    for table in MAIN:
        items = [
            item for item in plan.items if item.table == table and item.step not in (Step.OLDER, Step.KEPT)
        ]
        if items:
            keys = [writing.key_of(item) for item in items] if len(items) == 1 else []
            return {"table": table, "ids": [key for key in keys if key is not None]}
    return {}


def told_counts(counts: CouncilCounts) -> dict[str, Any]:
    """What the history keeps of what came."""
    return {
        "new": dict(counts.new),
        "changed": counts.changed,
        "deleted": counts.deleted,
        "opened": counts.opened,
        "closed": counts.closed,
    }


@sentence("import_oparl")
def _imported(params: Params) -> str:
    told = council_text(CouncilCounts(**params.get("counts", {})))
    return f"aus Ratsdaten übernommen: {told}" if told else "aus Ratsdaten übernommen"
