"""A topic typed as one line, and written as one again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.topic_line import TopicLine, parse_topic, written_topic
from ob_buero_tui.rules.workdays import WorkCalendar

TODAY = date(2026, 11, 25)
CAL = WorkCalendar(holidays={}, closed={}, first=date(2025, 1, 1), last=date(2029, 12, 31))


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("Radweg", TopicLine(title="Radweg")),
        (
            "Radweg Hafenstraße @Bau (Amt 66) ab 1.2. bis 30.6.",
            TopicLine(
                title="Radweg Hafenstraße",
                body="Bau",
                contributor="Amt 66",
                earliest_on=date(2027, 2, 1),
                latest_on=date(2027, 6, 30),
            ),
        ),
        (
            'N Verkauf Flur 3 @"Rat der Stadt" | Grundstück',
            TopicLine(title="Verkauf Flur 3", body="Rat der Stadt", public=False, general_name="Grundstück"),
        ),
        ("Öffnung ab Sommerende", TopicLine(title="Öffnung ab Sommerende")),
        ("Bericht (2026) zur Lage", TopicLine(title="Bericht (2026) zur Lage")),
    ],
)
def test_body_days_and_who_are_read_from_the_line(typed: str, topic: TopicLine) -> None:
    """What is none of these stays in the title."""
    assert parse_topic(typed, TODAY, CAL) == topic


def test_a_line_that_cannot_be_says_why() -> None:
    """No title; the last day before the first."""
    with pytest.raises(Refusal, match="fehlt der Titel"):
        parse_topic("@Bau", TODAY, CAL)
    with pytest.raises(Refusal, match="liegt vor"):
        parse_topic("Radweg ab 1.6.2027 bis 1.2.2027", TODAY, CAL)


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31))
WORDS = st.lists(
    st.sampled_from(("Radweg", "Nord", "(alt)", "Bericht", "zur", "Lage")), min_size=1, max_size=3
)


@settings(max_examples=50, deadline=None)
@given(WORDS, st.sampled_from(("", "Bau", "Rat der Stadt")), st.sampled_from(("", "Amt 66")), DAYS, DAYS)
def test_what_is_written_reads_the_same(
    words: list[str], body: str, who: str, first: date | None, last: date | None
) -> None:
    """A line that is opened and saved unchanged changes nothing."""
    if first and last and last < first:
        first, last = last, first
    if not who:
        words = [*words, "Bericht"]
    topic = TopicLine(
        title="Thema " + " ".join(words),
        body=body,
        contributor=who,
        earliest_on=first,
        latest_on=last,
        public=False,
    )
    assert parse_topic(written_topic(topic), TODAY, CAL) == topic
