"""The fast reader of plain TOML never differs from tomllib: it agrees or it stands back."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.catalog.quick import parse_plain

PIECES = st.sampled_from(
    [
        "[[a]]", "[a]", "[b]", "[[b]]", "a = 1", "b = []", 'a = "x"', "a.b = 2", "a.c = true", "b.a = -0",
        'b = ["x", "y",]', "c = 2027-02-29", "c = 2027-02-28", "# Wort", " d = 1 # Wort", "", "\t",
        "e = 01", "f = +1", 'g = "a\\n"', "h = 'x'", 'i = """x"""', "j = {a = 1}", "k = [1]", "l = 1_0",
        "m = 1.5", "n = nan", '"o" = 1', "p.q.r = 1", "[p.q]", "[[a.b]]", "[[b.a]]", "[[a.b.c]]",
        "s = ٣", 't = "\x7f"',
        "u = 9223372036854775808", "v=true", "w = false x", 'x = ["a" "b"]', 'y = ["a",,]',
        'z = ["#", "]"]', "\r", "a-1 = 1", "ä = 1", "b = 99999999999999999999", "=1", 'b = ["a", # c',
        "]", "c = 2027-01-01T10:00:00", "[ a ]", "[a] # c", "[a] x", 'q = ""', "# \x00",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("\n".join))
@example("a.b = 1\n[a]\nc = 2")
@example("[a]\nb = 1\n[a]")
@example("[[a]]\nb.c = 1\n[[a]]\nb.c = 1")
@example('a = ["x"]\n[[a]]')
@example("[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2\n[[a]]\n[[a.b]]\nc = 3")
@example("[[a]]\nb.c = 1\n[[a.b]]")
@example("[[a]]\nb = []\n[[a.b]]")
@example("[a]\n[[a.b]]")
@example("a = 1\r\nb = 2\r\n")
@example("a = 1\rb = 2")
def test_plain_or_nothing(text: str) -> None:
    found = parse_plain(text)
    if found is not None:
        assert found == tomllib.loads(text)


LONG = st.sampled_from(
    [
        't = """',
        '"""',
        '"""x',
        "Guten Tag,",
        "",
        'so "gesagt"',
        '""',
        "a\\b",
        'u = """',
        "t = 1",
        "\r",
        "\t",
        "[a]",
    ]
)  # fmt: skip


@given(st.lists(LONG, max_size=8).map("\n".join))
@example('t = """\nGuten Tag,\n\nmit Gruß\n"""\nu = 1')
@example('t = """\n"""')
@example('t = 1\nt = """\nx\n"""')
@example('t = """\nx"\n"""')
@example('t = """\nx\r\ny\n"""')
def test_texts_of_several_lines_are_read_alike_or_not_at_all(text: str) -> None:
    found = parse_plain(text)
    if found is not None:
        assert found == tomllib.loads(text)


def test_a_list_in_each_table_of_a_list_is_plain() -> None:
    text = "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2\n[[a]]\n[[a.b]]\nc = 3"
    assert parse_plain(text) == {"a": [{"b": [{"c": 1}, {"c": 2}]}, {"b": [{"c": 3}]}]}


def test_a_text_of_several_lines_is_plain() -> None:
    assert parse_plain('a = """\nGuten Tag,\n\nbis bald\n"""\n') == {"a": "Guten Tag,\n\nbis bald\n"}


@given(st.text(alphabet='[]a"=.,# \n\t\r\\0-', max_size=30))
def test_plain_or_nothing_for_any_text(text: str) -> None:
    found = parse_plain(text)
    if found is not None:
        assert found == tomllib.loads(text)


LATE = frozenset(("holiday_names.toml", "everyday_words.toml"))
"""Read long after the start, where tomllib may take its time: keys need quotes, a list goes over lines."""


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (data_folder() / "catalog").rglob("*.toml") if path.name not in LATE),
    ids=lambda path: path.name,
)
def test_the_shipped_files_are_plain(path: object) -> None:
    text = open(str(path), encoding="utf-8").read()  # noqa: SIM115
    assert parse_plain(text) == tomllib.loads(text)
