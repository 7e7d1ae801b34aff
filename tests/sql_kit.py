"""Every test opens a database of its own, but all say the same SQL: it is compiled once in a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from ob_buero_tui.store import engine

STATEMENTS = 3000
"""How many are remembered; the whole suite says fewer."""


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Engines of the office share their dialect, and with it what was compiled for it."""
    shared: dict[Any, Dialect] = {}  # by driver: each has exceptions of its own
    statements: LRUCache[Any, Any] = LRUCache(STATEMENTS)

    def make(*words: Any, **options: Any) -> Engine:
        made = create_engine(*words, **options)
        made.dialect = made.pool._dialect = shared.setdefault(options.get("module"), made.dialect)
        made._compiled_cache = statements
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", make)
        yield
