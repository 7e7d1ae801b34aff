"""The chain of dates of a session in words: calm, and exact where it must be."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from ob_buero_tui.services.council.views import DeadlineView, Light
from ob_buero_tui.tui.widgets.meeting_chain import UNCONFIRMED, chain_lines

OWN = "Frist der eigenen Geschäftsordnung eintragen"
COUNT = "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 34 GemO RP)"
CHAIN = (
    DeadlineView(
        kind="vorlagenschluss",
        label="Vorlagenschluss",
        on=date(2026, 11, 20),
        rule="10 Kalendertage vor Versand",
        text="10 Kalendertage vor Versand Di 1.12.",
        unconfirmed=True,
        light=Light.LATE,
    ),
    DeadlineView(
        kind="versand",
        label="Versand",
        on=date(2026, 12, 1),
        rule="Ladungsfrist 4 volle Kalendertage",
        text=f"1 Kalendertag vor dem Zugang (Spielraum des Büros) · {OWN}",
        unconfirmed=True,
        light=Light.COMING,
    ),
    DeadlineView(
        kind="zugang",
        label="Zugang",
        on=date(2026, 12, 5),
        rule="Ladungsfrist 4 volle Kalendertage",
        text=f"{COUNT} · {OWN}",
        light=Light.DONE,
        done_on=date(2026, 11, 25),
        done_by="PS",
    ),
)


def told(width: int) -> str:
    lines = ["".join(text for text, _ in runs) for runs in chain_lines(CHAIN, width)]
    assert all(cell_len(text) <= width for text in lines), lines
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("width", [40, 48, 76, 120])
def test_what_all_steps_say_is_said_once(width: int) -> None:
    """Unconfirmed steps carry a sign whose meaning stands below; a shared remark stands there too."""
    text = told(width)
    assert text.count(OWN) == 1
    assert text.count(UNCONFIRMED[1]) == 1
    assert "Vorlagenschluss *" in text
    assert "Zugang *" not in text


def test_the_legal_count_stands_also_when_it_is_done() -> None:
    """Who asks whether the invitation was in time finds the days; other counts are their rule only."""
    text = told(60)
    assert COUNT in text
    assert "erledigt Mi 25.11. PS" in text
    assert "10 Kalendertage vor Versand Vers" not in text
    assert "10 Kalendertage vor Versand" in text
    assert "Di 1.12." not in text.split("Versand *")[0]
    assert "überschritten" in text
