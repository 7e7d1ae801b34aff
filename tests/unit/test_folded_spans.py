"""Folding with places folds as folding does, and its places lead back to whole letters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.folded_spans import folded, folded_spans

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("aeuäöüßÜİıŠé’‑\u0308\u0301\u00ad\u200b€…№ǿ한 \n"), st.characters()),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data())
def test_every_span_leads_back_to_what_was_written(text: str, data: st.DataObject) -> None:
    there = folded_spans(text)
    assert there.text == folded(text)
    assert len(there.starts) == len(there.text) + 1
    assert list(there.starts) == sorted(there.starts)
    start = data.draw(st.integers(0, len(there.text)))
    end = data.draw(st.integers(start, len(there.text)))
    first, last = there.written(start, end)
    assert 0 <= first <= last <= len(text)
    assert there.text[start:end] in folded(text[first:last])
    assert folded(text[:first]) + folded(text[first:last]) + folded(text[last:]) == there.text


def test_two_letters_of_one_are_taken_together() -> None:
    there = folded_spans("Mu\u0308\u00adller")
    assert there.text == "mueller"
    assert there.written(1, 2) == there.written(1, 3) == (1, 4)
