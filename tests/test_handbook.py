"""The handbook names every key and every command of the program, in the words a reader presses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.cli.parser import COMMANDS as SUBCOMMANDS
from ob_buero_tui.tui.command import AUSSONDERUNG, SICHERUNGEN, SITZUNGEN, Command, key_name
from ob_buero_tui.tui.commands import COMMANDS

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
HANDBOOK: Final = (DOCS / "handbuch.md").read_text(encoding="utf-8")
DATES: Final = (DOCS / "handbuch-termine.md").read_text(encoding="utf-8")
COUNCIL: Final = (DOCS / "handbuch-sitzungen.md").read_text(encoding="utf-8")
SAFETY: Final = (DOCS / "handbuch-sicherheit.md").read_text(encoding="utf-8")
SETTING_UP: Final = (DOCS / "handbuch-einrichtung.md").read_text(encoding="utf-8")
TABLE: Final = HANDBOOK.rpartition("Tastentafel")[2]
KEYED: Final = tuple(one for one in COMMANDS if one.keys or one.chord)
RANGES: Final = {"split": "**1** bis **9**", "go": "**g** und Buchstabe"} | {
    f"show_{screen}": "**F2** bis **F7**"
    for screen in ("inbox", "calendar", "meetings", "follow_ups", "people", "vorlage")
}
"""Commands whose keys the table names as one range."""


def _cells(text: str) -> list[tuple[set[str], str]]:
    """Each pair of cells of the tables: the keys printed bold, and what they do."""
    pairs = []
    for line in text.splitlines():
        cells = [one.strip() for one in re.split(r"(?<!\\)\|", line)[1:-1]]
        for keys, words in zip(cells[::2], cells[1::2], strict=False):
            pairs.append(
                ({one.replace("\\", "") for one in re.findall(r"\*\*((?:\\.|[^*])+)\*\*", keys)}, words)
            )
    return pairs


def _printed(command: Command) -> set[str]:
    names = {key_name(key) for key in command.keys}
    return names | ({f"g {command.chord}"} if command.chord else set())


def _words(label: str) -> str:
    return label.removesuffix(" …").casefold()


@pytest.mark.parametrize("command", KEYED, ids=lambda one: one.id)
def test_every_key_of_a_command_stands_in_the_table(command: Command) -> None:
    if command.id in RANGES:
        assert RANGES[command.id] in TABLE
        return
    pairs = _cells(TABLE)
    # „a n c ! D“ in one cell are five keys of one screen.
    known = {part for keys, _ in pairs for key in keys for part in (key, *key.split())}
    assert _printed(command) <= known


@pytest.mark.parametrize("command", KEYED, ids=lambda one: one.id)
def test_every_command_with_a_key_is_named_beside_it(command: Command) -> None:
    if command.id in RANGES:
        return
    named = [
        words.casefold()
        for keys, words in _cells(TABLE)
        if _printed(command) & {part for key in keys for part in (key, *key.split())}
    ]
    assert named
    labels = {command.label, *(label for _, label in command.labels)}
    short = {re.split(r"[\s,]", _words(label))[-1] for label in labels}
    assert any(word in each for word in short for each in named), (short, named)


def test_the_screens_stand_with_their_keys() -> None:
    screens = [one for one in COMMANDS if one.leads_to]
    for one in screens:
        assert re.search(
            rf"\| \*\*{key_name(one.keys[0])}\*\* \| \*\*g {one.chord}\*\* \| {one.label}", HANDBOOK
        )


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if not one.keys and not one.chord], ids=lambda o: o.id
)
def test_a_command_without_a_key_is_named_with_the_palette(command: Command) -> None:
    last = re.split(r"[\s:]+", _words(command.label))
    words = HANDBOOK.rpartition("Ohne Taste")[2].casefold()
    assert all(word in words for word in last if len(word) > 3 and word not in ("eigenen", "nein"))


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_stands_in_the_it_part(name: str) -> None:
    assert f"| `ob-buero {name}" in SETTING_UP


@pytest.mark.parametrize(
    "text",
    [HANDBOOK, DATES, COUNCIL, SAFETY, SETTING_UP],
    ids=["handbuch", "termine", "sitzungen", "sicherheit", "einrichtung"],
)
def test_pictures_and_pages_that_are_named_exist(text: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (DOCS / target).exists(), target


def test_the_part_on_sessions_names_the_keys_of_its_screens() -> None:
    ways = [f"g {one.chord}" for one in COMMANDS if one.chord in ("m", "j", "v", "t", "i")]
    keys = {key_name(key) for one in COMMANDS for key in one.keys if SITZUNGEN in one.scope[:1]}
    printed = {one.replace("\\", "") for one in re.findall(r"\*\*((?:\\.|[^*])+)\*\*", COUNCIL)}
    assert len(ways) == 5
    assert set(ways) <= printed
    assert len(keys) > 8
    assert keys <= printed


def test_the_part_on_safety_names_the_keys_of_its_screens() -> None:
    screens = ((SICHERUNGEN,), (AUSSONDERUNG,))
    ways = {f"g {one.chord}" for one in COMMANDS if one.id in ("show_backups", "show_disposal")}
    keys = {key_name(key) for one in COMMANDS for key in one.keys if one.scope in screens}
    printed = {one.replace("\\", "") for one in re.findall(r"\*\*((?:\\.|[^*])+)\*\*", SAFETY)}
    assert len(ways) == 2
    assert ways <= printed
    assert len(keys) > 5
    assert keys <= printed
    assert "handbuch-sicherheit.md" in HANDBOOK


def test_every_setting_of_copies_stands_in_the_it_part() -> None:
    assert all(f"{key} = " in SETTING_UP for key in ("backup_folder", "backup_recipient", "mode"))


def test_the_example_of_a_ladungsfrist_is_sound(tmp_path: Path) -> None:
    (example,) = (one for one in re.findall(r"```toml\n(.*?)```", SETTING_UP, re.S) if "unsere_go" in one)
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "ladungsfristen.toml").write_text(example, encoding="utf-8")
    catalog = load_catalog(tmp_path, whole=True)
    assert catalog.problems == ()
    assert catalog.ladungsfristen["unsere_go"].n == 10
