"""The list of what was erased: written line by line, read in spite of a cut line, and it says nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ob_buero_tui.store.backup.erased import carry_list
from ob_buero_tui.store.erasure_list import (
    ErasedRow,
    ErasureGroup,
    Step,
    append_group,
    list_path,
    mark,
    new_token,
    read_groups,
)
from ob_buero_tui.store.uid_stand_in import read_stand_ins, ready_stand_ins, uid_in, with_uid

ROWS = (ErasedRow("person", 17), ErasedRow("note", 5, False, ("text",)))


def test_a_step_is_read_as_it_was_written(tmp_path: Path) -> None:
    database = tmp_path / "buero.sqlite"
    group = ErasureGroup(
        token=new_token(),
        at="2026-11-25T08:42:00Z",
        person_id=17,
        origin="ab12",
        rows=ROWS,
        files=("f" * 64,),
        uids=("a@ob-buero", "b@ob-buero"),
        alive=("c@ob-buero",),
    )
    assert read_groups(database) == []
    append_group(database, group)
    assert read_groups(database) == [group]
    mark(database, [group.token], Step.FERTIG)
    assert [one.step for one in read_groups(database)] == [Step.FERTIG]
    assert list_path(database).stat().st_mode & 0o777 == 0o600


def test_a_step_that_was_cut_off_does_not_count_and_swallows_nothing(tmp_path: Path) -> None:
    database = tmp_path / "buero.sqlite"
    first, second = (ErasureGroup(token=new_token(), at="2026-11-25T08:42:00Z", rows=ROWS) for _ in range(2))
    append_group(database, first)
    whole = list_path(database).read_bytes()
    list_path(database).write_bytes(whole[: whole.rindex(b"begonnen")])
    assert [one.step for one in read_groups(database)] == [Step.VERWORFEN]
    list_path(database).write_bytes(whole[:-3])  # power failed inside the last line
    append_group(database, second)
    assert [(one.token, one.step) for one in read_groups(database)] == [
        (first.token, Step.VERWORFEN),
        (second.token, Step.BEGONNEN),
    ]
    assert read_groups(database)[1].rows == ROWS


def test_foreign_lines_are_passed_over(tmp_path: Path) -> None:
    database = tmp_path / "buero.sqlite"
    list_path(database).write_bytes(b"zeile x person 1 *\n\xff\xfe\nschritt a b c d e\nfertig nie\n\x00")
    assert read_groups(database) == []


def test_a_stand_in_knows_its_uid_and_looks_like_any_uid_of_ours(tmp_path: Path) -> None:
    database, other = tmp_path / "buero.sqlite", tmp_path / "kopie.sqlite"
    assert read_stand_ins(database).keys == ()
    names = ready_stand_ins(database, 0o600)
    gone, alive = names.of("u.zwetschge@example.org"), names.of("b@example.org")
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}@ob-buero", gone)
    assert ready_stand_ins(database, 0o600).of("u.zwetschge@example.org") == gone  # one key for all steps
    ready_stand_ins(other, 0o600)  # another list with a key of its own
    append_group(database, ErasureGroup(token="ab", at="x", uids=(gone,), alive=(alive,)))
    for step, known in ((Step.VERWORFEN, None), (Step.GILT, gone)):
        mark(database, ["ab"], step)
        assert read_stand_ins(database).known("u.zwetschge@example.org") == known
    for _ in range(2):
        carry_list(database, other, 0o600)
        carried = read_stand_ins(other)
        assert len(carried.keys) == 2
        assert [carried.of(uid) for uid in ("u.zwetschge@example.org", gone, "b@example.org")] == [
            gone, gone, alive
        ]  # fmt: skip
        assert carried.known("c@example.org") is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_uid_of_a_text_is_found_and_replaced(end: str) -> None:
    raw = end.join(("BEGIN:VEVENT", "X-UID:x", "uid;X-A=1:a\\,b", " c@d", "SUMMARY:UID:y", "END:VEVENT"))
    assert uid_in(raw) == "a,bc@d"
    assert with_uid(raw, r"\1@z") == end.join(
        ("BEGIN:VEVENT", "X-UID:x", r"UID:\1@z", "SUMMARY:UID:y", "END:VEVENT")
    )
    assert (uid_in("SUMMARY:x"), with_uid("SUMMARY:x", "y")) == ("", "SUMMARY:x")
