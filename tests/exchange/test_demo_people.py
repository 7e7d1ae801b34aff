"""The demo's address books are what real programs give out, and know nearly everybody who writes."""

from __future__ import annotations

import email
import re
from collections import Counter
from email.policy import default
from functools import cache
from pathlib import Path

import vobject  # type: ignore[import-untyped]

from ob_buero_tui.exchange.vcard import read_cards
from ob_buero_tui.exchange.vcard_records import CardRecord

DEMO = Path(__file__).parents[2] / "data" / "demo"
FILES = sorted((DEMO / "people").glob("*.vcf"))
# The numbers the Bundesnetzagentur keeps free for fiction, and their French counterpart.
FICTION = re.compile(r"(030 23125|0221 4710) \d{3}|\+33 3 53 01 \d\d \d\d")
# Machines, and strangers nobody has a card of.
UNKNOWN = ("formular@", "newsletter@", "noreply@", "MAILER-DAEMON@", "faxserver@", "telefonzentrale@")


@cache
def cards() -> list[CardRecord]:
    return [card for path in FILES for card in read_cards(path.read_bytes()).cards]


def test_every_card_is_read_without_a_word() -> None:
    assert 150 <= len(cards()) <= 190
    for path in FILES:
        read = read_cards(path.read_bytes())
        assert not read.bad
        assert not read.notes
        assert [card.notes for card in read.cards if card.notes] == []


def test_vobject_reads_the_same_cards_in_three_versions() -> None:
    versions: Counter[str] = Counter()
    for path in FILES:
        text = path.read_bytes().decode("ascii" if "2011" in path.name else "utf-8")
        found = list(vobject.readComponents(text, allowQP=True))
        assert len(found) == len(read_cards(path.read_bytes()).cards)
        versions.update(card.version.value for card in found)
    assert set(versions) == {"2.1", "3.0", "4.0"}


def test_lines_end_and_fold_as_the_standard_wants() -> None:
    for path in FILES:
        data = path.read_bytes()
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(len(line) for line in data.split(b"\r\n")) <= 76
    old = next(path for path in FILES if "2011" in path.name).read_bytes()
    assert b"QUOTED-PRINTABLE;CHARSET=ISO-8859-1:" in old
    assert b"=\r\n" in old, "a soft line break"


def test_addresses_and_numbers_are_invented() -> None:
    for path in FILES:
        text = path.read_bytes().decode().replace("\r\n ", "").replace("=\r\n", "")
        for host in re.findall(r"(?:@|https?://)([\w.-]+)", text):
            assert host.rstrip(".").endswith(".example.org"), f"{path.name}: {host}"
        numbers = re.findall(r"(?<![\w-])(?:\+\d\d|0\d{2,4})[ /-]\d[\d ]{4,}\d", text)
        assert len(numbers) >= 10
        assert [one for one in numbers if not FICTION.fullmatch(one)] == []


def test_nearly_every_sender_has_a_card_with_the_same_address() -> None:
    known = {card.email.lower() for card in cards()}
    unknown = set()
    people = 0
    for path in sorted((DEMO / "mail").glob("*.eml")):
        sender = email.message_from_bytes(path.read_bytes(), policy=default)["From"].addresses[0].addr_spec
        if sender.startswith(UNKNOWN):
            continue
        people += 1
        if sender.lower() not in known:
            unknown.add(sender)
    assert people >= 25
    assert len(unknown) <= people // 10, unknown


def test_persons_clubs_and_officials_of_every_sort_are_there() -> None:
    bodies = [card for card in cards() if card.is_organization]
    assert len(bodies) >= 40
    titles = {card.title for card in cards()}
    assert titles >= {
        "Landrat",
        "Landrätin",
        "Pfarrer",
        "Imam",
        "Rabbiner",
        "Generalkonsul",
        "Dechant",
        "Maire",
    }
    assert {card.suffix for card in cards()} >= {"MdB", "MdL", "MdEP"}
    assert {"Graf von Wehrenberg", "Freifrau von Dahlen"} <= {card.family_name for card in cards()}
    assert {card.language for card in cards()} >= {"fr", "pl", "en", "tr"}
    assert sum(card.prefix.startswith("Prof.") for card in cards()) >= 3


def test_distribution_lists_are_long_enough_to_invite_by() -> None:
    lists = Counter(name for card in cards() for name in card.categories)
    assert lists["Neujahrsempfang"] >= 40
    assert lists["Vereine"] >= 25
    assert lists["Presse"] >= 5
    assert lists["Rat"] >= 8


def test_some_are_twice_one_is_dead_and_birthdays_are_odd() -> None:
    names = Counter((card.family_name, card.given_name) for card in cards() if not card.is_organization)
    assert {name for (name, _), count in names.items() if count > 1} >= {
        "Wolbeck",
        "Westphal",
        "Kersting",
        "Hüppe",
    }
    dead = [card for card in cards() if card.deceased_on]
    assert [card.family_name for card in dead] == ["Kersting"]
    alive_here = next(card for card in cards() if card.family_name == "Tönsbrink")
    assert alive_here.deceased_on is None, "his death came by mail this week"
    days = [card.birthday for card in cards() if card.birthday]
    assert [(day.month, day.day) for day in days].count((2, 29)) == 2
    assert "--0229" in {card.birthday_text for card in cards()}
    assert any("RELATED" in card.extra for card in cards())
    assert sum(bool(card.assistant) for card in cards()) >= 2


def test_uids_are_unique() -> None:
    uids = [card.uid for card in cards() if card.uid]
    assert len(set(uids)) == len(uids)
    assert len(uids) > 150
