"""What the undo tests call the use cases of lists and scans with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ob_buero_tui.rules.columns import Column

Arguments = tuple[Any, ...]
SHEETS: dict[str, Callable[[Any], Arguments]] = {}


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of a verb."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        SHEETS[verb] = function
        return function

    return register


@arguments("confirm_layout")
def _layout(world: Any) -> Arguments:
    from ob_buero_tui.rules.columns import fingerprint
    from ob_buero_tui.services.intake.sheets import SheetProposal

    heads = ("Eingang", world.pick("Betreff", "Anlass"))
    proposal = SheetProposal(
        name="liste.csv",
        fingerprint=fingerprint(heads),
        heads=heads,
        samples=((), ()),
        columns={1: Column.BETREFF},
        known=False,
    )
    return (proposal, world.pick(None, {0: "eingang", 1: "betreff"}), world.pick(None, "", "einladung"))


@arguments("import_sheet")
def _sheet(world: Any) -> Arguments:
    from ob_buero_tui.services.intake.sheet_plan import RowPlan
    from ob_buero_tui.services.intake.source import Source, fingerprint

    numbers = [world.number(4) for _ in range(world.number(2) + 1)]
    rows = [
        RowPlan(
            number=number + 2,
            digest=f"{number:064}",
            subject=world.text() or "Betreff",
            received=world.place.now - timedelta(days=number),
            who=world.pick({}, {Column.NAME: "Erika Beispiel", Column.ORGANISATION: "Turnverein"}),
            note=world.text(),
        )
        for number in numbers
    ]
    digest = fingerprint(bytes([world.number(3), *numbers]))
    return (rows, Source(name="liste.csv", format="csv", sha256=digest))


@arguments("import_scan")
def _scan(world: Any) -> Arguments:
    from ob_buero_tui.exchange.scan import Scan
    from ob_buero_tui.services.intake.papers import prepare_scan
    from ob_buero_tui.services.intake.source import Source, fingerprint

    data = f"%PDF-{world.number(3)}".encode()
    scan = Scan(media_type="application/pdf", text=world.text())
    source = Source(name="scan.pdf", format="pdf", sha256=fingerprint(data))
    return (prepare_scan(world.place, scan, data, "scan.pdf"), source)


@arguments("take_text")
def _text(world: Any) -> Arguments:
    header = world.pick("", "Von: Erika Beispiel <e@x.example.org>\nBetreff: Fest\n\n")
    return (header + world.text(), world.pick("", "Betreff"))
