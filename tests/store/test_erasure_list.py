"""The list of what was erased: written line by line, read in spite of a cut line, and it says nothing."""

from __future__ import annotations

from pathlib import Path

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
from ob_buero_tui.store.uid_proof import erased_among, uid_proof

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
        uids=(uid_proof("a@example.org", "ab"),),
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


def test_a_proof_knows_its_uid_and_tells_nothing_of_it() -> None:
    proof = uid_proof("u.zwetschge@example.org", "ab12")
    assert "zwetschge" not in proof
    assert uid_proof(proof, "cd34") == proof  # what was erased before stays as it is
    assert uid_proof("u.zwetschge@example.org", "cd34") != proof
    wanted = ("u.zwetschge@example.org", "other@example.org", proof)
    assert erased_among(wanted, [proof, "[gelöscht]"]) == {wanted[0], proof}
    assert erased_among(wanted, []) == set()
