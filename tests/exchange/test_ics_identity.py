"""What is written and read again is the same: random events and words that nobody here understands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_details import DETAILS
from ob_buero_tui.exchange.ics_raw_out import own_lines
from ob_buero_tui.exchange.ics_write import OutgoingEvent, write_calendar
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.zones import to_utc

BERLIN = "Europe/Berlin"
STAMP = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
START = datetime.fromisoformat("2026-12-01T10:00")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
NAMES = st.from_regex(r"X-[A-Z]{2,8}", fullmatch=True).filter(lambda name: not name.startswith("X-OB"))
PARAMETERS = st.sampled_from(["", ";A=b", ';A="x;y:z"', ";LANGUAGE=de;Q='1'", ';CN="Müller, Öz"', ';LONE="x'])
ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nSUMMARY:Alarm\r\nEND:VALARM"
OWN = "BEGIN:X-EIGEN\r\nSUMMARY:innen\r\nEND:X-EIGEN"


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A property that nobody here understands, folded at any place."""
    text = f"{draw(NAMES)}{draw(PARAMETERS)}:{draw(WORDS)}".rstrip()
    if len(text) > 12 and draw(st.booleans()):
        place = draw(st.integers(10, len(text) - 1))
        text = f"{text[:place]}\r\n {text[place:]}"
    return text


@st.composite
def components(draw: st.DrawFn) -> str:
    """An event as a stranger's program may write it."""
    known = [
        "UID:a@example.org", "DTSTAMP:20261101T080000Z", "SUMMARY;LANGUAGE=de:Titel", "SEQUENCE:3",
        'DTSTART;TZID="Europe/Berlin":20261201T100000', "DTEND;TZID=Europe/Berlin:20261201T110000",
        draw(st.sampled_from(["RRULE:COUNT=3;FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;WKST=SU", "PRIORITY:5"])),
        *draw(st.lists(st.just("ATTENDEE;CN='x';ROLE=CHAIR:MAILTO:a@example.org"), max_size=2)),
    ]  # fmt: skip
    body = draw(st.permutations([*known, *draw(st.lists(lines(), max_size=6))]))
    inner = draw(st.lists(st.sampled_from([ALARM, OWN]), max_size=2))
    return "\r\n".join(["BEGIN:VEVENT", *body, *inner, "END:VEVENT"])


def outgoing(raw: str = "", changed: frozenset[str] = frozenset(), **given: object) -> OutgoingEvent:
    """An appointment to write."""
    values: dict[str, object] = {
        "uid": "a@example.org", "summary": "Titel", "dtstart": START, "dtend": START + timedelta(hours=1),
        "all_day": False, "tzid": BERLIN, "dtstamp": STAMP, "status": "CONFIRMED", "sequence": 3,
        "starts_at": to_utc(START, BERLIN), "ends_at": to_utc(START, BERLIN) + timedelta(hours=1),
    }  # fmt: skip
    return OutgoingEvent(**values | given, raw=raw, changed=changed)  # type: ignore[arg-type]


def written(event: OutgoingEvent) -> str:
    """The file with this appointment."""
    return b"".join(write_calendar([event], {BERLIN})).decode()


@given(raw=components())
@settings(deadline=None)
def test_what_was_not_touched_goes_out_byte_by_byte(raw: str) -> None:
    text = written(outgoing(raw))
    assert raw in text
    (again,) = read_calendar(text.encode(), BERLIN).events
    assert again.raw == raw


@given(
    raw=components(), changed=st.sets(st.sampled_from(["SUMMARY", "LOCATION", "STATUS", "SEQUENCE", "RRULE"]))
)
@settings(deadline=None)
def test_what_was_touched_changes_alone(raw: str, changed: set[str]) -> None:
    event = outgoing(raw, frozenset(changed), summary="Neu", location="Saal", sequence=4, rrule="FREQ=DAILY")
    (again,) = read_calendar(written(event).encode(), BERLIN).events
    (before,) = read_calendar(written(outgoing(raw)).encode(), BERLIN).events
    assert again.summary == ("Neu" if "SUMMARY" in changed else before.summary)
    assert again.rrule == ("FREQ=DAILY" if "RRULE" in changed else before.rrule)
    names = {line.partition(":")[0].partition(";")[0] for line in raw.replace("\r\n ", "").split("\r\n")}
    for name in names - changed - {"BEGIN", "END"}:
        assert own_lines(again.raw, name) == own_lines(raw, name), name
    for inner in (ALARM, OWN):
        assert again.raw.count(inner) == raw.count(inner)


@given(told=st.dictionaries(st.sampled_from(sorted(DETAILS)), WORDS.map(lambda text: clean(text).strip())))
@settings(deadline=None)
def test_details_come_back_as_they_left(told: dict[str, str]) -> None:
    details = tuple(sorted((name, text) for name, text in told.items() if text))
    (again,) = read_calendar(written(outgoing(details=details)).encode(), BERLIN).events
    found = {name: text for name, text in again.details if text}
    name, phone = told.get("contact_name", ""), told.get("contact_phone", "")
    if phone and (name == phone or name.endswith(f", {phone}")):
        return  # a name that ends with its own number is said once
    assert found == dict(details)
